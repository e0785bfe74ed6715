//! Creating products: parents first, nothing twice, and what a lost attempt left is found.

use channels::channel::{Channel, NewFamily};
use channels::failure::FailureKind;
use domain::channel::ParentRef;
use domain::record::Value;
use sandbox::maropost::{BadReference, ExistingSku, Settings, SkuCase};
use sandbox::{Aim, Catalogue, Edit, Fault};
use serde_json::json;
use uuid::Uuid;

use super::{Practice, failure, kind, new_item, reference, settings, shirt, value};

#[tokio::test]
async fn a_family_is_created_whole_on_every_shop() {
    for seed in 0..16 {
        let shop = Practice::by_chance(seed, 0);
        shop.category("Shirts", "0");
        let mut family = shirt();
        family.variants[0].stock = Some(("1".to_owned(), 12));
        let product = family.product.as_mut().unwrap();
        product.values.extend(super::values_of(&[
            ("Categories", Value::text("Shirts")),
            (
                "image.main",
                Value::text("https://cdn.example/shirt.jpg A shirt"),
            ),
            ("RRP", Value::Empty),
        ]));
        let created = shop.create(&family).await.unwrap();
        assert_eq!(
            (created.failed.len(), created.warnings.len()),
            (0, 0),
            "seed {seed}: {created:?}"
        );
        let keys: Vec<Uuid> = created.items.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, [1, 2, 3].map(Uuid::from_u128));
        let items: Vec<_> = created.items.into_iter().map(|(_, item)| item).collect();
        assert!(items[0].is_parent && items[0].parent.is_none());
        assert_eq!(items[1].parent, Some(ParentRef::Sku("SHIRT".into())));
        assert_eq!(value(&items[1], "option1.value"), &Value::text("Red"));
        assert_eq!(value(&items[0], "Categories"), &Value::text("Shirts"));
        assert_eq!(shop.all(None).await, items, "what was told is what is read");
        let quantity = shop.shown("SHIRT-Red", "WarehouseQuantity").to_string();
        assert!(quantity.contains("\"12\""), "{quantity}");
        let found = shop.client.find_created(&family).await.unwrap().unwrap();
        assert_eq!(found.items.len(), 3);
    }
}

#[tokio::test]
async fn an_sku_that_is_there_is_never_added_on_any_shop() {
    for existing_sku in ExistingSku::ALL {
        for sku_case in SkuCase::ALL {
            let settings = Settings {
                existing_sku: *existing_sku,
                sku_case: *sku_case,
                ..Settings::default()
            };
            let shop = Practice::of(&Catalogue::new(1, 0), settings);
            shop.stock_up(json!([{"SKU": "SHIRT-Blue", "Name": "Not ours"}]));
            let created = shop.create(&shirt()).await.unwrap();
            assert_eq!(created.items.len(), 2);
            let [(key, failed)] = &created.failed[..] else {
                panic!("{created:?}")
            };
            assert_eq!(
                (*key, failed.kind),
                (Uuid::from_u128(3), FailureKind::Rejected)
            );
            assert_eq!(shop.shown("SHIRT-Blue", "Name"), json!("Not ours"));
            // The product itself is there by now, so nothing of it is made again.
            let again = failure(shop.create(&shirt()).await);
            assert_eq!(again.kind, FailureKind::Rejected);
            assert!(again.message.contains("SHIRT"));
            assert_eq!(shop.all(None).await.len(), 3);
        }
    }
}

#[tokio::test]
async fn variants_come_to_a_product_that_is_there() {
    for seed in 0..8 {
        let shop = Practice::by_chance(seed, 0);
        shop.create(&shirt()).await.unwrap();
        let parent = shop.item("SHIRT").await;
        let mut green = shirt().variants.remove(0);
        green.key = Uuid::from_u128(9);
        green.sku = "SHIRT-Green".to_owned();
        let more = NewFamily {
            product: None,
            into: Some(reference(&parent)),
            variants: vec![green],
        };
        let created = shop.create(&more).await.unwrap();
        assert_eq!(created.items.len(), 1);
        assert_eq!(
            created.items[0].1.parent,
            Some(ParentRef::Sku("SHIRT".into()))
        );
        shop.server
            .edit(&Edit::Sku {
                on: parent.remote_id.clone(),
                sku: "OTHER".into(),
            })
            .unwrap();
        assert_eq!(kind(&shop.create(&more).await), FailureKind::Stale);
        shop.server
            .edit(&Edit::Delete {
                on: parent.remote_id.clone(),
            })
            .unwrap();
        assert_eq!(kind(&shop.create(&more).await), FailureKind::Gone);
    }
}

#[tokio::test]
async fn what_no_shop_takes_is_refused_before_anything_is_created() {
    let shop = Practice::empty();
    for sku in ["", "HAS SPACE", "TWENTY-SIX-CHARACTERS-LONG"] {
        let single = NewFamily {
            product: Some(new_item(1, sku, &[])),
            into: None,
            variants: Vec::new(),
        };
        assert_eq!(
            kind(&shop.create(&single).await),
            FailureKind::Rejected,
            "{sku}"
        );
        assert_eq!(shop.client.find_created(&single).await, Ok(None));
    }
    let orphan = NewFamily {
        product: None,
        ..shirt()
    };
    assert_eq!(kind(&shop.create(&orphan).await), FailureKind::Rejected);
    let mut unknown = shirt();
    unknown
        .product
        .as_mut()
        .unwrap()
        .values
        .extend(super::values_of(&[("Categories", Value::text("Nowhere"))]));
    assert_eq!(kind(&shop.create(&unknown).await), FailureKind::Rejected);
    assert_eq!(shop.count("AddItem"), 0);
    // One that stands twice is made once.
    let results = shop.client.create(&[shirt(), shirt()]).await;
    assert!(results[0].is_ok());
    assert_eq!(kind(&results[1]), FailureKind::Rejected);
}

#[tokio::test]
async fn a_variant_that_the_shop_refuses_leaves_its_siblings() {
    for seed in 0..12 {
        let shop = Practice::by_chance(seed, 0);
        shop.configure(|settings| settings.bad_reference = BadReference::RefuseRow);
        let mut family = shirt();
        family.variants[0].stock = Some(("99".to_owned(), 1));
        let created = shop.create(&family).await.unwrap();
        assert_eq!(created.items.len(), 2, "seed {seed}");
        assert_eq!(
            created
                .failed
                .iter()
                .map(|(key, failure)| (*key, failure.kind))
                .collect::<Vec<_>>(),
            [(Uuid::from_u128(2), FailureKind::Rejected)]
        );
        assert_eq!(shop.all(None).await.len(), 2);
    }
}

#[tokio::test]
async fn what_a_lost_attempt_left_is_found_and_the_rest_is_added_to_it() {
    for fault in [
        Fault::LostReply,
        Fault::CutReply,
        Fault::ServerError {
            status: 500,
            done: true,
        },
    ] {
        for nth in [1, 2] {
            let shop = Practice::of(&Catalogue::new(1, 0), settings(u64::from(nth)));
            shop.server.fault(Aim {
                nth,
                ..Aim::next(fault.clone(), "AddItem")
            });
            assert_eq!(kind(&shop.create(&shirt()).await), FailureKind::Lost);
            let found = shop.client.find_created(&shirt()).await.unwrap().unwrap();
            match nth {
                1 => {
                    assert_eq!((found.items.len(), found.failed.len()), (1, 2));
                    let into = Some(reference(&found.items[0].1));
                    let rest = NewFamily {
                        product: None,
                        into,
                        ..shirt()
                    };
                    assert_eq!(shop.create(&rest).await.unwrap().items.len(), 2);
                }
                _ => assert_eq!((found.items.len(), found.failed.len()), (3, 0)),
            }
            assert_eq!(shop.all(None).await.len(), 3, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_lost_attempt_that_left_nothing_is_told_and_one_that_cannot_be_told_is_an_error() {
    let shop = Practice::empty();
    shop.server.fault(Aim::next(Fault::LostRequest, "AddItem"));
    assert_eq!(kind(&shop.create(&shirt()).await), FailureKind::Lost);
    assert_eq!(shop.client.find_created(&shirt()).await, Ok(None));
    // A variant that stands by itself is not what we left.
    shop.stock_up(json!([{"SKU": "SHIRT-Red"}]));
    let ambiguous = failure(shop.client.find_created(&shirt()).await);
    assert!(ambiguous.message.contains("SHIRT-Red"));
    shop.stock_up(
        json!([{"SKU": "OTHER"}, {"SKU": "SHIRT"}, {"SKU": "SHIRT-Blue", "ParentSKU": "OTHER"}]),
    );
    assert_eq!(
        kind(&shop.client.find_created(&shirt()).await),
        FailureKind::Rejected
    );
    // One that differs in case alone is another one.
    let shop = Practice::of(
        &Catalogue::new(1, 0),
        Settings {
            sku_case: SkuCase::Ignored,
            ..Settings::default()
        },
    );
    shop.stock_up(json!([{"SKU": "shirt"}]));
    assert_eq!(shop.client.find_created(&shirt()).await, Ok(None));
    assert_eq!(kind(&shop.create(&shirt()).await), FailureKind::Rejected);
}

#[tokio::test]
async fn the_days_of_a_promotion_of_a_new_product_are_right_in_whatever_zone_they_are_read() {
    for zone_minutes in [-480, 0, 600, 780] {
        for promotion_written_in in sandbox::maropost::Zone::ALL {
            let settings = Settings {
                zone_minutes,
                promotion_written_in: *promotion_written_in,
                ..Settings::default()
            };
            let shop = Practice::of(&Catalogue::new(1, 12), settings);
            let days = [
                ("PromotionStartDate", Value::text("2026-12-01")),
                ("PromotionExpiryDate", Value::text("2026-12-31")),
            ];
            let single = NewFamily {
                product: Some(new_item(1, "NEW", &days)),
                into: None,
                variants: Vec::new(),
            };
            let created = shop.create(&single).await.unwrap();
            assert_eq!(
                created.warnings, [""; 0],
                "{zone_minutes} {promotion_written_in:?}"
            );
            for (key, day) in &days {
                assert_eq!(value(&created.items[0].1, key), day);
            }
        }
    }
}

#[tokio::test]
async fn many_products_take_few_requests() {
    let shop = Practice::empty();
    let families: Vec<NewFamily> = (0..200)
        .map(|number| NewFamily {
            product: Some(new_item(
                number,
                &format!("NEW-{number}"),
                &[("Name", Value::text("New"))],
            )),
            into: None,
            variants: Vec::new(),
        })
        .collect();
    let results = shop.client.create(&families).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(shop.count("AddItem"), 4);
    assert!(shop.count("GetItem") <= 8, "{}", shop.count("GetItem"));
    assert_eq!(shop.all(None).await.len(), 200);
}
