//! Filling a shop from the neutral catalogue, as its merchant would have entered it.

use std::collections::HashMap;

use jiff::Timestamp;

use super::dates;
use super::items::{GroupPrice, Image, Item, Place, Specific};
use super::number;
use super::settings::{Settings, Zone};
use super::state::State;
use crate::{Catalogue, Moment, Product, Status, Variant};

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// The group with prices of its own.
const WHOLESALE: u64 = 2;

/// Puts the products of `catalogue` into the shop.
pub(crate) fn fill(state: &mut State, catalogue: &Catalogue, settings: &Settings, opened: Moment) {
    let mut seed = Seed {
        state,
        settings,
        opened: dates::of_millis(opened.0),
        categories: HashMap::new(),
    };
    catalogue
        .products()
        .for_each(|product| seed.product(&product));
}

struct Seed<'a> {
    state: &'a mut State,
    settings: &'a Settings,
    opened: Timestamp,
    categories: HashMap<String, u64>,
}

impl Seed<'_> {
    fn product(&mut self, product: &Product) {
        let category = self.category(&product.sort);
        let Some(first) = product.variants.first() else {
            return;
        };
        if product.options.is_empty() {
            let sku = self.sku(first, product.place);
            let item = self.item(&sku, product, category);
            self.change(item, |item| fill_variant(item, product, first));
            return;
        }
        let parent = self.free(&format!("FAM-{:06}", product.place));
        self.item(&parent, product, category);
        for variant in &product.variants {
            let sku = self.sku(variant, product.place);
            let item = self.item(&sku, product, category);
            self.change(item, |item| {
                item.put("ParentSKU", &parent);
                item.put("Name", &cut(&variant_name(product, variant), 150));
                item.put("Description", "");
                item.images.clear();
                let options = product.options.iter().zip(&variant.values);
                item.specifics = options.map(specific).collect();
                fill_variant(item, product, variant);
            });
        }
    }

    /// An item with what its whole product says. Its dates are from before the shop opened.
    fn item(&mut self, sku: &str, product: &Product, category: u64) -> u64 {
        let updated = dates::shift(self.opened, -DAY * i64::from(product.days_old));
        let added = dates::shift(updated, -30 * DAY);
        let id = self.state.items.add(sku, added);
        let settings = self.settings;
        self.change(id, |item| {
            item.updated = updated;
            for (name, value) in &settings.unsaid {
                item.put(name, value);
            }
            fill_product(item, product);
            item.categories.insert(category, 1);
            item.images = pictures(product, updated);
        });
        id
    }

    fn change(&mut self, id: u64, change: impl FnOnce(&mut Item)) {
        self.state.items.change(id, change);
    }

    fn category(&mut self, name: &str) -> u64 {
        if let Some(id) = self.categories.get(name) {
            return *id;
        }
        let values = [
            ("CategoryName", name),
            ("ParentCategoryID", "0"),
            ("Active", "True"),
            ("OnMenu", "True"),
        ];
        let id = self.state.categories.add(&values);
        self.categories.insert(name.to_owned(), id);
        id
    }

    /// The SKU of a variant. The platform has none without, none twice and none with spaces, so
    /// its merchant found another one for those.
    fn sku(&self, variant: &Variant, place: u64) -> String {
        let plain = |char: &char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
        let typed = variant.sku.iter().flat_map(|sku| sku.chars()).filter(plain);
        let typed: String = typed.take(20).collect();
        match typed.is_empty() {
            true => self.free(&format!("P-{place:06}")),
            false => self.free(&typed),
        }
    }

    /// `sku`, or the first free one that begins with it.
    fn free(&self, sku: &str) -> String {
        let items = &self.state.items;
        if items.find(sku).is_none() {
            return sku.to_owned();
        }
        let others = (2_u32..).map(|number| format!("{sku}.{number}"));
        let mut others = others.filter(|other| items.find(other).is_none());
        others.next().unwrap_or_default()
    }
}

fn specific((name, value): (&String, &String)) -> Specific {
    Specific {
        name: name.clone(),
        value: value.clone(),
    }
}

fn variant_name(product: &Product, variant: &Variant) -> String {
    format!("{} - {}", product.title, variant.values.join(" / "))
}

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

fn fill_product(item: &mut Item, product: &Product) {
    item.put("Name", &cut(&product.title, 150));
    item.put("Brand", &cut(&product.vendor, 50));
    item.put("Description", &product.html);
    item.put("SearchKeywords", &cut(&product.tags.join(","), 255));
    item.put("SEOPageTitle", &cut(&product.title, 100));
    item.put("Misc01", &product.tags.concat());
    let (active, approved) = match product.status {
        Status::Active => ("True", "True"),
        Status::Draft => ("True", "False"),
        Status::Archived => ("False", "False"),
    };
    item.put("IsActive", active);
    item.put("Approved", approved);
}

fn fill_variant(item: &mut Item, product: &Product, variant: &Variant) {
    let money = |hundredths: i64| number::price(hundredths * 100);
    item.put("DefaultPrice", &money(variant.price));
    if let Some(rrp) = variant.compare_at {
        item.put("RRP", &money(rrp));
    }
    if let Some(cost) = variant.cost {
        item.put("CostPrice", &money(cost));
        item.put("DefaultPurchasePrice", &money(cost));
    }
    item.put("UPC", variant.barcode.as_deref().unwrap_or_default());
    item.put(
        "ShippingWeight",
        &number::price(i64::from(variant.grams) * 10),
    );
    item.put(
        "IsInventoried",
        if variant.tracked { "True" } else { "False" },
    );
    item.put(
        "PrimarySupplier",
        ["ACME", "NORTH", ""][index(product.place, 3)],
    );
    if product.place.is_multiple_of(4) {
        let fields = [
            ("Price", money(variant.price * 4 / 5)),
            ("MinimumQuantity", "0".to_owned()),
        ];
        item.prices.insert(
            WHOLESALE,
            GroupPrice {
                fields: fields.into(),
            },
        );
    }
    if product.place % 10 == 6 {
        item.put("PromotionPrice", &money(variant.price * 9 / 10));
        let until = dates::shift(item.updated, 60 * DAY);
        item.put(
            "PromotionStartDate",
            &dates::show(item.updated, Zone::Utc, 0),
        );
        item.put("PromotionExpiryDate", &dates::show(until, Zone::Utc, 0));
    }
    item.stock.insert(1, variant.stock);
    if product.place.is_multiple_of(3) {
        item.stock.insert(2, 0);
    }
}

fn index(place: u64, of: u64) -> usize {
    usize::try_from(place % of).unwrap_or_default()
}

fn pictures(product: &Product, written: Timestamp) -> std::collections::BTreeMap<Place, Image> {
    let picture = |number: u32| {
        let place = match u16::try_from(number) {
            Ok(0) | Err(_) => Place::Main,
            Ok(number) => Place::Alternative(number),
        };
        let source = format!("practice:{}/{number}", product.place);
        (place, Image { source, written })
    };
    (0..product.pictures).map(picture).collect()
}
