//! How the columns of files were mapped, to be offered for the next file of the same shape, or by a name.

use super::Store;
use super::db::{on, on_tx};
use super::retry::retrying;
use domain::error::Result;
use domain::record::Kind;
use domain::values::Timestamp;

/// Mappings without a name that were not used for so long are forgotten.
const UNUSED_DAYS: i64 = 400;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The longest name of a file that is kept.
const FILE_NAME_CHARS: usize = 255;

/// What a mapping is kept under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingSlot {
    /// The shape of a file: what its columns are called.
    Shape(String),
    /// A name that a person gave.
    Name(String),
}

impl MappingSlot {
    fn key(&self) -> String {
        match self {
            Self::Shape(shape) => format!("#{shape}"),
            Self::Name(name) => format!("={}", name.to_lowercase()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Shape(_) => "",
            Self::Name(name) => name,
        }
    }
}

/// A mapping that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMapping {
    /// The name that a person gave; empty for none.
    pub name: String,
    /// The file that it was used for last.
    pub file_name: String,
    /// The mapping, as JSON.
    pub mapping: String,
    /// When it was used last.
    pub used_at: Timestamp,
}

type Row = (String, String, String, i64);

fn kept((name, file_name, mapping, used_at): Row) -> KeptMapping {
    KeptMapping {
        name,
        file_name,
        mapping,
        used_at: Timestamp(used_at),
    }
}

impl Store {
    /// The mapping in a slot.
    pub async fn mapping(&self, kind: Kind, slot: &MappingSlot) -> Result<Option<KeptMapping>> {
        let row: Option<Row> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select name, file_name, mapping, used_at from import_mappings \
                 where kind = ? and slot = ?",
            )
            .bind(kind.key())
            .bind(slot.key())
            .fetch_optional(pool)
            .await
        }))?;
        Ok(row.map(kept))
    }

    /// Keeps a mapping in a slot, in place of the one before, and forgets those that were not used
    /// for long.
    pub async fn keep_mapping(
        &self,
        kind: Kind,
        slot: &MappingSlot,
        file_name: &str,
        mapping: &str,
    ) -> Result<()> {
        let now = self.now().0;
        let file_name: String = file_name.chars().take(FILE_NAME_CHARS).collect();
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query("delete from import_mappings where kind = ? and slot = ?")
                    .bind(kind.key())
                    .bind(slot.key())
                    .execute(&mut *conn)
                    .await?;
                sqlx::query("delete from import_mappings where name = '' and used_at < ?")
                    .bind(now.saturating_sub(UNUSED_DAYS * DAY_MS))
                    .execute(&mut *conn)
                    .await?;
                sqlx::query(
                    "insert into import_mappings (kind, slot, name, file_name, mapping, used_at) \
                     values (?, ?, ?, ?, ?, ?)",
                )
                .bind(kind.key())
                .bind(slot.key())
                .bind(slot.name())
                .bind(&file_name)
                .bind(mapping)
                .bind(now)
                .execute(conn)
                .await
                .map(drop)
            })?;
            tx.commit().await
        })?)
    }

    /// The mappings with names, by name.
    pub async fn named_mappings(&self, kind: Kind) -> Result<Vec<KeptMapping>> {
        let rows: Vec<Row> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select name, file_name, mapping, used_at from import_mappings \
                 where kind = ? and name <> '' order by slot",
            )
            .bind(kind.key())
            .fetch_all(pool)
            .await
        }))?;
        Ok(rows.into_iter().map(kept).collect())
    }

    /// Forgets the mapping with a name; whether there was one.
    pub async fn forget_mapping(&self, kind: Kind, name: &str) -> Result<bool> {
        let slot = MappingSlot::Name(name.to_owned()).key();
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            let gone = on_tx!(&mut tx, conn => {
                sqlx::query("delete from import_mappings where kind = ? and slot = ?")
                    .bind(kind.key())
                    .bind(&slot)
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
            })?;
            tx.commit().await?;
            Ok(gone > 0)
        })?)
    }
}
