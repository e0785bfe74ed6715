//! `backstock images`: pictures that did not come, fetching them again, removing what nothing needs.

use backstock::commands::images::{
    CleanImages, CleanedImages, FailedImages, FetchImagesNow, FetchedImages, ImageInfo, ImageState,
    ListFailedImages, RetriedImages, RetryImages, StoredImages,
};
use clap::Subcommand;
use domain::error::{Code, Error, Result};
use serde_json::json;

use super::output::{Ended, Failure, Printed, confirm, table};
use super::paging::{page_length, page_start};
use super::session::Session;
use super::time::utc;

/// `backstock images`.
#[derive(Debug, Subcommand)]
pub enum Images {
    /// List the pictures that could not be fetched, with the reason and the products.
    Failed {
        /// How many, at most 200.
        #[arg(long, default_value_t = 50, value_parser = page_length())]
        limit: i64,
        /// How many come before.
        #[arg(long, default_value_t = 0, value_parser = page_start())]
        offset: i64,
    },
    /// Fetch the pictures that wait, and those again that failed.
    Retry {
        /// Only this one of those that failed, by its address.
        address: Option<String>,
    },
    /// Remove the pictures for good that no record, no trash and no undo needs.
    Clean {
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

/// Asks before what cannot be undone; before anything is opened.
pub fn check(args: &Images, as_json: bool) -> Result<(), Failure> {
    match args {
        Images::Clean { yes } => confirm(*yes, as_json, "Remove unneeded pictures for good?"),
        _ => Ok(()),
    }
}

/// Does what was typed.
pub async fn run(session: &Session, args: &Images) -> Result<Ended, Failure> {
    match args {
        Images::Failed { limit, offset } => failed(session, *limit, *offset).await,
        Images::Retry { address } => retry(session, address.clone()).await,
        Images::Clean { .. } => clean(session).await,
    }
}

async fn failed(session: &Session, limit: i64, offset: i64) -> Result<Ended, Failure> {
    let request = ListFailedImages {
        offset,
        after: None,
        limit,
    };
    let page: FailedImages = session.call("images.failed", &request).await?;
    let rows = page.rows.iter().map(|row| {
        let codes: Vec<&str> = row.users.iter().map(|user| user.code.as_str()).collect();
        let more = row.user_count - i64::try_from(codes.len()).unwrap_or(0);
        let more = match (row.more_users, more) {
            (true, _) => format!(", more than {} in all", row.user_count),
            (false, 1..) => format!(" and {more} more"),
            (false, _) => String::new(),
        };
        let next = row.next_try.map_or_else(|| "no".to_owned(), utc);
        let used = codes.join(", ") + &more;
        vec![row.address.clone(), used, next, row.reason.clone()]
    });
    let head = ["Address", "Used by", "Tried again", "Reason"];
    let mut text = table(&head, rows.collect(), &[]);
    text.push_str(&format!(
        "{} of {} pictures that failed",
        page.rows.len(),
        page.total
    ));
    if page.waiting > 0 {
        text.push_str(&format!(
            "; {} are still to be fetched: `backstock images retry` does so",
            page.waiting
        ));
    }
    text.push('\n');
    Ok(Ended::Done(Printed::new(json!(page), text)))
}

async fn retry(session: &Session, address: Option<String>) -> Result<Ended, Failure> {
    let one = address.clone();
    let retried: RetriedImages = session
        .call("images.retry", &RetryImages { address })
        .await?;
    if let Some(address) = one.filter(|_| retried.retried == 0) {
        let error = Error::not_found(format!("{address} is not among the pictures that failed."));
        return Err(error.hint("`backstock images failed` lists them.").into());
    }
    let fetched: FetchedImages = session.watch("images.fetch", &FetchImagesNow {}).await?;
    let text = format!("Fetched: {}. Failed: {}.\n", fetched.stored, fetched.failed);
    let printed = Printed::new(json!(fetched), text);
    Ok(match fetched.failed {
        0 => Ended::Done(printed),
        _ => Ended::WithRest(printed),
    })
}

async fn clean(session: &Session) -> Result<Ended, Failure> {
    let cleaned: CleanedImages = session.watch("images.clean", &CleanImages {}).await?;
    let text = format!(
        "Removed: {} pictures, {} bytes.\n",
        cleaned.removed, cleaned.bytes
    );
    Ok(Ended::Done(Printed::new(json!(cleaned), text)))
}

/// How a picture stands, in words.
pub fn how(info: &ImageInfo) -> String {
    match info.state {
        ImageState::Stored => format!("{} × {} {}", info.width, info.height, info.format),
        ImageState::Waiting => "waiting".to_owned(),
        ImageState::Retrying => format!("tried again: {}", info.reason),
        ImageState::Failed => format!("failed: {}", info.reason),
    }
}

/// The address of the one file that was stored, or why it was refused.
pub fn stored_or_refused(stored: StoredImages) -> Result<String> {
    if let Some(one) = stored.stored.into_iter().next() {
        return Ok(one.address);
    }
    let refused = stored.refused.into_iter().next();
    let told = refused.map_or_else(String::new, |one| format!("{}: {}", one.name, one.reason));
    Err(Error::new(Code::File, told))
}
