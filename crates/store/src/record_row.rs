//! Whole records of any kind, as their tables have them.

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row};
use uuid::Uuid;

use domain::record::{Column, Field, Fields, Record, Value};
use domain::values::{RecordId, Timestamp};

use crate::bind::Storage;
use crate::custom::from_json;
use crate::db::{Session, on_session};
use crate::kinds::{BEFORE_REFERENCES, KindRules};

/// A record as it stands in its table.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    /// Its row number.
    pub(crate) pk: i64,
    pub(crate) record: Record,
}

/// The cells of a row, on either database.
pub(crate) trait Cells {
    fn text(&self, at: usize) -> sqlx::Result<String>;
    fn optional_text(&self, at: usize) -> sqlx::Result<Option<String>>;
    fn number(&self, at: usize) -> sqlx::Result<i64>;
    fn optional_number(&self, at: usize) -> sqlx::Result<Option<i64>>;
    fn flag(&self, at: usize) -> sqlx::Result<bool>;
    fn id(&self, at: usize) -> sqlx::Result<RecordId>;
    fn optional_id(&self, at: usize) -> sqlx::Result<Option<RecordId>>;
}

macro_rules! cells {
    ($($row:ty)*) => {$(
        impl Cells for $row {
            fn text(&self, at: usize) -> sqlx::Result<String> {
                self.try_get(at)
            }

            fn optional_text(&self, at: usize) -> sqlx::Result<Option<String>> {
                self.try_get(at)
            }

            fn number(&self, at: usize) -> sqlx::Result<i64> {
                self.try_get(at)
            }

            fn optional_number(&self, at: usize) -> sqlx::Result<Option<i64>> {
                self.try_get(at)
            }

            fn flag(&self, at: usize) -> sqlx::Result<bool> {
                self.try_get(at)
            }

            fn id(&self, at: usize) -> sqlx::Result<RecordId> {
                Ok(self.try_get::<Uuid, _>(at)?.into())
            }

            fn optional_id(&self, at: usize) -> sqlx::Result<Option<RecordId>> {
                Ok(self.try_get::<Option<Uuid>, _>(at)?.map(RecordId::from))
            }
        }
    )*};
}

cells!(SqliteRow MySqlRow);

/// The record in a row that [`KindRules::select`] selected.
pub(crate) fn stored(rules: &KindRules, row: &impl Cells) -> sqlx::Result<Stored> {
    let mut record = Record {
        version: row.number(2)?,
        trashed: row.flag(3)?,
        updated_at: Timestamp(row.number(4)?),
        fields: Fields::blank(rules.kind),
        ..Record::blank(rules.kind, row.id(1)?)
    };
    let references = rules.reference_columns().count();
    for (at, reference) in record.references.iter_mut().take(references).enumerate() {
        *reference = row.optional_id(BEFORE_REFERENCES + at)?;
    }
    let first = BEFORE_REFERENCES + references;
    for (at, field) in rules.kind.fields().enumerate() {
        record.fields.set(field, value(row, first + at, field)?);
    }
    if rules.has_custom() {
        from_json(&row.text(first + rules.kind.len())?, &mut record.fields)?;
    }
    Ok(Stored {
        pk: row.number(0)?,
        record,
    })
}

/// The code in a row that [`KindRules::select`] selected, of which nothing else may be readable.
pub(crate) fn code(rules: &KindRules, row: &impl Cells) -> sqlx::Result<String> {
    let first = BEFORE_REFERENCES + rules.reference_columns().count();
    row.text(first + usize::from(rules.kind.def().code))
}

/// The value of a declared field in its cell, or in that of the code which it names.
pub(crate) fn value(row: &impl Cells, at: usize, field: Field) -> sqlx::Result<Value> {
    let Some(def) = field.def() else {
        return Ok(Value::Empty);
    };
    Ok(match (def.column, Storage::of(def.kind, def.blank)) {
        (Column::Reference(_), _) | (_, Storage::OptionalText) => {
            row.optional_text(at)?.map_or(Value::Empty, Value::text)
        }
        (_, Storage::Text) => Value::text(row.text(at)?),
        (_, Storage::OptionalNumber) => {
            row.optional_number(at)?.map_or(Value::Empty, Value::Number)
        }
        (_, Storage::Number) => Value::Number(row.number(at)?),
        (_, Storage::Flag) => Value::Flag(row.flag(at)?),
        (_, Storage::List) => list(&row.text(at)?)?.tidied(def.kind, def.blank),
    })
}

fn list(json: &str) -> sqlx::Result<Value> {
    if json.is_empty() {
        return Ok(Value::Empty);
    }
    let words: Vec<String> =
        serde_json::from_str(json).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))?;
    Ok(Value::List(words))
}

/// The records of one kind with these ids; within a transaction their rows are locked for it.
pub(crate) async fn by_ids(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    ids: &[Uuid],
) -> sqlx::Result<Vec<Stored>> {
    let lock = session.lock();
    on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(rules.select());
        query.push("where p.id in (");
        let mut list = query.separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")").push(lock);
        let rows = query.build().fetch_all(&mut **conn).await?;
        rows.iter().map(|row| stored(rules, row)).collect()
    })
}

/// The records of one kind with these codes, those in the trash included.
pub(crate) async fn by_codes(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    codes: &[&str],
) -> sqlx::Result<Vec<Stored>> {
    on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(rules.select());
        query.push("where p.").push(rules.kind.code().short_key()).push(" in (");
        let mut list = query.separated(",");
        for code in codes {
            list.push_bind((*code).to_owned());
        }
        query.push(")");
        let rows = query.build().fetch_all(&mut **conn).await?;
        rows.iter().map(|row| stored(rules, row)).collect()
    })
}
