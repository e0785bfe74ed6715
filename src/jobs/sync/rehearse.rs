//! A rehearsal: what would be sent is recorded in the plan, and nothing is sent.

use domain::error::Result;
use domain::plan::Outcome;

use super::plan_sync::settle_agreed;
use super::planned::{ELSEWHERE, STOCK_PHASE};
use super::sending::SendingRun;

/// Records that are looked at together.
const PAGE: i64 = 500;

/// What is said of a record that was not sent.
const REHEARSED: &str = "The shop rehearses: it would be sent, and was not.";

impl SendingRun<'_> {
    /// Records what would be sent, and sends nothing.
    pub(super) async fn rehearse(&mut self) -> Result<()> {
        self.step("Rehearsing");
        self.store.link_created(self.to.shop.id).await?;
        for phase in [ELSEWHERE, STOCK_PHASE] {
            self.rehearse_phase(phase).await?;
        }
        settle_agreed(self.progress, self.store, &self.to.shop).await
    }

    async fn rehearse_phase(&mut self, phase: i64) -> Result<()> {
        let mut after = 0;
        loop {
            self.progress.check()?;
            let mut staged = self.plan.file.next_in_phase(phase, after, PAGE).await?;
            let Some(last) = staged.last() else {
                return Ok(());
            };
            after = last.record.number;
            for staged in &mut staged {
                let counts = &mut self.meta.outline.counts;
                counts.remove(&staged.record);
                staged.record.outcome = Outcome::Skipped;
                staged.record.notes.push(REHEARSED.to_owned());
                counts.add(&staged.record);
                self.meta.applied.not_reached -= 1;
                self.meta.applied.skipped += 1;
            }
            self.plan.settle(&staged, self.meta).await?;
            self.reached();
        }
    }
}
