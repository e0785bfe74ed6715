//! The app starts and shows its first screen.

use crate::harness::{DesktopApp, Scheme};

#[tokio::test]
async fn the_app_starts_and_shows_the_first_screen() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    app.picture("start");
    println!("{}", app.text().await);
    println!("{}", app.run("return JSON.stringify([navigator.language, getComputedStyle(document.body).backgroundColor, performance.timing.loadEventEnd-performance.timing.navigationStart])").await);
    println!("{:?}", app.call("app.state", serde_json::json!({})).await);
}

#[tokio::test]
async fn dark() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start_with(folder.path(), Scheme::Dark).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    app.picture("start-dark");
    println!("{}", app.run("return JSON.stringify([navigator.language, getComputedStyle(document.body).backgroundColor])").await);
}
