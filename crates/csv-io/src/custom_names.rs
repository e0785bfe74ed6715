//! What the columns of fields of the workspace's own are called, so that what is written is read as the
//! same fields again.

use std::borrow::Cow;

use domain::record::{CustomDef, Field, Kind, Schema};

use super::synonyms::letters;

/// The names of the fields that a workspace made for a kind of record.
pub(super) struct CustomNames<'a> {
    defs: Vec<&'a CustomDef>,
}

impl<'a> CustomNames<'a> {
    pub(super) fn of(schema: &'a Schema, kind: Kind) -> Self {
        Self {
            defs: schema.custom_of(kind).collect(),
        }
    }

    /// The field that a header names: by its code, by its name, or by the letters of either.
    pub(super) fn field_named(&self, header: &str) -> Option<Field> {
        let header = header.trim();
        let find = |is: &dyn Fn(&CustomDef) -> bool| {
            let mut found = self.defs.iter().filter(|def| is(def));
            // Two that are called the same are told apart by their codes alone.
            let first = found.next()?;
            found.next().is_none().then_some(Field::Custom(first.id))
        };
        if self.defs.is_empty() || header.is_empty() {
            return None;
        }
        let bare = letters(header);
        find(&|def| def.code == header)
            .or_else(|| find(&|def| def.label == header))
            .or_else(|| find(&|def| letters(&def.label) == bare))
            .or_else(|| find(&|def| letters(&def.code) == bare))
    }
}

/// What the column of a field is called: its name, or its code where the name does not tell it from
/// others.
pub(super) fn header_of(schema: &Schema, field: Field) -> Cow<'_, str> {
    let custom = match field {
        Field::Custom(id) => schema.custom(id),
        Field::Fixed(..) => None,
    };
    let Some(def) = custom else {
        return Cow::Borrowed(schema.label(field));
    };
    let names = CustomNames::of(schema, def.of);
    match names.field_named(&def.label) {
        Some(found) if found == field => Cow::Borrowed(def.label.as_str()),
        _ => Cow::Borrowed(def.code.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::catalog::product::{NAME, PRODUCT, SKU};
    use domain::record::{
        CustomDef, Field, FieldChoice, FieldKind, Fields, Schema, Value, check_field,
    };
    use domain::values::{CustomFieldId, Date};
    use proptest::prelude::*;

    use super::header_of;
    use crate::{
        Body, ColumnMap, Delimiter, EmptyCells, Format, ProductWriter, ReadOptions, Reader, Target,
        column_names,
    };

    fn def(code: &str, label: &str, kind: FieldKind) -> CustomDef {
        CustomDef {
            id: CustomFieldId::new(),
            of: PRODUCT,
            code: code.into(),
            label: label.into(),
            kind,
            section: String::new(),
            help: String::new(),
            required: false,
            filterable: false,
            choices: Vec::new(),
            position: None,
            trashed: false,
        }
    }

    /// Choices whose labels try to be something else.
    fn with_choices(def: CustomDef) -> CustomDef {
        let labels = [
            "Summer",
            "Spring, early",
            "a;b",
            "x|y",
            "None",
            "-",
            "=1+1",
            "\"quoted\"",
            "0",
            "#N/A",
        ];
        let choices = labels.iter().enumerate().map(|(at, label)| FieldChoice {
            key: format!("key_{at}"),
            label: (*label).to_owned(),
        });
        CustomDef {
            choices: choices.collect(),
            ..def
        }
    }

    fn schema() -> Arc<Schema> {
        let kinds = [
            ("text", FieldKind::Text),
            ("long", FieldKind::LongText),
            ("html", FieldKind::Html),
            ("number", FieldKind::Integer),
            ("decimal", FieldKind::Decimal),
            ("money", FieldKind::Money),
            ("date", FieldKind::Date),
            ("flag", FieldKind::Flag),
        ];
        let plain = kinds.map(|(code, kind)| def(code, &format!("My {code}"), kind));
        let others = [
            with_choices(def("choice", "Colour", FieldKind::Choice)),
            with_choices(def("several", "Price / GBP", FieldKind::Choices)),
            // Two that are called the same, and one that is called as another one's code.
            def("twin_a", "Twin", FieldKind::Text),
            def("twin_b", "Twin", FieldKind::Text),
            def("third", "twin_b", FieldKind::Text),
        ];
        Arc::new(Schema::new(plain.into_iter().chain(others)))
    }

    fn written(schema: &Arc<Schema>, products: &[Fields]) -> String {
        let columns: Vec<Field> = schema.fields(PRODUCT).collect();
        let mut writer = ProductWriter::new(Vec::new(), schema, &columns, false).unwrap();
        for product in products {
            writer.write(product).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    fn read_back(schema: &Arc<Schema>, text: &str) -> Vec<Fields> {
        let format = Format::new(Delimiter::Comma, true);
        let names = column_names(text.as_bytes(), format).unwrap();
        let (map, _) = ColumnMap::guess_for((PRODUCT, schema), &names, None);
        let options = ReadOptions {
            empty_cells: EmptyCells::Clear,
            ..ReadOptions::default()
        };
        let reader = Reader::new(text.as_bytes(), format, &map, options).unwrap();
        let products = reader.map(|item| {
            let Body::Record(row) = item.unwrap().body else {
                panic!("a row was skipped");
            };
            assert_eq!(row.problems, []);
            let mut fields = Fields::blank(PRODUCT);
            for (field, value) in row.values {
                fields.set(field, value);
            }
            fields
        });
        products.collect()
    }

    fn value_of(schema: &Arc<Schema>, field: Field) -> BoxedStrategy<Value> {
        let keys = prop::sample::select(vec![
            "key_0", "key_1", "key_2", "key_3", "key_4", "key_5", "key_6", "key_7", "key_8",
            "key_9",
        ]);
        let strategy = match schema.kind(field) {
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
            FieldKind::Choice => keys.prop_map(Value::text).boxed(),
            FieldKind::Choices => prop::collection::vec(keys, 1..4)
                .prop_map(Value::list)
                .boxed(),
            FieldKind::LongText | FieldKind::Html => "['=+@\"<,;|\t\r\n0-9a-zé€ -]{0,30}"
                .prop_map(|text| Value::text(text.trim()))
                .boxed(),
            _ => prop_oneof![
                "['=+@\",;0-9E.a-zé€ -]{0,16}",
                "'{0,3}([0-9]E[+][0-9]{2}|#N/A|NULL|None|n/a|-|[0-9]{7,9}[.]0)",
            ]
            .prop_map(|text| Value::text(text.trim()))
            .boxed(),
        };
        let schema = Arc::clone(schema);
        let strategy = strategy.prop_filter("the rules of the field", move |value| {
            check_field(schema.view(field), value).is_ok()
        });
        prop_oneof![1 => Just(Value::Empty), 3 => strategy].boxed()
    }

    fn any_product(schema: &Arc<Schema>) -> impl Strategy<Value = Fields> + use<> {
        let fields: Vec<Field> = schema
            .custom_of(PRODUCT)
            .map(|def| Field::Custom(def.id))
            .collect();
        let values: Vec<_> = fields
            .iter()
            .map(|field| value_of(schema, *field))
            .collect();
        values.prop_map(move |values| {
            let mut product = Fields::blank(PRODUCT);
            product.set(SKU, Value::text("A"));
            product.set(NAME, Value::text("A"));
            for (field, value) in fields.iter().zip(values) {
                product.set(*field, value);
            }
            product
        })
    }

    #[test]
    fn fields_that_are_called_the_same_are_written_by_their_codes() {
        let schema = schema();
        let headers = schema
            .custom_of(PRODUCT)
            .map(|def| header_of(&schema, Field::Custom(def.id)));
        let mut headers: Vec<String> = headers.map(|header| header.into_owned()).collect();
        headers.retain(|header| header.contains("tw") || header == "third");
        headers.sort();
        assert_eq!(headers, ["third", "twin_a", "twin_b"]);
    }

    #[test]
    fn a_column_is_mapped_by_name_or_code_before_what_other_programs_call_so() {
        let schema = schema();
        let names = ["sku", "colour", "MONEY", "my_date", "Twin", "third"];
        let (map, _) = ColumnMap::guess_for((PRODUCT, &schema), &names, None);
        let targets = map.columns().iter().map(|column| {
            let field = column.target.and_then(Target::field);
            field.map(|field| schema.code(field))
        });
        let codes: Vec<Option<String>> = targets.collect();
        let codes: Vec<Option<&str>> = codes.iter().map(Option::as_deref).collect();
        let expected = [
            Some("sku"),
            Some("choice"),
            Some("money"),
            Some("date"),
            None,
            Some("third"),
        ];
        assert_eq!(codes, expected);
    }

    proptest! {
        #[test]
        fn what_is_exported_of_own_fields_is_read_back_as_it_was(
            (schema, products) in Just(schema()).prop_flat_map(|schema| {
                let products = prop::collection::vec(any_product(&schema), 1..4);
                (Just(schema), products)
            }),
        ) {
            prop_assert_eq!(read_back(&schema, &written(&schema, &products)), products);
        }
    }
}
