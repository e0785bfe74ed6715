//! Why something was not synced yet, in one sentence.

use domain::channel::LinkState;
use domain::channel::shop::{EVERY, STATE, UNASKED};
use domain::record::{Record, Value};

use super::told::{ListingInfo, ListingWait};

/// The reason first that a person can do most about.
pub(super) fn why_not_yet(listing: &ListingInfo, channel: &Record) -> String {
    let is_disputed = |waits: &ListingWait| !waits.disputed.is_empty();
    let reason = match (channel.fields.text(STATE), &listing.waits) {
        _ if listing.problem.is_some() => return failed(listing),
        _ if listing.is_pending => "It is on its way, and the shop has not confirmed it yet.",
        ("paused", _) => "The shop is paused.",
        (_, Some(waits)) if is_disputed(waits) => {
            "Both sides changed it. You decide in the review of the next sync."
        }
        (_, None) if listing.link == LinkState::Linked => {
            "The next sync looks at it, and settles it."
        }
        ("rehearsal", _) => "The shop rehearses: nothing is sent.",
        _ => return by_itself(channel),
    };
    reason.to_owned()
}

fn failed(listing: &ListingInfo) -> String {
    let problem = listing.problem.as_ref();
    let message = problem.map_or("", |problem| problem.message.as_str());
    format!("It failed: {message}")
}

/// How the shop is synced by itself, when it is.
fn by_itself(channel: &Record) -> String {
    let often = match channel.fields.get(EVERY).as_number() {
        None => return "No sync runs by itself. Start one with Sync.".to_owned(),
        Some(1) => "every minute".to_owned(),
        Some(minutes) => format!("every {minutes} minutes"),
    };
    match channel.fields.get(UNASKED) {
        Value::Flag(true) => format!("It goes by itself, {often}."),
        _ => format!("It is planned {often}, and goes once you apply the plan."),
    }
}

#[cfg(test)]
mod tests {
    use domain::channel::shop::CHANNEL;
    use domain::record::{Field, Fields, Kind};
    use domain::values::{RecordId, Timestamp};
    use serde_json::json;

    use super::*;

    fn channel(set: &[(Field, Value)]) -> Record {
        let mut fields = Fields::blank(CHANNEL);
        for (field, value) in set {
            fields.set(*field, value.clone());
        }
        Record {
            kind: Kind::from_key("channel").unwrap_or(CHANNEL),
            id: RecordId::new(),
            version: 1,
            trashed: false,
            references: Default::default(),
            fields,
            updated_at: Timestamp(0),
        }
    }

    fn listing(link: &str, disputed: Option<&[&str]>) -> ListingInfo {
        let waits = disputed.map(|disputed| {
            json!({ "toShop": ["name"], "toHere": [], "disputed": disputed, "since": null })
        });
        serde_json::from_value(json!({
            "id": RecordId::new(), "channel": RecordId::new(), "link": link, "record": null, "sku": "A", "barcode": "",
            "title": "A", "state": null, "isParent": false, "isVariant": false, "gone": false, "address": "",
            "isPending": false, "problem": null, "waits": waits, "whyNotYet": null, "own": {}, "candidates": [],
        }))
        .unwrap()
    }

    #[test]
    fn the_reason_comes_first_that_a_person_can_do_most_about() {
        let (differs, disputed) = (
            listing("linked", Some(&[])),
            listing("linked", Some(&["name"])),
        );
        let state = |word: &str| (STATE, Value::text(word));
        let every = |minutes: i64| (EVERY, Value::Number(minutes));
        let unasked = (UNASKED, Value::Flag(true));
        for (set, listing, why) in [
            (vec![state("paused")], &disputed, "The shop is paused."),
            (
                vec![state("rehearsal")],
                &disputed,
                "Both sides changed it.",
            ),
            (vec![state("rehearsal")], &differs, "The shop rehearses"),
            (vec![state("active")], &differs, "No sync runs by itself."),
            (vec![every(1)], &differs, "It is planned every minute,"),
            (
                vec![every(30), unasked],
                &differs,
                "It goes by itself, every 30 minutes.",
            ),
            (
                vec![],
                &listing("linked", None),
                "The next sync looks at it",
            ),
            (
                vec![],
                &listing("wanted_there", None),
                "No sync runs by itself.",
            ),
        ] {
            let told = why_not_yet(listing, &channel(&set));
            assert!(told.starts_with(why), "{told} is not: {why}");
        }
    }
}
