//! The settings of the workspace.

use domain::error::Code;
use serde_json::json;

use crate::support::on_each_desktop;

#[tokio::test]
async fn settings_are_changed_by_one_at_a_time_and_reach_everyone() {
    on_each_desktop(async |desktop| {
        let settings = desktop.ok("settings.get", json!({})).await;
        let expected =
            json!({ "name": "Shop", "currency": "", "idleLockMinutes": 15, "version": 1 });
        assert_eq!(settings, expected);
        let second = desktop.second_desktop().await;
        let new =
            json!({ "version": 1, "name": " Barn ", "currency": "aud", "idleLockMinutes": 0 });
        let saved = desktop.ok("settings.update", new.clone()).await;
        let expected =
            json!({ "name": "Barn", "currency": "AUD", "idleLockMinutes": 0, "version": 2 });
        assert_eq!(saved, expected);
        desktop
            .refused("settings.update", new, Code::Conflict)
            .await;
        for desktop in [desktop, &second] {
            let state = desktop.ok("app.state", json!({})).await;
            assert_eq!(
                (
                    &state["workspace"]["name"],
                    &state["currency"],
                    &state["idleLockMinutes"]
                ),
                (&json!("Barn"), &json!("AUD"), &json!(0))
            );
        }
        let known = desktop.ok("workspaces.list", json!({})).await;
        assert_eq!(known[0]["name"], "Barn");
        let filter = json!({ "filter": { "kind": "workspace" } });
        let page = desktop.ok("history.list", filter).await;
        assert_eq!(page["entries"][0]["changes"].as_array().unwrap().len(), 3);
        assert_eq!(page["entries"][0]["person"], "Ada");
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn settings_keep_the_rules_and_need_the_right() {
    on_each_desktop(async |desktop| {
        let bad = json!({ "version": 1, "name": "", "currency": "DOLLARS", "idleLockMinutes": -1 });
        let error = desktop.refused("settings.update", bad, Code::Invalid).await;
        let keys: Vec<&str> = error.fields.keys().map(String::as_str).collect();
        assert_eq!(keys, ["currency", "idleLockMinutes", "name"]);
        desktop.hire("Max", "manager").await;
        desktop.sign_in("max@example.com").await;
        desktop.ok("settings.get", json!({})).await;
        let new = json!({ "version": 1, "name": "Barn", "currency": "", "idleLockMinutes": 5 });
        desktop
            .refused("settings.update", new, Code::Forbidden)
            .await;
    })
    .await;
}
