//! Inventory items, and where they are stocked.

use super::super::engine::{Args, Context, Refusal, Thing, Val};
use super::complaint::{Complaint, payload};
use super::inventory::{level_of, put};
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
