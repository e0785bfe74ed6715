//! Orders: all of them, what changed of them, and what the shop's odd shapes and faults do to that.

use std::collections::{BTreeMap, BTreeSet};

use channels::channel::{Channel, Cursor, Reading};
use channels::failure::FailureKind;
use channels::orders::Orders;
use domain::channel::{OrderState, PaymentState, ShopOrder};
use domain::values::Timestamp;
use sandbox::maropost::{Bounds, Settings, Zone};
use sandbox::{Aim, Catalogue, Chance, Edit, Fault, Ordered};
use serde_json::{Value as Json, json};

use super::{Practice, kind, settings};

/// A shop with a shirt in one size and a mug, and so many orders of mugs, a minute apart.
fn ordered(count: usize) -> Practice {
    let shop = Practice::empty();
    let ten = json!({ "WarehouseID": "1", "Quantity": "10", "Action": "set" });
    let size = json!({ "ItemSpecific": { "Name": "Size", "Value": "Small" } });
    shop.stock_up(json!([
        { "SKU": "SHIRT", "Name": "Cotton T-Shirt" },
        {
            "SKU": "SHIRT-S",
            "ParentSKU": "SHIRT",
            "DefaultPrice": "29.95",
            "ItemSpecifics": size,
            "WarehouseQuantity": ten,
        },
        { "SKU": "MUG", "Name": "Mug", "DefaultPrice": "5.00", "WarehouseQuantity": ten },
    ]));
    for _ in 0..count {
        place(&shop, json!([{ "SKU": "MUG", "Quantity": "1" }]));
        shop.server.clock().advance(60_000);
    }
    shop
}

/// Has a customer order these lines.
fn place(shop: &Practice, lines: Json) -> String {
    let order = json!({
        "Email": "j.smith@example.com",
        "Username": "jsmith",
        "ShipFirstName": "John",
        "ShipLastName": "Smith",
        "ShipStreet1": "123 Sample Street",
        "ShipCity": "CAPALABA",
        "ShipState": "QLD",
        "ShipPostCode": "4157",
        "ShipCountry": "AU",
        "ShipContactPhone": "0400000000",
        "BillLastName": "Smith",
        "ShippingMethod": "Express Shipping",
        "ShipInstructions": "Ring twice",
        "ShippingCost": "7.05",
        "OrderLine": lines,
    });
    let now = shop.server.clock().now();
    shop.server.shop().place_order(&order, now).unwrap()
}

fn pay(shop: &Practice, id: &str, amount: &str, method: &str) {
    let now = shop.server.clock().now();
    shop.server.shop().pay(id, amount, method, now).unwrap();
}

/// Writes an order past the door.
fn write(shop: &Practice, order: Json) {
    let answer = shop.look("UpdateOrder", &json!({ "Order": order }));
    assert_eq!(answer["Ack"], "Success", "{answer}");
}

/// All that a reading finds, and from when on the next one has to ask.
async fn read(shop: &Practice, since: Option<Timestamp>) -> (Vec<ShopOrder>, Timestamp) {
    let (mut orders, mut cursor): (Vec<ShopOrder>, Option<Cursor>) = (Vec::new(), None);
    loop {
        let page = shop.client.order_page(since, cursor.as_ref()).await;
        let page = page.unwrap();
        assert_eq!(page.unread, []);
        orders.extend(page.orders);
        assert_eq!(page.next.is_none(), page.as_of.is_some());
        match page.next {
            Some(next) => cursor = Some(next),
            None => return (orders, page.as_of.unwrap()),
        }
    }
}

/// Orders by their ids, each of which can be read.
async fn read_by_ids(shop: &Practice, ids: &[String]) -> Vec<Option<ShopOrder>> {
    let read = shop.client.read_orders(ids).await.unwrap();
    read.into_iter().map(Result::unwrap).collect()
}

async fn one(shop: &Practice, id: &str) -> ShopOrder {
    let read = read_by_ids(shop, &[id.to_owned()]).await;
    read.into_iter().next().unwrap().unwrap()
}

fn ids(orders: &[ShopOrder]) -> Vec<&str> {
    orders.iter().map(|order| &*order.remote_id).collect()
}

fn by_id(orders: Vec<ShopOrder>) -> BTreeMap<String, ShopOrder> {
    orders
        .into_iter()
        .map(|order| (order.remote_id.clone(), order))
        .collect()
}

/// Gives the shop one of each kind of order.
fn work(shop: &Practice) {
    let two = json!([{ "SKU": "SHIRT-S", "Quantity": "2" }, { "SKU": "MUG", "Quantity": "3" }]);
    for _ in 0..4 {
        place(shop, two.clone());
    }
    pay(shop, "N1001", "20.00", "PayPal Checkout");
    pay(shop, "N1001", "61.95", "Credit Card");
    let parcel = json!({ "ShippingMethod": "StarTrack", "TrackingNumber": "ST1" });
    let line = json!({ "SKU": "MUG", "QuantityShipped": "2", "TrackingDetails": parcel });
    write(shop, json!({ "OrderID": "N1001", "OrderLine": line }));
    let note = json!({ "OrderID": "N1002", "StickyNoteTitle": "Call", "StickyNote": "First" });
    write(shop, note);
    write(shop, json!({ "OrderID": "N1002", "OrderStatus": "Quote" }));
    let held = Edit::HoldOrder {
        on: "N1003".into(),
        reason: "Call first".into(),
    };
    shop.server.edit(&held).unwrap();
}

#[tokio::test]
async fn an_order_is_read_with_all_that_it_has() {
    let shop = ordered(1);
    work(&shop);
    let (orders, _) = read(&shop, None).await;
    assert_eq!(
        ids(&orders),
        ["N1000", "N1001", "N1003", "N1004"],
        "no quote"
    );
    let order = by_id(orders).remove("N1001").unwrap();
    assert_eq!(order.number, "N1001");
    assert_eq!(
        (order.state, &*order.state_there),
        (OrderState::Open, "New")
    );
    assert_eq!(order.payment, PaymentState::Paid);
    assert_eq!(order.customer.remote_id, "jsmith");
    assert_eq!(order.customer.email, "j.smith@example.com");
    assert_eq!(
        (&*order.customer.name, &*order.customer.phone),
        ("Smith", "0400000000")
    );
    let ship = order.ship_to.unwrap();
    assert_eq!(
        (&*ship.name, &*ship.street),
        ("John Smith", "123 Sample Street")
    );
    assert_eq!(
        (&*ship.postcode, &*ship.city, &*ship.region),
        ("4157", "CAPALABA", "QLD")
    );
    assert_eq!((&*ship.country, &*ship.phone), ("AU", "0400000000"));
    assert_eq!(
        (&*order.shipping, &*order.note),
        ("Express Shipping", "Ring twice")
    );
}

#[tokio::test]
async fn the_sums_the_lines_and_what_was_sent_are_told() {
    let shop = ordered(1);
    work(&shop);
    let order = one(&shop, "N1001").await;
    let totals = order.totals;
    assert_eq!(
        (totals.goods, totals.shipping, totals.total),
        (749_000, 70_500, 819_500)
    );
    assert_eq!(
        (totals.paid, totals.tax, totals.surcharge),
        (819_500, 74_500, 0)
    );
    let paid = order.payments.iter();
    let paid = paid.map(|payment| (&*payment.method, payment.amount, payment.at.is_some()));
    let expected = [
        ("PayPal Checkout", 200_000, true),
        ("Credit Card", 619_500, true),
    ];
    assert_eq!(paid.collect::<Vec<_>>(), expected);
    let [shirt, mug] = &order.lines[..] else {
        panic!("{:?}", order.lines)
    };
    assert_eq!((&*shirt.remote_id, &*shirt.sku), ("N1001-0", "SHIRT-S"));
    assert_eq!(shirt.title, "Cotton T-Shirt [Size: Small]");
    assert_eq!((shirt.ordered, shirt.shipped, shirt.price), (2, 0, 299_500));
    assert_eq!(
        (mug.ordered, mug.wanted, mug.shipped, mug.price),
        (3, 3, 2, 50_000)
    );
    let [sent] = &order.shipments[..] else {
        panic!("{:?}", order.shipments)
    };
    assert_eq!(sent.contents, [("N1001-1".to_owned(), 2)]);
    assert_eq!(
        (&*sent.parcels[0].carrier, &*sent.parcels[0].number),
        ("StarTrack", "ST1")
    );
    assert_eq!(
        (sent.at, sent.is_cancelled, order.cancelled_at),
        (None, false, None)
    );
}

#[tokio::test]
async fn what_the_shop_does_to_an_order_is_told() {
    let shop = ordered(5);
    assert_eq!(one(&shop, "N1000").await.payment, PaymentState::Pending);
    pay(&shop, "N1000", "2.00", "Bank Transfer");
    assert_eq!(one(&shop, "N1000").await.payment, PaymentState::PartPaid);
    let cancel = Edit::CancelOrder {
        on: "N1001".into(),
        restock: true,
        refund: false,
    };
    shop.server.edit(&cancel).unwrap();
    let cancelled = one(&shop, "N1001").await;
    assert_eq!(cancelled.state, OrderState::Cancelled);
    assert_eq!(
        (cancelled.lines[0].ordered, cancelled.lines[0].wanted),
        (1, 0)
    );
    let hold = Edit::HoldOrder {
        on: "N1002".into(),
        reason: "Call first".into(),
    };
    shop.server.edit(&hold).unwrap();
    let held = one(&shop, "N1002").await;
    assert_eq!(
        (held.state, &*held.internal_note),
        (OrderState::OnHold, "Call first")
    );
    pay(&shop, "N1003", "12.05", "Credit Card");
    let ship = Edit::ShipOrder {
        on: "N1003".into(),
        carrier: "StarTrack".into(),
        number: "S1".into(),
    };
    shop.server.edit(&ship).unwrap();
    let sent = one(&shop, "N1003").await;
    assert_eq!(
        (sent.state, sent.lines[0].shipped),
        (OrderState::Shipped, 1)
    );
    assert_eq!(
        sent.shipments[0].at,
        Some(Timestamp(shop.server.clock().now().0))
    );
    write(&shop, json!({ "OrderID": "N1004", "OnHoldType": "Layby" }));
    assert_eq!(one(&shop, "N1004").await.state, OrderState::OnHold);
}

#[tokio::test]
async fn an_order_without_addresses_has_none() {
    let shop = ordered(1);
    let names = [
        "FirstName",
        "LastName",
        "Company",
        "Street1",
        "City",
        "State",
        "PostCode",
    ];
    let mut row = json!({ "OrderID": "N1000" });
    for name in names.iter().chain(&["ContactPhone"]) {
        row[format!("Ship{name}")] = json!("");
        row[format!("Bill{name}")] = json!("");
    }
    write(&shop, row);
    let nowhere = one(&shop, "N1000").await;
    assert_eq!((nowhere.ship_to, nowhere.bill_to), (None, None));
    assert_eq!(nowhere.customer.name, "");
}

#[tokio::test]
async fn what_was_ordered_stays_in_the_order_when_the_product_is_gone() {
    let shop = ordered(1);
    let before = one(&shop, "N1000").await;
    let mug = shop.item("MUG").await;
    let on = mug.remote_id;
    shop.server.edit(&Edit::Delete { on }).unwrap();
    let after = one(&shop, "N1000").await;
    assert_eq!(after.lines, before.lines);
    assert_eq!((&*after.lines[0].sku, &*after.lines[0].item), ("MUG", ""));
}

#[tokio::test]
async fn orders_are_read_in_the_order_in_which_they_are_asked_for() {
    let shop = ordered(130);
    write(&shop, json!({ "OrderID": "N1002", "OrderStatus": "Quote" }));
    let asked = ["N1120", "N1000", "", "N77", "N1120", "N1002", "N1001"].map(str::to_owned);
    let read = read_by_ids(&shop, &asked).await;
    let found = |order: &Option<ShopOrder>| order.as_ref().map(|order| order.remote_id.clone());
    let found: Vec<Option<String>> = read.iter().map(found).collect();
    let expected = [
        Some("N1120"),
        Some("N1000"),
        None,
        None,
        Some("N1120"),
        None,
        Some("N1001"),
    ];
    assert_eq!(found, expected.map(|id| id.map(str::to_owned)));
    let before = shop.count("GetOrder");
    assert_eq!(read_by_ids(&shop, &[]).await, []);
    assert_eq!(shop.count("GetOrder"), before);
    let all: Vec<String> = (1000..1130).map(|number| format!("N{number}")).collect();
    let read = read_by_ids(&shop, &all).await;
    assert_eq!(read.iter().filter(|order| order.is_some()).count(), 129);
    assert_eq!(shop.count("GetOrder"), before + 2);
}

#[tokio::test]
async fn a_reading_catches_up_with_what_changed_since_the_last_one() {
    for bounds in [Bounds::Inclusive, Bounds::Exclusive] {
        let shop = ordered(5);
        shop.configure(|settings| {
            settings.bounds = bounds;
            settings.current_time = Zone::Shop;
        });
        shop.server.clock().advance(3_600_000);
        let (first, as_of) = read(&shop, None).await;
        assert_eq!(ids(&first), ["N1000", "N1001", "N1002", "N1003", "N1004"]);
        assert!(as_of.0 <= shop.server.clock().now().0);
        assert_eq!(read(&shop, Some(as_of)).await.0, []);
        // The very second of the reading belongs to the next one.
        let more = Edit::ChangeOrderQuantity {
            on: "N1003".into(),
            line: 0,
            quantity: 4,
        };
        shop.server.edit(&more).unwrap();
        shop.server.clock().advance(60_000);
        place(&shop, json!([{ "SKU": "MUG", "Quantity": "1" }]));
        shop.server.clock().advance(60_000);
        let note = Edit::NoteOrder {
            on: "N1001".into(),
            note: "Fragile".into(),
        };
        shop.server.edit(&note).unwrap();
        let (since, next) = read(&shop, Some(as_of)).await;
        assert_eq!(ids(&since), ["N1003", "N1005", "N1001"], "by time");
        assert_eq!(
            (since[0].lines[0].ordered, since[0].totals.goods),
            (4, 200_000)
        );
        assert_eq!(since[2].internal_note, "Fragile");
        shop.server.clock().advance(3_600_000);
        assert!(next > as_of);
    }
}

#[tokio::test]
async fn whatever_shapes_the_shop_answers_in_the_orders_are_the_same() {
    let shop = ordered(1);
    work(&shop);
    for _ in 0..12 {
        place(&shop, json!([{ "SKU": "MUG", "Quantity": "1" }]));
    }
    let (usual, _) = read(&shop, None).await;
    assert_eq!(usual.len(), 16);
    for seed in 0..24 {
        shop.configure(|current| *current = settings(seed));
        let (odd, as_of) = read(&shop, None).await;
        assert_eq!(odd, usual, "seed {seed}");
        assert!(as_of.0 <= shop.server.clock().now().0, "seed {seed}");
        let ids: Vec<String> = usual.iter().map(|order| order.remote_id.clone()).collect();
        let read = read_by_ids(&shop, &ids).await;
        let read: Vec<ShopOrder> = read.into_iter().flatten().collect();
        assert_eq!(read, usual, "seed {seed}");
    }
}

#[tokio::test]
async fn a_shop_without_orders_has_an_end_at_once() {
    for seed in 0..8 {
        let shop = Practice::by_chance(seed, 0);
        assert_eq!(read(&shop, None).await.0, []);
    }
}

#[tokio::test]
async fn a_fault_in_the_middle_loses_no_order() {
    let faults = [
        Fault::LostRequest,
        Fault::LostReply,
        Fault::CutReply,
        Fault::TooManyRequests { retry_after: None },
        Fault::ServerError {
            status: 503,
            done: false,
        },
    ];
    let shop = ordered(120);
    let (whole, _) = read(&shop, None).await;
    for fault in faults {
        // Ids take two requests in each of two passes, orders two.
        for nth in 1..=6 {
            shop.server.fault(Aim {
                nth,
                ..Aim::next(fault.clone(), "GetOrder")
            });
            let before = shop.count("GetOrder");
            assert_eq!(read(&shop, None).await.0, whole, "{fault:?} {nth}");
            assert_eq!(shop.count("GetOrder"), before + 7, "{fault:?} {nth}");
        }
    }
}

#[tokio::test]
async fn a_reading_that_failed_goes_on_from_its_cursor() {
    for seed in 0..6 {
        let shop = ordered(230);
        let (whole, _) = read(&shop, None).await;
        shop.server.faults().by_chance(Chance {
            seed,
            per_million: 400_000,
            faults: Vec::new(),
        });
        let (mut orders, mut cursor, mut failed): (Vec<ShopOrder>, Option<Cursor>, u32) =
            (Vec::new(), None, 0);
        loop {
            match shop.client.order_page(None, cursor.as_ref()).await {
                Err(failure) => {
                    failed += 1;
                    assert!(
                        failed < 200 && failure.kind == FailureKind::Later,
                        "{failure}"
                    );
                }
                Ok(page) => {
                    orders.extend(page.orders);
                    match page.next {
                        Some(next) => cursor = Some(next),
                        None => break,
                    }
                }
            }
        }
        assert_eq!(by_id(orders), by_id(whole), "seed {seed}");
    }
}

#[tokio::test]
async fn an_order_that_changes_between_two_pages_is_not_lost() {
    for seed in 0..4 {
        let mut shop = ordered(330);
        shop.configure(|current| {
            *current = Settings {
                highest_limit: Some(50),
                ..settings(seed)
            };
        });
        let before: BTreeSet<String> = (1000..1330).map(|number| format!("N{number}")).collect();
        let (mut mirror, mut cursor, mut pages) = (BTreeMap::new(), None, 0);
        let as_of = loop {
            let page = shop.client.order_page(None, cursor.as_ref()).await.unwrap();
            mirror.extend(by_id(page.orders));
            pages += 1;
            shop.server.clock().advance(60_000);
            for nth in 0..20 {
                // Orders that were read, that are just to come, and that come last.
                let number = 1000 + (seed * 7 + pages * 100 - 10 + nth) % 330;
                let note = format!("Noted {pages}");
                let on = format!("N{number}");
                shop.server.edit(&Edit::NoteOrder { on, note }).unwrap();
            }
            place(&shop, json!([{ "SKU": "SHIRT-S", "Quantity": "1" }]));
            // With and without a restart of the program.
            if seed % 2 == 0 {
                shop.reopen();
            }
            match page.next {
                Some(next) => cursor = Some(next),
                None => break page.as_of.unwrap(),
            }
        };
        assert!(pages >= 4);
        let missing = before.iter().find(|id| !mirror.contains_key(*id));
        assert_eq!(missing, None, "seed {seed}");
        mirror.extend(by_id(read(&shop, Some(as_of)).await.0));
        assert_eq!(mirror, by_id(read(&shop, None).await.0), "seed {seed}");
    }
}

#[tokio::test]
async fn an_order_that_leaves_the_list_while_its_ids_are_read_shifts_no_other_out_of_sight() {
    let shop = ordered(120);
    shop.configure(|settings| settings.highest_limit = Some(7));
    let is_read = std::cell::Cell::new(false);
    let reading = async {
        let orders = read(&shop, None).await.0;
        is_read.set(true);
        orders
    };
    let merchant = async {
        for number in 1000..1005 {
            let asked = shop.count("GetOrder");
            while shop.count("GetOrder") < asked + 2 && !is_read.get() {
                tokio::task::yield_now().await;
            }
            let row = json!({ "OrderID": format!("N{number}"), "OrderStatus": "Quote" });
            write(&shop, row);
        }
    };
    let (orders, ()) = tokio::join!(reading, merchant);
    let read = by_id(orders);
    for number in 1005..1120 {
        assert!(
            read.contains_key(&format!("N{number}")),
            "N{number} was lost"
        );
    }
}

#[tokio::test]
async fn what_is_read_time_after_time_is_what_the_shop_has() {
    for seed in 0..8 {
        let shop = Practice::of(&Catalogue::new(seed, 30), settings(seed));
        let items = shop.all(None).await;
        let single = items.iter().find(|item| !item.is_parent).unwrap();
        let (mut mirror, mut since) = (BTreeMap::new(), None);
        for round in 0..6 {
            let (orders, as_of) = read(&shop, since).await;
            mirror.extend(by_id(orders));
            since = Some(as_of);
            shop.server.clock().advance(977_000 * (round + 1));
            let line = Ordered {
                on: single.sku.clone(),
                quantity: 2,
            };
            let order = Edit::PlaceOrder {
                lines: vec![line],
                email: "paula@example.com".into(),
            };
            // The merchant may have taken the product away meanwhile.
            let _ = shop.server.edit(&order);
            let chance = seed * 100 + u64::try_from(round).unwrap();
            shop.server.edit_by_chance(chance, 40);
        }
        mirror.extend(by_id(read(&shop, since).await.0));
        assert!(mirror.len() > 1, "seed {seed}");
        assert_eq!(mirror, by_id(read(&shop, None).await.0), "seed {seed}");
    }
}

#[tokio::test]
async fn a_cursor_of_something_else_is_refused() {
    let shop = Practice::plain(400);
    let page = shop.client.page(&Reading::default(), None).await.unwrap();
    for cursor in [page.next.unwrap(), Cursor("eyJ".to_owned())] {
        let answered = shop.client.order_page(None, Some(&cursor)).await;
        assert_eq!(kind(&answered), FailureKind::Rejected);
    }
}

#[tokio::test]
async fn a_thousand_orders_take_few_requests() {
    let shop = ordered(1_000);
    assert_eq!(read(&shop, None).await.0.len(), 1_000);
    let (orders, items) = (shop.count("GetOrder"), shop.count("GetItem"));
    println!("1,000 orders: {orders} requests of orders, {items} of items");
    // Two passes of ids with their empty last pages, then a hundred orders at a time; and a look at the time.
    assert_eq!((orders, items), (14, 1));
    let now = Timestamp(shop.server.clock().now().0);
    assert_eq!(read(&shop, Some(now)).await.0, []);
    assert_eq!(shop.count("GetOrder"), orders + 2);
}
