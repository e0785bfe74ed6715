//! An order as `GetOrder` answers it.

use serde_json::{Map, Value, json};

use super::fields::{ADDRESSES, LINE_FIELDS, ORDER_FIELDS};
use super::order::{Line, Order};
use crate::maropost::dates;
use crate::maropost::envelope::{no_rows, one_or_many};
use crate::maropost::field;
use crate::maropost::number;
use crate::maropost::settings::{Settings, Zone};
use crate::maropost::state::State;

/// Selectors that are no scalars of the order.
const OTHERS: [&str; 9] = [
    "ID",
    "ShipAddress",
    "BillAddress",
    "DateUpdated",
    "StickyNotes",
    "OrderPayment",
    "OrderPayment.PaymentType",
    "OrderPayment.DatePaid",
    "OrderLine",
];

/// Selectors of lines that are no scalars of theirs.
const LINE_OTHERS: [&str; 6] = [
    "Quantity",
    "WarehouseID",
    "WarehouseName",
    "WarehouseReference",
    "ExternalOrderLineReference",
    "ExtraOptions",
];

/// Whether `name` is a documented output selector.
pub(crate) fn is_selector(name: &str) -> bool {
    match name.strip_prefix("OrderLine.") {
        Some(name) => LINE_FIELDS.selects(name) || LINE_OTHERS.contains(&name),
        None => ORDER_FIELDS.selects(name) || OTHERS.contains(&name),
    }
}

/// The order with what is selected.
pub(crate) fn order(
    state: &State,
    settings: &Settings,
    order: &Order,
    selectors: &[&str],
) -> Value {
    let mut shown = Map::new();
    shown.insert("OrderID".to_owned(), json!(order.id));
    for name in selectors {
        match *name {
            "ID" => {
                shown.insert("ID".to_owned(), json!(order.id));
            }
            "ShipAddress" | "BillAddress" => address(&mut shown, order, &name[..4]),
            "DateUpdated" => {
                let updated = dates::show(order.updated, Zone::Utc, 0);
                shown.insert("DateUpdated".to_owned(), json!(updated));
            }
            "StickyNotes" => {
                shown.insert("StickyNotes".to_owned(), notes(order, settings));
            }
            name if name.starts_with("OrderPayment") => {
                let payments = payments(order, selectors, settings);
                shown.insert("OrderPayment".to_owned(), payments);
            }
            name if name.starts_with("OrderLine") => {
                let lines = order.lines.iter().enumerate();
                let line = |(at, line)| self::line(state, settings, (order, at, line), selectors);
                let lines = lines.map(line).collect();
                shown.insert("OrderLine".to_owned(), rows("OrderLine", lines, settings));
            }
            name => {
                if let Some(at) = ORDER_FIELDS.at(name) {
                    let field = ORDER_FIELDS.field(at);
                    let value = field::show(field, order.values.get(at), settings);
                    shown.insert(name.to_owned(), json!(value));
                }
            }
        }
    }
    Value::Object(shown)
}

/// An address is selected as a whole and answered flat.
fn address(shown: &mut Map<String, Value>, order: &Order, prefix: &str) {
    for (name, ..) in ADDRESSES {
        if name.starts_with(prefix) {
            shown.insert(name.to_owned(), json!(order.value(name)));
        }
    }
}

/// Rows that are an array even if there is one, unless the shop answers otherwise.
fn rows(inner: &str, rows: Vec<Value>, settings: &Settings) -> Value {
    match settings.one_line_bare {
        _ if rows.is_empty() => no_rows(inner, settings),
        true => one_or_many(rows),
        false => Value::Array(rows),
    }
}

/// An object for one note, an array for several.
fn notes(order: &Order, settings: &Settings) -> Value {
    if order.notes.is_empty() {
        return no_rows("StickyNote", settings);
    }
    let note = |note: &super::order::Note| {
        json!({
            "StickyNoteID": note.id.to_string(),
            "Title": note.title,
            "Description": note.description,
        })
    };
    one_or_many(order.notes.iter().map(note).collect())
}

fn payments(order: &Order, selectors: &[&str], settings: &Settings) -> Value {
    let mut shown = Vec::new();
    for payment in &order.payments {
        let mut row = Map::new();
        row.insert("Id".to_owned(), json!(payment.id.to_string()));
        row.insert("Amount".to_owned(), json!(payment.amount));
        if selectors.contains(&"OrderPayment.PaymentType") {
            row.insert("PaymentType".to_owned(), json!(payment.method));
        }
        if selectors.contains(&"OrderPayment.DatePaid") {
            let paid = dates::show(payment.paid, Zone::Utc, 0);
            row.insert("DatePaid".to_owned(), json!(paid));
        }
        shown.push(Value::Object(row));
    }
    rows("OrderPayment", shown, settings)
}

/// A line: three fields always, every other one by a selector of its own.
fn line(
    state: &State,
    settings: &Settings,
    (order, at, line): (&Order, usize, &Line),
    selectors: &[&str],
) -> Value {
    let quantity = number::fixed(
        line.quantity.saturating_mul(10_000),
        settings.quantity_decimals,
    );
    let mut shown = Map::new();
    shown.insert(
        "OrderLineID".to_owned(),
        json!(format!("{}-{at}", order.id)),
    );
    shown.insert("SKU".to_owned(), json!(line.sku));
    shown.insert("Quantity".to_owned(), json!(quantity));
    for name in selectors
        .iter()
        .filter_map(|name| name.strip_prefix("OrderLine."))
    {
        let warehouse = |name: &str| json!(state.warehouses.value(line.warehouse, name));
        let value = match name {
            "Quantity" => json!(quantity),
            "WarehouseID" => json!(line.warehouse.to_string()),
            "WarehouseName" | "WarehouseReference" => warehouse(name),
            "ExtraOptions" => json!({ "ExtraOption": "" }),
            "ExternalOrderLineReference" => json!(""),
            name => LINE_FIELDS.at(name).map_or(Value::Null, |at| {
                json!(field::show(
                    LINE_FIELDS.field(at),
                    line.values.get(at),
                    settings
                ))
            }),
        };
        shown.insert(name.to_owned(), value);
    }
    Value::Object(shown)
}
