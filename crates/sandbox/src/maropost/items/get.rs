//! `GetItem`.

use std::collections::{BTreeSet, HashSet};

use super::fields::FIELDS;
use super::item::Item;
use super::shelf::Shelf;
use super::show::{self, Display};
use crate::maropost::envelope::Answer;
use crate::maropost::field::{Kind, boolean_word};
use crate::maropost::filter::{Filter, Range};
use crate::maropost::loose::{self, Object};
use crate::maropost::loud::{Loud, Simulated};
use crate::maropost::number;
use crate::maropost::settings::Settings;
use crate::maropost::state::State;

/// Filters on scalar fields that are documented with several values.
const SEVERAL: [&str; 13] = [
    "AccountingCode",
    "Brand",
    "Model",
    "Name",
    "PrimarySupplier",
    "Approved",
    "ApprovedForPOS",
    "ApprovedForMobileStore",
    "Visible",
    "IsActive",
    "IsNetoUtility",
    "AuGstExempt",
    "NzGstExempt",
];

/// Filters on scalar fields that are documented with a single value.
const SINGLE: [&str; 6] = [
    "ParentSKU",
    "RestockQty",
    "ReorderQty",
    "RestockWarningLevel",
    "IsGiftVoucher",
    "EditableKitBundle",
];

/// What is sorted by.
const ORDERS: [&str; 7] = [
    "ParentSKU",
    "ID",
    "Model",
    "Name",
    "IsActive",
    "DateAdded",
    "DateUpdated",
];

/// Answers `GetItem`.
pub(crate) fn answer(
    state: &State,
    settings: &Settings,
    body: &Object,
    origin: &str,
) -> Simulated<Answer> {
    let mut filter = Filter::read(body, settings)?;
    let wanted = Wanted::read(&mut filter, state, settings)?;
    let order = Order::read(&mut filter)?;
    let page = filter.finish()?;
    let selectors = match page.selectors(show::is_selector, settings) {
        Ok(selectors) => selectors,
        Err(error) => return Ok(Answer::rejected("Item", vec![error])),
    };
    let items = page.of(order.sorted(wanted.find(&state.items)));
    let needs_orders = ["CommittedQuantity", "AvailableSellQuantity"];
    let counts = selectors.iter().any(|name| needs_orders.contains(name));
    let committed = if counts {
        state.committed()
    } else {
        Default::default()
    };
    let display = Display {
        state,
        settings,
        origin,
        committed,
    };
    let rows = items.into_iter().map(|item| display.item(item, &selectors));
    Ok(Answer::found("Item", rows.collect()))
}

/// What is looked for.
struct Wanted {
    ids: Option<BTreeSet<u64>>,
    scalars: Vec<(u16, HashSet<String>)>,
    categories: Option<BTreeSet<u64>>,
    added: Range,
    created: Range,
    updated: Range,
}

impl Wanted {
    fn read(filter: &mut Filter<'_>, state: &State, settings: &Settings) -> Simulated<Self> {
        let mut ids = filter.ids("InventoryID")?;
        if let Some(skus) = filter.values("SKU")? {
            let found = skus.iter().filter_map(|sku| state.items.find(sku));
            let found: BTreeSet<u64> = found.collect();
            ids = Some(ids.map_or(found.clone(), |ids| &ids & &found));
        }
        let mut scalars = Vec::new();
        for name in SEVERAL {
            scalars.extend(condition(name, filter.values(name)?)?);
        }
        for name in SINGLE {
            let value = filter.value(name)?.map(|value| vec![value]);
            scalars.extend(condition(name, value)?);
        }
        Ok(Self {
            ids,
            scalars,
            categories: filter.ids("CategoryID")?,
            added: filter.range("DateAdded", settings)?,
            created: filter.range("DateCreated", settings)?,
            updated: filter.range("DateUpdated", settings)?,
        })
    }

    fn find<'a>(&'a self, items: &'a Shelf) -> Box<dyn Iterator<Item = &'a Item> + 'a> {
        match &self.ids {
            None => Box::new(items.all().filter(|item| self.matches(item))),
            Some(ids) => {
                let found = ids.iter().filter_map(|id| items.get(*id));
                Box::new(found.filter(|item| self.matches(item)))
            }
        }
    }

    fn matches(&self, item: &Item) -> bool {
        self.updated.has(Some(item.updated))
            && self.added.has(Some(item.added))
            && self.created.has(Some(item.added))
            && self
                .scalars
                .iter()
                .all(|(at, values)| values.contains(stored(item, *at)))
            && self.categories.as_ref().is_none_or(|wanted| {
                item.categories
                    .keys()
                    .any(|category| wanted.contains(category))
            })
    }
}

/// The stored value of a field, with what an empty one stands for.
fn stored(item: &Item, at: u16) -> &str {
    let value = item.values.get(at);
    match FIELDS.field(at).kind {
        Kind::Boolean | Kind::TextBoolean if value.is_empty() => "False",
        Kind::Integer if value.is_empty() => "0",
        Kind::Number if value.is_empty() => "0.00",
        _ => value,
    }
}

/// The condition that the field `name` has one of `values`, if there are any.
fn condition(name: &str, values: Option<Vec<String>>) -> Simulated<Option<(u16, HashSet<String>)>> {
    let (Some(at), Some(values)) = (FIELDS.at(name), values) else {
        return Ok(None);
    };
    let kind = FIELDS.field(at).kind;
    let values = values.iter().map(|value| comparable(kind, name, value));
    Ok(Some((at, values.collect::<Simulated<_>>()?)))
}

/// The value of a filter as it is stored.
fn comparable(kind: Kind, name: &str, value: &str) -> Simulated<String> {
    let read = match kind {
        Kind::Boolean | Kind::TextBoolean => loose::boolean(value).map(boolean_word),
        Kind::Integer => value
            .trim()
            .parse::<i64>()
            .ok()
            .map(|number| number.to_string()),
        Kind::Number => number::parse(value).map(number::price),
        _ => Some(value.to_owned()),
    };
    read.ok_or_else(|| {
        Loud::new(
            "MalformedValue",
            format!("\"{value}\" is no value of {name}"),
        )
    })
}

/// In which order; by id when nothing is said.
struct Order {
    by: String,
    descending: bool,
}

impl Order {
    fn read(filter: &mut Filter<'_>) -> Simulated<Self> {
        let by = filter.value("OrderBy")?.unwrap_or_else(|| "ID".to_owned());
        let direction = filter
            .value("OrderDirection")?
            .unwrap_or_else(|| "ASC".to_owned());
        if !ORDERS.contains(&by.as_str()) || !matches!(direction.as_str(), "ASC" | "DESC") {
            let message = format!("OrderBy {by} {direction} is not documented");
            return Err(Loud::new("UnknownOrder", message));
        }
        Ok(Self {
            by,
            descending: direction == "DESC",
        })
    }

    fn sorted<'a>(
        &self,
        found: Box<dyn Iterator<Item = &'a Item> + 'a>,
    ) -> Box<dyn Iterator<Item = &'a Item> + 'a> {
        if self.by == "ID" && !self.descending {
            return found;
        }
        let mut items: Vec<&Item> = found.collect();
        match self.by.as_str() {
            "ID" => {}
            "DateAdded" => items.sort_by_key(|item| item.added),
            "DateUpdated" => items.sort_by_key(|item| item.updated),
            name => items.sort_by(|one, other| one.value(name).cmp(other.value(name))),
        }
        if self.descending {
            items.reverse();
        }
        Box::new(items.into_iter())
    }
}
