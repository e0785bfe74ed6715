//! Changed values as the inputs of mutations: what is not named is not among them.

use domain::channel::{ShopField, ShopValues};
use domain::record::{Image, Value as Held};
use domain::values::Decimal;
use serde_json::{Map, Value, json};

use super::fields;
use super::measure::written_weight;
use super::metafields::{self, Metafields};
use crate::failure::{Answered, Failure, FailureKind};

/// What of a product itself is to be changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ProductChange {
    /// The input of the mutation, without what identifies the product.
    pub(super) input: Map<String, Value>,
    /// The first picture, if it is to be another one.
    pub(super) main: Option<Option<String>>,
    /// The further pictures, if they are to be others.
    pub(super) others: Option<Vec<String>>,
    /// The merchant's fields that are taken away.
    pub(super) removed: Vec<String>,
}

/// A product's values and a variant's, told apart.
pub(super) fn of_product(field: &ShopField) -> bool {
    let key = field.key();
    let is_variants = ["variant.", "inventoryItem.", "option"];
    !is_variants.iter().any(|start| key.starts_with(start))
}

impl ProductChange {
    /// Whether the pictures are to be others.
    pub(super) fn has_pictures(&self) -> bool {
        self.main.is_some() || self.others.is_some()
    }

    /// Reads what is to be changed of a product itself.
    pub(super) fn of<'a>(
        values: impl Iterator<Item = (&'a ShopField, &'a Held)>,
        own: &Metafields,
    ) -> Answered<Self> {
        let mut change = Self::default();
        for (field, value) in values {
            match metafields::key_in(field) {
                Some(key) => change.put_metafield(key, value, own)?,
                None => change.put(field.key(), value)?,
            }
        }
        Ok(change)
    }

    fn put(&mut self, key: &str, value: &Held) -> Answered<()> {
        match key {
            fields::TITLE => match value {
                Held::Text(title) if !title.trim().is_empty() => self.insert(key, json!(title)),
                _ => return Err(refused("A product in Shopify needs a title.")),
            },
            fields::HTML | fields::VENDOR | fields::TYPE | fields::HANDLE => {
                self.insert(key, json!(words(key, value)?));
            }
            fields::SEO_TITLE => self.put_seo("title", words(key, value)?),
            fields::SEO_DESCRIPTION => self.put_seo("description", words(key, value)?),
            fields::STATUS => {
                let status = words(key, value)?.trim().to_uppercase();
                if !["ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"].contains(&status.as_str()) {
                    let message = "The status of a product in Shopify is ACTIVE, DRAFT, ARCHIVED or UNLISTED.";
                    return Err(refused(message));
                }
                self.insert(key, json!(status));
            }
            fields::TAGS => match value {
                Held::Empty => self.insert(key, json!([])),
                Held::List(tags) => self.insert(key, json!(tags)),
                _ => return Err(other_kind(key)),
            },
            fields::MAIN_IMAGE => self.main = Some(picture(key, value)?),
            fields::OTHER_IMAGES => self.others = Some(pictures(key, value)?),
            _ => return Err(not_writable(key)),
        }
        Ok(())
    }

    fn insert(&mut self, key: &str, value: Value) {
        self.input.insert(key.to_owned(), value);
    }

    fn put_seo(&mut self, name: &str, value: &str) {
        let seo = self.input.entry("seo").or_insert_with(|| json!({}));
        seo[name] = json!(value);
    }

    fn put_metafield(&mut self, key: &str, value: &Held, own: &Metafields) -> Answered<()> {
        let Some(field) = own.get(key) else {
            let message = format!("Shopify has no field {key} of products any more.");
            return Err(refused(&message));
        };
        let Some(written) = field.written(value) else {
            self.removed.push(key.to_owned());
            return Ok(());
        };
        let (namespace, key) = metafields::parts(key);
        let one = json!({"namespace": namespace, "key": key, "type": field.sort, "value": written});
        let all = self.input.entry("metafields").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.push(one);
        }
        Ok(())
    }
}

/// What of a variant is to be changed, as the input of a mutation without the variant's id. Options are
/// not among it.
pub(super) fn variant_input<'a>(
    values: impl Iterator<Item = (&'a ShopField, &'a Held)>,
    seen: &ShopValues,
) -> Answered<Map<String, Value>> {
    let mut input = Map::new();
    let mut item = Map::new();
    for (field, value) in values {
        let key = field.key();
        match key {
            fields::PRICE => {
                let price = amount(key, value)?;
                let price = price.ok_or_else(|| refused("A product in Shopify needs a price."))?;
                input.insert(String::from("price"), json!(price));
            }
            fields::COMPARE_AT => {
                input.insert(String::from("compareAtPrice"), json!(amount(key, value)?));
            }
            fields::BARCODE => {
                input.insert(String::from("barcode"), json!(words(key, value)?));
            }
            fields::TAXABLE => {
                input.insert(String::from("taxable"), json!(flag(key, value)?));
            }
            _ if fields::OPTIONS.iter().any(|(_, value)| *value == key) => {}
            _ => put_item(&mut item, (key, value), seen.get(field))?,
        }
    }
    if !item.is_empty() {
        input.insert(String::from("inventoryItem"), Value::Object(item));
    }
    Ok(input)
}

fn put_item(
    item: &mut Map<String, Value>,
    (key, value): (&str, &Held),
    seen: Option<&Held>,
) -> Answered<()> {
    let (name, value) = match key {
        fields::SKU => ("sku", json!(words(key, value)?)),
        fields::COST => ("cost", json!(amount(key, value)?)),
        fields::TRACKED => ("tracked", json!(flag(key, value)?)),
        fields::SHIPS => ("requiresShipping", json!(flag(key, value)?)),
        fields::HARMONIZED => ("harmonizedSystemCode", json!(words(key, value)?)),
        fields::ORIGIN => {
            let code = words(key, value)?.trim().to_uppercase();
            (
                "countryCodeOfOrigin",
                json!(Some(code).filter(|code| !code.is_empty())),
            )
        }
        fields::WEIGHT => {
            let kilograms = number(key, value)?.unwrap_or_default();
            // The unit that the merchant chose stays while the weight is the same.
            if seen.is_some_and(|seen| seen.as_number().unwrap_or_default() == kilograms) {
                return Ok(());
            }
            let weight = written_weight(kilograms);
            ("measurement", json!({"weight": weight}))
        }
        _ => return Err(not_writable(key)),
    };
    item.insert(name.to_owned(), value);
    Ok(())
}

fn words<'a>(key: &str, value: &'a Held) -> Answered<&'a str> {
    match value {
        Held::Empty => Ok(""),
        Held::Text(text) => Ok(text),
        _ => Err(other_kind(key)),
    }
}

fn number(key: &str, value: &Held) -> Answered<Option<i64>> {
    match value {
        Held::Empty => Ok(None),
        Held::Number(units) => Ok(Some(*units)),
        _ => Err(other_kind(key)),
    }
}

fn amount(key: &str, value: &Held) -> Answered<Option<String>> {
    let units = number(key, value)?;
    Ok(units.map(|units| Decimal::from_units(units).to_string()))
}

fn flag(key: &str, value: &Held) -> Answered<bool> {
    match value {
        Held::Flag(yes) => Ok(*yes),
        _ => Err(other_kind(key)),
    }
}

fn picture(key: &str, value: &Held) -> Answered<Option<String>> {
    match value {
        Held::Empty => Ok(None),
        Held::Text(text) => fetchable(text).map(Some),
        _ => Err(other_kind(key)),
    }
}

fn pictures(key: &str, value: &Held) -> Answered<Vec<String>> {
    match value {
        Held::Empty => Ok(Vec::new()),
        Held::List(all) => all.iter().map(|text| fetchable(text)).collect(),
        _ => Err(other_kind(key)),
    }
}

/// A picture that the shop can fetch by itself.
fn fetchable(text: &str) -> Answered<String> {
    let address = Image::of(text).address;
    let is_address = address.starts_with("https://") || address.starts_with("http://");
    if is_address {
        return Ok(text.to_owned());
    }
    let message = "Shopify cannot fetch a picture that is kept in the workspace alone.";
    let failure = refused(message);
    Err(failure.hint("Give the address of a picture on the Internet."))
}

pub(super) fn refused(message: &str) -> Failure {
    Failure::new(FailureKind::Rejected, message)
}

fn not_writable(key: &str) -> Failure {
    refused(&format!(
        "The field {key} cannot be changed in Shopify from here."
    ))
}

fn other_kind(key: &str) -> Failure {
    refused(&format!(
        "The value does not fit into the field {key} in Shopify."
    ))
}

#[cfg(test)]
mod tests {
    use domain::channel::{ShopField, ShopValues};
    use domain::record::Value as Held;
    use serde_json::{Value, json};

    use super::{ProductChange, variant_input};
    use crate::shopify::metafields::Metafields;

    fn values(pairs: &[(&str, Held)]) -> ShopValues {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(key, value)| (ShopField::new(key), value))
            .collect()
    }

    #[test]
    fn only_what_is_named_is_among_the_input() {
        let named = values(&[
            ("title", Held::text("Mug")),
            ("tags", Held::list(["b", "a"])),
            ("seo.title", Held::Empty),
            ("status", Held::text("draft")),
        ]);
        let change = ProductChange::of(named.iter(), &Metafields::new()).unwrap();
        let expected =
            json!({"seo": {"title": ""}, "status": "DRAFT", "tags": ["a", "b"], "title": "Mug"});
        assert_eq!(Value::Object(change.input.clone()), expected);
        assert!(!change.has_pictures());
    }

    #[test]
    fn a_variant_is_written_with_its_inventory_item() {
        let named = values(&[
            ("variant.price", Held::Number(99_000)),
            ("variant.compareAtPrice", Held::Empty),
            ("variant.sku", Held::text("MUG")),
            ("inventoryItem.cost", Held::Number(31_250)),
            ("inventoryItem.weight", Held::Number(3_500)),
        ]);
        let input = variant_input(named.iter(), &ShopValues::new()).unwrap();
        let expected = json!({
            "price": "9.9",
            "compareAtPrice": null,
            "inventoryItem": {
                "sku": "MUG",
                "cost": "3.125",
                "measurement": {"weight": {"value": 0.35, "unit": "KILOGRAMS"}},
            },
        });
        assert_eq!(Value::Object(input), expected);
    }

    #[test]
    fn the_unit_of_a_weight_stays_while_the_weight_does() {
        let named = values(&[("inventoryItem.weight", Held::Number(3_500))]);
        assert!(variant_input(named.iter(), &named).unwrap().is_empty());
        let zero = values(&[("inventoryItem.weight", Held::Empty)]);
        let input = variant_input(zero.iter(), &named).unwrap();
        assert_eq!(
            input["inventoryItem"]["measurement"]["weight"]["value"],
            json!(0.0)
        );
    }

    #[test]
    fn what_shopify_would_refuse_is_refused_here() {
        for (key, value) in [
            ("title", Held::Empty),
            ("title", Held::Text(" ".into())),
            ("status", Held::text("sold")),
            ("tags", Held::Flag(true)),
            ("category", Held::text("Mugs")),
            ("image.main", Held::text("image:0000")),
            ("metafield:custom.gone", Held::text("x")),
            ("nonsense", Held::Empty),
        ] {
            let named = values(&[(key, value)]);
            assert!(
                ProductChange::of(named.iter(), &Metafields::new()).is_err(),
                "{key}"
            );
        }
        for (key, value) in [
            ("variant.price", Held::Empty),
            ("variant.price", Held::text("9.90")),
            ("variant.position", Held::Number(1)),
            ("inventoryItem.tracked", Held::Empty),
        ] {
            let named = values(&[(key, value)]);
            assert!(
                variant_input(named.iter(), &ShopValues::new()).is_err(),
                "{key}"
            );
        }
    }
}
