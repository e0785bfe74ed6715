//! The rules that come from what a field is declared to hold.

use super::field::{Field, FieldKind};
use super::fields::Fields;
use super::image;
use super::schema::{FieldView, Schema};
use super::value::Value;
use crate::values::{Date, Decimal, is_invisible};

/// The largest whole number, either way; a larger one is a typing error.
const MAX_INTEGER: u64 = 1_000_000_000;

/// Checks one value against its field. The error is a sentence that says the rule and what to do.
pub fn check_field(field: FieldView<'_>, value: &Value) -> Result<(), String> {
    if !field.holds(value) {
        return Err(format!("{} holds another kind of value.", field.label));
    }
    match value {
        Value::Empty if field.required => Err(format!("{} is needed.", field.label)),
        Value::Empty | Value::Flag(_) => Ok(()),
        Value::Text(text) => check_text(field, text),
        Value::Number(number) => check_number(field, *number),
        Value::List(keys) if field.kind == FieldKind::Choices => {
            keys.iter().try_for_each(|key| check_choice(field, key))
        }
        Value::List(images) if field.kind == FieldKind::Images => check_images(field, images),
        Value::List(words) => {
            check_length(field, words.iter().map(|w| w.chars().count() + 2).sum())
        }
    }
}

fn check_text(field: FieldView<'_>, text: &str) -> Result<(), String> {
    let label = field.label;
    match field.kind {
        FieldKind::Code => check_code(field, text),
        FieldKind::Choice => check_choice(field, text),
        FieldKind::Date => Date::parse_iso(text)
            .map(drop)
            .ok_or_else(|| format!("{label} needs a date such as 2026-12-31.")),
        FieldKind::Text | FieldKind::Image if has_control(text, char::is_control) => Err(format!(
            "{label} is one line. Remove the line break or other control character."
        )),
        FieldKind::Image => image::check(label, text),
        _ if has_control(text, is_control_of_text) => Err(format!(
            "{label} holds a control character, which no program shows. Remove it."
        )),
        _ => check_length(field, text.chars().count()),
    }
}

fn check_images(field: FieldView<'_>, images: &[String]) -> Result<(), String> {
    let label = field.label;
    if images.len() > image::MOST {
        return Err(format!(
            "{label} are at most {}; these are {}. Leave some out.",
            image::MOST,
            images.len()
        ));
    }
    images.iter().try_for_each(|text| {
        if has_control(text, char::is_control) {
            return Err(format!("{label} hold a control character. Remove it."));
        }
        image::check(label, text)
    })
}

/// How many choices are named to a user who chose something else.
const NAMED_CHOICES: usize = 10;

fn check_choice(field: FieldView<'_>, key: &str) -> Result<(), String> {
    if field.choices.iter().any(|choice| choice.key == key) {
        return Ok(());
    }
    let labels = field.choices.iter().map(|choice| choice.label.as_str());
    let mut labels: Vec<&str> = labels.take(NAMED_CHOICES).collect();
    if field.choices.len() > NAMED_CHOICES {
        labels.push("…");
    }
    let (label, choices) = (field.label, labels.join(", "));
    Err(format!(
        "{label}: \"{key}\" is no choice. Choose one of: {choices}."
    ))
}

/// What identifies a record is visible as a whole, so that two that look the same are the same.
fn check_code(field: FieldView<'_>, text: &str) -> Result<(), String> {
    let label = field.label;
    if text.trim() != text {
        return Err(format!("{label} has no space before or after it."));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("{label} is one line of visible characters."));
    }
    if text.contains(is_invisible) {
        return Err(format!(
            "{label} has visible characters only. Type it anew: it holds one that is not shown, as \
             text copied from a web page may."
        ));
    }
    check_length(field, text.chars().count())
}

/// Whether one of the characters of a text is such a control character. An import asks this of every
/// cell, so it looks at bytes first, many at a time: a control character is one of these, or begins
/// with the last.
pub fn has_control(text: &str, is_control: fn(char) -> bool) -> bool {
    let may_be = |byte: u8| byte < 0x20 || byte == 0x7f || byte == 0xc2;
    let any = text.bytes().fold(false, |any, byte| any | may_be(byte));
    any && text.contains(is_control)
}

/// Whether text of several lines cannot hold the character.
pub fn is_control_of_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

fn check_length(field: FieldView<'_>, chars: usize) -> Result<(), String> {
    if chars <= field.max_chars {
        return Ok(());
    }
    Err(format!(
        "{} has at most {} characters; this has {chars}. Shorten it.",
        field.label, field.max_chars
    ))
}

fn check_number(field: FieldView<'_>, number: i64) -> Result<(), String> {
    let label = field.label;
    match field.kind {
        FieldKind::Integer if number.unsigned_abs() > MAX_INTEGER => Err(match number < 0 {
            true => format!("{label} is -1,000,000,000 or more."),
            false => format!("{label} is at most 1,000,000,000."),
        }),
        FieldKind::Money | FieldKind::Decimal if number < 0 => {
            Err(format!("{label} cannot be below zero."))
        }
        FieldKind::Money | FieldKind::Decimal if number > Decimal::MAX.units() => {
            Err(format!("{label} is larger than 99,999,999,999."))
        }
        _ => Ok(()),
    }
}

/// Checks every field of a record, then what its fields must agree on. Every broken rule is named
/// with the field where a person would mend it.
pub fn check_record(schema: &Schema, fields: &Fields) -> Vec<(Field, String)> {
    let mut problems: Vec<(Field, String)> = fields
        .iter()
        .filter(|(field, _)| schema.is_shown(*field))
        .filter_map(|(field, value)| Some((field, check_field(schema.view(field), value).err()?)))
        .collect();
    // What a record holds nothing of is not among its values.
    for def in schema.custom_of(fields.kind()).filter(|def| def.required) {
        let field = Field::Custom(def.id);
        if fields.get(field).is_empty() {
            problems.push((field, format!("{} is needed.", def.label)));
        }
    }
    problems.extend((fields.kind().def().check)(fields));
    problems
}

#[cfg(test)]
mod tests {
    use super::{has_control, is_control_of_text};

    #[test]
    fn a_control_character_is_found_wherever_it_stands() {
        for (text, has_any, has_one_of_text) in [
            ("Mug, 300 ml", false, false),
            ("Grüße, Ångström £5", false, false),
            ("two\nlines\tand a tab", true, false),
            ("bell \u{7}", true, true),
            ("\u{7f}", true, true),
            ("next line \u{85}", true, true),
        ] {
            assert_eq!(has_control(text, char::is_control), has_any, "{text:?}");
            assert_eq!(
                has_control(text, is_control_of_text),
                has_one_of_text,
                "{text:?}"
            );
        }
    }
}
