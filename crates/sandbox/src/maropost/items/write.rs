//! `AddItem` and `UpdateItem`.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::change::{Change, Reader, Stop};
use super::fields::FIELDS;
use crate::maropost::envelope::Answer;
use crate::maropost::loose::{self, Object};
use crate::maropost::loud::{Loud, Simulated, own_words};
use crate::maropost::settings::{BadRow, ExistingSku, OddSku, Settings, UpdatedItem};
use crate::maropost::state::State;

/// How long a SKU may be.
const SKU_LENGTH: usize = 25;

/// What is done with the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    /// `AddItem`.
    Add,
    /// `UpdateItem`.
    Update,
}

/// What a row came to.
enum Row {
    /// It can be written.
    Good(Change),
    /// It breaks a rule.
    Bad(String),
    /// It is left out, and the others stand.
    LeftOut(String),
}

/// Answers `AddItem` and `UpdateItem`. Nothing is written before every row was read.
pub(crate) fn answer(
    state: &mut State,
    settings: &Settings,
    body: &Object,
    write: Write,
    now: Timestamp,
) -> Simulated<Answer> {
    let rows = rows(state, settings, body, write)?;
    let bad = rows.iter().filter_map(|row| match row {
        Row::Bad(why) => Some(why.clone()),
        Row::Good(_) | Row::LeftOut(_) => None,
    });
    let bad: Vec<String> = bad.collect();
    let all_bad = bad.len() == rows.len();
    if !bad.is_empty() && (all_bad || settings.bad_row == BadRow::RefuseBatch) {
        return Ok(Answer::rejected("Item", bad));
    }
    let mut written = Vec::new();
    let mut warnings = Vec::new();
    for row in rows {
        match row {
            Row::Bad(why) | Row::LeftOut(why) => warnings.push(why),
            Row::Good(change) => {
                written.push(put(state, settings, &change, write, now));
                warnings.extend(change.warnings);
            }
        }
    }
    let answer = Answer::written("Item", written, warnings);
    match (write, settings.updated_item) {
        (Write::Update, UpdatedItem::PlainText) => Ok(answer.in_array()),
        _ => Ok(answer),
    }
}

fn rows(state: &State, settings: &Settings, body: &Object, write: Write) -> Simulated<Vec<Row>> {
    let undocumented = || {
        let message = "the request has to be {\"Item\": …}, and nothing beside";
        Loud::new("UndocumentedShape", message)
    };
    let items = body
        .get("Item")
        .filter(|_| body.len() == 1)
        .ok_or_else(undocumented)?;
    let items = loose::objects(items, "Item")?;
    if items.is_empty() {
        return Err(Loud::new(
            "NoRows",
            "no source says what a request without an item does",
        ));
    }
    let mut reader = Reader {
        state,
        settings,
        added: Vec::new(),
    };
    let mut rows = Vec::new();
    for item in items {
        let row = match (reader.read(item), write) {
            (Err(Stop::Loud(loud)), _) => return Err(loud),
            (Err(Stop::Bad(why)), _) => Row::Bad(why),
            (Ok(change), Write::Add) => addable(&mut reader, change),
            (Ok(change), Write::Update) => updatable(state, change),
        };
        rows.push(row);
    }
    Ok(rows)
}

fn updatable(state: &State, change: Change) -> Row {
    match state.items.find(&change.sku) {
        Some(_) => Row::Good(change),
        None => Row::LeftOut(format!("Cannot find Item {}", change.sku)),
    }
}

fn addable(reader: &mut Reader<'_>, change: Change) -> Row {
    let (state, settings) = (reader.state, reader.settings);
    let sku = &change.sku;
    if settings.odd_sku == OddSku::RefuseRow && !is_plain(sku) {
        return Row::Bad(own_words(format!(
            "the SKU {sku} has spaces or special characters"
        )));
    }
    if sku.chars().count() > SKU_LENGTH {
        // Cut, it would be another key than the sender's, so whether texts are cut says nothing.
        return Row::Bad(own_words(format!(
            "the SKU {sku} is longer than {SKU_LENGTH}"
        )));
    }
    let shelf = &state.items;
    let twin = |added: &String| shelf.key(added) == shelf.key(sku);
    if shelf.find(sku).is_none() && !reader.added.iter().any(twin) {
        reader.added.push(sku.clone());
        return Row::Good(change);
    }
    let taken = own_words(format!("the SKU {sku} is there already"));
    match settings.existing_sku {
        ExistingSku::Error => Row::Bad(taken),
        ExistingSku::Warning => Row::LeftOut(taken),
        ExistingSku::Update => Row::Good(change),
    }
}

fn is_plain(sku: &str) -> bool {
    sku.chars()
        .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'))
}

/// Writes a row and says how it is answered.
fn put(
    state: &mut State,
    settings: &Settings,
    change: &Change,
    write: Write,
    now: Timestamp,
) -> Value {
    let found = state.items.find(&change.sku);
    let id = found.unwrap_or_else(|| state.items.add(&change.sku, now));
    let sku = state.items.change(id, |item| {
        if found.is_none() {
            for (name, text) in &settings.unsaid {
                item.values.put(&FIELDS, name, text);
            }
        }
        change.apply(item, settings, now);
        item.sku.clone()
    });
    let sku = sku.unwrap_or_default();
    match (write, settings.updated_item) {
        (Write::Add, _) => json!({ "InventoryID": id.to_string(), "SKU": sku }),
        (Write::Update, UpdatedItem::Object) => json!({ "SKU": sku }),
        (Write::Update, UpdatedItem::PlainText) => json!(sku),
    }
}
