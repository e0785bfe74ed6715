//! What became of the records of a plan that are sent: done, failed, or kept back.

use channels::failure::Failure;
use domain::channel::{LISTING, Listing, Pending};
use domain::error::Result;
use domain::plan::{Change, Operation, Outcome};
use domain::values::RecordId;
use store::{SettledListing, StagedRecord};

use super::arrived::failed;
use super::parcel::Parcel;
use super::planned::problem;
use super::sending::SendingRun;

/// Why a record is kept: another part of it was sent, and what became of that is not known.
const UNANSWERED: &str =
    "What was sent before has not been confirmed. Sync again: it is looked up first.";

/// Why a record is kept: it was planned against something else.
const MOVED: &str =
    "It changed in the shop or here since the plan was made. Sync again to look at it.";

impl SendingRun<'_> {
    /// A record has arrived. A conflict that was decided in favour of what is here is none any more.
    pub(super) async fn done(&mut self, parcel: &Parcel) -> Result<()> {
        match &parcel.staged {
            Some(staged) => {
                let sent = (parcel.listing.id, parcel.pending.changes.as_slice());
                self.book(staged, sent).await
            }
            None => Ok(()),
        }
    }

    /// The same of what was sent to a listing.
    pub(super) async fn book(
        &mut self,
        staged: &StagedRecord,
        sent: (RecordId, &[Change]),
    ) -> Result<()> {
        if is_conflict(staged) {
            return self.close_conflict(staged.clone(), sent).await;
        }
        self.count_done(staged);
        Ok(())
    }

    async fn close_conflict(
        &mut self,
        mut staged: StagedRecord,
        (listing, changes): (RecordId, &[Change]),
    ) -> Result<()> {
        let counts = &mut self.meta.outline.counts;
        counts.remove(&staged.record);
        let record = &mut staged.record;
        (record.kind, record.record_id) = (LISTING, Some(listing));
        (record.outcome, record.operation) = (Outcome::Update, Some(Operation::Update));
        record.changes = changes.to_vec();
        record.conflicts.clear();
        counts.add(record);
        self.meta.applied.updated += 1;
        self.meta.applied.kept -= 1;
        self.plan.settle(&[staged], self.meta).await
    }

    /// Counts a record that is done.
    pub(super) fn count_done(&mut self, staged: &StagedRecord) {
        let applied = &mut self.meta.applied;
        applied.not_reached -= 1;
        match staged.record.operation {
            Some(Operation::Create) => applied.created += 1,
            _ => applied.updated += 1,
        }
        self.reached();
    }

    /// Keeps why a record was not sent, in the plan and at its listing.
    pub(super) async fn failed(
        &mut self,
        (listing, pending): (&Listing, Option<&Pending>),
        staged: Option<StagedRecord>,
        failure: &Failure,
    ) -> Result<SettledListing> {
        let hidden = pending.filter(|pending| pending.is_hidden());
        if let Some(mut staged) = staged.filter(|staged| !is_conflict(staged)) {
            let counts = &mut self.meta.outline.counts;
            counts.remove(&staged.record);
            staged.record.outcome = Outcome::Error;
            staged.record.operation = None;
            let field = hidden.and_then(|pending| Some(pending.changes.first()?.field));
            let why = problem(field, failure.message.clone());
            staged.record.problems.push(why);
            counts.add(&staged.record);
            self.meta.applied.not_reached -= 1;
            self.meta.applied.rejected += 1;
            self.reached();
            self.plan.settle(&[staged], self.meta).await?;
        }
        let sends_hidden = self.to.shop.sends_hidden();
        let now = self.store.now();
        Ok(failed((listing, pending), sends_hidden, failure, now))
    }

    /// Keeps back what moved since it was planned; a conflict stays one.
    pub(super) async fn hold_back(&mut self, held: Vec<StagedRecord>) -> Result<()> {
        self.keep_back(held, MOVED).await
    }

    /// Keeps back what waits for an answer that was lost.
    pub(super) async fn hold_unanswered(&mut self, held: Vec<StagedRecord>) -> Result<()> {
        self.keep_back(held, UNANSWERED).await
    }

    async fn keep_back(&mut self, mut held: Vec<StagedRecord>, why: &str) -> Result<()> {
        held.retain(|staged| !is_conflict(staged));
        if held.is_empty() {
            return Ok(());
        }
        let mut settled = Vec::new();
        for mut staged in held {
            let counts = &mut self.meta.outline.counts;
            counts.remove(&staged.record);
            staged.record.hold_back(why.to_owned(), None);
            counts.add(&staged.record);
            self.meta.applied.not_reached -= 1;
            self.meta.applied.kept += 1;
            settled.push(staged);
        }
        self.reached();
        self.plan.settle(&settled, self.meta).await
    }
}

/// Whether a record is a conflict that was decided in favour of what is here.
fn is_conflict(staged: &StagedRecord) -> bool {
    staged.record.outcome == Outcome::Conflict
}
