//! Orders as the shop keeps them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::fields::{LINE_FIELDS, ORDER_FIELDS};
use crate::maropost::field::Values;

/// All orders, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Orders {
    orders: BTreeMap<u64, Order>,
    payments: u64,
    notes: u64,
}

/// The number of the first order: `N1000`.
const FIRST: u64 = 1000;

/// An order.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// Its id, such as `N1000`.
    pub(crate) id: String,
    /// Every scalar, under the name it is read by.
    pub(crate) values: Values,
    /// What was ordered.
    pub(crate) lines: Vec<Line>,
    /// What was paid.
    pub(crate) payments: Vec<Payment>,
    /// Notes that the staff stick on.
    pub(crate) notes: Vec<Note>,
    /// Whether its stock was taken from the warehouses.
    pub(crate) is_taken: bool,
    /// When it was written last.
    pub(crate) updated: Timestamp,
}

/// A line of an order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// The SKU that was ordered.
    pub(crate) sku: String,
    /// How many.
    pub(crate) quantity: i64,
    /// Where it is to come from.
    pub(crate) warehouse: u64,
    /// Every other scalar.
    pub(crate) values: Values,
}

/// A payment.
#[derive(Debug, Clone)]
pub(crate) struct Payment {
    /// Its number.
    pub(crate) id: u64,
    /// How much, in the canonical form of numbers.
    pub(crate) amount: String,
    /// By what, such as `PayPal Checkout`.
    pub(crate) method: String,
    /// When.
    pub(crate) paid: Timestamp,
}

/// A note.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// Its number.
    pub(crate) id: u64,
    /// What it is about.
    pub(crate) title: String,
    /// What it says.
    pub(crate) description: String,
}

impl Orders {
    /// How many orders there are.
    pub(crate) fn len(&self) -> usize {
        self.orders.len()
    }

    /// All orders, oldest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// The nth order.
    pub(crate) fn nth(&self, nth: usize) -> Option<&Order> {
        self.orders.values().nth(nth)
    }

    /// The order of that id.
    pub(crate) fn find(&self, id: &str) -> Option<&Order> {
        self.orders.values().find(|order| order.id == id)
    }

    /// The order of that id.
    pub(crate) fn find_mut(&mut self, id: &str) -> Option<&mut Order> {
        self.orders.values_mut().find(|order| order.id == id)
    }

    /// Keeps an order, under `id` or else the next free one, and returns it.
    pub(crate) fn add(&mut self, id: Option<String>, now: Timestamp) -> &mut Order {
        let number = self
            .orders
            .last_key_value()
            .map_or(FIRST, |(last, _)| last + 1);
        let id = id.unwrap_or_else(|| format!("N{number}"));
        self.orders.entry(number).or_insert(Order {
            id,
            values: Values::default(),
            lines: Vec::new(),
            payments: Vec::new(),
            notes: Vec::new(),
            is_taken: false,
            updated: now,
        })
    }

    /// The number of the next payment.
    pub(crate) fn next_payment(&mut self) -> u64 {
        self.payments += 1;
        self.payments
    }

    /// The number of the next note.
    pub(crate) fn next_note(&mut self) -> u64 {
        self.notes += 1;
        self.notes
    }

    /// What orders reserve: SKUs and quantities.
    pub(crate) fn reserved(&self) -> impl Iterator<Item = (&str, i64)> {
        let reserving = self.orders.values().filter(|order| order.reserves());
        let lines = reserving.flat_map(|order| &order.lines);
        lines.map(|line| (line.sku.as_str(), line.quantity))
    }
}

impl Order {
    /// The value of a scalar, by the name it is read by.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.of(&ORDER_FIELDS, name)
    }

    /// Sets a scalar.
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        self.values.put(&ORDER_FIELDS, name, text);
    }

    /// Its status.
    pub(crate) fn status(&self) -> &str {
        self.value("OrderStatus")
    }

    /// Whether its stock is reserved: it waits, and nothing was taken yet.
    pub(crate) fn reserves(&self) -> bool {
        let waits = [
            "New",
            "On Hold",
            "New Backorder",
            "Backorder Approved",
            "Pick",
        ];
        waits.contains(&self.status()) && !self.is_taken
    }

    /// Whether its stock has left the shelf, or is about to.
    pub(crate) fn takes(&self) -> bool {
        let gone = ["Pack", "Pending Pickup", "Pending Dispatch", "Dispatched"];
        gone.contains(&self.status())
    }
}

impl Line {
    /// The value of a scalar.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.of(&LINE_FIELDS, name)
    }

    /// Sets a scalar.
    pub(crate) fn put(&mut self, name: &str, text: &str) {
        self.values.put(&LINE_FIELDS, name, text);
    }
}
