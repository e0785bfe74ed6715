//! What the page in the window can reach: the core's commands, files a person gave it, and no more.

use std::io::ErrorKind;
use std::net::TcpListener;

use serde_json::{Value, json};

use crate::harness::DesktopApp;

#[tokio::test]
async fn a_chosen_file_reaches_the_page_as_a_token_and_not_as_a_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("süße preise.csv");
    std::fs::write(&file, "sku,price\nA-1,2.50\n").unwrap();
    let app = DesktopApp::start(folder.path()).await;

    app.begin_call("files.choose", json!({})).await;
    app.answer_file_dialog("Choose a file", &file);
    let chosen = app.answer().await.unwrap();
    assert_eq!(chosen["name"], "süße preise.csv");
    assert_eq!(chosen["size"], 19);
    assert!(!chosen.to_string().contains('/'), "no path in {chosen}");

    app.begin_call("files.choose", json!({})).await;
    app.cancel_dialog("Choose a file");
    assert_eq!(app.answer().await, Ok(Value::Null), "nothing was chosen");
}

#[tokio::test]
async fn dropped_files_are_announced_while_they_hover_and_given_when_they_drop() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a b.csv"), folder.path().join("ö.csv"));
    std::fs::write(&first, "sku\n").unwrap();
    std::fs::write(&second, "").unwrap();
    let app = DesktopApp::start(folder.path()).await;

    app.record_events().await;
    app.drop_files(&[&first, &second]);
    let dropped = app.wait_event("filesDropped").await;
    let given = |number: usize| {
        (
            &dropped["files"][number]["name"],
            &dropped["files"][number]["size"],
        )
    };
    assert_eq!(given(0), (&json!("a b.csv"), &json!(4)));
    assert_eq!(given(1), (&json!("ö.csv"), &json!(0)));
    assert!(!dropped.to_string().contains('/'), "no path in {dropped}");
    let entered = app.wait_event("dragEntered").await;
    assert_eq!(entered["names"], json!(["a b.csv", "ö.csv"]));
}

#[tokio::test]
async fn the_page_can_neither_load_nor_send_nor_go_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let address = format!("http://{}", elsewhere.local_addr().unwrap());
    let app = DesktopApp::start(folder.path()).await;
    app.wait_text("Welcome to Backstock").await;

    let attempts = [
        &format!("return fetch('{address}').then(() => 'done', () => 'refused')"),
        &format!(
            "const image = new Image(); image.src = '{address}/a.png';
             return new Promise((done) => {{ image.onerror = () => done('refused'); }})"
        ),
        "try { return (0, eval)('\"done\"') } catch { return 'refused' }",
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1';
         document.body.append(script); return window.ran ? 'done' : 'refused'",
        "return __TAURI_INTERNALS__.invoke('plugin:app|version').then(() => 'done', () => 'refused')",
        "return __TAURI_INTERNALS__.invoke('plugin:window|hide').then(() => 'done', () => 'refused')",
    ];
    for attempt in attempts {
        assert_eq!(app.run(attempt).await, "refused", "{attempt}");
    }
    app.run(&format!("location.href = '{address}'")).await;
    app.run(&format!("window.open('{address}')")).await;
    app.wait_text("Welcome to Backstock").await;

    let visitor = elsewhere.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(visitor, Err(ErrorKind::WouldBlock), "nobody came");
}

#[tokio::test]
async fn an_unknown_command_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let app = DesktopApp::start(folder.path()).await;
    app.begin_call("products.burn", json!({})).await;
    let refusal = app.answer().await.unwrap_err();
    assert_eq!(refusal["message"], "There is no command \"products.burn\".");
}
