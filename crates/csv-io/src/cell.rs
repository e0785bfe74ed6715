//! Cells: one text of a file read as a value of the field that its column feeds.

use super::calendar::written_date;
use super::columns::Target;
use super::guard::{is_formula_error, is_scientific, unguarded};
use super::item::ReadOptions;
use super::number::{DecimalMark, Number, parse_digits, parse_number, pieces};
use crate::{kind_of, label_of, view};
use domain::catalog::product;
use domain::record::{Field, FieldKind, Value, check_field, has_control, is_control_of_text};
use domain::values::{Date, DateOrder, Decimal, is_invisible};

/// What is wrong with a cell, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// The rule that is broken, as a sentence.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl CellProblem {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

/// A value that was read, with what a person should know about the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The value; empty when the cell is.
    pub value: Value,
    /// What was changed on the way, such as decimals that were rounded.
    pub note: Option<String>,
}

impl From<Value> for Parsed {
    fn from(value: Value) -> Self {
        Self { value, note: None }
    }
}

/// Reads `text`, a cell of a column that feeds `target`. Spaces around it do not count, and an
/// apostrophe that guards it against spreadsheet programs is taken away. The value keeps the rules
/// of its field, so a text that is too long or a price below zero is a problem.
pub fn parse(target: Target, text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let trimmed = match target.field().map(kind_of) {
        Some(FieldKind::Text | FieldKind::LongText | FieldKind::Html | FieldKind::Tags) => {
            text.trim()
        }
        _ => without_edges(text),
    };
    if trimmed.is_empty() {
        return Ok(Value::Empty.into());
    }
    if is_formula_error(trimmed) {
        return Err(CellProblem::new(
            format!("\"{trimmed}\" is the error of a spreadsheet program, not a value."),
            "Mend the formula or widen the column, and export the file again.",
        ));
    }
    let parsed = read(target, trimmed, options)?;
    match target.field() {
        Some(field) => check_field(view(field), &parsed.value)
            .map(|()| parsed)
            .map_err(|message| CellProblem {
                message,
                hint: None,
            }),
        None => Ok(parsed),
    }
}

/// Reads a cell that is not empty, without the rules of its field.
fn read(target: Target, trimmed: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let bare = unguarded(trimmed);
    Ok(match target {
        Target::Handle => {
            check_code(trimmed)?;
            Value::text(bare).into()
        }
        Target::Grams => weight(bare, options, 1000)?,
        Target::Taxable => match flag(bare)? {
            Value::Flag(yes) => Value::Flag(!yes).into(),
            other => other.into(),
        },
        Target::Field(field) if field == product::WEIGHT => weight(bare, options, 1)?,
        Target::Field(field) => match kind_of(field) {
            FieldKind::Code => code(field, trimmed, bare)?,
            FieldKind::Text if field == product::BARCODE => code(field, trimmed, bare)?,
            FieldKind::Text => one_line(field, bare),
            FieldKind::LongText | FieldKind::Html => several_lines(field, bare),
            FieldKind::Money | FieldKind::Decimal => amount(field, bare, options)?,
            FieldKind::Integer => integer(bare, options)?,
            FieldKind::Date => date(bare, options.date_order)?,
            FieldKind::Flag => flag(bare)?.into(),
            FieldKind::Tags => Value::list(bare.split(|c: char| c == ',' || c.is_control())).into(),
        },
    })
}

/// A cell without what surrounds it unseen: spaces, and the invisible characters that come along
/// when text is copied from a web page, or when files are put together.
pub(super) fn without_edges(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// A SKU or barcode.
fn code(field: Field, trimmed: &str, bare: &str) -> Result<Parsed, CellProblem> {
    check_code(trimmed)?;
    Ok(one_line(field, bare))
}

/// What identifies a product must be whole. Excel shortens long numbers to 8.72E+12, and a byte
/// that does not fit the encoding stands for a letter that nobody knows.
fn check_code(text: &str) -> Result<(), CellProblem> {
    if is_scientific(text) {
        return Err(CellProblem::new(
            format!(
                "\"{text}\" is a number that a spreadsheet program shortened; digits are lost."
            ),
            "Format the column as text or as a number without decimals, and export the file again.",
        ));
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(CellProblem::new(
            format!("A character of \"{text}\" could not be read in the file's encoding."),
            "Try another encoding, or correct it in the file.",
        ));
    }
    Ok(())
}

/// Text of one line: line breaks and other control characters become spaces.
fn one_line(field: Field, text: &str) -> Parsed {
    if !has_control(text, char::is_control) {
        return Value::text(text).into();
    }
    let words = text.split(char::is_control).map(str::trim);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Parsed {
        value: Value::text(words.join(" ")),
        note: Some(format!(
            "{}: line breaks and control characters were read as spaces.",
            label_of(field)
        )),
    }
}

/// Text of several lines, without the control characters that no program shows.
fn several_lines(field: Field, text: &str) -> Parsed {
    if !has_control(text, is_control_of_text) {
        return Value::text(text).into();
    }
    Parsed {
        value: Value::text(text.replace(is_control_of_text, "").trim()),
        note: Some(format!(
            "{}: control characters were left out.",
            label_of(field)
        )),
    }
}

fn amount(field: Field, text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let number = parse_number(text, options.decimal_mark)
        .ok_or_else(|| not_a_number(text, options.decimal_mark))?;
    Ok(from_number(field, text, number))
}

fn from_number(field: Field, text: &str, number: Number) -> Parsed {
    let note = number.rounded.then(|| {
        format!(
            "{}: {text} was rounded to {}.",
            label_of(field),
            number.value
        )
    });
    Parsed {
        value: Value::Number(number.value.units()),
        note,
    }
}

/// A weight in kilograms. A unit beside the number counts; without one, `per_kilogram` is the
/// column's.
fn weight(text: &str, options: &ReadOptions, per_kilogram: i64) -> Result<Parsed, CellProblem> {
    let wrong = || not_a_number(text, options.decimal_mark);
    let pieces = pieces(text).ok_or_else(wrong)?;
    let per_kilogram = match pieces.suffix.to_ascii_lowercase().as_str() {
        "" => per_kilogram,
        "kg" | "kgs" | "kilo" | "kilograms" => 1,
        "g" | "gr" | "grams" => 1000,
        _ => {
            return Err(CellProblem::new(
                format!("\"{text}\" is not a weight in kilograms or grams."),
                "Write the number alone, or with kg or g behind it.",
            ));
        }
    };
    if !pieces.prefix.is_empty() {
        return Err(wrong());
    }
    let number = parse_digits(&pieces, options.decimal_mark).ok_or_else(wrong)?;
    let units = number.value.units();
    let exact = units % per_kilogram == 0 && !number.rounded;
    let rounded = Number {
        value: Decimal::from_units((units + per_kilogram / 2) / per_kilogram),
        rounded: !exact,
    };
    Ok(from_number(product::WEIGHT, text, rounded))
}

fn integer(text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let number = parse_number(text, options.decimal_mark)
        .ok_or_else(|| not_a_number(text, options.decimal_mark))?;
    let units = number.value.units();
    if units % Decimal::SCALE != 0 || number.rounded {
        return Err(CellProblem::new(
            format!("\"{text}\" is not a whole number."),
            "Write a number without decimals, such as 10.",
        ));
    }
    Ok(Value::Number(units / Decimal::SCALE).into())
}

fn not_a_number(text: &str, mark: DecimalMark) -> CellProblem {
    let message = format!("\"{text}\" is not a number.");
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    if is_scientific(text) {
        return CellProblem::new(message, "Write it out, such as 1230000.");
    }
    if parse_number(text, mark.other()).is_some() {
        let (name, example) = match mark.other() {
            DecimalMark::Point => ("point", "1234,50"),
            DecimalMark::Comma => ("comma", "1234.50"),
        };
        return CellProblem::new(
            format!("\"{text}\" is written with a decimal {name}."),
            format!("Choose decimal {name} for this file, or write the number as {example}."),
        );
    }
    let is_look_alike = |c: char| matches!(c, 'O' | 'o' | 'l' | 'I');
    let all_alike = |c: char| c.is_ascii_digit() || is_look_alike(c) || matches!(c, '.' | ',');
    if has_digit && text.contains(is_look_alike) && text.chars().all(all_alike) {
        return CellProblem::new(
            message,
            "Look for letters in place of digits: O for 0, or l for 1.",
        );
    }
    let example = match mark {
        DecimalMark::Point => "1234.50",
        DecimalMark::Comma => "1234,50",
    };
    let hint = format!("Write the number alone, such as {example}, or leave the cell empty.");
    CellProblem::new(message, hint)
}

fn date(text: &str, order: DateOrder) -> Result<Parsed, CellProblem> {
    if Date::parse_iso(text).is_some() {
        return Ok(Value::text(text).into());
    }
    let written = written_date(text);
    if let Some(date) = written.and_then(|written| written.in_order(order)) {
        return Ok(Value::text(date.to_string()).into());
    }
    let name = match order {
        DateOrder::Dmy => "day, month, year",
        DateOrder::Mdy => "month, day, year",
        DateOrder::Ymd => "year, month, day",
    };
    if let Some(written) = written {
        if !written.is_a_day() {
            return Err(CellProblem::new(
                format!("There is no day \"{text}\"."),
                "Write a day of the calendar, such as 2026-12-31.",
            ));
        }
        return Err(CellProblem::new(
            format!("\"{text}\" is not a date in the order {name}."),
            "Choose the order of this file's dates, or write the date as 2026-12-31.",
        ));
    }
    let serial = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    let hint = if serial {
        let example =
            serial_date(text).map_or(String::new(), |date| format!(", here perhaps {date}"));
        format!(
            "It looks like a spreadsheet's number for a day{example}. Format the column as a date."
        )
    } else {
        "Write the date as 2026-12-31.".into()
    };
    Err(CellProblem::new(format!("\"{text}\" is not a date."), hint))
}

/// The day that Excel means by a number: days since 30 December 1899.
fn serial_date(text: &str) -> Option<Date> {
    let mut days: i64 = text.parse().ok()?;
    for year in 1900..2200u16 {
        for month in 1..=12 {
            let length = (28..=31)
                .rev()
                .find(|day| Date::new(year, month, *day).is_some())?;
            // Day 2 is the first of January 1900.
            if days - 2 < i64::from(length) {
                return Date::new(year, month, u8::try_from(days - 1).ok()?);
            }
            days -= i64::from(length);
        }
    }
    None
}

fn flag(text: &str) -> Result<Value, CellProblem> {
    const YES: &[&str] = &[
        "true",
        "yes",
        "y",
        "1",
        "t",
        "on",
        "x",
        "active",
        "enabled",
        "published",
        "visible",
    ];
    const NO: &[&str] = &[
        "false",
        "no",
        "n",
        "0",
        "f",
        "off",
        "inactive",
        "disabled",
        "unpublished",
        "hidden",
        "draft",
        "archived",
        "discontinued",
        "unlisted",
    ];
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(YES) {
        Ok(Value::Flag(true))
    } else if is(NO) {
        Ok(Value::Flag(false))
    } else {
        Err(CellProblem::new(
            format!("\"{text}\" is neither yes nor no."),
            "Write true or false.",
        ))
    }
}

#[cfg(test)]
mod tests;
