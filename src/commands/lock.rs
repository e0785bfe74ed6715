//! How the locks of the app are taken.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A lock whose holder panicked is used on: each change under these locks is a single step.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
