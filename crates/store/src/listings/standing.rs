//! How products stand in shops, in a word each, for lists of products.

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::catalog::InShop;
use domain::channel::{ItemState, LinkState, Sight};
use domain::error::Result;
use domain::values::RecordId;

use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use crate::word::{from_word, word};

/// The columns that say how a product stands; the state of the item is a word of its JSON.
fn standing(sight: Sight) -> String {
    let (waits, failed, pending) = match sight {
        Sight::Whole => (
            "l.dirty = 1 or l.agreed_version <> p.version",
            "l.has_problem > 0",
            "l.has_pending > 0",
        ),
        Sight::Open => (
            "l.open_dirty = 1 or l.open_version <> p.version",
            "l.has_problem = 1",
            "l.has_pending = 1",
        ),
    };
    format!(
        "select l.record_id, l.channel_id, l.link, l.gone, \
         case when {failed} then 1 else 0 end, \
         case when {pending} then 1 else 0 end, case when {waits} then 1 else 0 end, \
         cast(json_extract(l.item, '$.state') as char(20)) \
         from listings l join products p on p.id = l.record_id where l.link in ('linked', 'wanted_there') "
    )
}

type Row = (Uuid, Uuid, String, bool, i64, i64, i64, Option<String>);

impl Store {
    /// How these products stand in shops: product, channel, and the word for it.
    pub async fn standing_in_shops(
        &self,
        records: &[RecordId],
        sight: Sight,
    ) -> Result<Vec<(RecordId, RecordId, InShop)>> {
        let mut found = Vec::new();
        for records in records.chunks(IN_LIST) {
            found.extend(retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(standing(sight));
                sql.push("and l.record_id in (");
                let mut list = sql.separated(",");
                for record in records {
                    list.push_bind(record.uuid());
                }
                let rows: Vec<Row> = sql.push(")").build_query_as().fetch_all(pool).await?;
                rows.into_iter().map(told).collect::<sqlx::Result<Vec<_>>>()
            }))?);
        }
        Ok(found)
    }
}

/// The most telling word for a row.
fn told(row: Row) -> sqlx::Result<(RecordId, RecordId, InShop)> {
    let (record, channel, link, gone, failed, pending, waiting, state) = row;
    let stands = match link == word(LinkState::WantedThere) {
        _ if failed == 1 => InShop::Failed,
        true => InShop::Wanted,
        _ if gone => InShop::Gone,
        _ if pending == 1 => InShop::Pending,
        _ if waiting == 1 => InShop::Waiting,
        _ => {
            // One database gives the word of the JSON in its quotes.
            let state = state.unwrap_or_default().trim_matches('"').to_owned();
            match from_word(state)? {
                ItemState::Live => InShop::Live,
                ItemState::Hidden => InShop::Hidden,
                ItemState::Archived => InShop::Archived,
            }
        }
    };
    Ok((record.into(), channel.into(), stands))
}
