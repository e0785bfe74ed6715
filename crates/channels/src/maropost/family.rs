//! A family that is being created: its items, and what became of each.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::channel::{ShopField, ShopItem};
use domain::record::Value;

use super::encode::Draft;
use super::fields::Part;
use super::new_sku;
use super::sending::Said;
use crate::channel::{Created, NewFamily, NewItem};
use crate::failure::{Answered, Failure, FailureKind};

/// A family on its way.
pub(super) struct Job<'a> {
    /// Which.
    pub(super) family: &'a NewFamily,
    /// Why it fails as a whole.
    pub(super) failed: Option<Failure>,
    /// What failed of its items, by the place among [`Job::items`].
    pub(super) failures: BTreeMap<usize, Failure>,
    /// What is sent of its items, in their order.
    pub(super) drafts: Vec<Draft>,
    /// What the shop did not do as asked.
    pub(super) warnings: Vec<String>,
    /// What its last request is called on the way.
    pub(super) request_id: Option<String>,
}

impl<'a> Job<'a> {
    /// One that nothing happened to yet.
    pub(super) fn new(family: &'a NewFamily) -> Self {
        Self {
            family,
            failed: None,
            failures: BTreeMap::new(),
            drafts: Vec::new(),
            warnings: Vec::new(),
            request_id: None,
        }
    }

    /// The product, if it is to be created, then the variants.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a NewItem> + use<'a> {
        items_of(self.family)
    }

    /// The SKU that variants name as their parent.
    pub(super) fn parent(&self) -> &'a str {
        parent_of(self.family)
    }

    /// Whether the item in that place is the product.
    pub(super) fn is_product(&self, at: usize) -> bool {
        at == 0 && self.family.product.is_some()
    }

    /// Notes what the shop says of an item that it created.
    pub(super) fn added(&mut self, sku: &str, said: &Said) {
        self.request_id.clone_from(&said.request_id);
        if said.messages.iter().any(|message| message.contains(sku)) {
            let warning = format!("The shop says: {}.", said.about(sku));
            self.warnings.push(warning);
        }
    }

    /// Notes that an item failed: with a product, all of its family does, and a lost answer is one for
    /// all, since what was left is to be found as a whole.
    pub(super) fn fail(&mut self, at: usize, failure: Failure) {
        match self.is_product(at) || failure.kind == FailureKind::Lost {
            true => self.failed = Some(failure),
            false => _ = self.failures.insert(at, failure),
        }
    }
}

/// The product, if it is to be created, then the variants.
pub(super) fn items_of(family: &NewFamily) -> impl Iterator<Item = &NewItem> {
    family.product.iter().chain(&family.variants)
}

/// The SKUs of items, without those that no item can have.
pub(super) fn known<'a>(items: impl Iterator<Item = &'a NewItem>) -> Vec<String> {
    let known = items.filter(|item| new_sku::check(&item.sku).is_ok());
    known.map(|item| item.sku.clone()).collect()
}

/// The SKU that variants name as their parent.
pub(super) fn parent_of(family: &NewFamily) -> &str {
    let product = family.product.as_ref().map(|product| &product.sku);
    let into = family.into.as_ref().map(|into| &into.sku);
    product.or(into).map_or("", String::as_str)
}

/// Refuses SKUs that the platform does not take, and those that stand twice.
pub(super) fn refuse_odd(job: &mut Job<'_>, taken: &mut HashSet<String>) {
    if job.parent().is_empty() {
        let message = "Variants need a product that they belong to.";
        job.failed = Some(Failure::new(FailureKind::Rejected, message));
        return;
    }
    for (at, item) in job.items().enumerate() {
        let checked =
            new_sku::check(&item.sku).and_then(|()| match taken.insert(item.sku.to_lowercase()) {
                true => Ok(()),
                false => Err(twice(&item.sku)),
            });
        if let Err(failure) = checked {
            job.fail(at, failure);
        }
    }
}

/// What was created of a family, as it was read by SKUs.
pub(super) fn created(job: Job<'_>, there: &HashMap<String, ShopItem>) -> Answered<Created> {
    let mut created = Created {
        items: Vec::new(),
        failed: Vec::new(),
        warnings: job.warnings.clone(),
        request_id: job.request_id.clone(),
    };
    for (at, item) in job.items().enumerate() {
        if let Some(failure) = job.failures.get(&at) {
            created.failed.push((item.key, failure.clone()));
            continue;
        }
        let Some(found) = there.get(&item.sku) else {
            let message = format!(
                "The shop says that {} was created, and does not find it.",
                item.sku
            );
            return Err(Failure::new(FailureKind::Lost, message));
        };
        created.warnings.extend(missed(&job.drafts[at], found));
        created.items.push((item.key, found.clone()));
    }
    Ok(created)
}

/// What a new item holds otherwise than it was asked for, as one sentence.
fn missed(draft: &Draft, found: &ShopItem) -> Option<String> {
    let other = |(field, wanted): (&ShopField, &Value)| {
        let part = Part::of(field).filter(|part| !part.is_picture())?;
        let there = found.values.get(field)?;
        (there != wanted).then(|| part.label())
    };
    let labels: Vec<String> = draft.wanted.iter().filter_map(other).collect();
    (!labels.is_empty()).then(|| {
        let labels = labels.join(", ");
        format!(
            "In {} the shop holds something else than what was sent in: {labels}.",
            found.sku
        )
    })
}

fn twice(sku: &str) -> Failure {
    let message = format!("The SKU {sku} stands twice among what is to be created.");
    Failure::new(FailureKind::Rejected, message).hint("Give one of them another SKU.")
}
