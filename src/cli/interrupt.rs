//! Ctrl-C, and being asked to end by the system: running work stops at its next whole step, so that
//! it can tell what was done. Asked again, or with nothing to stop, the program ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a program that was interrupted, as shells have it.
pub const INTERRUPTED: u8 = 130;

static WORKING: AtomicBool = AtomicBool::new(false);
static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Where that cannot be had, Ctrl-C ends the program as it does by itself.
pub fn listen(tell: fn(&str)) {
    ctrlc::set_handler(move || asked(tell)).ok();
}

fn asked(tell: fn(&str)) {
    if !WORKING.load(Ordering::SeqCst) || ASKED.swap(true, Ordering::SeqCst) {
        std::process::exit(i32::from(INTERRUPTED));
    }
    tell("\nStopping at the next whole step. Ctrl-C again ends it at once.");
}

/// Whether the user asked to stop since work began last.
pub fn is_interrupted() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// Work that can be stopped, for as long as this is kept.
pub struct Work;

impl Work {
    /// Work begins.
    pub fn begin() -> Self {
        ASKED.store(false, Ordering::SeqCst);
        WORKING.store(true, Ordering::SeqCst);
        Self
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        WORKING.store(false, Ordering::SeqCst);
    }
}
