//! What orders do to stock: setting aside, sending, and taking back.
//!
//! What is not counted, what is gone, and what was never stocked at the place is left alone.

use super::super::model::{Level, State};
use super::model::{Line, Order};
use crate::frame::Moment;

/// What happens to units of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// They are set aside.
    Commit,
    /// They are free again.
    Uncommit,
    /// They are no longer set aside, and not free either.
    Drop,
    /// They leave.
    Send,
    /// They come back, still set aside.
    Unsend,
    /// They come back, and are free.
    Return,
}

/// A step and what it is told of.
pub(crate) struct Moved {
    pub(crate) line: u64,
    pub(crate) location: u64,
    pub(crate) units: u32,
    pub(crate) step: Move,
}

impl State {
    /// Moves `units` of a line at a place, if the order lays claim to stock.
    pub(crate) fn move_stock(&mut self, order: &Order, moved: &Moved, now: Moment) {
        let Moved {
            line,
            location,
            units,
            step,
        } = *moved;
        let variant = order.line(line).and_then(|line| line.variant);
        let Some(variant) = variant.filter(|_| order.claims && units > 0) else {
            return;
        };
        let counted = self
            .variants
            .get(&variant)
            .filter(|one| one.tracked && one.level(location).is_some());
        let Some(product) = counted.map(|one| one.product) else {
            return;
        };
        self.change_variant(variant, |one| {
            let mut levels = one.levels.iter_mut();
            if let Some(level) = levels.find(|level| level.location == location) {
                shift(level, i64::from(units), step);
                level.updated = now;
            }
        });
        // An order that moves stock is an update of the product.
        self.change_product(product, now, |_| {});
    }

    /// Where units of a line are sent from: the first place that has enough, or else the first.
    pub(crate) fn source_of(&self, line: &Line) -> u64 {
        let first = self.locations.values().find(|one| one.active);
        let first = first.map_or(0, |one| one.id);
        let variant = line.variant.and_then(|id| self.variants.get(&id));
        let Some(variant) = variant.filter(|one| one.tracked) else {
            return first;
        };
        let is_used = |level: &&Level| {
            level.active
                && self
                    .locations
                    .get(&level.location)
                    .is_some_and(|one| one.active)
        };
        let mut levels: Vec<&Level> = variant.levels.iter().filter(is_used).collect();
        levels.sort_by_key(|level| level.location);
        let enough = |level: &&&Level| level.available >= i64::from(line.quantity);
        let found = levels.iter().find(enough).or(levels.first());
        found.map_or(first, |level| level.location)
    }
}

fn shift(level: &mut Level, units: i64, step: Move) {
    // Counting may have begun after the order came: no more is given back than was set aside.
    let set_aside = units.min(level.committed.max(0));
    match step {
        Move::Commit => {
            level.available -= units;
            level.committed += units;
        }
        Move::Uncommit => {
            level.committed -= set_aside;
            level.available += set_aside;
        }
        Move::Drop | Move::Send => level.committed -= set_aside,
        Move::Unsend => level.committed += units,
        Move::Return => level.available += units,
    }
}
