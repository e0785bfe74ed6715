//! What an order holds.

use domain::channel::{
    Address, Customer, OrderPayment, OrderState, OrderTotals, Parcel, PaymentState, ShopOrder,
    ShopOrderLine, ShopShipment,
};
use domain::values::Decimal;

use super::envelope::moment;
use super::loose::{Object, flag, rows};
use super::order_row::{OrderRow, first_told, told};
use crate::failure::Answered;

/// Every status that is documented for orders, with what it means.
pub(super) const STATUSES: [(&str, OrderState); 11] = [
    ("New", OrderState::Open),
    ("Pick", OrderState::Open),
    ("Pack", OrderState::Open),
    ("Pending Pickup", OrderState::Open),
    ("Backorder Approved", OrderState::Open),
    ("On Hold", OrderState::OnHold),
    ("New Backorder", OrderState::OnHold),
    ("Uncommitted", OrderState::OnHold),
    ("Pending Dispatch", OrderState::PartShipped),
    ("Dispatched", OrderState::Shipped),
    ("Cancelled", OrderState::Cancelled),
];

/// The order as the rest of the program knows it.
///
/// The shop tells neither a currency nor when an order was called off, and names what was ordered by its SKU alone. Of
/// an order that was called off nothing is wanted but what was sent before.
pub(super) fn order(row: &OrderRow) -> Answered<ShopOrder> {
    let object = &row.object;
    let dates = ["DatePlaced", "DateUpdated"].map(|name| moment(&told(object, name)));
    let [placed, updated] = match dates {
        [None, None] => return Err(row.unread("DatePlaced")),
        [placed, updated] => {
            [placed.or(updated), updated.or(placed)].map(Option::unwrap_or_default)
        }
    };
    let state_there = told(object, "OrderStatus");
    let rows = row.parts("OrderLine")?;
    let rows = rows.ok_or_else(|| row.unread("OrderLine"))?;
    let mut lines = Vec::with_capacity(rows.len());
    let mut goods = 0_i64;
    for (at, of) in rows.iter().enumerate() {
        let (line, amount) = line(row, of, at)?;
        goods = goods.saturating_add(amount);
        lines.push(line);
    }
    let is_held = !told(object, "OnHoldType").is_empty();
    let state = state(&state_there, is_held, &lines);
    if state == OrderState::Cancelled {
        lines.iter_mut().for_each(|line| line.wanted = line.shipped);
    }
    let payments = payments(row)?;
    let totals = totals(row, goods, payments.as_deref().unwrap_or_default())?;
    let is_known = payments.is_some() && !told(object, "GrandTotal").is_empty();
    Ok(ShopOrder {
        remote_id: row.id.clone(),
        number: row.id.clone(),
        state,
        state_there,
        payment: if is_known {
            payment(&totals)
        } else {
            PaymentState::Unknown
        },
        placed_at: placed,
        updated_at: updated,
        cancelled_at: None,
        split_from: told(object, "RelatedOrderID"),
        currency: String::new(),
        tax_included: flag(&told(object, "TaxInclusive")).unwrap_or_default(),
        totals,
        customer: customer(object),
        ship_to: address(object, "Ship"),
        bill_to: address(object, "Bill"),
        shipping: told(object, "ShippingOption"),
        note: told(object, "DeliveryInstruction"),
        internal_note: internal_note(object),
        tags: Vec::new(),
        payments: payments.unwrap_or_default(),
        shipments: shipments(object, state, &rows, &lines),
        lines,
    })
}

/// What a status means. One that is not documented says nothing: what was sent does.
fn state(word: &str, is_held: bool, lines: &[ShopOrderLine]) -> OrderState {
    let known = STATUSES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    let sent = || match lines.iter().any(|line| line.shipped > 0) {
        false => OrderState::Open,
        true if lines.iter().all(|line| line.shipped >= line.ordered) => OrderState::Shipped,
        true => OrderState::PartShipped,
    };
    match known.map_or_else(sent, |(_, state)| *state) {
        OrderState::Open if is_held => OrderState::OnHold,
        state => state,
    }
}

/// A line, and what it comes to after its discount.
///
/// A part of a unit is wanted like a whole one, and counts as sent only when the whole line was: what is told is never
/// less than what is to be sent, nor more than what was. The amount is that of the exact quantity. A discount is told
/// in percent and as an amount; as nothing says that the two add up, the larger one counts.
fn line(row: &OrderRow, of: &Object, at: usize) -> Answered<(ShopOrderLine, i64)> {
    let quantity = row.number(of, "Quantity")?.units();
    let sent = row.number(of, "QuantityShipped")?.units();
    let price = row.money(of, "UnitPrice")?;
    let full = share(price, quantity, Decimal::SCALE);
    let percent = row.taken_off(of, "PercentDiscount")?;
    let percent = share(full, percent, 100 * Decimal::SCALE).saturating_abs();
    let discount = row.taken_off(of, "ProductDiscount")?.max(percent);
    let ordered = whole_up(quantity).max(0);
    let sent_whole = sent.div_euclid(Decimal::SCALE).max(0);
    let shipped = match sent >= quantity {
        true => sent_whole.max(ordered),
        false => sent_whole,
    };
    let id = told(of, "OrderLineID");
    let line = ShopOrderLine {
        remote_id: match id.is_empty() {
            true => format!("{}-{at}", row.id),
            false => id,
        },
        item: String::new(),
        sku: told(of, "SKU"),
        title: told(of, "ProductName"),
        ordered,
        wanted: ordered,
        shipped,
        is_sent: true,
        price,
        discount,
        tax: row.money(of, "Tax")?,
    };
    Ok((line, full.saturating_sub(discount)))
}

/// The whole number that is not below these ten-thousandths.
fn whole_up(units: i64) -> i64 {
    let has_part = units.rem_euclid(Decimal::SCALE) > 0;
    units.div_euclid(Decimal::SCALE) + i64::from(has_part)
}

/// So many parts of an amount, half away from zero.
fn share(amount: i64, parts: i64, of: i64) -> i64 {
    let (product, of) = (i128::from(amount) * i128::from(parts), i128::from(of));
    let half = product.signum() * of / 2;
    let most = if product < 0 { i64::MIN } else { i64::MAX };
    i64::try_from((product + half) / of).unwrap_or(most)
}

/// What was paid; nothing where the shop does not tell it.
fn payments(row: &OrderRow) -> Answered<Option<Vec<OrderPayment>>> {
    let Some(rows) = row.parts("OrderPayment")? else {
        return Ok(None);
    };
    let payment = |of: &&Object| {
        Ok(OrderPayment {
            remote_id: first_told(of, &["Id", "ID"]),
            method: told(of, "PaymentType"),
            amount: row.money(of, "Amount")?,
            at: moment(&told(of, "DatePaid")),
        })
    };
    rows.iter().map(payment).collect::<Answered<_>>().map(Some)
}

fn totals(row: &OrderRow, goods: i64, payments: &[OrderPayment]) -> Answered<OrderTotals> {
    let money = |name: &str| row.money(&row.object, name);
    let off = |name: &str| row.taken_off(&row.object, name);
    let amounts = payments.iter().map(|payment| payment.amount);
    let sum = |amounts: &mut dyn Iterator<Item = i64>| amounts.fold(0, i64::saturating_add);
    Ok(OrderTotals {
        goods,
        discount: off("CouponDiscount")?.saturating_add(off("ShippingDiscount")?),
        shipping: money("ShippingTotal")?,
        surcharge: money("SurchargeTotal")?,
        tax: money("OrderTax")?,
        total: money("GrandTotal")?,
        paid: sum(&mut amounts.clone().filter(|amount| *amount > 0)),
        refunded: sum(&mut amounts.filter(|amount| *amount < 0)).saturating_neg(),
    })
}

/// How far it is paid. Nothing is owed of an order that costs nothing.
fn payment(totals: &OrderTotals) -> PaymentState {
    let kept = totals.paid.saturating_sub(totals.refunded);
    match (kept >= totals.total, kept > 0, totals.refunded > 0) {
        (true, _, _) => PaymentState::Paid,
        (false, true, true) => PaymentState::PartRefunded,
        (false, false, true) => PaymentState::Refunded,
        (false, true, false) => PaymentState::PartPaid,
        (false, false, false) => PaymentState::Pending,
    }
}

fn customer(object: &Object) -> Customer {
    let names = ["Bill", "Ship"].map(|prefix| name(object, prefix));
    Customer {
        remote_id: told(object, "Username"),
        name: names
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default(),
        email: told(object, "Email"),
        phone: first_told(object, &["BillPhone", "ShipPhone"]),
    }
}

/// First and last name.
fn name(object: &Object, prefix: &str) -> String {
    let parts = ["FirstName", "LastName"].map(|part| told(object, &format!("{prefix}{part}")));
    parts.join(" ").trim().to_owned()
}

/// An address, which is answered flat. A country alone is none: a shop has one by itself.
fn address(object: &Object, prefix: &str) -> Option<Address> {
    let part = |part: &str| told(object, &format!("{prefix}{part}"));
    let address = Address {
        name: name(object, prefix),
        company: part("Company"),
        street: part("StreetLine1"),
        street2: part("StreetLine2"),
        postcode: part("PostCode"),
        city: part("City"),
        region: part("State"),
        country: String::new(),
        phone: part("Phone"),
    };
    (address != Address::default()).then(|| Address {
        country: part("Country"),
        ..address
    })
}

/// What the staff noted on the order, and what they stuck onto it.
fn internal_note(object: &Object) -> String {
    let stuck = object.get("StickyNotes");
    let stuck = stuck
        .map(|stuck| rows(stuck, "StickyNote"))
        .unwrap_or_default();
    let joined = |note: &Object| {
        let parts = ["Title", "Description"].map(|part| told(note, part));
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(": ")
    };
    let mut notes = vec![told(object, "InternalOrderNotes")];
    notes.extend(stuck.into_iter().map(joined));
    notes.retain(|note| !note.is_empty());
    notes.join("\n")
}

/// What was sent, by tracking number and carrier. The shop tells when an order was completed, which is when it was sent
/// if all of it went at once.
fn shipments(
    object: &Object,
    state: OrderState,
    rows: &[&Object],
    lines: &[ShopOrderLine],
) -> Vec<ShopShipment> {
    let mut shipments: Vec<(Parcel, ShopShipment)> = Vec::new();
    for (of, line) in rows.iter().zip(lines).filter(|(_, line)| line.shipped > 0) {
        let names = [
            "ShippingMethod",
            "ShippingCarrierName",
            "ShippingServiceName",
        ];
        let parcel = Parcel {
            carrier: first_told(of, &names),
            number: told(of, "ShippingTracking"),
            url: told(of, "ShippingTrackingUrl"),
        };
        let content = (line.remote_id.clone(), line.shipped);
        let same = |(other, _): &&mut (Parcel, ShopShipment)| {
            (&other.carrier, &other.number) == (&parcel.carrier, &parcel.number)
        };
        match shipments.iter_mut().find(same) {
            Some((_, shipment)) => shipment.contents.push(content),
            None => {
                let is_tracked = !parcel.number.is_empty();
                let shipment = ShopShipment {
                    remote_id: String::new(),
                    at: None,
                    is_cancelled: false,
                    parcels: Vec::from_iter(is_tracked.then(|| parcel.clone())),
                    contents: vec![content],
                };
                shipments.push((parcel, shipment));
            }
        }
    }
    if let ([(_, only)], OrderState::Shipped) = (&mut shipments[..], state) {
        only.at = moment(&told(object, "DateCompletedUTC"));
    }
    shipments
        .into_iter()
        .map(|(_, shipment)| shipment)
        .collect()
}
#[cfg(test)]
mod tests {
    use domain::channel::{OrderState, PaymentState, ShopOrder};
    use domain::values::Timestamp;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::{OrderRow, STATUSES, order};
    use crate::failure::{Answered, FailureKind};
    use crate::maropost::order_row::SELECTORS;

    fn read(record: &Json) -> Answered<ShopOrder> {
        order(&OrderRow::of(record.as_object().unwrap().clone())?)
    }

    /// An order with these differences from a plain one of two shirts.
    fn with(changes: Json) -> Json {
        let mut order = json!({
            "OrderID": "N10155",
            "OrderStatus": "Pick",
            "TaxInclusive": "True",
            "GrandTotal": "66.95",
            "OrderTax": "6.09",
            "ShippingTotal": "7.05",
            "DatePlaced": "2025-11-01 00:48:47",
            "DateUpdated": "2025-11-01 02:00:00",
            "OrderPayment": [{"Id": "1653", "Amount": "66.95", "PaymentType": "PayPal Checkout"}],
            "OrderLine": [line(json!({}))],
        });
        for (name, value) in changes.as_object().unwrap() {
            order[name] = value.clone();
        }
        order
    }

    fn line(changes: Json) -> Json {
        let mut line = json!({
            "OrderLineID": "N10155-0",
            "SKU": "SHIRT-S",
            "ProductName": "Shirt [Size: Small]",
            "Quantity": "2.000",
            "QuantityShipped": "0",
            "UnitPrice": "29.95000000",
            "Tax": "5.45",
        });
        for (name, value) in changes.as_object().unwrap() {
            line[name] = value.clone();
        }
        line
    }

    fn lines(changes: &[Json]) -> Json {
        let lines = changes.iter().map(|changes| line(changes.clone()));
        json!({ "OrderLine": lines.collect::<Vec<_>>() })
    }

    #[test]
    fn a_plain_order_is_read() {
        let order = read(&with(json!({}))).unwrap();
        assert_eq!((&*order.remote_id, &*order.number), ("N10155", "N10155"));
        assert_eq!(
            (order.state, &*order.state_there),
            (OrderState::Open, "Pick")
        );
        assert_eq!(order.payment, PaymentState::Paid);
        assert_eq!(order.placed_at, Timestamp(1_761_958_127_000));
        let totals = order.totals;
        assert_eq!((totals.goods, totals.shipping), (599_000, 70_500));
        assert_eq!(
            (totals.total, totals.paid, totals.tax),
            (669_500, 669_500, 60_900)
        );
        let line = &order.lines[0];
        assert_eq!((line.ordered, line.wanted, line.shipped), (2, 2, 0));
        assert_eq!((line.price, line.tax, &*line.item), (299_500, 54_500, ""));
        assert_eq!((order.ship_to, order.bill_to), (None, None));
        assert!(order.tax_included && order.shipments.is_empty() && order.currency.is_empty());
    }

    #[test]
    fn an_order_that_was_split_off_names_the_one_that_it_was_part_of() {
        let changes = json!({"RelatedOrderID": "N10154", "OrderStatus": "New Backorder"});
        let order = read(&with(changes)).unwrap();
        assert_eq!(
            (&*order.split_from, order.state),
            ("N10154", OrderState::OnHold)
        );
        assert_eq!(read(&with(json!({}))).unwrap().split_from, "");
    }

    #[test]
    fn the_status_says_how_far_it_is_and_else_what_was_sent_does() {
        for (word, state) in STATUSES {
            let there = read(&with(json!({ "OrderStatus": word }))).unwrap();
            assert_eq!((there.state, &*there.state_there), (state, word));
        }
        let sent = |first: u8, second: u8| {
            let mut changes = lines(&[
                json!({"QuantityShipped": first}),
                json!({"QuantityShipped": second}),
            ]);
            changes["OrderStatus"] = json!("Declined");
            read(&with(changes)).unwrap().state
        };
        assert_eq!(sent(0, 0), OrderState::Open);
        assert_eq!(sent(2, 0), OrderState::PartShipped);
        assert_eq!(sent(2, 2), OrderState::Shipped);
        let held = |word: &str| {
            let changes = json!({"OrderStatus": word, "OnHoldType": "Layby"});
            read(&with(changes)).unwrap().state
        };
        assert_eq!(held("Pick"), OrderState::OnHold);
        assert_eq!(held("Dispatched"), OrderState::Shipped);
    }

    #[test]
    fn of_a_cancelled_order_nothing_is_wanted_but_what_was_sent() {
        let mut changes = lines(&[json!({"QuantityShipped": "1"}), json!({})]);
        changes["OrderStatus"] = json!("Cancelled");
        let order = read(&with(changes)).unwrap();
        let counts = order
            .lines
            .iter()
            .map(|line| (line.ordered, line.wanted, line.shipped));
        assert_eq!(counts.collect::<Vec<_>>(), [(2, 1, 1), (2, 0, 0)]);
    }

    #[test]
    fn payments_are_summed_and_held_against_the_total() {
        let state = |amounts: &[&str], total: &str| {
            let rows = amounts.iter().map(|amount| json!({ "Amount": amount }));
            let rows: Vec<Json> = rows.collect();
            let order = read(&with(json!({"OrderPayment": rows, "GrandTotal": total}))).unwrap();
            (order.payment, order.totals.paid, order.totals.refunded)
        };
        assert_eq!(state(&[], "66.95"), (PaymentState::Pending, 0, 0));
        assert_eq!(state(&[], "0.00"), (PaymentState::Paid, 0, 0));
        assert_eq!(
            state(&["10", "5.50"], "66.95"),
            (PaymentState::PartPaid, 155_000, 0)
        );
        assert_eq!(
            state(&["60", "6.95"], "66.95"),
            (PaymentState::Paid, 669_500, 0)
        );
        assert_eq!(
            state(&["66.95", "-10"], "66.95"),
            (PaymentState::PartRefunded, 669_500, 100_000)
        );
        assert_eq!(
            state(&["66.95", "-66.95"], "66.95").0,
            PaymentState::Refunded
        );
        let mut silent = with(json!({}));
        silent.as_object_mut().unwrap().remove("OrderPayment");
        assert_eq!(read(&silent).unwrap().payment, PaymentState::Unknown);
        assert_eq!(
            read(&with(json!({"GrandTotal": ""}))).unwrap().payment,
            PaymentState::Unknown
        );
    }

    #[test]
    fn a_discount_is_taken_off_once_however_it_is_told() {
        let discount = |percent: &str, amount: &str| {
            let changes = lines(&[json!({"PercentDiscount": percent, "ProductDiscount": amount})]);
            let order = read(&with(changes)).unwrap();
            (order.lines[0].discount, order.totals.goods)
        };
        assert_eq!(discount("10.00", "0.00"), (59_900, 539_100));
        assert_eq!(discount("0.00", "5.00"), (50_000, 549_000));
        assert_eq!(discount("0.00", "-5.00"), (50_000, 549_000));
        assert_eq!(discount("10.00", "5.99"), (59_900, 539_100));
        let order = read(&with(
            json!({"CouponDiscount": "5.00", "ShippingDiscount": "2.00"}),
        ));
        assert_eq!(order.unwrap().totals.discount, 70_000);
    }

    #[test]
    fn a_part_of_a_unit_is_wanted_whole_and_sent_when_all_is() {
        let counts = |quantity: &str, sent: &str| {
            let changes = lines(&[json!({"Quantity": quantity, "QuantityShipped": sent})]);
            let order = read(&with(changes)).unwrap();
            (
                order.lines[0].wanted,
                order.lines[0].shipped,
                order.totals.goods,
            )
        };
        assert_eq!(counts("2.5", "0"), (3, 0, 748_750));
        assert_eq!(counts("2.5", "1.75"), (3, 1, 748_750));
        assert_eq!(counts("2.5", "2.5"), (3, 3, 748_750));
        assert_eq!(counts("2", "3"), (2, 3, 599_000));
        assert_eq!(counts("-1", "0").0, 0);
    }

    #[test]
    fn what_was_sent_is_grouped_by_parcel() {
        let sent = |id: &str, number: &str| json!({"OrderLineID": id, "QuantityShipped": "2", "ShippingMethod": "StarTrack", "ShippingTracking": number});
        let changes = lines(&[
            sent("0", "S1"),
            sent("1", "S2"),
            sent("2", "S1"),
            sent("3", ""),
            json!({}),
        ]);
        let order = read(&with(changes)).unwrap();
        let shipments = order.shipments.iter().map(|shipment| {
            let numbers = shipment.parcels.iter().map(|parcel| &*parcel.number);
            let ids = shipment.contents.iter().map(|(id, count)| (&**id, *count));
            (numbers.collect::<Vec<_>>(), ids.collect::<Vec<_>>())
        });
        assert_eq!(
            shipments.collect::<Vec<_>>(),
            [
                (vec!["S1"], vec![("0", 2), ("2", 2)]),
                (vec!["S2"], vec![("1", 2)]),
                (vec![], vec![("3", 2)]),
            ]
        );
        let mut all = lines(&[sent("0", "S1")]);
        all["OrderStatus"] = json!("Dispatched");
        all["DateCompletedUTC"] = json!("2025-11-01 02:00:00");
        let at = read(&with(all)).unwrap().shipments[0].at;
        assert_eq!(at, Some(Timestamp(1_761_962_400_000)));
    }

    #[test]
    fn an_order_that_cannot_be_read_is_named() {
        let mut without_lines = with(json!({}));
        without_lines.as_object_mut().unwrap().remove("OrderLine");
        for record in [
            with(json!({"GrandTotal": "free"})),
            with(json!({"GrandTotal": {"Amount": "1"}})),
            with(json!({"OrderPayment": [{"Amount": "1,5"}]})),
            with(json!({"OrderPayment": ["66.95"]})),
            with(lines(&[json!({"Quantity": "two"})])),
            with(json!({"OrderLine": [{"OrderLine": [7]}]})),
            with(json!({"DatePlaced": "", "DateUpdated": "0000-00-00 00:00:00"})),
            without_lines,
        ] {
            let failure = read(&record).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Broken);
            assert!(failure.message.contains("N10155"), "{failure}");
        }
        for id in [json!(""), json!(null), json!(["N1"])] {
            assert!(read(&with(json!({ "OrderID": id }))).is_err());
        }
        let undated = read(&with(json!({"DatePlaced": "soon"}))).unwrap();
        assert_eq!(undated.placed_at, undated.updated_at);
    }

    #[test]
    fn notes_of_the_staff_are_read_in_their_shapes() {
        let note = json!({"StickyNoteID": "518", "Title": "Call first", "Description": "Twice"});
        for (notes, read_as) in [
            (json!(""), "Fragile"),
            (json!({"StickyNote": ""}), "Fragile"),
            (note.clone(), "Fragile\nCall first: Twice"),
            (
                json!([note, {"Title": "Late"}]),
                "Fragile\nCall first: Twice\nLate",
            ),
        ] {
            let changes = json!({"InternalOrderNotes": "Fragile", "StickyNotes": notes});
            assert_eq!(read(&with(changes)).unwrap().internal_note, read_as);
        }
    }

    /// Any JSON, with the names and the texts that are looked for among what chance makes.
    fn any_json() -> impl Strategy<Value = Json> {
        let texts = vec![
            "",
            "N1",
            "True",
            "-1",
            "0.5",
            "99999999999.9999",
            "-99999999999.99995",
            "Cancelled",
            "2025-11-01 02:00:00",
            "9999-12-31 23:59:59",
            "1e9",
            "ä.12345678",
            "-",
        ];
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            any::<f64>().prop_map(Json::from),
            prop::sample::select(texts).prop_map(Json::from),
            ".{0,12}".prop_map(Json::from),
        ];
        let columns = [
            "OrderLineID",
            "Id",
            "Amount",
            "DatePaid",
            "BillCity",
            "Title",
        ];
        let names = SELECTORS
            .iter()
            .map(|name| name.trim_start_matches("OrderLine."));
        let names: Vec<String> = names.chain(columns).map(str::to_owned).collect();
        leaf.prop_recursive(4, 64, 6, move |inner| {
            let name = prop::sample::select(names.clone());
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
                prop::collection::btree_map(name, inner, 0..8)
                    .prop_map(|map| Json::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_json_in_place_of_an_order_ends_in_more_than_a_refusal(
            any in any_json(), name in prop::sample::select(SELECTORS), part in any_json(),
        ) {
            if let Json::Object(object) = any {
                let _ = OrderRow::of(object).and_then(|row| order(&row));
            }
            let name = name.trim_start_matches("OrderLine.");
            let _ = read(&with(json!({ name: part })));
            let _ = read(&with(lines(&[json!({ name: part }), json!({})])));
        }

        #[test]
        fn never_is_more_sent_than_was_and_never_less_wanted_than_is(
            quantity in -100_000i64..1_000_000, sent in 0i64..1_000_000,
        ) {
            let shown = |units: i64| domain::values::Decimal::from_units(units).to_string();
            let changes = lines(&[json!({"Quantity": shown(quantity), "QuantityShipped": shown(sent)})]);
            let line = read(&with(changes)).unwrap().lines.remove(0);
            prop_assert!(line.wanted * 10_000 >= quantity);
            prop_assert_eq!(line.shipped >= line.wanted, sent >= quantity);
            prop_assert!(line.shipped * 10_000 <= sent || line.shipped == line.ordered);
        }
    }
}
