//! An entry of the journal as its row has it.

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};
use uuid::Uuid;

use domain::values::BatchId;

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for EntryRow {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(EntryRow {
                    number: row.try_get(0)?,
                    batch_id: row.try_get(1)?,
                    at: row.try_get(2)?,
                    person: row.try_get(3)?,
                    person_id: row.try_get(4)?,
                    origin: row.try_get(5)?,
                    kind: row.try_get(6)?,
                    record_id: row.try_get(7)?,
                    label: row.try_get(8)?,
                    operation: row.try_get(9)?,
                    changes: row.try_get(10)?,
                    created: row.try_get(11)?,
                    undo_of: row.try_get::<Option<Uuid>, _>(12)?.map(BatchId::from),
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// An entry as its row has it.
pub(super) struct EntryRow {
    pub(super) number: i64,
    pub(super) batch_id: Uuid,
    pub(super) at: i64,
    pub(super) person: String,
    pub(super) person_id: Option<Uuid>,
    pub(super) origin: String,
    pub(super) kind: String,
    pub(super) record_id: Uuid,
    pub(super) label: String,
    pub(super) operation: String,
    pub(super) changes: String,
    pub(super) created: i64,
    pub(super) undo_of: Option<BatchId>,
}
