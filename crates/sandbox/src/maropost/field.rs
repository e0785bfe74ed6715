//! Fields: what the documents say of each scalar of a record, and the values that records have.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::dates;
use super::loose;
use super::loud::{Loud, Simulated, own_words};
use super::number;
use super::settings::{EmptyValue, Settings, TextBooleans, TooLong, Zone};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text of so many characters at most; 0 is no documented limit.
    Text(usize),
    /// A number with decimals, such as a price.
    Number,
    /// A number that is answered with exactly so many decimals.
    Fixed(u32),
    /// A whole number.
    Integer,
    /// `True` or `False`.
    Boolean,
    /// The same, but typed as text when it is answered.
    TextBoolean,
    /// A moment in UTC.
    Moment,
    /// A moment of which it is not known in which zone it is written.
    MomentOfUnsureZone,
    /// A day, which no zone shifts.
    Day,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// A field of a record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Its name when it is read.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it is among the documented output selectors.
    pub(crate) selected: bool,
    /// Whether it may be written, and by which name.
    pub(crate) written: Option<&'static str>,
}

/// The fields of one kind of record.
#[derive(Debug)]
pub(crate) struct Fields {
    list: Vec<Field>,
    by_name: HashMap<&'static str, u16>,
    by_written: HashMap<&'static str, u16>,
}

impl Fields {
    /// The fields of `list`.
    pub(crate) fn new(list: Vec<Field>) -> Self {
        let mut by_name = HashMap::new();
        let mut by_written = HashMap::new();
        for (at, field) in (0_u16..).zip(&list) {
            by_name.insert(field.name, at);
            if let Some(written) = field.written {
                by_written.insert(written, at);
            }
        }
        Self {
            list,
            by_name,
            by_written,
        }
    }

    /// Where the field stands that is read as `name`.
    pub(crate) fn at(&self, name: &str) -> Option<u16> {
        self.by_name.get(name).copied()
    }

    /// Where the field stands that is written as `name`.
    pub(crate) fn written_at(&self, name: &str) -> Option<u16> {
        self.by_written.get(name).copied()
    }

    /// The field that stands at `at`.
    pub(crate) fn field(&self, at: u16) -> &Field {
        &self.list[usize::from(at)]
    }

    /// Whether `name` is a documented output selector.
    pub(crate) fn selects(&self, name: &str) -> bool {
        self.at(name).is_some_and(|at| self.field(at).selected)
    }
}

/// The values of a record's fields, in their canonical form; moments are UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Values(BTreeMap<u16, Box<str>>);

impl Values {
    /// The value at `at`, `""` when there is none.
    pub(crate) fn get(&self, at: u16) -> &str {
        self.0.get(&at).map_or("", |text| text)
    }

    /// The value of the field `name` of `fields`.
    pub(crate) fn of(&self, fields: &Fields, name: &str) -> &str {
        fields.at(name).map_or("", |at| self.get(at))
    }

    /// Sets the value at `at` and says whether it was another one before.
    pub(crate) fn set(&mut self, at: u16, text: &str) -> bool {
        if self.get(at) == text {
            return false;
        }
        if text.is_empty() {
            self.0.remove(&at);
        } else {
            self.0.insert(at, text.into());
        }
        true
    }

    /// Sets the field `name` of `fields`.
    pub(crate) fn put(&mut self, fields: &Fields, name: &str, text: &str) -> bool {
        fields.at(name).is_some_and(|at| self.set(at, text))
    }
}

/// What became of a value that was to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is this, in canonical form.
    Value(String),
    /// It is this, and a warning says what was done to it.
    Changed(String, String),
    /// It is passed over.
    Nothing,
    /// It is passed over, and a warning says so.
    Ignored(String),
    /// It makes the row a bad one, for this reason.
    Refused(String),
}

/// Reads what was written into a field.
pub(crate) fn take(field: &Field, text: &str, settings: &Settings) -> Simulated<Taken> {
    let name = field.written.unwrap_or(field.name);
    if let Kind::Text(limit) = field.kind {
        return Ok(take_text(name, limit, text, settings.too_long));
    }
    let dated = matches!(
        field.kind,
        Kind::Moment | Kind::MomentOfUnsureZone | Kind::Day
    );
    if text.trim().is_empty() && !dated {
        return match settings.empty_value {
            EmptyValue::Clear => Ok(Taken::Value(String::new())),
            EmptyValue::Ignore => Ok(Taken::Nothing),
            EmptyValue::NotSimulated => Err(Loud::new(
                "EmptyValue",
                format!("{name} is no text, and no source says what \"\" does to it"),
            )),
        };
    }
    match canonical(field, text, settings) {
        Some(value) => Ok(Taken::Value(value)),
        // What is not required and in a wrong form is ignored with a warning, as is documented.
        None => Ok(Taken::Ignored(own_words(format!(
            "{name} {text} has a wrong format, ignored"
        )))),
    }
}

fn take_text(name: &str, limit: usize, text: &str, too_long: TooLong) -> Taken {
    if limit == 0 || text.chars().count() <= limit {
        return Taken::Value(text.to_owned());
    }
    let cut: String = text.chars().take(limit).collect();
    match too_long {
        TooLong::RefuseRow => Taken::Refused(own_words(format!(
            "{name} is longer than {limit} characters"
        ))),
        TooLong::Cut => Taken::Value(cut),
        TooLong::CutWithWarning => {
            let warning = own_words(format!("{name} was cut to {limit} characters"));
            Taken::Changed(cut, warning)
        }
    }
}

/// The canonical form of a value that is not empty; nothing when it is malformed.
fn canonical(field: &Field, text: &str, settings: &Settings) -> Option<String> {
    match field.kind {
        Kind::Text(_) => Some(text.to_owned()),
        Kind::Number => {
            let places = settings.price_decimals;
            number::parse(text).map(|units| number::price(number::round(units, places)))
        }
        Kind::Fixed(places) => number::parse(text).map(|units| number::fixed(units, places)),
        Kind::Integer => text
            .trim()
            .parse::<i64>()
            .ok()
            .map(|number| number.to_string()),
        Kind::Boolean | Kind::TextBoolean => loose::boolean(text).map(boolean_word),
        Kind::Moment => moment_text(text, 0),
        Kind::MomentOfUnsureZone => match settings.promotion_written_in {
            Zone::Utc => moment_text(text, 0),
            Zone::Shop => moment_text(text, -settings.zone_minutes),
        },
        Kind::Day => {
            dates::parse_day(text).map(|day| day.map(|day| day.to_string()).unwrap_or_default())
        }
        Kind::Choice(words) => words
            .iter()
            .find(|word| **word == text)
            .map(|word| (*word).to_owned()),
    }
}

/// The moment that `text` means, `minutes` later, in UTC; an empty text for none.
fn moment_text(text: &str, minutes: i32) -> Option<String> {
    let moment = dates::parse(text)?;
    Some(moment.map_or_else(String::new, |moment| {
        dates::show(moment, Zone::Shop, minutes)
    }))
}

/// `True` or `False`.
pub(crate) fn boolean_word(yes: bool) -> String {
    if yes {
        "True".to_owned()
    } else {
        "False".to_owned()
    }
}

/// The value of a field as it is answered.
pub(crate) fn show(field: &Field, value: &str, settings: &Settings) -> String {
    match field.kind {
        Kind::Number if value.is_empty() => "0.00".to_owned(),
        Kind::Fixed(places) if value.is_empty() => number::fixed(0, places),
        Kind::Integer if value.is_empty() => "0".to_owned(),
        Kind::Boolean => boolean_word(value == "True"),
        Kind::TextBoolean => match (settings.text_booleans, value == "True") {
            (TextBooleans::TrueFalse, yes) => boolean_word(yes),
            (TextBooleans::YesNo, true) => "y".to_owned(),
            (TextBooleans::YesNo, false) => "n".to_owned(),
        },
        Kind::Moment | Kind::MomentOfUnsureZone if value.is_empty() => {
            dates::none(settings.no_date).to_owned()
        }
        Kind::Text(_)
        | Kind::Number
        | Kind::Fixed(_)
        | Kind::Integer
        | Kind::Moment
        | Kind::MomentOfUnsureZone
        | Kind::Day
        | Kind::Choice(_) => value.to_owned(),
    }
}

/// A moment, or none, as it is answered in `zone`.
pub(crate) fn show_moment(moment: Option<Timestamp>, zone: Zone, settings: &Settings) -> String {
    moment.map_or_else(
        || dates::none(settings.no_date).to_owned(),
        |moment| dates::show(moment, zone, settings.zone_minutes),
    )
}
