//! Reading a shop, whole and what changed.

use std::collections::{BTreeMap, HashSet};

use channels::channel::Channel as _;
use channels::channel::{Cursor, ItemRef, Reading};
use channels::failure::FailureKind;
use channels::shopify::{Bulk, Manner, ShopifyAccount};
use domain::channel::{ItemState, ParentRef, ShopField, ShopItem};
use domain::record::Value as Held;
use domain::values::Timestamp;
use sandbox::{Chance, Edit, Fault};
use serde_json::json;

use super::{Practice, channel, channel_in, manner, while_time_passes};

/// What a reading brought.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) items: Vec<ShopItem>,
    pub(super) as_of: Option<Timestamp>,
    cursors: Vec<Cursor>,
}

/// Reads to the end, from the cursor on. Time passes while the shop prepares.
pub(super) async fn drain(
    practice: &Practice,
    shop: &channels::shopify::Shopify,
    what: &Reading,
    mut cursor: Option<Cursor>,
) -> Read {
    let mut read = Read::default();
    for _ in 0..10_000 {
        let page = shop.page(what, cursor.as_ref()).await.unwrap();
        if page.wait.is_some() {
            practice.server.clock().advance(1_000);
        }
        read.items.extend(page.items);
        read.as_of = read.as_of.max(page.as_of);
        let Some(next) = page.next else {
            return read;
        };
        read.cursors.push(next.clone());
        cursor = Some(next);
    }
    panic!("the reading never ends");
}

pub(super) async fn all(practice: &Practice) -> Read {
    drain(practice, &practice.channel, &Reading::default(), None).await
}

pub(super) fn reference(item: &ShopItem) -> ItemRef {
    ItemRef {
        remote_id: item.remote_id.clone(),
        sku: item.sku.clone(),
        handles: item.handles.clone(),
    }
}

/// Each family whole, and parents before their variants.
fn assert_in_order(items: &[ShopItem]) {
    let mut seen = HashSet::new();
    for item in items {
        if let Some(ParentRef::Id(parent)) = &item.parent {
            assert!(
                seen.contains(parent),
                "{} comes before its parent",
                item.title
            );
        }
        assert!(
            seen.insert(item.remote_id.clone()),
            "{} comes twice",
            item.title
        );
    }
}

fn by_id(items: &[ShopItem]) -> BTreeMap<&str, &ShopItem> {
    items
        .iter()
        .map(|item| (item.remote_id.as_str(), item))
        .collect()
}

async fn counts(practice: &Practice) -> (u64, u64) {
    let about = practice.server.shop();
    let about = sandbox::Shop::about(&*about);
    (
        about["products"].as_u64().unwrap(),
        about["variants"].as_u64().unwrap(),
    )
}

#[tokio::test]
async fn a_small_shop_is_read_page_by_page_with_every_status() {
    let practice = Practice::open(140);
    let read = all(&practice).await;
    assert_in_order(&read.items);
    let (products, variants) = counts(&practice).await;
    let parents = read
        .items
        .iter()
        .filter(|item| item.parent.is_none())
        .count() as u64;
    assert_eq!(parents, products);
    let sold = read.items.iter().filter(|item| !item.is_parent).count() as u64;
    assert_eq!(sold, variants);
    for state in [ItemState::Live, ItemState::Hidden, ItemState::Archived] {
        assert!(
            read.items.iter().any(|item| item.state == state),
            "{state:?}"
        );
    }
    assert_eq!(practice.asked("RunExport"), 0);
    assert_eq!(practice.asked("ProductPage"), 2);
}

#[tokio::test]
async fn a_product_without_options_is_one_item_and_one_with_options_is_a_family() {
    let practice = Practice::open(40);
    let read = all(&practice).await;
    let single = read
        .items
        .iter()
        .find(|item| !item.is_parent && item.parent.is_none())
        .unwrap();
    assert!(single.remote_id.starts_with("gid://shopify/Product/"));
    assert!(single.handles["variant"].starts_with("gid://shopify/ProductVariant/"));
    assert!(single.handles["inventory_item"].starts_with("gid://shopify/InventoryItem/"));
    let has = |item: &ShopItem, key: &str| item.values.contains_key(&ShopField::new(key));
    for key in [
        "title",
        "descriptionHtml",
        "variant.price",
        "inventoryItem.weight",
        "image.main",
    ] {
        assert!(has(single, key), "{key}");
    }
    assert!(!has(single, "option1.name"));
    let variant = read
        .items
        .iter()
        .find(|item| item.parent.is_some())
        .unwrap();
    let Some(ParentRef::Id(parent)) = &variant.parent else {
        panic!()
    };
    let parent = by_id(&read.items)[parent.as_str()];
    assert!(parent.is_parent && has(parent, "title") && !has(parent, "variant.price"));
    assert!(has(variant, "variant.price") && !has(variant, "title"));
    assert_eq!(variant.handles["product"], parent.remote_id);
    let value = variant.values[&ShopField::new("option1.value")]
        .as_text()
        .unwrap();
    assert!(
        variant
            .title
            .starts_with(&format!("{} – {value}", parent.title)),
        "{}",
        variant.title
    );
    assert!(variant.address.contains("/admin/products/") && variant.address.contains("/variants/"));
}

#[tokio::test]
async fn a_large_shop_is_exported_and_says_the_same_as_one_item_after_the_other() {
    let practice = Practice::open(320);
    let read = all(&practice).await;
    assert_in_order(&read.items);
    let (products, variants) = counts(&practice).await;
    let parents = read
        .items
        .iter()
        .filter(|item| item.parent.is_none())
        .count() as u64;
    assert_eq!(parents, products);
    assert_eq!(
        read.items.iter().filter(|item| !item.is_parent).count() as u64,
        variants
    );
    assert_eq!(
        (practice.asked("RunExport"), practice.asked("download")),
        (1, 1)
    );
    assert_eq!(practice.asked("ProductPage"), 0);
    let references: Vec<ItemRef> = read.items.iter().map(reference).collect();
    let again = practice.channel.read(&references).await.unwrap();
    for (exported, read) in read.items.iter().zip(again) {
        assert_eq!(Some(exported), read.as_ref());
    }
}

#[tokio::test]
async fn an_export_that_is_at_hand_is_asked_for_no_more() {
    let practice = Practice::open(320);
    let (what, mut cursor, mut asked) = (Reading::default(), None, Vec::new());
    loop {
        let page = practice.channel.page(&what, cursor.as_ref()).await.unwrap();
        if page.wait.is_some() {
            practice.server.clock().advance(1_000);
        } else {
            asked.push(practice.asked("Operation"));
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert!(asked.len() > 1, "it has many parts");
    assert_eq!(asked, vec![asked[0]; asked.len()]);
}

#[tokio::test]
async fn very_many_items_are_looked_up_in_an_export() {
    let practice = Practice::open(320);
    let mut wanted = all(&practice).await.items;
    wanted.retain(|item| !item.remote_id.ends_with('3'));
    let mut references: Vec<ItemRef> = wanted.iter().map(reference).collect();
    references.push(references[5].clone());
    wanted.push(wanted[5].clone());
    let gone = ItemRef {
        remote_id: String::from("gid://shopify/Product/1"),
        ..references[0].clone()
    };
    references.push(gone);
    let bulk = Bulk {
        reads: references.len() - 1,
        ..manner().bulk
    };
    let token = practice.server.shop().token().to_owned();
    let shop = channel_in(
        practice.server.url(),
        ShopifyAccount::Token(token.into()),
        &practice.log,
        Manner { bulk, ..manner() },
    );
    let read = while_time_passes(&practice, shop.read(&references)).await;
    let wanted: Vec<Option<ShopItem>> = wanted.into_iter().map(Some).chain([None]).collect();
    assert_eq!(read.unwrap(), wanted);
    let asked = (practice.asked("Items"), practice.asked("RunExport"));
    assert_eq!(asked, (1, 2), "what is in no export is looked up alone");
}

#[tokio::test]
async fn a_reading_goes_on_after_a_restart_of_the_program() {
    for products in [250, 320] {
        let practice = Practice::open(products);
        let whole = all(&practice).await;
        let cursor = whole.cursors[whole.cursors.len() * 2 / 3].clone();
        let account = channels::shopify::ShopifyAccount::Token(
            practice.server.shop().token().to_owned().into(),
        );
        let restarted = channel(practice.server.url(), account, &practice.log);
        let rest = drain(&practice, &restarted, &Reading::default(), Some(cursor)).await;
        let start = whole.items.len() - rest.items.len();
        assert!(start > 0 && !rest.items.is_empty());
        assert_eq!(whole.items[start..], rest.items);
    }
}

#[tokio::test]
async fn only_what_changed_since_then_is_read() {
    let practice = Practice::open(60);
    let first = all(&practice).await;
    let as_of = first.as_of.unwrap();
    practice.server.clock().advance(60_000);
    let archived = first
        .items
        .iter()
        .find(|item| item.state == ItemState::Archived)
        .unwrap();
    let live = first
        .items
        .iter()
        .rfind(|item| item.state == ItemState::Live && item.parent.is_none())
        .unwrap();
    for on in [&archived.remote_id, &live.remote_id] {
        let (on, title) = (on.clone(), String::from("Named anew"));
        practice.server.edit(&Edit::Title { on, title }).unwrap();
    }
    let what = Reading {
        since: Some(Timestamp(as_of.0 + 1_000)),
    };
    let read = drain(&practice, &practice.channel, &what, None).await;
    let parents: Vec<_> = read
        .items
        .iter()
        .filter(|item| item.parent.is_none())
        .collect();
    assert_eq!(parents.len(), 2);
    assert!(parents.iter().all(|item| item.title == "Named anew"));
    assert!(read.as_of > Some(as_of));
    let what = Reading {
        since: read.as_of.map(|at| Timestamp(at.0 + 1_000)),
    };
    let nothing = drain(&practice, &practice.channel, &what, None).await;
    assert_eq!((nothing.items.len(), nothing.as_of), (0, what.since));
}

#[tokio::test]
async fn whatever_breaks_on_the_way_a_shop_is_read_without_a_hole() {
    for (products, seed) in [(120, 1), (120, 2), (310, 3)] {
        let calm = Practice::open(products);
        let expected = all(&calm).await;
        let practice = Practice::open(products);
        practice.server.faults().by_chance(Chance {
            seed,
            per_million: 150_000,
            faults: vec![
                Fault::LostRequest,
                Fault::LostReply,
                Fault::CutReply,
                Fault::Throttled,
                Fault::TooManyRequests {
                    retry_after: Some(0),
                },
                Fault::ServerError {
                    status: 502,
                    done: false,
                },
                Fault::ServerError {
                    status: 200,
                    done: true,
                },
            ],
        });
        let read = all(&practice).await;
        practice.server.faults().clear();
        let ids = |read: &Read| {
            read.items
                .iter()
                .map(|item| item.remote_id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&read), ids(&expected), "{products} {seed}");
    }
}

#[tokio::test]
async fn an_export_whose_result_is_gone_is_begun_anew() {
    let practice = Practice::open(305);
    let mut aim = sandbox::Aim::next(
        Fault::ServerError {
            status: 403,
            done: false,
        },
        "download",
    );
    aim.times = 1;
    practice.server.fault(aim);
    let read = all(&practice).await;
    assert_in_order(&read.items);
    assert_eq!(practice.asked("RunExport"), 2);
}

#[tokio::test]
async fn an_export_waits_while_others_run() {
    let practice = Practice::open(305);
    let query = "mutation { bulkOperationRunQuery(query: \"{ products { edges { node { id } } } }\") { userErrors { code } } }";
    for _ in 0..5 {
        practice.look(query, json!({})).await;
    }
    let read = all(&practice).await;
    assert_in_order(&read.items);
    assert!(practice.asked("RunExport") > 1);
}

#[tokio::test]
async fn a_cursor_that_is_none_is_refused() {
    let practice = Practice::open(10);
    let cursor = Cursor(String::from("next"));
    let failure = practice
        .channel
        .page(&Reading::default(), Some(&cursor))
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Broken);
}

#[tokio::test]
async fn a_cursor_that_the_shop_forgot_is_gone_on_from_what_was_seen() {
    let practice = Practice::open(250);
    let whole = all(&practice).await;
    let forgotten = whole.cursors[0].0.replace("\"after\":\"", "\"after\":\"zz");
    let rest = drain(
        &practice,
        &practice.channel,
        &Reading::default(),
        Some(Cursor(forgotten)),
    )
    .await;
    let last = whole.items.last().unwrap();
    assert_eq!(rest.items.last().unwrap(), last);
}

#[tokio::test]
async fn an_item_that_is_gone_is_told_from_one_that_is_there() {
    let practice = Practice::open(30);
    let read = all(&practice).await;
    let on = read.items[0].remote_id.clone();
    practice.server.edit(&Edit::Delete { on }).unwrap();
    let references: Vec<ItemRef> = read.items.iter().rev().map(reference).collect();
    let again = practice.channel.read(&references).await.unwrap();
    let (gone, there): (Vec<_>, Vec<_>) = references
        .iter()
        .zip(&again)
        .partition(|(_, found)| found.is_none());
    assert!(
        gone.iter()
            .any(|(one, _)| one.remote_id == read.items[0].remote_id)
    );
    for (asked, found) in there {
        assert_eq!(asked.remote_id, found.as_ref().unwrap().remote_id);
    }
}

#[tokio::test]
async fn without_the_right_to_products_nothing_is_read_as_empty() {
    let practice = Practice::open(30);
    practice.server.shop().grant(&["write_inventory"]);
    let failure = practice
        .channel
        .page(&Reading::default(), None)
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied);
    assert!(failure.message.contains("read_products"), "{failure}");
}

#[tokio::test]
async fn the_fields_of_the_merchant_are_read_and_empty_where_a_product_has_none() {
    let practice = Practice::open(20);
    super::connecting::define(&practice, "care", "single_line_text_field").await;
    let first = all(&practice).await;
    let (one, other) = (
        &first.items[0],
        first
            .items
            .iter()
            .rfind(|item| item.parent.is_none())
            .unwrap(),
    );
    let query = "mutation S($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }";
    let field = json!([{"ownerId": one.remote_id, "namespace": "custom", "key": "care", "value": "Wash cold"}]);
    practice.look(query, json!({"m": field})).await;
    let read = practice
        .channel
        .read(&[reference(one), reference(other)])
        .await
        .unwrap();
    let care = ShopField::new("metafield:custom.care");
    let value = |place: usize| read[place].as_ref().unwrap().values[&care].clone();
    assert_eq!((value(0), value(1)), (Held::text("Wash cold"), Held::Empty));
}

#[tokio::test]
async fn an_export_whose_beginning_was_lost_is_begun_again() {
    for fault in [Fault::LostRequest, Fault::LostReply, Fault::Throttled] {
        let practice = Practice::open(305);
        practice.fault(fault, "RunExport");
        let read = all(&practice).await;
        assert_in_order(&read.items);
        assert_eq!(practice.asked("RunExport"), 2);
    }
}
