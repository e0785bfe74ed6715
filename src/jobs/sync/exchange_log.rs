//! Keeps the log of exchanges with a shop in the workspace, beside the work and without waiting for it.

use std::time::Duration;

use channels::exchange::{Exchange, ExchangeLog};
use domain::values::RecordId;
use store::{KeptExchange, Store};
use tokio::sync::mpsc;

/// How many exchanges are written together at most.
const TOGETHER: usize = 50;

/// Exchanges are written so much later at most.
const LATEST: Duration = Duration::from_millis(300);

/// A log that ends in the workspace. It goes on until the last clone of it is gone.
pub fn keep_exchanges(store: Store, channel: RecordId) -> ExchangeLog {
    let (sender, receiver) = mpsc::unbounded_channel();
    let times = store.clone();
    tokio::spawn(write(store, receiver));
    ExchangeLog::new(move |exchange| {
        sender.send(kept(&times, channel, exchange)).ok();
    })
}

async fn write(store: Store, mut receiver: mpsc::UnboundedReceiver<KeptExchange>) {
    let mut waiting = Vec::new();
    while receiver.recv_many(&mut waiting, TOGETHER).await > 0 {
        // A log that cannot be written keeps nothing from going on.
        store.keep_exchanges(&waiting).await.ok();
        waiting.clear();
        tokio::time::sleep(LATEST).await;
    }
}

fn kept(store: &Store, channel: RecordId, exchange: Exchange) -> KeptExchange {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let cut = |text: &str| text.chars().take(100).collect::<String>();
    KeptExchange {
        channel,
        at: store.now(),
        operation: cut(&exchange.operation),
        status: exchange.status.map(i64::from),
        request_id: cut(exchange.request_id.as_deref().unwrap_or_default()),
        took_ms: i64::try_from(exchange.took.as_millis()).unwrap_or(i64::MAX),
        cost: exchange.cost.map(i64::from),
        sent: count(exchange.sent),
        received: count(exchange.received),
        request: exchange.request,
        error: exchange.error,
    }
}
