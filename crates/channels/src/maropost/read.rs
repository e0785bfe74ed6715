//! Items by their ids or SKUs. The filter always names some, so that nothing is ever taken for all.

use std::collections::{BTreeMap, HashSet};

use domain::channel::ShopItem;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value as Json, json};

use super::client::Maropost;
use super::decode::{self, Row, all_selectors};
use super::door::Action;
use super::loose::Object;
use crate::channel::ItemRef;
use crate::failure::{Answered, Failure, FailureKind};

/// How many items are asked for at once, and how many when an answer cannot be taken: it may be too
/// large.
const AT_ONCE: [usize; 3] = [100, 10, 1];
/// How many requests are on their way at a time: an answer takes longer than a request's share of the
/// minute.
const ABREAST: usize = 3;

/// By what items are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Their ids.
    Id,
    /// Their SKUs.
    Sku,
}

impl By {
    const fn filter(self) -> &'static str {
        match self {
            Self::Id => "InventoryID",
            Self::Sku => "SKU",
        }
    }

    fn key(self, row: &Row) -> String {
        match self {
            Self::Id => row.id.to_string(),
            Self::Sku => row.sku.clone(),
        }
    }
}

impl Maropost {
    /// The items, in the order in which they were asked for; none where one is gone.
    pub(super) async fn read_items(&self, items: &[ItemRef]) -> Answered<Vec<Option<ShopItem>>> {
        let ids = ids_of(items)?;
        let mut read = Vec::with_capacity(ids.len());
        // Rows are much larger than the items that they become.
        for ids in ids.chunks(AT_ONCE[0] * ABREAST) {
            let rows = self.rows_by_id(ids, &all_selectors()).await?;
            let found: Vec<Row> = rows.values().cloned().collect();
            let shop = self.shop_of(&found, true).await?;
            let item = |id: &u64| rows.get(id).map(|row| decode::item(row, &shop));
            read.extend(ids.iter().map(item));
        }
        Ok(read)
    }

    /// The rows of these ids; one that is missing is gone for certain.
    pub(super) async fn rows_by_id(
        &self,
        ids: &[u64],
        selectors: &[String],
    ) -> Answered<BTreeMap<u64, Row>> {
        let names: Vec<String> = ids.iter().map(u64::to_string).collect();
        let rows = self.rows(By::Id, &names, selectors).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// The rows that these keys find, each once. More may be found than was asked for: it is not known
    /// whether the case of SKUs matters.
    pub(super) async fn rows(
        &self,
        by: By,
        keys: &[String],
        selectors: &[String],
    ) -> Answered<Vec<Row>> {
        let distinct: Vec<&String> = each_once(keys).collect();
        let chunks = distinct.chunks(AT_ONCE[0]);
        let reading: Vec<_> = chunks
            .map(|chunk| self.careful(by, chunk, selectors))
            .collect();
        let read: Vec<Vec<Row>> = stream::iter(reading)
            .buffered(ABREAST)
            .try_collect()
            .await?;
        let mut seen = HashSet::new();
        Ok(read
            .into_iter()
            .flatten()
            .filter(|row| seen.insert(row.id))
            .collect())
    }

    /// The rows of a chunk, in smaller ones where its answer cannot be taken.
    async fn careful(&self, by: By, keys: &[&String], selectors: &[String]) -> Answered<Vec<Row>> {
        let (mut rows, mut waiting) = (Vec::new(), vec![(keys, 0)]);
        while let Some((chunk, level)) = waiting.pop() {
            match self.chunk(by, chunk, selectors).await {
                Ok(found) => rows.extend(found),
                Err(failure) if failure.kind == FailureKind::Broken && chunk.len() > 1 => {
                    let level = (level + 1).min(AT_ONCE.len() - 1);
                    let smaller = chunk.chunks(AT_ONCE[level]).map(|chunk| (chunk, level));
                    waiting.extend(smaller.rev());
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(rows)
    }

    /// The rows of one request, or of as many as the shop makes of it. What is missing is asked for once
    /// more without a word about being active, before it counts as gone: no more depends on one filter.
    async fn chunk(&self, by: By, keys: &[&String], selectors: &[String]) -> Answered<Vec<Row>> {
        let mut rows = self.found(everything(), by, keys, selectors).await?;
        let there: HashSet<String> = rows.iter().map(|row| by.key(row)).collect();
        let missing = keys.iter().filter(|key| !there.contains(key.as_str()));
        let missing: Vec<&String> = missing.copied().collect();
        if !missing.is_empty() {
            let again = self.found(Object::new(), by, &missing, selectors).await?;
            let new = again
                .into_iter()
                .filter(|row| !there.contains(&by.key(row)));
            rows.extend(new);
        }
        Ok(rows)
    }

    async fn found(
        &self,
        mut filter: Object,
        by: By,
        keys: &[&String],
        selectors: &[String],
    ) -> Answered<Vec<Row>> {
        filter.insert(by.filter().to_owned(), json!(keys));
        filter.insert("OutputSelector".to_owned(), json!(selectors));
        // Whether the case of SKUs matters is not known.
        let asked: HashSet<String> = keys.iter().map(|key| key.to_lowercase()).collect();
        let mut missing: HashSet<&str> = keys.iter().map(|key| key.as_str()).collect();
        let (mut rows, mut seen) = (Vec::new(), HashSet::new());
        self.pages(Action::GET_ITEM, &filter, keys.len(), |found| {
            let before = rows.len();
            for record in found.records {
                let row = Row::of(record)?;
                // What was not asked for would be a shop that takes no notice of the filter.
                if !asked.contains(&by.key(&row).to_lowercase()) {
                    return Err(other_items());
                }
                missing.remove(by.key(&row).as_str());
                if seen.insert(row.id) {
                    rows.push(row);
                }
            }
            Ok(rows.len() > before && !missing.is_empty())
        })
        .await?;
        Ok(rows)
    }
}

fn other_items() -> Failure {
    let message = "The shop answers with other items than those that were asked for.";
    Failure::new(FailureKind::Broken, message)
}

/// The filter that every item passes, active or not.
pub(super) fn everything() -> Object {
    Object::from_iter([
        ("IsActive".to_owned(), json!(["True", "False"])),
        ("OrderBy".to_owned(), Json::from("ID")),
        ("OrderDirection".to_owned(), Json::from("ASC")),
    ])
}

/// The ids of items.
pub(super) fn ids_of(items: &[ItemRef]) -> Answered<Vec<u64>> {
    items.iter().map(id_of).collect()
}

/// The id of an item.
pub(super) fn id_of(item: &ItemRef) -> Answered<u64> {
    item.remote_id.parse().map_err(|_| {
        let message = format!("\"{}\" is no id of an item of Maropost.", item.remote_id);
        Failure::new(FailureKind::Rejected, message)
    })
}

fn each_once(keys: &[String]) -> impl Iterator<Item = &String> {
    let mut seen = HashSet::new();
    keys.iter().filter(move |key| seen.insert(key.as_str()))
}
