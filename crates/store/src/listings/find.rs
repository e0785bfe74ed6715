//! Giving listings out.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use domain::channel::{Listing, ParentRef};
use domain::error::Result;
use domain::values::RecordId;

use super::row::{COLUMNS, ListedListing};
use super::which::WhichListings;
use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use crate::word::word;

/// Of the listings of a channel that stand in one way, those behind a place for which this holds.
fn page_of(condition: &str) -> String {
    format!(
        "{COLUMNS}where l.channel_id = ? and l.link = ? and l.pk > ? and {condition} \
         order by l.pk limit ?"
    )
}

impl Store {
    /// Listings of a channel behind a place, in the order in which they were seen first.
    pub async fn listings_after(
        &self,
        channel: RecordId,
        which: WhichListings<'_>,
        (after, limit): (i64, i64),
    ) -> Result<Vec<ListedListing>> {
        let parts = match which {
            WhichListings::Found(text) => {
                return self.listings_found(channel, text, (after, limit)).await;
            }
            which => which.parts().unwrap_or_default(),
        };
        let mut page: Vec<ListedListing> = Vec::new();
        for (link, condition) in parts {
            let sql = page_of(condition);
            let part: Vec<ListedListing> = retrying!(on!(&self.db, pool => {
                sqlx::query_as(AssertSqlSafe(sql.clone()))
                    .bind(channel.uuid())
                    .bind(word(link))
                    .bind(after)
                    .bind(limit)
                    .fetch_all(pool)
                    .await
            }))?;
            page.extend(part);
        }
        page.sort_unstable_by_key(|listed| listed.place);
        page.truncate(usize::try_from(limit).unwrap_or_default());
        Ok(page)
    }

    /// Those with this text in SKU, barcode or title.
    async fn listings_found(
        &self,
        channel: RecordId,
        text: &str,
        (after, limit): (i64, i64),
    ) -> Result<Vec<ListedListing>> {
        let pattern = format!("%{}%", escaped(text));
        retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(COLUMNS);
            sql.push("where l.channel_id = ").push_bind(channel.uuid());
            sql.push(" and l.pk > ").push_bind(after).push(" and (");
            for (at, column) in ["sku", "barcode", "title"].into_iter().enumerate() {
                sql.push(if at == 0 { "" } else { " or " });
                sql.push(format!("l.{column} like ")).push_bind(pattern.clone());
                sql.push(" escape '!'");
            }
            sql.push(") order by l.pk limit ").push_bind(limit);
            sql.build_query_as().fetch_all(pool).await
        }))
    }

    /// These listings, as far as they are there.
    pub async fn listings(&self, ids: &[RecordId]) -> Result<Vec<Listing>> {
        self.listings_by("id", ids, None).await
    }

    /// The listings of these products, in all channels or in one.
    pub async fn listings_of(
        &self,
        records: &[RecordId],
        channel: Option<RecordId>,
    ) -> Result<Vec<Listing>> {
        self.listings_by("record_id", records, channel).await
    }

    async fn listings_by(
        &self,
        column: &'static str,
        ids: &[RecordId],
        channel: Option<RecordId>,
    ) -> Result<Vec<Listing>> {
        let mut found = Vec::new();
        for ids in ids.chunks(IN_LIST) {
            let rows: Vec<ListedListing> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(COLUMNS);
                sql.push(format!("where l.{column} in ("));
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(id.uuid());
                }
                sql.push(")");
                if let Some(channel) = channel {
                    sql.push(" and l.channel_id = ").push_bind(channel.uuid());
                }
                sql.build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(|row| row.listing));
        }
        Ok(found)
    }

    /// The listings of a channel that variants name as their parents.
    pub async fn listings_named(
        &self,
        channel: RecordId,
        names: &[ParentRef],
    ) -> Result<Vec<Listing>> {
        let (mut ids, mut skus) = (Vec::new(), Vec::new());
        for name in names {
            match name {
                ParentRef::Id(id) => ids.push(id.clone()),
                ParentRef::Sku(sku) => skus.push(sku.clone()),
            }
        }
        let mut found = Vec::new();
        for (column, texts) in [("remote_id", ids), ("sku", skus)] {
            for texts in texts.chunks(IN_LIST) {
                let rows: Vec<ListedListing> = retrying!(on!(&self.db, DB, pool => {
                    let mut sql = QueryBuilder::<DB>::new(COLUMNS);
                    sql.push("where l.channel_id = ").push_bind(channel.uuid());
                    sql.push(format!(" and l.{column} in ("));
                    let mut list = sql.separated(",");
                    for text in texts {
                        list.push_bind(text.clone());
                    }
                    sql.push(")").build_query_as().fetch_all(pool).await
                }))?;
                found.extend(rows.into_iter().map(|row| row.listing));
            }
        }
        Ok(found)
    }

    /// How many listings of a channel have each of these SKUs, exactly as written.
    pub async fn count_by_sku(
        &self,
        channel: RecordId,
        skus: &[&str],
    ) -> Result<HashMap<String, i64>> {
        self.count_by("sku", channel, skus).await
    }

    /// How many listings of a channel have each of these barcodes.
    pub async fn count_by_barcode(
        &self,
        channel: RecordId,
        barcodes: &[&str],
    ) -> Result<HashMap<String, i64>> {
        self.count_by("barcode", channel, barcodes).await
    }

    async fn count_by(
        &self,
        column: &'static str,
        channel: RecordId,
        texts: &[&str],
    ) -> Result<HashMap<String, i64>> {
        let mut counts = HashMap::new();
        for texts in texts.chunks(IN_LIST) {
            let rows: Vec<(String, i64)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(format!(
                    "select {column}, count(*) from listings where gone = 0 and channel_id = "
                ));
                sql.push_bind(channel.uuid()).push(format!(" and {column} in ("));
                let mut list = sql.separated(",");
                for text in texts {
                    list.push_bind((*text).to_owned());
                }
                sql.push(format!(") group by {column}")).build_query_as().fetch_all(pool).await
            }))?;
            counts.extend(rows);
        }
        Ok(counts)
    }

    /// Active products without a listing in a channel, behind this one, in the order of their ids.
    pub async fn unlisted(
        &self,
        channel: RecordId,
        after: RecordId,
        limit: i64,
    ) -> Result<Vec<RecordId>> {
        let ids: Vec<Uuid> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select p.id from products p where p.id > ? and p.deleted = 0 and p.active = 1 and not exists \
                 (select 1 from listings l where l.channel_id = ? and l.record_id = p.id) \
                 order by p.id limit ?",
            )
            .bind(after.uuid())
            .bind(channel.uuid())
            .bind(limit)
            .fetch_all(pool)
            .await
        }))?;
        Ok(ids.into_iter().map(RecordId::from).collect())
    }

    /// What listings are called: the SKU of our product, or that of the shop. Other ids are passed over.
    pub(crate) async fn codes_of_listings(&self, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
        let mut codes = Vec::new();
        for ids in ids.chunks(IN_LIST) {
            codes.extend(retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select l.id, coalesce(p.sku, l.sku) from listings l \
                     left join products p on p.id = l.record_id where l.id in (",
                );
                let mut list = sql.separated(",");
                for id in ids {
                    list.push_bind(*id);
                }
                sql.push(")").build_query_as::<(Uuid, String)>().fetch_all(pool).await
            }))?);
        }
        Ok(codes)
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::channel::Sight;
    use domain::values::SystemClock;

    use super::*;

    #[tokio::test]
    async fn a_page_of_listings_is_read_in_the_order_of_one_index() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.backstock");
        let store = Store::open_sqlite(&file, Arc::new(SystemClock))
            .await
            .unwrap();
        for sight in [Sight::Whole, Sight::Open] {
            for which in [
                WhichListings::ToSync(sight),
                WhichListings::Disputed(sight),
                WhichListings::WithProblem(sight),
                WhichListings::Pending(sight),
                WhichListings::Gone,
            ] {
                for (_, condition) in which.parts().unwrap() {
                    let sql = format!("explain query plan {}", page_of(condition));
                    let plan: Vec<(i64, i64, i64, String)> = on!(&store.db, pool => {
                        sqlx::query_as(AssertSqlSafe(sql.clone())).fetch_all(pool).await
                    })
                    .unwrap();
                    let plan: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
                    let by_index =
                        "SEARCH l USING INDEX listings_by_link (channel_id=? AND link=? AND pk>?)";
                    assert_eq!(plan[0], by_index, "{condition}");
                    let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
                    assert!(!sorts, "{condition}: {plan:?}");
                }
            }
        }
        store.close().await;
    }
}
