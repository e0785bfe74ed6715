//! An item as `GetItem` answers it.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::fields::FIELDS;
use super::item::{Item, Place};
use crate::maropost::dates;
use crate::maropost::envelope::{collection, no_rows, one_or_many};
use crate::maropost::field::{self, Kind, boolean_word};
use crate::maropost::settings::{Settings, Shapes, Zone};
use crate::maropost::state::State;

/// Collections that every shop of this kind leaves empty, with the name of their rows.
const EMPTY: [(&str, &str); 10] = [
    ("FreeGifts", "FreeGift"),
    ("CrossSellProducts", "CrossSellProduct"),
    ("UpsellProducts", "UpsellProduct"),
    ("KitComponents", "KitComponent"),
    ("WarehouseLocations", "WarehouseLocation"),
    ("RelatedContents", "RelatedContent"),
    ("SalesChannels", "SalesChannel"),
    ("eBayItems", "eBayItem"),
    ("eBayActiveItems", "eBayActiveItem"),
    ("eBayProductIDs", "eBayProductID"),
];

/// What is computed of an item, or is no scalar.
const OTHERS: [&str; 20] = [
    "SKU",
    "InventoryID",
    "ID",
    "IsVariant",
    "VariantInventoryIDs",
    "CommittedQuantity",
    "AvailableSellQuantity",
    "WarehouseQuantity",
    "ItemSpecifics",
    "Categories",
    "PriceGroups",
    "PriceGroups.MultilevelBands",
    "Images",
    "ImageURL",
    "DateAdded",
    "DateUpdated",
    "DateCreatedLocal",
    "DateCreatedUTC",
    "DateArrivalUTC",
    "DateAddedLocal",
];

/// Whether `name` is a documented output selector. `SKU` and `InventoryID` are answered whether
/// they are selected or not, and many select them.
pub(crate) fn is_selector(name: &str) -> bool {
    FIELDS.selects(name)
        || OTHERS.contains(&name)
        || EMPTY.iter().any(|(empty, _)| *empty == name)
        || matches!(name, "DateAddedUTC" | "DateUpdatedLocal" | "DateUpdatedUTC")
        || zoned(name).is_some()
}

/// The promotion date that `…Local` or `…UTC` is a twin of.
fn zoned(name: &str) -> Option<(u16, Zone)> {
    let local = name.strip_suffix("Local").map(|base| (base, Zone::Shop));
    let utc = || name.strip_suffix("UTC").map(|base| (base, Zone::Utc));
    let (base, zone) = local.or_else(utc)?;
    let at = FIELDS.at(base)?;
    (FIELDS.field(at).kind == Kind::MomentOfUnsureZone).then_some((at, zone))
}

/// What is needed to show items.
pub(crate) struct Display<'a> {
    /// The shop.
    pub(crate) state: &'a State,
    /// How it answers.
    pub(crate) settings: &'a Settings,
    /// Where it stands, for the addresses of pictures.
    pub(crate) origin: &'a str,
    /// How many of each SKU orders have committed.
    pub(crate) committed: HashMap<String, i64>,
}

impl Display<'_> {
    /// The item with what is selected.
    pub(crate) fn item(&self, item: &Item, selectors: &[&str]) -> Value {
        let mut shown = Map::new();
        shown.insert("SKU".to_owned(), json!(item.sku));
        shown.insert("InventoryID".to_owned(), json!(item.id.to_string()));
        let banded = selectors.contains(&"PriceGroups.MultilevelBands");
        for name in selectors {
            let (name, value) = match *name {
                "PriceGroups" | "PriceGroups.MultilevelBands" => {
                    ("PriceGroups", self.prices(item, banded))
                }
                name => (name, self.value(item, name)),
            };
            shown.insert(name.to_owned(), value);
        }
        Value::Object(shown)
    }

    fn value(&self, item: &Item, name: &str) -> Value {
        if let Some(at) = FIELDS.at(name) {
            return self.scalar(item, at);
        }
        if let Some((at, zone)) = zoned(name) {
            let moment = dates::parse(item.values.get(at)).flatten();
            return json!(field::show_moment(moment, zone, self.settings));
        }
        if let Some((_, inner)) = EMPTY.iter().find(|(empty, _)| *empty == name) {
            return no_rows(inner, self.settings);
        }
        match name {
            "SKU" => json!(item.sku),
            "ID" | "InventoryID" => json!(item.id.to_string()),
            "IsVariant" => json!(boolean_word(!item.parent().is_empty())),
            "VariantInventoryIDs" => self.variants(item),
            "CommittedQuantity" => json!(self.committed(item).to_string()),
            "AvailableSellQuantity" => {
                let on_hand = item
                    .stock
                    .values()
                    .fold(0, |sum: i64, one| sum.saturating_add(*one));
                json!(on_hand.saturating_sub(self.committed(item)).to_string())
            }
            "WarehouseQuantity" => self.quantities(item),
            "ItemSpecifics" => self.specifics(item),
            "Categories" => self.categories(item),
            "Images" => self.images(item),
            "ImageURL" => self.main_image(item),
            "DateArrivalUTC" => json!(item.value("DateArrival")),
            name => self.dated(item, name),
        }
    }

    fn scalar(&self, item: &Item, at: u16) -> Value {
        let field = FIELDS.field(at);
        let text = field::show(field, item.values.get(at), self.settings);
        let is_date = field.kind == Kind::MomentOfUnsureZone;
        match (is_date, dates::parse(&text).flatten()) {
            (true, Some(moment)) => self.moment(moment, self.settings.plain_item_dates),
            _ => json!(text),
        }
    }

    /// When the item was made or changed, by the name of the selector.
    fn dated(&self, item: &Item, name: &str) -> Value {
        let moment = if name.starts_with("DateUpdated") {
            item.updated
        } else {
            item.added
        };
        let zone = match name {
            _ if name.ends_with("UTC") => Zone::Utc,
            _ if name.ends_with("Local") => Zone::Shop,
            _ => self.settings.plain_item_dates,
        };
        self.moment(moment, zone)
    }

    fn moment(&self, moment: Timestamp, zone: Zone) -> Value {
        json!(dates::show(moment, zone, self.settings.zone_minutes))
    }

    fn committed(&self, item: &Item) -> i64 {
        let key = self.state.items.key(&item.sku);
        self.committed.get(&key).copied().unwrap_or_default()
    }

    fn variants(&self, item: &Item) -> Value {
        let variants = self.state.items.variants(&item.sku);
        if variants.is_empty() {
            return no_rows("VariantInventoryID", self.settings);
        }
        variants.iter().map(|id| json!(id.to_string())).collect()
    }

    fn quantities(&self, item: &Item) -> Value {
        let row = |(warehouse, quantity): (&u64, &i64)| json!({ "WarehouseID": warehouse.to_string(), "Quantity": quantity.to_string() });
        let rows: Vec<Value> = item.stock.iter().map(row).collect();
        match self.settings.one_quantity_bare {
            _ if rows.is_empty() => no_rows("Quantity", self.settings),
            true => one_or_many(rows),
            false => Value::Array(rows),
        }
    }

    fn specifics(&self, item: &Item) -> Value {
        let rows = item.specifics.iter();
        let rows = rows.map(|one| json!({ "Name": one.name, "Value": one.value }));
        collection("ItemSpecific", rows.collect(), self.settings)
    }

    fn categories(&self, item: &Item) -> Value {
        let row = |(id, priority): (&u64, &i64)| {
            json!({
                "CategoryID": id.to_string(),
                "Priority": priority.to_string(),
                "CategoryName": self.state.category_name(*id),
            })
        };
        collection(
            "Category",
            item.categories.iter().map(row).collect(),
            self.settings,
        )
    }

    fn prices(&self, item: &Item, banded: bool) -> Value {
        let mut rows = Vec::new();
        for (id, price) in &item.prices {
            let mut row = Map::new();
            row.insert("GroupID".to_owned(), json!(id.to_string()));
            row.insert("Group".to_owned(), json!(self.state.group_name(*id)));
            for (name, value) in &price.fields {
                row.insert((*name).to_owned(), json!(value));
            }
            if banded {
                let bands = no_rows("MultiLevelBand", self.settings);
                row.insert("MultilevelBands".to_owned(), bands);
            }
            rows.push(Value::Object(row));
        }
        collection("PriceGroup", rows, self.settings)
    }

    fn images(&self, item: &Item) -> Value {
        let mut rows = Vec::new();
        for (place, image) in &item.images {
            let address = |size: &str| format!("{}/assets/{size}/{}.png", self.origin, item.sku);
            rows.push(json!({
                "Name": place.name(),
                "URL": address(&place.folder()),
                "ThumbURL": address(&format!("thumb/{}", place.folder())),
                "MediumThumbURL": address(&format!("thumbL/{}", place.folder())),
                "Timestamp": self.moment(image.written, Zone::Utc),
            }));
        }
        match self.settings.shapes {
            _ if rows.is_empty() => no_rows("Image", self.settings),
            Shapes::Observed => Value::Array(rows),
            Shapes::Documented => json!({ "Image": rows }),
        }
    }

    fn main_image(&self, item: &Item) -> Value {
        if item.images.contains_key(&Place::Main) {
            return json!(format!("{}/assets/full/{}.png", self.origin, item.sku));
        }
        json!("")
    }
}
