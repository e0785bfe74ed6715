//! Sessions that are ended from elsewhere, and what ran for them.

use std::time::Duration;

use backstock::jobs::{JobId, JobKind, JobState, JobSubject};
use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{PASSWORD, TestApp, on_each_desktop};

const NEW: &str = "plum jam on burnt toast";

fn list() -> Json {
    json!({ "offset": 0, "limit": 10 })
}

/// The id and the version that was seen.
fn saw(user: &Json) -> Json {
    json!({ "id": user["id"], "version": user["version"] })
}

#[tokio::test]
async fn a_changed_password_signs_out_every_other_desktop() {
    on_each_desktop(async |desktop| {
        let second = desktop.second_desktop().await;
        second.sign_in("ada@example.com").await;
        second.ok("products.list", list()).await;
        let change = json!({ "current": PASSWORD, "new": NEW });
        let state = desktop.ok("account.change_password", change).await;
        assert_eq!(state["stage"], "ready", "whoever changed it stays");
        desktop.ok("products.list", list()).await;
        second
            .refused("products.list", list(), Code::SignedOut)
            .await;
        assert_eq!(second.ok("app.state", json!({})).await["stage"], "sign_in");
        let new = json!({ "email": "ada@example.com", "password": NEW });
        second.ok("session.sign_in", new).await;
        second.ok("products.list", list()).await;
        desktop.ok("products.list", list()).await;
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_reset_password_ends_the_sessions_of_the_old_one() {
    on_each_desktop(async |desktop| {
        let bob = desktop.hire("Bob", "viewer").await;
        let second = desktop.second_desktop().await;
        second.sign_in("bob@example.com").await;
        second.ok("session.lock", json!({})).await;
        desktop.ok("users.reset_password", saw(&bob)).await;
        let unlock = json!({ "password": PASSWORD });
        second
            .refused("session.unlock", unlock, Code::SignedOut)
            .await;
        assert_eq!(second.ok("app.state", json!({})).await["stage"], "sign_in");
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_that_was_refused_leaves_the_session() {
    on_each_desktop(async |desktop| {
        let change = json!({ "current": PASSWORD, "new": "short" });
        desktop
            .refused("account.change_password", change, Code::Invalid)
            .await;
        desktop.ok("products.list", list()).await;
    })
    .await;
}

#[tokio::test]
async fn commands_at_the_moment_of_a_change_are_not_refused() {
    on_each_desktop(async |desktop| {
        let mut passwords = [PASSWORD, NEW];
        for _ in 0..4 {
            let change = json!({ "current": passwords[0], "new": passwords[1] });
            let changing = desktop.call("account.change_password", change);
            let lists = async {
                for _ in 0..40 {
                    desktop.ok("products.list", list()).await;
                }
            };
            let (changed, ()) = tokio::join!(changing, lists);
            changed.unwrap();
            passwords.reverse();
        }
    })
    .await;
}

/// A job that runs until it is asked to stop.
fn endless(desktop: &TestApp) -> JobId {
    let subject = JobSubject {
        kind: JobKind::Export,
        label: "products.csv".into(),
        plan: None,
    };
    let started = desktop.app.jobs().start(subject, |progress| async move {
        loop {
            progress.check()?;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    started.unwrap()
}

#[tokio::test]
async fn what_runs_for_somebody_who_is_deactivated_stops_by_itself() {
    on_each_desktop(async |desktop| {
        let bob = desktop.hire("Bob", "operator").await;
        let second = desktop.second_desktop().await;
        second.sign_in("bob@example.com").await;
        let (own, other) = (endless(desktop), endless(&second));
        desktop.ok("users.deactivate", saw(&bob)).await;
        let stopped = second.app.jobs().wait(other);
        let stopped = tokio::time::timeout(Duration::from_secs(20), stopped).await;
        let stopped = stopped.expect("it stops without a command");
        let stopped = stopped.unwrap();
        assert_eq!(stopped.state, JobState::Cancelled);
        let why = stopped.error.expect("it says why").message;
        assert!(why.contains("was deactivated"), "{why}");
        let own = desktop.app.jobs().get(own).unwrap();
        assert_eq!(own.state, JobState::Running, "nobody else's is touched");
        desktop.app.jobs().cancel_all();
        second.app.close().await;
    })
    .await;
}
