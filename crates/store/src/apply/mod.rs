//! The single way in which records are written: read, decide, write, journal, in one transaction.
//!
//! `before.rs` reads what the writes meet, `neighbours.rs`, `family.rs` and `names.rs` hold the rules that records keep
//! among each other, `decide.rs` says what becomes of each write (pure), `write.rs` writes the result with
//! the columns of `cells.rs`, `derived.rs` and `gather.rs` what follows from it.

pub(crate) mod before;
mod cells;
mod decide;
mod derived;
pub(crate) mod family;
pub(crate) mod family_names;
pub(super) mod fill;
mod gather;
mod names;
pub(crate) mod neighbours;
mod referred;
pub(crate) mod rows;
mod search_tables;
mod stamp;
mod taken;
mod together;
mod write;

pub use fill::Fill;
pub use together::Together;

use std::collections::HashSet;

use super::custom::definitions;
use super::custom::upkeep::Upkeep;
use super::db::Tx;
use super::history::{batches, journal};
use super::retry::{Attempts, retrying};
use super::{Store, changes, kinds};
use decide::Decided;
use domain::error::Result;
use domain::plan::Write;
use domain::record::Record;
use domain::values::{BatchId, Timestamp};
use neighbours::Refusal;

/// What became of one write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It is written and journalled.
    Applied {
        /// The record's version now.
        version: i64,
    },
    /// Another user changed the record, trashed it or restored it since the plan was made.
    Moved {
        /// What is there now.
        current: Box<Record>,
    },
    /// It cannot stand where it is put.
    Refused(Refusal),
    /// The record was deleted for good.
    Gone,
}

impl WriteOutcome {
    /// Whether it was written.
    pub const fn is_applied(&self) -> bool {
        matches!(self, Self::Applied { .. })
    }
}

impl Store {
    /// Applies up to 5,000 writes in one transaction; the outcomes stand in the order of the
    /// writes. A write that cannot be applied leaves its neighbours alone. The counts of the batch
    /// grow in the same transaction, so that after a crash they say what was done.
    ///
    /// A parent stands before its children, except where they go to the trash or are deleted for good. A field of a
    /// parent that is the sum of its children's cannot be written; it is brought up to date here
    /// without a new version.
    pub async fn apply(&self, batch: BatchId, writes: &[Write]) -> Result<Vec<WriteOutcome>> {
        let applied = retrying!(Attempts::looking_first(), attempts => {
            let mut tx = self.db.begin().await?;
            let at = Moment {
                batch,
                now: self.now(),
                in_doubt: attempts.in_doubt,
                is_searched: true,
            };
            match apply_in(&mut tx, at, writes).await {
                Ok(applied) => tx.commit().await.map(|()| applied),
                Err(error) => {
                    tx.undo().await.ok();
                    Err(error)
                }
            }
        })?;
        if applied.changes_fields {
            self.finish_custom_fields().await?;
        }
        Ok(applied.outcomes)
    }
}

/// What all writes of one transaction share.
#[derive(Clone, Copy)]
struct Moment {
    batch: BatchId,
    now: Timestamp,
    /// Whether an earlier attempt may have been committed after all.
    in_doubt: bool,
    /// Whether SQLite's search tables are kept in step; a fill builds them at its end.
    is_searched: bool,
}

/// What one transaction did.
struct Applied {
    outcomes: Vec<WriteOutcome>,
    /// Whether fields of the workspace's own are others now.
    changes_fields: bool,
}

async fn apply_in(tx: &mut Tx, at: Moment, writes: &[Write]) -> sqlx::Result<Applied> {
    let writes = definitions::without_unknown(tx, writes).await?;
    let mut decided = decide_in(tx, &writes).await?;
    if at.in_doubt {
        recognise(tx, at.batch, &writes, &mut decided.outcomes).await?;
    }
    if decided.entries.is_empty() {
        return Ok(Applied {
            outcomes: decided.outcomes,
            changes_fields: false,
        });
    }
    let upkeep = Upkeep::of(&decided.rows);
    let changes_fields = upkeep.changes_fields();
    let tx_id = changes::record(tx, at.now, Some(at.batch)).await?;
    let moment = journal::Moment {
        batch: at.batch,
        tx_id,
        now: at.now,
    };
    // The entries are serialised beside the writing of the rows.
    let entries = journal::prepare(tx, moment, decided.entries).await?;
    let stamp = stamp::Stamp {
        now: at.now,
        tx_id,
        is_searched: at.is_searched,
    };
    for (kind, rows) in decided.rows {
        write::rows(tx, kinds::rules_in_tx(kind)?, stamp, rows).await?;
    }
    upkeep.run(tx).await?;
    journal::write(tx, moment, entries).await?;
    for (kind, parents) in &decided.parents {
        derived::sums_of_parents(tx, kinds::rules_in_tx(*kind)?, tx_id, parents).await?;
    }
    gather::all(tx, tx_id, &decided.stirred).await?;
    for (kind, ids) in &decided.renamed {
        for rules in kinds::made_of_codes() {
            derived::recode(tx, rules, tx_id, (*kind, ids)).await?;
        }
    }
    batches::count_written(tx, at.batch, decided.counts).await?;
    Ok(Applied {
        outcomes: decided.outcomes,
        changes_fields,
    })
}

/// Decides what becomes of the writes; again, when a record that was expected to give up a unique
/// text keeps it after all.
async fn decide_in(tx: &mut Tx, writes: &[Write]) -> sqlx::Result<Decided> {
    let mut stubborn = HashSet::new();
    loop {
        let before = before::read(&mut tx.session(), writes).await?;
        let decided = decide::decide(before, writes, &stubborn)?;
        if decided.stubborn.is_subset(&stubborn) {
            return Ok(decided);
        }
        stubborn.extend(&decided.stubborn);
    }
}

/// After a lost connection: what looks moved may be our own write, committed without our hearing
/// of it. The journal knows.
async fn recognise(
    tx: &mut Tx,
    batch: BatchId,
    writes: &[Write],
    outcomes: &mut [WriteOutcome],
) -> sqlx::Result<()> {
    for (write, outcome) in writes.iter().zip(outcomes) {
        if matches!(outcome, WriteOutcome::Moved { .. } | WriteOutcome::Gone)
            && let Some(version) = journal::version_written(tx, batch, write).await?
        {
            *outcome = WriteOutcome::Applied { version };
        }
    }
    Ok(())
}
