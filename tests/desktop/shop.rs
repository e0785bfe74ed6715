//! A shop to begin with, made by the commands that the first screens give.

use serde_json::json;

use crate::harness::DesktopApp;

pub const EMAIL: &str = "ada@example.com";
pub const PASSWORD: &str = "correct horse battery";

/// Makes a workspace called "Shop North", whose owner Ada is signed in.
pub async fn open(app: &DesktopApp) {
    app.wait_text("Welcome to Backstock").await;
    let workspace = json!({ "name": "Shop North" });
    app.begin_call("workspaces.create_local", workspace).await;
    app.answer().await.unwrap();
    let owner =
        json!({ "name": "Ada Löwe", "email": EMAIL, "password": PASSWORD, "currency": "EUR" });
    app.begin_call("session.create_owner", owner).await;
    app.answer().await.unwrap();
    app.wait_text("Shop North has no products yet").await;
}

/// Makes the one product that a short story is about: MUG-1, "Mug, blue".
pub async fn add_mug(app: &DesktopApp) {
    let product = json!({ "fields": { "sku": "MUG-1", "name": "Mug, blue" } });
    app.begin_call("products.create", product).await;
    app.answer().await.unwrap();
}

/// What stands on the tabs of these outcomes.
pub async fn plan_counts<const N: usize>(app: &DesktopApp, outcomes: [&str; N]) -> Vec<String> {
    let mut counts = Vec::new();
    for outcome in outcomes {
        let count = app.by_test_id(&format!("plan-count-{outcome}")).await;
        counts.push(count.text().await.unwrap());
    }
    counts
}
