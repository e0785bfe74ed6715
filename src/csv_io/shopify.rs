//! Shopify's layout: the rows of one handle are one product with its variants and images.
//!
//! The first row carries what the product has, each row with a SKU, an option value or a price is
//! a variant, and the others only add images. A product whose only variant has no option of its
//! own is one record; any other is a parent, which no row of its own stands for, and its variants.

use std::collections::{HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::columns::Target;
use super::item::{Body, EmptyCells, Item, Row, Skip};
use super::rows::{CellReader, CellRow, quoted};
use crate::catalog::{Field, Value, check_field};
use crate::plan::Problem;

/// The fields that belong to the product and not to its variants.
const PRODUCT_FIELDS: [Field; 9] = [
    Field::Name,
    Field::Subtitle,
    Field::Brand,
    Field::Category,
    Field::Tags,
    Field::Description,
    Field::Active,
    Field::SeoTitle,
    Field::SeoDescription,
];
/// What a variant has in common with its product.
const INHERITED: [Field; 3] = [Field::Brand, Field::Category, Field::Active];
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
}

#[derive(Debug)]
struct Family {
    handle: String,
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

/// What the variants take from the first row.
#[derive(Debug, Default)]
struct Shared {
    title: String,
    inherited: Vec<(Field, Value)>,
    option_names: [Option<Value>; 3],
}

impl Families {
    pub(super) fn new(cells: &CellReader) -> Self {
        Self {
            handle_column: cells.name_of(Target::Handle).to_owned(),
            empty_cells: cells.empty_cells(),
            seen: HashSet::new(),
            current: None,
        }
    }

    /// Takes the next row, and hands on what is ready.
    pub(super) fn take(&mut self, mut row: CellRow, ready: &mut VecDeque<Item>) {
        if row.handle.is_empty() {
            self.finish(ready);
            let message = "A handle is needed: it says which product the row belongs to.";
            let hint = "Fill it in, or let the handle column be ignored.";
            let problem = self.problem(String::new(), message.into(), Some(hint.into()));
            row.row.problems.push(problem);
            ready.push_back(row.into_item());
            return;
        }
        if self
            .current
            .as_ref()
            .is_none_or(|family| family.handle != row.handle)
        {
            self.finish(ready);
            let mut hasher = DefaultHasher::new();
            row.handle.hash(&mut hasher);
            self.current = Some(Family {
                handle: row.handle.clone(),
                again: !self.seen.insert(hasher.finish()),
                stage: Stage::Opened,
            });
        }
        let Some(mut family) = self.current.take() else {
            return;
        };
        self.join(&mut family, row, ready);
        self.current = Some(family);
    }

    /// Hands on a row that belongs to no product, in its place.
    pub(super) fn pass(&mut self, item: Item, ready: &mut VecDeque<Item>) {
        match self.current.take() {
            Some(mut family) => {
                self.hold(&mut family, item, ready);
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
            self.settle(family, ready);
        }
    }

    /// Hands on what still waits: the product is complete.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Item>) {
        if let Some(mut family) = self.current.take() {
            self.settle(&mut family, ready);
        }
    }

    fn settle(&self, family: &mut Family, ready: &mut VecDeque<Item>) {
        if let Stage::Waiting(first, held) = std::mem::replace(&mut family.stage, Stage::Single) {
            ready.push_back(self.single(*first));
            ready.extend(held);
        }
    }

    fn join(&self, family: &mut Family, mut row: CellRow, ready: &mut VecDeque<Item>) {
        let opens = matches!(family.stage, Stage::Opened);
        let adds_to_product = is_variant(&row) || (opens && row.fills(Field::Name));
        if !adds_to_product {
            let item = Item {
                line: row.line,
                offset: row.offset,
                implied: false,
                body: Body::Skipped(Skip::Image),
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
        let problems = std::mem::take(&mut first.row.problems);
        // What is wrong with the row as a whole is wrong with the product too.
        let of_product = |p: &&Problem| p.field.is_none_or(|field| is_shared(&field));
        let of_variant = |p: &&Problem| !p.field.is_some_and(|field| is_shared(&field));
        let mut parent = Row {
            problems: problems.iter().filter(of_product).cloned().collect(),
            ..Row::default()
        };
        first.row.problems = problems.iter().filter(of_variant).cloned().collect();
        let shared = Shared {
            title: text_of(&product, Field::Name).to_owned(),
            inherited: product
                .iter()
                .filter(|(field, _)| INHERITED.contains(field))
                .cloned()
                .collect(),
            option_names: Field::OPTIONS
                .map(|(name, _)| first.row.get(name).filter(|name| !name.is_empty()).cloned()),
        };
        self.set_sku(&mut parent, &first.handle, first.handle.clone());
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
        let sku = text_of(&values, Field::Sku).to_owned();
        let has_sku = read.fills(Field::Sku);
        if !has_sku {
            self.set_sku(&mut read.row, &read.handle, read.handle.clone());
            read.row.notes.push(no_sku(&read.handle));
        } else if !sku.is_empty() {
            read.row.values.push((Field::Sku, Value::Text(sku)));
        }
        let own =
            |field: Field| !matches!(field, Field::Sku | Field::ParentSku) && !is_option(field);
        read.row
            .values
            .extend(values.into_iter().filter(|(field, _)| own(*field)));
        if self.empty_cells == EmptyCells::Clear {
            let options = Field::OPTIONS
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
        let sku = text_of(&values, Field::Sku).to_owned();
        let has_sku = read.fills(Field::Sku);
        let option_values = self.option_values(&values, shared);
        let own = |field: Field| {
            !PRODUCT_FIELDS.contains(&field)
                && !is_option(field)
                && !matches!(field, Field::Sku | Field::ParentSku)
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
            row.values.push((Field::Sku, Value::Text(sku)));
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
            .push((Field::ParentSku, Value::text(read.handle.clone())));
        self.set_name(&mut row, shared, &options);
        row.values.extend(shared.inherited.iter().cloned());
        row.values.extend(option_values);
        row.values
            .extend(values.into_iter().filter(|(field, _)| own(*field)));
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
        if let Err(message) = check_field(Field::Name, &value) {
            row.problems.push(Problem {
                column: Field::Name.label().into(),
                field: Some(Field::Name),
                value: quoted(value.as_text().unwrap_or_default()),
                message,
                hint: None,
            });
            return;
        }
        row.values.push((Field::Name, value));
    }

    /// The option pairs of a variant; the names stand on the first row only.
    fn option_values(&self, values: &[(Field, Value)], shared: &Shared) -> Vec<(Field, Value)> {
        let mut pairs = Vec::new();
        for (index, (name_field, value_field)) in Field::OPTIONS.into_iter().enumerate() {
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
        match check_field(Field::Sku, &value) {
            Ok(()) => row.values.push((Field::Sku, value)),
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
            field: Some(Field::Sku),
            value,
            message,
            hint,
        }
    }
}

fn no_sku(made: &str) -> String {
    format!("The row has no SKU; \"{made}\" is used.")
}

fn is_variant(row: &CellRow) -> bool {
    row.fills(Field::Sku)
        || row.fills(Field::StorePrice)
        || Field::OPTIONS.iter().any(|(_, value)| row.fills(*value))
}

fn is_option(field: Field) -> bool {
    Field::OPTIONS
        .iter()
        .any(|(name, value)| field == *name || field == *value)
}

/// The option values of a row, without the stand-in of a product that has no options.
fn options(read: &CellRow) -> Vec<String> {
    let name = read.row.text(Field::Option1Name);
    let default = read.row.text(Field::Option1Value) == "Default Title"
        && (name.is_empty() || name == "Title");
    Field::OPTIONS
        .iter()
        .filter(|(_, value)| !(default && *value == Field::Option1Value))
        .map(|(_, value)| read.row.text(*value).to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

fn text_of(values: &[(Field, Value)], field: Field) -> &str {
    let found = values.iter().find(|(other, _)| *other == field);
    found
        .and_then(|(_, value)| value.as_text())
        .unwrap_or_default()
}

/// The letters and digits of a text in lower case, with a dash for anything between them.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv_io::{ColumnMap, Delimiter, Format, ReadOptions, Reader, column_names};

    const FILE: &str = include_str!("../../tests/fixtures/csv/shopify.csv");

    fn read(text: &str, empty_cells: EmptyCells) -> Vec<Item> {
        let format = Format {
            delimiter: Delimiter::Comma,
            has_header: true,
        };
        let map = ColumnMap::guess(&column_names(text.as_bytes(), format).unwrap());
        let options = ReadOptions {
            empty_cells,
            ..ReadOptions::default()
        };
        let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
        reader.map(Result::unwrap).collect()
    }

    fn kept(text: &str) -> Vec<Item> {
        read(text, EmptyCells::Keep)
    }

    /// An item on one line: its line, `+` when it is implied, and what it says about itself.
    fn told(items: &[Item]) -> Vec<String> {
        let told = |item: &Item| {
            let sign = if item.implied { "+" } else { "" };
            let text = match &item.body {
                Body::Skipped(reason) => reason.to_string(),
                Body::Record(row) if row.problems.is_empty() => format!(
                    "{} | {} | {}",
                    row.text(Field::Sku),
                    row.text(Field::ParentSku),
                    row.text(Field::Name)
                ),
                Body::Record(row) => row.problems[0].message.clone(),
            };
            format!("{}{sign} {text}", item.line)
        };
        items.iter().map(told).collect()
    }

    fn row(item: &Item) -> &Row {
        match &item.body {
            Body::Record(row) => row,
            Body::Skipped(reason) => panic!("line {} is skipped: {reason}", item.line),
        }
    }

    #[test]
    fn the_rows_of_a_handle_make_a_product_with_its_variants() {
        assert_eq!(
            told(&kept(FILE)),
            [
                "2 mug |  | Mug",
                "3 Image row; images are not imported.",
                "4+ tee |  | Tee",
                "4 tee-small-red | tee | Tee - Small / Red",
                "6 Image row; images are not imported.",
                "7 TEE-L | tee | Tee - Large / Red",
                "8 CUP-1 |  | Cup",
                "9 This handle stood further up already, apart from this row.",
                "10 A handle is needed: it says which product the row belongs to.",
            ]
        );
    }

    #[test]
    fn a_product_without_options_is_one_record() {
        let items = kept(FILE);
        let mug = row(&items[0]);
        assert_eq!(mug.get(Field::Weight), Some(&Value::Number(3_500)));
        assert_eq!(mug.get(Field::TaxFree), Some(&Value::Flag(false)));
        assert_eq!(mug.get(Field::Tags), Some(&Value::list(["clay", "tea"])));
        assert_eq!(mug.get(Field::Option1Name), None);
        assert_eq!(mug.notes, ["The row has no SKU; \"mug\" is used."]);
    }

    #[test]
    fn the_parent_has_what_the_variants_share() {
        let items = kept(FILE);
        let parent = row(&items[2]);
        assert_eq!(parent.text(Field::Description), "<p>Soft,\nwarm.</p>");
        assert_eq!(parent.get(Field::Active), Some(&Value::Flag(true)));
        assert_eq!(parent.get(Field::Stock), None);
        assert_eq!(parent.get(Field::Option1Value), None);
        let large = row(&items[5]);
        assert_eq!(
            large.values,
            [
                (Field::Sku, Value::text("TEE-L")),
                (Field::ParentSku, Value::text("tee")),
                (Field::Name, Value::text("Tee - Large / Red")),
                (Field::Brand, Value::text("Loom")),
                (Field::Category, Value::text("Apparel")),
                (Field::Active, Value::Flag(true)),
                (Field::Option1Name, Value::text("Size")),
                (Field::Option1Value, Value::text("Large")),
                (Field::Option2Name, Value::text("Colour")),
                (Field::Option2Value, Value::text("Red")),
                (Field::Weight, Value::Number(2_000)),
                (Field::Stock, Value::Number(5)),
                (Field::StorePrice, Value::Number(220_000)),
                (Field::TaxFree, Value::Flag(true)),
            ]
        );
        assert_eq!(row(&items[3]).text(Field::Barcode), "9310000000017");
    }

    #[test]
    fn the_blank_cells_of_later_rows_clear_nothing_of_the_product() {
        let items = read(FILE, EmptyCells::Clear);
        let large = row(&items[5]);
        assert_eq!(large.get(Field::Brand), Some(&Value::text("Loom")));
        assert_eq!(large.get(Field::Description), None);
        assert_eq!(large.get(Field::Barcode), Some(&Value::Empty));
        let cup = row(&items[6]);
        assert_eq!(cup.get(Field::Description), Some(&Value::Empty));
        assert_eq!(cup.get(Field::Option1Value), Some(&Value::Empty));
    }

    #[test]
    fn a_second_variant_without_options_makes_the_first_one_a_variant_too() {
        let items = kept(
            "Handle,Title,Variant SKU,Variant Price,Image Src\n\
             pen,Pen,PEN-1,1,\npen,,,,http://images.test/1\n\npen,,PEN-2,2,\n",
        );
        assert_eq!(
            told(&items),
            [
                "2+ pen |  | Pen",
                "2 PEN-1 | pen | Pen",
                "3 Image row; images are not imported.",
                "4 Blank row.",
                "5 PEN-2 | pen | Pen",
            ]
        );
    }

    #[test]
    fn a_product_with_one_option_value_is_a_parent_and_a_variant() {
        let items = kept("Handle,Title,Option1 Name,Option1 Value\nhat,Hat,Size,M\n");
        assert_eq!(told(&items), ["2+ hat |  | Hat", "2 hat-m | hat | Hat - M"]);
    }

    #[test]
    fn a_file_of_titles_updates_the_products_themselves() {
        let items = kept("Handle,Title,Vendor\nhat,Hat,Loom\ncap,Cap,Loom\n");
        assert_eq!(told(&items), ["2 hat |  | Hat", "3 cap |  | Cap"]);
    }

    #[test]
    fn variants_that_cannot_be_told_apart_are_problems() {
        let items = kept(
            "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n\
             hat,Hat,Size,M,hat,1\nhat,,,,,2\nhat,,,L,HAT-L,x\n",
        );
        assert_eq!(
            told(&items),
            [
                "2+ hat |  | Hat",
                "2 The variant's SKU is the handle, which is the SKU of the product itself.",
                "3 The variant has neither a SKU nor an option value.",
                "4 \"x\" is not a number.",
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_the_product_is_a_problem_of_the_parent() {
        let long = "x".repeat(120);
        let text = format!(
            "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU\n\
             hat,Hat,{long},Size,M,HAT-M\nhat,,,,L,HAT-L\n{long},Cap,Loom,Size,M,CAP-M\n"
        );
        assert_eq!(
            told(&kept(&text)),
            [
                "2+ Brand has at most 100 characters; this has 120. Shorten it.",
                "2 HAT-M | hat | Hat - M",
                "3 HAT-L | hat | Hat - L",
                "4+ A SKU has at most 100 characters.",
                &format!("4 CAP-M | {long} | Cap - M"),
            ]
        );
    }

    #[test]
    fn rows_that_wait_for_a_second_variant_do_not_pile_up() {
        let images = "pen,,,\n".repeat(MAX_HELD + 5);
        let items = kept(&format!(
            "Handle,Title,Variant SKU,Variant Price\npen,Pen,PEN-1,1\n{images}pen,,PEN-2,2\n"
        ));
        let told = told(&items);
        assert_eq!(told[0], "2 PEN-1 |  | Pen");
        assert_eq!(told.len(), MAX_HELD + 7);
        assert!(told[MAX_HELD + 6].contains("stood further up"));
    }
}
