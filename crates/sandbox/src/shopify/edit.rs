//! What the merchant does in Shopify's own window.

use std::collections::BTreeMap;

use super::engine::gid;
use super::order_edit;
use super::store::{Level, Money, OptionValue, Product, ProductOption, State, Variant};
use crate::frame::{Edit, Moment, Random, Shown};

/// One variant, or one product, by chance.
pub(super) fn pick(state: &State, random: &mut Random) -> Option<String> {
    let (first, last) = (
        *state.variants.keys().next()?,
        *state.variants.keys().next_back()?,
    );
    // Ids lie evenly enough: the next one after any number is as good as any.
    let from = first + random.below(last - first + 1);
    let variant = state.variants.range(from..).next().map(|(id, _)| *id)?;
    let product = state.variants.get(&variant)?.product;
    if random.below(3) == 0 {
        return Some(gid("Product", product));
    }
    Some(gid("ProductVariant", variant))
}

/// What the merchant sees.
pub(super) fn shown(state: &State) -> Vec<Shown> {
    let mut shown = Vec::new();
    for product in state.products.values() {
        let whole = Shown {
            id: gid("Product", product.id),
            title: Some(product.title.clone()),
            brand: Some(product.vendor.clone()),
            html: Some(product.html.clone()),
            ..Shown::default()
        };
        let variants: Vec<&Variant> = product
            .variants
            .iter()
            .filter_map(|id| state.variants.get(id))
            .collect();
        match variants.as_slice() {
            [only] if product.has_only_default() => shown.push(Shown {
                title: whole.title.clone(),
                brand: whole.brand.clone(),
                html: whole.html.clone(),
                id: whole.id.clone(),
                parent: None,
                ..variant_shown(only)
            }),
            _ => {
                let parent = whole.id.clone();
                shown.push(whole);
                shown.extend(variants.into_iter().map(|variant| Shown {
                    parent: Some(parent.clone()),
                    ..variant_shown(variant)
                }));
            }
        }
    }
    shown
}

fn variant_shown(variant: &Variant) -> Shown {
    let hundredths = |amount: Money| i64::try_from(amount.0).ok();
    let first = variant.levels.iter().min_by_key(|level| level.location);
    Shown {
        id: gid("ProductVariant", variant.id),
        sku: variant.sku.clone().unwrap_or_default(),
        price: hundredths(variant.price),
        cost: variant.cost.and_then(hundredths),
        stock: first.filter(|_| variant.tracked).map(Level::on_hand),
        ..Shown::default()
    }
}

/// Makes the edit.
pub(super) fn make(state: &mut State, edit: &Edit, now: Moment) -> Result<(), String> {
    if let Edit::AddProduct { title, sku, price } = edit {
        add_product(state, (title, sku, *price), now);
        return Ok(());
    }
    if let Some(done) = order_edit::make(state, edit, now) {
        return done;
    }
    let on = on(edit);
    let (product, variant) = state
        .named(on)
        .ok_or_else(|| format!("There is no product {on}."))?;
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    match edit {
        Edit::Title { title, .. } => {
            state.change_product(product, now, |one| one.title.clone_from(title))
        }
        Edit::Description { html, .. } => {
            state.change_product(product, now, |one| one.html.clone_from(html))
        }
        Edit::Archive { .. } => {
            state.change_product(product, now, |one| one.status = String::from("ARCHIVED"));
        }
        Edit::Delete { .. } => {
            state.remove_product(product, now);
        }
        Edit::Price { price, .. } => {
            let price = Money(i128::from(*price));
            change(state, (product, variant), now, |one| one.price = price);
        }
        Edit::Sku { sku, .. } => change(state, (product, variant), now, |one| one.sku = text(sku)),
        Edit::Barcode { barcode, .. } => {
            change(state, (product, variant), now, |one| {
                one.barcode = text(barcode)
            });
        }
        Edit::Sale { quantity, .. } => stock(state, (product, variant), now, |level| {
            level.available -= quantity
        })?,
        Edit::Stock { quantity, .. } => {
            stock(state, (product, variant), now, |level| {
                level.available += quantity - level.on_hand()
            })?;
        }
        Edit::DeleteVariant { .. } => return delete_variant(state, (product, variant), now),
        Edit::AddVariant {
            value, sku, price, ..
        } => {
            return add_variant(state, product, (value, sku, *price), now);
        }
        Edit::RenameOption { from, to, .. } => return rename(state, product, (from, to), now),
        _ => {}
    }
    Ok(())
}

fn on(edit: &Edit) -> &str {
    match edit {
        Edit::Price { on, .. }
        | Edit::Title { on, .. }
        | Edit::Description { on, .. }
        | Edit::Sku { on, .. }
        | Edit::Barcode { on, .. }
        | Edit::Sale { on, .. }
        | Edit::Stock { on, .. }
        | Edit::Archive { on }
        | Edit::Delete { on }
        | Edit::DeleteVariant { on }
        | Edit::AddVariant { on, .. }
        | Edit::RenameOption { on, .. } => on,
        _ => "",
    }
}

/// Changes a variant as its form does: the product was updated too.
fn change(
    state: &mut State,
    (product, variant): (u64, u64),
    now: Moment,
    change: impl FnOnce(&mut Variant),
) {
    state.change_variant(variant, |one| {
        change(one);
        one.updated = now;
        one.item_updated = now;
    });
    state.change_product(product, now, |_| {});
}

/// Changes the stock at the first location. A sale touches the product, as an order does.
fn stock(
    state: &mut State,
    (product, variant): (u64, u64),
    now: Moment,
    change: impl FnOnce(&mut Level),
) -> Result<(), String> {
    let found = state
        .variants
        .get(&variant)
        .filter(|one| one.tracked && !one.levels.is_empty());
    if found.is_none() {
        return Err(String::from("Its stock is not counted."));
    }
    state.change_variant(variant, |one| {
        let first = one.levels.iter_mut().min_by_key(|level| level.location);
        if let Some(level) = first {
            change(level);
            level.updated = now;
        }
    });
    state.change_product(product, now, |_| {});
    Ok(())
}

fn delete_variant(
    state: &mut State,
    (product, variant): (u64, u64),
    now: Moment,
) -> Result<(), String> {
    if state
        .products
        .get(&product)
        .is_none_or(|one| one.variants.len() < 2)
    {
        return Err(String::from("It is the last variant of its product."));
    }
    state.change_product(product, now, |one| one.variants.retain(|id| *id != variant));
    state.remove_variant(variant);
    Ok(())
}

fn add_product(state: &mut State, (title, sku, price): (&str, &str, i64), now: Moment) {
    let value = OptionValue {
        id: state.number(),
        name: String::from("Default Title"),
    };
    let option = ProductOption {
        id: state.number(),
        name: String::from("Title"),
        values: vec![value],
    };
    let product = Product {
        id: state.number(),
        handle: state.free_handle(title),
        title: String::from(title),
        vendor: state.facts.name.clone(),
        status: String::from("ACTIVE"),
        published: state
            .publications
            .keys()
            .map(|id| (*id, now))
            .collect::<BTreeMap<_, _>>(),
        options: vec![option],
        created: now,
        updated: now,
        ..Product::default()
    };
    let id = product.id;
    let values = vec![product.options[0].values[0].id];
    state.insert_product(product);
    put_variant(state, id, values, (sku, price), now);
}

fn put_variant(
    state: &mut State,
    product: u64,
    values: Vec<u64>,
    (sku, price): (&str, i64),
    now: Moment,
) {
    let (id, item) = (state.number(), state.number());
    let mut variant = Variant::new(id, item, product, now);
    variant.values = values;
    variant.sku = (!sku.is_empty()).then(|| String::from(sku));
    variant.price = Money(i128::from(price));
    variant.tracked = true;
    let first = state
        .locations
        .values()
        .find(|one| one.active)
        .map(|one| one.id);
    variant
        .levels
        .extend(first.map(|location| Level::empty(location, now)));
    state.insert_variant(variant);
    state.change_product(product, now, |one| one.variants.push(id));
}

fn add_variant(
    state: &mut State,
    product: u64,
    (value, sku, price): (&str, &str, i64),
    now: Moment,
) -> Result<(), String> {
    let Some(before) = state.products.get(&product) else {
        return Err(String::from("There is no such product."));
    };
    if before.has_only_default() {
        return Err(String::from("The product has no options."));
    }
    if before.variants.len() >= 2048 {
        return Err(String::from("The product has 2,048 variants already."));
    }
    if before.options[0].values.iter().any(|one| one.name == value) {
        return Err(format!("The product has the value {value} already."));
    }
    let others: Vec<u64> = before.options[1..]
        .iter()
        .filter_map(|one| one.values.first())
        .map(|one| one.id)
        .collect();
    let id = state.number();
    state.change_product(product, now, |one| {
        let name = String::from(value);
        one.options[0].values.push(OptionValue { id, name });
    });
    let values = std::iter::once(id).chain(others).collect();
    put_variant(state, product, values, (sku, price), now);
    Ok(())
}

fn rename(
    state: &mut State,
    product: u64,
    (from, to): (&str, &str),
    now: Moment,
) -> Result<(), String> {
    let Some(before) = state.products.get(&product) else {
        return Err(String::from("There is no such product."));
    };
    let Some(place) = before.options.iter().position(|one| one.name == from) else {
        return Err(format!("The product has no option {from}."));
    };
    state.change_product(product, now, |one| {
        one.options[place].name = String::from(to)
    });
    Ok(())
}
