//! What customers do with orders, and the merchant in the control panel.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::methods;
use super::order::Order;
use super::{place, stock, update};
use crate::maropost::items::Stop;
use crate::maropost::loose::Object;
use crate::maropost::number;
use crate::maropost::settings::Settings;
use crate::maropost::state::State;
use crate::{Edit, Ordered};

/// Makes an edit of an order, or says why it cannot be done.
pub(crate) fn edit(
    state: &mut State,
    settings: &Settings,
    edit: &Edit,
    now: Timestamp,
) -> Result<(), String> {
    let on = match edit {
        Edit::PlaceOrder { lines, email } => {
            return ordered(state, settings, (lines, email), now);
        }
        Edit::PayOrder { on } => return pay_rest(state, settings, on, now),
        Edit::RefundOrder { .. } => {
            return Err("Money goes back by a return, which is not simulated.".to_owned());
        }
        Edit::ChangeOrderQuantity { on, .. }
        | Edit::AddOrderLine { on, .. }
        | Edit::CancelOrder { on, .. }
        | Edit::ReaddressOrder { on, .. }
        | Edit::ShipOrder { on, .. }
        | Edit::HoldOrder { on, .. }
        | Edit::NoteOrder { on, .. } => on,
        _ => return Err("That is no edit of an order.".to_owned()),
    };
    let mut order = find(state, on)?.clone();
    change(state, &mut order, edit)?;
    order.updated = now;
    stock::note_sent(&mut order, settings, now);
    let id = order.id.clone();
    if let Some(kept) = state.orders.find_mut(&id) {
        *kept = order;
    }
    stock::settle(state, settings, &id, now);
    Ok(())
}

fn find<'a>(state: &'a State, on: &str) -> Result<&'a Order, String> {
    let found = state.orders.find(on);
    found.ok_or_else(|| format!("There is no order {on}."))
}

fn change(state: &State, order: &mut Order, edit: &Edit) -> Result<(), String> {
    match edit {
        Edit::ChangeOrderQuantity { line, quantity, .. } => {
            waits(order)?;
            let found = order.lines.get_mut(*line);
            let found = found.ok_or_else(|| format!("The order has no line {line}."))?;
            if *quantity == 0 {
                return Err("A line of nothing is not simulated.".to_owned());
            }
            found.quantity = i64::from(*quantity);
            found.put("PickQuantity", &quantity.to_string());
            let price = number::parse(found.value("UnitPrice")).unwrap_or_default();
            let tax = price.saturating_mul(found.quantity) / 11;
            found.put("Tax", &number::fixed(tax, 2));
            place::total(order);
        }
        Edit::AddOrderLine { sku, quantity, .. } => {
            waits(order)?;
            let row = line(state, sku, *quantity)?;
            order.lines.push(read(place::line(state, &row))?);
            place::total(order);
        }
        Edit::CancelOrder { .. } => {
            if ["Cancelled", "Dispatched"].contains(&order.status()) {
                return Err(format!("The order is {}.", order.status()));
            }
            order.put("OrderStatus", "Cancelled");
        }
        Edit::ReaddressOrder {
            street, city, zip, ..
        } => {
            order.put("ShipStreetLine1", street);
            order.put("ShipCity", city);
            order.put("ShipPostCode", zip);
        }
        Edit::ShipOrder {
            carrier, number, ..
        } => ship(order, carrier, number)?,
        Edit::HoldOrder { reason, .. } => {
            waits(order)?;
            order.put("OrderStatus", "On Hold");
            order.put("OnHoldType", "On Hold");
            order.put("InternalOrderNotes", reason);
        }
        Edit::NoteOrder { note, .. } => order.put("InternalOrderNotes", note),
        _ => {}
    }
    Ok(())
}

/// Refuses an order of which something left already, or never will.
fn waits(order: &Order) -> Result<(), String> {
    match order.reserves() {
        true => Ok(()),
        false => Err(format!("The order is {}.", order.status())),
    }
}

/// Sends everything, by a service of the shop; without one it is the order's own.
fn ship(order: &mut Order, carrier: &str, number: &str) -> Result<(), String> {
    if ["Cancelled", "Dispatched"].contains(&order.status()) {
        return Err(format!("The order is {}.", order.status()));
    }
    if order.value("CompleteStatus") != "Approved" {
        return Err("The order is not approved.".to_owned());
    }
    if !carrier.is_empty() && !methods::ships(carrier) {
        return Err(format!("There is no shipping service {carrier}."));
    }
    let usual = order.value("ShippingOption").to_owned();
    let method = if carrier.is_empty() { &usual } else { carrier };
    for line in &mut order.lines {
        line.put("ShippingMethod", method);
        line.put("ShippingTracking", number);
    }
    order.put("OrderStatus", "Dispatched");
    Ok(())
}

/// A line of `AddOrder` about an id or a SKU.
fn line(state: &State, on: &str, quantity: u32) -> Result<Object, String> {
    let by_id = on.parse().ok().and_then(|id| state.items.get(id));
    let item = by_id.or_else(|| state.items.find(on).and_then(|id| state.items.get(id)));
    let item = item.filter(|item| quantity > 0 && state.items.variants(&item.sku).is_empty());
    let item = item.ok_or_else(|| format!("There is no item {on} that could be ordered."))?;
    let row = json!({ "SKU": item.sku, "Quantity": quantity.to_string() });
    Ok(row.as_object().cloned().unwrap_or_default())
}

fn read<T>(result: Result<T, Stop>) -> Result<T, String> {
    result.map_err(|stop| match stop {
        Stop::Bad(why) => why,
        Stop::Loud(loud) => loud.message,
    })
}

/// A customer orders, and pays at once.
fn ordered(
    state: &mut State,
    settings: &Settings,
    (wishes, email): (&[Ordered], &str),
    now: Timestamp,
) -> Result<(), String> {
    let rows = wishes.iter();
    let rows = rows.map(|wish| line(state, &wish.on, wish.quantity).map(Value::Object));
    let rows: Vec<Value> = rows.collect::<Result<_, _>>()?;
    let order = json!({
        "Email": email,
        "ShipFirstName": "Paula",
        "ShipLastName": "Sample",
        "ShipStreet1": "8 Harbour Street",
        "ShipCity": "Sydney",
        "ShipState": "NSW",
        "ShipPostCode": "2000",
        "ShipCountry": "AU",
        "ShippingMethod": "Express Shipping",
        "ShippingCost": "7.05",
        "OrderLine": rows,
    });
    let id = place::by_customer(state, settings, &order, now)?;
    pay_rest(state, settings, &id, now)
}

/// Pays what is owed.
fn pay_rest(
    state: &mut State,
    settings: &Settings,
    on: &str,
    now: Timestamp,
) -> Result<(), String> {
    let order = find(state, on)?;
    let amount = |text: &str| number::parse(text).unwrap_or_default();
    let paid = order.payments.iter().map(|one| amount(&one.amount));
    let paid = paid.fold(0, i64::saturating_add);
    let rest = amount(order.value("GrandTotal")).saturating_sub(paid);
    if rest <= 0 {
        return Err("Nothing is owed.".to_owned());
    }
    let (id, rest) = (order.id.clone(), number::fixed(rest, 2));
    update::pay(state, settings, (&id, &rest, "Credit Card"), now)
}
