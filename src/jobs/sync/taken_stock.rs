//! Stock that was taken from the shop: both are in step from then on, so that what is counted here next is told
//! without a question.

use std::collections::HashMap;

use domain::catalog::product::{PRODUCT, STOCK};
use domain::channel::{Owner, StockAgreed, StockRule};
use domain::error::Result;
use domain::plan::{Outcome, PlannedRecord, Resolution};
use domain::record::Value;
use domain::values::RecordId;
use store::SettledListing;

use super::sending::SendingRun;
use super::stock::{agreed, keeps_stock};

/// Records that are looked at together.
const PAGE: i64 = 500;

/// A number that a plan takes from the shop, and what was on hand before as far as both agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    here: i64,
    base: Option<i64>,
}

impl Taken {
    /// What both agree on once it is taken; none when they agreed on something else since it was planned, such as
    /// on this when the program was stopped in between.
    pub(super) fn agreed(
        self,
        (owner, rule): (Owner, StockRule),
        before: Option<StockAgreed>,
    ) -> Option<StockAgreed> {
        if owner == Owner::They {
            return Some(StockAgreed::on(self.here, self.here));
        }
        if before.is_some_and(|before| Some(before.here) != self.base) {
            return None;
        }
        Some(StockAgreed::on(self.here, rule.there(self.here, before)))
    }
}

/// What a planned record takes, or would take.
pub(super) fn taken_of(record: &PlannedRecord) -> Option<Taken> {
    let mut changes = record.changes.iter();
    let change = changes.find(|change| change.field == STOCK);
    let mut conflicts = record.conflicts.iter();
    let conflict = conflicts.find(|conflict| conflict.field == STOCK);
    let (new, base): (&Value, &Value) = change
        .map(|change| (&change.new, &change.old))
        .or_else(|| conflict.map(|conflict| (&conflict.proposed, &conflict.base)))?;
    Some(Taken {
        here: new.as_number()?,
        base: base.as_number(),
    })
}

/// Whether the shop has the last word in a planned record.
fn takes(record: &PlannedRecord) -> bool {
    let is_taken = match record.outcome {
        Outcome::Update => true,
        Outcome::Conflict => record.resolution == Some(Resolution::Take),
        _ => false,
    };
    is_taken && record.kind == PRODUCT
}

impl SendingRun<'_> {
    /// Keeps that both are in step where the shop's stock was taken.
    pub(super) async fn settle_taken_stock(&self) -> Result<()> {
        if !keeps_stock(&self.to.shop) || self.meta.outline.undo_of.is_some() {
            return Ok(());
        }
        let outcomes = [Outcome::Update, Outcome::Conflict];
        let mut after = 0;
        loop {
            self.progress.check()?;
            let page = self.plan.file.with_outcomes(&outcomes, after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = last.record.number;
            let records = page.iter().map(|staged| &staged.record);
            let taken = records.filter(|record| takes(record));
            let taken = taken.filter_map(|record| Some((record.record_id?, taken_of(record)?)));
            self.settle_taken(&taken.collect()).await?;
        }
    }

    async fn settle_taken(&self, taken: &HashMap<RecordId, Taken>) -> Result<()> {
        if taken.is_empty() {
            return Ok(());
        }
        let ids: Vec<RecordId> = taken.keys().copied().collect();
        let shop = &self.to.shop;
        let rules = (shop.stock_owner(), shop.stock_rule());
        let listings = self.store.listings_of(&ids, Some(shop.id)).await?;
        let settled = listings.iter().filter_map(|listing| {
            let before = listing.agreed.get(&STOCK).and_then(StockAgreed::of);
            let taken = taken.get(&listing.record?)?;
            Some(agreed(listing.id, taken.agreed(rules, before)?))
        });
        let settled: Vec<SettledListing> = settled.collect();
        self.store.settle_listings(None, &settled).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_agreed_on_once() {
        let rules = (
            Owner::Ask,
            StockRule {
                buffer: 0,
                most: Some(10),
            },
        );
        let sold_two = Taken {
            here: 98,
            base: Some(100),
        };
        let agreed = sold_two.agreed(rules, Some(StockAgreed::on(100, 10)));
        assert_eq!(agreed, Some(StockAgreed::on(98, 8)));
        assert_eq!(
            sold_two.agreed(rules, agreed),
            None,
            "and not six the second time"
        );

        let begins = Taken {
            here: 7,
            base: Some(0),
        };
        let agreed = begins.agreed(rules, None);
        assert_eq!(agreed, Some(StockAgreed::on(7, 7)));
        assert_eq!(begins.agreed(rules, agreed), None);
    }
}
