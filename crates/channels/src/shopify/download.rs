//! Fetching a result from the address that an answer named, straight into a file.

use std::fs::File;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use url::Url;

use super::manner::TRIES;
use super::spool::no_room;
use super::transport::Transport;
use crate::exchange::Exchange;
use crate::failure::{Answered, Failure, FailureKind};
use crate::http::may_be_asked;

/// The largest result, in bytes: that of a shop with a million variants is far smaller.
const LARGEST: u64 = 16 << 30;

/// Fetches what lies at `address` into a file that is gone when it is closed. No key is sent along: the
/// address itself is one, and stays out of the log.
pub(super) async fn download(transport: &Transport, address: &str) -> Answered<File> {
    let url = Url::parse(address).ok().filter(may_be_asked);
    let url = url.ok_or_else(|| {
        let message = "Shopify names an address for its result that cannot be asked.";
        Failure::new(FailureKind::Broken, message)
    })?;
    let mut failed = 0;
    loop {
        match attempt(transport, &url).await {
            Err(failure) if failure.kind == FailureKind::Later && failed < TRIES => {
                tokio::time::sleep(transport.pace.before(failed)).await;
                failed += 1;
            }
            ended => return ended,
        }
    }
}

async fn attempt(transport: &Transport, url: &Url) -> Answered<File> {
    let began = Instant::now();
    let mut exchange = Exchange {
        operation: String::from("download"),
        ..Exchange::default()
    };
    let ended = fetch(transport, url, &mut exchange).await;
    exchange.took = began.elapsed();
    if let Err(failure) = &ended {
        exchange.error.clone_from(&failure.message);
    }
    transport.http.keep(exchange);
    ended
}

async fn fetch(transport: &Transport, url: &Url, exchange: &mut Exchange) -> Answered<File> {
    let sent = transport.http.client().get(url.clone()).send().await;
    let mut response = sent.map_err(|_| broke_off())?;
    exchange.status = Some(response.status().as_u16());
    let kind = match response.status().as_u16() {
        200 => None,
        429 | 500..=599 => Some(FailureKind::Later),
        // The address holds for some days only.
        _ => Some(FailureKind::Gone),
    };
    if let Some(kind) = kind {
        let message = "Shopify does not hand out the result of a bulk operation.";
        return Err(Failure::new(kind, message));
    }
    let file = tempfile::tempfile().map_err(|_| no_room())?;
    let mut writing = tokio::fs::File::from_std(file.try_clone().map_err(|_| no_room())?);
    while let Some(chunk) = response.chunk().await.map_err(|_| broke_off())? {
        exchange.received += chunk.len() as u64;
        if exchange.received > LARGEST {
            let message = "Shopify's result is larger than can be taken.";
            return Err(Failure::new(FailureKind::Broken, message));
        }
        writing.write_all(&chunk).await.map_err(|_| no_room())?;
    }
    writing.flush().await.map_err(|_| no_room())?;
    Ok(file)
}

fn broke_off() -> Failure {
    let message = "The connection broke before the result of a bulk operation was there.";
    let mut failure = Failure::new(FailureKind::Later, message);
    failure.wait = Some(Duration::from_secs(30));
    failure
}
