//! Giving listings out.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::channel::{LinkState, Listing, ParentRef, Sight};
use domain::error::Result;
use domain::values::RecordId;

use super::row::{COLUMNS, ListedListing};
use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use crate::word::word;

/// Which listings of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichListings<'a> {
    /// Those that stand so to our products.
    Link(LinkState),
    /// Those of which something is to be synced: linked ones of which a side changed, and those that are
    /// wanted on one side.
    ToSync(Sight),
    /// Those of which both sides changed the same field, as far as a plan told.
    Disputed(Sight),
    /// Everything that is linked.
    Linked,
    /// Those that something keeps from being in step.
    WithProblem(Sight),
    /// Those of which something is on its way.
    Pending(Sight),
    /// Those that are linked, and gone from the shop.
    Gone,
    /// Those with this text in SKU, barcode or title.
    Found(&'a str),
}

/// How many listings of a channel there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListingCounts {
    /// Linked, and still in the shop.
    pub linked: i64,
    /// Of which no user has said yet what they are.
    pub unmatched: i64,
    /// Left alone.
    pub ignored: i64,
    /// To be created here.
    pub wanted_here: i64,
    /// To be created in the shop.
    pub wanted_there: i64,
    /// Linked, and gone from the shop.
    pub gone: i64,
    /// With a problem.
    pub problems: i64,
    /// On their way.
    pub pending: i64,
    /// Of which something is to be synced.
    pub to_sync: i64,
    /// Of which both sides changed the same field.
    pub disputed: i64,
}

/// What holds for listings of which something is to be synced.
const fn to_sync(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => {
            "(l.link = 'linked' and l.gone = 0 and (l.dirty = 1 or l.agreed_version <> \
             (select p.version from products p where p.id = l.record_id)) \
             or l.link in ('wanted_here', 'wanted_there'))"
        }
        Sight::Open => {
            "(l.link = 'linked' and l.gone = 0 and (l.open_dirty = 1 or l.open_version <> \
             (select p.version from products p where p.id = l.record_id)) \
             or l.link in ('wanted_here', 'wanted_there'))"
        }
    }
}

/// What holds for listings of which both sides changed the same field.
const fn disputed(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => "l.link = 'linked' and l.gone = 0 and l.dispute > 0",
        Sight::Open => "l.link = 'linked' and l.gone = 0 and l.dispute = 1",
    }
}

/// What holds for listings that something keeps from being in step.
const fn with_problem(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => "l.problem is not null",
        Sight::Open => "l.problem is not null and l.hidden_problem = 0",
    }
}

/// What holds for listings of which something is on its way.
const fn pending(sight: Sight) -> &'static str {
    match sight {
        Sight::Whole => "l.pending is not null",
        Sight::Open => "l.pending is not null and l.hidden_pending = 0",
    }
}

impl Store {
    /// Listings of a channel behind a place, in the order in which they were seen first.
    pub async fn listings_after(
        &self,
        channel: RecordId,
        which: WhichListings<'_>,
        (after, limit): (i64, i64),
    ) -> Result<Vec<ListedListing>> {
        retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(COLUMNS);
            sql.push("where l.channel_id = ").push_bind(channel.uuid());
            sql.push(" and l.pk > ").push_bind(after).push(" and ");
            match which {
                WhichListings::Link(link) => {
                    sql.push("l.link = ").push_bind(word(link));
                }
                WhichListings::ToSync(sight) => {
                    sql.push(to_sync(sight));
                }
                WhichListings::Disputed(sight) => {
                    sql.push(disputed(sight));
                }
                WhichListings::Linked => {
                    sql.push("l.link = 'linked'");
                }
                WhichListings::WithProblem(sight) => {
                    sql.push(with_problem(sight));
                }
                WhichListings::Pending(sight) => {
                    sql.push(pending(sight));
                }
                WhichListings::Gone => {
                    sql.push("l.link = 'linked' and l.gone = 1");
                }
                WhichListings::Found(text) => {
                    let pattern = format!("%{}%", escaped(text));
                    for (at, column) in ["sku", "barcode", "title"].into_iter().enumerate() {
                        sql.push(if at == 0 { "(" } else { " or " });
                        sql.push(format!("l.{column} like ")).push_bind(pattern.clone());
                        sql.push(" escape '!'");
                    }
                    sql.push(")");
                }
            }
            sql.push(" order by l.pk limit ").push_bind(limit);
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

    /// How many listings of a channel there are of each sort.
    pub async fn count_listings(&self, channel: RecordId, sight: Sight) -> Result<ListingCounts> {
        let by_link: Vec<(String, bool, i64)> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select link, gone, count(*) from listings where channel_id = ? group by link, gone",
            )
            .bind(channel.uuid())
            .fetch_all(pool)
            .await
        }))?;
        let mut counts = ListingCounts::default();
        for (link, gone, count) in by_link {
            match (link.as_str(), gone) {
                ("linked", false) => counts.linked += count,
                ("linked", true) => counts.gone += count,
                ("unmatched", false) => counts.unmatched += count,
                ("ignored", _) => counts.ignored += count,
                ("wanted_here", _) => counts.wanted_here += count,
                ("wanted_there", _) => counts.wanted_there += count,
                _ => {}
            }
        }
        let count = |condition: &'static str| async move {
            let sql =
                format!("select count(*) from listings l where l.channel_id = ? and {condition}");
            let count: i64 = retrying!(on!(&self.db, pool => {
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql.clone()))
                    .bind(channel.uuid())
                    .fetch_one(pool)
                    .await
            }))?;
            Ok::<i64, domain::error::Error>(count)
        };
        counts.problems = count(with_problem(sight)).await?;
        counts.pending = count(pending(sight)).await?;
        counts.to_sync = count(to_sync(sight)).await?;
        counts.disputed = count(disputed(sight)).await?;
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
