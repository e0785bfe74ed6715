//! The columns of `products`: made from the declaration of the fields, read and written by kind.

use std::sync::LazyLock;

use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use super::fold::{padded, sort_key, words};
use domain::catalog::{Field, FieldKind, Fields, Product, ProductRow, Value, options_key};
use domain::values::{ProductId, Timestamp};

/// The fields that are columns; the parent's SKU is read from the parent.
pub(super) fn stored() -> impl Iterator<Item = Field> {
    Field::ALL
        .iter()
        .copied()
        .filter(|field| *field != Field::ParentSku)
}

/// Whether the search looks at the field.
pub(super) const fn is_searched(field: Field) -> bool {
    matches!(
        field,
        Field::Sku | Field::Name | Field::Brand | Field::Category | Field::Tags | Field::Barcode
    )
}

/// How many columns stand before the fields.
const BEFORE_FIELDS: usize = 6;

/// Selects whole products `p`; a condition follows.
pub(super) static SELECT_PRODUCT: LazyLock<String> = LazyLock::new(|| {
    let mut sql = "select p.pk, p.id, p.version, p.deleted, p.parent_id, p.updated_at".to_owned();
    for field in Field::ALL {
        if *field == Field::ParentSku {
            sql.push_str(", q.sku as parent_sku");
        } else {
            sql.push_str(", p.");
            sql.push_str(field.key());
        }
    }
    sql + " from products p left join products q on q.id = p.parent_id "
});

/// Selects what a list shows of products `p`; a condition follows.
pub(super) const SELECT_ROW: &str = "select p.pk, p.name_key, p.id, p.version, p.deleted, \
    q.sku as parent_sku, p.sku, p.name, p.brand, p.category, p.barcode, p.active, p.stock, p.rrp, \
    p.cost, p.store_price, p.promo_price, p.updated_at \
    from products p left join products q on q.id = p.parent_id ";

/// A product as a list shows it, with what it is sorted by.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    pub(super) pk: i64,
    pub(super) name_key: String,
    pub(super) row: ProductRow,
}

/// A product as it stands in its table.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) pk: i64,
    pub(super) product: Product,
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for Stored {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                let mut fields = Fields::blank();
                for field in Field::ALL.iter().copied() {
                    let at = BEFORE_FIELDS + field.index();
                    let value = match field.kind() {
                        _ if field == Field::ParentSku => {
                            optional_text(row.try_get::<Option<String>, _>(at)?)
                        }
                        FieldKind::Sku | FieldKind::Text | FieldKind::LongText | FieldKind::Html => {
                            Value::text(row.try_get::<String, _>(at)?)
                        }
                        FieldKind::Date => optional_text(row.try_get::<Option<String>, _>(at)?),
                        FieldKind::Money | FieldKind::Decimal => row
                            .try_get::<Option<i64>, _>(at)?
                            .map_or(Value::Empty, Value::Number),
                        FieldKind::Integer => Value::Number(row.try_get::<i64, _>(at)?),
                        FieldKind::Flag => Value::Flag(row.try_get::<bool, _>(at)?),
                        FieldKind::Tags => tags(&row.try_get::<String, _>(at)?)?,
                    };
                    fields.set(field, value);
                }
                Ok(Stored {
                    pk: row.try_get(0)?,
                    product: Product {
                        id: row.try_get::<Uuid, _>(1)?.into(),
                        version: row.try_get(2)?,
                        trashed: row.try_get(3)?,
                        parent_id: row.try_get::<Option<Uuid>, _>(4)?.map(ProductId::from),
                        updated_at: Timestamp(row.try_get(5)?),
                        fields,
                    },
                })
            }
        }

        impl FromRow<'_, $row> for Listed {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Listed {
                    pk: row.try_get(0)?,
                    name_key: row.try_get(1)?,
                    row: ProductRow {
                        id: row.try_get::<Uuid, _>(2)?.into(),
                        version: row.try_get(3)?,
                        trashed: row.try_get(4)?,
                        parent_sku: row.try_get(5)?,
                        variants: 0,
                        sku: row.try_get(6)?,
                        name: row.try_get(7)?,
                        brand: row.try_get(8)?,
                        category: row.try_get(9)?,
                        barcode: row.try_get(10)?,
                        active: row.try_get(11)?,
                        stock: row.try_get(12)?,
                        rrp: row.try_get(13)?,
                        cost: row.try_get(14)?,
                        store_price: row.try_get(15)?,
                        promo_price: row.try_get(16)?,
                        updated_at: Timestamp(row.try_get(17)?),
                    },
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

fn optional_text(text: Option<String>) -> Value {
    text.map_or(Value::Empty, Value::text)
}

fn tags(json: &str) -> sqlx::Result<Value> {
    if json.is_empty() {
        return Ok(Value::Empty);
    }
    let words: Vec<String> =
        serde_json::from_str(json).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))?;
    Ok(Value::list(words))
}

/// A value as a column takes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bind {
    Text(String),
    OptionalText(Option<String>),
    Number(i64),
    OptionalNumber(Option<i64>),
    Flag(bool),
}

impl Bind {
    /// The value of a field for its column.
    pub(super) fn of(field: Field, value: Value) -> Self {
        match field.kind() {
            FieldKind::Sku | FieldKind::Text | FieldKind::LongText | FieldKind::Html => {
                Bind::Text(text_of(value).unwrap_or_default())
            }
            FieldKind::Date => Bind::OptionalText(text_of(value)),
            FieldKind::Money | FieldKind::Decimal => Bind::OptionalNumber(value.as_number()),
            FieldKind::Integer => Bind::Number(value.as_number().unwrap_or_default()),
            FieldKind::Flag => Bind::Flag(value.is_yes()),
            FieldKind::Tags => Bind::Text(match value.as_list() {
                [] => String::new(),
                words => serde_json::json!(words).to_string(),
            }),
        }
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// About how many bytes a value takes.
pub(super) fn size_of(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len() + 8,
        Value::List(words) => words.iter().map(|word| word.len() + 8).sum(),
        _ => 8,
    }
}

/// Binds a [`Bind`] to the next place of a statement.
macro_rules! push {
    ($to:expr, $bind:expr) => {
        match $bind {
            $crate::columns::Bind::Text(text) => $to.push_bind(text),
            $crate::columns::Bind::OptionalText(text) => $to.push_bind(text),
            $crate::columns::Bind::Number(number) => $to.push_bind(number),
            $crate::columns::Bind::OptionalNumber(number) => $to.push_bind(number),
            $crate::columns::Bind::Flag(yes) => $to.push_bind(i64::from(yes)),
        }
    };
}

pub(super) use push;

/// The value as a field of its kind keeps it: stock that nobody knows is none.
pub(super) fn kept(field: Field, value: Value) -> Value {
    match (field.kind(), value) {
        (FieldKind::Integer, Value::Empty) => Value::Number(0),
        (_, value) => value,
    }
}

/// What is derived from the fields and kept beside them.
pub(super) struct Derived {
    pub(super) name_key: String,
    pub(super) options_key: Option<String>,
    pub(super) words: String,
}

impl Derived {
    /// Derives it.
    pub(super) fn of(fields: &Fields) -> Self {
        Self {
            name_key: sort_key(fields.text(Field::Name)),
            options_key: options_key(fields).map(|key| key.chars().take(1000).collect()),
            words: searched_words(fields),
        }
    }
}

/// The words by which a product is found: each once, with a space before and after each.
fn searched_words(fields: &Fields) -> String {
    let mut found: Vec<String> = Vec::new();
    for field in [
        Field::Name,
        Field::Sku,
        Field::Brand,
        Field::Category,
        Field::Barcode,
    ] {
        found.extend(words(fields.text(field)));
    }
    for tag in fields.get(Field::Tags).as_list() {
        found.extend(words(tag));
    }
    let mut text = String::from(" ");
    for (at, word) in found.iter().enumerate() {
        if !found[..at].contains(word) {
            text.push_str(&padded(word));
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Derived, stored};
    use domain::catalog::{Field, Fields, Value};

    #[test]
    fn a_product_is_found_by_the_words_of_its_names_codes_and_tags() {
        let mut fields = Fields::blank();
        fields.set(Field::Sku, Value::text("TS-01"));
        fields.set(Field::Name, Value::text("Crème T-Shirt"));
        fields.set(Field::Brand, Value::text("Shirt & Co"));
        fields.set(Field::Tags, Value::list(["summer", "sale"]));
        assert_eq!(
            Derived::of(&fields).words,
            " creme t__ shirt ts_ 01_ co_ sale summer "
        );
    }

    #[test]
    fn every_field_but_the_parents_sku_is_a_column() {
        assert_eq!(stored().count(), Field::COUNT - 1);
    }
}
