//! How items are now, by their ids; very many by an export.

use std::collections::{HashMap, HashSet};

use domain::channel::ShopItem;
use serde_json::{Value, json};

use super::cursor::{At, Export};
use super::documents::ITEMS;
use super::export::Exports;
use super::family::completed;
use super::item::{Reader, Whole};
use super::json::{broken, nodes, text};
use super::transport::{Repeat, Transport};
use super::way::Way;
use crate::channel::ItemRef;
use crate::failure::{Answered, FailureKind};

/// How many ids one request names, as many as the shop takes: the points do not grow with them.
const AT_ONCE: usize = 250;
/// How many items are compared at once.
pub(super) const MOST: usize = 10_000;

pub(super) async fn read(way: Way<'_>, items: &[ItemRef]) -> Answered<Vec<Option<ShopItem>>> {
    let mut found = match items.len() > way.transport.bulk.reads {
        true => by_export(way, items).await?,
        false => HashMap::new(),
    };
    // What an export leaves out may be there all the same: it is gone when its id finds nothing.
    let missing = items
        .iter()
        .filter(|item| !found.contains_key(&item.remote_id));
    let missing: Vec<&ItemRef> = missing.collect();
    found.extend(one_by_one(way, &missing).await?);
    let mut left: HashMap<&str, usize> = HashMap::new();
    for item in items {
        *left.entry(&item.remote_id).or_default() += 1;
    }
    let of = |item: &ItemRef| {
        let left = left.get_mut(item.remote_id.as_str())?;
        *left -= 1;
        match *left {
            0 => found.remove(&item.remote_id),
            _ => found.get(&item.remote_id).cloned(),
        }
    };
    Ok(items.iter().map(of).collect())
}

async fn one_by_one(way: Way<'_>, items: &[&ItemRef]) -> Answered<HashMap<String, ShopItem>> {
    let mut found = HashMap::new();
    for part in items.chunks(AT_ONCE) {
        let ids: Vec<&str> = part.iter().map(|item| item.remote_id.as_str()).collect();
        for node in by_ids(way.transport, &ids).await? {
            if let Some(item) = item_of(way.transport, way.reader, node).await? {
                found.insert(item.remote_id.clone(), item);
            }
        }
    }
    Ok(found)
}

/// Those items, out of an export of the whole shop.
async fn by_export(way: Way<'_>, items: &[ItemRef]) -> Answered<HashMap<String, ShopItem>> {
    let wanted: HashSet<&str> = items.iter().map(|item| item.remote_id.as_str()).collect();
    let exports = Exports::default();
    let mut found = HashMap::new();
    let mut export = Export::whole();
    loop {
        let page = exports.next(way, export).await?;
        let of = page.items.into_iter();
        let of = of.filter(|item| wanted.contains(item.remote_id.as_str()));
        found.extend(of.map(|item| (item.remote_id.clone(), item)));
        let Some(next) = page.next else {
            return Ok(found);
        };
        tokio::time::sleep(page.wait.unwrap_or_default()).await;
        let At::Export(next) = At::read(&next)? else {
            return Err(broken("an export"));
        };
        export = next;
    }
}

async fn by_ids(transport: &Transport, ids: &[&str]) -> Answered<Vec<Value>> {
    let asked = transport.ask(ITEMS, json!({"ids": ids}), Repeat::Question);
    let mut data = asked.await?.data;
    match data["nodes"].take() {
        Value::Array(nodes) if nodes.len() == ids.len() => Ok(nodes),
        _ => Err(broken("some of the items that were asked for")),
    }
}

async fn item_of(
    transport: &Transport,
    reader: Reader<'_>,
    node: Value,
) -> Answered<Option<ShopItem>> {
    match text(&node, "__typename") {
        "Product" => match product_of(transport, node).await {
            Ok(whole) => Ok(Some(reader.product(&whole))),
            Err(failure) if failure.kind == FailureKind::Gone => Ok(None),
            Err(failure) => Err(failure),
        },
        "ProductVariant" => {
            let product = &node["product"];
            let alone = product["hasOnlyDefaultVariant"].as_bool();
            // The variant of a product that gave up its options is no item any more.
            Ok((alone != Some(true)).then(|| reader.variant(product, &node)))
        }
        "" => Ok(None),
        _ => Err(broken("products and variants")),
    }
}

async fn product_of(transport: &Transport, mut node: Value) -> Answered<Whole> {
    let variants = nodes(&node["variants"]).to_vec();
    node["variants"].take();
    let whole = completed(transport, node).await?;
    Ok(Whole { variants, ..whole })
}
