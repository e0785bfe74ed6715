//! Changing what is there.

use channels::channel::Channel as _;
use channels::channel::{ItemUpdate, Written};
use channels::failure::{Answered, FailureKind};
use domain::channel::{ShopField, ShopItem, ShopValues};
use domain::record::Value as Held;
use sandbox::{Edit, Fault};
use serde_json::json;

use super::reading::{Read, all, reference};
use super::{Practice, while_time_passes};

pub(super) fn values(pairs: &[(&str, Held)]) -> ShopValues {
    let pairs = pairs.iter().cloned();
    pairs
        .map(|(key, value)| (ShopField::new(key), value))
        .collect()
}

pub(super) fn change(item: &ShopItem, pairs: &[(&str, Held)]) -> ItemUpdate {
    ItemUpdate {
        item: reference(item),
        values: values(pairs),
        seen: item.values.clone(),
    }
}

pub(super) fn single(read: &Read) -> &ShopItem {
    let mut items = read.items.iter();
    items
        .find(|item| !item.is_parent && item.parent.is_none())
        .unwrap()
}

pub(super) fn parent(read: &Read) -> &ShopItem {
    read.items.iter().find(|item| item.is_parent).unwrap()
}

pub(super) fn variants_of<'a>(read: &'a Read, parent: &'a ShopItem) -> Vec<&'a ShopItem> {
    let of = |item: &&ShopItem| item.handles.get("product") == Some(&parent.remote_id);
    read.items.iter().filter(of).collect()
}

pub(super) fn kinds(results: &[Answered<Written>]) -> Vec<Result<(), FailureKind>> {
    let kind = |result: &Answered<Written>| match result {
        Ok(_) => Ok(()),
        Err(failure) => Err(failure.kind),
    };
    results.iter().map(kind).collect()
}

/// How one item is now.
pub(super) async fn now(practice: &Practice, item: &ShopItem) -> ShopItem {
    let read = practice.channel.read(&[reference(item)]).await.unwrap();
    read[0].clone().unwrap()
}

#[tokio::test]
async fn only_what_is_named_changes() {
    let practice = Practice::open(40);
    let before = all(&practice).await;
    let (one, family) = (single(&before), parent(&before));
    let variant = variants_of(&before, family)[0];
    let updates = [
        change(
            one,
            &[
                ("title", Held::text("Named")),
                ("variant.price", Held::Number(15_000)),
            ],
        ),
        change(family, &[("tags", Held::list(["new", "old"]))]),
        change(variant, &[("inventoryItem.cost", Held::Number(12_500))]),
    ];
    let results = practice.channel.update(&updates).await;
    assert_eq!(kinds(&results), [Ok(()), Ok(()), Ok(())]);
    let written = results[0].as_ref().unwrap();
    assert_eq!(written.values, updates[0].values);
    assert!(written.updated_at.is_some() && written.request_id.is_some());
    assert_eq!(written.warnings, Vec::<String>::new());
    let after = all(&practice).await;
    for item in &before.items {
        let now = after
            .items
            .iter()
            .find(|now| now.remote_id == item.remote_id)
            .unwrap();
        let mut expected = item.values.clone();
        let update = updates
            .iter()
            .find(|update| update.item.remote_id == item.remote_id);
        expected.extend(
            update
                .map(|update| update.values.clone())
                .unwrap_or_default(),
        );
        assert_eq!(now.values, expected, "{}", item.title);
        assert_eq!((&now.handles, &now.parent), (&item.handles, &item.parent));
    }
}

#[tokio::test]
async fn every_field_that_can_be_written_is_read_again_as_it_was_written() {
    let practice = Practice::open(20);
    super::connecting::define(&practice, "parts", "number_integer").await;
    let read = all(&practice).await;
    let item = single(&read);
    let html = "<p>Two\r\nlines &amp; more\u{a0}</p> ";
    let wanted = [
        ("title", Held::text("Кружка \"8\" ☕")),
        ("descriptionHtml", Held::Text(html.into())),
        ("vendor", Held::text("Acme")),
        ("productType", Held::text("Mugs")),
        ("tags", Held::list(["b", "a"])),
        ("status", Held::text("ARCHIVED")),
        ("handle", Held::text("another-mug")),
        ("seo.title", Held::text("Page")),
        ("seo.description", Held::text("Meta")),
        ("metafield:custom.parts", Held::Number(7)),
        ("variant.sku", Held::text("MUG 1")),
        ("variant.barcode", Held::text("4006381333931")),
        ("variant.price", Held::Number(129_900)),
        ("variant.compareAtPrice", Held::Number(150_000)),
        ("variant.taxable", Held::Flag(false)),
        ("inventoryItem.cost", Held::Number(31_500)),
        ("inventoryItem.weight", Held::Number(3_505)),
        ("inventoryItem.tracked", Held::Flag(false)),
        ("inventoryItem.requiresShipping", Held::Flag(false)),
        ("inventoryItem.countryCodeOfOrigin", Held::text("DE")),
        ("inventoryItem.harmonizedSystemCode", Held::text("691110")),
    ];
    let results = practice.channel.update(&[change(item, &wanted)]).await;
    let written = results[0].as_ref().unwrap();
    assert_eq!(written.warnings, Vec::<String>::new());
    let now_there = now(&practice, item).await;
    for (key, value) in &wanted {
        assert_eq!(now_there.values[&ShopField::new(*key)], *value, "{key}");
    }
    let emptied = wanted
        .iter()
        .filter(|(_, value)| !matches!(value, Held::Flag(_)));
    let emptied = emptied
        .map(|(key, _)| (*key, Held::Empty))
        .filter(|(key, _)| {
            ![
                "title",
                "status",
                "handle",
                "variant.price",
                "inventoryItem.weight",
            ]
            .contains(key)
        });
    let emptied: Vec<_> = emptied.collect();
    let results = practice
        .channel
        .update(&[change(&now_there, &emptied)])
        .await;
    assert_eq!(kinds(&results), [Ok(())]);
    let now_there = now(&practice, item).await;
    for (key, value) in &emptied {
        assert_eq!(now_there.values[&ShopField::new(*key)], *value, "{key}");
    }
}

#[tokio::test]
async fn the_value_of_an_option_is_changed_and_the_others_stay() {
    let practice = Practice::open(40);
    let read = all(&practice).await;
    let has_two = |item: &&ShopItem| item.values.contains_key(&ShopField::new("option2.value"));
    let variant = read.items.iter().find(has_two).unwrap();
    let results = practice
        .channel
        .update(&[change(
            variant,
            &[("option2.value", Held::text("Never seen"))],
        )])
        .await;
    assert_eq!(kinds(&results), [Ok(())]);
    let now = now(&practice, variant).await;
    let mut expected = variant.values.clone();
    expected.insert(ShopField::new("option2.value"), Held::text("Never seen"));
    assert_eq!(now.values, expected);
    let third = change(variant, &[("option3.value", Held::text("x"))]);
    let name = change(variant, &[("option1.name", Held::text("x"))]);
    let alone = change(single(&read), &[("option1.value", Held::text("x"))]);
    let results = practice.channel.update(&[third, name, alone]).await;
    assert_eq!(kinds(&results), [Err(FailureKind::Rejected); 3]);
}

#[tokio::test]
async fn what_the_shop_rounds_is_told() {
    let practice = Practice::open(20);
    let read = all(&practice).await;
    let item = single(&read);
    let results = practice
        .channel
        .update(&[change(item, &[("variant.price", Held::Number(10_050))])])
        .await;
    let written = results[0].as_ref().unwrap();
    assert_eq!(
        written.values[&ShopField::new("variant.price")],
        Held::Number(10_100)
    );
    assert_eq!(written.warnings.len(), 1);
    assert!(written.warnings[0].contains("variant.price"));
}

#[tokio::test]
async fn each_item_is_told_apart_when_some_fail() {
    let practice = Practice::open(60);
    let read = all(&practice).await;
    let family = parent(&read);
    let variants = variants_of(&read, family);
    let singles: Vec<_> = read
        .items
        .iter()
        .filter(|item| !item.is_parent && item.parent.is_none())
        .collect();
    practice
        .server
        .edit(&Edit::Delete {
            on: singles[1].remote_id.clone(),
        })
        .unwrap();
    let price = |item: &ShopItem, units| change(item, &[("variant.price", Held::Number(units))]);
    let updates = [
        price(variants[0], 10_000),
        price(variants[1], -10_000),
        price(singles[0], 10_000),
        price(singles[1], 10_000),
        change(singles[1], &[("title", Held::text("Gone"))]),
        change(variants[0], &[("title", Held::text("Of the product"))]),
        price(family, 10_000),
        change(singles[2], &[]),
        change(singles[3], &[("title", Held::text("x".repeat(256)))]),
    ];
    let results = practice.channel.update(&updates).await;
    use FailureKind::{Gone, Rejected};
    assert_eq!(
        kinds(&results),
        [
            Ok(()),
            Err(Rejected),
            Ok(()),
            Err(Gone),
            Err(Gone),
            Err(Rejected),
            Err(Rejected),
            Ok(()),
            Err(Rejected),
        ]
    );
    let refused = results[1].as_ref().unwrap_err();
    assert!(refused.message.contains("price"), "{refused}");
    let there = now(&practice, variants[1]).await;
    assert_eq!(there.values, variants[1].values);
}

#[tokio::test]
async fn a_field_of_the_merchant_that_is_gone_is_refused() {
    let practice = Practice::open(20);
    let read = all(&practice).await;
    let update = change(
        single(&read),
        &[("metafield:custom.nothing", Held::text("x"))],
    );
    let results = practice.channel.update(&[update]).await;
    assert_eq!(kinds(&results), [Err(FailureKind::Rejected)]);
}

/// The mutations of an update, each with a change that takes it.
fn one_of_each(item: &ShopItem) -> Vec<(&'static str, ItemUpdate)> {
    vec![
        (
            "ProductUpdate",
            change(item, &[("title", Held::text("Faulty"))]),
        ),
        (
            "VariantsUpdate",
            change(item, &[("variant.price", Held::Number(70_000))]),
        ),
        (
            "ProductFiles",
            change(
                item,
                &[("image.main", Held::text("https://new.test/1.png One"))],
            ),
        ),
        (
            "MetafieldsDelete",
            change(item, &[("metafield:custom.care", Held::Empty)]),
        ),
    ]
}

#[tokio::test]
async fn what_may_have_been_written_is_lost_and_not_sent_again() {
    for fault in [
        Fault::LostRequest,
        Fault::LostReply,
        Fault::CutReply,
        Fault::ServerError {
            status: 500,
            done: true,
        },
        Fault::ServerError {
            status: 503,
            done: false,
        },
        Fault::ServerError {
            status: 200,
            done: true,
        },
    ] {
        let practice = Practice::open(20);
        super::connecting::define(&practice, "care", "single_line_text_field").await;
        let read = all(&practice).await;
        for (operation, update) in one_of_each(single(&read)) {
            practice.fault(fault.clone(), operation);
            let results = practice.channel.update(&[update]).await;
            assert_eq!(
                kinds(&results),
                [Err(FailureKind::Lost)],
                "{operation} {fault:?}"
            );
            assert_eq!(practice.asked(operation), 1, "{operation} {fault:?}");
        }
    }
}

#[tokio::test]
async fn what_was_surely_not_written_is_sent_again() {
    for fault in [
        Fault::Throttled,
        Fault::TooManyRequests { retry_after: None },
        Fault::TooManyRequests {
            retry_after: Some(0),
        },
    ] {
        let practice = Practice::open(20);
        super::connecting::define(&practice, "care", "single_line_text_field").await;
        let read = all(&practice).await;
        for (operation, update) in one_of_each(single(&read)) {
            practice.fault(fault.clone(), operation);
            let results = practice.channel.update(&[update]).await;
            assert_eq!(kinds(&results), [Ok(())], "{operation} {fault:?}");
            assert_eq!(practice.asked(operation), 2, "{operation} {fault:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_takes_its_time_is_waited_for() {
    let practice = Practice::open(20);
    let read = all(&practice).await;
    practice.fault(Fault::Delay { millis: 300 }, "ProductUpdate");
    let update = change(single(&read), &[("title", Held::text("Late"))]);
    let results = practice.channel.update(&[update]).await;
    assert_eq!(kinds(&results), [Ok(())]);
}

#[tokio::test]
async fn one_lost_answer_among_many_makes_only_its_own_items_lost() {
    let practice = Practice::open(60);
    let read = all(&practice).await;
    let singles: Vec<_> = read
        .items
        .iter()
        .filter(|item| !item.is_parent && item.parent.is_none())
        .collect();
    practice.fault(Fault::LostReply, "VariantsUpdate");
    let updates: Vec<_> = singles
        .iter()
        .map(|item| change(item, &[("variant.price", Held::Number(70_000))]))
        .collect();
    let results = practice.channel.update(&updates).await;
    let lost = kinds(&results)
        .into_iter()
        .filter(|kind| *kind == Err(FailureKind::Lost))
        .count();
    let done = kinds(&results)
        .into_iter()
        .filter(|kind| kind.is_ok())
        .count();
    assert_eq!((lost, done), (1, singles.len() - 1));
}

#[tokio::test]
async fn without_the_right_nothing_is_tried_again_and_again() {
    let practice = Practice::open(60);
    let read = all(&practice).await;
    practice.server.shop().grant(&["read_products"]);
    let singles = read
        .items
        .iter()
        .filter(|item| !item.is_parent && item.parent.is_none());
    let updates: Vec<_> = singles
        .map(|item| change(item, &[("title", Held::text("No"))]))
        .collect();
    let results = practice.channel.update(&updates).await;
    assert!(
        kinds(&results)
            .iter()
            .all(|kind| *kind == Err(FailureKind::Denied))
    );
    assert!(practice.asked("ProductUpdate") <= 4);
}

#[tokio::test]
async fn pictures_that_are_there_keep_their_ids_and_are_not_fetched_again() {
    let practice = Practice::open(40);
    let read = all(&practice).await;
    let has_others = |item: &&ShopItem| {
        !item
            .values
            .get(&ShopField::new("image.others"))
            .is_none_or(Held::is_empty)
    };
    let item = read.items.iter().find(has_others).unwrap();
    let media = async || {
        let query =
            "query M($id: ID!) { product(id: $id) { media(first: 50) { nodes { id alt } } } }";
        let data = practice.look(query, json!({"id": item.remote_id})).await;
        data["product"]["media"]["nodes"]
            .as_array()
            .unwrap()
            .clone()
    };
    let before = media().await;
    let main = item.values[&ShopField::new("image.main")]
        .as_text()
        .unwrap()
        .to_owned();
    let others = item.values[&ShopField::new("image.others")]
        .as_list()
        .to_vec();
    let mut swapped = vec![main.clone(), String::from("https://new.test/1.png New")];
    swapped.extend(others[1..].iter().cloned());
    let update = change(
        item,
        &[
            ("image.main", Held::text(others[0].clone())),
            ("image.others", Held::List(swapped)),
        ],
    );
    let updates = [update];
    let results = while_time_passes(&practice, practice.channel.update(&updates)).await;
    let written = results[0].as_ref().unwrap();
    let after = media().await;
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(
        (&after[0]["id"], &after[1]["id"]),
        (&before[1]["id"], &before[0]["id"])
    );
    assert_eq!(after[2]["alt"], "New");
    assert_eq!(after[3..], before[2..]);
    practice.server.clock().advance(5_000);
    let there = now(&practice, item).await;
    for key in ["image.main", "image.others"] {
        let key = ShopField::new(key);
        if let Some(said) = written.values.get(&key) {
            assert_eq!(there.values[&key], *said, "{key}");
        }
    }
}

#[tokio::test]
async fn a_picture_that_cannot_be_fetched_is_told() {
    let practice = Practice::open(20);
    let read = all(&practice).await;
    let update = change(
        single(&read),
        &[("image.main", Held::text("https://new.test/broken.png"))],
    );
    let updates = [update];
    let results = while_time_passes(&practice, practice.channel.update(&updates)).await;
    let warnings = &results[0].as_ref().unwrap().warnings;
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("pictures"), "{warnings:?}");
}

#[tokio::test]
async fn a_picture_and_a_field_of_the_merchant_leave_the_other_fields_alone() {
    let practice = Practice::open(20);
    for key in ["care", "wool"] {
        super::connecting::define(&practice, key, "single_line_text_field").await;
    }
    let read = all(&practice).await;
    let item = single(&read);
    let both = [
        ("metafield:custom.care", Held::text("Cold")),
        ("metafield:custom.wool", Held::text("None")),
    ];
    let results = practice.channel.update(&[change(item, &both)]).await;
    assert_eq!(kinds(&results), [Ok(())]);
    let update = change(
        item,
        &[
            ("metafield:custom.care", Held::text("Warm")),
            ("image.main", Held::text("https://new.test/1.png One")),
            ("tags", Held::list(["a"])),
            ("variant.price", Held::Number(50_000)),
        ],
    );
    let results = practice.channel.update(&[update]).await;
    assert_eq!(kinds(&results), [Ok(())]);
    let there = now(&practice, item).await;
    for (key, value) in [
        ("metafield:custom.care", Held::text("Warm")),
        ("metafield:custom.wool", Held::text("None")),
        ("tags", Held::list(["a"])),
        ("variant.price", Held::Number(50_000)),
    ] {
        assert_eq!(there.values[&ShopField::new(key)], value, "{key}");
    }
}
