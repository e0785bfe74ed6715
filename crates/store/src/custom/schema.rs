//! What is known of every field of the workspace's own: loaded when it is opened, and anew when
//! something was committed that may have changed it.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::plan::{Change, Write};
use domain::record::{Field, Fixed, Schema};
use domain::values::{CustomFieldId, RecordId};
use domain::workspace::custom_field::def_of;

use super::definitions::{count, used};
use crate::Store;
use crate::db::{Session, on_session};
use crate::kinds::CUSTOM_FIELDS;
use crate::record_row::stored;
use crate::retry::retrying;

/// The fields as they were loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Loaded {
    pub(crate) schema: Arc<Schema>,
    /// Those whose values are not all in the index yet.
    pub(crate) unfinished: BTreeSet<CustomFieldId>,
}

/// Reads the fields, those that were removed included.
pub(crate) async fn load(session: &mut Session<'_>) -> sqlx::Result<Loaded> {
    let records = on_session!(session, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new(CUSTOM_FIELDS.select());
        let rows = sql.build().fetch_all(&mut **conn).await?;
        let records = rows.iter().map(|row| Ok(stored(&CUSTOM_FIELDS, row)?.record));
        records.collect::<sqlx::Result<Vec<_>>>()
    })?;
    let unfinished: Vec<Uuid> = on_session!(session, DB, conn => {
        QueryBuilder::<DB>::new("select id from custom_steps")
            .build_query_scalar()
            .fetch_all(&mut **conn)
            .await
    })?;
    Ok(Loaded {
        schema: Arc::new(Schema::new(records.iter().filter_map(def_of))),
        unfinished: unfinished.into_iter().map(CustomFieldId::from).collect(),
    })
}

impl Store {
    /// What is known of every field in this workspace.
    pub fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.fields().schema)
    }

    pub(crate) fn fields(&self) -> Arc<Loaded> {
        let loaded = self.fields.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&loaded)
    }

    /// Looks whether the fields of the workspace's own are others now; says so.
    pub async fn renew_schema(&self) -> Result<bool> {
        let loaded = retrying!({
            let mut reading = self.db.reading().await?;
            load(&mut reading.session()).await
        })?;
        let mut known = self.fields.write().unwrap_or_else(PoisonError::into_inner);
        let differs = **known != loaded;
        *known = Arc::new(loaded);
        Ok(differs)
    }

    /// How many records have a value of a field, those in the trash included.
    pub async fn count_custom_values(&self, field: RecordId) -> Result<i64> {
        retrying!({
            let mut reading = self.db.reading().await?;
            count(&mut reading.session(), field.uuid().into(), i64::MAX).await
        })
    }

    /// The changed field of a record that cannot change any more, when there is one.
    pub async fn fixed_field(&self, write: &Write) -> Result<Option<Field>> {
        let of = |fixed| {
            let mut changes = write.changes.iter();
            let is_so = |change: &&Change| change.field.def().is_some_and(|def| def.fixed == fixed);
            changes.find(is_so).map(|change| change.field)
        };
        if let Some(field) = of(Fixed::Once) {
            return Ok(Some(field));
        }
        let Some(field) = of(Fixed::WhenUsed) else {
            return Ok(None);
        };
        let used = retrying!({
            let mut reading = self.db.reading().await?;
            used(&mut reading.session(), std::slice::from_ref(write)).await
        })?;
        Ok(used.contains(&write.id).then_some(field))
    }

    /// Whether a changed field still asks something of all records.
    pub fn has_unfinished_fields(&self) -> bool {
        !self.fields().unfinished.is_empty()
    }

    /// Whether lists can be filtered and sorted by a field of the workspace's own now.
    pub(crate) fn is_indexed(&self, field: Field) -> bool {
        let Field::Custom(id) = field else {
            return false;
        };
        let loaded = self.fields();
        let def = loaded.schema.custom(id);
        def.is_some_and(|def| def.is_indexed()) && !loaded.unfinished.contains(&id)
    }
}
