//! `AddOrder`, by which orders of customers come in here as well.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::fields::ORDER_FIELDS;
use super::order::{Line, Order};
use super::stock;
use crate::maropost::dates;
use crate::maropost::envelope::Answer;
use crate::maropost::field::{self, Field, Kind, Taken};
use crate::maropost::items::{Item, Stop};
use crate::maropost::loose::{self, Object};
use crate::maropost::loud::{Loud, Simulated};
use crate::maropost::number;
use crate::maropost::settings::{Settings, Zone};
use crate::maropost::state::State;

/// Written by `AddOrder` alone: by the first name, kept under the second.
const ONLY_ADDED: [(&str, &str, Kind); 8] = [
    ("Username", "Username", Kind::Text(25)),
    ("DatePlaced", "DatePlaced", Kind::Moment),
    ("DateInvoiced", "DateInvoiced", Kind::Day),
    ("PaymentMethod", "DefaultPaymentType", Kind::Text(0)),
    ("PaymentTerms", "PaymentTerms", Kind::Text(0)),
    ("ShippingMethod", "ShippingOption", Kind::Text(50)),
    ("ShippingCost", "ShippingTotal", Kind::Fixed(2)),
    ("SignatureRequired", "ShippingSignature", Kind::Boolean),
];

/// What an order cannot be without.
const REQUIRED: [&str; 3] = ["Email", "BillCompany", "ShipCompany"];

/// Answers `AddOrder`.
pub(crate) fn answer(
    state: &mut State,
    settings: &Settings,
    body: &Object,
    now: Timestamp,
) -> Simulated<Answer> {
    let undocumented = || {
        let message = "the request has to be {\"Order\": …}, and nothing beside";
        Loud::new("UndocumentedShape", message)
    };
    let orders = body
        .get("Order")
        .filter(|_| body.len() == 1)
        .ok_or_else(undocumented)?;
    let mut drafts = Vec::new();
    let mut warnings = Vec::new();
    for row in loose::objects(orders, "Order")? {
        match draft(state, settings, row, &mut warnings) {
            Ok(draft) => drafts.push(draft),
            Err(Stop::Loud(loud)) => return Err(loud),
            Err(Stop::Bad(why)) => return Ok(Answer::rejected("Order", vec![why])),
        }
    }
    let ids = drafts
        .into_iter()
        .map(|draft| place(state, settings, draft, now));
    let rows = ids.map(|id| json!({ "OrderID": id })).collect();
    Ok(Answer::written("Order", rows, warnings))
}

/// What an order is to be.
#[derive(Default)]
struct Draft {
    id: Option<String>,
    values: Vec<(u16, String)>,
    approved: bool,
    lines: Vec<Line>,
}

fn draft(
    state: &State,
    settings: &Settings,
    row: &Object,
    warnings: &mut Vec<String>,
) -> Result<Draft, Stop> {
    for name in REQUIRED {
        let given = row
            .get(name)
            .and_then(Value::as_str)
            .is_some_and(|text| !text.is_empty());
        if !given {
            return Err(Stop::Bad(format!(
                "{name} is a required field and is missing"
            )));
        }
    }
    let mut draft = Draft::default();
    for (name, value) in row {
        match name.as_str() {
            "OrderID" => draft.id = Some(new_id(state, &loose::scalar(value, name)?)?),
            "OrderApproval" => {
                draft.approved = loose::boolean(&loose::scalar(value, name)?) == Some(true);
            }
            "TaxInclusive" if loose::boolean(&loose::scalar(value, name)?) == Some(true) => {}
            "OrderLine" => {
                for line in loose::objects(value, name)? {
                    draft.lines.push(self::line(state, line)?);
                }
            }
            "OrderStatus" => {
                let status = loose::scalar(value, name)?;
                let (status, warning) = stock::known_status(&status);
                warnings.extend(warning);
                draft
                    .values
                    .extend(ORDER_FIELDS.at(name).map(|at| (at, status)));
            }
            _ => scalar(&mut draft, name, value, settings, warnings)?,
        }
    }
    if draft.lines.is_empty() {
        return Err(Stop::Bad(
            "OrderLine is a required field and is missing".to_owned(),
        ));
    }
    Ok(draft)
}

fn new_id(state: &State, id: &str) -> Result<String, Stop> {
    if id.chars().count() > 15 || state.orders.find(id).is_some() {
        let message = format!("no source says what an OrderID does that is too long or used: {id}");
        return Err(Loud::new("OrderIdTaken", message).into());
    }
    Ok(id.to_owned())
}

fn scalar(
    draft: &mut Draft,
    name: &str,
    value: &Value,
    settings: &Settings,
    warnings: &mut Vec<String>,
) -> Result<(), Stop> {
    let added = ONLY_ADDED.iter().find(|(written, ..)| *written == name);
    let added = added.and_then(|(written, kept, kind)| {
        let field = Field {
            name: kept,
            kind: *kind,
            selected: true,
            written: Some(written),
        };
        Some((ORDER_FIELDS.at(kept)?, field))
    });
    let written = || {
        ORDER_FIELDS
            .written_at(name)
            .map(|at| (at, *ORDER_FIELDS.field(at)))
    };
    let Some((at, field)) = added.or_else(written) else {
        let message = format!("writing {name} of an order is not documented, or not simulated");
        return Err(Loud::new("UnknownField", message).into());
    };
    match field::take(&field, &loose::scalar(value, name)?, settings)? {
        Taken::Value(text) => draft.values.push((at, text)),
        Taken::Changed(text, warning) => {
            draft.values.push((at, text));
            warnings.push(warning);
        }
        Taken::Ignored(warning) => warnings.push(warning),
        Taken::Nothing => {}
        Taken::Refused(why) => return Err(Stop::Bad(why)),
    }
    Ok(())
}

/// Reads a line. Its price is GST-inclusive; without one it is the item's.
pub(super) fn line(state: &State, row: &Object) -> Result<Line, Stop> {
    let text = |name: &str| {
        row.get(name)
            .map(|value| loose::scalar(value, name))
            .transpose()
    };
    let missing = |name: &str| Stop::Bad(format!("{name} is a required field and is missing"));
    let known = ["SKU", "Quantity", "UnitPrice", "WarehouseID", "ItemNotes"];
    if let Some(name) = row.keys().find(|name| !known.contains(&name.as_str())) {
        let message = format!("writing OrderLine.{name} is not documented, or not simulated");
        return Err(Loud::new("UnknownField", message).into());
    }
    let sku = text("SKU")?.ok_or_else(|| missing("SKU"))?;
    let quantity = text("Quantity")?.ok_or_else(|| missing("Quantity"))?;
    let malformed = |what: &str| Loud::new("MalformedValue", format!("{what} of an OrderLine"));
    let quantity: i64 = quantity.trim().parse().map_err(|_| malformed("Quantity"))?;
    let item = state.items.find(&sku).and_then(|id| state.items.get(id));
    let item = item.ok_or_else(|| {
        Loud::new(
            "UnknownSku",
            format!("no source says what ordering {sku} does, which is none"),
        )
    })?;
    let warehouse = match text("WarehouseID")? {
        Some(id) => id.trim().parse().map_err(|_| malformed("WarehouseID"))?,
        None => state.primary_warehouse(),
    };
    let price = text("UnitPrice")?.unwrap_or_else(|| item.value("DefaultPrice").to_owned());
    let price = number::parse(&price).unwrap_or_default();
    let total = price.saturating_mul(quantity);
    let mut line = Line {
        sku: item.sku.clone(),
        quantity,
        warehouse,
        ..Line::default()
    };
    line.put("ProductName", &product_name(state, item));
    line.put("UnitPrice", &number::fixed(price, 8));
    line.put("Tax", &number::fixed(total / 11, 2));
    line.put("TaxCode", "GST");
    let cost = number::parse(item.value("CostPrice")).unwrap_or_default();
    line.put("CostPrice", &number::fixed(cost, 8));
    line.put("PickQuantity", &quantity.to_string());
    line.put("ItemNotes", &text("ItemNotes")?.unwrap_or_default());
    Ok(line)
}

/// The name of what was ordered, with the options of a variant: `Shirt [Size: Small]`.
fn product_name(state: &State, item: &Item) -> String {
    let parent = state
        .items
        .find(item.parent())
        .and_then(|id| state.items.get(id));
    let Some(parent) = parent else {
        return item.value("Name").to_owned();
    };
    let options = item
        .specifics
        .iter()
        .map(|one| format!(" [{}: {}]", one.name, one.value));
    options.fold(parent.value("Name").to_owned(), |name, option| {
        name + &option
    })
}

fn place(state: &mut State, settings: &Settings, draft: Draft, now: Timestamp) -> String {
    let order = state.orders.add(draft.id, now);
    let moment = dates::show(now, Zone::Utc, 0);
    for (name, value) in [
        ("OrderStatus", "New"),
        ("OrderType", "sales"),
        ("TaxInclusive", "True"),
        ("DatePlaced", &moment),
        ("ExportStatus", "Pending"),
        ("ExportedToWMS", "Pending"),
        ("PickStatus", "Incomplete"),
        ("ShippingSignature", "False"),
    ] {
        order.put(name, value);
    }
    for (at, value) in draft.values {
        order.values.set(at, &value);
    }
    order.lines = draft.lines;
    total(order);
    let approved = if draft.approved {
        "Approved"
    } else {
        "Incomplete"
    };
    order.put("CompleteStatus", approved);
    let id = order.id.clone();
    stock::settle(state, settings, &id, now);
    id
}

/// The sums of an order. The GST in an inclusive price is an eleventh of it.
pub(super) fn total(order: &mut Order) {
    let amount = |text: &str| number::parse(text).unwrap_or_default();
    let shipping = amount(order.value("ShippingTotal"));
    let lines = order.lines.iter();
    let price = |line: &Line| amount(line.value("UnitPrice")).saturating_mul(line.quantity);
    let products = lines.map(price).fold(0, i64::saturating_add);
    let all = products.saturating_add(shipping);
    for (name, units) in [
        ("ProductSubtotal", products),
        ("ShippingTax", shipping / 11),
        ("OrderTax", all / 11),
        ("GrandTotal", all),
    ] {
        order.put(name, &number::fixed(units, 2));
    }
}

/// An order of a customer, from the body of an `AddOrder` or one order of it; returns its id.
pub(crate) fn by_customer(
    state: &mut State,
    settings: &Settings,
    order: &Value,
    now: Timestamp,
) -> Result<String, String> {
    let mut order = order
        .as_object()
        .cloned()
        .ok_or("An order has to be an object.")?;
    for name in REQUIRED {
        order.entry(name).or_insert_with(|| json!("Practice"));
    }
    let mut warnings = Vec::new();
    match draft(state, settings, &order, &mut warnings) {
        Err(Stop::Bad(why)) => Err(why),
        Err(Stop::Loud(loud)) => Err(loud.message),
        Ok(_) if !warnings.is_empty() => Err(warnings.join(" ")),
        Ok(draft) => Ok(place(state, settings, draft, now)),
    }
}

/// `Approved` for yes, `Incomplete` for no; nothing for what is neither.
pub(crate) fn approval(text: &str) -> Option<&'static str> {
    loose::boolean(text).map(|yes| if yes { "Approved" } else { "Incomplete" })
}
