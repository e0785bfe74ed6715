//! An item as it is answered, and what it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::channel::{ItemState, ParentRef, ShopField, ShopItem, ShopValues};
use domain::record::Value;
use serde_json::Value as Json;

use super::envelope::moment;
use super::fields::{
    self, CATEGORY, MAIN_IMAGE, OPTIONS, OTHER_IMAGES, PARENT, Part, SKU, option_fields,
    price_field,
};
use super::loose::{Object, each, flag, has_any, rows, scalar as scalar_text, text};
use super::scalar;
use super::tree::Tree;
use crate::failure::{Answered, Failure, FailureKind};

/// What is selected of every item that is read, whatever else is.
pub(super) const KEYS: [&str; 6] = [
    PARENT,
    "VariantInventoryIDs",
    "IsActive",
    "Approved",
    "DateUpdatedUTC",
    "DateUpdatedLocal",
];

/// What has to be known of a shop to understand its items.
#[derive(Debug, Clone, Default)]
pub(super) struct Shop {
    /// Its categories, where they may be read.
    pub(super) tree: Option<Arc<Tree>>,
    /// The groups with prices of their own that were seen, their ids by their names.
    pub(super) groups: Arc<BTreeMap<String, String>>,
}

/// An item as it was answered.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its id.
    pub(super) id: u64,
    /// Its SKU.
    pub(super) sku: String,
    /// Whether it has variants, as far as the answer says.
    pub(super) is_parent: bool,
    /// All of it.
    pub(super) object: Object,
}

impl Row {
    /// The item of a record, which has both of its keys.
    pub(super) fn of(object: Object) -> Answered<Self> {
        let lacking = || {
            let message = "The shop's answer holds an item without an id or an SKU.";
            Failure::new(FailureKind::Broken, message)
        };
        let id = text(&object, "InventoryID").and_then(|id| id.trim().parse().ok());
        let sku = text(&object, SKU).map(|sku| sku.into_owned());
        Ok(Self {
            id: id.ok_or_else(lacking)?,
            sku: sku.filter(|sku| !sku.is_empty()).ok_or_else(lacking)?,
            is_parent: object.get("VariantInventoryIDs").is_some_and(has_any),
            object,
        })
    }

    /// The SKU of its parent; empty when it has none.
    pub(super) fn parent(&self) -> String {
        let parent = text(&self.object, PARENT).unwrap_or_default();
        match parent == self.sku.as_str() {
            true => String::new(),
            false => parent.trim().to_owned(),
        }
    }

    /// The ids of its variants, in whatever they are wrapped.
    pub(super) fn variants(&self) -> Vec<u64> {
        let found = self.object.get("VariantInventoryIDs");
        let wrapped = found.map(each).unwrap_or_default().into_iter();
        let ids = wrapped.flat_map(|one| match one {
            Json::Object(object) => object.values().flat_map(each).collect(),
            id => vec![id],
        });
        let number = |id: &Json| scalar_text(id)?.trim().parse().ok();
        ids.filter_map(number).collect()
    }

    /// How many minutes the shop's zone was ahead of UTC when the item was changed.
    pub(super) fn ahead(&self) -> Option<i32> {
        let twins = ["DateUpdatedLocal", "DateUpdatedUTC"].map(|name| text(&self.object, name));
        let [local, utc] = twins.map(|told| told.and_then(|told| moment(&told)));
        i32::try_from((local?.0 - utc?.0) / 60_000).ok()
    }

    /// Names and values by which it is told from others, in their order.
    pub(super) fn specifics(&self) -> Vec<(String, String)> {
        let found = self.object.get("ItemSpecifics");
        let found = found
            .map(|found| rows(found, "ItemSpecific"))
            .unwrap_or_default();
        let pair = |row: &Object| {
            let [name, value] = ["Name", "Value"].map(|part| text(row, part).unwrap_or_default());
            (name.into_owned(), value.into_owned())
        };
        found
            .into_iter()
            .map(pair)
            .filter(|(name, _)| !name.is_empty())
            .collect()
    }

    /// Its categories, the one that is shown first.
    pub(super) fn categories(&self) -> Vec<(u64, i64)> {
        let found = self.object.get(CATEGORY);
        let found = found
            .map(|found| rows(found, "Category"))
            .unwrap_or_default();
        let category = |row: &Object| {
            let id = text(row, "CategoryID")?.trim().parse().ok()?;
            let priority = text(row, "Priority").and_then(|told| scalar::whole(&told));
            Some((id, priority.unwrap_or_default()))
        };
        let mut categories: Vec<(u64, i64)> = found.into_iter().filter_map(category).collect();
        categories.sort_by_key(|(id, priority)| (*priority, *id));
        categories.dedup_by_key(|(id, _)| *id);
        categories
    }

    /// Its pictures: 0 for the main one, then the others by their number.
    pub(super) fn images(&self) -> BTreeMap<u32, String> {
        let found = self.object.get("Images");
        let found = found.map(|found| rows(found, "Image")).unwrap_or_default();
        let image = |row: &Object| {
            let place = image_place(&text(row, "Name")?)?;
            // Behind a space begins what a picture shows.
            let url = text(row, "URL")?.trim().replace(' ', "%20");
            (!url.is_empty()).then_some((place, url))
        };
        found.into_iter().filter_map(image).collect()
    }

    /// The prices of groups: the group's name, its id and the price. A group that has several, for
    /// quantities, is not among them: no single price says what its customers pay.
    pub(super) fn prices(&self) -> Vec<(String, String, Value)> {
        let found = self.object.get("PriceGroups");
        let found = found
            .map(|found| rows(found, "PriceGroup"))
            .unwrap_or_default();
        let mut prices: Vec<(String, String, Value)> = Vec::new();
        let mut several: Vec<String> = Vec::new();
        for row in found {
            let part = |name: &str| text(row, name).unwrap_or_default().trim().to_owned();
            let (id, name) = (part("GroupID"), part("Group"));
            let name = if name.is_empty() { id.clone() } else { name };
            let Some(price) = scalar::decimal(&part("Price")) else {
                continue;
            };
            let minimum = scalar::whole(&part("MinimumQuantity")).unwrap_or_default();
            if minimum > 1 || prices.iter().any(|(other, ..)| *other == name) {
                several.push(name.clone());
            }
            let price = match price.units() {
                0 => Value::Empty,
                units => Value::Number(units),
            };
            prices.push((name, id, price));
        }
        prices.retain(|(name, ..)| !name.is_empty() && !several.contains(name));
        prices
    }
}

/// The place of a picture by its name: 0 for the main one.
pub(super) fn image_place(name: &str) -> Option<u32> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("Main") {
        return Some(0);
    }
    let head = name.get(..4)?;
    let number: u32 = name.get(4..)?.trim().parse().ok()?;
    (head.eq_ignore_ascii_case("Alt ") && number > 0).then_some(number)
}

/// The name of the picture in a place.
pub(super) fn image_name(place: u32) -> String {
    match place {
        0 => "Main".to_owned(),
        number => format!("Alt {number}"),
    }
}

/// What an item holds in a part; nothing when that was not told.
pub(super) fn value(part: Part<'_>, row: &Row, shop: &Shop) -> Option<Value> {
    let told = |name: &str| row.object.contains_key(name);
    match part {
        Part::Scalar(scalar) => scalar::read(scalar, &row.object, row.is_parent),
        Part::Category if told(CATEGORY) => category(row, shop),
        Part::Price(group) if told("PriceGroups") => price(row, group),
        Part::MainImage if told("Images") => {
            let main = row.images().remove(&0);
            Some(main.map_or(Value::Empty, Value::text))
        }
        Part::OtherImages if told("Images") => {
            let images = row.images();
            Some(Value::images(images.range(1..).map(|(_, url)| url)))
        }
        Part::OptionName(at) if told("ItemSpecifics") => {
            let specifics = row.specifics();
            Some(
                specifics
                    .get(at)
                    .map_or(Value::Empty, |(name, _)| Value::text(name)),
            )
        }
        Part::OptionValue(at) if told("ItemSpecifics") => {
            let specifics = row.specifics();
            Some(
                specifics
                    .get(at)
                    .map_or(Value::Empty, |(_, value)| Value::text(value)),
            )
        }
        _ => None,
    }
}

/// The path of the category that is shown; nothing where the shop does not tell its name.
fn category(row: &Row, shop: &Shop) -> Option<Value> {
    let tree = shop.tree.as_deref()?;
    match row.categories().first() {
        None => Some(Value::Empty),
        Some((id, _)) => tree.path(*id).map(Value::text),
    }
}

/// The price of a group: none where the item has no row for it, and not told where it has several.
fn price(row: &Row, group: &str) -> Option<Value> {
    if has_several_prices(row, group) {
        return None;
    }
    let found = row.prices().into_iter().find(|(name, ..)| name == group);
    Some(found.map_or(Value::Empty, |(_, _, price)| price))
}

/// Whether an item has prices for a group that no single one stands for.
pub(super) fn has_several_prices(row: &Row, group: &str) -> bool {
    let all = row.object.get("PriceGroups");
    let all = all.map(|all| rows(all, "PriceGroup")).unwrap_or_default();
    let named = |row: &&Object| {
        let name = text(row, "Group").filter(|name| !name.trim().is_empty());
        let name = name.or_else(|| text(row, "GroupID"));
        name.is_some_and(|name| name.trim() == group)
    };
    all.iter().any(named) && !row.prices().iter().any(|(name, ..)| name == group)
}

/// Everything that is selected of an item that is read whole.
pub(super) fn all_selectors() -> Vec<String> {
    let mut selectors: Vec<String> = KEYS.map(str::to_owned).into();
    let scalars = fields::scalars().iter().map(Part::Scalar);
    let parts = [
        Part::Category,
        Part::Price(""),
        Part::MainImage,
        Part::OptionName(0),
    ];
    for selector in scalars.chain(parts).flat_map(Part::selectors) {
        if !selectors.contains(&selector) {
            selectors.push(selector);
        }
    }
    selectors
}

/// An item as the rest of the program knows it.
pub(super) fn item(row: &Row, shop: &Shop) -> ShopItem {
    let parent = row.parent();
    let is_variant = !parent.is_empty();
    let yes = |name: &str| text(&row.object, name).and_then(|told| flag(&told));
    let state = match (yes("IsActive"), yes("Approved")) {
        (Some(false), _) => ItemState::Archived,
        (_, Some(false)) => ItemState::Hidden,
        _ => ItemState::Live,
    };
    let values = values(row, shop, is_variant);
    let shown = |key: &str| {
        let value = values.get(&ShopField::new(key)).and_then(Value::as_text);
        value.unwrap_or_default().to_owned()
    };
    let updated = text(&row.object, "DateUpdatedUTC");
    ShopItem {
        remote_id: row.id.to_string(),
        parent: is_variant.then_some(ParentRef::Sku(parent)),
        is_parent: row.is_parent,
        sku: row.sku.clone(),
        barcode: shown("UPC").trim().to_owned(),
        title: Some(shown("Name"))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| row.sku.clone()),
        state,
        handles: BTreeMap::new(),
        updated_at: updated.and_then(|told| moment(&told)),
        address: String::new(),
        values,
    }
}

fn values(row: &Row, shop: &Shop, is_variant: bool) -> ShopValues {
    let scalars = fields::scalars().iter();
    let scalars = scalars.map(|scalar| (ShopField::new(&*scalar.key), Part::Scalar(scalar)));
    let mut told: ShopValues = scalars
        .filter_map(|(field, part)| Some((field, value(part, row, shop)?)))
        .collect();
    let mut others: Vec<ShopField> = [CATEGORY, MAIN_IMAGE, OTHER_IMAGES]
        .map(ShopField::new)
        .into();
    // What tells other items from each other is no option of theirs.
    if is_variant {
        others.extend((0..OPTIONS).flat_map(option_fields));
    }
    let own = row.prices().into_iter().map(|(group, ..)| group);
    let groups: BTreeSet<String> = shop.groups.keys().cloned().chain(own).collect();
    others.extend(groups.iter().map(|group| price_field(group)));
    for field in others {
        if let Some(value) = Part::of(&field).and_then(|part| value(part, row, shop)) {
            told.insert(field, value);
        }
    }
    told.insert(ShopField::new(SKU), Value::text(&*row.sku));
    told
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use domain::record::Value;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::{Row, Shop, all_selectors, image_name, image_place, item, value};
    use crate::maropost::fields::{CATEGORY, Part, price_field};
    use crate::maropost::tree::Tree;

    fn row(record: &Json) -> Row {
        Row::of(record.as_object().unwrap().clone()).unwrap()
    }

    #[test]
    fn an_item_without_an_id_or_an_sku_is_no_answer() {
        for record in [
            json!({"SKU": "A"}),
            json!({"InventoryID": "1"}),
            json!({"InventoryID": "x", "SKU": "A"}),
            json!({"InventoryID": "1", "SKU": ""}),
        ] {
            assert!(
                Row::of(record.as_object().unwrap().clone()).is_err(),
                "{record}"
            );
        }
        assert_eq!(row(&json!({"InventoryID": 7, "SKU": 12})).sku, "12");
    }

    #[test]
    fn a_group_with_prices_by_quantity_has_no_single_price() {
        let prices = json!([{"PriceGroup": [
            {"GroupID": "2", "Group": "Wholesale", "Price": "9.95", "MinimumQuantity": "0"},
            {"GroupID": "2", "Group": "Wholesale", "Price": "8.95", "MinimumQuantity": "10"},
            {"GroupID": "3", "Group": "", "Price": "7.95"},
        ]}]);
        let row = row(&json!({"InventoryID": "1", "SKU": "A", "PriceGroups": prices}));
        let price = |group: &str| {
            value(
                Part::of(&price_field(group)).unwrap(),
                &row,
                &Shop::default(),
            )
        };
        assert_eq!(price("Wholesale"), None);
        assert_eq!(price("3"), Some(Value::Number(79_500)));
        assert_eq!(price("Other"), Some(Value::Empty));
    }

    #[test]
    fn pictures_have_places_by_their_names() {
        for (name, place) in [
            ("Main", Some(0)),
            ("main", Some(0)),
            ("Alt 1", Some(1)),
            ("alt 12", Some(12)),
            ("Alt 0", None),
            ("Alt", None),
            ("ä", None),
            ("Other", None),
        ] {
            assert_eq!(image_place(name), place, "{name}");
        }
        assert_eq!(
            (image_name(0), image_name(3)),
            ("Main".into(), "Alt 3".into())
        );
    }

    /// Anything that an answer may hold.
    fn anything() -> impl Strategy<Value = Json> {
        let names = [
            "Category",
            "CategoryID",
            "Image",
            "Name",
            "URL",
            "Price",
            "Group",
            "ItemSpecific",
            "Value",
            "",
            "Quantity",
        ];
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            any::<f64>().prop_map(Json::from),
            "[0-9.:\\- A-Za-zé]{0,12}".prop_map(Json::from),
            "0000-00-00( 00:00:00)?".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 24, 4, move |inner| {
            let name = prop::sample::select(names.to_vec()).prop_map(str::to_owned);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::Array),
                prop::collection::vec((name, inner), 0..4)
                    .prop_map(|pairs| Json::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_a_field_holds_the_item_survives(values in prop::collection::vec((any::<prop::sample::Index>(), anything()), 0..20)) {
            let selectors = all_selectors();
            let mut record = json!({"InventoryID": "1", "SKU": "A"});
            for (at, value) in values {
                record[at.get(&selectors)] = value;
            }
            let shop = Shop { tree: Some(Arc::new(Tree::default())), groups: Arc::new(BTreeMap::from([("2".to_owned(), "2".to_owned())])) };
            let item = item(&row(&record), &shop);
            prop_assert_eq!(item.remote_id, "1");
            prop_assert!(item.values.iter().all(|(field, value)| field.key() != CATEGORY || value.is_empty()));
        }
    }
}
