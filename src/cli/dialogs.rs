//! The dialogs of a host without a window.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use backstock::commands::Host;

/// Answers each dialog with what was said before; one of which nothing was said is closed.
#[derive(Default)]
pub struct Dialogs {
    answers: Mutex<VecDeque<Option<PathBuf>>>,
}

impl Dialogs {
    /// Says what the next dialog that has no answer yet will answer; nothing closes it.
    pub fn answer_next(&self, path: Option<PathBuf>) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.push_back(path);
    }

    fn next(&self) -> Option<PathBuf> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.pop_front().flatten()
    }
}

impl Host for Dialogs {
    fn choose_file(&self, _: &str) -> Option<PathBuf> {
        self.next()
    }

    fn choose_save(&self, _: &str) -> Option<PathBuf> {
        self.next()
    }
}
