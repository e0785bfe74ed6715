//! Stock between here and a shop: how many the shop is told of, and what is to be done when the two differ.

use super::listing::Both;
use super::owner::Owner;
use crate::record::Value;

/// How many of what is on hand a shop is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockRule {
    /// So many are kept back from the shop.
    pub buffer: i64,
    /// The shop is told of no more than these; none for all.
    pub most: Option<i64>,
}

impl StockRule {
    /// How many the shop is told of: less what is kept back, at most its maximum, never fewer than none.
    pub fn told(self, on_hand: i64) -> i64 {
        let most = self.most.unwrap_or(i64::MAX).max(0);
        on_hand.saturating_sub(self.buffer).clamp(0, most)
    }

    /// Whether the shop is told of everything.
    fn is_plain(self) -> bool {
        self.buffer == 0 && self.most.is_none()
    }

    /// How many are on hand here when the shop has the last word. A shop that is told of a part is taken by what
    /// it has more or less than before: sold there is gone here.
    fn taken(self, there: i64, agreed: Option<StockAgreed>) -> i64 {
        match agreed {
            _ if self.is_plain() => there,
            Some(agreed) => agreed
                .here
                .saturating_add(there.saturating_sub(agreed.there)),
            None => there.saturating_add(self.buffer),
        }
    }

    /// How many the shop has when so many are taken here from it.
    pub fn there(self, taken: i64, agreed: Option<StockAgreed>) -> i64 {
        match agreed {
            _ if self.is_plain() => taken,
            Some(agreed) => agreed
                .there
                .saturating_add(taken.saturating_sub(agreed.here)),
            None => taken.saturating_sub(self.buffer),
        }
    }
}

/// The stock that both sides last agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockAgreed {
    /// On hand here.
    pub here: i64,
    /// In the shop.
    pub there: i64,
    /// Whether they were left to differ.
    pub differs: bool,
}

impl StockAgreed {
    /// Both are in step.
    pub fn on(here: i64, there: i64) -> Self {
        Self {
            here,
            there,
            differs: false,
        }
    }

    /// What is kept of it.
    pub fn both(self) -> Both {
        Both {
            ours: Value::Number(self.here),
            theirs: Value::Number(self.there),
            differs: self.differs,
        }
    }

    /// What was kept.
    pub fn of(both: &Both) -> Option<Self> {
        Some(Self {
            here: both.ours.as_number()?,
            there: both.theirs.as_number()?,
            differs: both.differs,
        })
    }
}

/// The two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockSides {
    /// Who has the last word.
    pub owner: Owner,
    /// What the shop is told of.
    pub rule: StockRule,
    /// On hand here.
    pub here: i64,
    /// In the shop; none when it keeps none at the place yet.
    pub there: Option<i64>,
    /// What both last agreed on.
    pub agreed: Option<StockAgreed>,
}

/// What is to be done about stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockVerdict {
    /// Nothing.
    Nothing,
    /// Both agree, beyond what was known.
    Agreed(StockAgreed),
    /// So many are on hand here from now on.
    Pull(i64),
    /// The shop is told.
    Push,
    /// A person decides.
    Ask {
        /// What both last agreed on, in our count.
        base: Option<i64>,
        /// So many are on hand when the shop has the last word.
        taken: i64,
    },
}

/// What is to be done about the stock of a product in a shop.
pub fn merge_stock(sides: StockSides) -> StockVerdict {
    let (owner, rule, here) = (sides.owner, sides.rule, sides.here);
    let target = rule.told(here);
    if owner == Owner::Nobody || (sides.there.is_none() && target == 0) {
        return StockVerdict::Nothing;
    }
    let Some(there) = sides.there else {
        return without_a_count(owner, sides.agreed);
    };
    if there == target || (rule.is_plain() && there == here) {
        return in_step(StockAgreed::on(here, there), sides.agreed);
    }
    if owner == Owner::They {
        return match there == here {
            true => StockVerdict::Nothing,
            false => StockVerdict::Pull(there),
        };
    }
    let taken = rule.taken(there, sides.agreed);
    let Some(agreed) = sides.agreed else {
        return never_agreed(owner, here, taken);
    };
    // What was taken before the program was stopped is not taken again.
    if taken == here && agreed.there != there {
        return StockVerdict::Push;
    }
    match (agreed.here != here, agreed.there != there) {
        (false, false) if agreed.differs => StockVerdict::Nothing,
        (_, false) => StockVerdict::Push,
        (true, true) if owner == Owner::We => StockVerdict::Push,
        (false, true) if owner == Owner::We => StockVerdict::Nothing,
        (false, true) => StockVerdict::Pull(taken),
        (true, true) => StockVerdict::Ask {
            base: Some(agreed.here),
            taken,
        },
    }
}

fn in_step(now: StockAgreed, known: Option<StockAgreed>) -> StockVerdict {
    match known == Some(now) {
        true => StockVerdict::Nothing,
        false => StockVerdict::Agreed(now),
    }
}

/// Of a shop that keeps none at the place: it is told where it never kept any, or where we have the last word.
fn without_a_count(owner: Owner, agreed: Option<StockAgreed>) -> StockVerdict {
    match owner {
        Owner::We => StockVerdict::Push,
        Owner::Ask if agreed.is_none() => StockVerdict::Push,
        _ => StockVerdict::Nothing,
    }
}

fn never_agreed(owner: Owner, here: i64, taken: i64) -> StockVerdict {
    match owner {
        // Nothing was ever counted here: what the shop has is where it begins.
        _ if here == 0 => StockVerdict::Pull(taken),
        Owner::We => StockVerdict::Push,
        _ => StockVerdict::Ask { base: None, taken },
    }
}

#[cfg(test)]
mod tests;
