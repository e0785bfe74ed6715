//! No change of the history past the app goes unseen.

use backstock::jobs::{JobId, JobState};
use domain::error::Code;
use domain::plan::{BatchCounts, BatchState, Origin};
use serde_json::{Value as Json, json};

use super::history::{problems, run, verified, with_history};
use crate::support::{TestApp, at_each_place, on_each_desktop};
use testing::{batch, create};

#[tokio::test]
async fn an_untouched_history_is_in_order() {
    on_each_desktop(async |desktop| {
        with_history(desktop).await;
        let found = verified(desktop).await;
        assert_eq!(found["problems"], json!([]));
        assert_eq!((&found["open"], &found["older"]), (&json!(0), &json!(0)));
        assert!(found["batches"].as_i64().unwrap() >= 6, "{found}");
        assert_eq!(
            found["batches"], found["entries"],
            "a saved form is one entry"
        );
        assert!(found["headAt"].is_i64());
    })
    .await;
}

/// Each way to change the history past the app, and a part of what the check says of it.
const TAMPERINGS: &[(&str, &str)] = &[
    (
        "update journal set changes = replace(changes, '7', '8') where changes like '%stock%'",
        "Entries were changed",
    ),
    (
        "update journal set operation = 'trash' where operation = 'create'",
        "Entries were changed",
    ),
    (
        "update journal set version = version + 1",
        "Entries were changed",
    ),
    (
        "update change_tx set at_ms = at_ms - 1000",
        "Entries were changed",
    ),
    (
        "delete from journal where operation = 'update'",
        "1 entry was gone.",
    ),
    (
        "insert into journal (batch_id, tx_id, entity, entity_id, operation, version, changes) \
         select batch_id, tx_id, entity, entity_id, 'trash', 9, '{}' from journal where operation = 'update'",
        "1 entry was added.",
    ),
    (
        "update batches set user_name = 'Eve' where origin = 'form'",
        "whose it is",
    ),
    (
        "update batches set label = 'nothing' where origin = 'form'",
        "what it is about",
    ),
    (
        "update batches set updated = 3 where updated = 1",
        "its counts",
    ),
    (
        "update batches set state = 'failed' where origin = 'form'",
        "how it ended",
    ),
    (
        "update batches set finished_at = finished_at + 1",
        "how it ended",
    ),
    (
        "delete from batches where updated = 1",
        "The batch was deleted.",
    ),
    (
        "insert into batches (id, origin, label, user_name, state, started_at) \
         select x'ffffffffffffffffffffffffffffffff', 'form', 'x', 'Eve', 'done', 0 from workspace",
        "The batch was added",
    ),
    (
        "update history_chain set entries = entries + 1",
        "The chain is broken at link 1",
    ),
    (
        "delete from history_chain where position = 3",
        "The chain is broken at link 4",
    ),
    ("delete from history_head", "the head was set back"),
    (
        "update history_head set position = 3, link = (select link from history_chain where position = 3)",
        "the head was set back",
    ),
    (
        "update history_head set older_batches = x'ffffffffffffffffffffffffffffffff'",
        "The chain is broken at link 1",
    ),
];

#[tokio::test]
async fn whatever_is_changed_past_the_app_is_found() {
    for (sql, told) in TAMPERINGS {
        on_each_desktop(async |desktop| {
            with_history(desktop).await;
            desktop.sql(sql).await;
            let found = problems(desktop).await;
            assert!(
                found.iter().any(|what| what.contains(told)),
                "{sql}: {found:?}"
            );
        })
        .await;
    }
}

/// Each way to change people and roles past the app, and a part of what the check says of it.
const PEOPLE: &[(&str, &str)] = &[
    (
        "update users set role = 'owner' where name = 'Bob'",
        "The account of Bob was changed past the app",
    ),
    (
        "update users set password_hash = (select h.password_hash from \
         (select password_hash from users where name = 'Bob') h) where name = 'Cleo'",
        "The account of Cleo was changed past the app",
    ),
    (
        "update users set status = 'active' where name = 'Cleo'",
        "The account of Cleo was changed past the app",
    ),
    (
        "update users set email_key = 'eve@example.com' where name = 'Bob'",
        "The account of Bob was changed past the app",
    ),
    (
        "delete from users where name = 'Bob'",
        "The account of Bob was deleted past the app",
    ),
    (
        "insert into users (id, name, email, email_key, role, password_hash, status, created_at, version) \
         select x'ffffffffffffffffffffffffffffffff', 'Eve', 'eve@e.com', 'eve@e.com', 'owner', \
         u.password_hash, 'active', 0, 1 from users u where u.name = 'Bob'",
        "The account of Eve was added past the app",
    ),
    (
        "update roles set permissions = 'see_costs,manage_users'",
        "The role Packer was changed past the app",
    ),
    (
        "delete from roles",
        "The role Packer was deleted past the app",
    ),
];

#[tokio::test]
async fn people_and_rights_that_are_changed_past_the_app_are_found() {
    for (sql, told) in PEOPLE {
        on_each_desktop(async |desktop| {
            let role = json!({ "name": "Packer", "permissions": ["view_products"] });
            desktop.ok("roles.create", role).await;
            desktop.hire("Bob", "viewer").await;
            desktop.hire("Cleo", "viewer").await;
            let cleo = desktop.person("Cleo").await;
            let seen = json!({ "id": cleo["id"], "version": cleo["version"] });
            desktop.ok("users.deactivate", seen).await;
            assert_eq!(problems(desktop).await, [""; 0], "{sql}");
            desktop.sql(sql).await;
            let found = problems(desktop).await;
            assert_eq!(found.len(), 1, "{sql}: {found:?}");
            assert!(found[0].contains(told), "{sql}: {found:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn entries_in_another_order_are_found() {
    on_each_desktop(async |desktop| {
        let ids: Vec<Json> = [
            desktop
                .create(json!({ "sku": "AB-1", "name": "Mug" }))
                .await,
            desktop
                .create(json!({ "sku": "AB-2", "name": "Cup" }))
                .await,
        ]
        .iter()
        .map(|made| made["id"].clone())
        .collect();
        let products: Vec<Json> = ids.iter().map(|id| json!(id)).collect();
        desktop
            .ok("products.trash", json!({ "ids": products }))
            .await;
        assert_eq!(problems(desktop).await, [""; 0]);
        // The two entries of the batch change places.
        let swap = "update journal set id = case when version % 2 = 0 then id end where 1 = 0; \
            update journal set id = id + 100000 where operation = 'trash'; \
            update journal set id = 300001 - id where operation = 'trash'";
        desktop.sql(swap).await;
        let found = problems(desktop).await;
        assert!(found[0].contains("another order"), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_missed() {
    on_each_desktop(async |desktop| {
        with_history(desktop).await;
        assert_eq!(problems(desktop).await, [""; 0]);
        // All of the last two batches, and the head set back: the database alone looks whole.
        let cut = "delete from journal where batch_id in (select batch_id from history_chain where position > 4); \
            delete from batches where id in (select batch_id from history_chain where position > 4); \
            delete from batch_digests where batch_id in (select batch_id from history_chain where position > 4); \
            delete from history_chain where position > 4; \
            update history_head set position = 4, link = (select link from history_chain where position = 4)";
        desktop.sql(cut).await;
        let found = problems(desktop).await;
        assert!(found[0].contains("The end of the chain was cut off"));
        let told = [
            "The product AB-2 was changed past the app: Stock on hand, its version.",
            "The product AB-3 was added past the app.",
        ];
        assert_eq!(found[1..], told, "what the cut entries did is still there");
        let again = problems(desktop).await;
        assert_eq!(again, found, "what was seen stays remembered");
    })
    .await;
}

#[tokio::test]
async fn a_history_that_was_written_anew_is_told_from_the_old_one() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place).with_owner().await;
        with_history(&desktop).await;
        assert_eq!(problems(&desktop).await, [""; 0]);
        let desktop = desktop.restart().await;
        desktop.open().await;
        desktop.sign_in("ada@example.com").await;
        let before = desktop.ok("history.verification", json!({})).await;
        assert!(before.is_null(), "a check belongs to the session");
        // Everything is thrown away, and the app itself makes another history that fits in itself.
        desktop
            .sql(
                "delete from journal; delete from batches; delete from batch_digests; \
                 delete from history_chain; delete from products; \
                 update history_head set position = 0",
            )
            .await;
        with_history(&desktop).await;
        with_more_history(&desktop).await;
        let found = problems(&desktop).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("The chain was written anew"), "{found:?}");
        assert!(found[1].contains("Ada was added past the app"), "{found:?}");
        desktop.app.close().await;
    })
    .await;
}

async fn with_more_history(desktop: &TestApp) {
    for number in 0..9 {
        desktop
            .create(json!({ "sku": format!("CD-{number}"), "name": "Cup" }))
            .await;
    }
}

#[tokio::test]
async fn a_batch_that_was_stopped_and_taken_up_again_is_in_order() {
    on_each_desktop(async |desktop| {
        let store = desktop.place.open(desktop.clock.clone()).await;
        let import = batch(&store, Origin::Import).await;
        let counts = BatchCounts::default();
        for (number, state) in [
            (1, BatchState::Cancelled),
            (2, BatchState::Failed),
            (3, BatchState::Done),
        ] {
            let write = create(&format!("AB-{number}"), "Mug", &[]);
            store.apply(import, &[write]).await.unwrap();
            assert_eq!(problems(desktop).await, [""; 0], "while it runs");
            store.finish_batch(import, state, &counts).await.unwrap();
            assert_eq!(problems(desktop).await, [""; 0], "{state:?}");
        }
        let late = create("AB-9", "Mug", &[]);
        store.apply(import, &[late]).await.unwrap();
        let found = problems(desktop).await;
        assert!(
            found.contains(&"1 entry was added.".to_owned()),
            "{found:?}"
        );
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_batch_whose_program_died_is_open_until_somebody_looks() {
    on_each_desktop(async |desktop| {
        let store = desktop.place.open(desktop.clock.clone()).await;
        let import = batch(&store, Origin::Import).await;
        let write = create("AB-1", "Mug", &[]);
        store.apply(import, &[write]).await.unwrap();
        assert_eq!(verified(desktop).await["open"], 1);
        desktop.clock.advance(10 * 60_000);
        let page = json!({ "offset": 0, "limit": 10 });
        let batches = desktop.ok("batches.list", page).await;
        assert_eq!(batches["rows"][0]["state"], "cancelled");
        let found = verified(desktop).await;
        assert_eq!(
            (&found["open"], &found["problems"]),
            (&json!(0), &json!([]))
        );
        // The laptop was only asleep.
        let write = create("AB-2", "Mug", &[]);
        store.apply(import, &[write]).await.unwrap();
        let counts = BatchCounts::default();
        store
            .finish_batch(import, BatchState::Done, &counts)
            .await
            .unwrap();
        assert_eq!(problems(desktop).await, [""; 0]);
        store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_head_that_was_noted_elsewhere_can_be_asked_for() {
    on_each_desktop(async |desktop| {
        with_history(desktop).await;
        let noted = verified(desktop).await["head"].clone();
        with_no_problem(desktop, json!({ "head": noted })).await;
        let other = format!("2:{}", "0".repeat(64));
        run(desktop, "history.verify", json!({ "head": other })).await;
        let found = desktop.ok("history.verification", json!({})).await;
        assert_eq!(found["problemCount"], 1);
        let nonsense = json!({ "head": "yesterday" });
        desktop
            .refused("history.verify", nonsense, Code::Invalid)
            .await;
    })
    .await;
}

async fn with_no_problem(desktop: &TestApp, request: Json) {
    run(desktop, "history.verify", request).await;
    let found = desktop.ok("history.verification", json!({})).await;
    assert_eq!(found["problems"], json!([]));
}

#[tokio::test]
async fn a_check_that_is_stopped_finds_nothing() {
    on_each_desktop(async |desktop| {
        with_history(desktop).await;
        let started = desktop.ok("history.verify", json!({})).await;
        let job = JobId(started["job"].as_i64().unwrap());
        // Nothing was waited for, so the job has not run yet: it stops at its first step.
        desktop.app.jobs().cancel(job).unwrap();
        let ended = desktop.app.jobs().wait(job).await.unwrap();
        assert_eq!(ended.state, JobState::Cancelled);
        let found = desktop.ok("history.verification", json!({})).await;
        assert!(found.is_null(), "{found}");
    })
    .await;
}
