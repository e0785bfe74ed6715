//! Listings that would wait though nothing is left to do: their product changed in what the shop has not.

use std::collections::BTreeMap;

use domain::error::Result;
use domain::values::RecordId;
use sqlx::QueryBuilder;

use super::settle::SettledListing;
use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use crate::{Store, changes};

/// A column, and what holds of listings that wait for nothing else: of all of their fields, and of those alone that
/// every user may see.
const WHOLE: (&str, &str) = (
    "agreed_version",
    "dirty = 0 and open_dirty = 0 and has_pending = 0 and has_problem = 0",
);
const OPEN: (&str, &str) = (
    "open_version",
    "open_dirty = 0 and has_pending <> 1 and has_problem <> 1",
);

impl Store {
    /// Keeps at which version of their product nothing is left to do, of listings to which nothing else came
    /// meanwhile. Windows are told.
    pub async fn let_rest(&self, settled: &[SettledListing]) -> Result<()> {
        for settled in settled.chunks(IN_LIST) {
            retrying!({
                let mut tx = self.db.begin_patiently().await?;
                let whole = settled.iter().map(|one| (one.settled_at, one.id));
                rest(&mut tx, WHOLE, whole).await?;
                let open = settled.iter().map(|one| (one.open_settled_at, one.id));
                rest(&mut tx, OPEN, open).await?;
                changes::record(&mut tx, self.now(), None).await?;
                tx.commit().await
            })?;
        }
        Ok(())
    }
}

async fn rest(
    tx: &mut Tx,
    (column, is_free): (&str, &str),
    settled: impl Iterator<Item = (Option<i64>, Option<RecordId>)>,
) -> sqlx::Result<()> {
    let mut by_version: BTreeMap<i64, Vec<RecordId>> = BTreeMap::new();
    for (version, id) in settled {
        if let (Some(version), Some(id)) = (version, id) {
            by_version.entry(version).or_default().push(id);
        }
    }
    for (version, ids) in by_version {
        on_tx!(&mut *tx, DB, conn => {
            let mut sql = QueryBuilder::<DB>::new("update listings set ");
            sql.push(column).push(" = ").push_bind(version);
            sql.push(" where ").push(is_free).push(" and id in (");
            let mut list = sql.separated(",");
            for id in &ids {
                list.push_bind(id.uuid());
            }
            sql.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}
