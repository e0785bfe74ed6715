//! What is sent to change an item: only what is another than it is there.

use domain::channel::{ShopField, ShopValues};
use domain::record::Value;
use domain::values::Decimal;
use serde_json::{Map, Value as Json, json};

use super::decode::{Row, Shop};
use super::fields::{CATEGORY, Holds, MAIN_IMAGE, OTHER_IMAGES, Part, SKU};
use super::loose::Object;
use super::pictures;
use super::specifics;
use super::tree::tidy;
use super::{decode, scalar};
use crate::failure::{Answered, Failure, FailureKind};

/// What is to be sent of one item.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// What is sent besides the SKU; nothing where all is there already.
    pub(super) row: Object,
    /// What the fields will hold that were to be changed.
    pub(super) wanted: ShopValues,
    /// Those of them that are another than they are there.
    pub(super) sent: Vec<ShopField>,
    /// Whether the shop may do it in another way without a word, so that it has to be read again.
    pub(super) unsure: bool,
}

/// What is to be sent so that an item holds `values`. `row` is how it is; a new one has only its keys.
pub(super) fn draft(
    row: &Row,
    values: &ShopValues,
    shop: &Shop,
    ahead: Option<i32>,
) -> Answered<Draft> {
    let mut draft = Draft::default();
    let mut prices = Vec::new();
    for (field, value) in values {
        let part = Part::of(field).ok_or_else(|| scalar::unknown(field))?;
        let wanted = settled(part, value, row);
        let is_there = decode::value(part, row, shop).as_ref() == Some(&wanted);
        draft.wanted.insert(field.clone(), wanted);
        if is_there {
            continue;
        }
        draft.sent.push(field.clone());
        match part {
            Part::Scalar(scalar) => {
                let text = scalar::written(scalar, value, ahead)?;
                draft.row.insert(scalar.written.clone(), Json::from(text));
                draft.unsure |=
                    scalar.holds == Holds::Promotion || scalar::may_be_rounded(scalar, value);
            }
            Part::Category => {
                let change = category(row, value, shop)?;
                draft.row.insert(CATEGORY.to_owned(), change);
                draft.unsure |= row.categories().len() > 1;
            }
            Part::Price(group) if decode::has_several_prices(row, group) => {
                let message = format!("The item has several prices for {group}, by quantity.");
                let failure = Failure::new(FailureKind::Rejected, message);
                return Err(failure.hint("Change them in the control panel."));
            }
            Part::Price(group) => prices.push(price(row, group, value, shop)?),
            Part::MainImage | Part::OtherImages | Part::OptionName(_) | Part::OptionValue(_) => {}
        }
    }
    draft.unsure |= values.iter().any(|(field, value)| {
        matches!(Part::of(field), Some(Part::Price(_)))
            && value.as_number().is_some_and(|units| units % 100 != 0)
    });
    if !prices.is_empty() {
        draft
            .row
            .insert("PriceGroups".to_owned(), json!({ "PriceGroup": prices }));
    }
    draft.add_parts(row, values)?;
    Ok(draft)
}

impl Draft {
    /// Adds the options and the pictures, each of which is sent as a whole.
    fn add_parts(&mut self, row: &Row, values: &ShopValues) -> Answered<()> {
        if let Some(change) = specifics::change(&row.specifics(), values)? {
            self.unsure |= change.moves;
            self.row.insert("ItemSpecifics".to_owned(), change.sent);
        }
        let named = |key: &str| values.get(&ShopField::new(key));
        let (main, others) = (named(MAIN_IMAGE), named(OTHER_IMAGES));
        if let Some(sent) = pictures::change(&row.images(), main, others)? {
            // The shop keeps a copy of its own, at an address that only it knows.
            self.unsure = true;
            self.row.insert("Images".to_owned(), sent);
        }
        Ok(())
    }

    /// Whether there is something to send.
    pub(super) fn is_empty(&self) -> bool {
        self.row.is_empty()
    }

    /// The whole row, with the SKU by which it is found.
    pub(super) fn sent(&self, sku: &str) -> Json {
        let mut row = Map::from_iter([(SKU.to_owned(), Json::from(sku))]);
        row.extend(self.row.clone());
        Json::Object(row)
    }
}

/// The value as it will be read.
fn settled(part: Part<'_>, value: &Value, row: &Row) -> Value {
    match (part, value) {
        (Part::Scalar(scalar), value) => scalar::settled(scalar, value.clone(), row.is_parent),
        (Part::Category, Value::Text(path)) => Value::text(tidy(path)),
        (Part::Price(_), Value::Number(0)) => Value::Empty,
        (Part::MainImage, Value::Text(image)) => Value::text(pictures::address(image)),
        (Part::OtherImages, Value::List(images)) => {
            Value::images(images.iter().map(|image| pictures::address(image)))
        }
        (_, value) => value.clone(),
    }
}

/// The category that is shown gives way to another one; the others stay. Categories are only ever added
/// unless one is taken away by name.
fn category(row: &Row, value: &Value, shop: &Shop) -> Answered<Json> {
    let rejected = |message: String| Failure::new(FailureKind::Rejected, message);
    let Some(tree) = shop.tree.as_deref() else {
        let message = "The key may not read the shop's categories.".to_owned();
        let hint = "Allow GetCategory in the user's permission group, or leave the category out.";
        return Err(rejected(message).hint(hint));
    };
    let shown = row.categories().first().copied();
    let mut rows = Vec::new();
    let mut new = None;
    if let Value::Text(path) = value {
        let path = tidy(path);
        let id = match tree.find(&path) {
            [id] => *id,
            [] => {
                let message = format!("The shop has no category \"{path}\".");
                let hint = "Make it in the control panel, or choose one that is there. Names are told apart by case.";
                return Err(rejected(message).hint(hint));
            }
            _ => {
                let message = format!("The shop has several categories \"{path}\".");
                return Err(
                    rejected(message).hint("Give one of them another name in the control panel.")
                );
            }
        };
        let priority = shown.map_or(1, |(_, priority)| priority);
        rows.push(json!({ "CategoryID": id.to_string(), "Priority": priority.to_string() }));
        new = Some(id);
    } else if !value.is_empty() {
        return Err(rejected(
            "A category is a path, such as Apparel > Shirts.".to_owned(),
        ));
    }
    if let Some((id, _)) = shown.filter(|(id, _)| Some(*id) != new) {
        rows.push(json!({ "CategoryID": id.to_string(), "Delete": true }));
    }
    Ok(json!({ "Category": rows }))
}

/// The price of a group, by the group's id where that was seen and by its name otherwise: both are taken.
fn price(row: &Row, group: &str, value: &Value, shop: &Shop) -> Answered<Json> {
    let own = row.prices().into_iter().find(|(name, ..)| name == group);
    let id = own
        .map(|(_, id, _)| id)
        .or_else(|| shop.groups.get(group).cloned());
    let id = id
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| group.to_owned());
    match value {
        Value::Number(units) => {
            Ok(json!({ "Group": id, "Price": Decimal::from_units(*units).as_money() }))
        }
        Value::Empty => Ok(json!({ "Group": id, "Delete": true })),
        _ => Err(Failure::new(
            FailureKind::Rejected,
            format!("The price of {group} is no amount."),
        )),
    }
}
