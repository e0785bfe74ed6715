//! Every screen of the real app, as a person comes to it from the first start on. Each is looked at:
//! nothing may be cut off at the window's edge, and its picture goes to `target/screens`.
//!
//! Without more it goes through a light window of the usual size; `BACKSTOCK_TOUR=all`, or
//! `cargo xtask screenshots --all`, goes through light and dark, small and large, and with
//! the room that larger type leaves.

mod catalogue;
mod fields;
mod imports;
mod purchasing;
mod staff;
mod welcome;

use std::cell::Cell;
use std::path::PathBuf;
use std::time::Duration;

use crate::harness::{DesktopApp, Scheme, output_folder};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How the window looks on a tour.
#[derive(Clone, Copy)]
struct Look {
    scheme: Scheme,
    width: u32,
    height: u32,
}

/// The last leaves as much room as a window of the usual size does to a type larger by a quarter.
const SIZES: [(u32, u32); 4] = [(1280, 800), (1024, 700), (1920, 1080), (1024, 640)];

/// The looks that the environment asks for.
fn looks() -> Vec<Look> {
    let schemes = [Scheme::Light, Scheme::Dark];
    let all = schemes.iter().flat_map(|&scheme| {
        SIZES.map(|(width, height)| Look {
            scheme,
            width,
            height,
        })
    });
    match std::env::var("BACKSTOCK_TOUR").as_deref() {
        Ok("all") => all.collect(),
        Ok(name) => all.filter(|look| look.name() == name).collect(),
        Err(_) => all.take(1).collect(),
    }
}

impl Look {
    fn name(self) -> String {
        let Self {
            scheme,
            width,
            height,
        } = self;
        format!("{scheme:?}-{width}x{height}").to_lowercase()
    }
}

/// One way through the whole app.
struct Tour {
    app: DesktopApp,
    look: Look,
    folder: TempDir,
    seen: Cell<usize>,
}

#[tokio::test]
async fn every_screen_fits_its_window() {
    let looks = looks();
    assert!(!looks.is_empty(), "BACKSTOCK_TOUR names no look");
    for look in looks {
        let mut tour = Tour::begin(look).await;
        welcome::visit(&mut tour).await;
        catalogue::visit(&tour).await;
        purchasing::visit(&tour).await;
        fields::visit(&tour).await;
        imports::visit(&tour).await;
        staff::visit(&mut tour).await;
    }
}

impl Tour {
    async fn begin(look: Look) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = DesktopApp::start_with(folder.path(), look.scheme).await;
        let tour = Self {
            app,
            look,
            folder,
            seen: Cell::new(0),
        };
        tour.app.wait_text("Welcome to Backstock").await;
        tour.resize().await;
        tour
    }

    /// Gives the window the size of this tour.
    async fn resize(&self) {
        self.app.resize(self.look.width, self.look.height).await;
    }

    /// Looks at the screen, once it has come to rest.
    async fn see(&self, name: &str) {
        self.rest().await;
        self.picture(name);
        let overflow = "return document.documentElement.scrollWidth - innerWidth";
        assert_eq!(self.app.run(overflow).await, 0, "{name} is cut off");
    }

    /// Takes a picture of the screen as it is at this moment.
    fn picture(&self, name: &str) {
        let number = self.seen.get() + 1;
        self.seen.set(number);
        let folder = output_folder(&format!("../screens/{}", self.look.name()));
        let path = folder.join(format!("{number:02}-{name}.png"));
        self.app.picture_to(&path);
    }

    /// Waits until nothing is read any more and nothing moves.
    async fn rest(&self) {
        let busy = "return document.querySelectorAll('[aria-busy=true]').length
            + document.getAnimations().length";
        for _ in 0..100 {
            tokio::time::sleep(Duration::from_millis(120)).await;
            if self.app.run(busy).await == 0 {
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
    }

    /// Opens a filter; in a narrow window they all stand behind one button.
    async fn open_filter(&self, id: &str) {
        // A panel that is still closing leaves little room, so the filters are folded for a moment.
        self.rest().await;
        let folded = "const toggle = document.querySelector('[data-testid=filters-toggle]');
            return toggle?.checkVisibility() === true && toggle.ariaExpanded === 'false'";
        if self.app.run(folded).await == true {
            self.app.click_test_id("filters-toggle").await;
        }
        self.app.click_test_id(id).await;
    }

    /// Goes to an address of the window.
    async fn go(&self, path: &str) {
        self.app.run(&format!("location.hash = '{path}'")).await;
    }

    /// Gives a command that must work.
    async fn call(&self, name: &str, request: Value) -> Value {
        self.app.begin_call(name, request).await;
        let answer = self.app.answer().await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The id of the product with a SKU.
    async fn product(&self, sku: &str) -> String {
        let list = json!({
            "filter": { "search": sku }, "sort": "sku", "descending": false, "offset": 0, "limit": 50
        });
        let page = self.call("products.list", list).await;
        let rows = page["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["sku"] == sku).unwrap();
        row["id"].as_str().unwrap().to_owned()
    }

    /// A file to import.
    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Opens the row of the list that shows a text.
    async fn open_row(&self, text: &str) {
        self.app.wait_text(text).await;
        let find = format!(
            "return [...document.querySelectorAll('[data-testid=grid-row]')]
                .find((row) => row.innerText.includes('{text}'))?.dataset.row"
        );
        let row = self.app.wait_value(&find, "the row").await;
        let row = row.as_str().unwrap();
        // The middle of a row may be one of its buttons.
        self.app.click_first_cell(row).await;
    }

    /// Takes away what the app said at the edge of the window.
    async fn dismiss(&self) {
        self.app
            .run("for (const each of document.querySelectorAll('[aria-label=Dismiss]')) each.click()")
            .await;
    }

    /// Closes what lies over the page.
    async fn escape(&self) {
        self.app.press(thirtyfour::Key::Escape).await;
        self.rest().await;
    }
}
