//! A workspace with a large catalogue, every fifth product of which has a picture.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use backstock::jobs::ImageBytes;
use domain::catalog::product;
use domain::plan::{Change, Write};
use domain::record::Value;
use domain::values::SystemClock;
use store::{ImageContent, ImageFollower, Store};

use crate::made::{self, Dice};

/// Every so many products have a picture.
const PICTURED: usize = 5;

/// So many pictures have a content of their own; addresses share them.
const CONTENTS: usize = 2_000;

/// The file of the one workspace in a data folder.
pub fn workspace(data: &Path) -> PathBuf {
    let files = std::fs::read_dir(data.join("workspaces"))
        .unwrap()
        .flatten();
    let mut paths = files.map(|file| file.path());
    let file = paths.find(|path| path.extension().is_some_and(|ending| ending == "sqlite"));
    file.unwrap()
}

/// Fills the workspace in a file.
pub async fn fill(file: &Path, rows: usize) {
    let store = Store::open_sqlite(file, Arc::new(SystemClock))
        .await
        .unwrap();
    let contents = keep_pictures(&store, file).await;
    for number in (0..rows).step_by(PICTURED) {
        let content = &contents[number / PICTURED % contents.len()];
        store.image_came(&address(number), content).await.unwrap();
    }
    made::fill(&store, rows, write).await;
    store.analyze().await.unwrap();
    let start = Instant::now();
    let mut follower = ImageFollower::new(store.clone());
    while follower.step().await.unwrap() {}
    println!(
        "Followed the journal of {rows} products in {:.1} s.",
        start.elapsed().as_secs_f64()
    );
}

fn address(number: usize) -> String {
    format!("https://pictures.test/{number:07}.jpg")
}

async fn keep_pictures(store: &Store, file: &Path) -> Vec<ImageContent> {
    let bytes = ImageBytes::new(store.clone(), Some(file), PathBuf::new());
    let start = Instant::now();
    let mut contents = Vec::new();
    for number in 0..CONTENTS {
        contents.push(bytes.keep(picture(number), None).await.unwrap().unwrap());
    }
    let took = start.elapsed().as_secs_f64();
    println!("Kept {CONTENTS} pictures of 800 × 600 in {took:.1} s.");
    contents
}

/// A picture like no other: coarse coloured noise, as a photograph has it.
fn picture(number: usize) -> Vec<u8> {
    let seed = u32::try_from(number).unwrap().wrapping_mul(2_654_435_761);
    let pixels = image::RgbImage::from_fn(800, 600, |x, y| {
        let place = (x / 8).wrapping_mul(73_856_093) ^ (y / 8).wrapping_mul(19_349_663);
        let mixed = (place ^ seed).wrapping_mul(0x9E37_79B9);
        image::Rgb(mixed.to_be_bytes()[..3].try_into().unwrap())
    });
    let mut written = Cursor::new(Vec::new());
    pixels
        .write_to(&mut written, image::ImageFormat::Jpeg)
        .unwrap();
    written.into_inner()
}

fn write(number: usize, dice: &mut Dice) -> Write {
    let mut write = made::product(number, dice);
    if number.is_multiple_of(PICTURED) {
        write.changes.push(Change {
            field: product::MAIN_IMAGE,
            old: Value::Empty,
            new: Value::text(address(number)),
        });
    }
    write
}
