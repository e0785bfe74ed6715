//! Writing products as CSV: what comes out can be opened in a spreadsheet program without running
//! anything, and read in again without changing anything.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use super::custom_names::header_of;
use super::guard::guarded;
use domain::error::{Code, Error, Result, io_reason};
use domain::record::{Field, FieldKind, FieldView, Fields, Schema, Value};

/// Writes products, one row each, under a header of the fields' names.
#[derive(Debug)]
pub struct ProductWriter<W: Write> {
    rows: csv::Writer<W>,
    columns: Vec<Field>,
    schema: Arc<Schema>,
}

impl<W: Write> ProductWriter<W> {
    /// Starts a file with these columns. The byte order mark tells Excel that it is UTF-8.
    pub fn new(
        mut output: W,
        schema: &Arc<Schema>,
        columns: &[Field],
        byte_order_mark: bool,
    ) -> Result<Self> {
        if byte_order_mark {
            output.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        }
        let mut rows = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(output);
        let labels = columns.iter().map(|field| header_of(schema, *field));
        rows.write_record(labels.map(|label| guarded(&label).as_bytes().to_vec()))
            .map_err(failed)?;
        Ok(Self {
            rows,
            columns: columns.to_vec(),
            schema: Arc::clone(schema),
        })
    }

    /// Writes one product.
    pub fn write(&mut self, fields: &Fields) -> Result<()> {
        for field in &self.columns {
            let cell = cell(self.schema.view(*field), fields.get(*field));
            self.rows.write_field(cell.as_bytes()).map_err(failed)?;
        }
        self.rows.write_record(None::<&[u8]>).map_err(failed)
    }

    /// Writes what is left, and gives the output back.
    pub fn finish(self) -> Result<W> {
        self.rows
            .into_inner()
            .map_err(|error| failed(error.error().kind()))
    }
}

/// A value as its cell; text that a spreadsheet program would run is guarded.
pub(super) fn cell<'v>(field: FieldView<'_>, value: &'v Value) -> Cow<'v, str> {
    let text = match (value, field.kind) {
        (Value::Text(text), kind) if kind != FieldKind::Choice => Cow::Borrowed(text.as_str()),
        (Value::List(keys), FieldKind::Choices) => Cow::Owned(chosen(field, keys)),
        (other, _) => Cow::Owned(field.display(other)),
    };
    match field.kind {
        FieldKind::Tags | FieldKind::Choices => Cow::Owned(guarded(&one_list(text)).into_owned()),
        FieldKind::Code
        | FieldKind::Image
        | FieldKind::Images
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Html
        | FieldKind::Choice => match text {
            Cow::Borrowed(text) => guarded(text),
            Cow::Owned(text) => Cow::Owned(guarded(&text).into_owned()),
        },
        _ => text,
    }
}

/// Several choices by their labels; one that holds what separates them by its key.
fn chosen(field: FieldView<'_>, keys: &[String]) -> String {
    let named = keys.iter().map(|key| match field.choice_label(key) {
        label if label.contains(',') => key.as_str(),
        label => label,
    });
    named.collect::<Vec<_>>().join(", ")
}

/// Tags as a list that is read as one of commas: a single tag may hold another separator.
fn one_list(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.contains([';', '|']) && !text.contains(',') {
        true => Cow::Owned(format!("{text},")),
        false => text,
    }
}

/// Writes a file that shows how ours look: every column, a product and one of its variants.
pub fn write_template<W: Write>(output: W) -> Result<W> {
    let columns: Vec<Field> = PRODUCT.fields().collect();
    let mut writer = ProductWriter::new(output, &Arc::default(), &columns, true)?;
    let mut shirt = Fields::blank(PRODUCT);
    for (field, text) in [
        (product::SKU, "TSHIRT"),
        (product::NAME, "T-shirt"),
        (product::BRAND, "Example brand"),
        (product::CATEGORY, "Apparel > Shirts"),
        (product::DESCRIPTION, "<p>Soft cotton.</p>"),
    ] {
        shirt.set(field, Value::text(text));
    }
    writer.write(&shirt)?;
    for (field, value) in [
        (product::SKU, Value::text("TSHIRT-RED-M")),
        (product::PARENT_SKU, Value::text("TSHIRT")),
        (product::NAME, Value::text("T-shirt - Red / M")),
        (product::DESCRIPTION, Value::Empty),
        (product::BARCODE, Value::text("9310000000018")),
        (product::STOCK, Value::Number(10)),
        (product::COST, Value::Number(80_000)),
        (product::STORE_PRICE, Value::Number(199_500)),
        (product::WEIGHT, Value::Number(1_800)),
        (product::OPTION1_NAME, Value::text("Colour")),
        (product::OPTION1_VALUE, Value::text("Red")),
        (product::OPTION2_NAME, Value::text("Size")),
        (product::OPTION2_VALUE, Value::text("M")),
    ] {
        shirt.set(field, value);
    }
    writer.write(&shirt)?;
    writer.finish()
}

/// The error of a file that cannot be written.
pub(super) fn failed(cause: impl Into<std::io::Error>) -> Error {
    let why = io_reason(&cause.into());
    Error::new(Code::File, format!("Cannot write the file: {why}."))
        .hint("Check that the disk has room and that the file is not open in another program.")
}

#[cfg(test)]
mod tests {
    use domain::record::check_record;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Body, ColumnMap, Delimiter, EmptyCells, Format, ReadOptions, Reader, column_names,
    };
    use crate::{kind_of, view};
    use domain::record::check_field;
    use domain::values::{Date, is_invisible};

    fn written(columns: &[Field], products: &[Fields]) -> String {
        let mut writer = ProductWriter::new(Vec::new(), &Arc::default(), columns, false).unwrap();
        for product in products {
            writer.write(product).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    fn read_back(text: &str) -> Vec<Fields> {
        let format = Format::new(Delimiter::Comma, true);
        let map = ColumnMap::guess(&column_names(text.as_bytes(), format).unwrap());
        let options = ReadOptions {
            empty_cells: EmptyCells::Clear,
            ..ReadOptions::default()
        };
        let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
        let mut products = Vec::new();
        for item in reader {
            let Body::Record(row) = item.unwrap().body else {
                panic!("a row was skipped");
            };
            assert_eq!(row.problems, []);
            // A shop may have codes and categories of its own that look odd, which is pointed out.
            let is_remark = |note: &String| {
                note.starts_with("Barcode: ")
                    || note.contains("it is taken as it is")
                    || note.contains("as one.")
            };
            assert!(row.notes.iter().all(is_remark));
            let mut fields = Fields::blank(PRODUCT);
            for (field, value) in row.values {
                fields.set(field, value);
            }
            products.push(fields);
        }
        products
    }

    fn hat() -> Fields {
        let mut hat = Fields::blank(PRODUCT);
        hat.set(product::SKU, Value::text("-HAT"));
        hat.set(product::NAME, Value::text("=1+1, \"wide\""));
        hat.set(product::STOCK, Value::Number(-3));
        hat.set(product::COST, Value::Number(129_000));
        hat.set(product::TAGS, Value::list(["+a", "b"]));
        hat
    }

    #[test]
    fn text_that_would_run_is_guarded_and_numbers_stay_numbers() {
        let columns = [
            product::SKU,
            product::NAME,
            product::STOCK,
            product::COST,
            product::TAGS,
            product::RRP,
        ];
        assert_eq!(
            written(&columns, &[hat()]),
            "SKU,Name,Stock on hand,Cost,Tags,RRP\r\n\
             '-HAT,\"'=1+1, \"\"wide\"\"\",-3,12.9,\"'+a, b\",\r\n"
        );
    }

    #[test]
    fn a_byte_order_mark_is_written_on_request() {
        let writer =
            ProductWriter::new(Vec::new(), &Arc::default(), &[product::SKU], true).unwrap();
        assert_eq!(writer.finish().unwrap(), b"\xef\xbb\xbfSKU\r\n");
    }

    #[test]
    fn the_template_is_read_without_a_problem() {
        let text = String::from_utf8(write_template(Vec::new()).unwrap()).unwrap();
        let products = read_back(text.trim_start_matches('\u{feff}'));
        assert_eq!(products.len(), 2);
        for product in products {
            assert_eq!(
                check_record(&domain::record::Schema::default(), &product),
                []
            );
        }
    }

    /// A value of `field` as the rules allow it; text has no spaces around it, as everywhere in
    /// the catalogue.
    fn value_of(field: Field) -> BoxedStrategy<Value> {
        let is_seen = |value: &Value| !value.as_text().unwrap_or("").contains(is_invisible);
        let valid = move |value: &Value| {
            check_field(view(field), value).is_ok() && (field != product::BARCODE || is_seen(value))
        };
        let strategy = match kind_of(field) {
            FieldKind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
            FieldKind::Integer => (-1_000_000_000i64..=1_000_000_000)
                .prop_map(Value::Number)
                .boxed(),
            FieldKind::Money | FieldKind::Decimal => {
                (0..=999_999_999_999_999i64).prop_map(Value::Number).boxed()
            }
            FieldKind::Date => (1900u16..=9999, 1u8..=12, 1u8..=28)
                .prop_filter_map("a date", |(year, month, day)| Date::new(year, month, day))
                .prop_map(|date| Value::text(date.to_string()))
                .boxed(),
            FieldKind::Tags | FieldKind::Choices => {
                prop::collection::vec("['=+0-9a-zé;\" -]{0,6}", 0..4)
                    .prop_map(Value::list)
                    .boxed()
            }
            FieldKind::Image => image().prop_map(Value::text).boxed(),
            FieldKind::Images => prop::collection::vec(image(), 0..4)
                .prop_map(Value::images)
                .boxed(),
            FieldKind::LongText | FieldKind::Html => "['=+@\"<,;|\t\r\n0-9a-zé€ -]{0,30}"
                .prop_map(|text| Value::text(text.trim()))
                .boxed(),
            FieldKind::Code | FieldKind::Text | FieldKind::Choice => prop_oneof![
                "['=+@\",;0-9E.a-zé€ -]{0,16}",
                "'{0,3}([0-9]E[+][0-9]{2}|#N/A|###|NULL|None|n/a|-|=\"[0-9]{1,4}\"|[0-9]{7,9}[.]0)",
                "'{0,2}[\u{200b}\u{ad}\u{a0}]{0,2}[=＝＋－＠@+-][a-z0-9]{0,4}",
                "[^\\p{C}\u{fffd}]{0,12}"
            ]
            .prop_map(|text| Value::text(text.trim()))
            .boxed(),
        };
        let optional = field != product::SKU && kind_of(field) != FieldKind::Flag;
        let strategy = strategy.prop_filter("the rules of the field", valid);
        if optional {
            prop_oneof![1 => Just(Value::Empty), 3 => strategy].boxed()
        } else {
            strategy.boxed()
        }
    }

    fn image() -> impl Strategy<Value = String> {
        let parts = (
            "https?://[a-z]\\.test/[0-9a-z,;|=+'-]{0,6}",
            "[='+@a-zé,;|\" -]{0,12}",
        );
        parts.prop_map(|(address, shows)| {
            let (address, shows) = (address.as_str(), shows.as_str());
            domain::record::Image { address, shows }.text()
        })
    }

    fn any_fields() -> impl Strategy<Value = Fields> {
        let values: Vec<_> = PRODUCT.fields().map(value_of).collect();
        values.prop_map(|values| {
            let mut fields = Fields::blank(PRODUCT);
            for (field, value) in PRODUCT.fields().zip(values) {
                fields.set(field, value);
            }
            fields
        })
    }

    proptest! {
        #[test]
        fn what_is_exported_is_read_back_as_it_was(
            products in prop::collection::vec(any_fields(), 1..4),
        ) {
            prop_assert_eq!(read_back(&written(&PRODUCT.fields().collect::<Vec<_>>(), &products)), products);
        }
    }
}
