//! The search in the history: by the SKU of a product, or by what an event is called.

use sqlx::{Encode, QueryBuilder, Sqlite, Type};
use uuid::Uuid;

use crate::Store;
use crate::db::{Db, on};
use crate::kinds::{self, KindRules};
use crate::lists::search::trigrams;

/// What a search is about.
pub(super) enum Matches {
    /// There is no search.
    All,
    /// Few records: their entries are looked up.
    Few {
        records: Vec<Uuid>,
        batches: Vec<Uuid>,
    },
    /// So many that a page of entries is found soon by reading on.
    Many,
}

/// Up to how many records are few.
const FEW: usize = 500;

impl Store {
    /// The records that have the text in their codes, and the batches of people and settings that
    /// have it in their labels.
    pub(super) async fn found(&self, search: &str) -> sqlx::Result<Matches> {
        if search.is_empty() {
            return Ok(Matches::All);
        }
        if search.chars().count() < 3 {
            return Ok(Matches::Many);
        }
        let mut records = Vec::new();
        for rules in kinds::all().collect::<Vec<_>>() {
            records.extend(self.records_with(rules, search).await?);
        }
        let batches: Vec<Uuid> = on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(
                "select id from batches where origin in ('people', 'settings', 'sign_in') \
                 and lower(label) like ",
            )
            .push_bind(pattern(search))
            .push(" escape '!' limit ")
            .push_bind(limit_of(FEW + 1))
            .build_query_scalar()
            .fetch_all(pool)
            .await
        })?;
        Ok(if records.len() > FEW || batches.len() > FEW {
            Matches::Many
        } else {
            Matches::Few { records, batches }
        })
    }

    async fn records_with(
        &self,
        rules: &'static KindRules,
        search: &str,
    ) -> sqlx::Result<Vec<Uuid>> {
        let (table, code) = (rules.table, rules.kind.code().short_key());
        let indexed = rules.search_tables.iter().find(|(_, columns)| {
            let mut columns = columns.split(", ");
            columns.any(|column| column == code)
        });
        match (&self.db, indexed) {
            (Db::Sqlite { readers, .. }, Some((index, _))) => {
                QueryBuilder::<Sqlite>::new(format!(
                    "select p.id from {index} cross join {table} p on p.pk = {index}.rowid \
                     where {index} match "
                ))
                .push_bind(trigrams(&[search.to_lowercase()]))
                .push(format!(" and lower(p.{code}) like "))
                .push_bind(pattern(search))
                .push(" escape '!' limit ")
                .push_bind(limit_of(FEW + 1))
                .build_query_scalar()
                .fetch_all(readers)
                .await
            }
            (db, _) => on!(db, DB, pool => {
                QueryBuilder::<DB>::new(format!(
                    "select p.id from (select pk from {table} where lower({code}) like "
                ))
                .push_bind(pattern(search))
                .push(" escape '!' limit ")
                .push_bind(limit_of(FEW + 1))
                .push(format!(") s join {table} p on p.pk = s.pk"))
                .build_query_scalar()
                .fetch_all(pool)
                .await
            }),
        }
    }
}

fn limit_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Lets through what the search is about: the few records and batches that it found, or whatever
/// has the text in its label.
pub(super) fn push_search<DB: sqlx::Database>(
    query: &mut QueryBuilder<DB>,
    search: &str,
    found: &Matches,
) where
    Uuid: Encode<'static, DB> + Type<DB>,
    String: Encode<'static, DB> + Type<DB>,
{
    let (records, batches) = match found {
        Matches::All => return,
        Matches::Few { records, batches } => (records, batches),
        Matches::Many => {
            query.push(" and lower(case j.entity");
            for rules in kinds::all() {
                let (kind, table, code) = (rules.kind, rules.table, rules.kind.code().short_key());
                query.push(format!(
                    " when '{kind}' then coalesce((select {code} from {table} \
                     where id = j.entity_id), '')"
                ));
            }
            query.push(" else b.label end)");
            query
                .push(" like ")
                .push_bind(pattern(search))
                .push(" escape '!'");
            return;
        }
    };
    query.push(" and (1 = 0");
    for (of, ids) in [
        (" or j.entity_id in (", records),
        (
            " or b.origin in ('people', 'settings', 'sign_in') and j.batch_id in (",
            batches,
        ),
    ] {
        if ids.is_empty() {
            continue;
        }
        let mut list = query.push(of).separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
    }
    query.push(")");
}

/// What has the text anywhere in it, in lower case.
fn pattern(search: &str) -> String {
    let escaped = search
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{}%", escaped.to_lowercase())
}
