//! What an answer says of products and variants, as items.

use std::collections::BTreeMap;

use domain::channel::{ItemState, ParentRef, ShopField, ShopItem, ShopValues};
use domain::record::{Image, Value as Held};
use serde_json::Value;
use url::Url;

use super::json::{moment, text};
use super::measure::{money, weight};
use super::metafields::{self, Metafields};
use super::{fields, json};

/// The handle under which a product without options keeps its variant.
pub(super) const VARIANT: &str = "variant";
/// The handle of an inventory item.
pub(super) const INVENTORY: &str = "inventory_item";
/// The handle under which a variant keeps its product.
pub(super) const PRODUCT: &str = "product";

/// A product with all that belongs to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Whole {
    pub(super) product: Value,
    pub(super) variants: Vec<Value>,
    pub(super) media: Vec<Value>,
    pub(super) metafields: Vec<Value>,
    /// Whether pictures and the merchant's fields were left out.
    pub(super) is_brief: bool,
}

/// Reads items.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The fields that the merchant made.
    pub(super) metafields: &'a Metafields,
    /// Where the shop's own window is.
    pub(super) window: &'a Url,
}

impl Reader<'_> {
    /// The items of a product: itself, and its variants if it has options.
    pub(super) fn family(self, whole: &Whole) -> Vec<ShopItem> {
        let mut items = vec![self.product(whole)];
        if items[0].is_parent {
            let variants = whole.variants.iter();
            items.extend(variants.map(|variant| self.variant(&whole.product, variant)));
        }
        items
    }

    /// A product without its variants. One that has no options is its only variant, too.
    pub(super) fn product(self, whole: &Whole) -> ShopItem {
        let product = &whole.product;
        let id = text(product, "id");
        let alone = product["hasOnlyDefaultVariant"]
            .as_bool()
            .unwrap_or_default();
        let variant = whole.variants.first().filter(|_| alone);
        let mut values = product_values(product);
        if !whole.is_brief {
            add_pictures(&mut values, &whole.media);
            metafields::add_values(&mut values, self.metafields, &whole.metafields);
        }
        let mut handles = BTreeMap::new();
        if let Some(variant) = variant {
            add_variant_values(&mut values, variant);
            let inventory = text(&variant["inventoryItem"], "id");
            handles.insert(VARIANT.to_owned(), text(variant, "id").to_owned());
            handles.insert(INVENTORY.to_owned(), inventory.to_owned());
        }
        let of_variant = |name: &str| variant.map_or("", |variant| text(variant, name)).to_owned();
        ShopItem {
            remote_id: id.to_owned(),
            parent: None,
            is_parent: !alone,
            sku: of_variant("sku"),
            barcode: of_variant("barcode"),
            title: text(product, "title").to_owned(),
            state: state(text(product, "status")),
            handles,
            values,
            updated_at: moment(&product["updatedAt"]),
            address: self.address(id, None),
        }
    }

    /// A variant of a product of which at least id, title and status are known.
    pub(super) fn variant(self, product: &Value, variant: &Value) -> ShopItem {
        let (product_id, id) = (text(product, "id"), text(variant, "id"));
        let mut values = ShopValues::new();
        add_variant_values(&mut values, variant);
        let options = json::nodes(&variant["selectedOptions"]);
        for ((name, value), option) in fields::OPTIONS.iter().zip(options) {
            values.insert(ShopField::new(*name), words(&option["name"]));
            values.insert(ShopField::new(*value), words(&option["value"]));
        }
        let chosen: Vec<&str> = options.iter().map(|option| text(option, "value")).collect();
        let inventory = text(&variant["inventoryItem"], "id");
        ShopItem {
            remote_id: id.to_owned(),
            parent: Some(ParentRef::Id(product_id.to_owned())),
            is_parent: false,
            sku: text(variant, "sku").to_owned(),
            barcode: text(variant, "barcode").to_owned(),
            title: format!("{} – {}", text(product, "title"), chosen.join(" / ")),
            state: state(text(product, "status")),
            handles: BTreeMap::from([
                (PRODUCT.to_owned(), product_id.to_owned()),
                (INVENTORY.to_owned(), inventory.to_owned()),
            ]),
            values,
            updated_at: moment(&variant["updatedAt"]),
            address: self.address(product_id, Some(id)),
        }
    }

    fn address(self, product: &str, variant: Option<&str>) -> String {
        let number = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
        let mut address = self.window.clone();
        let product = number(product);
        address.set_path(&match variant {
            Some(variant) => format!("/admin/products/{product}/variants/{}", number(variant)),
            None => format!("/admin/products/{product}"),
        });
        address.to_string()
    }
}

fn state(status: &str) -> ItemState {
    match status {
        "ACTIVE" => ItemState::Live,
        "ARCHIVED" => ItemState::Archived,
        _ => ItemState::Hidden,
    }
}

fn words(value: &Value) -> Held {
    Held::text(value.as_str().unwrap_or_default())
}

/// The values of a product itself: of its answer to an update, those that it says.
pub(super) fn product_values(product: &Value) -> ShopValues {
    let mut values = ShopValues::new();
    let mut put = |key: &str, value: Held| {
        values.insert(ShopField::new(key), value);
    };
    for key in [
        fields::TITLE,
        fields::VENDOR,
        fields::TYPE,
        fields::STATUS,
        fields::HANDLE,
    ] {
        if product[key].is_string() {
            put(key, words(&product[key]));
        }
    }
    if let Some(html) = product[fields::HTML].as_str() {
        put(fields::HTML, untouched(html));
    }
    if let Some(tags) = product["tags"].as_array() {
        put(
            fields::TAGS,
            Held::list(tags.iter().filter_map(Value::as_str)),
        );
    }
    if let Some(seo) = product["seo"].as_object() {
        let of = |name: &str| seo.get(name).map_or(Held::Empty, words);
        put(fields::SEO_TITLE, of("title"));
        put(fields::SEO_DESCRIPTION, of("description"));
    }
    if let Some(category) = product.get("category") {
        put(fields::CATEGORY, words(&category["fullName"]));
    }
    values
}

/// HTML is kept byte for byte, the ends of its lines too.
fn untouched(html: &str) -> Held {
    match html.is_empty() {
        true => Held::Empty,
        false => Held::Text(html.to_owned()),
    }
}

/// Adds the values of a variant: of an answer to an update, those that it says. An amount that cannot be
/// held exactly is left out, so that nothing is compared with it or written over it.
pub(super) fn add_variant_values(values: &mut ShopValues, variant: &Value) {
    let item = &variant["inventoryItem"];
    let mut put = |key: &str, value: Option<Held>| {
        if let Some(value) = value {
            values.insert(ShopField::new(key), value);
        }
    };
    let said = |of: &Value, name: &str| of.get(name).map(words);
    put(fields::SKU, said(variant, "sku"));
    put(fields::BARCODE, said(variant, "barcode"));
    put(fields::PRICE, variant.get("price").and_then(amount));
    put(
        fields::COMPARE_AT,
        variant.get("compareAtPrice").and_then(amount),
    );
    put(
        fields::TAXABLE,
        variant["taxable"].as_bool().map(Held::Flag),
    );
    put(
        fields::POSITION,
        variant["position"].as_i64().map(Held::Number),
    );
    let cost = item.get("unitCost").map(|cost| match cost {
        Value::Null => &Value::Null,
        cost => &cost["amount"],
    });
    put(fields::COST, cost.and_then(amount));
    let kilograms = weight(&item["measurement"]["weight"]);
    // A shop has no weight by weighing nothing.
    let held = |kilograms| match kilograms {
        0 => Held::Empty,
        kilograms => Held::Number(kilograms),
    };
    put(fields::WEIGHT, kilograms.map(held));
    put(fields::TRACKED, item["tracked"].as_bool().map(Held::Flag));
    let ships = item["requiresShipping"].as_bool();
    put(fields::SHIPS, ships.map(Held::Flag));
    put(fields::ORIGIN, said(item, "countryCodeOfOrigin"));
    put(fields::HARMONIZED, said(item, "harmonizedSystemCode"));
}

fn amount(written: &Value) -> Option<Held> {
    match written {
        Value::Null => Some(Held::Empty),
        written => money(written).map(Held::Number),
    }
}

/// Adds the pictures of a product, unless the address of one of them is not known yet.
fn add_pictures(values: &mut ShopValues, media: &[Value]) {
    let pictures = media
        .iter()
        .filter(|one| one["__typename"] == "MediaImage" && one["fileStatus"] != "FAILED");
    let mut read: Vec<String> = Vec::new();
    for picture in pictures {
        let Some(text) = picture_text(picture) else {
            return;
        };
        read.push(text);
    }
    let mut read = read.into_iter();
    let main = read.next().map_or(Held::Empty, Held::Text);
    values.insert(ShopField::new(fields::MAIN_IMAGE), main);
    let others = Held::images(read.collect::<Vec<_>>());
    values.insert(ShopField::new(fields::OTHER_IMAGES), others);
}

/// A picture as a field holds it; none while the shop has not fetched it.
pub(super) fn picture_text(picture: &Value) -> Option<String> {
    let address = picture["image"]["url"].as_str()?;
    let shows = text(picture, "alt");
    Some(Image { address, shows }.text())
}

#[cfg(test)]
mod tests {
    use domain::channel::{ItemState, ShopField, ShopValues};
    use domain::record::Value as Held;
    use serde_json::json;

    use super::{add_pictures, add_variant_values, product_values, state};

    #[test]
    fn a_status_that_is_not_known_yet_hides_the_product() {
        for (status, expected) in [
            ("ACTIVE", ItemState::Live),
            ("DRAFT", ItemState::Hidden),
            ("UNLISTED", ItemState::Hidden),
            ("ARCHIVED", ItemState::Archived),
            ("SUSPENDED", ItemState::Hidden),
        ] {
            assert_eq!(state(status), expected, "{status}");
        }
    }

    #[test]
    fn html_is_kept_byte_for_byte_and_tags_are_a_set() {
        let values =
            product_values(&json!({"descriptionHtml": "<p>\r\n </p> ", "tags": ["b", "a"]}));
        assert_eq!(
            values[&ShopField::new("descriptionHtml")],
            Held::Text("<p>\r\n </p> ".into())
        );
        assert_eq!(values[&ShopField::new("tags")], Held::list(["a", "b"]));
    }

    #[test]
    fn no_sku_and_an_empty_one_are_the_same() {
        for sku in [json!(null), json!("")] {
            let mut values = ShopValues::new();
            add_variant_values(&mut values, &json!({"sku": sku, "price": "1e3"}));
            assert_eq!(values[&ShopField::new("variant.sku")], Held::Empty);
            assert!(!values.contains_key(&ShopField::new("variant.price")));
        }
    }

    #[test]
    fn pictures_that_are_not_there_yet_are_not_read_as_none() {
        let ready = json!({"__typename": "MediaImage", "fileStatus": "READY", "alt": "A mug",
            "image": {"url": "https://a.test/1"}});
        let coming = json!({"__typename": "MediaImage", "fileStatus": "PROCESSING", "image": null});
        let failed = json!({"__typename": "MediaImage", "fileStatus": "FAILED", "image": null});
        let film = json!({"__typename": "Video"});
        let mut values = ShopValues::new();
        add_pictures(&mut values, &[ready.clone(), coming]);
        assert!(values.is_empty());
        add_pictures(&mut values, &[failed, film, ready]);
        let main = &values[&ShopField::new("image.main")];
        assert_eq!(*main, Held::Text("https://a.test/1 A mug".into()));
        assert_eq!(values[&ShopField::new("image.others")], Held::Empty);
    }
}
