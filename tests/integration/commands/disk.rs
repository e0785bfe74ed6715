//! A workspace whose file cannot be written: people still sign in and read, and are told the truth.

use std::path::{Path, PathBuf};

use domain::error::Code;
use serde_json::json;

use crate::support::TestApp;
use testing::Place;

/// A workspace file with a product, closed.
async fn shop() -> (Place, PathBuf) {
    let place = Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place).with_owner().await;
    desktop
        .create(json!({ "sku": "AB-1", "name": "Mug" }))
        .await;
    desktop.app.close().await;
    let Place::File(folder) = &place else {
        unreachable!("the first place is a file")
    };
    let file = folder.path().join("shop.backstock");
    (place, file)
}

/// Opens it, and finds that it can be read and not written; `why` is part of what a person is told.
async fn reads_only(place: &Place, why: &str) {
    let desktop = TestApp::start(place);
    desktop.open().await;
    desktop.sign_in("ada@example.com").await;
    let page = json!({ "offset": 0, "limit": 10 });
    let listed = desktop.ok("products.list", page).await;
    assert_eq!(listed["rows"][0]["sku"], "AB-1", "{listed}");
    let new = json!({ "fields": { "sku": "AB-2", "name": "Cup" } });
    let error = desktop.refused("products.create", new, Code::File).await;
    assert!(error.message.contains(why), "{error:?}");
    assert!(error.message.contains("was not saved"), "{error:?}");
    desktop.app.close().await;
}

async fn can_be_written(place: &Place) {
    let desktop = TestApp::start(place);
    desktop.open().await;
    desktop.sign_in("ada@example.com").await;
    desktop
        .create(json!({ "sku": "AB-3", "name": "Jug" }))
        .await;
    desktop.app.close().await;
}

fn names_in(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[tokio::test]
async fn a_read_only_file_is_read_and_nothing_is_left_beside_it() {
    let (place, file) = shop().await;
    let mut rights = file.metadata().unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&file, rights).unwrap();
    reads_only(&place, "is read-only").await;
    assert_eq!(names_in(file.parent().unwrap()), ["shop.backstock"]);
    let writable = std::fs::File::open(&file).unwrap();
    let mut rights = writable.metadata().unwrap().permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o600);
    #[cfg(not(unix))]
    rights.set_readonly(false);
    std::fs::set_permissions(&file, rights).unwrap();
    can_be_written(&place).await;
}
