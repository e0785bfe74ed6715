//! Creating products and variants, and finding what a lost attempt left.

use channels::channel::{Channel as _, Created, ItemRef, NewFamily, NewItem};
use channels::failure::{Answered, FailureKind};
use domain::channel::{ItemState, ParentRef, ShopField, ShopItem};
use domain::record::Value as Held;
use sandbox::{Edit, Fault};
use serde_json::json;
use uuid::Uuid;

use super::reading::{all, reference};
use super::writing::{parent, single, values, variants_of};
use super::{Practice, while_time_passes};

fn item(number: u128, sku: &str, pairs: &[(&str, Held)]) -> NewItem {
    NewItem {
        key: Uuid::from_u128(number),
        sku: sku.to_owned(),
        values: values(pairs),
        stock: None,
    }
}

pub(super) fn mug(number: u128, sku: &str) -> NewFamily {
    let pairs = [
        ("title", Held::text("Mug ☕")),
        ("descriptionHtml", Held::Text("<p>A\r\nmug</p>".into())),
        ("tags", Held::list(["b", "a"])),
        ("status", Held::text("DRAFT")),
        ("seo.title", Held::text("The mug")),
        ("variant.sku", Held::text(sku)),
        ("variant.price", Held::Number(129_000)),
        ("variant.barcode", Held::text("4006381333931")),
        ("inventoryItem.cost", Held::Number(31_000)),
        ("inventoryItem.weight", Held::Number(3_500)),
    ];
    NewFamily {
        product: Some(item(number, sku, &pairs)),
        into: None,
        variants: Vec::new(),
    }
}

pub(super) fn shirt(number: u128, sizes: &[&str]) -> NewFamily {
    let variant = |(place, size): (usize, &&str)| {
        let nth = u128::try_from(place).unwrap();
        item(
            number + 1 + nth,
            &format!("SHIRT-{number}-{size}"),
            &[
                ("option1.name", Held::text("Size")),
                ("option1.value", Held::text(*size)),
                ("variant.price", Held::Number(200_000)),
            ],
        )
    };
    NewFamily {
        product: Some(item(number, "", &[("title", Held::text("Shirt"))])),
        into: None,
        variants: sizes.iter().enumerate().map(variant).collect(),
    }
}

async fn create(practice: &Practice, family: &NewFamily) -> Answered<Created> {
    let mut created = practice.channel.create(std::slice::from_ref(family)).await;
    created.remove(0)
}

/// How many products have this title.
async fn count(practice: &Practice, title: &str) -> usize {
    let read = all(practice).await;
    read.items
        .iter()
        .filter(|item| item.title.starts_with(title) && item.parent.is_none())
        .count()
}

fn held<'a>(item: &'a ShopItem, key: &str) -> &'a Held {
    &item.values[&ShopField::new(key)]
}

#[tokio::test]
async fn a_product_without_options_is_created_as_it_was_asked_for() {
    let practice = Practice::open(20);
    let place = practice.channel.check().await.unwrap().places.remove(1).id;
    let mut family = mug(100, "NEW-1");
    family.product.as_mut().unwrap().stock = Some((place.clone(), 12));
    let created = create(&practice, &family).await.unwrap();
    let [(key, made)] = created.items.as_slice() else {
        panic!("{created:?}")
    };
    assert_eq!(*key, Uuid::from_u128(100));
    assert_eq!(
        (made.sku.as_str(), made.state, made.is_parent),
        ("NEW-1", ItemState::Hidden, false)
    );
    for (key, value) in &family.product.as_ref().unwrap().values {
        assert_eq!(made.values[key], *value, "{key}");
    }
    let read = practice.channel.read(&[reference(made)]).await.unwrap();
    assert_eq!(read[0].as_ref(), Some(made));
    let stock = practice
        .channel
        .read_stock(&place, &[reference(made)])
        .await
        .unwrap();
    assert_eq!(stock, [channels::channel::StockThere::Counted(12)]);
}

#[tokio::test]
async fn a_family_is_created_with_its_variants() {
    let practice = Practice::open(20);
    let family = shirt(200, &["S", "M", "L"]);
    let created = create(&practice, &family).await.unwrap();
    let keys: Vec<_> = created.items.iter().map(|(key, _)| key.as_u128()).collect();
    assert_eq!(keys, [200, 201, 202, 203]);
    assert!(created.items[0].1.is_parent);
    for ((_, made), wanted) in created.items[1..].iter().zip(&family.variants) {
        assert_eq!(made.sku, wanted.sku);
        assert_eq!(
            held(made, "option1.value"),
            &wanted.values[&ShopField::new("option1.value")]
        );
        assert_eq!(
            made.parent,
            Some(ParentRef::Id(created.items[0].1.remote_id.clone()))
        );
    }
    assert_eq!(created.failed, []);
}

#[tokio::test]
async fn a_large_family_is_created_in_the_background() {
    let practice = Practice::open(20);
    let sizes: Vec<String> = (0..200).map(|nth| format!("No {nth:03}")).collect();
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    let mut family = shirt(1_000, &sizes);
    let more = shirt(5_000, &sizes[..100]).variants;
    family.variants.extend(more);
    for (place, variant) in family.variants.iter_mut().enumerate() {
        let colour = if place < 200 { "Red" } else { "Blue" };
        let colours = [
            ("option2.name", Held::text("Colour")),
            ("option2.value", Held::text(colour)),
        ];
        variant.values.extend(values(&colours));
    }
    let created = while_time_passes(&practice, create(&practice, &family)).await;
    let created = created.unwrap();
    assert_eq!(created.items.len(), 301);
    assert_eq!(
        (
            practice.asked("ProductCreate"),
            practice.asked("ProductCreateLater")
        ),
        (0, 1)
    );
}

#[tokio::test]
async fn a_repeated_key_creates_nothing_twice() {
    let practice = Practice::open(20);
    for family in [mug(300, "TWICE-1"), shirt(310, &["S", "M"])] {
        let first = create(&practice, &family).await.unwrap();
        let again = create(&practice, &family).await.unwrap();
        assert_eq!(first.items, again.items);
    }
    assert_eq!(count(&practice, "Mug ☕").await, 1);
    assert_eq!(practice.asked("ProductCreate"), 2);
}

#[tokio::test]
async fn whatever_breaks_nothing_is_created_twice_and_what_was_left_is_found() {
    for (fault, expected, left) in [
        (Fault::LostRequest, Err(FailureKind::Lost), false),
        (Fault::LostReply, Err(FailureKind::Lost), true),
        (Fault::CutReply, Err(FailureKind::Lost), true),
        (
            Fault::ServerError {
                status: 502,
                done: true,
            },
            Err(FailureKind::Lost),
            true,
        ),
        (
            Fault::ServerError {
                status: 502,
                done: false,
            },
            Err(FailureKind::Lost),
            false,
        ),
        (
            Fault::ServerError {
                status: 200,
                done: true,
            },
            Err(FailureKind::Lost),
            true,
        ),
        (Fault::Throttled, Ok(()), true),
        (Fault::TooManyRequests { retry_after: None }, Ok(()), true),
        (Fault::Delay { millis: 200 }, Ok(()), true),
    ] {
        let practice = Practice::open(20);
        for family in [mug(400, "LOST-1"), shirt(410, &["S", "M"])] {
            practice.fault(fault.clone(), "ProductCreate");
            let created = create(&practice, &family).await;
            assert_eq!(
                created.map(|_| ()).map_err(|failure| failure.kind),
                expected,
                "{fault:?}"
            );
            let found = practice.channel.find_created(&family).await.unwrap();
            assert_eq!(found.is_some(), left, "{fault:?}");
            let created = create(&practice, &family).await.unwrap();
            assert_eq!(created.items.len(), family.variants.len() + 1);
            if let Some(found) = found {
                assert_eq!(found.items, created.items, "{fault:?}");
            }
        }
        assert_eq!(count(&practice, "Mug ☕").await, 1, "{fault:?}");
        assert_eq!(count(&practice, "Shirt").await, 1, "{fault:?}");
    }
}

#[tokio::test]
async fn the_field_of_the_key_is_made_once_even_if_its_answer_is_lost() {
    for fault in [Fault::LostReply, Fault::LostRequest, Fault::Throttled] {
        let practice = Practice::open(20);
        practice.fault(fault, "DefineKey");
        create(&practice, &mug(500, "KEY-1")).await.unwrap();
        create(&practice, &mug(501, "KEY-2")).await.unwrap();
        assert_eq!(practice.asked("DefineKey"), 2);
        let fields = practice.channel.fields().await.unwrap();
        assert!(
            !fields
                .iter()
                .any(|def| def.field.key().contains("backstock"))
        );
    }
}

#[tokio::test]
async fn what_has_the_same_skus_is_found_and_never_guessed() {
    let practice = Practice::open(60);
    let read = all(&practice).await;
    let one = single(&read);
    let found = practice
        .channel
        .find_created(&mug(600, &one.sku))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.items[0].1.remote_id, one.remote_id);
    assert_eq!(
        practice
            .channel
            .find_created(&mug(601, "NOWHERE"))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        practice
            .channel
            .find_created(&mug(602, &one.sku.to_lowercase()))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        practice.channel.find_created(&mug(603, "")).await.unwrap(),
        None
    );
    let add = |title: &str| Edit::AddProduct {
        title: title.into(),
        sku: "TWIN".into(),
        price: 100,
    };
    practice.server.edit(&add("One")).unwrap();
    practice.server.edit(&add("Other")).unwrap();
    let failure = practice
        .channel
        .find_created(&mug(604, "TWIN"))
        .await
        .unwrap_err();
    assert!(
        failure.message.contains("TWIN") && failure.hint.is_some(),
        "{failure}"
    );
    let variant = variants_of(&read, parent(&read))
        .into_iter()
        .find(|item| !item.sku.is_empty())
        .unwrap();
    let failure = practice
        .channel
        .find_created(&mug(605, &variant.sku))
        .await
        .unwrap_err();
    assert_eq!(failure.kind, FailureKind::Rejected);
}

#[tokio::test]
async fn odd_skus_are_found_exactly() {
    let practice = Practice::open(20);
    for (nth, sku) in [
        "A'B", "A\\B", "A B", "A\"B", "A*", "A:B", "É-1", "A,B", "(A)",
    ]
    .iter()
    .enumerate()
    {
        let number = 700 + u128::try_from(nth).unwrap();
        let made = create(&practice, &mug(number, sku)).await.unwrap();
        let found = practice
            .channel
            .find_created(&mug(number + 50, sku))
            .await
            .unwrap();
        let found = found.unwrap_or_else(|| panic!("{sku} is not found"));
        assert_eq!(
            found.items[0].1.remote_id, made.items[0].1.remote_id,
            "{sku}"
        );
    }
}

#[tokio::test]
async fn variants_come_into_a_product_and_nothing_there_is_removed() {
    let practice = Practice::open(40);
    let read = all(&practice).await;
    let family = parent(&read);
    let there = variants_of(&read, family);
    let names: Vec<Held> = ["option1.name", "option2.name", "option3.name"]
        .iter()
        .filter_map(|key| there[0].values.get(&ShopField::new(*key)).cloned())
        .collect();
    let new = |number: u128, value: &str, names: &[Held]| {
        let mut pairs = vec![("variant.price", Held::Number(10_000))];
        let keys = [
            ("option1.name", "option1.value"),
            ("option2.name", "option2.value"),
            ("option3.name", "option3.value"),
        ];
        for ((name_key, value_key), name) in keys.iter().zip(names) {
            pairs.push((name_key, name.clone()));
            pairs.push((value_key, Held::text(value)));
        }
        item(number, &format!("INTO-{number}"), &pairs)
    };
    let taken = item(
        804,
        "TAKEN",
        &there[0]
            .values
            .iter()
            .filter(|(key, _)| key.key().starts_with("option"))
            .map(|(key, value)| (key.key(), value.clone()))
            .collect::<Vec<_>>(),
    );
    let family_of_new = NewFamily {
        product: None,
        into: Some(reference(family)),
        variants: vec![
            new(801, "One", &names),
            new(802, "Two", &names),
            new(803, "x", &[Held::text("Nonsense")]),
            taken,
        ],
    };
    let created = create(&practice, &family_of_new).await.unwrap();
    let made: Vec<_> = created
        .items
        .iter()
        .map(|(key, item)| (key.as_u128(), item.sku.as_str()))
        .collect();
    assert_eq!(made, [(801, "INTO-801"), (802, "INTO-802")]);
    let failed: Vec<_> = created
        .failed
        .iter()
        .map(|(key, failure)| (key.as_u128(), failure.kind))
        .collect();
    assert_eq!(
        failed,
        [(803, FailureKind::Rejected), (804, FailureKind::Rejected)]
    );
    let again = create(&practice, &family_of_new).await.unwrap();
    assert_eq!(again.items, created.items);
    let found = practice
        .channel
        .find_created(&family_of_new)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.items, created.items);
    let after = all(&practice).await;
    let after = variants_of(&after, family).len();
    assert_eq!(after, there.len() + 2);
}

#[tokio::test]
async fn variants_whose_answer_was_lost_are_found_and_not_created_twice() {
    for fault in [
        Fault::LostReply,
        Fault::CutReply,
        Fault::LostRequest,
        Fault::Throttled,
    ] {
        let practice = Practice::open(20);
        let shirt = create(&practice, &shirt(900, &["S"])).await.unwrap();
        let mut more = self::shirt(950, &["M", "L"]);
        more.product = None;
        more.into = Some(reference(&shirt.items[0].1));
        practice.fault(fault.clone(), "VariantsCreate");
        let created = create(&practice, &more).await;
        match fault {
            Fault::Throttled => assert!(created.is_ok()),
            _ => assert_eq!(created.unwrap_err().kind, FailureKind::Lost, "{fault:?}"),
        }
        let found = practice.channel.find_created(&more).await.unwrap();
        assert_eq!(found.is_some(), fault != Fault::LostRequest, "{fault:?}");
        assert_eq!(create(&practice, &more).await.unwrap().items.len(), 2);
        let read = all(&practice).await;
        let sold = read
            .items
            .iter()
            .filter(|item| item.sku.starts_with("SHIRT-"))
            .count();
        assert_eq!(sold, 3, "{fault:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_created_says_why() {
    let practice = Practice::open(20);
    let read = all(&practice).await;
    let mut nameless = mug(1_100, "X");
    nameless
        .product
        .as_mut()
        .unwrap()
        .values
        .remove(&ShopField::new("title"));
    let mut same = shirt(1_110, &["S", "S"]);
    same.variants[1].sku = String::from("SAME");
    let mut negative = shirt(1_120, &["S", "M"]);
    negative.variants[1]
        .values
        .insert(ShopField::new("variant.price"), Held::Number(-10_000));
    let mut uneven = shirt(1_130, &["S", "M"]);
    uneven.variants[1]
        .values
        .insert(ShopField::new("option1.name"), Held::text("Grösse"));
    let mut alone = shirt(1_140, &["S"]);
    alone.product = None;
    alone.into = Some(reference(single(&read)));
    let mut gone = shirt(1_150, &["S"]);
    gone.product = None;
    gone.into = Some(ItemRef {
        remote_id: "gid://shopify/Product/1".into(),
        sku: String::new(),
        handles: Default::default(),
    });
    let families = [
        nameless,
        same,
        negative,
        uneven,
        alone,
        gone,
        mug(1_160, "GOOD"),
    ];
    let results = practice.channel.create(&families).await;
    let parts = [
        "title",
        "SAME",
        "SHIRT-1120-M",
        "same options",
        "no options",
        "any more",
    ];
    for (result, part) in results.iter().zip(parts) {
        let failure = result.as_ref().unwrap_err();
        assert!(failure.message.contains(part), "{failure}");
    }
    assert!(results[6].is_ok());
}

#[tokio::test]
async fn a_product_is_created_with_pictures_and_fields_of_the_merchant() {
    let practice = Practice::open(20);
    super::connecting::define(&practice, "care", "single_line_text_field").await;
    practice.channel.fields().await.unwrap();
    let mut family = mug(1_200, "PICTURED");
    let product = family.product.as_mut().unwrap();
    product.values.extend(values(&[
        ("image.main", Held::text("https://new.test/1.png One")),
        (
            "image.others",
            Held::List(vec!["https://new.test/2.png".into()]),
        ),
        ("metafield:custom.care", Held::text("Wash cold")),
    ]));
    let created = create(&practice, &family).await.unwrap();
    let made = &created.items[0].1;
    assert_eq!(
        held(made, "metafield:custom.care"),
        &Held::text("Wash cold")
    );
    assert!(
        !made.values.contains_key(&ShopField::new("image.main")),
        "they are not there yet"
    );
    practice.server.clock().advance(10_000);
    let query = "query M($id: ID!) { product(id: $id) { media(first: 9) { nodes { alt } } } }";
    let data = practice.look(query, json!({"id": made.remote_id})).await;
    assert_eq!(
        data["product"]["media"]["nodes"],
        json!([{"alt": "One"}, {"alt": ""}])
    );
}

#[tokio::test]
async fn a_large_family_whose_answer_was_lost_is_found_and_not_created_twice() {
    for (operation, fault, expected, left) in [
        (
            "ProductCreateLater",
            Fault::LostReply,
            Err(FailureKind::Lost),
            true,
        ),
        (
            "ProductCreateLater",
            Fault::LostRequest,
            Err(FailureKind::Lost),
            false,
        ),
        ("ProductCreateLater", Fault::Throttled, Ok(()), true),
        ("ProductOperation", Fault::LostReply, Ok(()), true),
        ("Family", Fault::CutReply, Ok(()), true),
    ] {
        let practice = Practice::open(20);
        let sizes: Vec<String> = (0..120).map(|nth| format!("No {nth:03}")).collect();
        let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
        let family = shirt(6_000, &sizes);
        practice.fault(fault.clone(), operation);
        let story = async {
            let created = create(&practice, &family).await;
            let kind = created.map(|_| ()).map_err(|failure| failure.kind);
            assert_eq!(kind, expected, "{operation} {fault:?}");
            let found = practice.channel.find_created(&family).await.unwrap();
            assert_eq!(found.is_some(), left, "{operation} {fault:?}");
            let created = create(&practice, &family).await.unwrap();
            assert_eq!(created.items.len(), 121);
            assert_eq!(count(&practice, "Shirt").await, 1);
        };
        while_time_passes(&practice, story).await;
    }
}
