//! What people typed, here and in the shops. Each value is typed once, so that it is known wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use sandbox::Shown;
use serde_json::Value as Json;

/// What a user typed, and what stood there before their eyes.
#[derive(Debug, Clone)]
pub struct Typed {
    pub value: String,
    pub over: String,
    /// Where, for messages.
    pub at: String,
}

#[derive(Debug, Default)]
pub struct Model {
    /// What was typed, in order.
    pub typed: Vec<Typed>,
    /// What a person decided against or took back, and what merchants count where we have the last word.
    pub decided: BTreeSet<String>,
    /// What went with a product that a merchant deleted.
    pub gone: BTreeSet<String>,
    /// Where a merchant deleted what stood there: what an answer that was lost had replaced there, no shop says.
    pub deleted_at: BTreeSet<String>,
    /// What merchants typed while a request was on its way that writes: no shop writes only what nobody changed.
    pub crossed: BTreeSet<String>,
    /// By shop and SKU: what both sides were agreed to differ in by an undo.
    pub differ: BTreeSet<String>,
    /// By shop and id: how many a merchant left there last.
    pub left_there: BTreeMap<(usize, String), i64>,
    /// The product that was edited last, here or there.
    pub last_edited: String,
    /// How often each SKU stood in each shop at first.
    pub there_at_first: [BTreeMap<String, u32>; 2],
    number: i64,
}

impl Model {
    /// A number that was never given out.
    pub fn number(&mut self) -> i64 {
        self.number += 1;
        1_000 + self.number
    }

    /// A user typed a value over another one.
    pub fn types(&mut self, value: String, over: String, at: &str) {
        self.typed.push(Typed {
            value,
            over,
            at: at.to_owned(),
        });
    }

    /// Whether the product in which it was typed was deleted with all that stood in it.
    pub fn is_deleted(&self, typed: &Typed) -> bool {
        self.deleted_at.contains(&typed.at)
    }

    /// Whether the same was counted anew in the same place. When the answer to what a shop was told of stock is
    /// lost and it is counted anew there before the shop is read, no shop says what it was in between.
    pub fn is_counted_again(&self, typed: &Typed) -> bool {
        let counts = |one: &Typed| one.value.ends_with("pieces") && one.at == typed.at;
        let last = self.typed.iter().rfind(|one| counts(one));
        counts(typed) && last.is_some_and(|last| last.value != typed.value)
    }

    /// Whether a user typed over a value, having it before their eyes.
    pub fn is_typed_over(&self, value: &str) -> bool {
        self.typed.iter().any(|typed| typed.over == value)
    }
}

/// Cents as they are known everywhere.
pub fn cents(cents: i64) -> String {
    format!("{cents} cents")
}

/// A number in stock as it is known everywhere.
pub fn pieces(pieces: i64) -> String {
    format!("{pieces} pieces")
}

/// A value of a product here as it is known everywhere; empty for what is no text and no money that is typed.
pub fn known(field: &str, value: &Json) -> String {
    match field.rsplit('.').next().unwrap_or_default() {
        "store_price" | "cost" => value
            .as_i64()
            .map_or(String::new(), |price| cents(price / 100)),
        "stock" => value.as_i64().map_or(String::new(), pieces),
        "name" | "brand" | "description" => value.as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// All values of an item there as they are known everywhere.
pub fn known_there(item: &Shown) -> Vec<String> {
    let texts = [&item.title, &item.brand, &item.html];
    let amounts = [item.price, item.cost];
    let texts = texts.into_iter().flatten().cloned();
    texts
        .chain(amounts.into_iter().flatten().map(cents))
        .chain(item.stock.map(pieces))
        .collect()
}
