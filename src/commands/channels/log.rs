//! What was said to shops.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::call::Call;
use domain::error::Result;
use domain::record::Permission;
use domain::values::{RecordId, Timestamp};
use store::KeptExchange;

/// The most exchanges of one page.
const MOST: i64 = 200;

/// `channels.exchanges`: what was said to a shop, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListExchanges {
    /// The channel.
    pub id: RecordId,
    /// Only those before this place of the log.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub before: Option<i64>,
    /// How many, at most 200.
    pub limit: i64,
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExchangePage {
    /// The exchanges.
    pub rows: Vec<ChannelExchange>,
}

/// One request to a shop and what came of it. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChannelExchange {
    /// Its place in the log.
    pub place: i64,
    /// When it ended.
    pub at: Timestamp,
    /// What was asked for.
    pub operation: String,
    /// The HTTP status; null when there was no answer.
    pub status: Option<i64>,
    /// What the platform calls the request; may be empty.
    pub request_id: String,
    /// Milliseconds from sending to the last byte.
    pub took_ms: i64,
    /// Points of the platform, where it counts them.
    pub cost: Option<i64>,
    /// Bytes sent.
    pub sent: i64,
    /// Bytes received.
    pub received: i64,
    /// What was sent, as far as it is kept; empty for a user who may not see costs.
    pub request: String,
    /// What went wrong; empty when nothing did, and for a user who may not see costs.
    pub error: String,
}

/// Lists what was said to a shop.
pub(in crate::commands) async fn exchanges(
    call: &Call,
    request: ListExchanges,
) -> Result<ExchangePage> {
    let limit = request.limit.clamp(1, MOST);
    let store = call.store()?;
    let found = store.exchanges(request.id, request.before, limit).await?;
    // What was sent may hold costs.
    let sees_all = call.may(Permission::SeeCosts);
    let rows = found.into_iter().map(|found| {
        let mut exchange = told(found);
        if !sees_all {
            exchange.request.clear();
            exchange.error.clear();
        }
        exchange
    });
    Ok(ExchangePage {
        rows: rows.collect(),
    })
}

fn told((place, exchange): (i64, KeptExchange)) -> ChannelExchange {
    ChannelExchange {
        place,
        at: exchange.at,
        operation: exchange.operation,
        status: exchange.status,
        request_id: exchange.request_id,
        took_ms: exchange.took_ms,
        cost: exchange.cost,
        sent: exchange.sent,
        received: exchange.received,
        request: exchange.request,
        error: exchange.error,
    }
}
