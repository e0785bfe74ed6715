//! Amounts: money, measures and stock, each with what may stand beside its number.

use super::currency::Currency;
use super::item::{ForeignMoney, ReadOptions};
use super::number::{
    DecimalMark, Number, parse_digits, parse_money, parse_number, parse_plain, pieces,
};
use super::parsed::{CellProblem, Parsed};
use super::target::RowUnit;
use super::units::{Measure, Unit};
use super::words::{StockWords, stock_in_words};
use domain::record::Value;
use domain::values::{Decimal, is_shortened_number};

/// An amount of money in the workspace's currency.
pub(super) fn money(label: &str, text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let (number, spoken) = parse_money(text, options.decimal_mark)
        .ok_or_else(|| not_a_number(text, options.decimal_mark))?;
    let own = options.currency.filter(|own| !spoken.may_be(*own));
    if let Some(own) = own.filter(|_| options.foreign_money == ForeignMoney::Refuse) {
        return Err(foreign(text, own));
    }
    if number.rounded && number.value.units() == 0 {
        return Err(CellProblem::new(
            format!("\"{text}\" is less than 0.0001, the smallest amount that is kept."),
            "Give the price of a larger quantity, or leave the cell empty.",
        ));
    }
    Ok(from_number(label, text, number))
}

/// A number that measures nothing that is known.
pub(super) fn decimal(
    label: &str,
    text: &str,
    options: &ReadOptions,
) -> Result<Parsed, CellProblem> {
    let number = parse_plain(text, options.decimal_mark)
        .ok_or_else(|| not_a_number(text, options.decimal_mark))?;
    Ok(from_number(label, text, number))
}

/// The refusal of an amount in another currency.
pub(super) fn foreign(text: &str, own: Currency) -> CellProblem {
    CellProblem::new(
        format!(
            "\"{text}\" is not in {}, the currency that is expected.",
            own.code()
        ),
        format!("Convert it to {} in the file.", own.code()),
    )
}

fn from_number(label: &str, text: &str, number: Number) -> Parsed {
    let note = number
        .rounded
        .then(|| format!("{label}: {text} was rounded to {}.", number.value));
    Parsed {
        value: Value::Number(number.value.units()),
        note,
    }
}

/// A weight, length or volume in the field's own unit. A unit beside the number counts, or else the one that
/// its row says, or else the column's.
pub(super) fn measure(
    (label, measure): (&str, Measure),
    text: &str,
    (column, row): (Option<Unit>, RowUnit),
    options: &ReadOptions,
) -> Result<Parsed, CellProblem> {
    let (what, example) = measure.words();
    let wrong = || match text.contains(|c: char| c.is_ascii_digit()) {
        true => unit_problem(text, what, example),
        false => not_a_number(text, options.decimal_mark),
    };
    let pieces = pieces(text).ok_or_else(wrong)?;
    let beside = match pieces.suffix {
        "" => None,
        suffix => Some(Unit::named(suffix, measure).ok_or_else(wrong)?),
    };
    if !pieces.prefix.is_empty() {
        return Err(wrong());
    }
    let number = parse_digits(&pieces, options.decimal_mark)
        .ok_or_else(|| not_a_number(text, options.decimal_mark))?;
    let said = match (beside, row) {
        (Some(unit), _) | (None, RowUnit::Known(unit)) => Some(unit),
        (None, RowUnit::None) => column,
        (None, RowUnit::Unknown) => return Err(wrong_unit(text, what)),
    };
    let Some(unit) = said.filter(|unit| !unit.is_own()) else {
        return Ok(from_number(label, text, number));
    };
    let converted = unit.convert(number).ok_or_else(wrong)?;
    // What its column's name says is told once for the file.
    let is_told = said != column || converted.rounded;
    let written = match beside {
        Some(_) => text.to_owned(),
        None => format!("{text} {}", unit.name),
    };
    let verb = if converted.rounded {
        "rounded to"
    } else {
        "read as"
    };
    let own = measure.unit();
    Ok(Parsed {
        value: Value::Number(converted.value.units()),
        note: is_told.then(|| format!("{label}: {written} was {verb} {} {own}.", converted.value)),
    })
}

fn wrong_unit(text: &str, what: &str) -> CellProblem {
    CellProblem::new(
        format!(
            "\"{text}\" is not {what}: the unit beside it in its row is not one of those that are known."
        ),
        "Correct the unit, or let its column be ignored.",
    )
}

fn unit_problem(text: &str, what: &str, example: &str) -> CellProblem {
    CellProblem::new(
        format!("\"{text}\" is not {what} in a unit that is known."),
        format!("Write the number alone or with its unit, such as {example}."),
    )
}

/// A stock: a whole number without a unit, or words as the person said that they are meant.
pub(super) fn stock(label: &str, text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    if text.starts_with('+') && parse_plain(text, options.decimal_mark).is_some() {
        return Err(CellProblem::new(
            format!(
                "\"{text}\" seems to say by how much the stock changes, and not how much there is."
            ),
            "Write the stock itself, without a sign.",
        ));
    }
    let Some(number) = parse_plain(text, options.decimal_mark) else {
        return in_words(label, text, options);
    };
    let units = number.value.units();
    if units % Decimal::SCALE != 0 || number.rounded {
        return Err(CellProblem::new(
            format!("\"{text}\" is not a whole number."),
            "Write a number without decimals, such as 10.",
        ));
    }
    Ok(Value::Number(units / Decimal::SCALE).into())
}

fn in_words(label: &str, text: &str, options: &ReadOptions) -> Result<Parsed, CellProblem> {
    let Some(written) = stock_in_words(text) else {
        return Err(not_a_number(text, options.decimal_mark));
    };
    match (options.stock_words, written.0) {
        (StockWords::Keep, _) => Ok(Parsed {
            value: Value::Empty,
            note: Some(format!(
                "{label}: \"{text}\" is no number; it stays as it is."
            )),
        }),
        (StockWords::Number, Some(number)) => Ok(Parsed {
            value: Value::Number(number),
            note: Some(format!("{label}: \"{text}\" was read as {number}.")),
        }),
        _ => Err(not_a_number(text, options.decimal_mark)),
    }
}

/// Why a text is no number, and what to do about it.
pub(super) fn not_a_number(text: &str, mark: DecimalMark) -> CellProblem {
    let message = format!("\"{text}\" is not a number.");
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    if is_shortened_number(text) {
        return CellProblem::new(message, "Write it out, such as 1230000.");
    }
    if parse_number(text, mark).is_none() && parse_number(text, mark.other()).is_some() {
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
