//! Fields of the workspace's own that were deleted for good: entries of the history are told by what
//! these were last.

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use domain::error::Result;
use domain::record::{CustomDef, Field, Kind, Record, Schema};
use domain::values::RecordId;
use domain::workspace::custom_field::{CUSTOM_FIELD, def_of};

use super::entry_row::EntryRow;
use super::json::{KeyedChange, from_json};
use crate::Store;
use crate::dialect::IN_LIST;
use crate::fault::Told;

impl Store {
    /// The schema, and with it the fields that these entries changed and that are not there any more.
    pub(super) async fn schema_for(&self, rows: &[EntryRow]) -> Result<Arc<Schema>> {
        let schema = self.schema();
        let gone: Vec<Uuid> = gone(&schema, rows).told()?.into_iter().collect();
        let mut defs = Vec::new();
        for ids in gone.chunks(IN_LIST) {
            let ends = self.ends_of(CUSTOM_FIELD, ids).await?.into_iter();
            defs.extend(ends.filter_map(|(id, changes)| def_at_the_end(id, changes)));
        }
        Ok(match defs.is_empty() {
            true => schema,
            false => Arc::new(schema.with(defs)),
        })
    }
}

/// The fields of these entries that the schema does not know.
fn gone(schema: &Schema, rows: &[EntryRow]) -> sqlx::Result<BTreeSet<Uuid>> {
    let mut gone = BTreeSet::new();
    // Most entries change none of them, which shows without reading them.
    for row in rows.iter().filter(|row| row.changes.contains("\"custom.")) {
        let Some(kind) = Kind::from_key(&row.kind) else {
            continue;
        };
        let changes = from_json(kind, &row.operation, &row.changes)?;
        let unknown = changes.into_iter().filter_map(|change| match change.field {
            Some(Field::Custom(id)) if schema.custom(id).is_none() => Some(id.uuid()),
            _ => None,
        });
        gone.extend(unknown);
    }
    Ok(gone)
}

/// A field as it was when it was deleted for good.
fn def_at_the_end(id: Uuid, changes: Vec<KeyedChange>) -> Option<CustomDef> {
    let mut record = Record::blank(CUSTOM_FIELD, RecordId::from(id));
    record.trashed = true;
    for change in changes {
        if let Some(field) = change.field.filter(|field| {
            let def = field.def();
            def.is_some_and(|def| change.old.fits(def.kind))
        }) {
            record.fields.set(field, change.old);
        }
    }
    def_of(&record)
}
