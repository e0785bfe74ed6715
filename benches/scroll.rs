//! How the list of a large catalogue with pictures scrolls in the real window: frames, rows that are
//! still blank, how soon thumbnails stand there, memory. On a virtual screen without a graphics card,
//! which Linux has. Prints Markdown tables.
//!
//! `cargo bench -p backstock-desktop --bench scroll -- [--rows 1000000] [--keep FOLDER] [--seconds 60]`
#![cfg_attr(
    target_os = "linux",
    expect(clippy::print_stdout, reason = "its output is its purpose"),
    expect(
        clippy::unwrap_used,
        reason = "a bench may stop at anything unexpected"
    )
)]

#[cfg(target_os = "linux")]
#[path = "scroll/catalogue.rs"]
mod catalogue;
#[cfg(target_os = "linux")]
#[path = "../tests/desktop/harness/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "the bench uses its part of what drives the window"
)]
mod harness;
#[cfg(target_os = "linux")]
#[path = "lists/catalogue.rs"]
#[expect(
    dead_code,
    reason = "each bench uses its part of the made-up catalogue"
)]
mod made;
#[cfg(target_os = "linux")]
#[path = "../tests/desktop/shop.rs"]
#[expect(
    dead_code,
    reason = "the bench uses its part of the shop to begin with"
)]
mod shop;
#[cfg(target_os = "linux")]
#[path = "scroll/window.rs"]
mod window;

fn main() {
    #[cfg(target_os = "linux")]
    window::measure();
}
