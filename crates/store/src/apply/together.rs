//! Several sets of writes in one transaction: what fills an empty workspace file, where no other
//! program waits for the writer meanwhile.

use super::fill::{self, Fill};
use super::{Moment, WriteOutcome, apply_in};
use crate::Store;
use crate::db::{Db, Tx};
use crate::fault::Told;
use domain::error::Result;
use domain::plan::Write;
use domain::values::BatchId;

/// A transaction that takes several sets of writes; nothing of it lasts before it is committed.
pub struct Together {
    tx: Tx,
    store: Store,
    batch: BatchId,
    fills: bool,
    changes_fields: bool,
}

impl Store {
    /// Begins such a transaction on a file; within a fill it leaves the search tables alone. There
    /// is none on a server, which may ask for a whole transaction again and where others wait.
    pub async fn apply_together(
        &self,
        batch: BatchId,
        fill: Option<&Fill>,
    ) -> Result<Option<Together>> {
        let Db::Sqlite { .. } = self.db else {
            return Ok(None);
        };
        let mut tx = self.db.begin_patiently().await.told()?;
        if let (Some(fill), Tx::Sqlite(tx)) = (fill, &mut tx) {
            // Another program may have opened the file meanwhile, and brought it to order.
            fill::mark(tx, fill).await.told()?;
        }
        Ok(Some(Together {
            tx,
            store: self.clone(),
            batch,
            fills: fill.is_some(),
            changes_fields: false,
        }))
    }
}

impl Together {
    /// Applies up to 5,000 writes, as [`Store::apply`] does.
    pub async fn apply(&mut self, writes: &[Write]) -> Result<Vec<WriteOutcome>> {
        let at = Moment {
            batch: self.batch,
            now: self.store.now(),
            in_doubt: false,
            is_searched: !self.fills,
        };
        let applied = apply_in(&mut self.tx, at, writes).await.told()?;
        self.changes_fields |= applied.changes_fields;
        Ok(applied.outcomes)
    }

    /// Makes everything lasting.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await.told()?;
        if self.changes_fields {
            self.store.finish_custom_fields().await?;
        }
        Ok(())
    }
}
