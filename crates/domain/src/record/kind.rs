//! A kind of record, and what it says of itself.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use super::field::{Column, Field, FieldDef};
use super::fields::Fields;
use super::matching::Matching;
use super::permission::Permission;
use crate::kinds;

/// What a kind of record says of itself. There is one `static` per kind.
pub struct KindDef {
    /// Its name in the journal, in JSON and on the command line: `product`.
    pub key: &'static str,
    /// Its name for people, in lower case: `product`.
    pub label: &'static str,
    /// The same for several: `products`.
    pub plural: &'static str,
    /// What the names of its commands begin with: `products`.
    pub area: &'static str,
    /// Where its records are, for people: `in the catalogue`.
    pub place: &'static str,
    /// Its fields, in the order in which people read them.
    pub fields: &'static [FieldDef],
    /// The parts of its form, in their order; none where a form has no parts.
    pub sections: &'static [SectionDef],
    /// Where the field stands that identifies a record for people.
    pub code: u8,
    /// Where the field stands that names a record.
    pub title: u8,
    /// Where the field stands that holds barcodes, when one does.
    pub barcode: Option<u8>,
    /// Where the field stands that says in which currency its amounts are, where that may be another than the
    /// workspace's; a reference stands for what the record that it names says.
    pub currency: Option<u8>,
    /// What the code is made of, where users do not choose it.
    pub code_of: Option<fn(&Fields) -> String>,
    /// What its fields must agree on: the field to mend, and the rule.
    pub check: fn(&Fields) -> Vec<(Field, String)>,
    /// How its records form families, when they do.
    pub nesting: Option<Nesting>,
    /// How a file that one record sent is matched, when there are such files.
    pub matching: Option<Matching>,
    /// Which rights its records need.
    pub rights: KindRights,
}

/// A part of the form of a kind.
pub struct SectionDef {
    /// Its title.
    pub title: &'static str,
    /// Where its fields stand, in the order of the form.
    pub fields: &'static [u8],
}

/// How records of one kind form families of two levels: parents and children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nesting {
    /// Where the field stands by which a child names its parent.
    pub parent: u8,
    /// What people call a child: `variant`.
    pub child: &'static str,
    /// The same for several: `variants`.
    pub children: &'static str,
    /// Where the field stands that is the sum of the children's, when one is.
    pub sum: Option<u8>,
    /// Where the field stands that says in which order the children of one parent stand, when one does. A new
    /// child, and one that comes from another parent, stands last.
    pub order: Option<u8>,
    /// How many children a parent may have, those in the trash not counted.
    pub most: i64,
    /// The names that the children of one parent may have only so many of, when there are any.
    pub names: Option<ChildNames>,
}

/// Names that each child gives itself, of which the children of one parent together may have only so many: what the
/// options of variants are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildNames {
    /// Where the fields stand that hold them.
    pub fields: &'static [u8],
    /// What people call what is named: `options`.
    pub what: &'static str,
    /// How many the children of one parent may have together, whatever their case.
    pub most: usize,
}

/// Which rights the records of a kind need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindRights {
    /// To see them.
    pub see: Permission,
    /// To create, change, trash and restore them.
    pub edit: Permission,
    /// To delete them for good.
    pub purge: Permission,
}

/// A kind of record.
#[derive(Clone, Copy)]
pub struct Kind(&'static KindDef);

impl Kind {
    /// The kind with this description.
    pub const fn of(def: &'static KindDef) -> Self {
        Self(def)
    }

    /// What it says of itself.
    pub const fn def(self) -> &'static KindDef {
        self.0
    }

    /// Its key.
    pub const fn key(self) -> &'static str {
        self.0.key
    }

    /// The kind with this key, when there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        kinds::all().find(|kind| kind.key() == key)
    }

    /// How many fields are declared.
    pub const fn len(self) -> usize {
        self.0.fields.len()
    }

    /// Whether no field is declared.
    pub const fn is_empty(self) -> bool {
        self.0.fields.is_empty()
    }

    /// The declared fields, in the order in which people read them.
    pub fn fields(self) -> impl DoubleEndedIterator<Item = Field> + ExactSizeIterator + Clone {
        (0..self.0.fields.len()).map(move |at| Field::fixed(self, at))
    }

    /// The declared field with this key, as it is written where the kind is known.
    pub fn field(self, key: &str) -> Option<Field> {
        let at = self.0.fields.iter().position(|def| def.key == key)?;
        Some(Field::fixed(self, at))
    }

    /// Whether it declares this field.
    pub fn has(self, field: Field) -> bool {
        matches!(field, Field::Fixed(kind, _) if kind == self)
    }

    /// The field that identifies a record for people.
    pub const fn code(self) -> Field {
        Field::Fixed(self, self.0.code)
    }

    /// The field that says in which currency its amounts are, when one does.
    pub fn currency(self) -> Option<Field> {
        Some(Field::Fixed(self, self.0.currency?))
    }

    /// The field that names a record.
    pub const fn title(self) -> Field {
        Field::Fixed(self, self.0.title)
    }

    /// The field that holds barcodes, when one does.
    pub fn barcode_field(self) -> Option<Field> {
        self.0.barcode.map(|at| Field::Fixed(self, at))
    }

    /// How its records form families, when they do.
    pub const fn nesting(self) -> Option<Nesting> {
        self.0.nesting
    }

    /// How a file that one record sent is matched, when there are such files.
    pub const fn matching(self) -> Option<&'static Matching> {
        self.0.matching.as_ref()
    }

    /// The field by which a child names its parent, when records form families.
    pub fn parent_field(self) -> Option<Field> {
        self.0
            .nesting
            .map(|nesting| Field::Fixed(self, nesting.parent))
    }

    /// The field of a parent that is the sum of its children's, when one is.
    pub fn sum_field(self) -> Option<Field> {
        let at = self.0.nesting?.sum?;
        Some(Field::Fixed(self, at))
    }

    /// The field that says in which order the children of a parent stand, when one does.
    pub fn order_field(self) -> Option<Field> {
        let at = self.0.nesting?.order?;
        Some(Field::Fixed(self, at))
    }

    /// The fields that hold names of which the children of one parent may have only so many.
    pub fn name_fields(self) -> impl Iterator<Item = Field> {
        let names = self.0.nesting.and_then(|nesting| nesting.names);
        let fields = names.map_or(&[][..], |names| names.fields).iter();
        fields.map(move |at| Field::Fixed(self, *at))
    }

    /// The fields that say which record is meant: the code, or what it is made of where users do not
    /// choose it.
    pub fn identified_by(self) -> Vec<Field> {
        match self.0.code_of {
            Some(_) => self.references().collect(),
            None => vec![self.code()],
        }
    }

    /// The fields that name another record.
    pub fn references(self) -> impl Iterator<Item = Field> {
        let is_reference = |field: &Field| {
            let def = field.def();
            def.is_some_and(|def| matches!(def.column, Column::Reference(_)))
        };
        self.fields().filter(is_reference)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Kind {}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl Hash for Kind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Kind::from_key(&key).ok_or_else(|| {
            serde::de::Error::custom(format!("there is no kind of record called {key}"))
        })
    }
}

impl TS for Kind {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;

    fn name(_: &ts_rs::Config) -> String {
        "Kind".to_owned()
    }

    fn decl(cfg: &ts_rs::Config) -> String {
        format!("type Kind = {};", Self::inline(cfg))
    }

    fn decl_concrete(cfg: &ts_rs::Config) -> String {
        Self::decl(cfg)
    }

    fn inline(_: &ts_rs::Config) -> String {
        let keys: Vec<String> = kinds::all().map(|kind| format!("\"{kind}\"")).collect();
        keys.join(" | ")
    }

    fn inline_flattened(cfg: &ts_rs::Config) -> String {
        Self::inline(cfg)
    }

    fn output_path() -> Option<std::path::PathBuf> {
        Some("Kind.ts".into())
    }
}
