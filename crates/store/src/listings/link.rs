//! Saying which product a listing is.
//!
//! A plus keeps SQLite from seeking by a column. Where it knows no statistics it takes a channel for a few rows,
//! and would go through all of a large one for each page of ids.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::channel::LinkState;
use domain::error::Result;
use domain::values::RecordId;

use super::many::{Place, Rows};
use crate::bind::Bind;
use crate::db::{Tx, on, on_tx};
use crate::dialect::IN_LIST;
use crate::retry::retrying;
use crate::word::word;
use crate::{Store, changes};

/// What a listing is from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linking {
    /// Which listing.
    pub listing: RecordId,
    /// How it stands to our products.
    pub link: LinkState,
    /// Our product, of one that is linked.
    pub record: Option<RecordId>,
}

impl Store {
    /// Says what listings are. One whose product is another listing's meanwhile stays as it is, as does one
    /// that a person linked since; gives which were changed.
    pub async fn link_listings(
        &self,
        channel: RecordId,
        links: &[Linking],
    ) -> Result<Vec<RecordId>> {
        let mut changed = Vec::new();
        for links in links.chunks(IN_LIST) {
            changed.extend(retrying!({
                let mut tx = self.db.begin_patiently().await?;
                let changed = link_some(&mut tx, channel, links).await?;
                changes::record(&mut tx, self.now(), None).await?;
                tx.commit().await?;
                Ok(changed)
            })?);
        }
        Ok(changed)
    }

    /// Wants products created in the shop: those without a listing in this channel. Gives how many.
    pub async fn want_there(&self, channel: RecordId, records: &[RecordId]) -> Result<u64> {
        let mut wanted = 0;
        for records in records.chunks(IN_LIST) {
            wanted += retrying!({
                let mut tx = self.db.begin_patiently().await?;
                let dialect = tx.dialect();
                let made = on_tx!(&mut tx, DB, conn => {
                    let mut sql = QueryBuilder::<DB>::new(dialect.insert_missing_into());
                    sql.push("listings (id, channel_id, link, record_id, agreed, own_values) ");
                    sql.push_values(records, |mut row, record| {
                        row.push_bind(RecordId::new().uuid())
                            .push_bind(channel.uuid())
                            .push_bind(word(LinkState::WantedThere))
                            .push_bind(record.uuid())
                            .push_bind("")
                            .push_bind("");
                    });
                    sql.build().execute(conn).await.map(|done| done.rows_affected())
                })?;
                changes::record(&mut tx, self.now(), None).await?;
                tx.commit().await?;
                Ok(made)
            })?;
        }
        Ok(wanted)
    }

    /// Forgets that products were wanted in a shop that does not have them yet.
    pub async fn unwant_there(&self, channel: RecordId, listings: &[RecordId]) -> Result<u64> {
        let mut gone = 0;
        for ids in listings.chunks(IN_LIST) {
            gone += retrying!({
                let mut tx = self.db.begin_patiently().await?;
                let deleted = on_tx!(&mut tx, DB, conn => {
                    let mut sql = QueryBuilder::<DB>::new("delete from listings where +channel_id = ");
                    sql.push_bind(channel.uuid());
                    sql.push(" and +remote_id is null and pending is null and id in (");
                    let mut list = sql.separated(",");
                    for id in ids {
                        list.push_bind(id.uuid());
                    }
                    sql.push(")").build().execute(conn).await.map(|done| done.rows_affected())
                })?;
                changes::record(&mut tx, self.now(), None).await?;
                tx.commit().await?;
                Ok(deleted)
            })?;
        }
        Ok(gone)
    }

    /// Forgets what is known of a channel that is not there any more: its listings, how it was read, its log.
    pub async fn forget_channel(&self, channel: RecordId) -> Result<()> {
        for table in [
            "listings",
            "channel_readings",
            "channel_exchanges",
            "sync_turns",
        ] {
            let sql = format!("delete from {table} where channel_id = ?");
            retrying!(on!(&self.db, pool => {
                sqlx::query(sqlx::AssertSqlSafe(sql.clone()))
                    .bind(channel.uuid())
                    .execute(pool)
                    .await
                    .map(drop)
            }))?;
        }
        Ok(())
    }

    /// Links what was wanted here and is here now; gives how many.
    pub async fn link_created(&self, channel: RecordId) -> Result<u64> {
        let (linked, wanted) = (word(LinkState::Linked), word(LinkState::WantedHere));
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let done = on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update listings set link = ?, dirty = 1, open_dirty = 1 where channel_id = ? and link = ? and \
                     record_id in (select id from products)",
                )
                .bind(&linked)
                .bind(channel.uuid())
                .bind(&wanted)
                .execute(conn)
                .await
                .map(|done| done.rows_affected())
            })?;
            tx.commit().await?;
            Ok(done)
        })
    }
}

/// A listing as far as it matters for what it may be.
struct Standing {
    pk: i64,
    record: Option<RecordId>,
    /// Whether the shop has it, or is asked for it: then its product is no other listing's.
    is_held: bool,
    is_pending: bool,
}

/// Changes listings, unless their product is taken or what they are was said since.
async fn link_some(
    tx: &mut Tx,
    channel: RecordId,
    links: &[Linking],
) -> sqlx::Result<Vec<RecordId>> {
    let mut standing = standing(tx, channel, links).await?;
    let before: HashMap<RecordId, Option<RecordId>> =
        standing.iter().map(|(id, one)| (*id, one.record)).collect();
    let mut holders: HashMap<RecordId, RecordId> = HashMap::new();
    for (id, one) in standing.iter().filter(|(_, one)| one.is_held) {
        holders.extend(one.record.map(|record| (record, *id)));
    }
    let mut decided: BTreeMap<RecordId, Linking> = BTreeMap::new();
    for linking in links {
        let Some(one) = standing.get_mut(&linking.listing) else {
            continue;
        };
        let holder = linking.record.and_then(|record| holders.get(&record));
        if one.is_pending || holder.is_some_and(|holder| *holder != linking.listing) {
            continue;
        }
        if let Some(before) = one.record.take() {
            holders.remove(&before);
        }
        if let (Some(record), true) = (linking.record, one.is_held) {
            holders.insert(record, linking.listing);
        }
        one.record = linking.record;
        decided.insert(linking.listing, *linking);
    }
    let decided: Vec<Linking> = decided.into_values().collect();
    forget_wanted(tx, channel, &decided).await?;
    let taken: HashSet<RecordId> = decided.iter().filter_map(|one| one.record).collect();
    // What one of them gives up another one may take.
    let mut given_up = Rows::of(&["record_id"]);
    let mut rows = Rows::of(&LINKED);
    for linking in &decided {
        let Some(one) = standing.get(&linking.listing) else {
            continue;
        };
        let place = Place {
            pk: one.pk,
            id: linking.listing.uuid(),
            channel: channel.uuid(),
        };
        let before = before.get(&linking.listing).copied().flatten();
        if before != linking.record && before.is_some_and(|before| taken.contains(&before)) {
            given_up.add(place, [Bind::Id(None)]);
        }
        rows.add(place, of_linking(linking));
    }
    given_up.write(tx).await?;
    rows.write(tx).await?;
    Ok(decided.iter().map(|linking| linking.listing).collect())
}

fn of_linking(linking: &Linking) -> [Bind; 10] {
    [
        Bind::Text(word(linking.link)),
        Bind::Id(linking.record.map(RecordId::uuid)),
        Bind::Flag(true),
        Bind::Flag(true),
        Bind::Number(0),
        Bind::Text(String::new()),
        Bind::Number(0),
        Bind::Number(0),
        Bind::OptionalText(None),
        Bind::Flag(false),
    ]
}

/// What is written of a listing that is linked.
const LINKED: [&str; 10] = [
    "link",
    "record_id",
    "dirty",
    "open_dirty",
    "dispute",
    "agreed",
    "agreed_version",
    "open_version",
    "problem",
    "has_problem",
];

/// How these listings stand, and those that hold the products that they are to be.
async fn standing(
    tx: &mut Tx,
    channel: RecordId,
    links: &[Linking],
) -> sqlx::Result<HashMap<RecordId, Standing>> {
    let lock = tx.dialect().for_update();
    let ids = links.iter().map(|linking| linking.listing.uuid()).collect();
    let records = links.iter().filter_map(|linking| linking.record);
    let records: Vec<Uuid> = records.map(RecordId::uuid).collect();
    let mut found = HashMap::new();
    for (column, ids) in [("id", ids), ("record_id", records)] {
        if ids.is_empty() {
            continue;
        }
        let rows: Vec<(i64, Uuid, Option<Uuid>, i64, i64)> = on_tx!(&mut *tx, DB, conn => {
            let mut sql = QueryBuilder::<DB>::new(
                "select pk, id, record_id, remote_id is not null, pending is not null \
                 from listings where ",
            );
            let of = if column == "id" { "+channel_id" } else { "channel_id" };
            sql.push(of).push(" = ").push_bind(channel.uuid());
            sql.push(format!(" and {column} in ("));
            let mut list = sql.separated(",");
            for id in &ids {
                list.push_bind(*id);
            }
            sql.push(")").push(lock).build_query_as().fetch_all(conn).await
        })?;
        found.extend(
            rows.into_iter()
                .map(|(pk, id, record, is_there, is_pending)| {
                    let one = Standing {
                        pk,
                        record: record.map(RecordId::from),
                        is_held: is_there + is_pending > 0,
                        is_pending: is_pending > 0,
                    };
                    (RecordId::from(id), one)
                }),
        );
    }
    Ok(found)
}

/// What was wanted in the shop is there already, once it is linked.
async fn forget_wanted(tx: &mut Tx, channel: RecordId, links: &[Linking]) -> sqlx::Result<()> {
    let linked: Vec<&Linking> = links.iter().filter(|one| one.record.is_some()).collect();
    if linked.is_empty() {
        return Ok(());
    }
    on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new("delete from listings where channel_id = ");
        sql.push_bind(channel.uuid());
        sql.push(" and +remote_id is null and pending is null and record_id in (");
        let mut list = sql.separated(",");
        for linking in &linked {
            list.push_bind(linking.record.map(RecordId::uuid));
        }
        sql.push(") and id not in (");
        let mut list = sql.separated(",");
        for linking in &linked {
            list.push_bind(linking.listing.uuid());
        }
        sql.push(")").build().execute(conn).await.map(drop)
    })
}
