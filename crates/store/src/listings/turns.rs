//! Whose turn it is to sync a channel by itself. Several desktops share a database: the one that takes the turn
//! syncs, and holds on to it while it does; when it dies, the turn runs out and another takes it.

use uuid::Uuid;

use domain::error::Result;
use domain::values::{RecordId, Timestamp};

use crate::Store;
use crate::db::on;
use crate::retry::retrying;

/// For how long a turn is held, in milliseconds, unless it is prolonged.
const HELD: i64 = 5 * 60_000;

/// How a channel was synced by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncTurn {
    /// Until when a desktop holds it; in the past when none does.
    pub held_until: Timestamp,
    /// When products were synced last.
    pub products_at: Option<Timestamp>,
    /// When stock was.
    pub stock_at: Option<Timestamp>,
    /// Why the last sync did not come to its end.
    pub problem: Option<String>,
}

/// What a desktop did in its turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TurnDone {
    /// Whether products were synced.
    pub products: bool,
    /// Whether stock was.
    pub stock: bool,
    /// Why it did not come to its end.
    pub problem: Option<String>,
}

type TurnRow = (i64, Option<i64>, Option<i64>, Option<String>);

impl Store {
    /// How a channel was synced by itself.
    pub async fn sync_turn(&self, channel: RecordId) -> Result<SyncTurn> {
        let row: Option<TurnRow> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select held_until, products_at, stock_at, problem from sync_turns where channel_id = ?",
            )
            .bind(channel.uuid())
            .fetch_optional(pool)
            .await
        }))?;
        let turn = row.map(|(held_until, products_at, stock_at, problem)| SyncTurn {
            held_until: Timestamp(held_until),
            products_at: products_at.map(Timestamp),
            stock_at: stock_at.map(Timestamp),
            problem,
        });
        Ok(turn.unwrap_or_default())
    }

    /// Takes the turn to sync a channel, unless another holds it; whether it was had.
    pub async fn take_turn(&self, channel: RecordId, holder: Uuid) -> Result<bool> {
        let into = self.db.dialect().insert_missing_into();
        let row = format!("{into}sync_turns (channel_id) values (?)");
        retrying!(on!(&self.db, pool => {
            sqlx::query(sqlx::AssertSqlSafe(row.clone()))
                .bind(channel.uuid())
                .execute(pool)
                .await
                .map(drop)
        }))?;
        self.hold_turn(channel, holder, true).await
    }

    /// Holds on to a turn; whether it is still had.
    pub async fn keep_turn(&self, channel: RecordId, holder: Uuid) -> Result<bool> {
        self.hold_turn(channel, holder, false).await
    }

    /// A turn that ran out is another's when that took it, and goes on when no other desktop did.
    async fn hold_turn(&self, channel: RecordId, holder: Uuid, is_new: bool) -> Result<bool> {
        let now = self.now().0;
        let free_before = if is_new { now } else { 0 };
        let held = retrying!(on!(&self.db, pool => {
            sqlx::query(
                "update sync_turns set holder = ?, held_until = ? where channel_id = ? and \
                 (holder = ? or held_until < ?)",
            )
            .bind(holder)
            .bind(now + HELD)
            .bind(channel.uuid())
            .bind(holder)
            .bind(free_before)
            .execute(pool)
            .await
            .map(|done| done.rows_affected())
        }))?;
        Ok(held > 0)
    }

    /// Gives a turn back, and says what was done in it.
    pub async fn end_turn(&self, channel: RecordId, holder: Uuid, done: &TurnDone) -> Result<()> {
        let now = self.now().0;
        retrying!(on!(&self.db, pool => {
            sqlx::query(
                "update sync_turns set holder = null, held_until = 0, \
                 products_at = coalesce(?, products_at), stock_at = coalesce(?, stock_at), problem = ? \
                 where channel_id = ? and holder = ?",
            )
            .bind(done.products.then_some(now))
            .bind(done.stock.then_some(now))
            .bind(&done.problem)
            .bind(channel.uuid())
            .bind(holder)
            .execute(pool)
            .await
            .map(drop)
        }))
    }
}
