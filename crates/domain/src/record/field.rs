//! A field of a record, and what its kind declares of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::fields::Fields;
use super::kind::Kind;
use super::permission::Permission;
use super::value::Value;
use crate::values::CustomFieldId;

/// What kind of value a field holds, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// The code of this or another record, such as a SKU.
    Code,
    /// One line of text.
    Text,
    /// Text of several lines.
    LongText,
    /// HTML, sanitised whenever it is shown.
    Html,
    /// Money: an integer of 1/10000 of the currency unit.
    Money,
    /// A measure: an integer of 1/10000 of its unit.
    Decimal,
    /// A whole number.
    Integer,
    /// A calendar date, `2026-12-31`.
    Date,
    /// Yes or no.
    Flag,
    /// A list of words, sorted, each once.
    Tags,
    /// One of the field's choices, by its key.
    Choice,
    /// Some of the field's choices, by their keys, sorted, each once.
    Choices,
    /// An image: its address and what it shows.
    Image,
    /// Several images in their order, each once.
    Images,
}

/// Where a field lives in the table of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// In a column of the same name.
    Own,
    /// It names another record by its code; the table holds that record's id.
    Reference(Reference),
}

/// A field that names another record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The column that holds the id.
    pub column: &'static str,
    /// The key of the kind of the other record.
    pub to: &'static str,
}

/// What a kind declares of one field.
#[derive(Debug)]
pub struct FieldDef {
    /// Its name in SQL, CSV files and the journal.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// The longest text, in characters; 0 where the kind has no length.
    pub max_chars: usize,
    /// What stands under the field in a form; empty when the label says it all.
    pub help: &'static str,
    /// Where it lives.
    pub column: Column,
    /// Whether a record cannot be without it.
    pub required: bool,
    /// The right without which its values are neither seen nor changed.
    pub needs: Option<Permission>,
    /// What a new record holds.
    pub blank: Blank,
    /// Which changes of it a plan points out.
    pub watch: Option<Watch>,
    /// Whether it can be changed once a record is there.
    pub fixed: Fixed,
    /// What it holds given all fields, where that is not just what was typed: it is made when it was
    /// left out, or brought into one form. Deriving twice is deriving once.
    pub derive: Option<fn(&Fields) -> Value>,
    /// Where it stands in a form.
    pub layout: Layout,
    /// The words that it can hold, each with its name for people; none where any text will do.
    pub words: &'static [(&'static str, &'static str)],
}

/// Whether a field can be changed once its record is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// It can.
    No,
    /// Not once the record was created.
    Once,
    /// Not while anything was made by the record: values of a field.
    WhenUsed,
}

/// Where a field stands in a form of two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Beside or under the one before it, wherever there is room.
    Next,
    /// At the beginning of a row.
    RowStart,
    /// Over the whole width.
    Wide,
}

/// Which changes of a field a plan points out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// Rising or falling by more than a fifth.
    Jumps,
    /// Falling to nothing.
    FallsToZero,
}

impl Watch {
    /// Whether the change from `old` to `new` is to be pointed out.
    pub fn is_met(self, old: i64, new: i64) -> bool {
        match self {
            Watch::Jumps => {
                i128::from(new).abs_diff(i128::from(old)) * 5 > i128::from(old).unsigned_abs()
            }
            Watch::FallsToZero => old > 0 && new == 0,
        }
    }
}

/// What a new record holds in a field of which nothing was said yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// Nothing.
    Empty,
    /// No.
    No,
    /// Yes.
    Yes,
    /// 0: such a field is never empty.
    Zero,
}

impl Blank {
    /// As a value.
    pub const fn value(self) -> Value {
        match self {
            Blank::Empty => Value::Empty,
            Blank::No => Value::Flag(false),
            Blank::Yes => Value::Flag(true),
            Blank::Zero => Value::Number(0),
        }
    }
}

impl Layout {
    /// Where fields of a kind of value stand when nothing else is said.
    pub(super) const fn of(kind: FieldKind) -> Self {
        match kind {
            FieldKind::LongText | FieldKind::Html | FieldKind::Tags => Layout::Wide,
            FieldKind::Image | FieldKind::Images => Layout::Wide,
            _ => Layout::Next,
        }
    }
}

impl FieldDef {
    /// A field with a column of its own that may be empty.
    pub const fn new(key: &'static str, label: &'static str, kind: FieldKind) -> Self {
        let blank = match kind {
            FieldKind::Flag => Blank::No,
            FieldKind::Integer => Blank::Zero,
            _ => Blank::Empty,
        };
        let max_chars = match kind {
            FieldKind::Code => 100,
            FieldKind::Text => 255,
            FieldKind::LongText | FieldKind::Tags => 1_000,
            FieldKind::Html => 65_000,
            _ => 0,
        };
        Self {
            key,
            label,
            kind,
            max_chars,
            help: "",
            column: Column::Own,
            required: false,
            needs: None,
            blank,
            watch: None,
            fixed: Fixed::No,
            derive: None,
            layout: Layout::of(kind),
            words: &[],
        }
    }

    /// With a text under it in forms.
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// With another longest text, in characters.
    pub const fn max(mut self, chars: usize) -> Self {
        self.max_chars = chars;
        self
    }

    /// A record cannot be without it.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Yes, unless a record says otherwise.
    pub const fn yes(mut self) -> Self {
        self.blank = Blank::Yes;
        self
    }

    /// It may be empty, although its kind of value begins with one.
    pub const fn optional(mut self) -> Self {
        self.blank = Blank::Empty;
        self
    }

    /// A plan points out such changes.
    pub const fn watch(mut self, watch: Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// It cannot be changed once a record is there, or once it is used.
    pub const fn fixed(mut self, fixed: Fixed) -> Self {
        self.fixed = fixed;
        self
    }

    /// It holds what this makes of all fields.
    pub const fn derived_by(mut self, derive: fn(&Fields) -> Value) -> Self {
        self.derive = Some(derive);
        self
    }

    /// It holds one of these words, each with its name for people.
    pub const fn one_of(mut self, words: &'static [(&'static str, &'static str)]) -> Self {
        self.words = words;
        self
    }

    /// It stands at the beginning of a row in forms.
    pub const fn begins_row(mut self) -> Self {
        self.layout = Layout::RowStart;
        self
    }

    /// It stands over the whole width of forms.
    pub const fn wide(mut self) -> Self {
        self.layout = Layout::Wide;
        self
    }

    /// It is seen and changed only with this right.
    pub const fn needs(mut self, right: Permission) -> Self {
        self.needs = Some(right);
        self
    }

    /// It names a record of the kind `to`, whose id stands in `column`.
    pub const fn refers(mut self, column: &'static str, to: &'static str) -> Self {
        self.column = Column::Reference(Reference { column, to });
        self
    }
}

/// A field: one that a kind declares, or one that a workspace made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The field of a kind at this place.
    Fixed(Kind, u8),
    /// A field of the workspace's own.
    Custom(CustomFieldId),
}

impl Field {
    pub(super) fn fixed(kind: Kind, at: usize) -> Self {
        Field::Fixed(kind, u8::try_from(at).unwrap_or(u8::MAX))
    }

    /// What its kind declares; nothing for a field of a workspace's own.
    pub const fn def(self) -> Option<&'static FieldDef> {
        match self {
            Field::Fixed(kind, at) => Some(&kind.def().fields[at as usize]),
            Field::Custom(_) => None,
        }
    }

    /// The right without which its values are neither seen nor changed.
    pub const fn needs(self) -> Option<Permission> {
        match self.def() {
            Some(def) => def.needs,
            None => None,
        }
    }

    /// The reference that it is, when it names another record.
    pub const fn reference(self) -> Option<Reference> {
        match self.def() {
            Some(FieldDef {
                column: Column::Reference(reference),
                ..
            }) => Some(*reference),
            _ => None,
        }
    }
}
