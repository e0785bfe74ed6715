//! The password of a shared database: remembered when a person wants it, asked for otherwise.

use std::sync::atomic::Ordering;

use domain::error::Code;
use serde_json::{Value as Json, json};
use store::MySqlAddress;

use crate::support::{TestApp, at_each_place, shared};
use testing::{Place, ServerUser};

/// Runs a test at a place on a server that needs a password.
async fn at_a_guarded_place(test: impl AsyncFn(&TestApp, &ServerUser, &MySqlAddress)) {
    at_each_place(async |place| {
        let Place::Server(address) = place else {
            return;
        };
        let Some(user) = ServerUser::new("blackberry").await else {
            return;
        };
        let grant = format!("grant all on {}.* to {{user}}", address.database);
        user.admin(&grant).await;
        let guarded = user.at(address);
        let desktop = TestApp::start(&Place::Server(guarded.clone()));
        test(&desktop, &user, &guarded).await;
        user.remove().await;
    })
    .await;
}

async fn connect(desktop: &TestApp, address: &MySqlAddress, remember: Json) -> Json {
    let request = json!({ "name": "Shop", "address": shared(address), "remember": remember });
    desktop.ok("workspaces.connect_shared", request).await
}

async fn stage(desktop: &TestApp) -> Json {
    desktop.ok("app.state", json!({})).await["stage"].clone()
}

fn kept(desktop: &TestApp) -> Vec<String> {
    desktop
        .keys
        .kept
        .lock()
        .unwrap()
        .values()
        .cloned()
        .collect()
}

#[tokio::test]
async fn a_password_is_remembered_only_when_wanted() {
    at_a_guarded_place(async |desktop, _, address| {
        let info = connect(desktop, address, Json::Null).await;
        assert_eq!(
            (&info["remembered"], kept(desktop).len()),
            (&json!(false), 0)
        );
        let info = connect(desktop, address, json!(true)).await;
        assert_eq!(info["remembered"], true);
        assert_eq!(kept(desktop), ["blackberry"]);
        let list = desktop.ok("workspaces.list", json!({})).await;
        assert_eq!(list[0]["remembered"], true);
        let file = std::fs::read_to_string(desktop.data.path().join("workspaces.json")).unwrap();
        assert!(!file.contains("blackberry"), "{file}");
        let request = json!({ "id": info["id"], "remember": false });
        let info = desktop.ok("workspaces.open", request).await;
        assert_eq!(
            (&info["remembered"], kept(desktop).len()),
            (&json!(false), 0)
        );
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_remembered_opens_the_workspace_at_the_next_start() {
    at_a_guarded_place(async |desktop, user, address| {
        let desktop = TestApp::start(&desktop.place);
        connect(&desktop, address, json!(true)).await;
        let desktop = desktop.restart().await;
        assert_eq!(stage(&desktop).await, "create_owner");

        // The password was changed on the server: the new one is asked for, and takes its place.
        user.admin("alter user {user} identified by 'loganberry'")
            .await;
        let desktop = desktop.restart().await;
        assert_eq!(stage(&desktop).await, "password_needed");
        let id = desktop.ok("workspaces.list", json!({})).await[0]["id"].clone();
        let request = json!({ "id": id, "password": "loganberry" });
        desktop.ok("workspaces.open", request).await;
        assert_eq!(kept(&desktop), ["loganberry"]);
        let desktop = desktop.restart().await;
        assert_eq!(stage(&desktop).await, "create_owner");

        desktop.ok("workspaces.forget", json!({ "id": id })).await;
        assert_eq!(kept(&desktop), [""; 0]);
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_computer_that_cannot_remember_says_so_and_asks_again() {
    at_a_guarded_place(async |desktop, _, address| {
        let desktop = TestApp::start(&desktop.place);
        let state = desktop.ok("workspaces.key_store", json!({})).await;
        assert_eq!(state, json!({ "available": true }));
        desktop.keys.is_locked.store(true, Ordering::SeqCst);
        let state = desktop.ok("workspaces.key_store", json!({})).await;
        assert_eq!(state["available"], false);
        let reason = state["reason"].as_str().unwrap();
        assert!(reason.contains("BACKSTOCK_MYSQL_PASSWORD"), "{reason}");

        let info = connect(&desktop, address, json!(true)).await;
        assert_eq!(
            (&info["remembered"], &info["rememberProblem"]),
            (&json!(false), &state["reason"])
        );
        let desktop = desktop.restart().await;
        assert_eq!(stage(&desktop).await, "password_needed");
        let request = json!({ "id": info["id"] });
        desktop
            .refused("workspaces.open", request, Code::PasswordNeeded)
            .await;
        desktop.app.close().await;
    })
    .await;
}
