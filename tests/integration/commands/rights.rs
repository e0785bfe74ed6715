//! Every command as every role: allowed or refused as the list declares, before anything else.

use backstock::commands::list::{Access, COMMANDS};
use backstock::error::Code;
use backstock::people::BuiltInRole;
use serde_json::json;

use crate::support::{TestApp, at_each_place, on_each_desktop};

/// A request that no command understands: who is let in hears that, who is not hears only that.
fn nonsense() -> serde_json::Value {
    json!({ "no such thing": true })
}

#[tokio::test]
async fn every_command_is_allowed_or_refused_as_declared() {
    on_each_desktop(async |desktop| {
        for role in BuiltInRole::ALL {
            desktop.set_role(role.key()).await;
            for command in COMMANDS {
                let may = match command.access {
                    Access::Anyone | Access::SignedIn => true,
                    Access::Needs(permission) => role.may(permission),
                };
                let code = if may { Code::Invalid } else { Code::Forbidden };
                let error = desktop.refused(command.name, nonsense(), code).await;
                assert_eq!(
                    error.message.contains("malformed"),
                    may,
                    "{role:?}: {error:?}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_anything_without_signing_in() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place);
        for opened in [false, true] {
            if opened {
                desktop.open().await;
            }
            for command in COMMANDS {
                let code = match command.access {
                    Access::Anyone => Code::Invalid,
                    Access::SignedIn | Access::Needs(_) => Code::SignedOut,
                };
                desktop.refused(command.name, nonsense(), code).await;
            }
        }
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_right_that_is_taken_away_is_gone_with_the_next_command() {
    on_each_desktop(async |desktop| {
        desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        desktop.set_role("viewer").await;
        let request = json!({ "fields": { "sku": "AB-2", "name": "Bowl" } });
        let error = desktop
            .refused("products.create", request, Code::Forbidden)
            .await;
        assert_eq!(error.message, "You may not edit products.");
        desktop.sql("update users set status = 'deactivated'").await;
        let request = json!({ "offset": 0, "limit": 10 });
        desktop
            .refused("products.list", request, Code::SignedOut)
            .await;
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "sign_in");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_command_and_a_malformed_request_are_told_apart() {
    on_each_desktop(async |desktop| {
        let error = desktop
            .refused("products.burn", json!({}), Code::Invalid)
            .await;
        assert_eq!(error.message, "There is no command \"products.burn\".");
        let error = desktop
            .refused("products.get", json!({ "id": 7 }), Code::Invalid)
            .await;
        assert!(
            error
                .message
                .starts_with("The request of products.get is malformed: ")
        );
        let request = json!({ "email": "ada@example.com", "password": 5_551_234 });
        let error = desktop
            .refused("session.sign_in", request, Code::Invalid)
            .await;
        assert_eq!(
            error.message,
            "The request of session.sign_in is malformed."
        );
    })
    .await;
}
