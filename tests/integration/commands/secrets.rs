//! Secrets: who has them, and that they are nowhere to be found.

use std::path::Path;

use domain::error::{Code, Error};
use domain::people::WorkspaceKey;
use domain::values::UserId;
use serde_json::{Value as Json, json};
use store::{Secret, Store};

use crate::support::{PASSWORD, TestApp, at_each_place, on_each_desktop};
use testing::Place;

/// What stands for the token of a sales channel.
const TOKEN: &str = "shpat_5ecre7-t0ken-of-the-shop";

fn known(secret: &Secret) -> &str {
    match secret {
        Secret::Known(text) => text,
        other => panic!("{other:?}"),
    }
}

async fn person(desktop: &TestApp) -> UserId {
    let state = desktop.ok("app.state", json!({})).await;
    state["person"]["id"].as_str().unwrap().parse().unwrap()
}

/// The key, as this person's password opens it.
async fn key_of(store: &Store, user: UserId, password: &str) -> Option<WorkspaceKey> {
    let wrap = store.wrap_of(user).await.unwrap()?;
    wrap.unwrap(user, password)
}

async fn user_named(desktop: &TestApp, name: &str) -> Json {
    let page = desktop.ok("users.list", json!({ "search": name })).await;
    page["users"][0].clone()
}

fn id_of(user: &Json) -> UserId {
    user["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn whoever_gets_a_password_gets_the_key() {
    on_each_desktop(async |desktop| {
        let store = desktop.place.open(desktop.clock.clone()).await;
        let ada = person(desktop).await;
        let key = key_of(&store, ada, PASSWORD).await.unwrap();
        store.put_secret(&key, "shopify", TOKEN).await.unwrap();

        let new = json!({ "name": "Bob", "email": "bob@example.com", "role": "operator" });
        let made = desktop.ok("users.create", new).await;
        let first = made["password"].as_str().unwrap();
        let bob = id_of(&made["user"]);
        assert_eq!(reads(&store, bob, first).await.as_deref(), Some(TOKEN));

        let second = TestApp::start(&desktop.place);
        second.open().await;
        let own = "marmalade before noon";
        let request = json!({ "email": "bob@example.com", "password": first });
        second.ok("session.sign_in", request).await;
        let request = json!({ "current": first, "new": own });
        second.ok("account.change_password", request).await;
        assert_eq!(reads(&store, bob, own).await.as_deref(), Some(TOKEN));
        assert_eq!(reads(&store, bob, first).await, None);

        let seen = user_named(desktop, "Bob").await;
        let request = json!({ "id": seen["id"], "version": seen["version"] });
        let reset = desktop.ok("users.reset_password", request).await;
        let third = reset["password"].as_str().unwrap();
        assert_eq!(reads(&store, bob, third).await.as_deref(), Some(TOKEN));

        let request = json!({ "id": seen["id"], "version": reset["user"]["version"] });
        desktop.ok("users.delete", request).await;
        assert!(store.wrap_of(bob).await.unwrap().is_none());
        second.app.close().await;
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_that_could_not_be_read_at_sign_in_is_not_lost_with_the_password() {
    on_each_desktop(async |desktop| {
        let store = desktop.place.open(desktop.clock.clone()).await;
        let ada = person(desktop).await;
        let key = key_of(&store, ada, PASSWORD).await.unwrap();
        store.put_secret(&key, "shopify", TOKEN).await.unwrap();
        let wrap = store.wrap_of(ada).await.unwrap().unwrap();
        desktop.sql("update key_wraps set parameters = ''").await;
        desktop.sign_in("ada@example.com").await;
        store.put_wrap(ada, &wrap).await.unwrap();
        let own = "marmalade before noon";
        let request = json!({ "current": PASSWORD, "new": own });
        desktop.ok("account.change_password", request).await;
        assert_eq!(reads(&store, ada, own).await.as_deref(), Some(TOKEN));
        store.close().await;
    })
    .await;
}

async fn reads(store: &Store, user: UserId, password: &str) -> Option<String> {
    let key = key_of(store, user, password).await?;
    let secret = store.secret(&key, "shopify").await.unwrap();
    assert!(!format!("{secret:?}").contains(TOKEN), "Debug shows none");
    Some(known(&secret).to_owned())
}

#[tokio::test]
async fn when_the_last_copy_is_lost_secrets_are_entered_anew() {
    on_each_desktop(async |desktop| {
        let store = desktop.place.open(desktop.clock.clone()).await;
        let ada = person(desktop).await;
        let old = key_of(&store, ada, PASSWORD).await.unwrap();
        store.put_secret(&old, "shopify", TOKEN).await.unwrap();
        desktop.ok("session.sign_out", json!({})).await;
        desktop.sql("delete from key_wraps").await;
        desktop.sign_in("ada@example.com").await;
        let key = key_of(&store, ada, PASSWORD).await.unwrap();
        assert_eq!(store.secret(&key, "shopify").await.unwrap(), Secret::Lost);
        assert_eq!(store.lost_secrets(&key).await.unwrap(), ["shopify"]);
        let refused = store.put_secret(&old, "shopify", TOKEN).await.unwrap_err();
        assert_eq!(refused.code, Code::Conflict, "the old key is of no use");
        store.put_secret(&key, "shopify", TOKEN).await.unwrap();
        assert_eq!(known(&store.secret(&key, "shopify").await.unwrap()), TOKEN);
        store.delete_secret("shopify").await.unwrap();
        assert_eq!(
            store.secret(&key, "shopify").await.unwrap(),
            Secret::Missing
        );
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_has_no_copy_signs_in_all_the_same() {
    on_each_desktop(async |desktop| {
        desktop.add_vic().await;
        desktop.ok("session.sign_out", json!({})).await;
        desktop.sign_in("vic@example.com").await;
        let vic = person(desktop).await;
        let store = desktop.place.open(desktop.clock.clone()).await;
        assert!(store.wrap_of(vic).await.unwrap().is_none());
        desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        store.close().await;
    })
    .await;
}

/// What is planted, and looked for afterwards. Each is a password or a token that was typed.
const PLANTED: [&str; 7] = [
    TOKEN,
    PASSWORD,
    "quince-jelly-by-night",
    "wrong-quince-jelly",
    "blackberry-of-the-server",
    "first-of-bob-s-cherries",
    "nobody-s-gooseberries",
];

#[tokio::test]
async fn no_secret_is_found_in_files_or_errors() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place).with_owner().await;
        let store = place.open(desktop.clock.clone()).await;
        let ada = person(&desktop).await;
        let key = key_of(&store, ada, PASSWORD).await.unwrap();
        store.put_secret(&key, "shopify", TOKEN).await.unwrap();
        let told = typed_everywhere(&desktop).await;
        for planted in PLANTED {
            let found = told.iter().find(|error| error.contains(planted));
            assert_eq!(found, None, "{planted}");
        }
        // With the app still running, the write-ahead log is there too.
        assert_clean(desktop.data.path());
        assert_clean_place(place).await;
        desktop.app.close().await;
        store.close().await;
        assert_clean(desktop.data.path());
        assert_clean_place(place).await;
    })
    .await;
}

/// Types secrets wherever one can, rightly and wrongly; gives every error, and every answer but
/// those that are there to tell a password.
async fn typed_everywhere(desktop: &TestApp) -> Vec<String> {
    let mut told = Vec::new();
    let requests = ways_in().into_iter().chain(accounts()).chain(answers());
    for (name, request) in requests {
        told.push(match desktop.call(name, request).await {
            Ok(answer) => answer.to_string(),
            Err(error) => everything(&error),
        });
    }
    told
}

fn ways_in() -> Vec<(&'static str, Json)> {
    let [_, right, _, wrong, server, _, nobody] = PLANTED;
    let shared = json!({ "host": "127.0.0.1", "port": 1, "database": "shop", "user": "ada", "password": server, "tls": "off" });
    let ada = |password: Json| json!({ "email": "ada@example.com", "password": password });
    let unknown = json!({ "email": "nobody@example.com", "password": nobody });
    let extra = json!({ "email": "ada@example.com", "password": right, "pasword": wrong });
    let connect =
        |remember: Json| json!({ "name": "Shop", "address": shared, "remember": remember });
    vec![
        ("session.sign_in", ada(json!(wrong))),
        ("session.sign_in", ada(json!([wrong]))),
        ("session.sign_in", unknown),
        ("session.sign_in", extra),
        (
            "session.create_owner",
            json!({ "name": "", "email": "x", "password": wrong }),
        ),
        ("session.unlock", json!({ "password": [wrong] })),
        ("session.unlock", json!({ "password": wrong })),
        ("workspaces.test_shared", shared.clone()),
        ("workspaces.connect_shared", connect(json!([server]))),
        ("workspaces.connect_shared", connect(json!(true))),
        (
            "workspaces.open",
            json!({ "id": uuid::Uuid::now_v7(), "password": server }),
        ),
    ]
}

fn accounts() -> Vec<(&'static str, Json)> {
    let [_, right, fresh, wrong, _, first, _] = PLANTED;
    let bob = |role: &str| json!({ "name": "Bob", "email": "bob@example.com", "role": role, "password": first });
    let reset = |version: Json| json!({ "id": uuid::Uuid::now_v7(), "version": version, "password": wrong });
    let change = |current: Json, new: Json| json!({ "current": current, "new": new });
    vec![
        ("users.create", bob("viewer")),
        ("users.create", bob(first)),
        ("users.reset_password", reset(json!(1))),
        ("users.reset_password", reset(json!(wrong))),
        (
            "account.change_password",
            change(json!(wrong), json!(fresh)),
        ),
        (
            "account.change_password",
            change(json!([right]), json!({ "x": fresh })),
        ),
        (
            "account.change_password",
            change(json!(right), json!("short")),
        ),
        (
            "account.change_password",
            change(json!(right), json!(fresh)),
        ),
        ("passwords.check", json!({ "password": [wrong] })),
        (
            "passwords.check",
            json!({ "password": wrong, "email": "ada@example.com" }),
        ),
    ]
}

fn answers() -> Vec<(&'static str, Json)> {
    let names = ["history.list", "users.list", "app.state", "workspaces.list"];
    names.map(|name| (name, json!({}))).to_vec()
}

/// An error as hosts and logs may show it.
fn everything(error: &Error) -> String {
    format!("{error} {error:?} {}", json!(error))
}

async fn assert_clean_place(place: &Place) {
    match place {
        Place::File(folder) => {
            assert_clean(folder.path());
            let file = std::fs::read(folder.path().join("shop.backstock")).unwrap();
            let wal = std::fs::read(folder.path().join("shop.backstock-wal")).unwrap_or_default();
            let is_there =
                stands_in(&file, "ada@example.com") || stands_in(&wal, "ada@example.com");
            assert!(is_there, "what is no secret would be found");
        }
        Place::Server(_) => {
            let tables = "select hex(sealed), 0 from secrets union all \
                select concat(hex(sealed), hex(parameters)), 0 from key_wraps union all \
                select hex(concat_ws('|', name, email, password_hash)), 0 from users union all \
                select hex(changes), 0 from journal union all \
                select hex(concat_ws('|', label, user_name)), 0 from batches";
            for (row, _) in place.rows(tables).await {
                for planted in PLANTED {
                    let hex: String = planted.bytes().map(|byte| format!("{byte:02X}")).collect();
                    assert!(!row.contains(&hex), "{planted}");
                }
            }
        }
    }
}

/// Looks for what was planted in every file of a folder.
fn assert_clean(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_clean(&path);
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for planted in PLANTED {
            assert!(
                !stands_in(&bytes, planted),
                "{planted} stands in {}",
                path.display()
            );
        }
    }
}

fn stands_in(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
