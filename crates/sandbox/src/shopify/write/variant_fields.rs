//! The fields of a variant that several mutations set.

use super::super::engine::Args;
use super::super::store::{Money, Variant};
use super::complaint::Complaint;
use crate::frame::Moment;

/// What the practice shop cannot do with a variant.
pub(super) const NOT_HERE: [&str; 6] = [
    "requiresComponents",
    "showUnitPrice",
    "taxCode",
    "unitPriceMeasurement",
    "mediaId",
    "mediaSrc",
];

/// What it cannot do with an inventory item.
pub(super) const NOT_HERE_OF_ITEMS: [&str; 2] =
    ["countryHarmonizedSystemCodes", "provinceCodeOfOrigin"];

/// Sets what the input says of a variant. What is not said stays; a null clears what can be empty.
///
/// # Errors
/// The first thing that is wrong, with a code for amounts.
pub(super) fn set_variant(
    variant: &mut Variant,
    input: &Args,
    now: Moment,
) -> Result<(), Complaint> {
    if let Some(price) = amount(input, "price", "Price")? {
        variant.price = price;
    }
    if input.has("compareAtPrice") {
        variant.compare_at = amount(input, "compareAtPrice", "Compare at price")?;
    }
    if input.has("barcode") {
        variant.barcode = filled(input.text("barcode"));
    }
    if input.has("sku") {
        variant.sku = filled(input.text("sku"));
    }
    if let Some(taxable) = input.flag("taxable") {
        variant.taxable = taxable;
    }
    if let Some(policy) = input.text("inventoryPolicy") {
        variant.policy = String::from(policy);
    }
    if let Some(item) = input.object("inventoryItem") {
        set_item(variant, &item, now).map_err(|one| one.within(&["inventoryItem"]))?;
    }
    variant.updated = now;
    Ok(())
}

/// Sets what the input says of a variant's inventory item.
///
/// # Errors
/// The first thing that is wrong.
pub(super) fn set_item(variant: &mut Variant, input: &Args, now: Moment) -> Result<(), Complaint> {
    if input.has("cost") {
        variant.cost = amount(input, "cost", "Cost per item")?;
    }
    if input.has("sku") {
        variant.sku = filled(input.text("sku"));
    }
    if let Some(tracked) = input.flag("tracked") {
        variant.tracked = tracked;
    }
    if let Some(ships) = input.flag("requiresShipping") {
        variant.ships = ships;
    }
    if input.has("countryCodeOfOrigin") {
        variant.origin = filled(input.text("countryCodeOfOrigin"));
    }
    if input.has("harmonizedSystemCode") {
        variant.harmonized = filled(input.text("harmonizedSystemCode"));
    }
    let weight = input
        .object("measurement")
        .and_then(|measurement| measurement.object("weight"));
    if let Some(weight) = weight {
        let value = weight
            .get("value")
            .and_then(serde_json::Value::as_f64)
            .unwrap_or_default();
        if value < 0.0 {
            let message = "Weight must be greater than or equal to 0";
            return Err(Complaint::without_code(
                &["measurement", "weight", "value"],
                message,
            ));
        }
        variant.weight = value;
        variant.weight_unit = weight.text("unit").unwrap_or("KILOGRAMS").to_owned();
    }
    variant.item_updated = now;
    Ok(())
}

/// A text that is there; a blank one is not.
fn filled(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(String::from)
}

/// An amount of money, which clients write as a text or as a number.
fn amount(input: &Args, key: &str, name: &str) -> Result<Option<Money>, Complaint> {
    let Some(value) = input.get(key) else {
        return Ok(None);
    };
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), String::from);
    let Some(amount) = Money::parse(&text) else {
        return Err(Complaint::without_code(
            &[key],
            format!("{name} is not a number"),
        ));
    };
    if amount < Money(0) {
        let message = format!("{name} must be greater than or equal to 0");
        return Err(Complaint::without_code(&[key], message));
    }
    if amount.is_too_large() {
        let message = format!("{name} must be less than 1000000000000000000");
        return Err(Complaint::without_code(&[key], message));
    }
    Ok(Some(amount))
}
