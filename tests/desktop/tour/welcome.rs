//! From the first start to an empty shop.

use std::net::TcpListener;

use super::Tour;
use crate::shop::{EMAIL, PASSWORD};

/// Makes a workspace, and an owner who is signed in.
pub async fn visit(tour: &mut Tour) {
    let app = &tour.app;
    tour.see("welcome").await;
    refused_server(tour).await;

    app.click_text("On this computer").await;
    app.fill("Name", "Shop North").await;
    app.click("button", "Create workspace").await;
    app.wait_text("Create the owner account").await;
    app.fill("Your name", "Ada Löwe").await;
    app.fill_test_id("owner-email", EMAIL).await;
    app.fill_test_id("owner-password", "ada").await;
    tour.see("owner-weak-password").await;
    app.fill_test_id("owner-password", PASSWORD).await;
    tour.see("owner").await;
    app.click("button", "Create account").await;
    app.wait_text("Shop North has no products yet").await;
    tour.see("home-empty").await;
    for (area, name) in [("products", "products-empty"), ("imports", "imports-empty")] {
        app.click_test_id(&format!("area-{area}")).await;
        tour.see(name).await;
    }
    sign_in(tour).await;
}

/// The form of a shared workspace, whose server does not answer.
async fn refused_server(tour: &Tour) {
    let app = &tour.app;
    app.click_text("Shared database").await;
    tour.see("shared").await;
    // A port that was just free: no server answers there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    app.fill_test_id("shared-host", "127.0.0.1").await;
    app.fill_test_id("shared-port", &port.to_string()).await;
    app.fill_test_id("shared-database", "backstock").await;
    app.fill_test_id("shared-user", "shop").await;
    app.fill_test_id("shared-password", "a password").await;
    app.click_test_id("test-connection").await;
    app.wait_text("Nothing answers at").await;
    tour.see("shared-refused").await;
}

/// The same shop on the next morning.
async fn sign_in(tour: &mut Tour) {
    tour.app.crash_and_restart().await;
    tour.app.wait_text("Sign in to Shop North").await;
    tour.resize().await;
    tour.app.fill_test_id("sign-in-email", EMAIL).await;
    tour.see("sign-in").await;
    tour.app
        .fill_test_id("sign-in-password", "a wrong password")
        .await;
    tour.app.click_test_id("sign-in").await;
    tour.app.wait_text("wrong").await;
    tour.see("sign-in-refused").await;
    tour.app.fill_test_id("sign-in-password", PASSWORD).await;
    tour.app.click_test_id("sign-in").await;
    tour.app.wait_text("Shop North has no products yet").await;
}
