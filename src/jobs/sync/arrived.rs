//! What is kept of a listing once the shop has answered, or has not.

use channels::channel::Written;
use channels::failure::{Failure, FailureKind};
use domain::channel::{Agreed, Listing, ListingProblem, Pending, ShopField, ShopItem, ShopValues};
use domain::plan::Operation;
use domain::record::Field;
use domain::values::Timestamp;
use store::{Dirt, ListingEntry, SettledListing};

/// What was sent has arrived: the shop said what it made of it.
pub(super) fn arrived(
    listing: &Listing,
    pending: &Pending,
    links: &[(Field, ShopField)],
    written: &Written,
) -> SettledListing {
    let mut values: ShopValues = pending.send.clone();
    values.extend(written.values.clone());
    let mut agreed: Agreed = pending.agreed.clone();
    for (ours, theirs) in links {
        if let (Some(both), Some(value)) = (agreed.get_mut(ours), values.get(theirs)) {
            both.theirs.clone_from(value);
        }
    }
    SettledListing {
        values,
        updated_at: written.updated_at,
        agreed,
        pending: Some(None),
        problem: Some(None),
        entry: Some(ListingEntry {
            operation: Operation::Update,
            changes: pending.changes.clone(),
            version: pending.version,
        }),
        ..SettledListing::of(listing.id)
    }
}

/// It is on its way, and may have arrived: the shop is read before anything is repeated.
pub(super) fn on_its_way(listing: &Listing, pending: Pending) -> SettledListing {
    SettledListing {
        pending: Some(Some(pending)),
        ..SettledListing::of(listing.id)
    }
}

/// What was on its way has not arrived, and nothing is repeated.
pub(super) fn nothing_on_its_way(listing: &Listing) -> SettledListing {
    SettledListing {
        pending: Some(None),
        ..SettledListing::of(listing.id)
    }
}

/// The shop has another item than the one that was planned against. What another desktop has on its way there is
/// still to be looked up.
pub(super) fn moved_on(listing: &Listing, item: ShopItem) -> SettledListing {
    SettledListing {
        item: Some(item),
        dirty: Some(Dirt::Open),
        ..SettledListing::of(listing.id)
    }
}

/// The same after something was sent: what of it is there has arrived, and is told in the journal.
pub(super) fn arrived_in_part(
    listing: &Listing,
    pending: &Pending,
    links: &[(Field, ShopField)],
    item: ShopItem,
) -> SettledListing {
    let is_there = |ours: Field| {
        let mut links = links.iter().filter(|(field, _)| *field == ours);
        links.any(|(_, theirs)| item.values.get(theirs) == pending.send.get(theirs))
    };
    let mut changes = pending.changes.clone();
    changes.retain(|change| is_there(change.field));
    let mut agreed = pending.agreed.clone();
    agreed.retain(|ours, _| is_there(*ours));
    let entry = (!changes.is_empty()).then_some(ListingEntry {
        operation: Operation::Update,
        changes,
        version: pending.version,
    });
    SettledListing {
        agreed,
        entry,
        pending: Some(None),
        ..moved_on(listing, item)
    }
}

/// The shop has it no more.
pub(super) fn gone(listing: &Listing) -> SettledListing {
    SettledListing {
        gone: Some(true),
        dirty: Some(Dirt::Open),
        pending: Some(None),
        ..SettledListing::of(listing.id)
    }
}

/// It was not done, and why.
pub(super) fn failed(
    (listing, pending): (&Listing, Option<&Pending>),
    sends_hidden: bool,
    failure: &Failure,
    now: Timestamp,
) -> SettledListing {
    let is_hidden = pending.is_some_and(Pending::is_hidden);
    let tries = listing.problem.as_ref().map_or(0, |problem| problem.tries);
    let problem = ListingProblem {
        message: failure.message.clone(),
        hint: failure
            .hint
            .clone()
            .unwrap_or_else(|| usual_hint(failure.kind).to_owned()),
        at: now,
        tries: tries + 1,
        retries: matches!(failure.kind, FailureKind::Later | FailureKind::Lost),
        request_id: failure.request_id.clone(),
        is_planned: false,
        is_hidden,
        may_quote: sends_hidden && quotes(failure.kind),
    };
    let is_lost = failure.kind == FailureKind::Lost;
    SettledListing {
        problem: Some(Some(problem)),
        // What may have arrived stays on its way until the shop was read.
        pending: (!is_lost).then_some(None),
        gone: (failure.kind == FailureKind::Gone).then_some(true),
        dirty: Some(if is_hidden { Dirt::Hidden } else { Dirt::Open }),
        ..SettledListing::of(listing.id)
    }
}

/// Whether such a failure has the shop's own words.
fn quotes(kind: FailureKind) -> bool {
    match kind {
        FailureKind::Rejected | FailureKind::Denied | FailureKind::Broken => true,
        FailureKind::Gone | FailureKind::Stale | FailureKind::Lost | FailureKind::Later => false,
    }
}

fn usual_hint(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Rejected => "Change the product, then sync again.",
        FailureKind::Gone => "Fetch from the shop, then decide what becomes of the product.",
        FailureKind::Stale => "Fetch from the shop, then look at the plan again.",
        FailureKind::Lost => "It is looked up before anything is sent again. Sync again.",
        FailureKind::Later => "Sync again later.",
        FailureKind::Denied => "Look at the channel's account, then sync again.",
        FailureKind::Broken => "Copy the details from the channel's log for support.",
    }
}
