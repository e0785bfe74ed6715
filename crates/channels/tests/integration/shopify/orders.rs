//! Reading orders: all of them, and what changed.

use std::collections::BTreeMap;

use channels::channel::Cursor;
use channels::orders::Orders as _;
use channels::shopify::Shopify;
use domain::channel::{OrderState, PaymentState, ShopOrder};
use domain::values::Timestamp;
use sandbox::shopify::ShopifyOptions;
use sandbox::{Catalogue, Edit, Fault, Ordered};

use super::Practice;

fn practice(orders: u64) -> Practice {
    let mut options = ShopifyOptions::new(Catalogue::new(7, 60));
    options.orders = orders;
    options.bucket = 1e9;
    Practice::with(options)
}

/// What a reading brought: of an order that came twice the newer one.
#[derive(Debug, Default)]
struct Read {
    orders: BTreeMap<String, ShopOrder>,
    as_of: Option<Timestamp>,
    pages: usize,
}

impl Read {
    fn add(&mut self, orders: Vec<ShopOrder>) {
        for order in orders {
            self.orders.insert(order.remote_id.clone(), order);
        }
    }
}

/// Reads to the end; `between` happens after each page but the last.
async fn read(shop: &Shopify, since: Option<Timestamp>, mut between: impl FnMut(&Read)) -> Read {
    let mut read = Read::default();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = shop.order_page(since, cursor.as_ref()).await.unwrap();
        assert_eq!(page.unread, []);
        read.add(page.orders);
        read.pages += 1;
        match page.next {
            Some(next) => cursor = Some(next),
            None => {
                read.as_of = page.as_of;
                return read;
            }
        }
        between(&read);
    }
}

async fn all(practice: &Practice) -> Read {
    read(&practice.channel, None, |_| {}).await
}

/// What changed since then; a second passes before, as far as which times go.
async fn changed(practice: &Practice, since: Option<Timestamp>) -> Vec<ShopOrder> {
    let read = read(&practice.channel, since, |_| {}).await;
    let changed = read.orders.into_values();
    changed
        .filter(|order| Some(order.updated_at) > since)
        .collect()
}

#[tokio::test]
async fn every_order_comes_once_with_all_of_its_lines_and_adds_up() {
    let practice = practice(120);
    let read = all(&practice).await;
    let journal = practice.server.journal().all();
    println!(
        "120 orders: {} requests, {} points, {} pages",
        journal.requests, journal.points, read.pages
    );
    assert_eq!(read.orders.len(), 120);
    let longest = read.orders.values().map(|order| order.lines.len()).max();
    assert!(longest > Some(20), "an order has more lines than an answer");
    let mut differ = 0;
    for order in read.orders.values() {
        assert!(
            order.number.starts_with('#') && !order.lines.is_empty(),
            "{order:?}"
        );
        let totals = order.totals;
        let added = if order.tax_included { 0 } else { totals.tax };
        assert_eq!(
            totals.total,
            totals.goods + totals.shipping + added,
            "{order:?}"
        );
        let lines = order.lines.iter();
        let goods: i64 = lines
            .map(|line| line.price * line.ordered - line.discount)
            .sum();
        let is_as_placed =
            totals.refunded == 0 && order.lines.iter().all(|line| line.ordered == line.wanted);
        // A discount of a whole order is shared out among single units and rounded there.
        let is_near = (goods - totals.goods).abs() <= 100 * 2_000;
        differ += usize::from(is_as_placed && goods != totals.goods);
        assert!(
            is_near || !is_as_placed || order.state == OrderState::Cancelled,
            "{order:?}"
        );
        for line in &order.lines {
            assert!(line.shipped <= line.wanted && line.wanted <= line.ordered.max(line.wanted));
            assert!(
                line.price >= 0 && line.discount >= 0 && line.tax >= 0,
                "{line:?}"
            );
        }
    }
    println!("{differ} orders whose lines do not add up to the last cent");
    let states = |state: OrderState| {
        read.orders
            .values()
            .filter(|one| one.state == state)
            .count()
    };
    for state in [
        OrderState::Open,
        OrderState::PartShipped,
        OrderState::Shipped,
        OrderState::Cancelled,
    ] {
        assert!(states(state) > 0, "no order is {state:?}");
    }
    let has = |what: &dyn Fn(&ShopOrder) -> bool| read.orders.values().any(what);
    assert!(has(&|order| order.ship_to.is_none()));
    assert!(has(&|order| order.customer.remote_id.is_empty()));
    assert!(has(&|order| order
        .lines
        .iter()
        .any(|line| line.item.is_empty())));
    assert!(has(&|order| order.payment == PaymentState::Paid));
    assert!(has(&|order| order
        .shipments
        .iter()
        .any(|one| !one.parcels.is_empty())));
}

/// An order that a customer placed just now.
async fn place(practice: &Practice, since: Option<Timestamp>) -> ShopOrder {
    let ordered = |on: &str, quantity| Ordered {
        on: on.to_owned(),
        quantity,
    };
    let place = Edit::PlaceOrder {
        lines: vec![ordered("DM-000004", 3), ordered("DM-000005", 1)],
        email: "kim@example.com".to_owned(),
    };
    practice.server.edit(&place).unwrap();
    let mut placed = changed(practice, since).await;
    assert_eq!(placed.len(), 1, "one order is new: {placed:#?}");
    placed.remove(0)
}

/// The order after something was done to it, once some time has passed.
async fn after(practice: &Practice, order: &ShopOrder, edit: &Edit) -> ShopOrder {
    practice.server.clock().advance(2_000);
    practice.server.edit(edit).unwrap();
    practice.server.clock().advance(10_000);
    let mut read = changed(practice, Some(order.updated_at)).await;
    assert_eq!(read.len(), 1, "one order changed: {read:#?}");
    read.remove(0)
}

#[tokio::test]
async fn what_happens_to_an_order_comes_with_the_next_reading() {
    let practice = practice(30);
    let since = all(&practice).await.as_of;
    assert_eq!(changed(&practice, since).await, []);
    let order = place(&practice, since).await;
    assert_eq!(
        (order.state, order.payment),
        (OrderState::Open, PaymentState::Paid)
    );
    assert_eq!(order.customer.email, "kim@example.com");
    assert_eq!(order.lines[0].sku, "DM-000004");
    assert_eq!((order.lines[0].ordered, order.lines[0].shipped), (3, 0));
    assert!(!order.lines[0].item.is_empty());
    let on = || order.remote_id.clone();
    let note = "Ring twice".to_owned();
    let order = after(&practice, &order, &Edit::NoteOrder { on: on(), note }).await;
    assert_eq!(order.note, "Ring twice");
    let fewer = Edit::ChangeOrderQuantity {
        on: on(),
        line: 0,
        quantity: 2,
    };
    let order = after(&practice, &order, &fewer).await;
    assert_eq!((order.lines[0].ordered, order.lines[0].wanted), (3, 2));
    let elsewhere = Edit::ReaddressOrder {
        on: on(),
        street: "Quay 1".to_owned(),
        city: "Cork".to_owned(),
        zip: "T12".to_owned(),
    };
    let order = after(&practice, &order, &elsewhere).await;
    let street = order.ship_to.as_ref().map(|to| to.street.as_str());
    assert_eq!(street, Some("Quay 1"));
    let reason = "Address".to_owned();
    let order = after(&practice, &order, &Edit::HoldOrder { on: on(), reason }).await;
    assert_eq!(order.state, OrderState::OnHold);
}

#[tokio::test]
async fn an_order_that_is_called_off_is_paid_back() {
    let practice = practice(30);
    let order = place(&practice, all(&practice).await.as_of).await;
    let on = order.remote_id.clone();
    let cancel = Edit::CancelOrder {
        on: on.clone(),
        restock: true,
        refund: true,
    };
    let order = after(&practice, &order, &cancel).await;
    assert_eq!(
        (order.state, order.payment),
        (OrderState::Cancelled, PaymentState::Refunded)
    );
    assert!(order.cancelled_at.is_some());
    let paid: i64 = order.payments.iter().map(|payment| payment.amount).sum();
    assert_eq!(paid, 0, "{:#?}", order.payments);
    let ids = [on, "gid://shopify/Order/1".to_owned()];
    let read = practice.channel.read_orders(&ids).await.unwrap();
    assert_eq!(read, [Ok(Some(order)), Ok(None)]);
}

#[tokio::test]
async fn shipments_come_with_their_parcels_and_contents() {
    let practice = practice(6);
    let first = all(&practice).await;
    let open = first
        .orders
        .values()
        .find(|order| order.state == OrderState::Open);
    let on = open.unwrap().remote_id.clone();
    let ship = Edit::ShipOrder {
        on: on.clone(),
        carrier: "DHL Express".to_owned(),
        number: "JD0146".to_owned(),
    };
    practice.server.edit(&ship).unwrap();
    let read = practice
        .channel
        .read_orders(std::slice::from_ref(&on))
        .await
        .unwrap();
    let order = read[0].as_ref().unwrap().as_ref().unwrap();
    assert_eq!(order.state, OrderState::Shipped, "{order:#?}");
    for line in order.lines.iter().filter(|line| line.is_sent) {
        assert_eq!(line.shipped, line.wanted, "{line:?}");
        let contents = order.shipments.iter().flat_map(|one| &one.contents);
        let sent: i64 = contents
            .filter(|(id, _)| *id == line.remote_id)
            .map(|(_, n)| n)
            .sum();
        assert_eq!(sent, line.shipped);
    }
    let mut parcels = order.shipments.iter().flat_map(|one| &one.parcels);
    let parcel = parcels.next().unwrap();
    assert_eq!(
        (parcel.carrier.as_str(), parcel.number.as_str()),
        ("DHL Express", "JD0146")
    );
}

#[tokio::test]
async fn an_order_that_changes_between_two_pages_comes_all_the_same() {
    let practice = practice(600);
    let before = all(&practice).await;
    let mut left: Vec<String> = before.orders.keys().cloned().collect();
    let mut edited = Vec::new();
    let read = read(&practice.channel, None, |read| {
        // One that came already, and one that did not.
        for came in [true, false] {
            let at = left
                .iter()
                .position(|id| read.orders.contains_key(id) == came);
            let Some(at) = at else { continue };
            let on = left.remove(at);
            practice.server.clock().advance(3_000);
            let note = format!("Note {}", edited.len());
            let edit = Edit::NoteOrder {
                on: on.clone(),
                note: note.clone(),
            };
            practice.server.edit(&edit).unwrap();
            edited.push((on, note));
        }
    })
    .await;
    assert!(edited.len() >= 4, "there are several pages");
    assert_eq!(read.orders.len(), 600);
    let missed = edited
        .iter()
        .filter(|(id, note)| read.orders[id].note != *note);
    let missed: Vec<_> = missed.collect();
    assert_eq!(
        missed,
        Vec::<&(String, String)>::new(),
        "each comes as it is in the end"
    );
}

#[tokio::test]
async fn faults_in_the_middle_lose_nothing() {
    for (fault, operation) in [
        (Fault::LostReply, "OrderPage"),
        (Fault::CutReply, "OrderPage"),
        (Fault::Throttled, "OrderPage"),
        (Fault::LostRequest, "MoreLines"),
        (
            Fault::ServerError {
                status: 503,
                done: false,
            },
            "OrderPage",
        ),
        (Fault::TooManyRequests { retry_after: None }, "MoreLines"),
    ] {
        let practice = practice(60);
        practice.fault(fault, operation);
        assert_eq!(all(&practice).await.orders.len(), 60, "{operation}");
    }
}
