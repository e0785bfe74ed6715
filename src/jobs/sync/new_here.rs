//! What is created here: products that only the shop has, as a person or the channel wanted them.

use std::collections::{HashMap, HashSet};

use domain::catalog::product::{self, NAME, PARENT_SKU, PRODUCT, SKU};
use domain::channel::{LinkState, Listing, ParentRef, ShopField, ShopItem, from_shop};
use domain::error::Result;
use domain::plan::{
    Change, Existing, ImportOnly, Operation, Outcome, PlannedRecord, Problem, propose,
};
use domain::record::{Field, Record, Schema, Value};
use domain::values::RecordId;
use store::{Known, Neighbours, SettledListing, StagedRecord, Store};

use super::planned::{found_problem, problem, staged};
use super::shop::{Shop, called, role};
use crate::jobs::plan_rows::{CHILDREN, PARENTS};

/// In which field of a shop the address of a product stands, by which one without an SKU can be called.
const HANDLE: &str = "handle";

/// What is created here so far.
#[derive(Default)]
pub(super) struct NewHere {
    /// The codes of parents by what their variants call them.
    parents: HashMap<String, String>,
    /// What the plan creates, by its code.
    planned: HashMap<String, RecordId>,
    /// The codes of what cannot be created.
    refused: HashSet<String>,
}

/// A product on its way.
struct Draft<'a> {
    listing: &'a Listing,
    item: &'a ShopItem,
    record: Record,
    problems: Vec<Problem>,
}

impl NewHere {
    /// Plans products. Each listing notes which record it is going to be.
    pub(super) async fn plan(
        &mut self,
        store: &Store,
        shop: &Shop,
        wanted: &[Listing],
    ) -> Result<(Vec<StagedRecord>, Vec<SettledListing>)> {
        if wanted.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        self.learn_parents(store, shop, wanted).await?;
        let schema = store.schema();
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for listing in wanted {
            if let Some(item) = &listing.item {
                drafts.push(self.draft(&schema, shop, (listing, item)));
            }
        }
        self.check(store, &mut drafts).await?;
        let settled = drafts.iter().map(|draft| SettledListing {
            link: Some((LinkState::WantedHere, Some(draft.record.id))),
            problem: found_problem(draft.listing, &draft.problems, store.now()),
            ..SettledListing::of(draft.listing.id)
        });
        let settled = settled.collect();
        Ok((drafts.into_iter().map(Draft::stage).collect(), settled))
    }

    /// Learns the codes of the parents that variants name: those of this page, and those that are here.
    async fn learn_parents(
        &mut self,
        store: &Store,
        shop: &Shop,
        wanted: &[Listing],
    ) -> Result<()> {
        let mut missing = Vec::new();
        for item in wanted.iter().filter_map(|listing| listing.item.as_ref()) {
            if item.is_parent {
                for name in names(item) {
                    self.parents.insert(name, code(item));
                }
            }
            if let Some(parent) = &item.parent
                && !self.parents.contains_key(&key(parent))
            {
                missing.push(parent.clone());
            }
        }
        let known = store.listings_named(shop.id, &missing).await?;
        let ids: Vec<RecordId> = known.iter().filter_map(|listing| listing.record).collect();
        let records = store.get_many(PRODUCT, &ids).await?.into_iter();
        let records: HashMap<RecordId, Record> =
            records.map(|record| (record.id, record)).collect();
        for listing in known {
            let record = listing.record.and_then(|id| records.get(&id));
            if let (Some(item), Some(record)) = (&listing.item, record) {
                for name in names(item) {
                    self.parents.insert(name, record.code().to_owned());
                }
            }
        }
        Ok(())
    }

    fn draft<'a>(
        &self,
        schema: &Schema,
        shop: &Shop,
        (listing, item): (&'a Listing, &'a ShopItem),
    ) -> Draft<'a> {
        let mut problems = Vec::new();
        let mut values = vec![(NAME, Value::text(item.title.as_str()))];
        for field in &shop.fields {
            let ours = field.link.ours;
            let Some(theirs) = item.values.get(&field.link.theirs) else {
                continue;
            };
            if !role(item).has(field.theirs.level) {
                continue;
            }
            match from_shop(schema.view(ours), theirs, &field.theirs) {
                // A product without a name has its title there.
                Ok(value) if value.is_empty() => {}
                Ok(value) => values.push((ours, value)),
                Err(why) => {
                    let label = schema.label(ours);
                    problems.push(problem(Some(ours), format!("{label}: {why}")));
                }
            }
        }
        values.extend(options(item));
        values.push((SKU, Value::text(code(item))));
        if let Some(parent) = &item.parent {
            match self.parents.get(&key(parent)) {
                Some(code) => values.push((PARENT_SKU, Value::text(code.as_str()))),
                None => problems.push(problem(
                    Some(PARENT_SKU),
                    "Its parent is not here. Create that here, too.".to_owned(),
                )),
            }
        }
        let existing = Existing {
            kind: PRODUCT,
            record: None,
            computed: &[],
        };
        let decision = propose(schema, existing, &values, ImportOnly::Create);
        let broken = decision.problems.into_iter();
        problems.extend(broken.map(|(field, rule)| problem(Some(field), rule)));
        let id = listing.record.unwrap_or_else(RecordId::new);
        Draft {
            listing,
            item,
            record: Record {
                fields: decision.after,
                ..Record::blank(PRODUCT, id)
            },
            problems,
        }
    }

    /// Holds the drafts against what is here and against each other.
    async fn check(&mut self, store: &Store, drafts: &mut [Draft<'_>]) -> Result<()> {
        let codes: Vec<String> = drafts
            .iter()
            .map(|draft| draft.record.code().to_owned())
            .filter(|code| !code.is_empty())
            .collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let taken = store.find_by_codes(PRODUCT, &codes).await?;
        let taken: HashSet<&str> = taken.iter().map(Record::code).collect();
        let records: Vec<Record> = drafts.iter().map(|draft| draft.record.clone()).collect();
        for record in &records {
            let code = record.code().to_owned();
            self.planned.entry(code).or_insert(record.id);
        }
        let mut neighbours = store.neighbours(&records).await?;
        self.add_planned(&records, &mut neighbours);
        for draft in drafts {
            self.check_one(draft, &taken, &neighbours);
            if !draft.problems.is_empty() {
                self.refused.insert(draft.record.code().to_owned());
            }
        }
        Ok(())
    }

    fn check_one(&self, draft: &mut Draft<'_>, taken: &HashSet<&str>, neighbours: &Neighbours) {
        let code = draft.record.code().to_owned();
        let parent = draft.record.fields.text(PARENT_SKU).to_owned();
        let refusal = if taken.contains(code.as_str()) {
            let message = format!("{code} is in the catalogue already. Link it instead.");
            Some((Some(SKU), message))
        } else if !code.is_empty() && self.planned.get(&code) != Some(&draft.record.id) {
            Some((Some(SKU), format!("The shop has {code} more than once.")))
        } else if !parent.is_empty() && self.refused.contains(&parent) {
            Some((Some(PARENT_SKU), format!("{parent} cannot be created.")))
        } else if draft.problems.is_empty() && neighbours.check(&mut draft.record).is_err() {
            let message = "Its options are those of another variant, or its parent has too many.";
            Some((None, message.to_owned()))
        } else {
            None
        };
        draft
            .problems
            .extend(refusal.map(|(field, message)| problem(field, message)));
    }

    /// Parents that the plan itself makes are known to their variants.
    fn add_planned(&self, records: &[Record], neighbours: &mut Neighbours) {
        for record in records {
            let parent = record.fields.text(PARENT_SKU);
            let is_known = neighbours.with_code(PRODUCT, parent).is_some();
            if let Some(id) = self.planned.get(parent).filter(|_| !is_known) {
                neighbours.add(Known {
                    kind: PRODUCT,
                    id: *id,
                    code: parent.to_owned(),
                    parent: None,
                    trashed: false,
                });
            }
        }
    }
}

impl Draft<'_> {
    fn stage(self) -> StagedRecord {
        let phase = match self.item.parent {
            Some(_) => CHILDREN,
            None => PARENTS,
        };
        let blank = Record::blank(PRODUCT, self.record.id);
        let fields = self.record.fields.iter();
        let changes = fields
            .filter(|(field, value)| blank.fields.get(*field) != *value)
            .map(|(field, value)| Change {
                field,
                old: blank.fields.get(field).clone(),
                new: value.clone(),
            });
        let changes = changes.collect();
        let (sku, title) = called(self.listing);
        let is_wrong = !self.problems.is_empty();
        let outcome = match is_wrong {
            true => Outcome::Error,
            false => Outcome::Create,
        };
        let record = PlannedRecord {
            operation: (!is_wrong).then_some(Operation::Create),
            record_id: (!is_wrong).then_some(self.record.id),
            code: match self.record.code() {
                "" => sku,
                code => code.to_owned(),
            },
            title,
            changes,
            problems: self.problems,
            ..PlannedRecord::new(PRODUCT, outcome)
        };
        staged(phase, record)
    }
}

/// What a product is called here: its SKU, or what the shop calls a parent that has none.
fn code(item: &ShopItem) -> String {
    let handle = || {
        let handle = item.values.get(&ShopField::new(HANDLE));
        let text = handle.and_then(Value::as_text).unwrap_or_default();
        text.to_owned()
    };
    match item.sku.trim() {
        "" if item.is_parent => handle(),
        sku => sku.to_owned(),
    }
}

/// The options of a variant, which have the same keys on every platform.
fn options(item: &ShopItem) -> Vec<(Field, Value)> {
    let text = |key: String| item.values.get(&ShopField::new(key)).cloned();
    let mut found = Vec::new();
    if item.parent.is_none() {
        return found;
    }
    for (at, (name, value)) in (1..).zip(product::OPTIONS) {
        let pair = (
            text(format!("option{at}.name")),
            text(format!("option{at}.value")),
        );
        if let (Some(named), Some(valued)) = pair {
            found.extend([(name, named), (value, valued)]);
        }
    }
    found
}

/// By what variants may name a parent.
fn names(item: &ShopItem) -> Vec<String> {
    let mut names = vec![key(&ParentRef::Id(item.remote_id.clone()))];
    if !item.sku.is_empty() {
        names.push(key(&ParentRef::Sku(item.sku.clone())));
    }
    names
}

fn key(parent: &ParentRef) -> String {
    match parent {
        ParentRef::Id(id) => format!("#{id}"),
        ParentRef::Sku(sku) => format!("={sku}"),
    }
}
