//! Addresses of pictures: what became of each, which one is to be fetched next, which records name it.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::record::{Image, Kind, Record};
use domain::values::{RecordId, Timestamp};

use super::contents::{ContentRow, ImageContent, content};
use super::key_of;
use crate::Store;
use crate::db::{on, on_tx};
use crate::dialect::IN_LIST;
use crate::retry::retrying;

/// The longest reason that is kept, in characters.
const REASON_CHARS: usize = 500;

/// So many records are looked at that named one address. One more says that there are others.
pub const MOST_USES: i64 = 20;

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageState {
    /// It was not fetched yet.
    Waiting,
    /// It could not be fetched, and will be tried again.
    Retrying,
    /// Its picture is here.
    Stored,
    /// It could not be fetched, and is tried again when a person says so.
    Failed,
}

impl ImageState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Retrying, Self::Stored, Self::Failed];

    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Retrying => "retrying",
            Self::Stored => "stored",
            Self::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Self {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.unwrap_or(Self::Failed)
    }
}

/// An address of a picture, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageAddress {
    /// The address.
    pub address: String,
    /// What became of it.
    pub state: ImageState,
    /// Why it could not be fetched; a sentence, or empty.
    pub reason: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, while it is.
    pub next_try: Timestamp,
    /// Its picture, when that is here.
    pub content: Option<ImageContent>,
}

/// An address that this desktop is to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingImage {
    /// The address.
    pub address: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// A record that named an address at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUse {
    /// The address.
    pub address: String,
    /// The kind of the record.
    pub kind: Kind,
    /// The record.
    pub record: RecordId,
}

const SELECT: &str = "select a.address, a.state, a.reason, a.attempts, a.next_try, \
    c.hash, coalesce(c.format, ''), coalesce(c.bytes, 0), coalesce(c.width, 0), coalesce(c.height, 0) \
    from image_addresses a left join image_contents c on c.hash = a.content ";

type Row = (
    String,
    String,
    String,
    i64,
    i64,
    Option<Vec<u8>>,
    String,
    i64,
    i64,
    i64,
);

fn known(row: Row) -> ImageAddress {
    let (address, state, reason, attempts, next_try, hash, format, bytes, width, height) = row;
    let of_content = |hash| -> ContentRow { (hash, format, bytes, width, height) };
    ImageAddress {
        address,
        state: ImageState::from_word(&state),
        reason,
        attempts,
        next_try: Timestamp(next_try),
        content: hash.map(of_content).and_then(content),
    }
}

impl Store {
    /// What became of these addresses; one that no record ever named is left out.
    pub async fn image_addresses(&self, addresses: &[String]) -> Result<Vec<ImageAddress>> {
        let mut found = Vec::with_capacity(addresses.len());
        for addresses in addresses.chunks(IN_LIST) {
            let rows: Vec<Row> = retrying!(on!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new(SELECT);
                sql.push("where a.address_hash in (");
                let mut list = sql.separated(",");
                for address in addresses {
                    list.push_bind(key_of(address).bytes().to_vec());
                }
                sql.push(")").build_query_as().fetch_all(pool).await
            }))?;
            found.extend(rows.into_iter().map(known));
        }
        Ok(found)
    }

    /// Addresses that could not be fetched, those first that are given up, and how many there are.
    pub async fn failed_images(&self, offset: i64, limit: i64) -> Result<(Vec<ImageAddress>, i64)> {
        let rows: Vec<Row> = retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(SELECT);
            sql.push("where a.state in ('failed', 'retrying') order by a.state, a.address_hash limit ");
            sql.push_bind(limit).push(" offset ").push_bind(offset);
            sql.build_query_as().fetch_all(pool).await
        }))?;
        let rows = rows.into_iter().map(known).collect();
        Ok((rows, self.count_failed_images().await?))
    }

    /// The same from the one behind another, whatever became of that meanwhile: a page costs the same wherever it is.
    pub async fn failed_images_after(
        &self,
        (state, address): (ImageState, &str),
        limit: i64,
    ) -> Result<(Vec<ImageAddress>, i64)> {
        let key = key_of(address).bytes().to_vec();
        let mut found = Vec::new();
        let (given_up, again) = (ImageState::Failed, ImageState::Retrying);
        if state == given_up {
            found = self.failed_behind(given_up, key.clone(), limit).await?;
        }
        let left = limit - i64::try_from(found.len()).unwrap_or(limit);
        if left > 0 {
            let key = if state == again { key } else { Vec::new() };
            found.extend(self.failed_behind(again, key, left).await?);
        }
        Ok((found, self.count_failed_images().await?))
    }

    async fn failed_behind(
        &self,
        state: ImageState,
        key: Vec<u8>,
        limit: i64,
    ) -> Result<Vec<ImageAddress>> {
        let rows: Vec<Row> = retrying!(on!(&self.db, DB, pool => {
            let mut sql = QueryBuilder::<DB>::new(SELECT);
            sql.push("where a.address_hash > ").push_bind(key.clone());
            sql.push(" and a.state = ").push_bind(state.word());
            sql.push(" order by a.address_hash limit ").push_bind(limit);
            sql.build_query_as().fetch_all(pool).await
        }))?;
        Ok(rows.into_iter().map(known).collect())
    }

    async fn count_failed_images(&self) -> Result<i64> {
        retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select count(*) from image_addresses where state in ('failed', 'retrying')",
            )
            .fetch_one(pool)
            .await
        }))
    }

    /// How many addresses were not fetched yet.
    pub async fn waiting_images(&self) -> Result<i64> {
        retrying!(on!(&self.db, pool => {
            sqlx::query_scalar("select count(*) from image_addresses where state = 'waiting'")
                .fetch_one(pool)
                .await
        }))
    }

    /// Takes addresses whose time has come, for this desktop alone until a moment: when it dies, others
    /// go on.
    pub async fn claim_images(&self, most: i64, until: Timestamp) -> Result<Vec<WaitingImage>> {
        let now = self.now().0;
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let lock = tx.dialect().for_update();
            let rows: Vec<(Vec<u8>, String, i64)> = on_tx!(&mut tx, DB, conn => {
                let mut sql = QueryBuilder::<DB>::new(
                    "select address_hash, address, attempts from image_addresses \
                     where state in ('waiting', 'retrying') and next_try <= ",
                );
                sql.push_bind(now).push(" and claimed_until <= ").push_bind(now);
                sql.push(" order by next_try limit ").push_bind(most).push(lock);
                sql.build_query_as().fetch_all(conn).await
            })?;
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            on_tx!(&mut tx, DB, conn => {
                let mut sql = QueryBuilder::<DB>::new("update image_addresses set claimed_until = ");
                sql.push_bind(until.0).push(" where address_hash in (");
                let mut list = sql.separated(",");
                for (key, ..) in &rows {
                    list.push_bind(key.clone());
                }
                sql.push(")").build().execute(conn).await.map(drop)
            })?;
            tx.commit().await?;
            let waiting = rows.into_iter();
            let waiting = waiting.map(|(_, address, attempts)| WaitingImage { address, attempts });
            Ok(waiting.collect())
        })
    }

    /// Gives back addresses that were taken and not fetched, because the workspace closes.
    pub async fn release_images(&self, addresses: &[String]) -> Result<()> {
        for addresses in addresses.chunks(IN_LIST) {
            retrying!({
                let mut tx = self.db.begin().await?;
                on_tx!(&mut tx, DB, conn => {
                    let mut sql = QueryBuilder::<DB>::new(
                        "update image_addresses set claimed_until = 0 where address_hash in (",
                    );
                    let mut list = sql.separated(",");
                    for address in addresses {
                        list.push_bind(key_of(address).bytes().to_vec());
                    }
                    sql.push(")").build().execute(conn).await.map(drop)
                })?;
                tx.commit().await
            })?;
        }
        Ok(())
    }

    /// Notes why an address could not be fetched, and when it is tried again by itself, if it is.
    pub async fn image_failed(
        &self,
        address: &str,
        reason: &str,
        again: Option<Timestamp>,
    ) -> Result<()> {
        let reason: String = reason.chars().take(REASON_CHARS).collect();
        let state = match again {
            Some(_) => ImageState::Retrying,
            None => ImageState::Failed,
        };
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update image_addresses set state = ?, reason = ?, attempts = attempts + 1, \
                     next_try = ?, claimed_until = 0 where address_hash = ? and state <> 'stored'",
                )
                .bind(state.word())
                .bind(&reason)
                .bind(again.map_or(0, |again| again.0))
                .bind(key_of(address).bytes().to_vec())
                .execute(conn)
                .await
                .map(drop)
            })?;
            tx.commit().await
        })
    }

    /// Lets addresses that could not be fetched be tried again at once: all of them, or one. How many
    /// these are.
    pub async fn retry_images(&self, address: Option<&str>) -> Result<u64> {
        let now = self.now().0;
        retrying!({
            let mut tx = self.db.begin().await?;
            let retried = on_tx!(&mut tx, DB, conn => {
                let mut sql = QueryBuilder::<DB>::new(
                    "update image_addresses set state = 'waiting', attempts = 0, claimed_until = 0, next_try = ",
                );
                sql.push_bind(now).push(" where state in ('failed', 'retrying')");
                if let Some(address) = address {
                    sql.push(" and address_hash = ").push_bind(key_of(address).bytes().to_vec());
                }
                sql.build().execute(conn).await.map(|done| done.rows_affected())
            })?;
            tx.commit().await?;
            Ok(retried)
        })
    }

    /// Lets an address be fetched anew whose picture was kept and is lost. One that the workspace has itself
    /// names no place to fetch it from, and stays as it is.
    pub async fn image_lost(&self, address: &str) -> Result<()> {
        if self.reads_only() || Image::of(address).own_hash().is_some() {
            return Ok(());
        }
        let now = self.now().0;
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            on_tx!(&mut tx, conn => {
                sqlx::query(
                    "update image_addresses set state = 'waiting', attempts = 0, claimed_until = 0, \
                     next_try = ? where address_hash = ? and state = 'stored'",
                )
                .bind(now)
                .bind(key_of(address).bytes().to_vec())
                .execute(conn)
                .await
                .map(drop)
            })?;
            tx.commit().await
        })
    }

    /// The records that named these addresses at some time, as far as the journal was followed: at most
    /// [`MOST_USES`] of each and one more, since a million products may share one picture.
    pub async fn image_uses(&self, addresses: &[String]) -> Result<Vec<ImageUse>> {
        let mut uses = Vec::new();
        for address in addresses {
            let key = key_of(address).bytes().to_vec();
            let rows: Vec<(String, Uuid)> = retrying!(on!(&self.db, pool => {
                sqlx::query_as(
                    "select kind, record_id from image_uses where address_hash = ? \
                     order by kind desc, record_id desc limit ?",
                )
                .bind(key.clone())
                .bind(MOST_USES + 1)
                .fetch_all(pool)
                .await
            }))?;
            uses.extend(rows.into_iter().filter_map(|(kind, record)| {
                Some(ImageUse {
                    address: address.clone(),
                    kind: Kind::from_key(&kind)?,
                    record: record.into(),
                })
            }));
        }
        Ok(uses)
    }

    /// The records among these uses that name their address now, those in the trash included.
    pub async fn using_images(&self, uses: &[ImageUse]) -> Result<Vec<(String, Record)>> {
        let mut using = Vec::new();
        for kind in domain::kinds::all() {
            let of_kind: Vec<&ImageUse> = uses.iter().filter(|one| one.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let ids: Vec<RecordId> = of_kind.iter().map(|one| one.record).collect();
            let records = self.get_many(kind, &ids).await?;
            let records: HashMap<RecordId, &Record> =
                records.iter().map(|record| (record.id, record)).collect();
            for one in of_kind {
                let names =
                    |record: &&&Record| super::addresses_of(record).contains(one.address.as_str());
                let record = records.get(&one.record).filter(names);
                using.extend(record.map(|record| (one.address.clone(), (*record).clone())));
            }
        }
        Ok(using)
    }
}
