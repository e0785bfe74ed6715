//! What is created in the shop: products that only we have, as a person or the channel wanted them.

use std::collections::{HashMap, HashSet};

use domain::catalog::product::PRODUCT;
use domain::channel::{ItemRole, Listing, ShopField, ShopValues, to_shop};
use domain::error::Result;
use domain::plan::{Change, Operation, Outcome, PlannedRecord, Problem};
use domain::record::{Field, Record, Schema, Value};
use domain::values::RecordId;
use store::{SettledListing, StagedRecord, Store};

use super::planned::{elsewhere, found_problem, problem};
use super::shop::Shop;

/// What a new item of the shop shall hold.
#[derive(Debug, Clone, Default)]
pub(super) struct NewValues {
    /// By the shop's fields.
    pub(super) send: ShopValues,
    /// The same by ours.
    pub(super) changes: Vec<Change>,
    /// What cannot be sent.
    pub(super) problems: Vec<Problem>,
}

/// Which part a product of ours will play in the shop.
pub(super) fn role_of(record: &Record, has_variants: bool) -> ItemRole {
    match (has_variants, record.parent()) {
        (true, _) => ItemRole::Parent,
        (false, Some(_)) => ItemRole::Variant,
        (false, None) => ItemRole::Single,
    }
}

/// What a product shall hold in the shop.
pub(super) fn new_values(
    schema: &Schema,
    shop: &Shop,
    (record, listing): (&Record, &Listing),
    role: ItemRole,
) -> NewValues {
    let mut new = NewValues::default();
    for field in &shop.fields {
        let ours = field.link.ours;
        if !role.has(field.theirs.level) || !field.theirs.writable {
            continue;
        }
        let own = listing.own.get(&ours);
        let value = own.unwrap_or_else(|| record.fields.get(ours));
        if value.is_empty() {
            continue;
        }
        match to_shop(schema.view(ours), value, &field.theirs) {
            Ok(sent) => {
                new.send.insert(field.link.theirs.clone(), sent);
                new.changes.push(created(ours, value));
            }
            Err(why) => {
                let label = schema.label(ours);
                new.problems
                    .push(problem(Some(ours), format!("{label}: {why}")));
            }
        }
    }
    if role == ItemRole::Variant {
        add_options(record, &mut new);
    }
    new
}

fn created(field: Field, value: &Value) -> Change {
    Change {
        field,
        old: Value::Empty,
        new: value.clone(),
    }
}

/// The options of a variant, which have the same keys on every platform.
fn add_options(record: &Record, new: &mut NewValues) {
    for (at, (name, value)) in (1..).zip(domain::catalog::product::OPTIONS) {
        for (field, part) in [(name, "name"), (value, "value")] {
            let text = record.fields.get(field);
            if !text.is_empty() {
                let key = ShopField::new(format!("option{at}.{part}"));
                if new.send.insert(key, text.clone()).is_none() {
                    new.changes.push(created(field, text));
                }
            }
        }
    }
}

/// Plans products for the shop: each family together, the parent first.
pub(super) async fn plan_there(
    store: &Store,
    shop: &Shop,
    wanted: &[Listing],
) -> Result<(Vec<StagedRecord>, Vec<SettledListing>)> {
    if wanted.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let ids: Vec<RecordId> = wanted.iter().filter_map(|listing| listing.record).collect();
    let found = store.get_many(PRODUCT, &ids).await?.into_iter();
    let records: HashMap<RecordId, Record> = found.map(|record| (record.id, record)).collect();
    let children = store.children(PRODUCT, &ids).await?;
    let parents: Vec<RecordId> = records.values().filter_map(Record::parent).collect();
    let there = store.listings_of(&parents, Some(shop.id)).await?;
    let there: HashSet<RecordId> = there
        .into_iter()
        .filter_map(|listing| listing.record)
        .collect();
    let schema = store.schema();
    let mut planned: Vec<(RecordId, bool, StagedRecord)> = Vec::new();
    let mut settled = Vec::new();
    for listing in wanted {
        let Some(record) = listing.record.and_then(|id| records.get(&id)) else {
            continue;
        };
        let has_variants = children.get(&record.id).is_some_and(|of| of.live > 0);
        let role = role_of(record, has_variants);
        let mut new = new_values(&schema, shop, (record, listing), role);
        if let Some(parent) = record.parent().filter(|parent| !there.contains(parent)) {
            let code = records.get(&parent).map_or("Its parent", Record::code);
            let message = format!("{code} is not in the shop. Create that there, too.");
            new.problems.push(problem(None, message));
        }
        if let Some(problem) = found_problem(listing, &new.problems, store.now()) {
            settled.push(SettledListing {
                problem: Some(problem),
                ..SettledListing::of(listing.id)
            });
        }
        let family = record.parent().unwrap_or(record.id);
        let is_variant = record.parent().is_some();
        planned.push((family, is_variant, stage(listing, record, new)));
    }
    planned.sort_by_key(|(family, is_variant, _)| (*family, *is_variant));
    let staged = planned.into_iter().map(|(.., staged)| staged).collect();
    Ok((staged, settled))
}

fn stage(listing: &Listing, record: &Record, new: NewValues) -> StagedRecord {
    let blank = PlannedRecord {
        record_id: Some(listing.id),
        expected_version: record.version,
        code: record.code().to_owned(),
        title: record.title().to_owned(),
        ..PlannedRecord::new(PRODUCT, Outcome::Create)
    };
    let planned = match (record.trashed, new.problems.is_empty()) {
        (true, _) => PlannedRecord {
            outcome: Outcome::Skipped,
            notes: vec!["It lies in the trash here.".to_owned()],
            ..blank
        },
        (false, false) => PlannedRecord {
            outcome: Outcome::Error,
            problems: new.problems,
            ..blank
        },
        (false, true) => PlannedRecord {
            operation: Some(Operation::Create),
            changes: new.changes,
            ..blank
        },
    };
    elsewhere(planned)
}
