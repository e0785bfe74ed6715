//! From the first start to a working shop, and back into it after a power cut.

use serde_json::json;

use crate::harness::{DesktopApp, Scheme};
use crate::shop::{self, EMAIL, PASSWORD};

#[tokio::test]
async fn the_first_start_ends_in_a_shop_that_is_still_there_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = DesktopApp::start(folder.path()).await;

    app.wait_text("Welcome to Backstock").await;
    app.picture("welcome");
    app.fill("Name", "Shop North").await;
    app.click("button", "Create workspace").await;

    app.wait_text("Create the owner account").await;
    app.fill("Your name", "Ada Löwe").await;
    app.fill("E-mail", EMAIL).await;
    app.fill("Password", PASSWORD).await;
    app.picture("owner");
    app.click("button", "Create account").await;

    app.wait_text("Shop North has no products yet").await;
    let place = app.by_test_id("data-place").await.text().await.unwrap();
    assert_eq!(place, "Saved on this computer", "the status bar says so");
    app.picture("first-steps");

    app.crash_and_restart().await;
    app.wait_text("Sign in to Shop North").await;
    app.fill("E-mail", EMAIL).await;
    app.fill("Password", PASSWORD).await;
    app.press(thirtyfour::Key::Enter).await;
    app.wait_text("Shop North has no products yet").await;
}

#[tokio::test]
async fn the_window_is_as_dark_as_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start_with(folder.path(), Scheme::Dark).await;
    app.wait_text("Welcome to Backstock").await;
    app.picture("welcome-dark");

    let scheme = "return document.documentElement.dataset.mantineColorScheme";
    assert_eq!(app.run(scheme).await, "dark", "the page is dark");
}

#[tokio::test]
async fn the_smallest_window_shows_everything_without_scrolling_sideways() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    app.wait_text("Welcome to Backstock").await;
    app.resize(400, 300).await;

    let size = app.run("return [innerWidth, innerHeight]").await;
    assert_eq!(
        size,
        serde_json::json!([1024, 560]),
        "the window stops here"
    );
    let overflow = "return document.documentElement.scrollWidth - innerWidth";
    assert_eq!(app.run(overflow).await, 0, "nothing is cut off");
}

#[tokio::test]
async fn the_practice_catalogue_fills_the_shop() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    app.click_test_id("step-practice").await;
    app.wait_text_gone("Shop North has no products yet").await;
    app.click("link", "Products").await;
    app.by_test_id("grid-row").await;
    app.picture("practice");
}

#[tokio::test]
async fn a_locked_window_keeps_what_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    shop::open(&app).await;
    app.click("link", "Products").await;
    app.click("button", "New").await;
    app.fill_test_id("field-name", "Half a na").await;

    app.press(thirtyfour::Key::Control + "l").await;
    app.by_test_id("lock-screen").await;
    app.picture("locked");
    let list = json!({
        "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 10
    });
    app.begin_call("products.list", list).await;
    assert_eq!(app.answer().await.unwrap_err()["code"], "locked");

    app.fill_test_id("unlock-password", PASSWORD).await;
    app.click_test_id("unlock").await;
    app.wait_text_gone("Shop North is locked").await;
    let name = app.by_test_id("field-name").await.prop("value").await;
    assert_eq!(name.unwrap().as_deref(), Some("Half a na"));
}
