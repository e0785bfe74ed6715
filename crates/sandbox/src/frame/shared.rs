//! What the connections of a practice shop share.

use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};

use super::clock::Clock;
use super::edit::{Edit, edit_by_chance};
use super::faults::Faults;
use super::gate::Held;
use super::journal::Journal;
use super::shop::Shop;

/// What the connections share.
pub(crate) struct Shared<S> {
    pub(crate) clock: Clock,
    pub(crate) origin: String,
    shop: Mutex<S>,
    faults: Mutex<Faults>,
    journal: Mutex<Journal>,
    gate: Mutex<Option<mpsc::Sender<Held>>>,
}

impl<S: Shop> Shared<S> {
    /// A shop at an address, to which nothing happened yet.
    pub(crate) fn new(shop: S, clock: Clock, origin: String) -> Self {
        Self {
            clock,
            origin,
            shop: Mutex::new(shop),
            faults: Mutex::default(),
            journal: Mutex::default(),
            gate: Mutex::default(),
        }
    }

    pub(crate) fn shop(&self) -> MutexGuard<'_, S> {
        lock(&self.shop)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn gate(&self) -> MutexGuard<'_, Option<mpsc::Sender<Held>>> {
        lock(&self.gate)
    }

    pub(crate) fn edit(&self, edit: &Edit) -> Result<(), String> {
        self.clock.tick();
        self.shop().edit(edit, self.clock.now())
    }

    pub(crate) fn edit_by_chance(&self, seed: u64, count: u32) -> Vec<Edit> {
        self.clock.tick();
        edit_by_chance(&mut *self.shop(), seed, count, self.clock.now())
    }
}

/// A shop that panicked while it was held has said so; the others go on with what is there.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
