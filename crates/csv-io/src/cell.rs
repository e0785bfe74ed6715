//! Cells: one text of a file read as a value of the field that its column feeds.

use super::amount::{decimal, measure, money, stock};
use super::calendar::{is_no_date, written_date};
use super::code::{barcode, code, whole_code};
use super::guard::{is_formula_error, unguarded};
use super::item::ReadOptions;
use super::parsed::{CellProblem, Parsed};
use super::target::{FlagWords, RowUnit, Sense, Target};
use super::units::{Measure, Unit};
use super::words::is_empty_word;
use crate::label_of;
use domain::catalog::product;
use domain::record::{
    Field, FieldKind, FieldView, Value, check_field, has_control, is_control_of_text,
};
use domain::values::{Date, DateOrder, is_invisible};

/// How many choices are named to a user whose file has another one.
const NAMED_CHOICES: usize = 10;

/// Reads `text`, a cell of a column with this sense. Spaces around it do not count, and what guards it
/// against spreadsheet programs is taken away. The value keeps the rules of its field, so a text that is
/// too long or a price below zero is a problem.
pub(super) fn parse(
    sense: Sense,
    field: Option<FieldView<'_>>,
    text: &str,
    options: &ReadOptions,
) -> Result<Parsed, CellProblem> {
    let kind = field.map(|field| field.kind);
    let trimmed = match kind {
        Some(
            FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Html
            | FieldKind::Tags
            | FieldKind::Choice
            | FieldKind::Choices,
        ) if sense.target != Target::Field(product::BARCODE) => text.trim(),
        _ => without_edges(text),
    };
    let is_choice = field.is_some_and(|field| field.find_choice(trimmed).is_some());
    let is_no_date = || kind == Some(FieldKind::Date) && is_no_date(trimmed);
    let is_nothing = trimmed.is_empty() || is_no_date() || is_empty_word(sense.target, trimmed);
    if is_nothing && !is_choice {
        return Ok(Value::Empty.into());
    }
    if is_formula_error(trimmed) {
        return Err(CellProblem::new(
            format!("\"{trimmed}\" is the error of a spreadsheet program, not a value."),
            "Mend the formula or widen the column, and export the file again.",
        ));
    }
    let parsed = read(sense, field, trimmed, options)?;
    match field {
        Some(field) => check_field(field, &parsed.value)
            .map(|()| parsed)
            .map_err(|message| CellProblem {
                message,
                hint: None,
            }),
        None => Ok(parsed),
    }
}

/// Reads a cell that is not empty, without the rules of its field.
fn read(
    sense: Sense,
    view: Option<FieldView<'_>>,
    trimmed: &str,
    options: &ReadOptions,
) -> Result<Parsed, CellProblem> {
    let bare = unguarded(trimmed);
    Ok(match sense.target {
        Target::Handle => code("The handle", trimmed)?,
        Target::Grams => {
            let grams = Unit::named("g", Measure::Weight);
            measure(
                (label_of(product::WEIGHT), Measure::Weight),
                bare,
                (grams, RowUnit::None),
                options,
            )?
        }
        Target::Taxable => match flag(bare, sense.flags)? {
            Value::Flag(yes) => Value::Flag(!yes).into(),
            other => other.into(),
        },
        Target::WeightUnit | Target::DimensionUnit | Target::Currency => Value::text(bare).into(),
        Target::Barcode => barcode(trimmed)?,
        Target::Images | Target::ImagePosition | Target::ImageShows | Target::VariantImage => {
            Value::text(bare).into()
        }
        Target::Field(field) => {
            let view = view.unwrap_or_else(|| crate::view(field));
            read_field((field, view), (sense, trimmed, bare), options)?
        }
    })
}

/// Reads a cell that feeds a field as it is: `bare` is without what guards it.
fn read_field(
    (field, view): (Field, FieldView<'_>),
    (sense, trimmed, bare): (Sense, &str, &str),
    options: &ReadOptions,
) -> Result<Parsed, CellProblem> {
    let label = view.label;
    Ok(match view.kind {
        FieldKind::Code => whole_code(label, trimmed)?,
        FieldKind::Text if field == product::BARCODE => barcode(trimmed)?,
        FieldKind::Text if field == product::CATEGORY => category(bare, sense.several),
        FieldKind::Text => one_line(label, bare),
        FieldKind::LongText | FieldKind::Html if sense.escaped => {
            several_lines(label, &without_escapes(bare))
        }
        FieldKind::LongText | FieldKind::Html => several_lines(label, bare),
        FieldKind::Money => money(label, bare, options)?,
        FieldKind::Decimal => match Measure::of(field) {
            Some(kind) => measure((label, kind), bare, (sense.unit, sense.row_unit), options)?,
            None => decimal(label, bare, options)?,
        },
        FieldKind::Integer => stock(label, bare, options)?,
        FieldKind::Date => date(bare, options.date_order)?,
        FieldKind::Flag => flag(bare, sense.flags)?.into(),
        FieldKind::Tags => tags(bare),
        FieldKind::Choice => Value::text(choice(view, bare)?).into(),
        FieldKind::Choices => choices(view, bare)?.into(),
        FieldKind::Image => Value::text(bare).into(),
        FieldKind::Images => Value::images(bare.lines()).into(),
    })
}

/// The key of the choice that a text names.
fn choice<'v>(view: FieldView<'v>, text: &str) -> Result<&'v str, CellProblem> {
    let key = view.find_choice(text);
    key.ok_or_else(|| {
        let labels = view.choices.iter().map(|choice| choice.label.as_str());
        let labels: Vec<&str> = labels.take(NAMED_CHOICES).collect();
        let label = view.label;
        CellProblem::new(
            format!("\"{text}\" is no choice of {label}."),
            format!(
                "Write one of them, such as {}, or add it to the choices of the field.",
                labels.join(", ")
            ),
        )
    })
}

/// Several choices, separated as tags are.
fn choices(view: FieldView<'_>, text: &str) -> Result<Value, CellProblem> {
    if let Some(key) = view.find_choice(text) {
        return Ok(Value::list([key]));
    }
    let parts = parts_of(text)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let keys = parts.map(|part| choice(view, part));
    Ok(Value::list(keys.collect::<Result<Vec<_>, _>>()?))
}

/// A cell without what surrounds it unseen: spaces, and the invisible characters that come along
/// when text is copied from a web page, or when files are put together.
pub(super) fn without_edges(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// A category is one; of several that stand below each other, or behind commas, semicolons or bars in a column
/// of several, the first is taken. In another column such a name may be one, which is told.
fn category(text: &str, several: bool) -> Parsed {
    let divides = |c: char| matches!(c, '\n' | '\r') || (several && matches!(c, ',' | ';' | '|'));
    let mut each = text
        .split(divides)
        .map(str::trim)
        .filter(|one| !one.is_empty());
    let first = each.next().unwrap_or_default();
    let others = each.count();
    let mut parsed = one_line(label_of(product::CATEGORY), first);
    if others > 0 {
        let count = others + 1;
        parsed.note = Some(format!(
            "Category: the cell holds {count}; the first one, \"{first}\", was taken."
        ));
    } else if parsed.note.is_none() && first.contains([';', '|']) {
        parsed.note = Some(format!("Category: \"{first}\" was taken as one."));
    }
    parsed
}

/// Tags are separated by commas or line breaks; where there are none, by semicolons or bars.
fn tags(text: &str) -> Parsed {
    Value::list(parts_of(text)).into()
}

pub(super) fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    let separates: fn(char) -> bool = if text.contains(|c: char| c == ',' || c.is_control()) {
        |c| c == ',' || c.is_control()
    } else {
        |c| matches!(c, ';' | '|')
    };
    text.split(separates)
}

/// Text of one line: line breaks and tabulators become spaces, other control characters go.
fn one_line(label: &str, text: &str) -> Parsed {
    if !has_control(text, char::is_control) {
        return Parsed {
            value: Value::text(text),
            note: html_character(text)
                .map(|written| format!("{label}: \"{written}\" is HTML; it is taken as it is.")),
        };
    }
    let is_break = |c: char| c.is_control() && c.is_whitespace();
    let words = text
        .split(is_break)
        .map(|word| word.replace(char::is_control, ""));
    let words: Vec<String> = words
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    Parsed {
        value: Value::text(words.join(" ")),
        note: Some(format!(
            "{label}: line breaks were read as spaces, and other control characters left out."
        )),
    }
}

/// The first character of a text that is written as in HTML: `&amp;`, `&#39;`.
fn html_character(text: &str) -> Option<&str> {
    const NAMED: [&str; 8] = ["amp", "lt", "gt", "quot", "apos", "nbsp", "ndash", "euro"];
    text.match_indices('&').find_map(|(start, _)| {
        let (name, _) = text[start + 1..].split_once(';')?;
        let number = name
            .strip_prefix('#')
            .map(|number| number.trim_start_matches('x'));
        let is_number = |number: &str| {
            !number.is_empty() && number.len() < 7 && number.bytes().all(|b| b.is_ascii_hexdigit())
        };
        let is_known = NAMED.contains(&name) || number.is_some_and(is_number);
        is_known.then(|| &text[start..start + name.len() + 2])
    })
}

/// A text whose line breaks are written as `\n`, with `\\n` for those characters.
fn without_escapes(text: &str) -> String {
    let parts = text.split("\\\\n").map(|part| part.replace("\\n", "\n"));
    parts.collect::<Vec<String>>().join("\\n")
}

/// Text of several lines, without the control characters that no program shows.
fn several_lines(label: &str, text: &str) -> Parsed {
    if !has_control(text, is_control_of_text) {
        return Value::text(text).into();
    }
    Parsed {
        value: Value::text(text.replace(is_control_of_text, "").trim()),
        note: Some(format!("{label}: control characters were left out.")),
    }
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
    let hint = match serial_date(text) {
        Some(date) => format!(
            "It looks like a spreadsheet's number for a day, here perhaps {date}. Format the column as a date."
        ),
        None => "Write the date as 2026-12-31.".into(),
    };
    Err(CellProblem::new(format!("\"{text}\" is not a date."), hint))
}

/// The day that a spreadsheet program means by a number of five digits; a fraction is the time.
fn serial_date(text: &str) -> Option<Date> {
    let (days, time) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_serial = days.len() == 5 && is_digits(days) && is_digits(time);
    is_serial.then(|| Date::from_serial(days.parse().ok()?))?
}

fn flag(text: &str, words: FlagWords) -> Result<Value, CellProblem> {
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
    let coded = match (words, text) {
        (FlagWords::Published, "-1") | (FlagWords::OneOrTwo, "2") => Some(false),
        (FlagWords::TaxStatus, "taxable") => Some(true),
        (FlagWords::TaxStatus, "none" | "shipping") => Some(false),
        _ => None,
    };
    if let Some(yes) = coded {
        return Ok(Value::Flag(yes));
    }
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
