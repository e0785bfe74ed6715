//! The pictures themselves: given by hand, fetched beside the work, shown, saved, cleaned.

use std::path::Path;
use std::time::{Duration, Instant};

use backstock::commands::show_image;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::error::Code;
use serde_json::{Value as Json, json};
use testing::Place;

use crate::support::{PictureServer, TestApp, at_each_place, on_each_desktop, picture};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// Files with these pictures, as the dialog would answer them.
fn files(desktop: &TestApp, numbers: impl Iterator<Item = u32>) -> Vec<Json> {
    let grant = |number| {
        let path = desktop.data.path().join(format!("{number}.png"));
        std::fs::write(&path, picture(number)).unwrap();
        json!(desktop.app.grant_file(&path).token)
    };
    numbers.map(grant).collect()
}

async fn store(desktop: &TestApp, numbers: impl Iterator<Item = u32>) -> Vec<String> {
    let request = json!({ "files": files(desktop, numbers) });
    let stored = desktop.ok("images.store", request).await;
    assert_eq!(stored["refused"], json!([]));
    let stored = stored["stored"].as_array().unwrap().iter();
    stored
        .map(|one| one["address"].as_str().unwrap().to_owned())
        .collect()
}

async fn state(desktop: &TestApp, address: &str) -> Json {
    let states = desktop
        .ok("images.states", json!({ "addresses": [address] }))
        .await;
    states[0].clone()
}

/// Waits until an address stands like this.
async fn until(desktop: &TestApp, address: &str, wanted: &str) -> Json {
    let began = Instant::now();
    loop {
        let found = state(desktop, address).await;
        if found["state"] == wanted {
            return found;
        }
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{address}: {found}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn show(desktop: &TestApp, address: &str, thumbnail: bool) -> Option<(String, Vec<u8>)> {
    let request = json!({ "address": address, "thumbnail": thumbnail });
    let shown = desktop.ok("images.show", request).await;
    let bytes = STANDARD.decode(shown["base64"].as_str()?).unwrap();
    Some((shown["mediaType"].as_str()?.to_owned(), bytes))
}

#[tokio::test]
async fn dropped_files_become_pictures_of_a_product_in_one_edit_that_an_undo_takes_back() {
    on_each_desktop(async |desktop| {
        let mug = desktop.create(json!({ "sku": "MUG", "name": "Mug" })).await;
        let addresses = store(desktop, 0..50).await;
        assert_eq!(addresses.len(), 50);
        let changes = json!([
            { "field": "main_image", "old": null, "new": format!("{} Front", addresses[0]) },
            { "field": "alt_images", "old": null, "new": addresses[1..] },
        ]);
        let request = json!({ "id": mug["id"], "version": 1, "changes": changes });
        let saved = desktop.ok("products.update", request).await;
        assert_eq!(
            saved["record"]["fields"]["alt_images"]
                .as_array()
                .unwrap()
                .len(),
            49
        );

        let (kind, small) = show(desktop, &addresses[7], true).await.unwrap();
        assert_eq!(kind, "image/jpeg");
        assert_eq!(image::load_from_memory(&small).unwrap().width(), 160);
        let (kind, whole) = show(desktop, &addresses[7], false).await.unwrap();
        assert_eq!((kind.as_str(), whole), ("image/png", picture(7)));
        let other = desktop.second_desktop().await;
        other.sign_in("ada@example.com").await;
        let there = show(&other, &addresses[7], false).await.unwrap();
        assert_eq!(there.1, picture(7), "another desktop has it, too");
        other.app.close().await;

        let undo = desktop
            .ok("plans.undo", json!({ "batchId": saved["batchId"] }))
            .await;
        desktop.finish(&undo).await;
        let applied = desktop
            .ok("plans.apply", json!({ "id": undo["plan"] }))
            .await;
        desktop.finish(&applied).await;
        let found = desktop.ok("products.get", json!({ "id": mug["id"] })).await;
        assert_eq!(found["product"]["fields"]["main_image"], Json::Null);
        assert!(
            show(desktop, &addresses[7], true).await.is_some(),
            "it can be done again"
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_picture_is_stored_once_and_what_is_none_is_refused_by_name() {
    on_each_desktop(async |desktop| {
        let first = store(desktop, [3, 3, 3].into_iter()).await;
        assert_eq!(first, vec![first[0].clone(); 3]);
        assert_eq!(
            first,
            [store(desktop, [3].into_iter()).await, first[1..].to_vec()].concat()
        );
        let path = desktop.data.path().join("letter.png");
        std::fs::write(&path, "<html>Dear shop").unwrap();
        let mut given = files(desktop, [4].into_iter());
        given.push(json!(desktop.app.grant_file(&path).token));
        given.push(json!(
            desktop
                .app
                .grant_file(&desktop.data.path().join("lost.png"))
                .token
        ));
        let pasted = json!([{ "name": "Pasted picture", "base64": STANDARD.encode(picture(5)) }]);
        let stored = desktop
            .ok("images.store", json!({ "files": given, "pasted": pasted }))
            .await;
        let names = |list: &Json| -> Vec<String> {
            let list = list.as_array().unwrap().iter();
            list.map(|one| one["name"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(names(&stored["stored"]), ["4.png", "Pasted picture"]);
        assert_eq!(names(&stored["refused"]), ["letter.png", "lost.png"]);
        let reason = stored["refused"][0]["reason"].as_str().unwrap();
        assert!(reason.starts_with("It is a web page."), "{reason}");

        let broken = json!({ "pasted": [{ "name": "x", "base64": "no base64!" }] });
        desktop.refused("images.store", broken, Code::Invalid).await;
        let many = vec!["https://a.test/1"; 501];
        desktop
            .refused("images.states", json!({ "addresses": many }), Code::Invalid)
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_job_stores_no_more() {
    on_each_desktop(async |desktop| {
        let request = json!({ "files": files(desktop, 0..300) });
        let (answer, ()) = tokio::join!(desktop.call("images.store", request), async {
            loop {
                let jobs = desktop.app.jobs().list();
                if let Some(job) = jobs.first().filter(|job| job.done > 0) {
                    desktop.app.jobs().cancel(job.id).unwrap();
                    return;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        });
        assert_eq!(answer.unwrap_err().code, Code::Cancelled);
    })
    .await;
}

#[tokio::test]
async fn a_picture_comes_when_it_comes_and_no_save_waits_for_it() {
    at_each_place(async |place| {
        let server = PictureServer::start();
        let desktop = TestApp::start_fetching(place, server.address).with_owner().await;
        let began = Instant::now();
        desktop
            .create(json!({
                "sku": "MUG", "name": "Mug", "main_image": "https://slow.test/silent",
                "alt_images": ["https://a.test/1.png Front", "https://a.test/text", "https://a.test/gone"],
            }))
            .await;
        assert!(began.elapsed() < Duration::from_secs(5));
        let came = until(&desktop, "https://a.test/1.png", "stored").await;
        assert_eq!((&came["width"], &came["format"]), (&json!(200), &json!("png")));
        assert_eq!(show(&desktop, "https://a.test/1.png", false).await.unwrap().1, picture(1));
        until(&desktop, "https://a.test/gone", "failed").await;
        until(&desktop, "https://a.test/text", "failed").await;

        let failed = desktop.ok("images.failed", json!({ "offset": 0, "limit": 10 })).await;
        assert_eq!((&failed["total"], &failed["waiting"]), (&json!(2), &json!(1)));
        for row in failed["rows"].as_array().unwrap() {
            assert_eq!(row["users"][0]["code"], "MUG");
            assert_eq!(row["nextTry"], Json::Null);
            let reason = row["reason"].as_str().unwrap();
            let expected = ["It is no picture.", "There is nothing at its address any more (404)."];
            assert!(expected.iter().any(|part| reason.starts_with(part)), "{reason}");
        }
        let asked = |path: &str| server.asked().iter().filter(|one| *one == path).count();
        assert_eq!((asked("/1.png"), asked("/gone")), (1, 1));
        let retried = desktop.ok("images.retry", json!({ "address": "https://a.test/gone" })).await;
        assert_eq!(retried["retried"], 1);
        let began = Instant::now();
        while asked("/gone") < 2 {
            // What is asked for in vain occupies one of six ways; the others go on.
            assert!(began.elapsed() < Duration::from_secs(60), "{:?}", server.asked());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let began = Instant::now();
        desktop.app.close().await;
        assert!(began.elapsed() < Duration::from_secs(5), "a fetch does not hold the end up");
    })
    .await;
}

/// Removes the folders of pictures below a folder, as one does who moves a file without them.
fn remove_pictures(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if !path.is_dir() {
            continue;
        }
        if name == "images" || name.ends_with(".images") {
            std::fs::remove_dir_all(path).unwrap();
        } else {
            remove_pictures(&path);
        }
    }
}

#[tokio::test]
async fn a_picture_whose_file_was_lost_is_fetched_again() {
    at_each_place(async |place| {
        let server = PictureServer::start();
        let desktop = TestApp::start_fetching(place, server.address)
            .with_owner()
            .await;
        let address = "https://a.test/1.png";
        let mug = json!({ "sku": "MUG", "name": "Mug", "main_image": address });
        desktop.create(mug).await;
        until(&desktop, address, "stored").await;
        assert!(show(&desktop, address, true).await.is_some());

        remove_pictures(desktop.data.path());
        if let Place::File(folder) = place {
            remove_pictures(folder.path());
        }
        let began = Instant::now();
        while show(&desktop, address, false).await.is_none() {
            assert!(began.elapsed() < Duration::from_secs(20), "it stays lost");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(show(&desktop, address, false).await.unwrap().1, picture(1));
        assert!(show(&desktop, address, true).await.is_some());
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_another_workspace_is_told_as_such_until_the_file_is_added() {
    at_each_place(async |place| {
        let server = PictureServer::start();
        let desktop = TestApp::start_fetching(place, server.address)
            .with_owner()
            .await;
        let hash: String = {
            use sha2::{Digest as _, Sha256};
            let bytes = Sha256::digest(picture(9));
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let address = format!("image:{hash}");
        desktop
            .create(json!({ "sku": "MUG", "name": "Mug", "main_image": format!("{address} Mug") }))
            .await;
        let failed = until(&desktop, &address, "failed").await;
        assert!(
            failed["reason"]
                .as_str()
                .unwrap()
                .contains("not in this workspace"),
            "{failed}"
        );
        let added = store(&desktop, [9].into_iter()).await;
        assert_eq!(added, std::slice::from_ref(&address));
        until(&desktop, &address, "stored").await;
        assert!(server.asked().is_empty());
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_goes_only_after_the_trash_was_emptied() {
    on_each_desktop(async |desktop| {
        let addresses = store(desktop, 0..3).await;
        let mut ids = Vec::new();
        for (sku, address) in ["A", "B"].iter().zip(&addresses) {
            let fields = json!({ "sku": sku, "name": sku, "main_image": address });
            ids.push(desktop.create(fields).await["id"].clone());
        }
        desktop.clock.advance(40 * DAY);
        let clean = async || desktop.ok("images.clean", json!({})).await["removed"].clone();
        assert_eq!(clean().await, 1, "no product ever named the last one");
        desktop
            .ok("products.trash", json!({ "ids": [ids[0]] }))
            .await;
        desktop.clock.advance(40 * DAY);
        assert_eq!(clean().await, 0);
        desktop
            .ok("products.restore", json!({ "ids": [ids[0]] }))
            .await;
        assert!(show(desktop, &addresses[0], false).await.is_some());
        desktop
            .ok("products.trash", json!({ "ids": [ids[0]] }))
            .await;
        desktop
            .ok("products.purge", json!({ "ids": [ids[0]] }))
            .await;
        assert_eq!(clean().await, 1);
        assert!(show(desktop, &addresses[0], false).await.is_none());
        assert_eq!(
            show(desktop, &addresses[1], false).await.unwrap().1,
            picture(1)
        );
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_shown_to_whoever_is_signed_in_and_to_nobody_else() {
    on_each_desktop(async |desktop| {
        let address = store(desktop, [8].into_iter()).await.remove(0);
        let shown = async || show_image(&desktop.app, &address, true).await;
        let body = shown().await.unwrap().unwrap();
        assert_eq!(body.media_type, "image/jpeg");
        desktop.ok("session.lock", json!({})).await;
        assert_eq!(shown().await.unwrap_err().code, Code::Locked);
        desktop.ok("session.sign_out", json!({})).await;
        assert_eq!(shown().await.unwrap_err().code, Code::SignedOut);
        desktop.sign_in("ada@example.com").await;
        assert!(shown().await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_saved_as_it_came() {
    on_each_desktop(async |desktop| {
        let address = store(desktop, [6].into_iter()).await.remove(0);
        let path = desktop.data.path().join("saved.png");
        let file = desktop.app.grant_file(&path).token;
        desktop
            .ok("images.save", json!({ "address": address, "file": file }))
            .await;
        assert_eq!(std::fs::read(&path).unwrap(), picture(6));
        let lost = json!({ "address": "https://a.test/no.png", "file": file });
        desktop.refused("images.save", lost, Code::NotFound).await;
    })
    .await;
}

#[tokio::test]
async fn what_goes_out_in_a_file_comes_back_the_same() {
    on_each_desktop(async |desktop| {
        let addresses = store(desktop, 0..3).await;
        desktop
            .create(json!({
                "sku": "MUG", "name": "Mug", "main_image": format!("{} A mug, red; nice", addresses[0]),
                "alt_images": [format!("{} Back", addresses[1]), addresses[2]],
            }))
            .await;
        let path = desktop.data.path().join("export.csv");
        let file = desktop.app.grant_file(&path).token;
        let started = desktop.ok("exports.run", json!({ "file": file })).await;
        desktop.finish(&started).await;
        let file = desktop.app.grant_file(&path).token;
        let draft = desktop.ok("imports.open", json!({ "file": file })).await;
        let started = desktop.ok("imports.plan", json!({ "id": draft["id"] })).await;
        desktop.finish(&started).await;
        let plan = desktop.ok("plans.get", json!({ "id": draft["id"] })).await;
        assert_eq!(plan["counts"]["unchanged"], 1, "{plan}");
    })
    .await;
}
