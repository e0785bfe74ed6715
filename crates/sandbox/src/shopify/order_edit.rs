//! What customers and the merchant do with orders, in the shop and in Shopify's own window.

use std::sync::Arc;

use super::engine::gid;
use super::store::{
    Address, Customer, Delivery, Hold, Line, Order, PAR, Picks, RefundUnits, RefundWish, Restock,
    State, Tax, Tracking, line_of, rounded,
};
use crate::frame::{Edit, Moment, Ordered, Random};

/// One order, by chance.
pub(super) fn pick(state: &State, random: &mut Random) -> Option<String> {
    let (first, last) = (
        *state.orders.keys().next()?,
        *state.orders.keys().next_back()?,
    );
    let from = first + random.below(last - first + 1);
    let found = state.orders.range(from..).next();
    found.map(|(id, _)| gid("Order", *id))
}

/// Makes an edit of an order; nothing for an edit of something else.
pub(super) fn make(state: &mut State, edit: &Edit, now: Moment) -> Option<Result<(), String>> {
    let on = match edit {
        Edit::PlaceOrder { lines, email } => return Some(place(state, lines, email, now)),
        Edit::ChangeOrderQuantity { on, .. }
        | Edit::AddOrderLine { on, .. }
        | Edit::CancelOrder { on, .. }
        | Edit::RefundOrder { on, .. }
        | Edit::ReaddressOrder { on, .. }
        | Edit::PayOrder { on }
        | Edit::ShipOrder { on, .. }
        | Edit::HoldOrder { on, .. }
        | Edit::NoteOrder { on, .. } => on,
        _ => return None,
    };
    let Some(id) = state.order_named(on) else {
        return Some(Err(format!("There is no order {on}.")));
    };
    let before = state.orders.get(&id).cloned();
    let done = state.change_order(id, now, |state, order| change(state, order, edit, now));
    let done = done.unwrap_or(Ok(()));
    if let (Err(_), Some(before)) = (&done, before) {
        // What was refused is no update.
        state.take_order(id);
        state.put_order(*before);
    }
    Some(done)
}

fn change(state: &mut State, order: &mut Order, edit: &Edit, now: Moment) -> Result<(), String> {
    let line = |order: &Order, place: usize| {
        let found = order.lines.get(place).map(|line| line.id);
        found.ok_or_else(|| format!("The order has no line {place}."))
    };
    match edit {
        Edit::ChangeOrderQuantity {
            line: place,
            quantity,
            ..
        } => {
            let line = line(order, *place)?;
            state.set_quantity(order, line, *quantity, now)
        }
        Edit::AddOrderLine { sku, quantity, .. } => add_line(state, order, (sku, *quantity), now),
        Edit::CancelOrder {
            restock, refund, ..
        } => state.cancel(order, "CUSTOMER", (*restock, *refund), now),
        Edit::RefundOrder {
            line: place,
            quantity,
            restock,
            ..
        } => {
            let line = line(order, *place)?;
            refund(state, order, (line, *quantity, *restock), now)
        }
        Edit::ReaddressOrder {
            street, city, zip, ..
        } => readdress(state, order, [street, city, zip]),
        Edit::PayOrder { .. } => {
            let paid = state.pay(order, "manual", now);
            paid.then_some(())
                .ok_or_else(|| String::from("Nothing is owed."))
        }
        Edit::ShipOrder {
            carrier, number, ..
        } => ship(state, order, (carrier, number), now),
        Edit::HoldOrder { reason, .. } => hold(state, order, reason, now),
        Edit::NoteOrder { note, .. } => {
            order.note = (!note.is_empty()).then(|| Box::from(note.as_str()));
            Ok(())
        }
        _ => Err(String::from("That is no edit of an order.")),
    }
}

/// A line about what is for sale under an id or a SKU, with the tax of the shop's own country.
fn line(state: &mut State, on: &str, quantity: u32) -> Result<Line, String> {
    let variant = state.named(on).map(|(_, variant)| variant);
    let line = variant.and_then(|variant| line_of(state, variant));
    let Some(mut line) = line.filter(|_| quantity > 0) else {
        return Err(format!("There is no product {on} that could be ordered."));
    };
    line.id = state.number();
    line.quantity = quantity;
    if line.taxable {
        line.taxes = vec![Tax {
            title: Arc::from("MwSt."),
            rate: 190_000,
            amount: 0,
        }];
    }
    Ok(line)
}

/// A customer of the shop's own country orders, and pays at once.
fn place(state: &mut State, wishes: &[Ordered], email: &str, now: Moment) -> Result<(), String> {
    let mut lines = Vec::new();
    for wish in wishes {
        let mut line = line(state, &wish.on, wish.quantity)?;
        line.retax(true);
        lines.push(line);
    }
    if lines.is_empty() {
        return Err(String::from("An order needs a line."));
    }
    let (customer, address) = paula(state, email);
    let delivery = standard(state);
    let mut order = Order {
        id: state.number(),
        number: state.next_order(),
        source: Arc::from("web"),
        created: now,
        processed: now,
        updated: now,
        taxes_included: true,
        claims: true,
        email: (!email.is_empty()).then(|| Box::from(email)),
        currency: Arc::from(state.facts.currency.as_str()),
        rate: PAR,
        customer: Some(customer),
        shipping: Some(Arc::clone(&address)),
        billing: Some(address),
        lines,
        deliveries: vec![delivery],
        ..Order::default()
    };
    let lines: Vec<u64> = order.lines.iter().map(|line| line.id).collect();
    state.route(&mut order, &lines, now);
    state.commit(&order, now);
    state.pay(&mut order, "shopify_payments", now);
    state.put_order(order);
    Ok(())
}

/// A customer who is new in the shop, and where they live.
fn paula(state: &mut State, email: &str) -> (u64, Arc<Address>) {
    let customer = state.number();
    let words = |text: &str| (!text.is_empty()).then(|| Box::from(text));
    state.customers.insert(
        customer,
        Customer {
            first: words("Paula"),
            last: words("Muster"),
            email: words(email),
            phone: None,
        },
    );
    let address = Arc::new(Address {
        id: state.number(),
        first: words("Paula"),
        last: words("Muster"),
        address1: words("Hafenstraße 8"),
        city: words("Lübeck"),
        zip: words("23568"),
        country: words("DE"),
        ..Address::default()
    });
    (customer, address)
}

fn standard(state: &mut State) -> Delivery {
    Delivery {
        id: state.number(),
        title: Arc::from("Standard"),
        code: Some(Arc::from("standard")),
        price: 490,
        taxes: vec![Tax {
            title: Arc::from("MwSt."),
            rate: 190_000,
            amount: rounded(490, 190_000, 1_190_000),
        }],
    }
}

fn add_line(
    state: &mut State,
    order: &mut Order,
    (sku, quantity): (&str, u32),
    now: Moment,
) -> Result<(), String> {
    if order.cancelled.is_some() {
        return Err(String::from("The order is cancelled."));
    }
    let mut line = line(state, sku, quantity)?;
    line.price = order.in_own_currency(line.price);
    if order.tax_exempt {
        line.taxes.clear();
    }
    state.add_line(order, line, now);
    Ok(())
}

fn refund(
    state: &mut State,
    order: &mut Order,
    (line, units, restock): (u64, u32, bool),
    now: Moment,
) -> Result<(), String> {
    let found = order
        .line(line)
        .filter(|line| (1..=line.current()).contains(&units));
    let Some(found) = found else {
        return Err(String::from("There are not so many units left to refund."));
    };
    let mut amount = found.net_of(units);
    if !order.taxes_included {
        amount += found.tax_of(units);
    }
    let restock = match (restock, order.unsent(line) >= units) {
        (false, _) => Restock::No,
        (true, true) => Restock::Cancel,
        (true, false) => Restock::Return,
    };
    let money = State::refundable(order);
    let money = money.first().filter(|_| amount > 0);
    let wish = RefundWish {
        lines: vec![RefundUnits {
            line,
            units,
            restock,
            location: None,
        }],
        money: money
            .map(|(id, rest)| (*id, amount.min(*rest)))
            .into_iter()
            .collect(),
        ..RefundWish::default()
    };
    state.refund(order, &wish, now);
    Ok(())
}

fn readdress(
    state: &mut State,
    order: &mut Order,
    [street, city, zip]: [&String; 3],
) -> Result<(), String> {
    let Some(before) = &order.shipping else {
        return Err(String::from("The order is sent nowhere."));
    };
    let words = |text: &String| (!text.is_empty()).then(|| Box::from(text.as_str()));
    order.shipping = Some(Arc::new(Address {
        id: state.number(),
        address1: words(street),
        city: words(city),
        zip: words(zip),
        ..(**before).clone()
    }));
    Ok(())
}

/// Sends everything that can be, as with one click.
fn ship(
    state: &mut State,
    order: &mut Order,
    (carrier, number): (&str, &str),
    now: Moment,
) -> Result<(), String> {
    let words = |text: &str| (!text.is_empty()).then(|| Box::from(text));
    let parcel = Tracking {
        company: words(carrier),
        number: words(number),
        url: None,
    };
    let parcels: Vec<Tracking> = [parcel]
        .into_iter()
        .filter(|one| *one != Tracking::default())
        .collect();
    let sent = state.send_all(order, &parcels, now);
    sent.then_some(())
        .ok_or_else(|| String::from("There is nothing that could be sent."))
}

/// Holds back everything that is still to be sent.
fn hold(state: &mut State, order: &mut Order, reason: &str, now: Moment) -> Result<(), String> {
    let open = order.fulfillment_orders.iter();
    let open = open.filter(|one| one.is_open() && one.remaining() > 0 && one.holds.is_empty());
    let open: Vec<u64> = open.map(|one| one.id).collect();
    if open.is_empty() {
        return Err(String::from("There is nothing that could be held back."));
    }
    for part in open {
        let hold = Hold {
            id: state.number(),
            handle: Box::default(),
            reason: Box::from("OTHER"),
            notes: (!reason.is_empty()).then(|| Box::from(reason)),
        };
        state.hold(order, part, hold, &Picks::new(), now);
    }
    Ok(())
}
