//! Shopify's layout: the rows of one handle are one product with its variants and images.
//!
//! The first row carries what the product has, each row with a SKU, an option value or a price is
//! a variant, and the others only add images. A product whose only variant has no option of its
//! own is one record; any other is a parent, which no row of its own stands for, and its variants.

use crate::{label_of, view};
use domain::catalog::product;
use std::collections::{HashSet, VecDeque};

use super::item::{Body, EmptyCells, Item, Row, Skip};
use super::parsed::quoted;
use super::row_cells::{CellReader, CellRow};
use super::target::Target;
use domain::plan::Problem;
use domain::record::{Field, Value, check_field};
use domain::values::hash;

mod images;
mod parts;
mod write;

pub use write::ShopifyWriter;

use images::FamilyImages;
use parts::{PRODUCT_FIELDS, Shared, is_option, is_variant, no_sku, options, slug, text_of};

/// While the first variant waits for a second one, at most so many rows wait with it.
const MAX_HELD: usize = 10_000;

/// Puts the rows of one handle together, row by row.
#[derive(Debug)]
pub(super) struct Families {
    handle_column: String,
    empty_cells: EmptyCells,
    /// A hash of each handle that was seen: a million of them take 20 MB, the texts far more.
    seen: HashSet<u64>,
    current: Option<Family>,
    /// What the column of images is called.
    image_column: String,
    /// Whether images are read, so that a product waits for those of its last row.
    has_images: bool,
}

#[derive(Debug)]
struct Family {
    handle: String,
    /// What waits for the images of the last row.
    waiting: VecDeque<Item>,
    images: FamilyImages,
    /// Whether the product was handed on already.
    is_handed_on: bool,
    /// Whether the handle stood further up already, apart from these rows.
    again: bool,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// Only image rows so far.
    Opened,
    /// One variant without options: a product of its own, unless another variant follows.
    /// What came behind it waits, so that the order of the file is kept.
    Waiting(Box<CellRow>, Vec<Item>),
    /// A parent and its variants.
    Parent(Shared),
    /// A product of its own, for good.
    Single,
}

impl Families {
    pub(super) fn new(cells: &CellReader) -> Self {
        Self {
            handle_column: cells.name_of(Target::Handle).to_owned(),
            empty_cells: cells.empty_cells(),
            seen: HashSet::new(),
            current: None,
            image_column: cells.name_of(Target::Images).to_owned(),
            has_images: cells.reads(Target::Images),
        }
    }

    /// Takes the next row, and hands on what is ready.
    pub(super) fn push(&mut self, mut row: CellRow, ready: &mut VecDeque<Item>) {
        if row.handle.is_empty() {
            self.finish(ready);
            let is_told = |problem: &Problem| problem.column == self.handle_column;
            if !row.row.problems.iter().any(is_told) {
                let message = "A handle is needed: it says which product the row belongs to.";
                let hint = "Fill it in, or let the handle column be ignored.";
                let problem = self.problem(String::new(), message.into(), Some(hint.into()));
                row.row.problems.push(problem);
            }
            ready.push_back(row.into_item());
            return;
        }
        if self
            .current
            .as_ref()
            .is_none_or(|family| family.handle != row.handle)
        {
            self.finish(ready);
            self.current = Some(Family {
                handle: row.handle.clone(),
                again: !self.seen.insert(hash(&row.handle)),
                waiting: VecDeque::new(),
                images: FamilyImages::default(),
                is_handed_on: false,
                stage: Stage::Opened,
            });
        }
        let Some(mut family) = self.current.take() else {
            return;
        };
        family.images.add(&mut row.images);
        self.in_family(&mut family, ready, |family, ready| {
            self.join(family, row, ready)
        });
        self.current = Some(family);
    }

    /// Hands on a row that belongs to no product, in its place.
    pub(super) fn pass(&mut self, item: Item, ready: &mut VecDeque<Item>) {
        match self.current.take() {
            Some(mut family) => {
                self.in_family(&mut family, ready, |family, ready| {
                    self.hold(family, item, ready)
                });
                self.current = Some(family);
            }
            None => ready.push_back(item),
        }
    }

    fn hold(&self, family: &mut Family, item: Item, ready: &mut VecDeque<Item>) {
        let Stage::Waiting(_, held) = &mut family.stage else {
            ready.push_back(item);
            return;
        };
        held.push(item);
        if held.len() >= MAX_HELD {
            self.release(family, ready);
        }
    }

    /// Hands on what still waits: the product is complete.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Item>) {
        if let Some(mut family) = self.current.take() {
            self.in_family(&mut family, ready, |family, ready| {
                self.release(family, ready)
            });
            self.hand_on(&mut family, ready);
        }
    }

    fn release(&self, family: &mut Family, ready: &mut VecDeque<Item>) {
        if let Stage::Waiting(first, held) = std::mem::replace(&mut family.stage, Stage::Single) {
            ready.push_back(self.single(*first));
            ready.extend(held);
        }
    }

    fn join(&self, family: &mut Family, mut row: CellRow, ready: &mut VecDeque<Item>) {
        let opens = matches!(family.stage, Stage::Opened);
        let adds_to_product = is_variant(&row) || (opens && row.fills(product::NAME));
        if !adds_to_product {
            let item = Item {
                line: row.line,
                offset: row.offset,
                implied: false,
                body: Body::Skipped(if self.has_images {
                    Skip::Image
                } else {
                    Skip::OtherImage
                }),
            };
            self.hold(family, item, ready);
            return;
        }
        if family.again || matches!(family.stage, Stage::Single) {
            row.row.problems.push(self.problem(
                row.handle.clone(),
                "This handle stood further up already, apart from this row.".into(),
                Some(
                    "Put the rows of one product below each other, for example by sorting.".into(),
                ),
            ));
        }
        match std::mem::replace(&mut family.stage, Stage::Single) {
            Stage::Opened if options(&row).is_empty() => {
                family.stage = Stage::Waiting(Box::new(row), Vec::new());
            }
            Stage::Opened => family.stage = Stage::Parent(self.open(row, ready)),
            Stage::Waiting(first, held) => {
                let shared = self.open(*first, ready);
                ready.extend(held);
                ready.push_back(self.variant(row, &shared));
                family.stage = Stage::Parent(shared);
            }
            Stage::Parent(shared) => {
                ready.push_back(self.variant(row, &shared));
                family.stage = Stage::Parent(shared);
            }
            Stage::Single => ready.push_back(self.single(row)),
        }
    }

    /// Hands on the parent that the first row implies, then the row's own variant.
    fn open(&self, mut first: CellRow, ready: &mut VecDeque<Item>) -> Shared {
        let is_shared = |field: &Field| PRODUCT_FIELDS.contains(field);
        let values = std::mem::take(&mut first.row.values);
        let (mut product, own): (Vec<_>, Vec<_>) =
            values.into_iter().partition(|(field, _)| is_shared(field));
        first.row.values = own;
        // What is wrong with the row as a whole is wrong with the product too.
        let of_product = |p: &&Problem| p.field.is_none_or(|field| is_shared(&field));
        let mut parent = Row {
            problems: first
                .row
                .problems
                .iter()
                .filter(of_product)
                .cloned()
                .collect(),
            ..Row::default()
        };
        let shared = Shared::of(&product, &first.row);
        let before = parent.problems.len();
        self.set_sku(&mut parent, &first.handle, first.handle.clone());
        // No other row can tell what keeps the parent from being imported.
        first
            .row
            .problems
            .extend_from_slice(&parent.problems[before..]);
        parent.values.append(&mut product);
        ready.push_back(Item {
            line: first.line,
            offset: first.offset,
            implied: true,
            body: Body::Record(parent),
        });
        ready.push_back(self.variant(first, &shared));
        shared
    }

    /// A product without variants; its handle is its SKU when it has none.
    fn single(&self, mut read: CellRow) -> Item {
        let values = std::mem::take(&mut read.row.values);
        let sku = text_of(&values, product::SKU).to_owned();
        let has_sku = read.fills(product::SKU);
        if !has_sku {
            self.set_sku(&mut read.row, &read.handle, read.handle.clone());
            read.row.notes.push(no_sku(&read.handle));
        } else if !sku.is_empty() {
            read.row.values.push((product::SKU, Value::Text(sku)));
        }
        let own = |field: Field| {
            ![product::SKU, product::PARENT_SKU].contains(&field) && !is_option(field)
        };
        read.row
            .values
            .extend(values.into_iter().filter(|(field, _)| own(*field)));
        if self.empty_cells == EmptyCells::Clear {
            let options = product::OPTIONS
                .into_iter()
                .flat_map(|(name, value)| [name, value]);
            read.row
                .values
                .extend(options.map(|field| (field, Value::Empty)));
        }
        read.into_item()
    }

    fn variant(&self, mut read: CellRow, shared: &Shared) -> Item {
        let options = options(&read);
        let values = std::mem::take(&mut read.row.values);
        let sku = text_of(&values, product::SKU).to_owned();
        let has_sku = read.fills(product::SKU);
        let option_values = self.option_values(&values, shared);
        let own = |field: Field| {
            !PRODUCT_FIELDS.contains(&field)
                && !is_option(field)
                && ![product::SKU, product::PARENT_SKU].contains(&field)
        };
        let mut row = std::mem::take(&mut read.row);
        if sku == read.handle {
            row.problems.push(self.problem(
                sku.clone(),
                "The variant's SKU is the handle, which is the SKU of the product itself.".into(),
                Some("Give the variant a SKU of its own.".into()),
            ));
        }
        if !sku.is_empty() {
            row.values.push((product::SKU, Value::Text(sku)));
        } else if !has_sku && options.is_empty() {
            row.problems.push(self.problem(
                read.handle.clone(),
                "The variant has neither a SKU nor an option value.".into(),
                Some("Fill in one of them, so that it can be told from its siblings.".into()),
            ));
        } else if !has_sku {
            let made = format!("{}-{}", read.handle, slug(&options.join("-")));
            row.notes.push(no_sku(&made));
            self.set_sku(&mut row, &read.handle, made);
        }
        row.values
            .push((product::PARENT_SKU, Value::text(read.handle.clone())));
        self.set_name(&mut row, shared, &options);
        row.values.extend(shared.inherited.iter().cloned());
        row.values.extend(option_values);
        row.values
            .extend(values.into_iter().filter(|(field, _)| own(*field)));
        if let Some(image) = read.images.own.take() {
            row.values.push((product::MAIN_IMAGE, Value::text(image)));
        }
        read.row = row;
        read.into_item()
    }

    fn set_name(&self, row: &mut Row, shared: &Shared, options: &[String]) {
        let name = match (shared.title.as_str(), options.join(" / ")) {
            ("", _) => return,
            (title, options) if options.is_empty() => title.to_owned(),
            (title, options) => format!("{title} - {options}"),
        };
        let value = Value::text(name);
        if let Err(message) = check_field(view(product::NAME), &value) {
            row.problems.push(Problem {
                column: label_of(product::NAME).into(),
                field: Some(product::NAME),
                value: quoted(value.as_text().unwrap_or_default()),
                message,
                hint: None,
            });
            return;
        }
        row.values.push((product::NAME, value));
    }

    /// The option pairs of a variant; the names stand on the first row only.
    fn option_values(&self, values: &[(Field, Value)], shared: &Shared) -> Vec<(Field, Value)> {
        let mut pairs = Vec::new();
        for (index, (name_field, value_field)) in product::OPTIONS.into_iter().enumerate() {
            let value = text_of(values, value_field);
            let own_name = Some(text_of(values, name_field)).filter(|name| !name.is_empty());
            let name = own_name
                .map(Value::text)
                .or_else(|| shared.option_names[index].clone());
            if !value.is_empty() {
                pairs.extend(name.map(|name| (name_field, name)));
                pairs.push((value_field, Value::text(value)));
            } else if self.empty_cells == EmptyCells::Clear {
                pairs.push((name_field, Value::Empty));
                pairs.push((value_field, Value::Empty));
            }
        }
        pairs
    }

    fn set_sku(&self, row: &mut Row, handle: &str, sku: String) {
        let value = Value::text(sku);
        match check_field(view(product::SKU), &value) {
            Ok(()) => row.values.push((product::SKU, value)),
            Err(message) => {
                let hint = "Shorten the handle, or give every variant a SKU.";
                row.problems
                    .push(self.problem(handle.to_owned(), message, Some(hint.into())));
            }
        }
    }

    fn problem(&self, value: String, message: String, hint: Option<String>) -> Problem {
        Problem {
            column: self.handle_column.clone(),
            field: Some(product::SKU),
            value,
            message,
            hint,
        }
    }
}

#[cfg(test)]
mod tests;
