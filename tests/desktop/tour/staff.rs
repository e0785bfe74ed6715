//! People and their roles, the history, settings, and what a viewer may not see.

use serde_json::json;
use thirtyfour::Key;

use super::Tour;
use crate::shop::PASSWORD;

/// Adds a colleague, looks at the rest of the app, then at what the colleague sees of it.
pub async fn visit(tour: &mut Tour) {
    people(tour).await;
    roles(tour).await;
    history(tour).await;
    own(tour).await;
    everywhere(tour).await;
    viewer(tour).await;
    broken(tour).await;
}

async fn people(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("area-people").await;
    app.by_test_id("grid-row").await;
    tour.see("people").await;
    app.click_test_id("new-person").await;
    tour.see("new-person").await;
    app.fill_test_id("person-name", "Vera Lind").await;
    app.fill_test_id("person-email", "vera@example.com").await;
    app.choose("person-role", "Viewer").await;
    tour.see("new-person-filled").await;
    app.click_test_id("create-person").await;
    app.by_test_id("generated-password").await;
    app.by_test_id("person-actions").await;
    tour.see("password-once").await;
    app.click_test_id("password-noted").await;
    tour.see("person").await;
    app.click_test_id("person-actions").await;
    tour.see("person-menu").await;
    app.click_test_id("deactivate-person").await;
    tour.see("person-deactivate").await;
    tour.escape().await;
    kept_form(tour).await;
    for (name, role) in [("Mia Berg", "manager"), ("Olaf Dorn", "operator")] {
        let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
        let person = json!({ "name": name, "email": email, "role": role });
        tour.call("users.create", person).await;
    }
    app.click_test_id("close-panel").await;
    tour.rest().await;
    tour.see("people-several").await;
}

/// A form that is left without saving, and taken up again.
async fn kept_form(tour: &Tour) {
    let app = &tour.app;
    app.fill_test_id("person-name", "Vera Lindgren").await;
    app.click_test_id("close-panel").await;
    tour.rest().await;
    tour.open_row("Vera Lind").await;
    app.wait_text("Unsaved draft").await;
    tour.see("person-kept").await;
    app.click("button", "Discard").await;
    app.wait_text_gone("Unsaved draft").await;
}

async fn roles(tour: &Tour) {
    let app = &tour.app;
    app.click_text("Roles").await;
    app.by_test_id("grid-row").await;
    tour.see("roles").await;
    tour.open_row("Manager").await;
    app.by_test_id("role-panel").await;
    tour.see("role").await;
    // In a narrow window the panel lies over the button.
    tour.escape().await;
    app.click_test_id("new-role").await;
    app.fill_test_id("role-name", "Buyer").await;
    tour.see("new-role").await;
    app.click_test_id("create-role").await;
    app.wait_text("is made").await;
    tour.see("role-made").await;
}

async fn history(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("area-history").await;
    app.by_test_id("grid-row").await;
    tour.see("history").await;
    app.click_test_id("grid-row").await;
    app.by_test_id("entry-panel").await;
    tour.see("history-entry").await;
    tour.escape().await;
    tour.open_filter("history-person").await;
    tour.see("history-filter-person").await;
    tour.escape().await;
    tour.open_filter("history-time").await;
    tour.see("history-filter-time").await;
    tour.escape().await;
    tour.open_filter("history-kind").await;
    app.click("menuitemradio", "Products").await;
    tour.see("history-filtered").await;
    app.click_test_id("verify-history").await;
    app.by_test_id("history-fine").await;
    tour.see("history-fine").await;
}

async fn own(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("person-menu").await;
    tour.see("own-menu").await;
    app.click_test_id("your-account").await;
    app.by_test_id("account-name").await;
    tour.see("account").await;
    app.click_test_id("area-settings").await;
    app.by_test_id("settings-name").await;
    tour.see("settings").await;
    app.click_test_id("settings-currency").await;
    tour.see("settings-currency").await;
    tour.escape().await;
    app.click_text("Pictures").await;
    app.by_test_id("clean-pictures").await;
    tour.see("settings-pictures").await;
}

async fn everywhere(tour: &Tour) {
    let app = &tour.app;
    app.click_test_id("workspace-switcher").await;
    tour.see("workspaces").await;
    tour.escape().await;
    app.press("?").await;
    app.by_test_id("shortcuts").await;
    tour.see("shortcuts").await;
    tour.escape().await;
    app.press(Key::Control + "k").await;
    app.by_test_id("palette-search").await;
    tour.see("palette").await;
    app.fill_test_id("palette-search", "mug").await;
    app.wait_text("MUG-RED").await;
    tour.see("palette-products").await;
    tour.escape().await;
    tour.go("/products/00000000-0000-7000-8000-000000000000")
        .await;
    tour.see("product-missing").await;
    tour.go("/nowhere").await;
    tour.see("page-missing").await;
    tour.go("/products").await;
    app.by_test_id("grid-row").await;
    app.click("button", "Collapse the sidebar").await;
    tour.see("collapsed").await;
    app.click("button", "Expand the sidebar").await;
    app.press(Key::Control + "l").await;
    app.by_test_id("lock-screen").await;
    tour.see("locked").await;
    app.fill_test_id("unlock-password", "not this one").await;
    app.click_test_id("unlock").await;
    app.wait_text("wrong").await;
    tour.see("unlock-refused").await;
    app.fill_test_id("unlock-password", PASSWORD).await;
    app.click_test_id("unlock").await;
    app.wait_text_gone("Shop North is locked").await;
}

/// What a viewer sees.
async fn viewer(tour: &Tour) {
    let app = &tour.app;
    let email = "finn@example.com";
    let person = json!({ "name": "Finn Ode", "email": email, "role": "viewer" });
    let made = tour.call("users.create", person).await;
    let given = made["password"].as_str().unwrap();
    app.click_test_id("person-menu").await;
    app.click_test_id("sign-out").await;
    app.fill_test_id("sign-in-email", email).await;
    app.fill_test_id("sign-in-password", given).await;
    app.click_test_id("sign-in").await;
    app.fill_test_id("current-password", given).await;
    tour.see("choose-password").await;
    app.fill_test_id("new-password", "long walks at night")
        .await;
    app.click_test_id("change-password").await;
    app.by_test_id("person-menu").await;
    tour.see("viewer-home").await;
    app.click_test_id("area-products").await;
    app.click_test_id("grid-row").await;
    app.by_test_id("close-panel").await;
    tour.see("viewer-product").await;
    for page in ["people", "imports", "history", "settings"] {
        tour.go(&format!("/{page}")).await;
        tour.see(&format!("viewer-{page}")).await;
    }
}

/// The file of the workspace is no workspace any more.
async fn broken(tour: &mut Tour) {
    let known = tour.call("workspaces.list", json!({})).await;
    let place = known[0]["location"].as_str().unwrap().to_owned();
    tour.app.crash();
    for end in ["", "-wal", "-shm"] {
        let file = format!("{place}{end}");
        if std::fs::exists(&file).unwrap() {
            std::fs::write(file, "not a database at all".repeat(500)).unwrap();
        }
    }
    tour.app.restart().await;
    tour.resize().await;
    tour.app.wait_text("Shop North cannot be opened").await;
    tour.see("workspace-broken").await;
    tour.app.click_test_id("other-workspace").await;
    tour.see("choose-workspace").await;
}
