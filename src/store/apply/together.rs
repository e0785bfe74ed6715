//! Several sets of writes in one transaction: what fills an empty workspace file, where nobody
//! waits for the writer meanwhile.

use sqlx::AssertSqlSafe;

use super::{Moment, WriteOutcome, apply_in};
use crate::error::Result;
use crate::plan::ProductWrite;
use crate::store::Store;
use crate::store::db::{Db, Tx};
use crate::values::BatchId;

/// A transaction that takes several sets of writes; nothing of it lasts before it is committed.
pub struct Together {
    tx: Tx,
    store: Store,
    batch: BatchId,
}

impl Store {
    /// Begins such a transaction on a file. There is none on a server, which may ask for a whole
    /// transaction again and where others wait.
    pub async fn apply_together(&self, batch: BatchId) -> Result<Option<Together>> {
        let Db::Sqlite { .. } = self.db else {
            return Ok(None);
        };
        let mut tx = self.db.begin().await?;
        gather_more(&mut tx).await?;
        Ok(Some(Together {
            tx,
            store: self.clone(),
            batch,
        }))
    }
}

/// Lets the search tables gather more words in memory before they write a segment: fewer segments
/// are merged later. SQLite keeps the setting in the file; it costs memory only inside a large
/// transaction.
async fn gather_more(tx: &mut Tx) -> sqlx::Result<()> {
    let Tx::Sqlite(tx) = tx else {
        return Ok(());
    };
    for table in ["products_words", "products_codes"] {
        let sql = format!("insert into {table} ({table}, rank) values ('hashsize', 16777216)");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
    }
    Ok(())
}

impl Together {
    /// Applies up to 5,000 writes, as [`Store::apply`] does.
    pub async fn apply(&mut self, writes: &[ProductWrite]) -> Result<Vec<WriteOutcome>> {
        let at = Moment {
            batch: self.batch,
            now: self.store.now(),
            in_doubt: false,
        };
        Ok(apply_in(&mut self.tx, at, writes).await?)
    }

    /// Makes everything lasting.
    pub async fn commit(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
