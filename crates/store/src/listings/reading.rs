//! Taking in what a shop has, page by page. A reading may be stopped and taken up again: where it goes on is
//! written with each page.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::channel::{LinkState, ShopFieldDef, ShopItem};
use domain::error::Result;
use domain::values::{RecordId, Timestamp};

use super::many::{Place, Rows, of_item};
use super::row::{Columns, read, write};
use crate::bind::Bind;
use crate::db::{Tx, on, on_tx};
use crate::dialect::IN_LIST;
use crate::fault::Told;
use crate::retry::{Attempts, retrying};
use crate::word::word;
use crate::{Store, changes};

/// How a channel was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingState {
    /// Counts the readings; listings note the last one that saw them.
    pub reading: i64,
    /// Where the reading goes on, when one is going on.
    pub cursor: Option<String>,
    /// Since when that one reads; none of a whole one.
    pub since: Option<Timestamp>,
    /// The time in the shop when that one began.
    pub as_of: Option<Timestamp>,
    /// The time in the shop up to which everything was read.
    pub complete_at: Option<Timestamp>,
    /// When the last reading ended, by our clock.
    pub fetched_at: Option<Timestamp>,
    /// The fields that the shop has, as it said last.
    pub fields: Vec<ShopFieldDef>,
    /// A hash of the rules by which listings were settled last; empty before.
    pub rules: String,
}

/// What a page brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PageKept {
    /// Items that were never seen before.
    pub new: i64,
    /// Items that changed since they were read last.
    pub changed: i64,
    /// The others.
    pub same: i64,
}

type StateRow = (
    i64,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    String,
    String,
);

impl Store {
    /// How a channel was read so far.
    pub async fn reading_of(&self, channel: RecordId) -> Result<ReadingState> {
        let row: Option<StateRow> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select reading, page_cursor, since, as_of, complete_at, fetched_at, fields, rules \
                 from channel_readings where channel_id = ?",
            )
            .bind(channel.uuid())
            .fetch_optional(pool)
            .await
        }))?;
        let Some((reading, cursor, since, as_of, complete_at, fetched_at, fields, rules)) = row
        else {
            return Ok(ReadingState::default());
        };
        Ok(ReadingState {
            reading,
            cursor,
            since: since.map(Timestamp),
            as_of: as_of.map(Timestamp),
            complete_at: complete_at.map(Timestamp),
            fetched_at: fetched_at.map(Timestamp),
            fields: match fields.is_empty() {
                true => Vec::new(),
                false => read(&fields).told()?,
            },
            rules,
        })
    }

    /// Begins a reading in place of one that did not end.
    pub async fn begin_reading(
        &self,
        channel: RecordId,
        since: Option<Timestamp>,
        fields: Vec<ShopFieldDef>,
    ) -> Result<ReadingState> {
        let before = self.reading_of(channel).await?;
        let state = ReadingState {
            reading: before.reading + 1,
            cursor: None,
            since,
            as_of: None,
            fields,
            ..before
        };
        retrying!({
            let mut tx = self.db.begin().await?;
            write_state(&mut tx, channel, &state).await?;
            tx.commit().await
        })?;
        Ok(state)
    }

    /// Lets everything that is linked be held against the rules again when they are others than those by which
    /// it was settled last.
    pub async fn heed_rules(&self, channel: RecordId, rules: &str) -> Result<()> {
        let before = self.reading_of(channel).await?;
        if before.rules == rules {
            return Ok(());
        }
        let state = ReadingState {
            rules: rules.to_owned(),
            ..before
        };
        Ok(retrying!({
            let mut tx = self.db.begin_patiently().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update listings set dirty = 1, open_dirty = 1 where channel_id = ? and link = 'linked'",
                )
                    .bind(channel.uuid())
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            write_state(&mut tx, channel, &state).await?;
            tx.commit().await
        })?)
    }

    /// Keeps a page of a reading, and where it goes on.
    pub async fn keep_page(
        &self,
        channel: RecordId,
        state: &ReadingState,
        items: &[ShopItem],
    ) -> Result<PageKept> {
        retrying!(Attempts::looking_first(), attempts => {
            let mut tx = self.db.begin_patiently().await?;
            let kept = keep_items(&mut tx, (channel, state.reading), items).await?;
            write_state(&mut tx, channel, state).await?;
            tx.commit().await?;
            Ok(kept)
        })
    }

    /// Ends a reading. What a whole one did not see is gone from the shop; gives how many these are.
    pub async fn finish_reading(&self, channel: RecordId, state: &ReadingState) -> Result<u64> {
        let now = self.now();
        let ended = ReadingState {
            cursor: None,
            complete_at: state.as_of.or(state.complete_at),
            fetched_at: Some(now),
            ..state.clone()
        };
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let gone = match state.since {
                None => on_tx!(&mut tx, conn => {
                    sqlx::query(
                        "update listings set gone = 1, dirty = 1, open_dirty = 1 where channel_id = ? and \
                         reading < ? and gone = 0 and remote_id is not null",
                    )
                    .bind(channel.uuid())
                    .bind(state.reading)
                    .execute(conn)
                    .await
                    .map(|done| done.rows_affected())
                })?,
                Some(_) => 0,
            };
            write_state(&mut tx, channel, &ended).await?;
            changes::record(&mut tx, now, None).await?;
            tx.commit().await?;
            Ok(gone)
        })
    }
}

async fn write_state(tx: &mut Tx, channel: RecordId, state: &ReadingState) -> sqlx::Result<()> {
    let millis = |at: Option<Timestamp>| at.map(|at| at.0);
    let fields = write(&state.fields)?;
    on_tx!(tx, conn => {
        sqlx::query("delete from channel_readings where channel_id = ?")
            .bind(channel.uuid())
            .execute(&mut *conn)
            .await?;
        sqlx::query(
            "insert into channel_readings (channel_id, reading, page_cursor, since, as_of, complete_at, \
             fetched_at, fields, rules) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(channel.uuid())
        .bind(state.reading)
        .bind(&state.cursor)
        .bind(millis(state.since))
        .bind(millis(state.as_of))
        .bind(millis(state.complete_at))
        .bind(millis(state.fetched_at))
        .bind(fields)
        .bind(&state.rules)
        .execute(conn)
        .await
        .map(drop)
    })
}

/// A listing that is there, as far as a page is held against it.
type Known = (i64, Uuid, String, Option<String>);

/// What is written of one that changed.
const CHANGED: [&str; 10] = [
    "parent",
    "is_parent",
    "sku",
    "barcode",
    "title",
    "item",
    "reading",
    "gone",
    "dirty",
    "open_dirty",
];

async fn keep_items(
    tx: &mut Tx,
    (channel, reading): (RecordId, i64),
    items: &[ShopItem],
) -> sqlx::Result<PageKept> {
    let mut kept = PageKept::default();
    // Of one that a page has twice, the last counts.
    let by_id: HashMap<&str, &ShopItem> = items
        .iter()
        .map(|item| (item.remote_id.as_str(), item))
        .collect();
    let mut once: Vec<&ShopItem> = Vec::new();
    for item in items {
        if std::ptr::eq(by_id[item.remote_id.as_str()], item) {
            once.push(item);
        }
    }
    for items in once.chunks(IN_LIST) {
        let known = known(tx, channel, items).await?;
        let mut new = Vec::new();
        let mut seen = Vec::new();
        let mut changed = Rows::of(&CHANGED);
        for item in items {
            match known.get(&item.remote_id) {
                None => new.push(*item),
                Some((place, json)) if is_same(json.as_deref(), item)? => seen.push(place.pk),
                Some((place, _)) => {
                    let marks = [
                        Bind::Number(reading),
                        Bind::Flag(false),
                        Bind::Flag(true),
                        Bind::Flag(true),
                    ];
                    changed.add(*place, of_item(item)?.into_iter().chain(marks));
                    kept.changed += 1;
                }
            }
        }
        changed.write(tx).await?;
        kept.new += new.len() as i64;
        kept.same += seen.len() as i64;
        insert(tx, (channel, reading), &new).await?;
        mark_seen(tx, reading, &seen).await?;
    }
    Ok(kept)
}

fn is_same(json: Option<&str>, item: &ShopItem) -> sqlx::Result<bool> {
    let Some(json) = json else { return Ok(false) };
    // What another version of the app wrote may look otherwise.
    Ok(write(item)? == json || read::<ShopItem>(json)? == *item)
}

async fn known(
    tx: &mut Tx,
    channel: RecordId,
    items: &[&ShopItem],
) -> sqlx::Result<HashMap<String, (Place, Option<String>)>> {
    let lock = tx.dialect().for_update();
    let rows: Vec<Known> = on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new(
            "select pk, id, remote_id, item from listings where channel_id = ",
        );
        sql.push_bind(channel.uuid()).push(" and remote_id in (");
        let mut list = sql.separated(",");
        for item in items {
            list.push_bind(item.remote_id.clone());
        }
        sql.push(")").push(lock).build_query_as().fetch_all(conn).await
    })?;
    let place = |pk, id| Place {
        pk,
        id,
        channel: channel.uuid(),
    };
    let rows = rows.into_iter();
    Ok(rows
        .map(|(pk, id, remote, item)| (remote, (place(pk, id), item)))
        .collect())
}

async fn insert(
    tx: &mut Tx,
    (channel, reading): (RecordId, i64),
    items: &[&ShopItem],
) -> sqlx::Result<()> {
    let most = tx.dialect().rows_per_insert();
    for items in items.chunks(most) {
        let rows = items.iter().map(|item| Ok((item, Columns::of(item)?)));
        let rows: Vec<_> = rows.collect::<sqlx::Result<_>>()?;
        on_tx!(&mut *tx, DB, conn => {
            let mut sql = QueryBuilder::<DB>::new(
                "insert into listings (id, channel_id, link, remote_id, parent, is_parent, sku, barcode, \
                 title, item, reading, agreed, own_values) ",
            );
            sql.push_values(rows, |mut row, (item, columns)| {
                row.push_bind(RecordId::new().uuid())
                    .push_bind(channel.uuid())
                    .push_bind(word(LinkState::Unmatched))
                    .push_bind(item.remote_id.clone())
                    .push_bind(columns.parent)
                    .push_bind(item.is_parent)
                    .push_bind(columns.sku)
                    .push_bind(columns.barcode)
                    .push_bind(columns.title)
                    .push_bind(columns.json)
                    .push_bind(reading)
                    .push_bind("")
                    .push_bind("");
            });
            sql.build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

async fn mark_seen(tx: &mut Tx, reading: i64, places: &[i64]) -> sqlx::Result<()> {
    if places.is_empty() {
        return Ok(());
    }
    on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new("update listings set dirty = case when gone = 1 then 1 \
            else dirty end, open_dirty = case when gone = 1 then 1 else open_dirty end, gone = 0, reading = ");
        sql.push_bind(reading).push(" where pk in (");
        let mut list = sql.separated(",");
        for place in places {
            list.push_bind(*place);
        }
        sql.push(")").build().execute(conn).await.map(drop)
    })
}
