//! Values on their way out, and arguments on their way in.

use apollo_compiler::resolvers::ResolveInfo;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// Something with fields. Most are numbers by which the store is asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Thing {
    Query,
    Mutation,
    Product(u64),
    Variant(u64),
    /// The stock-keeping side of a variant, by the variant's number.
    Item(u64),
    /// The stock of a variant at a location.
    Level {
        variant: u64,
        location: u64,
    },
    Location(u64),
    File(u64),
    Collection(u64),
    Publication(u64),
    Order(u64),
    /// Something of an order: its number, and that of the order.
    Line(u64, u64),
    FulfillmentOrder(u64, u64),
    Fulfillment(u64, u64),
    Refund(u64, u64),
    /// A value without a life of its own.
    Record(Record),
}

/// Fields and their values; what is not among them is not known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) kind: &'static str,
    pub(crate) fields: Vec<(&'static str, Val)>,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val {
    Leaf(Value),
    Thing(Thing),
    List(Vec<Val>),
}

impl Thing {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Query => "QueryRoot",
            Self::Mutation => "Mutation",
            Self::Product(_) => "Product",
            Self::Variant(_) => "ProductVariant",
            Self::Item(_) => "InventoryItem",
            Self::Level { .. } => "InventoryLevel",
            Self::Location(_) => "Location",
            Self::File(_) => "MediaImage",
            Self::Collection(_) => "Collection",
            Self::Publication(_) => "Publication",
            Self::Order(_) => "Order",
            Self::Line(..) => "LineItem",
            Self::FulfillmentOrder(..) => "FulfillmentOrder",
            Self::Fulfillment(..) => "Fulfillment",
            Self::Refund(..) => "Refund",
            Self::Record(record) => record.kind,
        }
    }
}

impl Val {
    pub(crate) const NULL: Self = Self::Leaf(Value::Null);

    pub(crate) fn record(kind: &'static str, fields: Vec<(&'static str, Self)>) -> Self {
        Self::Thing(Thing::Record(Record { kind, fields }))
    }

    /// A list of words.
    pub(crate) fn words<T: Into<Value>>(words: impl IntoIterator<Item = T>) -> Self {
        Self::List(
            words
                .into_iter()
                .map(|word| Self::Leaf(word.into()))
                .collect(),
        )
    }

    pub(crate) fn things(things: impl IntoIterator<Item = Thing>) -> Self {
        Self::List(things.into_iter().map(Self::Thing).collect())
    }
}

/// Values that JSON has a word for.
macro_rules! leaves {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Val {
            fn from(value: $kind) -> Self {
                Self::Leaf(value.into())
            }
        })*
    };
}

leaves!(
    bool,
    i32,
    i64,
    usize,
    f64,
    &str,
    String,
    Value,
    Option<u32>,
    Option<&str>,
    Option<String>
);

impl From<Thing> for Val {
    fn from(thing: Thing) -> Self {
        Self::Thing(thing)
    }
}

impl From<Option<Thing>> for Val {
    fn from(thing: Option<Thing>) -> Self {
        thing.map_or(Self::NULL, Self::Thing)
    }
}

/// The arguments of a field, or an object among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Args(pub(crate) Map<String, Value>);

impl Args {
    /// The arguments of the field that is asked for.
    pub(crate) fn of(info: &ResolveInfo<'_>) -> Self {
        if info.arguments().is_empty() {
            return Self::default();
        }
        match serde_json::to_value(info.arguments()) {
            Ok(Value::Object(arguments)) => Self(arguments),
            _ => Self::default(),
        }
    }

    pub(crate) fn from(value: &Value) -> Self {
        value.as_object().cloned().map(Self).unwrap_or_default()
    }

    /// Whether the key is there, with a null or without.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The value, unless it is null.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Value::as_i64)
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(Value::as_bool)
    }

    pub(crate) fn object(&self, key: &str) -> Option<Self> {
        self.get(key).map(Self::from)
    }

    pub(crate) fn list(&self, key: &str) -> Option<&[Value]> {
        self.get(key).and_then(Value::as_array).map(Vec::as_slice)
    }

    /// The objects of a list; nothing if there is no list.
    pub(crate) fn objects(&self, key: &str) -> Option<Vec<Self>> {
        self.list(key)
            .map(|list| list.iter().map(Self::from).collect())
    }

    pub(crate) fn texts(&self, key: &str) -> Option<Vec<String>> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.list(key).map(|list| list.iter().map(text).collect())
    }

    /// The number of an id of `kind`.
    ///
    /// # Errors
    /// It is no id, or one of something else.
    pub(crate) fn id(&self, key: &str, kind: &str) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.get(key) else {
            return Ok(None);
        };
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), String::from);
        number_of(kind, &text)
            .map(Some)
            .ok_or_else(|| Refusal::bad_id(&text))
    }

    /// The number of an id that must be there.
    ///
    /// # Errors
    /// It is no id, or one of something else.
    pub(crate) fn must_id(&self, key: &str, kind: &str) -> Result<u64, Refusal> {
        self.id(key, kind)?.ok_or_else(|| Refusal::bad_id(""))
    }

    /// Refuses the keys of an input that the practice shop does nothing with.
    ///
    /// # Errors
    /// One of them is there and not null.
    pub(crate) fn without(&self, kind: &str, keys: &[&str]) -> Result<(), Refusal> {
        match keys.iter().find(|key| self.get(key).is_some()) {
            Some(key) => Err(Refusal::unknown_here(format_args!("{kind}.{key}"))),
            None => Ok(()),
        }
    }
}

/// `gid://shopify/Product/123`.
pub(crate) fn gid(kind: &str, number: u64) -> String {
    format!("gid://shopify/{kind}/{number}")
}

/// The number in an id of `kind`.
pub(crate) fn number_of(kind: &str, id: &str) -> Option<u64> {
    let number = id
        .strip_prefix("gid://shopify/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    number.split('?').next()?.parse().ok()
}
