//! `UpdateOrder`: status, tracking, notes. Prices and quantities of lines cannot be changed.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::fields::ORDER_FIELDS;
use super::methods;
use super::order::{Line, Note, Order, Payment};
use super::{place, stock};
use crate::maropost::dates;
use crate::maropost::envelope::Answer;
use crate::maropost::field::{self, Taken};
use crate::maropost::items::Stop;
use crate::maropost::loose::{self, Object};
use crate::maropost::loud::{Loud, Simulated, own_words};
use crate::maropost::number;
use crate::maropost::settings::{BadReference, LineId, Settings, Zone};
use crate::maropost::state::State;

/// Answers `UpdateOrder`. Nothing is written before every order was read.
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
    let mut changed = Vec::new();
    let mut warnings = Vec::new();
    for row in loose::objects(orders, "Order")? {
        let mut writer = Writer {
            settings,
            warnings: &mut warnings,
        };
        match writer.order(state, row) {
            Ok(order) => changed.extend(order),
            Err(Stop::Loud(loud)) => return Err(loud),
            Err(Stop::Bad(why)) => return Ok(Answer::rejected("Order", vec![why])),
        }
    }
    let mut rows = Vec::new();
    for mut order in changed {
        let id = order.id.clone();
        order.updated = now;
        stock::note_sent(&mut order, settings, now);
        for at in 0..order.notes.len() {
            if order.notes[at].id == 0 {
                order.notes[at].id = state.orders.next_note();
            }
        }
        if let Some(kept) = state.orders.find_mut(&id) {
            *kept = order;
        }
        stock::settle(state, settings, &id, now);
        rows.push(json!({ "OrderID": id }));
    }
    Ok(Answer::written("Order", rows, warnings))
}

/// Reads rows into copies of orders.
struct Writer<'a> {
    settings: &'a Settings,
    warnings: &'a mut Vec<String>,
}

impl Writer<'_> {
    /// The order as the row wants it; nothing when there is no such order.
    fn order(&mut self, state: &State, row: &Object) -> Result<Option<Order>, Stop> {
        let Some(id) = row.get("OrderID") else {
            return Err(Stop::Bad(
                "OrderID is a required field and is missing".to_owned(),
            ));
        };
        let id = loose::scalar(id, "OrderID")?;
        let Some(mut order) = state.orders.find(&id).cloned() else {
            self.warnings
                .push(own_words(format!("there is no order {id}")));
            return Ok(None);
        };
        for (name, value) in row {
            match name.as_str() {
                "OrderID" => {}
                "OrderStatus" => self.status(&mut order, &loose::scalar(value, name)?),
                "OrderApproval" => self.approval(&mut order, &loose::scalar(value, name)?),
                "SendOrderEmail" => email(&loose::scalar(value, name)?)?,
                "StickyNoteTitle" => {}
                "StickyNote" => {
                    let title = row.get("StickyNoteTitle").and_then(Value::as_str);
                    let description = loose::scalar(value, name)?;
                    let title = title.unwrap_or_default().to_owned();
                    order.notes.push(Note {
                        id: 0,
                        title,
                        description,
                    });
                }
                "StickyNotes" => notes(&mut order, value)?,
                "OrderLine" => {
                    for line in loose::objects(value, name)? {
                        self.line(&mut order, line)?;
                    }
                }
                _ => self.scalar(&mut order, name, value)?,
            }
        }
        if order.takes() && order.value("CompleteStatus") != "Approved" {
            let message = format!("{id} is not approved: no source says what packing it does");
            return Err(Loud::new("NotApproved", message).into());
        }
        Ok(Some(order))
    }

    fn status(&mut self, order: &mut Order, status: &str) {
        let (status, warning) = stock::known_status(status);
        self.warnings.extend(warning);
        order.put("OrderStatus", &status);
    }

    fn approval(&mut self, order: &mut Order, text: &str) {
        match place::approval(text) {
            Some(status) => order.put("CompleteStatus", status),
            None => self
                .warnings
                .push(own_words(format!("OrderApproval {text} is ignored"))),
        }
    }

    fn scalar(&mut self, order: &mut Order, name: &str, value: &Value) -> Result<(), Stop> {
        let Some(at) = ORDER_FIELDS.written_at(name) else {
            let message = format!("writing {name} of an order is not documented, or not simulated");
            return Err(Loud::new("UnknownField", message).into());
        };
        let taken = field::take(
            ORDER_FIELDS.field(at),
            &loose::scalar(value, name)?,
            self.settings,
        );
        match taken? {
            Taken::Value(text) => {
                order.values.set(at, &text);
            }
            Taken::Changed(text, warning) => {
                order.values.set(at, &text);
                self.warnings.push(warning);
            }
            Taken::Ignored(warning) => self.warnings.push(warning),
            Taken::Nothing => {}
            Taken::Refused(why) => return Err(Stop::Bad(why)),
        }
        Ok(())
    }

    fn line(&mut self, order: &mut Order, row: &Object) -> Result<(), Stop> {
        let at = self.find_line(order, row)?;
        let line = &mut order.lines[at];
        for (name, value) in row {
            match name.as_str() {
                "SKU" | "OrderLineID" | "OrderLineNumber" => {}
                "QuantityShipped" => shipped(line, &loose::scalar(value, name)?)?,
                "ItemNotes" => line.put("ItemNotes", &loose::scalar(value, name)?),
                "ItemSerialNumber" => line.put("SerialNumber", &loose::scalar(value, name)?),
                "ExternalSystemIdentifier" | "ExternalOrderReference" => {
                    line.put(name, &loose::scalar(value, name)?);
                }
                "TrackingDetails" => {
                    for details in loose::objects(value, name)? {
                        self.tracking(line, details)?;
                    }
                }
                _ => {
                    let message = format!("OrderLine.{name} cannot be written, or not here");
                    return Err(Loud::new("UnknownField", message).into());
                }
            }
        }
        Ok(())
    }

    /// Which line is meant: by its SKU, as in every example, or by number or id where SKUs repeat.
    fn find_line(&self, order: &Order, row: &Object) -> Result<usize, Stop> {
        let text = |name: &str| {
            row.get(name)
                .map(|value| loose::scalar(value, name))
                .transpose()
        };
        let sku = text("SKU")?;
        let number = text("OrderLineNumber")?.map(|text| {
            let number = text.trim().parse::<usize>().ok();
            number.and_then(|number| number.checked_sub(self.settings.first_line_number))
        });
        let id = text("OrderLineID")?.map(|text| match self.settings.line_id {
            LineId::Text => {
                let number = text.strip_prefix(&format!("{}-", order.id));
                number.and_then(|number| number.parse().ok())
            }
            LineId::Integer => text.trim().parse::<usize>().ok(),
        });
        let lines = order.lines.iter().enumerate();
        let fits = |(at, line): &(usize, &Line)| {
            sku.as_ref().is_none_or(|sku| *sku == line.sku)
                && number.is_none_or(|number| number == Some(*at))
                && id.is_none_or(|id| id == Some(*at))
        };
        let found: Vec<usize> = lines.filter(fits).map(|(at, _)| at).collect();
        match found[..] {
            [at] => Ok(at),
            [] => {
                let message = "no source says what a line does that the order has not";
                Err(Loud::new("UnknownLine", message).into())
            }
            _ => {
                let message = "several lines fit: name the line by OrderLineNumber as well";
                Err(Loud::new("AmbiguousLine", message).into())
            }
        }
    }

    fn tracking(&mut self, line: &mut Line, details: &Object) -> Result<(), Stop> {
        for (name, value) in details {
            let text = loose::scalar(value, name)?;
            match name.as_str() {
                "ShippingMethod" if methods::ships(&text) => line.put("ShippingMethod", &text),
                "ShippingMethod" => {
                    let what = own_words(format!("there is no shipping service {text}"));
                    match self.settings.bad_reference {
                        BadReference::RefuseRow => return Err(Stop::Bad(what)),
                        BadReference::IgnoreWithWarning => self.warnings.push(what),
                    }
                }
                "TrackingNumber" => line.put("ShippingTracking", &text),
                // No selector of `GetOrder` has it again.
                "DateShipped" if dates::parse(&text).is_some() => {}
                _ => {
                    let message = format!("TrackingDetails.{name} {text} is not documented");
                    return Err(Loud::new("UnknownField", message).into());
                }
            }
        }
        Ok(())
    }
}

fn shipped(line: &mut Line, text: &str) -> Result<(), Stop> {
    let quantity = text.trim().parse::<i64>().ok();
    let quantity = quantity.filter(|quantity| (0..=line.quantity).contains(quantity));
    let Some(quantity) = quantity else {
        let message = format!(
            "no source says what sending {text} of {} does",
            line.quantity
        );
        return Err(Loud::new("QuantityShipped", message).into());
    };
    line.put("QuantityShipped", &quantity.to_string());
    Ok(())
}

fn email(text: &str) -> Simulated<()> {
    match text {
        "tracking" | "receipt" => Ok(()),
        _ => Err(Loud::new(
            "MalformedValue",
            format!("SendOrderEmail {text} is not documented"),
        )),
    }
}

fn notes(order: &mut Order, value: &Value) -> Simulated<()> {
    for row in loose::inner(value, "StickyNotes", "StickyNote")? {
        let text = |name: &str| {
            row.get(name)
                .map(|value| loose::scalar(value, name))
                .transpose()
        };
        let title = text("Title")?.unwrap_or_default();
        let description = text("Description")?.unwrap_or_default();
        let id = text("StickyNoteID")?.and_then(|id| id.parse::<u64>().ok());
        match id.and_then(|id| order.notes.iter_mut().find(|note| note.id == id)) {
            Some(note) => (note.title, note.description) = (title, description),
            None => order.notes.push(Note {
                id: 0,
                title,
                description,
            }),
        }
    }
    Ok(())
}

/// Notes that a customer paid.
pub(crate) fn pay(
    state: &mut State,
    settings: &Settings,
    (id, amount, method): (&str, &str, &str),
    now: Timestamp,
) -> Result<(), String> {
    let units = number::parse(amount).ok_or_else(|| format!("{amount} is no amount."))?;
    let number = state.orders.next_payment();
    let order = state
        .orders
        .find_mut(id)
        .ok_or_else(|| format!("There is no order {id}."))?;
    order.payments.push(Payment {
        id: number,
        amount: number::fixed(units, 2),
        method: method.to_owned(),
        paid: now,
    });
    order.put("DatePaid", &dates::show(now, Zone::Utc, 0));
    order.updated = now;
    stock::settle(state, settings, id, now);
    Ok(())
}
