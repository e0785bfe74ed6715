//! Conflicts that were decided in favour of what is here: it goes to the shop.

use std::collections::HashMap;

use domain::catalog::product::PRODUCT;
use domain::channel::Listing;
use domain::error::Result;
use domain::plan::{Outcome, Resolution};
use domain::values::RecordId;
use store::StagedRecord;

use super::parcel::{Parcel, acknowledge};
use super::planned::Pair;
use super::sending::SendingRun;

/// How many kept conflicts are looked at together.
const PAGE: i64 = 500;

/// How many are sent together.
const TOGETHER: usize = 10_000;

/// A page of conflicts.
pub(super) struct KeptConflicts {
    /// Those that were decided in favour of what is here.
    pub(super) staged: Vec<StagedRecord>,
    /// Where the page ends; none behind the last.
    pub(super) last: Option<i64>,
}

impl SendingRun<'_> {
    /// Sends what was decided in favour of what is here.
    pub(super) async fn send_kept(&mut self) -> Result<()> {
        let (mut after, mut parcels) = (0, Vec::new());
        loop {
            self.progress.check()?;
            let kept = self.kept_conflicts(after, PAGE).await?;
            let Some(last) = kept.last else {
                return self.send(parcels).await;
            };
            after = last;
            parcels.extend(self.ours(kept.staged).await?);
            if parcels.len() >= TOGETHER {
                self.send(std::mem::take(&mut parcels)).await?;
            }
        }
    }

    /// Looks at so many conflicts behind a place.
    pub(super) async fn kept_conflicts(&self, after: i64, most: i64) -> Result<KeptConflicts> {
        let file = &self.plan.file;
        let mut staged = file
            .with_outcomes(&[Outcome::Conflict], after, most)
            .await?;
        let last = staged.last().map(|last| last.record.number);
        staged.retain(|staged| {
            let record = &staged.record;
            record.resolution == Some(Resolution::Keep) && record.kind == PRODUCT
        });
        Ok(KeptConflicts { staged, last })
    }

    /// What the shop says of a kept conflict is known from now on, so ours goes there.
    async fn ours(&self, kept: Vec<StagedRecord>) -> Result<Vec<Parcel>> {
        let ids: Vec<RecordId> = kept
            .iter()
            .filter_map(|staged| staged.record.record_id)
            .collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let shop = &self.to.shop;
        let found = self
            .store
            .listings_of(&ids, Some(shop.id))
            .await?
            .into_iter();
        let mut listings: HashMap<RecordId, Listing> = found
            .filter_map(|listing| Some((listing.record?, listing)))
            .collect();
        let mut wanted = Vec::new();
        for staged in kept {
            let listing = staged.record.record_id.and_then(|id| listings.remove(&id));
            let Some(mut listing) = listing else { continue };
            for conflict in &staged.record.conflicts {
                acknowledge(shop, &mut listing, conflict.field, &conflict.base);
            }
            wanted.push((listing, staged));
        }
        self.parcels_of_fields(wanted).await
    }

    /// Their fields that are in conflict, on their way.
    async fn parcels_of_fields(&self, wanted: Vec<(Listing, StagedRecord)>) -> Result<Vec<Parcel>> {
        let records = self
            .records(wanted.iter().map(|(listing, _)| listing))
            .await?;
        let schema = self.store.schema();
        let mut parcels = Vec::new();
        for (listing, staged) in wanted {
            let record = listing.record.and_then(|id| records.get(&id));
            let (Some(record), Some(item)) = (record, listing.item.clone()) else {
                continue;
            };
            let pair = Pair {
                listing: &listing,
                item: &item,
                record,
                has_variants: false,
            };
            let mut pushes = pair.merge(&schema, &self.to.shop).pushes;
            let conflicts = staged.record.conflicts.iter();
            pushes.retain(|push| conflicts.clone().any(|of| of.field == push.change.field));
            if !pushes.is_empty() {
                let version = record.version;
                parcels.push(Parcel::new(
                    self.batch,
                    Some(staged),
                    (listing, item),
                    (pushes, version),
                ));
            }
        }
        Ok(parcels)
    }
}
