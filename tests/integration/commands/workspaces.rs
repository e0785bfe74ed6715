//! Workspaces: made, opened, switched between, found again.

use backstock::commands::events::Event;
use backstock::jobs::{JobKind, JobState, JobSubject};
use domain::error::Code;
use serde_json::json;

use crate::support::{TestApp, at_each_place, on_each_desktop, shared};
use testing::Place;

#[tokio::test]
async fn the_last_workspace_opens_by_itself() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place).with_owner().await.restart().await;
        let state = desktop.ok("app.state", json!({})).await;
        let expected = match place {
            Place::File(_) => "sign_in",
            Place::Server(_) => "password_needed",
        };
        assert_eq!(state["stage"], expected, "{state}");
        assert_eq!(state["workspace"]["name"], "Shop");
        if let Place::Server(address) = place {
            let id = state["workspace"]["id"].clone();
            desktop
                .refused("workspaces.open", json!({ "id": id }), Code::PasswordNeeded)
                .await;
            let request = json!({ "id": id, "password": address.password });
            desktop.ok("workspaces.open", request).await;
        }
        desktop.sign_in("ada@example.com").await;
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn switching_signs_out_and_each_workspace_keeps_its_own() {
    on_each_desktop(async |desktop| {
        desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        let shop = desktop.ok("app.state", json!({})).await["workspace"].clone();
        let barn = desktop
            .ok("workspaces.create_local", json!({ "name": "Barn" }))
            .await;
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(
            (&state["stage"], &state["workspace"]),
            (&json!("create_owner"), &barn)
        );
        let ada = json!({ "name": "Ada", "email": "ada@example.com", "password": "quince on rye" });
        desktop.ok("session.create_owner", ada).await;
        assert_eq!(desktop.ok("products.count", json!({})).await["count"], 0);

        let list = desktop.ok("workspaces.list", json!({})).await;
        assert_eq!(list, json!([barn, shop]), "the last opened first");
        desktop
            .ok("workspaces.open", json!({ "id": shop["id"] }))
            .await;
        desktop
            .refused("products.count", json!({}), Code::SignedOut)
            .await;
        desktop.sign_in("ada@example.com").await;
        assert_eq!(desktop.ok("products.count", json!({})).await["count"], 1);

        desktop
            .ok("workspaces.forget", json!({ "id": shop["id"] }))
            .await;
        assert_eq!(
            desktop.ok("workspaces.list", json!({})).await,
            json!([barn])
        );
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "choose_workspace");
        desktop.open().await;
        desktop.sign_in("ada@example.com").await;
        assert_eq!(
            desktop.ok("products.count", json!({})).await["count"],
            1,
            "the data stayed"
        );
    })
    .await;
}

#[tokio::test]
async fn leaving_a_workspace_stops_its_jobs_and_tells_the_window() {
    on_each_desktop(async |desktop| {
        let mut events = desktop.app.subscribe();
        let subject = JobSubject {
            kind: JobKind::Export,
            label: "products.csv".into(),
            plan: None,
        };
        let job = desktop.app.jobs().start(subject, |progress| async move {
            loop {
                progress.check()?;
                tokio::task::yield_now().await;
            }
        });
        desktop.ok("workspaces.close", json!({})).await;
        let ended = desktop.app.jobs().wait(job.unwrap()).await.unwrap();
        assert_eq!(ended.state, JobState::Cancelled);
        let heard = async { while events.recv().await.unwrap() != Event::StateChanged {} };
        let patience = std::time::Duration::from_secs(10);
        assert!(tokio::time::timeout(patience, heard).await.is_ok());
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "choose_workspace");
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_a_workspace_file() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::File(std::sync::Arc::new(tempfile::tempdir().unwrap()));
    let desktop = TestApp::start(&place).with_owner().await;
    let Place::File(folder) = &place else {
        unreachable!("it is a file")
    };
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
    desktop.app.close().await;
}

#[tokio::test]
async fn a_workspace_that_cannot_be_opened_leaves_the_open_one() {
    on_each_desktop(async |desktop| {
        let junk = desktop.data.path().join("junk.sqlite");
        std::fs::write(
            &junk,
            "this is a shopping list, not a database, and it is long enough",
        )
        .unwrap();
        let file = desktop.app.grant_file(&junk).token;
        desktop
            .refused("workspaces.open_file", json!({ "file": file }), Code::File)
            .await;
        let absent = desktop
            .app
            .grant_file(&desktop.data.path().join("absent.sqlite"))
            .token;
        desktop
            .refused(
                "workspaces.open_file",
                json!({ "file": absent }),
                Code::File,
            )
            .await;
        let here = desktop.app.grant_file(&junk).token;
        let request = json!({ "name": "Junk", "file": here });
        desktop
            .refused("workspaces.create_local", request, Code::File)
            .await;
        assert!(
            std::fs::read_to_string(&junk)
                .unwrap()
                .starts_with("this is a shopping list")
        );
        assert_eq!(desktop.ok("app.state", json!({})).await["stage"], "ready");
    })
    .await;
}

#[tokio::test]
async fn another_programs_database_is_not_touched() {
    on_each_desktop(async |desktop| {
        use sqlx::{ConnectOptions, Connection};
        let path = desktop.data.path().join("photos.sqlite");
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true);
        let mut conn = options.connect().await.unwrap();
        sqlx::raw_sql("create table photos (id integer)")
            .execute(&mut conn)
            .await
            .unwrap();
        conn.close().await.unwrap();
        let file = desktop.app.grant_file(&path).token;
        let error = desktop
            .refused("workspaces.open_file", json!({ "file": file }), Code::File)
            .await;
        assert!(error.message.contains("another program"), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_moved_is_told_and_not_made_anew() {
    let place = Place::File(std::sync::Arc::new(tempfile::tempdir().unwrap()));
    let desktop = TestApp::start(&place).with_owner().await;
    desktop.app.close().await;
    let Place::File(folder) = &place else {
        unreachable!("it is a file")
    };
    std::fs::rename(
        folder.path().join("shop.backstock"),
        folder.path().join("moved.backstock"),
    )
    .unwrap();
    let desktop = desktop.restart().await;
    let state = desktop.ok("app.state", json!({})).await;
    assert_eq!(state["stage"], "broken");
    let message = state["problem"]["message"].as_str().unwrap();
    assert!(
        message.starts_with("The workspace Shop is not at "),
        "{message}"
    );
    assert!(!folder.path().join("shop.backstock").exists());
}

#[tokio::test]
async fn the_test_of_an_address_says_what_is_there() {
    at_each_place(async |place| {
        let Place::Server(address) = place else {
            return;
        };
        let desktop = TestApp::start(place);
        let test = desktop.ok("workspaces.test_shared", shared(address)).await;
        assert_eq!(
            (&test["empty"], &test["name"]),
            (&json!(true), &json!(null))
        );
        assert_eq!(test["encrypted"], false);
        let desktop = desktop.with_owner().await;
        let test = desktop.ok("workspaces.test_shared", shared(address)).await;
        assert_eq!(
            (&test["empty"], &test["name"]),
            (&json!(false), &json!("Shop"))
        );
        let mut wrong = shared(address);
        wrong["password"] = json!("not the password");
        let error = desktop
            .refused("workspaces.test_shared", wrong, Code::DatabaseRefused)
            .await;
        assert!(!format!("{error:?}").contains("not the password"));
        let mut nowhere = shared(address);
        nowhere["database"] = json!("no_such_database");
        desktop
            .refused("workspaces.test_shared", nowhere, Code::DatabaseRefused)
            .await;
        let mut silent = shared(address);
        silent["port"] = json!(1);
        desktop
            .refused("workspaces.test_shared", silent, Code::Unreachable)
            .await;
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_incomplete_address_is_refused_field_by_field() {
    on_each_desktop(async |desktop| {
        let address = json!({
            "host": " ", "port": 0, "database": "", "user": "", "password": "", "tls": "off",
        });
        let error = desktop
            .refused("workspaces.test_shared", address, Code::Invalid)
            .await;
        let keys: Vec<&str> = error.fields.keys().map(String::as_str).collect();
        assert_eq!(keys, ["database", "host", "port", "user"]);
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn plans_are_for_their_owner_alone_in_an_old_data_folder_too() {
    use std::os::unix::fs::PermissionsExt;
    let place = testing::Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place);
    let plans = desktop.data.path().join("plans");
    std::fs::create_dir(&plans).unwrap();
    std::fs::set_permissions(&plans, PermissionsExt::from_mode(0o755)).unwrap();
    let desktop = desktop.with_owner().await;
    let rights = plans.metadata().unwrap().permissions();
    assert_eq!(rights.mode() & 0o777, 0o700);
    desktop.app.close().await;
}

#[tokio::test]
async fn a_workspace_that_cannot_be_made_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let place = testing::Place::File(std::sync::Arc::new(tempfile::tempdir().unwrap()));
    let desktop = TestApp::start(&place);
    for (name, part) in [("NUL.sqlite", "for a device"), ("shop.", "ends with a dot")] {
        let file = desktop.app.grant_file(&folder.path().join(name)).token;
        let request = json!({ "name": "Shop", "file": file });
        let error = desktop
            .refused("workspaces.create_local", request, Code::File)
            .await;
        assert!(error.message.contains(part), "{error:?}");
    }
    // The log that the database wants to make is there already, as a folder.
    let path = folder.path().join("shop.sqlite");
    std::fs::create_dir(folder.path().join("shop.sqlite-wal")).unwrap();
    let file = desktop.app.grant_file(&path).token;
    let request = json!({ "name": "Shop", "file": file });
    let failed = desktop.call("workspaces.create_local", request).await;
    assert!(failed.is_err(), "{failed:?}");
    assert!(!path.exists());
    assert_eq!(desktop.ok("workspaces.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_clock_that_cannot_be_right_is_told_before_anything_is_written() {
    let place = testing::Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place);
    desktop.clock.advance(-desktop.clock_now() - 5);
    let file = desktop
        .app
        .grant_file(&desktop.data.path().join("shop.sqlite"));
    let request = json!({ "name": "Shop", "file": file.token });
    let error = desktop
        .refused("workspaces.create_local", request, Code::Invalid)
        .await;
    assert!(
        error.message.contains("clock of this computer"),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn desktops_that_set_one_server_up_at_once_wait_for_each_other() {
    let Some((_, place)) = Place::fresh().await.into_iter().nth(1) else {
        return;
    };
    let desktops: Vec<TestApp> = (0..6).map(|_| TestApp::start(&place)).collect();
    futures_util::future::join_all(desktops.iter().map(TestApp::open)).await;
    for desktop in desktops {
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "create_owner");
        desktop.app.close().await;
    }
    place.remove().await;
}
