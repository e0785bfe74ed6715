//! What the records of the history are called.

use std::collections::{BTreeSet, HashMap};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::record::Kind;

use super::entry_row::EntryRow;
use super::json::{KeyedChange, from_json};
use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::fault::Told;
use crate::kinds::{self, KindRules};
use crate::retry::retrying;

/// The code of a record that was deleted for good, as far as an entry knows it.
pub(super) fn code_in(kind: Kind, changes: &[KeyedChange]) -> String {
    let code = changes
        .iter()
        .find(|change| change.field == Some(kind.code()));
    let text = code.and_then(|change| change.new.as_text().or(change.old.as_text()));
    text.unwrap_or_default().to_owned()
}

impl Store {
    /// The codes of the records that entries are about: as they are now, of one that was deleted for
    /// good as it was last.
    pub(super) async fn codes_of(&self, rows: &[EntryRow]) -> Result<HashMap<Uuid, String>> {
        let mut codes = HashMap::new();
        for rules in kinds::all().collect::<Vec<_>>() {
            let of_kind = rows.iter().filter(|row| row.kind == rules.kind.key());
            let ids: BTreeSet<Uuid> = of_kind.map(|row| row.record_id).collect();
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for ids in ids.chunks(IN_LIST) {
                codes.extend(retrying!(self.codes(rules, ids).await)?);
            }
            let gone = ids.into_iter().filter(|id| !codes.contains_key(id));
            let gone: Vec<Uuid> = gone.collect();
            for ids in gone.chunks(IN_LIST) {
                codes.extend(self.codes_at_the_end(rules.kind, ids).await?);
            }
        }
        let others = rows
            .iter()
            .filter(|row| !codes.contains_key(&row.record_id));
        let others: Vec<Uuid> = others.map(|row| row.record_id).collect();
        codes.extend(self.codes_of_listings(&others).await?);
        Ok(codes)
    }

    /// The codes that records had when they were deleted for good.
    async fn codes_at_the_end(&self, kind: Kind, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
        let ends = self.ends_of(kind, ids).await?.into_iter();
        Ok(ends
            .map(|(id, changes)| (id, code_in(kind, &changes)))
            .collect())
    }

    /// What records lost when they were deleted for good: all that they were.
    pub(super) async fn ends_of(
        &self,
        kind: Kind,
        ids: &[Uuid],
    ) -> Result<Vec<(Uuid, Vec<KeyedChange>)>> {
        let ends: Vec<(Uuid, String)> = retrying!(on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(
                "select entity_id, changes from journal where operation = 'purge' and entity_id in (",
            );
            let mut list = query.separated(",");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")").build_query_as().fetch_all(pool).await
        }))?;
        let ends = ends
            .into_iter()
            .map(|(id, changes)| Ok((id, from_json(kind, "purge", &changes)?)));
        ends.collect::<sqlx::Result<_>>().told()
    }

    /// The codes of these records, those in the trash included.
    async fn codes(
        &self,
        rules: &'static KindRules,
        ids: &[Uuid],
    ) -> sqlx::Result<Vec<(Uuid, String)>> {
        let code = rules.kind.code().short_key();
        on!(&self.db, DB, pool => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select id, {code} from {} where id in (", rules.table
            ));
            let mut list = query.separated(",");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")").build_query_as().fetch_all(pool).await
        })
    }
}
