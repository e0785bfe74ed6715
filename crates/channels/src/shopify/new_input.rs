//! New products and variants as the inputs of mutations.

use domain::channel::{ShopField, ShopValues};
use domain::record::Value as Held;
use serde_json::{Map, Value, json};

use super::fields;
use super::inputs::{ProductChange, of_product, refused, variant_input};
use super::key;
use super::metafields::Metafields;
use super::pictures::files;
use crate::channel::{NewFamily, NewItem};
use crate::failure::Answered;

/// Names and values of the options of a variant, in their order.
pub(super) type Options = Vec<(String, String)>;

/// A new product as an input, and what of it the shop has no place for.
pub(super) struct NewProduct {
    pub(super) input: Map<String, Value>,
    pub(super) warnings: Vec<String>,
}

/// How the quantity of a new variant is named, which differs from mutation to mutation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// On hand, of `productSet`.
    OnHand,
    /// Available, of `productVariantsBulkCreate`: of a new variant that is the same.
    Available,
}

/// A new product with its variants.
pub(super) fn product(
    item: &NewItem,
    family: &NewFamily,
    own: &Metafields,
) -> Answered<NewProduct> {
    let mut warnings = Vec::new();
    let level = |wanted: bool| {
        let values = item.values.iter();
        values.filter(move |(field, _)| of_product(field) == wanted)
    };
    let filled = level(true).filter(|(_, value)| !value.is_empty());
    let change = ProductChange::of(filled, own)?;
    if !change.input.contains_key("title") {
        return Err(refused("A product in Shopify needs a title."));
    }
    let mut input = change.input.clone();
    let mut metafields = match input.remove("metafields") {
        Some(Value::Array(metafields)) => metafields,
        _ => Vec::new(),
    };
    metafields.push(key::metafield(item.key));
    input.insert(String::from("metafields"), Value::Array(metafields));
    if change.has_pictures() {
        input.insert(String::from("files"), Value::Array(files(&change, &[])));
    }
    let (options, variants) = match family.variants.as_slice() {
        [] => alone(item)?,
        variants => {
            warnings.extend(level(false).map(|(field, _)| misplaced(field, "its variants")));
            several(variants, &mut warnings)?
        }
    };
    input.insert(String::from("productOptions"), options);
    input.insert(String::from("variants"), variants);
    Ok(NewProduct { input, warnings })
}

/// A product without options has one variant, under the name that the shop gives to it.
fn alone(item: &NewItem) -> Answered<(Value, Value)> {
    let chosen = vec![(String::from("Title"), String::from("Default Title"))];
    if !options(&item.values)?.is_empty() {
        return Err(refused(
            "A product with options in Shopify needs a variant.",
        ));
    }
    let variant = variant(item, &chosen, Quantity::OnHand)?;
    let options = json!([{"name": "Title", "values": [{"name": "Default Title"}]}]);
    Ok((options, json!([variant])))
}

fn several(variants: &[NewItem], warnings: &mut Vec<String>) -> Answered<(Value, Value)> {
    let mut known: Vec<(String, Vec<String>)> = Vec::new();
    let mut inputs = Vec::new();
    for (place, item) in variants.iter().enumerate() {
        let chosen = options(&item.values)?;
        if chosen.is_empty() {
            return Err(refused(
                "Each variant in Shopify needs an option, such as Colour.",
            ));
        }
        if place == 0 {
            known = chosen
                .iter()
                .map(|(name, _)| (name.clone(), Vec::new()))
                .collect();
        }
        let same = known.len() == chosen.len()
            && known
                .iter()
                .zip(&chosen)
                .all(|((known, _), (name, _))| known == name);
        if !same {
            return Err(refused(
                "The variants of a product in Shopify all have the same options in the same order.",
            ));
        }
        for ((_, values), (_, value)) in known.iter_mut().zip(&chosen) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        let of_the_product = item.values.keys().filter(|field| of_product(field));
        warnings.extend(of_the_product.map(|field| misplaced(field, "the product as a whole")));
        inputs.push(variant(item, &chosen, Quantity::OnHand)?);
    }
    let option = |(name, values): (String, Vec<String>)| {
        let values: Vec<Value> = values.iter().map(|value| json!({"name": value})).collect();
        json!({"name": name, "values": values})
    };
    let options = known.into_iter().map(option).collect();
    Ok((options, Value::Array(inputs)))
}

fn misplaced(field: &ShopField, place: &str) -> String {
    format!("Shopify keeps {field} for {place} only.")
}

/// The options that a new variant names.
pub(super) fn options(values: &ShopValues) -> Answered<Options> {
    let text = |key: &str| {
        let value = values.get(&ShopField::new(key));
        value.and_then(Held::as_text).map(str::trim).unwrap_or("")
    };
    let mut options = Options::new();
    for (name, value) in fields::OPTIONS {
        match (text(name), text(value)) {
            ("", "") => {}
            ("", _) | (_, "") => {
                return Err(refused("An option of a variant needs a name and a value."));
            }
            (name, value) => options.push((name.to_owned(), value.to_owned())),
        }
    }
    Ok(options)
}

/// A new variant with the options that it has in the shop.
pub(super) fn variant(
    item: &NewItem,
    chosen: &[(String, String)],
    quantity: Quantity,
) -> Answered<Value> {
    let named = item.values.iter().filter(|(field, value)| {
        let is_option = field.key().starts_with("option");
        let is_set = field.key() != fields::SKU && field.key() != fields::POSITION;
        !of_product(field) && !is_option && is_set && !value.is_empty()
    });
    let mut input = variant_input(named, &ShopValues::new())?;
    let chosen = chosen
        .iter()
        .map(|(name, value)| json!({"optionName": name, "name": value}));
    input.insert(String::from("optionValues"), chosen.collect());
    let inventory = input.entry("inventoryItem").or_insert_with(|| json!({}));
    if !item.sku.is_empty() {
        inventory["sku"] = json!(item.sku);
    }
    let Some((place, count)) = &item.stock else {
        return Ok(Value::Object(input));
    };
    if inventory["tracked"].is_null() {
        inventory["tracked"] = json!(true);
    }
    let quantity = match quantity {
        Quantity::OnHand => json!([{"locationId": place, "name": "on_hand", "quantity": count}]),
        Quantity::Available => json!([{"locationId": place, "availableQuantity": count}]),
    };
    input.insert(String::from("inventoryQuantities"), quantity);
    Ok(Value::Object(input))
}
