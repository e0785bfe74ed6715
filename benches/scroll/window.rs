//! The window that is scrolled.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::harness::DesktopApp;
use crate::{catalogue, shop};
use serde_json::Value;

/// Runs in the page: scrolls so many pixels a frame for so many milliseconds, and watches.
const SCROLL: &str = include_str!("scroll.js");

/// Runs in the page: jumps to a place, and waits for rows and pictures.
const JUMP: &str = include_str!("jump.js");

/// One stretch of scrolling, in milliseconds; longer scripts the driver ends.
const STRETCH: u64 = 10_000;

/// How often the list jumps.
const JUMPS: u32 = 40;

/// Fills a workspace, scrolls, and prints what was seen.
#[tokio::main]
pub async fn measure() {
    let rows = argument("--rows").map_or(1_000_000, |rows| rows.parse().unwrap());
    let seconds: u64 = argument("--seconds").map_or(60, |seconds| seconds.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let data = argument("--keep").map_or(temporary.path().to_path_buf(), PathBuf::from);
    prepare(&data, rows).await;
    let app = DesktopApp::start(&data).await;
    sign_in(&app).await;
    app.resize(1280, 800).await;
    app.click_test_id("area-products").await;
    app.wait_value(
        "return document.querySelector('[data-testid=grid-row]') && 1",
        "the list",
    )
    .await;
    println!("\n{rows} products, every fifth with a picture; 1280 × 800\n");
    println!("| what | frames a second | p99 ms | longest ms | frames with blank rows |");
    println!("|---|---|---|---|---|");
    let wheel = seconds * 1_000 / 2;
    scroll(&app, "a wheel: 1,500 pixels a second", 25, wheel).await;
    scroll(&app, "fast: 6,000 pixels a second", 100, wheel).await;
    jumps(&app).await;
    app.picture("bench-scroll");
    memory(&data);
}

/// A data folder with a filled workspace, made once.
async fn prepare(data: &Path, rows: usize) {
    let filled = data.join("filled");
    if filled.exists() {
        return;
    }
    std::fs::create_dir_all(data).unwrap();
    let app = DesktopApp::start(data).await;
    shop::open(&app).await;
    drop(app);
    let start = Instant::now();
    catalogue::fill(&catalogue::workspace(data), rows).await;
    println!("Filled in {:.0} s.", start.elapsed().as_secs_f64());
    std::fs::write(filled, "").unwrap();
}

async fn sign_in(app: &DesktopApp) {
    app.wait_text("Sign in to Shop North").await;
    app.fill("E-mail", shop::EMAIL).await;
    app.fill("Password", shop::PASSWORD).await;
    app.press(thirtyfour::Key::Enter).await;
    app.by_role("link", "Products").await;
}

/// Scrolls down, `step` pixels a frame, for so many milliseconds.
async fn scroll(app: &DesktopApp, what: &str, step: u32, milliseconds: u64) {
    let (mut gaps, mut blank) = (Vec::new(), 0);
    for _ in 0..milliseconds.div_ceil(STRETCH) {
        let lasts = STRETCH.min(milliseconds);
        let script = format!("return ({SCROLL})({step}, {lasts})");
        let seen = app.run(&script).await;
        gaps.extend(numbers(&seen["gaps"]));
        blank += seen["blank"].as_u64().unwrap();
    }
    let sum: f64 = gaps.iter().sum();
    let frames = f64::from(u32::try_from(gaps.len()).unwrap());
    gaps.sort_by(f64::total_cmp);
    println!(
        "| {what} | {:.1} | {:.1} | {:.1} | {blank} of {frames} |",
        frames * 1_000.0 / sum,
        gaps[gaps.len() * 99 / 100],
        gaps[gaps.len() - 1],
    );
}

/// Jumps to places all over the list, as one who drags the scroll bar.
async fn jumps(app: &DesktopApp) {
    let (mut rows, mut pictures) = (Vec::new(), Vec::new());
    for number in 0..JUMPS {
        let part = f64::from(number) * 0.618_034 % 1.0;
        let seen = app.run(&format!("return ({JUMP})({part})")).await;
        rows.extend(seen["rows"].as_f64());
        pictures.extend(seen["pictures"].as_f64());
    }
    println!("\n| after a jump | middle ms | longest ms | jumps |\n|---|---|---|---|");
    for (what, mut times) in [
        ("all rows stand there", rows),
        ("all pictures stand there", pictures),
    ] {
        times.sort_by(f64::total_cmp);
        let (middle, last) = (times[times.len() / 2], times[times.len() - 1]);
        println!("| {what} | {middle:.0} | {last:.0} | {} |", times.len());
    }
}

/// What the processes of the window hold of the machine's memory, each shared page by its part.
fn memory(data: &Path) {
    println!("\n| process | own memory in MB | pages of files in MB |\n|---|---|---|");
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let read = |name: &str| std::fs::read(entry.path().join(name)).unwrap_or_default();
        let text = |name: &str| String::from_utf8_lossy(&read(name)).into_owned();
        let name = text("comm");
        let is_named = ["backstock-deskt", "WebKitWebProces"].contains(&name.trim());
        if !is_named || !text("environ").contains(&*data.to_string_lossy()) {
            continue;
        }
        let rollup = text("smaps_rollup");
        let megabytes = |what: &str| -> u64 {
            let line = rollup.lines().find_map(|line| line.strip_prefix(what));
            let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
            kilobytes.unwrap_or(0) / 1_024
        };
        let own = megabytes("Pss_Anon:") + megabytes("Pss_Shmem:");
        println!("| {} | {own} | {} |", name.trim(), megabytes("Pss_File:"));
    }
}

fn numbers(value: &Value) -> impl Iterator<Item = f64> {
    value.as_array().unwrap().iter().filter_map(Value::as_f64)
}

/// What stands after an argument of the bench.
fn argument(name: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1)
}
