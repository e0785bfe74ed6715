//! The updates that were asked for, sorted into mutations: what is about one product goes together.

use std::collections::{BTreeMap, HashMap};

use domain::channel::{ShopField, ShopValues};
use domain::record::Value as Held;
use serde_json::{Map, Value, json};

use super::calls::{Call, Part};
use super::fields;
use super::inputs::{ProductChange, of_product, refused, variant_input};
use super::item::{PRODUCT, VARIANT};
use super::json::{nodes, text};
use super::metafields::Metafields;
use super::pictures::files;
use crate::channel::ItemUpdate;
use crate::failure::{Answered, Failure, FailureKind};

/// The most variants of one mutation.
const MOST: usize = 250;
/// What the ids of variants begin with.
const VARIANT_ID: &str = "gid://shopify/ProductVariant/";

/// The changes of one product.
#[derive(Debug, Default)]
pub(super) struct Change {
    product: Option<(Part, ProductChange)>,
    variants: Vec<VariantChange>,
}

/// The changes of one variant.
#[derive(Debug)]
struct VariantChange {
    part: Part,
    input: Map<String, Value>,
    /// Values of options by their places.
    options: BTreeMap<usize, String>,
}

/// All changes, by product.
#[derive(Debug, Default)]
pub(super) struct Changes {
    order: Vec<String>,
    of: HashMap<String, Change>,
}

impl Changes {
    /// Adds an update.
    pub(super) fn add(
        &mut self,
        place: usize,
        update: &ItemUpdate,
        own: &Metafields,
    ) -> Answered<()> {
        let (product, variant) = ids(update)?;
        let part = |id: &str, for_product: bool| Part {
            update: place,
            id: id.to_owned(),
            sent: sent(&update.values, for_product),
        };
        let of_product: Vec<_> = of_level(&update.values, true).collect();
        if !of_product.is_empty() {
            if update.item.remote_id != product {
                let message = "Shopify keeps this field for the product as a whole.";
                return Err(refused(message).hint("Change it at the product."));
            }
            let change = ProductChange::of(of_product.into_iter(), own)?;
            let part = part(&product, true);
            let there = &mut self.change(&product).product;
            if there.is_some() {
                return Err(twice());
            }
            *there = Some((part, change));
        }
        let mut of_variant = of_level(&update.values, false).peekable();
        if of_variant.peek().is_none() {
            return Ok(());
        }
        let Some(variant) = variant else {
            self.forget(&product, place);
            return Err(refused(
                "A product with variants has no such field of its own in Shopify.",
            ));
        };
        let input = variant_input(of_variant, &update.seen).and_then(|input| {
            let options = options_of(&update.values, update.item.remote_id == product)?;
            Ok((input, options))
        });
        let (input, options) = input.inspect_err(|_| self.forget(&product, place))?;
        if !input.is_empty() || !options.is_empty() {
            let part = part(&variant, false);
            let there = &mut self.change(&product).variants;
            if there.iter().any(|one| one.part.id == variant) {
                return Err(twice());
            }
            there.push(VariantChange {
                part,
                input,
                options,
            });
        }
        Ok(())
    }

    fn change(&mut self, product: &str) -> &mut Change {
        if !self.of.contains_key(product) {
            self.order.push(product.to_owned());
        }
        self.of.entry(product.to_owned()).or_default()
    }

    /// An update of which a part is refused is not sent at all.
    fn forget(&mut self, product: &str, place: usize) {
        if let Some(change) = self.of.get_mut(product) {
            change.product = change
                .product
                .take()
                .filter(|(part, _)| part.update != place);
        }
    }

    /// The products whose pictures change, which have to be known before.
    pub(super) fn with_pictures(&self) -> Vec<String> {
        let changes = self.order.iter().filter(|id| {
            let change = self.of.get(*id).and_then(|change| change.product.as_ref());
            change.is_some_and(|(_, change)| change.has_pictures())
        });
        changes.cloned().collect()
    }

    /// The variants whose options change, which have to be known before.
    pub(super) fn with_options(&self) -> Vec<String> {
        let variants = self.of.values().flat_map(|change| &change.variants);
        let with = variants.filter(|one| !one.options.is_empty());
        with.map(|one| one.part.id.clone()).collect()
    }

    /// The merchant's fields that are taken away: of which update, product, and key.
    pub(super) fn removed(&self) -> Vec<(usize, String, String)> {
        let products = self.order.iter().filter_map(|id| self.of.get(id));
        let products = products.filter_map(|change| change.product.as_ref());
        let keys = products.flat_map(|(part, change)| {
            let key = |key: &String| (part.update, part.id.clone(), key.clone());
            change.removed.iter().map(key)
        });
        keys.collect()
    }

    /// The mutations, given the media and options that had to be known. What cannot be made of them is
    /// said of each update.
    pub(super) fn calls(
        self,
        media: &HashMap<String, Vec<Value>>,
        options: &HashMap<String, Vec<Value>>,
    ) -> (Vec<Call>, Vec<(usize, Failure)>) {
        let (mut calls, mut failed) = (Vec::new(), Vec::new());
        let mut of = self.of;
        for id in self.order {
            let Some(change) = of.remove(&id) else {
                continue;
            };
            if let Some((part, product)) = change.product {
                match (product.has_pictures(), media.get(&id)) {
                    (true, None) => failed.push((part.update, gone())),
                    (true, Some(there)) => {
                        calls.push(Call::files(part.clone(), files(&product, there)));
                    }
                    (false, _) => {}
                }
                if !product.input.is_empty() {
                    calls.push(Call::product(part, product.input));
                }
            }
            let mut ready = Vec::new();
            for mut one in change.variants {
                match one.choose(options) {
                    Ok(()) => ready.push((one.part, one.input)),
                    Err(failure) => failed.push((one.part.update, failure)),
                }
            }
            while !ready.is_empty() {
                let rest = ready.split_off(ready.len().min(MOST));
                calls.push(Call::variants(&id, ready));
                ready = rest;
            }
        }
        (calls, failed)
    }
}

impl VariantChange {
    /// Names every option of the variant, since the shop takes them together.
    fn choose(&mut self, known: &HashMap<String, Vec<Value>>) -> Answered<()> {
        if self.options.is_empty() {
            return Ok(());
        }
        let there = known.get(&self.part.id).ok_or_else(gone)?;
        if self.options.keys().any(|place| *place >= there.len()) {
            return Err(refused("The product has fewer options in Shopify."));
        }
        let chosen = there.iter().enumerate().map(|(place, option)| {
            let value = self.options.get(&place).map(String::as_str);
            json!({
                "optionName": option["name"],
                "name": value.unwrap_or_else(|| text(option, "value")),
            })
        });
        self.input
            .insert(String::from("optionValues"), chosen.collect());
        Ok(())
    }
}

/// The options of variants by the variants' ids.
pub(super) fn options_in(answer: &Value) -> impl Iterator<Item = (String, Vec<Value>)> + '_ {
    let variants = answer["nodes"].as_array().into_iter().flatten();
    let known = variants.filter(|one| one["selectedOptions"].is_array());
    known.map(|one| {
        let options = nodes(&one["selectedOptions"]).to_vec();
        (text(one, "id").to_owned(), options)
    })
}

/// The ids of the product and, if it has fields of its own, of the variant.
fn ids(update: &ItemUpdate) -> Answered<(String, Option<String>)> {
    let item = &update.item;
    if !item.remote_id.starts_with(VARIANT_ID) {
        let variant = item.handles.get(VARIANT).cloned();
        return Ok((item.remote_id.clone(), variant));
    }
    let product = item.handles.get(PRODUCT).cloned();
    let product = product.ok_or_else(|| {
        let message = "It is not known which product the variant belongs to.";
        Failure::new(FailureKind::Stale, message)
    })?;
    Ok((product, Some(item.remote_id.clone())))
}

fn of_level(values: &ShopValues, product: bool) -> impl Iterator<Item = (&ShopField, &Held)> {
    values
        .iter()
        .filter(move |(field, _)| of_product(field) == product)
}

fn sent(values: &ShopValues, product: bool) -> ShopValues {
    let sent = of_level(values, product);
    sent.map(|(field, value)| (field.clone(), value.clone()))
        .collect()
}

fn options_of(values: &ShopValues, alone: bool) -> Answered<BTreeMap<usize, String>> {
    let mut options = BTreeMap::new();
    for (place, (_, field)) in fields::OPTIONS.iter().enumerate() {
        match values.get(&ShopField::new(*field)) {
            None => {}
            Some(_) if alone => {
                return Err(refused("The product has no options in Shopify."));
            }
            Some(Held::Text(value)) => {
                options.insert(place, value.clone());
            }
            Some(_) => return Err(refused("The option of a variant in Shopify needs a value.")),
        }
    }
    Ok(options)
}

fn twice() -> Failure {
    refused("The same item was to be changed twice at once.")
}

fn gone() -> Failure {
    Failure::new(FailureKind::Gone, "It is not in Shopify any more.")
}
