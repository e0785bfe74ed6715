//! The parts of a written item that are no scalars: pictures, specifics, categories, prices of
//! groups, quantities. They are written in the documented wrappers, one row or many.

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::{Action, Change, Movement, Reader, Stop};
use super::item::{Place, Specific};
use crate::maropost::field::{self, Field, Kind, Taken};
use crate::maropost::loose::{self, Object};
use crate::maropost::loud::{Loud, Simulated, own_words};
use crate::maropost::settings::{QuantityAction, Settings};

/// Documented parts that the practice shop does not keep.
pub(crate) const NOT_SIMULATED: [&str; 9] = [
    "FreeGifts",
    "CrossSellProducts",
    "UpsellProducts",
    "KitComponents",
    "RelatedContents",
    "SalesChannels",
    "WarehouseLocations",
    "eBayItems",
    "eBayProductIDs",
];

/// The fields of a price for a group that are written besides the group.
const PRICE_FIELDS: [Field; 6] = [
    price_field("Price", Kind::Number),
    price_field("PromotionPrice", Kind::Number),
    price_field("MinimumQuantity", Kind::Integer),
    price_field("MaximumQuantity", Kind::Integer),
    price_field("Multiple", Kind::Integer),
    price_field("MultipleStartQuantity", Kind::Integer),
];

/// The name of a specific, as a field.
const SPECIFIC_NAME: Field = price_field("Name", Kind::Text(50));
/// The value of a specific, as a field.
const SPECIFIC_VALUE: Field = price_field("Value", Kind::Text(150));

const fn price_field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        selected: true,
        written: Some(name),
    }
}

/// Reads `Images`.
pub(crate) fn images(change: &mut Change, value: &Value) -> Result<(), Stop> {
    for row in loose::inner(value, "Images", "Image")? {
        only(row, "Image", &["Name", "URL", "Base64", "Delete"])?;
        let name = required(row, "Name")?;
        let place = Place::named(&name).ok_or_else(|| {
            let message = format!("no source has a picture named {name}: Main, Alt 1, Alt 2 …");
            Loud::new("UnknownImageName", message)
        })?;
        if deletes(row)? {
            change.images.push((place, None));
            continue;
        }
        let source = match (text(row, "URL")?, text(row, "Base64")?) {
            (Some(url), None) => url,
            (None, Some(content)) => format!("base64:{content}"),
            _ => {
                let message = "a picture has either a URL or Base64";
                return Err(Loud::new("UndocumentedShape", message).into());
            }
        };
        change.images.push((place, Some(source)));
    }
    Ok(())
}

/// Reads `ItemSpecifics`. There is no documented way to take one away.
pub(crate) fn specifics(
    change: &mut Change,
    value: &Value,
    settings: &Settings,
) -> Result<(), Stop> {
    for row in loose::inner(value, "ItemSpecifics", "ItemSpecific")? {
        only(row, "ItemSpecific", &["Name", "Value", "SortOrder"])?;
        let name = required(row, "Name")?;
        let name = taken(change, &SPECIFIC_NAME, &name, settings)?.unwrap_or_default();
        let value = required(row, "Value")?;
        let value = taken(change, &SPECIFIC_VALUE, &value, settings)?.unwrap_or_default();
        change.specifics.push(Specific { name, value });
    }
    Ok(())
}

/// Reads `Categories`, which are added to those that are there.
pub(crate) fn categories(
    reader: &Reader<'_>,
    change: &mut Change,
    value: &Value,
) -> Result<(), Stop> {
    for row in loose::inner(value, "Categories", "Category")? {
        only(row, "Category", &["CategoryID", "Priority", "Delete"])?;
        let id = number(row, "CategoryID")?;
        let priority = text(row, "Priority")?
            .map(|text| whole("Priority", &text))
            .transpose()?;
        let id = u64::try_from(id).unwrap_or_default();
        if deletes(row)? {
            change.categories.push((id, None));
        } else if reader.state.has_category(id) {
            change
                .categories
                .push((id, Some(priority.unwrap_or_default())));
        } else {
            reader.missing(change, format!("there is no category {id}"))?;
        }
    }
    Ok(())
}

/// Reads `PriceGroups`. A group is named by its id or by its name, both of which clients do.
pub(crate) fn prices(reader: &Reader<'_>, change: &mut Change, value: &Value) -> Result<(), Stop> {
    for row in loose::inner(value, "PriceGroups", "PriceGroup")? {
        let names = PRICE_FIELDS.map(|field| field.name);
        only(
            row,
            "PriceGroup",
            &[&names[..], &["Group", "Delete"]].concat(),
        )?;
        let group = required(row, "Group")?;
        let Some(id) = reader.state.find_group(&group) else {
            reader.missing(change, format!("there is no group {group}"))?;
            continue;
        };
        if deletes(row)? {
            change.prices.push((id, None));
            continue;
        }
        let mut fields = BTreeMap::new();
        for field in &PRICE_FIELDS {
            if let Some(text) = text(row, field.name)?
                && let Some(text) = taken(change, field, &text, reader.settings)?
            {
                fields.insert(field.name, text);
            }
        }
        change.prices.push((id, Some(fields)));
    }
    Ok(())
}

/// Reads `WarehouseQuantity`, one for each warehouse.
pub(crate) fn quantities(
    reader: &Reader<'_>,
    change: &mut Change,
    value: &Value,
) -> Result<(), Stop> {
    for row in loose::objects(value, "WarehouseQuantity")? {
        only(
            row,
            "WarehouseQuantity",
            &["WarehouseID", "Quantity", "Action"],
        )?;
        let id = u64::try_from(number(row, "WarehouseID")?).unwrap_or_default();
        if reader.state.has_warehouse(id) {
            let movement = movement(row, id, reader.settings)?;
            change.movements.push(movement);
        } else {
            reader.missing(change, format!("there is no warehouse {id}"))?;
        }
    }
    Ok(())
}

/// Reads `StoreQuantity`: stock without a warehouse lies in the primary one.
pub(crate) fn store_quantity(
    reader: &Reader<'_>,
    change: &mut Change,
    value: &Value,
) -> Result<(), Stop> {
    for row in loose::objects(value, "StoreQuantity")? {
        only(row, "StoreQuantity", &["Quantity", "Action"])?;
        let warehouse = reader.state.primary_warehouse();
        change
            .movements
            .push(movement(row, warehouse, reader.settings)?);
    }
    Ok(())
}

fn movement(row: &Object, warehouse: u64, settings: &Settings) -> Result<Movement, Stop> {
    let quantity = number(row, "Quantity")?;
    // The documents write both `set` and `Set`.
    let action = text(row, "Action")?.map(|action| action.to_ascii_lowercase());
    let action = match action.as_deref() {
        Some("set") => Action::Set,
        Some("increment") => Action::Increment,
        Some("decrement") => Action::Decrement,
        None => default_action(settings)?,
        Some(other) => {
            let message = format!("a quantity has no documented action {other}");
            return Err(Loud::new("UnknownQuantityAction", message).into());
        }
    };
    if quantity < 0 && action != Action::Set {
        let message = "no source says what moving a negative quantity does";
        return Err(Loud::new("NegativeQuantity", message).into());
    }
    Ok(Movement {
        warehouse,
        quantity,
        action,
    })
}

fn default_action(settings: &Settings) -> Simulated<Action> {
    match settings.quantity_action {
        QuantityAction::Set => Ok(Action::Set),
        QuantityAction::Increment => Ok(Action::Increment),
        QuantityAction::NotSimulated => Err(Loud::new(
            "NoQuantityAction",
            "no source says what a quantity without an Action does: always send one",
        )),
    }
}

/// A value as its field takes it; nothing when it is passed over.
fn taken(
    change: &mut Change,
    field: &Field,
    text: &str,
    settings: &Settings,
) -> Result<Option<String>, Stop> {
    match field::take(field, text, settings)? {
        Taken::Value(text) => Ok(Some(text)),
        Taken::Changed(text, warning) => {
            change.warnings.push(warning);
            Ok(Some(text))
        }
        Taken::Nothing => Ok(None),
        Taken::Ignored(warning) => {
            change.warnings.push(warning);
            Ok(None)
        }
        Taken::Refused(why) => Err(Stop::Bad(why)),
    }
}

/// Refuses what is not documented within a part.
fn only(row: &Object, part: &str, names: &[&str]) -> Simulated<()> {
    match row.keys().find(|name| !names.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(Loud::new(
            "UnknownField",
            format!("{name} in {part} is not documented, or not simulated"),
        )),
    }
}

fn text(row: &Object, name: &str) -> Simulated<Option<String>> {
    row.get(name)
        .map(|value| loose::scalar(value, name))
        .transpose()
}

/// A field without which the row is a bad one.
fn required(row: &Object, name: &str) -> Result<String, Stop> {
    let value = text(row, name)?.filter(|text| !text.is_empty());
    value.ok_or_else(|| Stop::Bad(own_words(format!("{name} is required"))))
}

fn number(row: &Object, name: &str) -> Result<i64, Stop> {
    let text = required(row, name)?;
    whole(name, &text).map_err(Stop::from)
}

fn whole(name: &str, text: &str) -> Simulated<i64> {
    let malformed = || {
        let message = format!("{name} is documented as a whole number, and \"{text}\" is none");
        Loud::new("MalformedValue", message)
    };
    text.trim().parse().map_err(|_| malformed())
}

fn deletes(row: &Object) -> Simulated<bool> {
    let Some(text) = text(row, "Delete")? else {
        return Ok(false);
    };
    let malformed = || {
        Loud::new(
            "MalformedValue",
            format!("\"{text}\" is no value of Delete"),
        )
    };
    loose::boolean(&text).ok_or_else(malformed)
}
