//! The single way in which products are written: read, decide, write, journal, in one transaction.
//!
//! `before.rs` reads what the writes meet, `decide.rs` says what becomes of each (pure),
//! `write.rs` writes the result set by set.

mod before;
mod decide;
pub(super) mod fill;
mod together;
mod write;

pub use fill::Fill;
pub use together::Together;

use super::db::Tx;
use super::history::{batches, journal};
use super::retry::{Attempts, retrying};
use super::{Store, changes};
use domain::catalog::Product;
use domain::error::Result;
use domain::plan::ProductWrite;
use domain::values::{BatchId, ProductId, Timestamp};

/// What became of one write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It is written and journalled.
    Applied {
        /// The product's version now.
        version: i64,
    },
    /// Somebody changed the product, trashed it or restored it since the plan was made.
    Moved {
        /// What is there now.
        current: Box<Product>,
    },
    /// Another product has the SKU.
    SkuTaken {
        /// That product; it may lie in the trash.
        by: ProductId,
    },
    /// There is no such parent, it lies in the trash, or it is a variant itself.
    ParentMissing,
    /// The product has variants, so it can neither be deleted for good nor become a variant.
    HasVariants,
    /// The product was deleted for good.
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
    /// A parent stands before its variants, except where they are deleted for good. The stock of a product with variants is the sum of
    /// theirs: a write cannot change it, and it is brought up to date here without a new version.
    pub async fn apply(
        &self,
        batch: BatchId,
        writes: &[ProductWrite],
    ) -> Result<Vec<WriteOutcome>> {
        let outcomes = retrying!(Attempts::looking_first(), attempts => {
            let mut tx = self.db.begin().await?;
            let at = Moment {
                batch,
                now: self.now(),
                in_doubt: attempts.in_doubt,
                is_searched: true,
            };
            let outcomes = apply_in(&mut tx, at, writes).await?;
            tx.commit().await?;
            Ok(outcomes)
        })?;
        Ok(outcomes)
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

async fn apply_in(
    tx: &mut Tx,
    at: Moment,
    writes: &[ProductWrite],
) -> sqlx::Result<Vec<WriteOutcome>> {
    let before = before::read(tx, writes).await?;
    let mut decided = decide::decide(before, writes);
    if at.in_doubt {
        recognise(tx, at.batch, writes, &mut decided.outcomes).await?;
    }
    if decided.entries.is_empty() {
        return Ok(decided.outcomes);
    }
    let tx_id = changes::record(tx, at.now, Some(at.batch)).await?;
    let moment = journal::Moment {
        batch: at.batch,
        tx_id,
        now: at.now,
    };
    // The entries are put into words beside the writing of the products.
    let entries = journal::prepare(tx, moment, decided.entries).await?;
    let stamp = write::Stamp {
        now: at.now,
        tx_id,
        is_searched: at.is_searched,
    };
    write::products(tx, stamp, decided.rows).await?;
    journal::write(tx, moment, entries).await?;
    write::parents_stock(tx, tx_id, &decided.parents).await?;
    batches::count_written(tx, at.batch, decided.created, decided.updated).await?;
    Ok(decided.outcomes)
}

/// After a lost connection: what looks moved may be our own write, committed without our hearing
/// of it. The journal knows.
async fn recognise(
    tx: &mut Tx,
    batch: BatchId,
    writes: &[ProductWrite],
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
