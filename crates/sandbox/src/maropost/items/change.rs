//! What one row of `AddItem` or `UpdateItem` asks for, read and checked before anything is written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::fields::FIELDS;
use super::item::{Image, Item, Place, Specific};
use super::parts;
use crate::maropost::field::{self, Taken};
use crate::maropost::loose::{self, Object};
use crate::maropost::loud::{Loud, Simulated, own_words};
use crate::maropost::settings::{BadReference, NegativeStock, Settings, Specifics, UnknownField};
use crate::maropost::state::State;

/// What is to become of one item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Change {
    /// The SKU as it was sent.
    pub(crate) sku: String,
    /// Scalars, by where their fields stand.
    pub(crate) scalars: Vec<(u16, String)>,
    /// Specifics, when there are any.
    pub(crate) specifics: Vec<Specific>,
    /// Categories: the priority to have, or nothing to leave it.
    pub(crate) categories: Vec<(u64, Option<i64>)>,
    /// Prices of groups: the fields to have, or nothing to take the price away.
    pub(crate) prices: Vec<(u64, Option<BTreeMap<&'static str, String>>)>,
    /// Pictures: where they come from, or nothing to take them away.
    pub(crate) images: Vec<(Place, Option<String>)>,
    /// Movements of stock.
    pub(crate) movements: Vec<Movement>,
    /// What was ignored, cut or defaulted.
    pub(crate) warnings: Vec<String>,
}

/// A movement of stock in a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Movement {
    /// Which warehouse.
    pub(crate) warehouse: u64,
    /// How many.
    pub(crate) quantity: i64,
    /// In which direction.
    pub(crate) action: Action,
}

/// What a quantity does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// It is how many there are.
    Set,
    /// It is how many more there are.
    Increment,
    /// It is how many fewer there are.
    Decrement,
}

/// Why a row is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// What it asks for is not simulated.
    Loud(Loud),
    /// It breaks a rule of the platform's.
    Bad(String),
}

impl From<Loud> for Stop {
    fn from(loud: Loud) -> Self {
        Self::Loud(loud)
    }
}

/// Reads rows.
pub(crate) struct Reader<'a> {
    /// The shop as it is before anything is written.
    pub(crate) state: &'a State,
    /// How it answers.
    pub(crate) settings: &'a Settings,
    /// The SKUs that rows before this one add.
    pub(crate) added: Vec<String>,
}

impl Reader<'_> {
    /// Reads a row. Names are told apart by case, as they are documented.
    pub(crate) fn read(&self, row: &Object) -> Result<Change, Stop> {
        let mut change = Change::default();
        for (name, value) in row {
            match name.as_str() {
                "SKU" => change.sku = loose::scalar(value, name)?,
                "ID" | "InventoryID" => {
                    let message = format!("{name} is only read, and no source has it written");
                    return Err(Loud::new("ReadOnlyField", message).into());
                }
                "Active" => self.scalar(&mut change, "IsActive", value)?,
                "ImageURL" => {
                    let source = loose::scalar(value, name)?;
                    change
                        .images
                        .push((Place::Main, (!source.is_empty()).then_some(source)));
                }
                "Images" => parts::images(&mut change, value)?,
                "ItemSpecifics" => parts::specifics(&mut change, value, self.settings)?,
                "Categories" => parts::categories(self, &mut change, value)?,
                "PriceGroups" => parts::prices(self, &mut change, value)?,
                "WarehouseQuantity" => parts::quantities(self, &mut change, value)?,
                "StoreQuantity" => parts::store_quantity(self, &mut change, value)?,
                _ => self.scalar(&mut change, name, value)?,
            }
        }
        if change.sku.trim().is_empty() {
            return Err(Stop::Bad(
                "SKU is a required field and is missing".to_owned(),
            ));
        }
        Ok(change)
    }

    fn scalar(&self, change: &mut Change, name: &str, value: &Value) -> Result<(), Stop> {
        let Some(at) = FIELDS.written_at(name) else {
            return self.unknown(name).map_err(Stop::from);
        };
        let text = loose::scalar(value, name)?;
        match field::take(FIELDS.field(at), &text, self.settings)? {
            Taken::Value(text) => change.scalars.push((at, text)),
            Taken::Changed(text, warning) => {
                change.scalars.push((at, text));
                change.warnings.push(warning);
            }
            Taken::Nothing => {}
            Taken::Ignored(warning) => change.warnings.push(warning),
            Taken::Refused(why) => return Err(Stop::Bad(why)),
        }
        if name == "ParentSKU" && !text.is_empty() && !self.has_item(&text) {
            change.scalars.retain(|(written, _)| *written != at);
            self.missing(change, format!("there is no item {text} to be the parent"))?;
        }
        Ok(())
    }

    fn unknown(&self, name: &str) -> Simulated<()> {
        let known = parts::NOT_SIMULATED.contains(&name) || FIELDS.at(name).is_some();
        match self.settings.unknown_field {
            UnknownField::Ignore if !known => Ok(()),
            _ => Err(Loud::new(
                "UnknownField",
                format!("writing the field {name} is not documented, or not simulated"),
            )),
        }
    }

    fn has_item(&self, sku: &str) -> bool {
        let shelf = &self.state.items;
        let key = shelf.key(sku);
        shelf.find(sku).is_some() || self.added.iter().any(|added| shelf.key(added) == key)
    }

    /// Notes a reference to something that is not there, which may make the row a bad one.
    pub(crate) fn missing(&self, change: &mut Change, what: String) -> Result<(), Stop> {
        match self.settings.bad_reference {
            BadReference::RefuseRow => Err(Stop::Bad(own_words(what))),
            BadReference::IgnoreWithWarning => {
                change.warnings.push(own_words(what));
                Ok(())
            }
        }
    }
}

impl Change {
    /// Writes into `item`, and moves its `DateUpdated` as the settings say.
    pub(crate) fn apply(&self, item: &mut Item, settings: &Settings, now: Timestamp) {
        let mut changed = settings.unchanged_moves_date_updated && self.is_more_than_stock();
        for (at, text) in &self.scalars {
            changed |= item.values.set(*at, text);
        }
        changed |= self.apply_specifics(item, settings.specifics);
        for (id, priority) in &self.categories {
            changed |= match priority {
                Some(priority) => item.categories.insert(*id, *priority) != Some(*priority),
                None => item.categories.remove(id).is_some(),
            };
        }
        for (id, fields) in &self.prices {
            changed |= match fields {
                Some(fields) => {
                    let before = item.prices.get(id).cloned();
                    let price = item.prices.entry(*id).or_default();
                    price.fields.extend(fields.clone());
                    before.as_ref() != Some(price)
                }
                None => item.prices.remove(id).is_some(),
            };
        }
        for (place, source) in &self.images {
            changed |= match source {
                Some(source) => {
                    let image = Image {
                        source: source.clone(),
                        written: now,
                    };
                    item.images.insert(*place, image);
                    true
                }
                None => item.images.remove(place).is_some(),
            };
        }
        let moved = self.move_stock(item, settings.negative_stock);
        if changed || (moved && settings.stock_moves_date_updated) {
            item.updated = now;
        }
    }

    fn is_more_than_stock(&self) -> bool {
        !(self.scalars.is_empty()
            && self.specifics.is_empty()
            && self.categories.is_empty()
            && self.prices.is_empty()
            && self.images.is_empty())
    }

    fn apply_specifics(&self, item: &mut Item, specifics: Specifics) -> bool {
        if self.specifics.is_empty() {
            return false;
        }
        let before = item.specifics.clone();
        if specifics == Specifics::Replace {
            item.specifics.clear();
        }
        for new in &self.specifics {
            match item.specifics.iter_mut().find(|old| old.name == new.name) {
                Some(old) => old.value.clone_from(&new.value),
                None => item.specifics.push(new.clone()),
            }
        }
        item.specifics != before
    }

    fn move_stock(&self, item: &mut Item, negative: NegativeStock) -> bool {
        let mut moved = false;
        for movement in &self.movements {
            let quantity = item.stock.entry(movement.warehouse).or_default();
            let before = *quantity;
            *quantity = match movement.action {
                Action::Set => movement.quantity,
                Action::Increment => before.saturating_add(movement.quantity),
                Action::Decrement => before.saturating_sub(movement.quantity),
            };
            if negative == NegativeStock::StopsAtZero {
                *quantity = (*quantity).max(0);
            }
            moved |= *quantity != before;
        }
        moved
    }
}
