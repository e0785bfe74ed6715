//! The log of every exchange with shops.

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::values::{RecordId, Timestamp};

use crate::Store;
use crate::db::{on, on_tx};
use crate::retry::retrying;

/// How long exchanges are kept, in milliseconds: 14 days.
const KEPT: i64 = 14 * 24 * 60 * 60 * 1_000;

/// How many rows one statement adds.
const ROWS: usize = 50;

/// One request to a shop and what came of it, as the log has it. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptExchange {
    /// The channel.
    pub channel: RecordId,
    /// When it ended.
    pub at: Timestamp,
    /// What was asked for.
    pub operation: String,
    /// The HTTP status; none when there was no answer.
    pub status: Option<i64>,
    /// What the platform calls the request; may be empty.
    pub request_id: String,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// What it cost, in the platform's points.
    pub cost: Option<i64>,
    /// Bytes sent.
    pub sent: i64,
    /// Bytes received.
    pub received: i64,
    /// What was sent, as far as it is kept.
    pub request: String,
    /// What went wrong; empty when nothing did.
    pub error: String,
}

type Row = (
    Uuid,
    i64,
    String,
    Option<i64>,
    String,
    i64,
    Option<i64>,
    i64,
    i64,
    String,
    String,
);

impl Store {
    /// Keeps exchanges, and forgets those that were kept for long enough.
    pub async fn keep_exchanges(&self, exchanges: &[KeptExchange]) -> Result<()> {
        let now = self.now().0;
        Ok(retrying!({
            let mut tx = self.db.begin_patiently().await?;
            on_tx!(&mut tx, DB, conn => {
                for part in exchanges.chunks(ROWS) {
                    let mut sql = QueryBuilder::<DB>::new(
                        "insert into channel_exchanges (channel_id, at_ms, operation, status, request_id, \
                         took_ms, cost, sent, received, request, error) ",
                    );
                    sql.push_values(part, |mut row, exchange| {
                        row.push_bind(exchange.channel.uuid())
                            .push_bind(exchange.at.0)
                            .push_bind(exchange.operation.clone())
                            .push_bind(exchange.status)
                            .push_bind(exchange.request_id.clone())
                            .push_bind(exchange.took_ms)
                            .push_bind(exchange.cost)
                            .push_bind(exchange.sent)
                            .push_bind(exchange.received)
                            .push_bind(exchange.request.clone())
                            .push_bind(exchange.error.clone());
                    });
                    sql.build().execute(&mut *conn).await?;
                }
                sqlx::query("delete from channel_exchanges where at_ms < ?")
                    .bind(now.saturating_sub(KEPT))
                    .execute(conn)
                    .await
                    .map(drop)
            })?;
            tx.commit().await
        })?)
    }

    /// The exchanges with a shop before a place of the log, the latest first, each with its place.
    pub async fn exchanges(
        &self,
        channel: RecordId,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<(i64, KeptExchange)>> {
        let places: Vec<i64> = retrying!(on!(&self.db, pool => {
            sqlx::query_scalar(
                "select pk from channel_exchanges where channel_id = ? and pk < ? order by pk desc limit ?",
            )
            .bind(channel.uuid())
            .bind(before.unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(pool)
            .await
        }))?;
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            let row: Option<Row> = retrying!(on!(&self.db, pool => {
                sqlx::query_as(
                    "select channel_id, at_ms, operation, status, request_id, took_ms, cost, sent, received, \
                     request, error from channel_exchanges where pk = ?",
                )
                .bind(place)
                .fetch_optional(pool)
                .await
            }))?;
            found.extend(row.map(|row| (place, kept(row))));
        }
        Ok(found)
    }
}

fn kept(row: Row) -> KeptExchange {
    let (channel, at, operation, status, request_id, took_ms, cost, sent, received, request, error) =
        row;
    KeptExchange {
        channel: channel.into(),
        at: Timestamp(at),
        operation,
        status,
        request_id,
        took_ms,
        cost,
        sent,
        received,
        request,
        error,
    }
}
