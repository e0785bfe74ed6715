//! Stock and where it lies.

use super::super::auth::need;
use super::super::engine::{Args, Context, Key, Kinds, Refusal, Thing, Val, gid, page};
use super::super::store::{QUANTITIES, Variant};
use super::product_search::whole_second;
use super::roots::{listed, moment, search, sort_key};
use super::{amount, id_of, not_here};

const ITEMS: Kinds = Kinds {
    connection: "InventoryItemConnection",
    edge: "InventoryItemEdge",
    root: true,
};
const LEVELS: Kinds = Kinds {
    connection: "InventoryLevelConnection",
    edge: "InventoryLevelEdge",
    root: false,
};

/// A page of `locations`.
pub(super) fn locations(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.locations", &["query"])?;
    let all = args.flag("includeInactive").unwrap_or_default();
    let sort = sort_key(args, &["NAME", "ID"], "NAME")?;
    let state = context.state();
    let shown = state.locations.values().filter(|one| all || one.active);
    let mut nodes: Vec<(Key, Thing)> = shown
        .map(|one| {
            let name = if sort == "NAME" {
                one.name.clone()
            } else {
                String::new()
            };
            (Key::Text(name, one.id), Thing::Location(one.id))
        })
        .collect();
    nodes.sort_by(|(one, _), (two, _)| one.cmp(two));
    listed(context, ("LocationConnection", "LocationEdge"), args, nodes)
}

/// One field of a location.
pub(super) fn location(
    context: &Context<'_>,
    id: u64,
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(location) = state.locations.get(&id) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("Location", id)),
        "legacyResourceId" => Val::from(id.to_string()),
        "name" => Val::from(location.name.as_str()),
        "isActive" | "shipsInventory" | "fulfillsOnlineOrders" => Val::from(location.active),
        "isFulfillmentService" => Val::from(false),
        "address" => Val::record(
            "LocationAddress",
            vec![
                ("address1", Val::from("Practice street 1")),
                ("address2", Val::NULL),
                ("city", Val::from(location.city.as_str())),
                ("provinceCode", Val::NULL),
                ("zip", Val::from("23552")),
                ("countryCode", Val::from(location.country.as_str())),
                ("phone", Val::NULL),
            ],
        ),
        "inventoryLevels" => return levels_at(context, id, args),
        _ => return Err(not_here("Location", name)),
    })
}

/// The levels at a location, in the order of their variants.
fn levels_at(context: &Context<'_>, location: u64, args: &Args) -> Result<Val, Refusal> {
    need(context.scopes, "read_inventory", "inventoryLevels")?;
    let query = args.text("query").unwrap_or_default();
    let known = ["id", "inventory_item_id", "updated_at", "created_at"];
    let search = search(context, "inventoryLevels", query, &known)?;
    let inactive = args.flag("includeInactive").unwrap_or_default();
    let state = context.state();
    let keep = |thing: &Thing| {
        let Thing::Level { variant, location } = thing else {
            return false;
        };
        let Some(variant) = state.variants.get(variant) else {
            return false;
        };
        let Some(level) = variant.level(*location) else {
            return false;
        };
        (inactive || level.active)
            && search.finds(|term| {
                Some(match term.field.as_deref()? {
                    "updated_at" => {
                        term.compares(&whole_second(level.updated), &moment(&term.value)?)
                    }
                    "inventory_item_id" => term.is(&variant.item.to_string()),
                    _ => return None,
                })
            })
    };
    let all = state.variants.keys().map(|variant| {
        let variant = *variant;
        (Key::Number(0, variant), Thing::Level { variant, location })
    });
    page(context, LEVELS, args, all, keep)
}

/// A page of `inventoryItems`.
pub(super) fn page_of_items(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let query = args.text("query").unwrap_or_default();
    let search = search(
        context,
        "inventoryItems",
        query,
        &["id", "sku", "updated_at", "created_at"],
    )?;
    let state = context.state();
    let keep = |thing: &Thing| {
        let Thing::Item(variant) = thing else {
            return false;
        };
        let Some(variant) = state.variants.get(variant) else {
            return false;
        };
        search.finds(|term| {
            Some(match term.field.as_deref()? {
                "id" => term.is(&variant.item.to_string()),
                "sku" => variant.sku.as_ref().is_some_and(|sku| term.begins(sku)),
                "updated_at" => {
                    term.compares(&whole_second(variant.item_updated), &moment(&term.value)?)
                }
                _ => return None,
            })
        })
    };
    let all = state
        .variants
        .keys()
        .map(|id| (Key::Number(0, *id), Thing::Item(*id)));
    page(context, ITEMS, args, all, keep)
}

/// One field of an inventory item.
pub(super) fn item(
    context: &Context<'_>,
    id: u64,
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(variant) = state.variants.get(&id) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("InventoryItem", variant.item)),
        "sku" => Val::from(variant.sku.clone()),
        "tracked" => Val::from(variant.tracked),
        "requiresShipping" => Val::from(variant.ships),
        "countryCodeOfOrigin" => Val::from(variant.origin.clone()),
        "harmonizedSystemCode" => Val::from(variant.harmonized.clone()),
        "updatedAt" => Val::from(variant.item_updated.rfc3339()),
        "duplicateSkuCount" => Val::from(state.twins(variant)),
        "unitCost" => variant.cost.map_or(Val::NULL, |cost| amount(context, cost)),
        "measurement" => measurement(variant),
        "inventoryLevel" => {
            need(context.scopes, "read_inventory", name)?;
            let location = args.must_id("locationId", "Location")?;
            let inactive = args.flag("includeInactive").unwrap_or_default();
            let level = variant
                .level(location)
                .filter(|level| inactive || level.active);
            Val::from(level.map(|_| Thing::Level {
                variant: id,
                location,
            }))
        }
        "inventoryLevels" => {
            need(context.scopes, "read_inventory", name)?;
            args.without("InventoryItem.inventoryLevels", &["query"])?;
            let inactive = args.flag("includeInactive").unwrap_or_default();
            let levels = variant
                .levels
                .iter()
                .filter(|level| inactive || level.active);
            let node = |location: u64| {
                (
                    Key::Number(0, location),
                    Thing::Level {
                        variant: id,
                        location,
                    },
                )
            };
            let mut nodes: Vec<_> = levels.map(|level| node(level.location)).collect();
            nodes.sort_by(|(one, _), (two, _)| one.cmp(two));
            return listed(context, (LEVELS.connection, LEVELS.edge), args, nodes);
        }
        _ => return Err(not_here("InventoryItem", name)),
    })
}

fn measurement(variant: &Variant) -> Val {
    let weight = vec![
        ("value", Val::from(variant.weight)),
        ("unit", Val::from(variant.weight_unit.as_str())),
    ];
    Val::record(
        "InventoryItemMeasurement",
        vec![
            (
                "id",
                Val::from(gid("InventoryItemMeasurement", variant.item)),
            ),
            ("weight", Val::record("Weight", weight)),
        ],
    )
}

/// One field of a level.
pub(super) fn level(
    context: &Context<'_>,
    (variant, location): (u64, u64),
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(level) = state
        .variants
        .get(&variant)
        .and_then(|one| one.level(location))
    else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(id_of(context, &Thing::Level { variant, location })),
        "isActive" => Val::from(level.active),
        "updatedAt" => Val::from(level.updated.rfc3339()),
        "item" => Val::from(Thing::Item(variant)),
        "location" => Val::from(Thing::Location(location)),
        "quantities" => {
            let mut quantities = Vec::new();
            for name in args.texts("names").unwrap_or_default() {
                let Some(quantity) = level.quantity(&name) else {
                    let message = format!("{name} is no name of a quantity.");
                    return Err(Refusal::new("INVALID_FIELD_ARGUMENTS", message));
                };
                let id = format!(
                    "{}?name={name}",
                    gid("InventoryQuantity", location ^ variant)
                );
                quantities.push(Val::record(
                    "InventoryQuantity",
                    vec![
                        ("id", Val::from(id)),
                        ("name", Val::from(name)),
                        ("quantity", Val::from(quantity)),
                        ("updatedAt", Val::from(level.updated.rfc3339())),
                    ],
                ));
            }
            Val::List(quantities)
        }
        _ => return Err(not_here("InventoryLevel", name)),
    })
}

/// The names of quantities and how they hang together.
pub(super) fn properties() -> Val {
    let on_hand = [
        "available",
        "committed",
        "reserved",
        "damaged",
        "safety_stock",
        "quality_control",
    ];
    let name = |name: &&'static str| {
        let comprises: &[&str] = if *name == "on_hand" { &on_hand } else { &[] };
        let belongs: &[&str] = if on_hand.contains(name) {
            &["on_hand"]
        } else {
            &[]
        };
        Val::record(
            "InventoryQuantityName",
            vec![
                ("name", Val::from(*name)),
                ("displayName", Val::from(name.replace('_', " "))),
                ("isInUse", Val::from(true)),
                ("belongsTo", Val::words(belongs.iter().copied())),
                ("comprises", Val::words(comprises.iter().copied())),
            ],
        )
    };
    Val::record(
        "InventoryProperties",
        vec![(
            "quantityNames",
            Val::List(QUANTITIES.iter().map(name).collect()),
        )],
    )
}
