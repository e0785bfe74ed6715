//! The owner account, signing in, and what wrong passwords meet.

use domain::error::Code;
use serde_json::json;

use crate::support::{PASSWORD, TestApp, at_each_place, on_each_desktop};

#[tokio::test]
async fn a_new_workspace_asks_for_its_owner_once() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place);
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "choose_workspace");
        desktop.open().await;
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "create_owner");
        let bad = json!({ "name": " ", "email": "ada", "password": "short" });
        let error = desktop
            .refused("session.create_owner", bad, Code::Invalid)
            .await;
        let keys: Vec<&str> = error.fields.keys().map(String::as_str).collect();
        assert_eq!(keys, ["email", "name", "password"]);
        let mut ada = json!({
            "name": "Ada", "email": " Ada@Example.com ", "password": PASSWORD, "currency": "pounds"
        });
        let error = desktop
            .refused("session.create_owner", ada.clone(), Code::Invalid)
            .await;
        assert!(error.fields.contains_key("currency"), "{error:?}");
        ada["currency"] = json!("gbp");
        let state = desktop.ok("session.create_owner", ada.clone()).await;
        assert_eq!(state["stage"], "ready");
        assert_eq!(state["person"]["email"], "Ada@Example.com");
        assert_eq!(state["person"]["role"], "owner");
        assert_eq!(state["workspace"]["name"], "Shop");
        assert_eq!(state["empty"], true);
        assert_eq!(state["currency"], "GBP");
        desktop
            .refused("session.create_owner", ada, Code::Conflict)
            .await;

        desktop.ok("session.sign_out", json!({})).await;
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(
            (&state["stage"], &state["person"]),
            (&json!("sign_in"), &json!(null))
        );
        desktop.sign_in(" ADA@example.COM").await;
        assert_eq!(desktop.ok("app.state", json!({})).await["stage"], "ready");
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_are_slowed_down_whether_or_not_there_is_such_an_account() {
    on_each_desktop(async |desktop| {
        for email in ["ada@example.com", "eve@example.com"] {
            let wrong = json!({ "email": email, "password": "wrong wrong wrong" });
            for attempt in 1..=5 {
                let error = desktop
                    .refused("session.sign_in", wrong.clone(), Code::SignInFailed)
                    .await;
                assert_eq!(
                    error.message,
                    "The e-mail address or the password is wrong."
                );
                let hint = error.hint.unwrap();
                assert_eq!(
                    hint.contains("30 seconds"),
                    attempt == 5,
                    "{attempt}: {hint}"
                );
                assert_eq!(error.retry_at.is_some(), attempt == 5);
            }
            desktop.pass(20_000).await;
            let error = desktop
                .refused("session.sign_in", wrong, Code::SignInFailed)
                .await;
            // The clock of a server goes on meanwhile.
            let left = ["10 seconds", "9 seconds", "8 seconds"];
            let is_told = left.iter().any(|left| error.message.contains(left));
            assert!(is_told, "{error:?}");
        }
        let right = json!({ "email": "ada@example.com", "password": PASSWORD });
        desktop.pass(-15_000).await;
        let locked = desktop
            .refused("session.sign_in", right.clone(), Code::SignInFailed)
            .await;
        assert!(
            locked.message.starts_with("Too many"),
            "even the right one: {locked:?}"
        );
        desktop.pass(30_000).await;
        desktop.ok("session.sign_in", right.clone()).await;
        let wrong = json!({ "email": "ada@example.com", "password": "wrong wrong wrong" });
        let error = desktop
            .refused("session.sign_in", wrong, Code::SignInFailed)
            .await;
        assert!(
            !error.hint.unwrap().contains("possible"),
            "the count starts anew"
        );
    })
    .await;
}

#[tokio::test]
async fn guesses_at_the_same_time_are_no_more_than_one_after_the_other() {
    on_each_desktop(async |desktop| {
        for email in ["ada@example.com", "eve@example.com"] {
            let wrong = json!({ "email": email, "password": "wrong wrong wrong" });
            let guesses = (0..12).map(|_| desktop.call("session.sign_in", wrong.clone()));
            let answers = futures_util::future::join_all(guesses).await;
            let refused = answers
                .into_iter()
                .map(|answer| answer.unwrap_err().message);
            let looked_at = refused.filter(|message| message.contains("is wrong"));
            assert_eq!(looked_at.count(), 5, "{email}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_lock_out_outlives_the_app() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place).with_owner().await;
        let wrong = json!({ "email": "ada@example.com", "password": "wrong wrong wrong" });
        for _ in 0..5 {
            desktop
                .refused("session.sign_in", wrong.clone(), Code::SignInFailed)
                .await;
        }
        let second = desktop.second_desktop().await;
        let right = json!({ "email": "ada@example.com", "password": PASSWORD });
        let error = second
            .refused("session.sign_in", right, Code::SignInFailed)
            .await;
        assert!(error.message.starts_with("Too many"));
        second.app.close().await;
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_deactivated_account_is_told_so_only_with_the_right_password() {
    on_each_desktop(async |desktop| {
        desktop.sql("update users set status = 'deactivated'").await;
        let right = json!({ "email": "ada@example.com", "password": PASSWORD });
        let error = desktop
            .refused("session.sign_in", right, Code::SignInFailed)
            .await;
        assert_eq!(error.message, "This account is deactivated.");
        let wrong = json!({ "email": "ada@example.com", "password": "wrong wrong wrong" });
        let error = desktop
            .refused("session.sign_in", wrong, Code::SignInFailed)
            .await;
        assert_eq!(
            error.message,
            "The e-mail address or the password is wrong."
        );
    })
    .await;
}

#[tokio::test]
async fn a_password_is_kept_as_a_hash_only() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place).with_owner().await;
        let store = place.open(desktop.clock.clone()).await;
        let email = domain::people::Email::parse("ada@example.com").unwrap();
        let user = store.find_user_by_email(&email).await.unwrap().unwrap();
        assert!(user.password_hash.starts_with("$argon2id$"));
        assert!(
            !format!("{user:?}").contains("argon2"),
            "not even the hash is shown"
        );
        store.close().await;
        desktop.app.close().await;
    })
    .await;
}
