//! Inventory items, and where they are stocked.

use super::super::engine::{Args, Context, Refusal, Thing, Val};
use super::super::store::{Level, Variant};
use super::complaint::{Complaint, payload};
use super::inventory::{level_of, put};
use super::set_variants::is_there;
use super::variant_fields::{NOT_HERE_OF_ITEMS, set_item};

/// `inventoryItemUpdate`.
pub(super) fn update_item(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let input = args.object("input").unwrap_or_default();
    input.without("InventoryItemInput", &NOT_HERE_OF_ITEMS)?;
    let item = args.must_id("id", "InventoryItem")?;
    let found = context.state().variant_of_item(item).cloned();
    let Some(mut variant) = found else {
        let complaint = Complaint::without_code(&["id"], "The inventory item couldn't be found.");
        let fields = vec![("inventoryItem", Val::NULL)];
        return Ok(payload(
            "InventoryItemUpdatePayload",
            "UserError",
            fields,
            &[complaint],
        ));
    };
    let id = variant.id;
    let complaints: Vec<Complaint> = match set_item(&mut variant, &input, context.now) {
        Ok(()) => {
            context.change().change_variant(id, |one| *one = variant);
            Vec::new()
        }
        Err(complaint) => vec![complaint.within(&["input"])],
    };
    let fields = vec![("inventoryItem", Val::from(Thing::Item(id)))];
    Ok(payload(
        "InventoryItemUpdatePayload",
        "UserError",
        fields,
        &complaints,
    ))
}

/// `inventoryActivate`: stocks an item at a location; what is stocked already keeps its quantities.
pub(super) fn activate(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let ended = |level: Option<Thing>, complaints: &[Complaint]| {
        let fields = vec![("inventoryLevel", Val::from(level))];
        payload("InventoryActivatePayload", "UserError", fields, complaints)
    };
    let (available, on_hand) = (args.int("available"), args.int("onHand"));
    if available.is_some() && on_hand.is_some() {
        let message = "Not allowed to set available and on_hand quantities at the same time.";
        return Ok(ended(None, &[Complaint::without_code(&[], message)]));
    }
    let (variant, mut level) = match level_of(context, args)? {
        Ok(found) => found,
        Err(complaint) => return Ok(ended(None, &[complaint])),
    };
    let stocked = context
        .state()
        .variants
        .get(&variant)
        .is_some_and(|one| one.level(level.location).is_some());
    if !stocked {
        level.available = available.or(on_hand).unwrap_or_default();
    }
    level.active = true;
    let location = level.location;
    put(context, variant, level, 0);
    Ok(ended(Some(Thing::Level { variant, location }), &[]))
}

/// `inventoryBulkToggleActivation`: where an item is stocked; all of it or nothing.
pub(super) fn toggle(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = (
        "InventoryBulkToggleActivationPayload",
        "InventoryBulkToggleActivationUserError",
    );
    let ended = |item: Option<Thing>, levels: Val, complaints: &[Complaint]| {
        let fields = vec![
            ("inventoryItem", Val::from(item)),
            ("inventoryLevels", levels),
        ];
        payload(KINDS.0, KINDS.1, fields, complaints)
    };
    let item = args.must_id("inventoryItemId", "InventoryItem")?;
    let found = context.state().variant_of_item(item).cloned();
    let Some(mut variant) = found else {
        let message = "The inventory item was not found.";
        let complaint = Complaint::new("INVENTORY_ITEM_NOT_FOUND", &["inventoryItemId"], message);
        return Ok(ended(None, Val::NULL, &[complaint]));
    };
    let id = variant.id;
    let mut shown = Vec::new();
    for (place, wish) in args
        .objects("inventoryItemUpdates")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let at = place.to_string();
        let within = ["inventoryItemUpdates", &at, "locationId"];
        let location = wish.must_id("locationId", "Location")?;
        let wanted = wish.flag("activate").unwrap_or_default();
        if let Err((code, message)) = switch(context, &mut variant, location, wanted) {
            let complaint = Complaint::new(code, &within, message);
            return Ok(ended(Some(Thing::Item(id)), Val::NULL, &[complaint]));
        }
        if wanted {
            let variant = id;
            shown.push(Thing::Level { variant, location });
        }
    }
    context.change().change_variant(id, |one| *one = variant);
    Ok(ended(Some(Thing::Item(id)), Val::things(shown), &[]))
}

/// Stocks a variant at a location, or takes it off there.
fn switch(
    context: &Context<'_>,
    variant: &mut Variant,
    location: u64,
    wanted: bool,
) -> Result<(), (&'static str, &'static str)> {
    if !is_there(&context.state(), location) {
        return Err(("LOCATION_NOT_FOUND", "The location was not found."));
    }
    let active = variant.levels.iter().filter(|level| level.active).count();
    let level = variant
        .levels
        .iter_mut()
        .find(|level| level.location == location);
    match level {
        Some(level) if level.active == wanted => {}
        Some(level) if !wanted && level.committed > 0 => {
            let message = "The item has committed stock at the location.";
            return Err(("COMMITTED_INVENTORY_AT_LOCATION", message));
        }
        Some(_) if !wanted && active == 1 => {
            let message = "The item is stocked nowhere else.";
            return Err(("CANNOT_DEACTIVATE_FROM_ONLY_LOCATION", message));
        }
        Some(level) => {
            level.active = wanted;
            level.available = if wanted { level.available } else { 0 };
            level.updated = context.now;
        }
        None if wanted => variant.levels.push(Level::empty(location, context.now)),
        None => {}
    }
    Ok(())
}
