//! Reading records of any kind: by id, by code, by family; and what a record that is planned would
//! meet.

use std::collections::HashMap;

use futures_util::future::try_join;
use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::{Error, Result};
use domain::record::{Field, Kind, Record};
use domain::values::RecordId;

use super::Store;
use super::apply::before::Wanted;
use super::apply::family::children;
use super::apply::neighbours::{Children, Neighbours, Refusal};
use super::db::on;
use super::dialect::IN_LIST;
use super::kinds::{KindRules, rules};
use super::record_row::{self, stored};
use super::retry::retrying;

/// What a record has in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldText {
    /// Where it stands in the table.
    pub place: i64,
    /// What identifies the record.
    pub code: String,
    /// The text.
    pub text: String,
}

/// Keys in two halves that are looked up beside each other: a file has two connections that read.
fn halves<K>(keys: &[K]) -> [&[K]; 2] {
    let lists = keys.len().div_ceil(IN_LIST);
    let (one, other) = keys.split_at(lists / 2 * IN_LIST);
    [one, other]
}

impl Store {
    /// Whether there is no record of a kind at all, the trash included.
    pub async fn is_empty(&self, kind: Kind) -> Result<bool> {
        let rules = rules(kind)?;
        let first: Option<i64> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new("select pk from ")
                .push(rules.table)
                .push(" limit 1")
                .build_query_scalar()
                .fetch_optional(pool)
                .await
        }))?;
        Ok(first.is_none())
    }

    /// One record, whether or not it lies in the trash.
    pub async fn get(&self, kind: Kind, id: RecordId) -> Result<Record> {
        let found = self.get_many(kind, &[id]).await?.pop();
        found.ok_or_else(|| {
            let label = kind.def().label;
            Error::not_found(format!("There is no such {label} any more."))
                .hint("Refresh the list.")
        })
    }

    /// The records with these ids that exist, in the order of the ids.
    pub async fn get_many(&self, kind: Kind, ids: &[RecordId]) -> Result<Vec<Record>> {
        let rules = rules(kind)?;
        let uuids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        let [one, other] = halves(&uuids);
        let reading = try_join(self.with_ids(rules, one), self.with_ids(rules, other));
        let (one, other) = reading.await?;
        let rows = one.into_iter().chain(other);
        let mut found: HashMap<RecordId, Record> = rows.map(|record| (record.id, record)).collect();
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    async fn with_ids(&self, rules: &'static KindRules, ids: &[Uuid]) -> Result<Vec<Record>> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(IN_LIST) {
            let rows = retrying!({
                let mut reading = self.db.reading().await?;
                record_row::by_ids(&mut reading.session(), rules, ids).await
            })?;
            found.extend(rows.into_iter().map(|row| row.record));
        }
        Ok(found)
    }

    /// The records with these codes, those in the trash included, in no particular order.
    pub async fn find_by_codes(&self, kind: Kind, codes: &[&str]) -> Result<Vec<Record>> {
        let rules = rules(kind)?;
        let [one, other] = halves(codes);
        let reading = try_join(self.with_codes(rules, one), self.with_codes(rules, other));
        let (mut found, more) = reading.await?;
        found.extend(more);
        Ok(found)
    }

    async fn with_codes(&self, rules: &'static KindRules, codes: &[&str]) -> Result<Vec<Record>> {
        let mut found = Vec::with_capacity(codes.len());
        for codes in codes.chunks(IN_LIST) {
            let rows = retrying!({
                let mut reading = self.db.reading().await?;
                record_row::by_codes(&mut reading.session(), rules, codes).await
            })?;
            found.extend(rows.into_iter().map(|row| row.record));
        }
        Ok(found)
    }

    /// The records with one of these texts in a field of their own, those in the trash included, in no
    /// particular order; only those that refer to another record by a field, when one is given.
    pub async fn find_by_texts(
        &self,
        field: Field,
        texts: &[&str],
        of: Option<(Field, RecordId)>,
    ) -> Result<Vec<Record>> {
        let (Field::Fixed(kind, _), Some(def)) = (field, field.def()) else {
            return Ok(Vec::new());
        };
        let rules = rules(kind)?;
        let of = of.and_then(|(field, id)| Some((field.reference()?.column, id)));
        let [one, other] = halves(texts);
        let has = |texts| self.with_texts(rules, (def.key, texts), of);
        let (mut found, more) = try_join(has(one), has(other)).await?;
        found.extend(more);
        Ok(found)
    }

    async fn with_texts(
        &self,
        rules: &'static KindRules,
        (column, texts): (&'static str, &[&str]),
        of: Option<(&'static str, RecordId)>,
    ) -> Result<Vec<Record>> {
        let mut found = Vec::with_capacity(texts.len());
        for texts in texts.chunks(IN_LIST) {
            found.extend(retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(rules.select());
                sql.push("where ");
                if let Some((column, id)) = of {
                    // The trash stands in the index between the reference and the text.
                    sql.push("p.deleted in (0, 1) and p.").push(column).push(" = ");
                    sql.push_bind(id.uuid()).push(" and ");
                }
                sql.push("p.").push(column).push(" in (");
                let mut list = sql.separated(",");
                for text in texts {
                    list.push_bind((*text).to_owned());
                }
                let rows = sql.push(")").build().fetch_all(pool).await?;
                let rows = rows.iter().map(|row| Ok(stored(rules, row)?.record));
                rows.collect::<sqlx::Result<Vec<Record>>>()
            }))?);
        }
        Ok(found)
    }

    /// The codes after this one, in the database's order; those in the trash left out.
    pub async fn codes_after(&self, kind: Kind, after: &str, limit: i64) -> Result<Vec<String>> {
        let rules = rules(kind)?;
        let code = kind.code().short_key();
        retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(format!(
                "select {code} from {} where deleted = 0 and {code} > ", rules.table
            ));
            sql.push_bind(after.to_owned());
            sql.push(format!(" order by {code} limit ")).push_bind(limit);
            sql.build_query_scalar().fetch_all(pool).await
        }))
    }

    /// The records after this place that have a text in a field, in the order of the table; those in
    /// the trash left out.
    pub async fn texts_after(
        &self,
        field: Field,
        after: i64,
        limit: i64,
    ) -> Result<Vec<FieldText>> {
        let Field::Fixed(kind, _) = field else {
            return Ok(Vec::new());
        };
        let rules = rules(kind)?;
        let (code, column) = (kind.code().short_key(), field.short_key());
        let rows: Vec<(i64, String, String)> = retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(format!(
                "select pk, {code}, {column} from {} where deleted = 0 and {column} <> '' and pk > ",
                rules.table
            ));
            sql.push_bind(after);
            sql.push(" order by pk limit ").push_bind(limit);
            sql.build_query_as().fetch_all(pool).await
        }))?;
        let texts = rows.into_iter();
        Ok(texts
            .map(|(place, code, text)| FieldText { place, code, text })
            .collect())
    }

    /// How many records name each of these as their parent, where any does.
    pub async fn children(
        &self,
        kind: Kind,
        ids: &[RecordId],
    ) -> Result<HashMap<RecordId, Children>> {
        let rules = rules(kind)?;
        let mut found = HashMap::new();
        let uuids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        for ids in uuids.chunks(IN_LIST) {
            found.extend(retrying!({
                let mut reading = self.db.reading().await?;
                children(&mut reading.session(), rules, ids).await
            })?);
        }
        Ok(found)
    }

    /// The children of these records that lie in the trash, or those that do not.
    pub async fn children_of(
        &self,
        kind: Kind,
        parents: &[RecordId],
        trashed: bool,
    ) -> Result<Vec<Record>> {
        let rules = rules(kind)?;
        let Some(reference) = kind.parent_field().and_then(Field::reference) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for ids in parents.chunks(IN_LIST) {
            found.extend(retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(rules.select());
                sql.push("where +p.deleted = ").push_bind(i64::from(trashed));
                sql.push(" and p.").push(reference.column).push(" in (");
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                let rows = sql.push(")").build().fetch_all(pool).await?;
                let rows = rows.iter().map(|row| Ok(stored(rules, row)?.record));
                rows.collect::<sqlx::Result<Vec<Record>>>()
            }))?);
        }
        Ok(found)
    }

    /// What these records, as they are planned, would meet.
    pub async fn neighbours(&self, records: &[Record]) -> Result<Neighbours> {
        retrying!({
            let mut wanted = Wanted::default();
            for record in records {
                wanted.place_of(record);
            }
            let mut neighbours = Neighbours::default();
            let mut reading = self.db.reading().await?;
            wanted.read(&mut reading.session(), &mut neighbours).await?;
            Ok(neighbours)
        })
    }
}

impl Neighbours {
    /// Holds a planned record against the others, as writing it will.
    pub fn check(&self, record: &mut Record) -> std::result::Result<(), Refusal> {
        match rules(record.kind) {
            Ok(rules) => {
                self.place(rules, record)?;
                match self.is_named_anew(record) {
                    true => self.place_names(record),
                    false => Ok(()),
                }
            }
            Err(_) => Ok(()),
        }
    }
}

/// A text of a record that only one may have among those with the same reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniqueText {
    /// The field where a user would mend it.
    pub field: Field,
    /// What people call it: `options`.
    pub what: &'static str,
    /// The code of the record within which it is unique.
    pub within: String,
    /// The text.
    pub text: String,
}

/// The texts of a record that must be unique.
pub fn unique_texts(record: &Record) -> Vec<UniqueText> {
    let Ok(rules) = rules(record.kind) else {
        return Vec::new();
    };
    let texts = rules.unique.iter().filter_map(|unique| {
        let within = record.fields.text(unique.within);
        let text = (unique.value)(record).filter(|_| !within.is_empty())?;
        Some(UniqueText {
            field: unique.from[0],
            what: unique.what,
            within: within.to_owned(),
            text,
        })
    });
    texts.collect()
}
