//! Stock: read, compared, set, and never over what was sold meanwhile.

use channels::channel::{Channel, StockChange, StockSet, StockThere};
use channels::failure::FailureKind;
use domain::channel::ShopItem;
use sandbox::maropost::{NegativeStock, Settings};
use sandbox::{Catalogue, Edit};
use serde_json::json;
use uuid::Uuid;

use super::{Practice, kind, reference, settings};

/// A shop with these items: eight in the first warehouse, none kept, not counted.
async fn three(settings: Settings) -> (Practice, Vec<ShopItem>) {
    let shop = Practice::of(&Catalogue::new(1, 0), settings);
    let eight = json!([{"WarehouseID": "1", "Quantity": "8", "Action": "set"}, {"WarehouseID": "2", "Quantity": "3", "Action": "set"}]);
    shop.stock_up(json!([
        {"SKU": "EIGHT", "WarehouseQuantity": eight},
        {"SKU": "NONE"},
        {"SKU": "UNCOUNTED", "IsInventoried": "False", "WarehouseQuantity": eight},
    ]));
    let items = shop.all(None).await;
    (shop, items)
}

fn change(item: &ShopItem, from: Option<i64>, to: i64) -> StockChange {
    StockChange {
        key: Uuid::from_u128(1),
        item: reference(item),
        from,
        to,
    }
}

#[tokio::test]
async fn stock_is_told_by_warehouse_on_every_shop() {
    for seed in 0..14 {
        let (shop, items) = three(settings(seed)).await;
        let mut wanted: Vec<_> = items.iter().map(reference).collect();
        let mut gone = wanted[0].clone();
        gone.remote_id = "999999".to_owned();
        wanted.push(gone);
        let there = shop.client.read_stock("1", &wanted).await.unwrap();
        assert_eq!(
            there,
            [
                StockThere::Counted(8),
                StockThere::NotKept,
                StockThere::Untracked,
                StockThere::Gone
            ],
            "seed {seed}"
        );
        let outlet = shop.client.read_stock("2", &wanted[..1]).await.unwrap();
        assert_eq!(outlet, [StockThere::Counted(3)]);
    }
}

#[tokio::test]
async fn stock_is_set_where_it_is_as_it_was_seen_on_every_shop() {
    for seed in 0..14 {
        let (shop, items) = three(settings(seed)).await;
        let changes = [
            change(&items[0], Some(8), 5),
            change(&items[1], None, 4),
            change(&items[2], Some(8), 1),
        ];
        let set = shop.client.set_stock("1", &changes).await;
        assert_eq!(
            set,
            [
                Ok(StockSet::Set(5)),
                Ok(StockSet::Set(4)),
                Ok(StockSet::Untracked)
            ],
            "seed {seed}"
        );
        let there: Vec<_> = items.iter().map(reference).collect();
        let there = shop.client.read_stock("1", &there).await.unwrap();
        assert_eq!(
            there,
            [
                StockThere::Counted(5),
                StockThere::Counted(4),
                StockThere::Untracked
            ]
        );
        let outlet = shop
            .client
            .read_stock("2", &[reference(&items[0])])
            .await
            .unwrap();
        assert_eq!(outlet, [StockThere::Counted(3)]);
    }
}

#[tokio::test]
async fn what_was_sold_meanwhile_is_not_written_over() {
    let (shop, items) = three(Settings::default()).await;
    shop.server
        .edit(&Edit::Sale {
            on: items[0].remote_id.clone(),
            quantity: 2,
        })
        .unwrap();
    let set = shop
        .client
        .set_stock("1", &[change(&items[0], Some(8), 20)])
        .await;
    assert_eq!(kind(&set[0]), FailureKind::Stale);
    assert!(set[0].as_ref().unwrap_err().message.contains('6'));
    let unseen = shop
        .client
        .set_stock("1", &[change(&items[0], None, 20)])
        .await;
    assert_eq!(kind(&unseen[0]), FailureKind::Stale);
    assert_eq!(shop.count("UpdateItem"), 0);
    // As many as there are is nothing to do.
    let same = shop
        .client
        .set_stock("1", &[change(&items[0], Some(6), 6)])
        .await;
    assert_eq!(same, [Ok(StockSet::Set(6))]);
    assert_eq!(shop.count("UpdateItem"), 0);
}

#[tokio::test]
async fn stock_of_an_item_that_changed_hands_or_lies_nowhere_is_not_set() {
    for seed in 0..16 {
        let (shop, items) = three(settings(seed)).await;
        let nowhere = shop
            .client
            .set_stock("77", &[change(&items[0], None, 1)])
            .await;
        assert_eq!(kind(&nowhere[0]), FailureKind::Rejected, "seed {seed}");
        let wrong = shop
            .client
            .set_stock("gid://shopify/Location/1", &[change(&items[0], None, 1)])
            .await;
        assert_eq!(kind(&wrong[0]), FailureKind::Rejected);
        shop.server
            .edit(&Edit::Sku {
                on: items[0].remote_id.clone(),
                sku: "OTHER".into(),
            })
            .unwrap();
        shop.server
            .edit(&Edit::Delete {
                on: items[1].remote_id.clone(),
            })
            .unwrap();
        let set = shop
            .client
            .set_stock(
                "1",
                &[change(&items[0], Some(8), 1), change(&items[1], None, 1)],
            )
            .await;
        assert_eq!(kind(&set[0]), FailureKind::Stale);
        assert_eq!(kind(&set[1]), FailureKind::Gone);
        assert!(
            shop.shown("OTHER", "WarehouseQuantity")
                .to_string()
                .contains("\"8\"")
        );
    }
}

#[tokio::test]
async fn a_shop_that_stops_at_zero_is_told_by_what_it_holds() {
    for (negative_stock, told) in [
        (NegativeStock::StopsAtZero, 0),
        (NegativeStock::Allowed, -2),
    ] {
        let (shop, items) = three(Settings {
            negative_stock,
            ..Settings::default()
        })
        .await;
        let set = shop
            .client
            .set_stock("1", &[change(&items[0], Some(8), -2)])
            .await;
        assert_eq!(set, [Ok(StockSet::Set(told))]);
    }
}

#[tokio::test]
async fn a_thousand_counts_take_forty_requests() {
    let shop = Practice::plain(1_000);
    let items = shop.all(None).await;
    let there: Vec<_> = items.iter().map(reference).collect();
    let there = shop.client.read_stock("1", &there).await.unwrap();
    shop.server.journal().forget();
    let changes = items.iter().zip(there).map(|(item, there)| match there {
        StockThere::Counted(count) => change(item, Some(count), count + 1),
        _ => change(item, None, 1),
    });
    let set = shop
        .client
        .set_stock("1", &changes.collect::<Vec<_>>())
        .await;
    assert!(set.iter().all(Result::is_ok));
    assert!(shop.server.journal().all().requests <= 40);
}
