//! What was done, read for an undo, for a merge and for those who decide conflicts.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::plan::{Change, Done};
use domain::record::Kind;
use domain::values::{BatchId, RecordId, Timestamp};

use super::json::from_json;
use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::fault::Told;
use crate::retry::retrying;
use crate::word::from_word;

/// What a batch did to one record, for its undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneEntry {
    /// The number of the entry; later entries have larger ones.
    pub number: i64,
    /// What kind of record it is.
    pub kind: Kind,
    /// Which record.
    pub record_id: RecordId,
    /// What was done to it.
    pub done: Done,
    /// Whether it changed fields that only another version of the app knows.
    pub has_unknown_fields: bool,
}

/// Who changed a record last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// The batch of the change.
    pub batch: BatchId,
    /// Who; empty for the system itself.
    pub person: String,
    /// When.
    pub at: Timestamp,
}

type DoneRow = (i64, String, Uuid, String, i64, String);

fn done_entry(row: DoneRow) -> sqlx::Result<Option<DoneEntry>> {
    let (number, kind, id, operation, version, json) = row;
    let Some(kind) = Kind::from_key(&kind) else {
        return Ok(None);
    };
    let keyed = from_json(kind, &operation, &json)?;
    let has_unknown_fields = keyed.iter().any(|change| change.field.is_none());
    let changes = keyed.into_iter().filter_map(|change| {
        Some(Change {
            field: change.field?,
            old: change.old,
            new: change.new,
        })
    });
    Ok(Some(DoneEntry {
        number,
        kind,
        record_id: id.into(),
        done: Done {
            operation: from_word(operation)?,
            version,
            changes: changes.collect(),
        },
        has_unknown_fields,
    }))
}

impl Store {
    /// Who changed these records last, as far as the journal knows them.
    pub async fn last_changes(&self, ids: &[RecordId]) -> Result<HashMap<RecordId, LastChange>> {
        let mut found = HashMap::new();
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<(Uuid, Uuid, String, i64)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select j.entity_id, j.batch_id, b.user_name, t.at_ms from \
                     (select max(id) as id from journal where entity_id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(
                    ") group by entity_id) latest join journal j on j.id = latest.id \
                     join batches b on b.id = j.batch_id join change_tx t on t.id = j.tx_id",
                );
                sql.build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|(id, batch, person, at)| {
                let (batch, at) = (batch.into(), Timestamp(at));
                (RecordId::from(id), LastChange { batch, person, at })
            }));
        }
        Ok(found)
    }

    /// What a batch did, after the entry numbered `after` (0 for the first page), in the order in
    /// which it was done: what an undo is made of.
    pub async fn done_by_batch(
        &self,
        batch: BatchId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<DoneEntry>> {
        let rows: Vec<DoneRow> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(
                "select id, entity, entity_id, operation, version, changes from journal \
                 where batch_id = ",
            )
            .push_bind(batch.uuid())
            .push(" and id > ")
            .push_bind(after)
            .push(" order by id limit ")
            .push_bind(limit.max(0))
            .build_query_as()
            .fetch_all(pool)
            .await
        }))?;
        let entries = rows
            .into_iter()
            .filter_map(|row| done_entry(row).transpose());
        entries.collect::<sqlx::Result<_>>().told()
    }
}
