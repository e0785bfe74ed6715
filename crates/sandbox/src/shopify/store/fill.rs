//! Filling a shop from the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    Collection, File, FileState, Level, Location, OptionValue, Product, ProductOption, Publication,
    ShopFacts, State, Variant,
};
use super::money::Money;
use super::mutate::sorted_tags;
use crate::catalogue::{self, Catalogue, Status};
use crate::frame::Moment;

const DAY: i64 = 86_400_000;

/// The shop of a catalogue, as it is at `now`.
pub(crate) fn fill(facts: ShopFacts, catalogue: &Catalogue, now: Moment) -> State {
    let mut state = State::empty(facts, catalogue.seed());
    let shelves = furnish(&mut state, now);
    for product in catalogue.products() {
        add(&mut state, product, &shelves, now);
    }
    state
}

/// Where things lie, and where they are sold.
struct Shelves {
    shop: u64,
    store_room: u64,
    collection: u64,
    online: u64,
}

fn furnish(state: &mut State, now: Moment) -> Shelves {
    let mut location = |name: &str, active, city: &str| {
        let id = state.number();
        let location = Location {
            id,
            name: String::from(name),
            active,
            city: String::from(city),
            country: String::from("DE"),
        };
        state.locations.insert(id, location);
        id
    };
    let shop = location("Shop", true, "Lübeck");
    let store_room = location("Store room", true, "Lübeck");
    location("Old shop", false, "Kiel");
    let online = state.number();
    for (id, title) in [(online, "Online Store"), (state.number(), "Point of Sale")] {
        let publication = Publication {
            title: String::from(title),
        };
        state.publications.insert(id, publication);
    }
    let collection = state.number();
    state.collections.insert(
        collection,
        Collection {
            title: String::from("Home page"),
            handle: String::from("frontpage"),
            updated: now,
            published: BTreeMap::new(),
        },
    );
    Shelves {
        shop,
        store_room,
        collection,
        online,
    }
}

fn add(state: &mut State, made: catalogue::Product, shelves: &Shelves, now: Moment) {
    let id = state.number();
    let created = now.plus(-DAY * (i64::from(made.days_old) + 1));
    let updated = now.plus(-DAY * i64::from(made.days_old) - 1000);
    let options = options(state, &made);
    let mut product = Product {
        id,
        handle: state.free_handle(&made.title),
        title: made.title,
        html: made.html,
        vendor: made.vendor,
        sort: made.sort,
        tags: sorted_tags(made.tags),
        status: String::from(match made.status {
            Status::Active => "ACTIVE",
            Status::Draft => "DRAFT",
            Status::Archived => "ARCHIVED",
        }),
        options,
        created,
        updated,
        ..Product::default()
    };
    if made.status == Status::Active {
        product.published.insert(shelves.online, created);
    }
    if made.place.is_multiple_of(50) {
        product.collections = BTreeSet::from([shelves.collection]);
    }
    for picture in 0..made.pictures {
        let file = picture_of(state, made.place, picture, created);
        product.files.push(file);
    }
    for (place, variant) in made.variants.into_iter().enumerate() {
        let values = values(&product, &variant.values);
        let variant = variant_of(state, id, variant, values, updated);
        let variant = shelve(variant, place, shelves, updated);
        product.variants.push(variant.id);
        state.insert_variant(variant);
    }
    state.insert_product(product);
}

/// The options with each value that a variant has, in the order in which they come.
fn options(state: &mut State, made: &catalogue::Product) -> Vec<ProductOption> {
    let single = made.options.is_empty();
    let names = if single {
        vec![String::from("Title")]
    } else {
        made.options.clone()
    };
    let mut options = Vec::with_capacity(names.len());
    for (place, name) in names.into_iter().enumerate() {
        let mut option = ProductOption {
            id: state.number(),
            name,
            values: Vec::new(),
        };
        let names = made
            .variants
            .iter()
            .map(|variant| match variant.values.get(place) {
                Some(value) => value.as_str(),
                None => "Default Title",
            });
        for name in names {
            if !option.values.iter().any(|value| value.name == name) {
                let id = state.number();
                let name = String::from(name);
                option.values.push(OptionValue { id, name });
            }
        }
        options.push(option);
    }
    options
}

/// The ids of a variant's values.
fn values(product: &Product, names: &[String]) -> Vec<u64> {
    let id = |(place, option): (usize, &ProductOption)| {
        let name = names.get(place).map_or("Default Title", String::as_str);
        let found = option.values.iter().find(|value| value.name == name);
        found.map_or(0, |value| value.id)
    };
    product.options.iter().enumerate().map(id).collect()
}

fn variant_of(
    state: &mut State,
    product: u64,
    made: catalogue::Variant,
    values: Vec<u64>,
    at: Moment,
) -> Variant {
    let mut variant = Variant::new(state.number(), state.number(), product, at);
    variant.sku = made.sku;
    variant.barcode = made.barcode;
    variant.price = Money(i128::from(made.price));
    variant.compare_at = made.compare_at.map(|amount| Money(i128::from(amount)));
    variant.cost = made.cost.map(|amount| Money(i128::from(amount)));
    variant.tracked = made.tracked;
    variant.values = values;
    variant.weight = f64::from(made.grams) / 1000.0;
    variant.weight_unit = String::from("KILOGRAMS");
    let mut level = Level::empty(0, at);
    level.available = made.stock;
    variant.levels.push(level);
    variant
}

/// Puts the stock of a variant on the shelves: most of it in the shop, some in the store room.
fn shelve(mut variant: Variant, place: usize, shelves: &Shelves, at: Moment) -> Variant {
    let stock = variant.levels.first().map_or(0, |level| level.available);
    let mut shop = Level::empty(shelves.shop, at);
    shop.available = stock;
    variant.levels = vec![shop];
    if place.is_multiple_of(3) {
        let mut store_room = Level::empty(shelves.store_room, at);
        store_room.available = stock / 4;
        variant.levels.push(store_room);
    }
    variant
}

fn picture_of(state: &mut State, place: u64, picture: u32, at: Moment) -> u64 {
    let id = state.number();
    let file = File {
        alt: (picture == 0).then(|| format!("Picture of product {place}")),
        fate: FileState::Ready,
        created: at,
        done: at,
    };
    state.files.insert(id, file);
    id
}

impl Variant {
    /// A variant with what Shopify takes where nothing is said.
    pub(crate) fn new(id: u64, item: u64, product: u64, at: Moment) -> Self {
        Self {
            id,
            item,
            product,
            sku: None,
            barcode: None,
            price: Money(0),
            compare_at: None,
            taxable: true,
            policy: String::from("DENY"),
            values: Vec::new(),
            updated: at,
            files: Vec::new(),
            metafields: Vec::new(),
            tracked: false,
            ships: true,
            cost: None,
            weight: 0.0,
            weight_unit: String::from("KILOGRAMS"),
            origin: None,
            harmonized: None,
            item_updated: at,
            levels: Vec::new(),
        }
    }
}
