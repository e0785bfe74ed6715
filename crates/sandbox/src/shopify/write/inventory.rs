//! Stock.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid};
use super::super::store::{Level, QUANTITIES, Variant};
use super::complaint::{Complaint, payload};
use super::set_variants::is_there;

/// No quantity lies beyond this.
const LARGEST: i64 = 1_000_000_000;

/// Why a quantity may change, as Shopify itself lists it.
const REASONS: [&str; 17] = [
    "correction",
    "cycle_count_available",
    "damaged",
    "movement_canceled",
    "movement_created",
    "movement_received",
    "movement_updated",
    "other",
    "promotion",
    "quality_control",
    "received",
    "reservation_created",
    "reservation_deleted",
    "reservation_updated",
    "restock",
    "safety_stock",
    "shrinkage",
];

/// One change as it is told afterwards.
pub(super) struct Change {
    name: &'static str,
    delta: i64,
    variant: u64,
    location: u64,
}

/// `inventorySetQuantities`: all of them or none.
pub(super) fn set(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = (
        "InventorySetQuantitiesPayload",
        "InventorySetQuantitiesUserError",
    );
    let input = args.object("input").unwrap_or_default();
    let wishes = input.objects("quantities").unwrap_or_default();
    need_compare(&wishes, "InventoryQuantityInput")?;
    let on_hand = match input.text("name") {
        Some("available") => false,
        Some("on_hand") => true,
        _ => {
            let message = "The quantity name must be either 'available' or 'on_hand'.";
            return Ok(stopped(
                KINDS,
                vec![Complaint::new("INVALID_NAME", &["input", "name"], message)],
            ));
        }
    };
    let mut complaints: Vec<Complaint> = reason(&input).into_iter().collect();
    let mut pairs = HashSet::new();
    let mut levels = Vec::new();
    for (place, wish) in wishes.iter().enumerate() {
        let at = place.to_string();
        let within = ["input", "quantities", at.as_str()];
        match wanted(context, wish, on_hand)? {
            Ok((variant, level, delta)) => {
                if !pairs.insert((variant, level.location)) {
                    let message =
                        "The combination of inventoryItemId and locationId must be unique.";
                    let code = "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR";
                    complaints.push(Complaint::new(code, &within, message));
                }
                levels.push((variant, level, delta));
            }
            Err(complaint) => complaints.push(complaint.within(&within)),
        }
    }
    if !complaints.is_empty() {
        return Ok(stopped(KINDS, complaints));
    }
    let changes = levels
        .into_iter()
        .flat_map(|(variant, level, delta)| put(context, variant, level, delta));
    Ok(group(context, KINDS, &input, changes.collect()))
}

/// The level as it is to be, with by how much its quantity changes.
fn wanted(
    context: &Context<'_>,
    wish: &Args,
    on_hand: bool,
) -> Result<Result<(u64, Level, i64), Complaint>, Refusal> {
    let (variant, mut level) = match level_of(context, wish)? {
        Ok(found) => found,
        Err(complaint) => return Ok(Err(complaint)),
    };
    let quantity = wish.int("quantity").unwrap_or_default();
    if on_hand && quantity < 0 {
        let message = "The quantity can't be negative.";
        return Ok(Err(Complaint::new(
            "INVALID_QUANTITY_NEGATIVE",
            &["quantity"],
            message,
        )));
    }
    if let Some(complaint) = out_of_range(quantity) {
        return Ok(Err(complaint.within(&["quantity"])));
    }
    let now = if on_hand {
        level.on_hand()
    } else {
        level.available
    };
    if let Some(complaint) = stale(wish, now) {
        return Ok(Err(complaint));
    }
    level.available += quantity - now;
    level.active = true;
    Ok(Ok((variant, level, quantity - now)))
}

/// `inventoryAdjustQuantities`: all of them or none.
pub(super) fn adjust(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = (
        "InventoryAdjustQuantitiesPayload",
        "InventoryAdjustQuantitiesUserError",
    );
    let input = args.object("input").unwrap_or_default();
    let wishes = input.objects("changes").unwrap_or_default();
    need_compare(&wishes, "InventoryChangeInput")?;
    if input.text("name") != Some("available") {
        let name = input.text("name").unwrap_or_default();
        if QUANTITIES.contains(&name) && name != "on_hand" {
            return Err(Refusal::unknown_here(format_args!(
                "adjusting the quantity {name}"
            )));
        }
        let message = "The specified quantity name is invalid.";
        let complaint = Complaint::new("INVALID_QUANTITY_NAME", &["input", "name"], message);
        return Ok(stopped(KINDS, vec![complaint]));
    }
    let mut complaints: Vec<Complaint> = reason(&input).into_iter().collect();
    let mut levels = Vec::new();
    for (place, wish) in wishes.iter().enumerate() {
        let at = place.to_string();
        let within = ["input", "changes", at.as_str()];
        if wish.get("ledgerDocumentUri").is_some() {
            let message = "A ledger document URI is not allowed when adjusting available.";
            let code = "INVALID_AVAILABLE_DOCUMENT";
            complaints.push(Complaint::new(code, &["ledgerDocumentUri"], message).within(&within));
            continue;
        }
        match adjusted(context, wish)? {
            Ok(level) => levels.push(level),
            Err(complaint) => complaints.push(complaint.within(&within)),
        }
    }
    if !complaints.is_empty() {
        return Ok(stopped(KINDS, complaints));
    }
    let mut changes = Vec::new();
    for (variant, level, delta) in levels {
        // One level may be named several times: each delta counts on top of the last.
        let now = context
            .state()
            .variants
            .get(&variant)
            .and_then(|one| one.level(level.location).cloned());
        let mut level = now.unwrap_or(level);
        level.available += delta;
        changes.extend(put(context, variant, level, delta));
    }
    Ok(group(context, KINDS, &input, changes))
}

/// The level that is to be changed, and by how much.
fn adjusted(
    context: &Context<'_>,
    wish: &Args,
) -> Result<Result<(u64, Level, i64), Complaint>, Refusal> {
    let (variant, level) = match level_of(context, wish)? {
        Ok(found) => found,
        Err(complaint) => return Ok(Err(complaint)),
    };
    let delta = wish.int("delta").unwrap_or_default();
    if let Some(complaint) = stale(wish, level.available) {
        return Ok(Err(complaint));
    }
    if let Some(complaint) = out_of_range(level.available + delta) {
        return Ok(Err(complaint.within(&["delta"])));
    }
    Ok(Ok((variant, level, delta)))
}

/// One of `quantityAdjustments` of a variant that is written later.
pub(super) fn adjust_one(
    context: &Context<'_>,
    variant: &mut Variant,
    wish: &Args,
) -> Result<Result<(), Complaint>, Refusal> {
    need_compare(std::slice::from_ref(wish), "InventoryAdjustmentInput")?;
    let location = wish.must_id("locationId", "Location")?;
    let level = variant
        .levels
        .iter_mut()
        .find(|level| level.location == location);
    let Some(level) = level else {
        let message = "The specified location could not be found.";
        return Ok(Err(Complaint::without_code(&["locationId"], message)));
    };
    if let Some(complaint) = stale(wish, level.available) {
        return Ok(Err(complaint));
    }
    level.available += wish.int("adjustment").unwrap_or_default();
    level.updated = context.now;
    Ok(Ok(()))
}

/// The variant and the level that an input is about; a level that is not there is an empty one.
pub(super) fn level_of(
    context: &Context<'_>,
    wish: &Args,
) -> Result<Result<(u64, Level), Complaint>, Refusal> {
    let item = wish.must_id("inventoryItemId", "InventoryItem")?;
    let location = wish.must_id("locationId", "Location")?;
    let state = context.state();
    let Some(variant) = state.variant_of_item(item) else {
        let message = "The specified inventory item could not be found.";
        return Ok(Err(Complaint::new(
            "INVALID_INVENTORY_ITEM",
            &["inventoryItemId"],
            message,
        )));
    };
    if !is_there(&state, location) {
        let message = "The specified location could not be found.";
        return Ok(Err(Complaint::new(
            "INVALID_LOCATION",
            &["locationId"],
            message,
        )));
    }
    let level = variant.level(location).cloned();
    Ok(Ok((
        variant.id,
        level.unwrap_or_else(|| Level::empty(location, context.now)),
    )))
}

/// Since 2026-04 what is compared with must be said, if only with a null.
fn need_compare(wishes: &[Args], kind: &str) -> Result<(), Refusal> {
    if wishes.iter().all(|wish| wish.has("changeFromQuantity")) {
        return Ok(());
    }
    let message = format!("{kind} must include the following argument: changeFromQuantity.");
    Err(Refusal::new("INVALID_FIELD_ARGUMENTS", message))
}

fn stale(wish: &Args, now: i64) -> Option<Complaint> {
    let compared = wish.int("changeFromQuantity")?;
    let message = "The changeFromQuantity argument no longer matches the persisted quantity.";
    (compared != now).then(|| {
        Complaint::new(
            "CHANGE_FROM_QUANTITY_STALE",
            &["changeFromQuantity"],
            message,
        )
    })
}

fn out_of_range(quantity: i64) -> Option<Complaint> {
    let (code, message) = if quantity > LARGEST {
        (
            "INVALID_QUANTITY_TOO_HIGH",
            "The quantity can't be higher than 1,000,000,000.",
        )
    } else if quantity < -LARGEST {
        (
            "INVALID_QUANTITY_TOO_LOW",
            "The quantity can't be lower than -1,000,000,000.",
        )
    } else {
        return None;
    };
    Some(Complaint::new(code, &[], message))
}

fn reason(input: &Args) -> Option<Complaint> {
    let reason = input.text("reason").unwrap_or_default();
    let message = format!(
        "The specified reason is invalid. Valid values are: {}.",
        REASONS.join(", ")
    );
    (!REASONS.contains(&reason))
        .then(|| Complaint::new("INVALID_REASON", &["input", "reason"], message))
}

/// Writes a level: a change of what is available is one of what is on hand.
pub(super) fn put(
    context: &Context<'_>,
    variant: u64,
    mut level: Level,
    delta: i64,
) -> Vec<Change> {
    level.updated = context.now;
    let location = level.location;
    context.change().change_variant(variant, |one| {
        one.levels.retain(|other| other.location != location);
        one.levels.push(level);
    });
    let change = |name| Change {
        name,
        delta,
        variant,
        location,
    };
    vec![change("available"), change("on_hand")]
}

fn stopped(kinds: (&'static str, &'static str), complaints: Vec<Complaint>) -> Val {
    payload(
        kinds.0,
        kinds.1,
        vec![("inventoryAdjustmentGroup", Val::NULL)],
        &complaints,
    )
}

/// The answer that tells what changed.
fn group(
    context: &Context<'_>,
    kinds: (&'static str, &'static str),
    input: &Args,
    changes: Vec<Change>,
) -> Val {
    let told = |change: Change| {
        Val::record(
            "InventoryChange",
            vec![
                ("name", Val::from(change.name)),
                ("delta", Val::from(change.delta)),
                ("quantityAfterChange", Val::NULL),
                ("item", Val::from(Thing::Item(change.variant))),
                ("location", Val::from(Thing::Location(change.location))),
            ],
        )
    };
    let id = context.change().number();
    let group = vec![
        ("id", Val::from(gid("InventoryAdjustmentGroup", id))),
        ("createdAt", Val::from(context.now.rfc3339())),
        ("reason", Val::from(input.text("reason").map(String::from))),
        (
            "referenceDocumentUri",
            Val::from(input.text("referenceDocumentUri").map(String::from)),
        ),
        (
            "changes",
            Val::List(changes.into_iter().map(told).collect()),
        ),
    ];
    let group = Val::record("InventoryAdjustmentGroup", group);
    payload(
        kinds.0,
        kinds.1,
        vec![("inventoryAdjustmentGroup", group)],
        &[],
    )
}
