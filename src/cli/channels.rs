//! `backstock channel`, `match` and `sync`: shops on a terminal.

use backstock::commands::channels::{
    ChannelCheck, ChannelStatus, ConnectChannel, ConnectedChannel, ListChannelStatus,
    MatchedListings, SyncChannel, SyncOnly,
};
use backstock::commands::jobs::Started;
use backstock::commands::listings::{
    LinkListings, LinkedListings, ListListings, ListingFilter, ListingInfo, ListingLink,
    ListingPage,
};
use backstock::commands::records::{Moved, SelectRecord, SelectRecords};
use domain::channel::shop::{PLATFORM, STATE};
use domain::channel::{LinkState, Platform};
use domain::error::{Error, Result};
use domain::values::RecordId;
use serde_json::json;

use super::channel_args::{AddChannel, Channels, MatchArgs, PlatformArg, Rest, SyncArgs};
use super::output::{Ended, Failure, Printed, plain, table, usage};
use super::plan;
use super::session::Session;
use super::sync_told::carry_out;
use super::time::utc;

/// Listings that are asked for at once.
const PAGE: i64 = 500;

/// Does what was typed of channels.
pub async fn run(session: &Session, args: &Channels) -> Result<Ended, Failure> {
    match args {
        Channels::Add(args) => add(session, args).await,
        Channels::Test { name } => test(session, name).await,
        Channels::List => list(session).await,
        Channels::Remove { name } => remove(session, name).await,
    }
}

async fn add(session: &Session, args: &AddChannel) -> Result<Ended, Failure> {
    let typed = args
        .token
        .as_ref()
        .or(args.client_secret.as_ref())
        .or(args.key.as_ref());
    let secret = typed
        .cloned()
        .or_else(|| std::env::var("BACKSTOCK_CHANNEL_SECRET").ok());
    let Some(secret) = secret else {
        return Err(usage(
            "The shop's token, secret or key is missing.",
            "Add --token, --client-id and --client-secret, or --key; or set BACKSTOCK_CHANNEL_SECRET.",
        ));
    };
    let (platform, account) = match args.platform {
        PlatformArg::Shopify => (Platform::Shopify, args.client_id.clone()),
        PlatformArg::Maropost => (Platform::Maropost, args.username.clone()),
    };
    let request = ConnectChannel {
        name: args.name.clone(),
        platform,
        address: args.url.clone(),
        account,
        secret,
        rehearse: Some(args.rehearse),
    };
    let connected: ConnectedChannel = session.call("channels.connect", &request).await?;
    let text = format!(
        "Connected {}.\n{}",
        plain(&args.name),
        told_check(&connected.check)
    );
    Ok(Ended::Done(Printed::new(json!(connected), text)))
}

fn told_check(check: &ChannelCheck) -> String {
    let said = [
        ("Name in the shop", &check.name),
        ("Currency", &check.currency),
        ("Time zone", &check.time_zone),
    ];
    let said = said.into_iter().filter(|(_, word)| !word.is_empty());
    let said = said.map(|(what, word)| format!("{what}: {}.\n", plain(word)));
    let mut text: String = said.collect();
    for place in check.places.iter().filter(|place| place.active) {
        text.push_str(&format!(
            "Stock lies in {} ({}).\n",
            plain(&place.name),
            place.id
        ));
    }
    for problem in &check.problems {
        text.push_str(&format!(
            "warning: {} {}\n",
            plain(&problem.message),
            plain(&problem.hint)
        ));
    }
    text
}

async fn test(session: &Session, name: &str) -> Result<Ended, Failure> {
    let channel = find(session, name).await?;
    let request = SelectRecord {
        id: channel.record.id,
    };
    let check: ChannelCheck = session.call("channels.test", &request).await?;
    let text = told_check(&check);
    let is_fatal = check.problems.iter().any(|problem| problem.is_fatal);
    let printed = Printed::new(json!(check), text);
    Ok(match is_fatal {
        true => Ended::Wrong(printed),
        false => Ended::Done(printed),
    })
}

pub(super) async fn all(session: &Session) -> Result<Vec<ChannelStatus>> {
    session.call("channels.status", &ListChannelStatus {}).await
}

/// The channel with this name.
async fn find(session: &Session, name: &str) -> Result<ChannelStatus> {
    let channels = all(session).await?;
    let names: Vec<String> = channels
        .iter()
        .map(|one| one.record.code().to_owned())
        .collect();
    let found = channels.into_iter().find(|one| one.record.code() == name);
    found.ok_or_else(|| {
        let hint = match names.as_slice() {
            [] => "Connect one with `backstock channel add`.".to_owned(),
            names => format!("There are: {}.", names.join(", ")),
        };
        Error::not_found(format!("There is no channel {name}.")).hint(hint)
    })
}

async fn list(session: &Session) -> Result<Ended, Failure> {
    let channels = all(session).await?;
    let rows = channels.iter().map(|one| {
        let sums = one.sums;
        vec![
            one.record.code().to_owned(),
            one.record.fields.text(PLATFORM).to_owned(),
            one.record.fields.text(STATE).to_owned(),
            sums.linked.to_string(),
            sums.unmatched.to_string(),
            sums.waiting.to_string(),
            sums.failed.to_string(),
            one.fetched_at.map_or_else(|| "never".to_owned(), utc),
        ]
    });
    let head = [
        "Name",
        "Platform",
        "State",
        "Linked",
        "Unmatched",
        "Waiting",
        "Failed",
        "Read",
    ];
    let text = table(&head, rows.collect(), &[3, 4, 5, 6]);
    Ok(Ended::Done(Printed::new(json!(channels), text)))
}

async fn remove(session: &Session, name: &str) -> Result<Ended, Failure> {
    let channel = find(session, name).await?;
    let request = SelectRecords {
        ids: vec![channel.record.id],
    };
    let moved: Moved = session.call("channels.trash", &request).await?;
    let text = format!(
        "Removed {}. `backstock call channels.restore` brings it back.\n",
        plain(name)
    );
    Ok(Ended::Done(Printed::new(json!(moved), text)))
}

/// Links what can be told for certain, and tells what is left.
pub async fn match_listings(session: &Session, args: &MatchArgs) -> Result<Ended, Failure> {
    let channel = find(session, &args.name).await?;
    let id = channel.record.id;
    let matched: Option<MatchedListings> = match args.auto {
        true => Some(session.call("channels.match", &SelectRecord { id }).await?),
        false => None,
    };
    let mut left = listings(session, id, ListingFilter::Unmatched).await?;
    if let Some(rest) = args.rest {
        link_rest(session, id, (rest, &left)).await?;
        left.clear();
    }
    let mut text = String::new();
    if let Some(matched) = &matched {
        text.push_str(&format!(
            "Linked by SKU: {}, by barcode: {}, by their variants: {}.\n",
            matched.by_sku, matched.by_barcode, matched.by_variants
        ));
    }
    text.push_str(&told_listings(&left));
    let printed = Printed::new(json!({ "matched": matched, "unmatched": left }), text);
    Ok(match left.is_empty() {
        true => Ended::Done(printed),
        false => Ended::WithRest(printed),
    })
}

async fn link_rest(
    session: &Session,
    channel: RecordId,
    (rest, left): (Rest, &[ListingInfo]),
) -> Result<()> {
    let link = match rest {
        Rest::Create => LinkState::WantedHere,
        Rest::Ignore => LinkState::Ignored,
    };
    for page in left.chunks(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
        let links = page.iter().map(|listing| ListingLink {
            listing: listing.id,
            link,
            record: None,
        });
        let request = LinkListings {
            channel,
            links: links.collect(),
        };
        let _: LinkedListings = session.call("listings.link", &request).await?;
    }
    Ok(())
}

fn told_listings(listings: &[ListingInfo]) -> String {
    let rows = listings.iter().map(|listing| {
        let candidates = listing.candidates.iter();
        let candidates: Vec<&str> = candidates.map(|record| record.sku.as_str()).collect();
        vec![
            listing.sku.clone(),
            listing.barcode.clone(),
            listing.title.clone(),
            candidates.join(", "),
        ]
    });
    let head = ["SKU", "Barcode", "In the shop", "May be"];
    let mut text = table(&head, rows.collect(), &[]);
    text.push_str(&format!("{} unmatched\n", listings.len()));
    text
}

/// All listings of a filter.
pub(super) async fn listings(
    session: &Session,
    channel: RecordId,
    filter: ListingFilter,
) -> Result<Vec<ListingInfo>> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let request = ListListings {
            channel,
            filter,
            search: None,
            after,
            limit: PAGE,
        };
        let page: ListingPage = session.call("listings.list", &request).await?;
        found.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Refuses what cannot work, before anything is opened.
pub fn check_sync(args: &SyncArgs, as_json: bool) -> Result<(), Failure> {
    plan::can_confirm(args.yes || args.plan, as_json)
}

/// Reads a shop, plans, and applies.
pub async fn sync(session: &Session, args: &SyncArgs) -> Result<Ended, Failure> {
    let channel = find(session, &args.name).await?;
    let request = SyncChannel {
        id: channel.record.id,
        whole: Some(args.whole),
        offline: Some(args.offline),
        only: match (args.products, args.stock) {
            (true, false) => Some(SyncOnly::Products),
            (false, true) => Some(SyncOnly::Stock),
            _ => None,
        },
        listings: None,
    };
    let started: Started = session.call("channels.sync", &request).await?;
    let planned = session.finish(&started).await?;
    let id = planned.plan.or(started.plan);
    let id = id.ok_or_else(|| Error::internal("The job has made no plan."))?;
    let ended = carry_out(session, id, args).await;
    plan::clear(session, id).await;
    ended
}
