//! A server that is dead is told soon, and one that is slow is waited for.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use backstock::commands::events::Event;
use domain::error::Code;
use serde_json::json;

use crate::support::{PASSWORD, TestApp, shared};
use store::MySqlAddress;
use testing::Place;

/// Stands between a desktop and the server, and can fall silent as a dead machine does.
struct Line {
    port: u16,
    is_silent: Arc<AtomicBool>,
}

impl Line {
    fn to(host: String, port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap().port();
        let is_silent = Arc::new(AtomicBool::new(false));
        let silent = is_silent.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let far = TcpStream::connect((host.as_str(), port)).unwrap();
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let ends = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let silent = silent.clone();
                    std::thread::spawn(move || carry(ends, &silent));
                }
            }
        });
        Self {
            port: here,
            is_silent,
        }
    }
}

fn carry((mut from, mut to): (TcpStream, TcpStream), is_silent: &AtomicBool) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        while is_silent.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(20));
        }
        if to.write_all(&bytes[..count]).is_err() {
            return;
        }
    }
    to.shutdown(std::net::Shutdown::Both).ok();
}

/// A fresh database on the server, and its address on the line; nothing without a server.
async fn server_behind_a_line() -> Option<(Place, Line, MySqlAddress)> {
    let (_, place) = Place::fresh().await.into_iter().nth(1)?;
    let Place::Server(address) = &place else {
        unreachable!("the second place is a server")
    };
    let line = Line::to(address.host.clone(), address.port);
    let mut behind = address.clone();
    (behind.host, behind.port) = ("127.0.0.1".to_owned(), line.port);
    Some((place, line, behind))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_that_rests_notices_a_silent_server() {
    let Some((place, line, behind)) = server_behind_a_line().await else {
        return;
    };
    let desktop = TestApp::start(&Place::Server(behind)).with_owner().await;
    let mut events = desktop.app.subscribe();
    line.is_silent.store(true, Ordering::SeqCst);
    let noticed = async { while events.recv().await.unwrap() != Event::Unreachable {} };
    let told = tokio::time::timeout(Duration::from_secs(6), noticed).await;
    told.expect("the host is told");
    line.is_silent.store(false, Ordering::SeqCst);
    desktop.app.close().await;
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_is_told_within_two_seconds() {
    let Some((place, line, behind)) = server_behind_a_line().await else {
        return;
    };
    let desktop = TestApp::start(&Place::Server(behind.clone()))
        .with_owner()
        .await;
    line.is_silent.store(true, Ordering::SeqCst);

    let told = Duration::from_millis(2_500);
    let began = Instant::now();
    let page = json!({ "offset": 0, "limit": 10 });
    let error = desktop
        .refused("products.list", page.clone(), Code::Unreachable)
        .await;
    assert!(error.message.contains("did not answer"), "{error:?}");
    assert!(began.elapsed() < told, "{:?}", began.elapsed());

    let began = Instant::now();
    let state = desktop.ok("app.state", json!({})).await;
    assert_eq!(state["stage"], "broken");
    assert!(began.elapsed() < told, "{:?}", began.elapsed());

    let began = Instant::now();
    let second = TestApp::start(&place);
    let request = json!({ "name": "Shop", "address": shared(&behind) });
    second
        .refused("workspaces.connect_shared", request, Code::Unreachable)
        .await;
    assert!(began.elapsed() < told, "{:?}", began.elapsed());

    line.is_silent.store(false, Ordering::SeqCst);
    desktop.ok("products.list", page).await;
    let began = Instant::now();
    line.is_silent.store(true, Ordering::SeqCst);
    desktop.ok("session.sign_out", json!({})).await;
    assert!(began.elapsed() < told, "{:?}", began.elapsed());
    line.is_silent.store(false, Ordering::SeqCst);
    let back = json!({ "email": "ada@example.com", "password": PASSWORD });
    desktop.ok("session.sign_in", back).await;
    desktop.app.close().await;
    place.remove().await;
}
