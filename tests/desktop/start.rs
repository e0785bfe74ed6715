//! The app starts and shows its first screen.

use crate::harness::{DesktopApp, Scheme};

#[tokio::test]
async fn the_app_starts_and_shows_the_first_screen() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    app.wait_text("Backstock").await;
    app.picture("start");
    println!(
        "{:?}",
        app.run("return [matchMedia('(prefers-color-scheme: dark)').matches, navigator.language]")
            .await
    );
    app.fill("Name", "Zoë ß").await;
    assert_eq!(
        app.by_test_id("name")
            .await
            .prop("value")
            .await
            .unwrap()
            .unwrap(),
        "Zoë ß"
    );
    app.click("button", "Choose a file").await;
    let csv = folder.path().join("süß liste.csv");
    std::fs::write(&csv, "sku\n").unwrap();
    app.answer_file_dialog("Choose a CSV file", &csv);
    app.wait_text("süß liste.csv").await;
    app.drop_files(&[&csv]);
    app.wait_text("filesDropped").await;
    println!("{}", app.text().await);
    println!("{:?}", app.call("panic", serde_json::json!({})).await);
    app.resize(1024, 700).await;
    app.picture("small");
}

#[tokio::test]
async fn dark() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = DesktopApp::start_with(folder.path(), Scheme::Dark).await;
    println!(
        "{:?}",
        app.run("return [matchMedia('(prefers-color-scheme: dark)').matches, navigator.language]")
            .await
    );
    app.click("button", "Choose a file").await;
    app.cancel_dialog("Choose a CSV file");
    app.wait_text("null").await;
    app.wait_text_gone("stand-in").await;
    app.press("x").await;
    app.crash_and_restart().await;
    app.wait_text("stand-in").await;
}
