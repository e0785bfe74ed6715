//! What is unmatched, as far as it is matched by it.

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::channel::{LinkState, ParentRef};
use domain::error::Result;
use domain::values::RecordId;

use super::row::{is_whole, parent_key};
use crate::Store;
use crate::db::on;
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use crate::word::word;

/// A listing that is matched with no product yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmatchedListing {
    /// Where it stands in the table: pages go on behind it.
    pub place: i64,
    /// Which.
    pub id: RecordId,
    /// Its id in the shop.
    pub remote_id: String,
    /// Its SKU; empty where it has none, and of one that is too long for a product's.
    pub sku: String,
    /// Its barcode; the same.
    pub barcode: String,
    /// Whether it has variants.
    pub is_parent: bool,
    /// Whether the shop has it no more.
    pub gone: bool,
}

impl UnmatchedListing {
    /// By what its variants may name it.
    pub fn names(&self) -> Vec<ParentRef> {
        let mut names = vec![ParentRef::Id(self.remote_id.clone())];
        if !self.sku.is_empty() {
            names.push(ParentRef::Sku(self.sku.clone()));
        }
        names
    }
}

impl Store {
    /// What is known of the unmatched listings of a channel behind a place by which they are matched, in the
    /// order in which they were seen first.
    pub async fn unmatched_after(
        &self,
        channel: RecordId,
        (after, limit): (i64, i64),
    ) -> Result<Vec<UnmatchedListing>> {
        type Row = (i64, Uuid, Option<String>, String, String, bool, bool);
        let rows: Vec<Row> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select pk, id, remote_id, sku, barcode, is_parent, gone from listings \
                 where channel_id = ? and link = ? and pk > ? order by pk limit ?",
            )
            .bind(channel.uuid())
            .bind(word(LinkState::Unmatched))
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await
        }))?;
        let whole = |text: String| Some(text).filter(|text| is_whole(text)).unwrap_or_default();
        let rows = rows.into_iter();
        Ok(rows
            .map(
                |(place, id, remote_id, sku, barcode, is_parent, gone)| UnmatchedListing {
                    place,
                    id: id.into(),
                    remote_id: remote_id.unwrap_or_default(),
                    sku: whole(sku),
                    barcode: whole(barcode),
                    is_parent,
                    gone,
                },
            )
            .collect())
    }

    /// The parents of the products that the variants of these parents of a channel are linked with, by the
    /// names that they give them: none where a product is no variant.
    pub async fn parents_of_variants(
        &self,
        channel: RecordId,
        parents: &[ParentRef],
    ) -> Result<Vec<(String, Option<RecordId>)>> {
        let keys: Vec<String> = parents.iter().map(|name| parent_key(Some(name))).collect();
        let mut found = Vec::new();
        for keys in keys.chunks(IN_LIST) {
            let rows: Vec<(String, Option<Uuid>)> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select distinct l.parent, p.parent_id from listings l \
                     join products p on p.id = l.record_id where l.gone = 0 and l.channel_id = ",
                );
                sql.push_bind(channel.uuid()).push(" and l.parent in (");
                let mut list = sql.separated(",");
                for key in keys {
                    list.push_bind(key.clone());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(
                rows.into_iter()
                    .map(|(key, id)| (key, id.map(RecordId::from))),
            );
        }
        Ok(found)
    }
}
