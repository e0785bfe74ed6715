//! `GetOrder`.

use std::collections::BTreeSet;

use super::fields::ORDER_FIELDS;
use super::order::Order;
use super::show;
use crate::maropost::dates;
use crate::maropost::envelope::Answer;
use crate::maropost::filter::{Filter, Range};
use crate::maropost::loose;
use crate::maropost::loose::Object;
use crate::maropost::loud::{Loud, Simulated};
use crate::maropost::number;
use crate::maropost::settings::Settings;
use crate::maropost::state::State;

/// Filters on scalars, each with several values.
const SCALARS: [&str; 8] = [
    "Username",
    "OrderStatus",
    "OrderType",
    "OnHoldType",
    "CompleteStatus",
    "ExportStatus",
    "ExportedToWMS",
    "SalesChannel",
];

/// Dates that are filtered by; `DateUpdated` is no scalar.
const DATES: [&str; 5] = [
    "DatePaid",
    "DateRequired",
    "DateInvoiced",
    "DatePlaced",
    "DateCompleted",
];

/// Answers `GetOrder`, and marks what it answers when `UpdateResults` asks for that.
pub(crate) fn answer(state: &mut State, settings: &Settings, body: &Object) -> Simulated<Answer> {
    let mut filter = Filter::read(body, settings)?;
    if filter.is_bare() {
        // It was seen that a request that looks for nothing finds nothing.
        return Ok(Answer::found("Order", Vec::new()));
    }
    let marks = marks(&mut filter)?;
    let wanted = Wanted::read(&mut filter, settings)?;
    let page = filter.finish()?;
    let selectors = match page.selectors(show::is_selector, settings) {
        Ok(selectors) => selectors,
        Err(error) => return Ok(Answer::rejected("Order", vec![error])),
    };
    let found = page.of(state.orders.all().filter(|order| wanted.matches(order)));
    let ids: Vec<String> = found.iter().map(|order| order.id.clone()).collect();
    let rows = found
        .iter()
        .map(|order| show::order(state, settings, order, &selectors));
    let rows = rows.collect();
    for id in ids.iter().filter(|_| !marks.is_empty()) {
        if let Some(order) = state.orders.find_mut(id) {
            marks
                .iter()
                .for_each(|(name, value)| order.put(name, value));
        }
    }
    Ok(Answer::found("Order", rows))
}

/// What `UpdateResults` writes into every order that is answered.
fn marks(filter: &mut Filter<'_>) -> Simulated<Vec<(String, String)>> {
    let Some(marks) = filter.object("UpdateResults") else {
        return Ok(Vec::new());
    };
    let mut read = Vec::new();
    for (name, value) in marks {
        let value = loose::scalar(value, name)?;
        let known = ["ExportStatus", "ExportedToWMS"].contains(&name.as_str());
        if !known || !["Pending", "Exported"].contains(&value.as_str()) {
            let message = format!("UpdateResults.{name} {value} is not documented");
            return Err(Loud::new("UnknownField", message));
        }
        read.push((name.clone(), value));
    }
    Ok(read)
}

/// What is looked for.
struct Wanted {
    ids: Option<Vec<String>>,
    skus: Option<Vec<String>>,
    warehouses: Option<BTreeSet<u64>>,
    methods: Option<Vec<String>>,
    payment: Option<Vec<String>>,
    scalars: Vec<(u16, Vec<String>)>,
    dates: Vec<(u16, Range)>,
    updated: Range,
    nothing: bool,
}

impl Wanted {
    fn read(filter: &mut Filter<'_>, settings: &Settings) -> Simulated<Self> {
        let mut scalars = Vec::new();
        for name in SCALARS {
            if let (Some(values), Some(at)) = (filter.values(name)?, ORDER_FIELDS.at(name)) {
                scalars.push((at, values));
            }
        }
        let mut dates = Vec::new();
        for name in DATES {
            let range = filter.range(name, settings)?;
            if let Some(at) = ORDER_FIELDS.at(name).filter(|_| !range.is_open()) {
                dates.push((at, range));
            }
        }
        Ok(Self {
            ids: filter.values("OrderID")?,
            skus: filter.values("SKU")?,
            warehouses: filter.ids("WarehouseID")?,
            methods: filter.values("ShippingMethod")?,
            payment: filter.values("PaymentStatus")?,
            scalars,
            dates,
            updated: filter.range("DateUpdated", settings)?,
            // Whatever its value, it was seen to find no order.
            nothing: filter.values("Supplier")?.is_some(),
        })
    }

    fn matches(&self, order: &Order) -> bool {
        let has = |wanted: &Option<Vec<String>>, value: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.iter().any(|one| one == value))
        };
        let lines = &order.lines;
        !self.nothing
            && has(&self.ids, &order.id)
            && has(&self.methods, order.value("ShippingOption"))
            && has(&self.payment, payment_status(order))
            && (self.skus.is_none() || lines.iter().any(|line| has(&self.skus, &line.sku)))
            && self
                .warehouses
                .as_ref()
                .is_none_or(|wanted| lines.iter().any(|line| wanted.contains(&line.warehouse)))
            && self
                .scalars
                .iter()
                .all(|(at, values)| values.iter().any(|value| value == order.values.get(*at)))
            && self
                .dates
                .iter()
                .all(|(at, range)| range.has(dates::parse(order.values.get(*at)).flatten()))
            && self.updated.has(Some(order.updated))
    }
}

/// How far an order is paid.
pub(crate) fn payment_status(order: &Order) -> &'static str {
    let amount = |text: &str| number::parse(text).unwrap_or_default();
    let paid = order
        .payments
        .iter()
        .map(|payment| amount(&payment.amount))
        .fold(0, i64::saturating_add);
    match paid {
        paid if paid >= amount(order.value("GrandTotal")) => "FullyPaid",
        0 => "Pending",
        _ => "PartialPaid",
    }
}
