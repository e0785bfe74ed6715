//! Families of variants: what their options are, every combination of values, and what it takes to rename an
//! option or a value or to put the variants into another order.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::product::{MOST_VARIANTS, OPTIONS, VARIANT_POSITION, options_key};
use crate::record::{Field, Fields, Record, Value};
use crate::values::RecordId;

/// An option and the values that it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OptionValues {
    /// What it is called, such as Colour.
    pub name: String,
    /// Its values, in their order.
    pub values: Vec<String>,
}

/// An option of one variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OptionPair {
    /// What it is called, such as Colour.
    pub name: String,
    /// Its value, such as Red.
    pub value: String,
}

/// The options of a variant.
pub fn pairs_of(fields: &Fields) -> Vec<OptionPair> {
    let pairs = OPTIONS.map(|(name, value)| (fields.text(name), fields.text(value)));
    let named = pairs.into_iter().filter(|(name, _)| !name.is_empty());
    named
        .map(|(name, value)| OptionPair {
            name: name.to_owned(),
            value: value.to_owned(),
        })
        .collect()
}

/// The values that the option fields have for these options; what is over is empty.
pub fn option_fields(pairs: &[OptionPair]) -> Vec<(Field, Value)> {
    let mut values = Vec::with_capacity(2 * OPTIONS.len());
    for (at, (name, value)) in OPTIONS.into_iter().enumerate() {
        let pair = pairs.get(at);
        values.push((name, Value::text(pair.map_or("", |pair| pair.name.trim()))));
        values.push((
            value,
            Value::text(pair.map_or("", |pair| pair.value.trim())),
        ));
    }
    values
}

/// The options of a family, with their values in the order in which they are met.
pub fn options_of<'a>(variants: impl IntoIterator<Item = &'a Fields>) -> Vec<OptionValues> {
    let mut options: Vec<OptionValues> = Vec::new();
    for pair in variants.into_iter().flat_map(pairs_of) {
        let known = options
            .iter()
            .position(|option| is_same(&option.name, &pair.name));
        let at = known.unwrap_or_else(|| {
            options.push(OptionValues {
                name: pair.name.clone(),
                values: Vec::new(),
            });
            options.len() - 1
        });
        let values = &mut options[at].values;
        if !pair.value.is_empty() && !values.iter().any(|value| is_same(value, &pair.value)) {
            values.push(pair.value);
        }
    }
    options
}

/// Whether two names or values are the same to a user: case makes no difference.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

/// The options as they are kept: without spaces around them, empty values and values that come again; or
/// what is wrong with them.
pub fn tidied(options: &[OptionValues]) -> Result<Vec<OptionValues>, String> {
    let mut kept: Vec<OptionValues> = Vec::new();
    for option in options {
        let name = option.name.trim();
        let mut values: Vec<String> = Vec::new();
        for value in option.values.iter().map(|value| value.trim()) {
            if !value.is_empty() && !values.iter().any(|other| is_same(other, value)) {
                values.push(value.to_owned());
            }
        }
        if name.is_empty() && values.is_empty() {
            continue;
        }
        if name.is_empty() {
            return Err(format!(
                "The option with the value {} needs a name.",
                values[0]
            ));
        }
        if values.is_empty() {
            return Err(format!("The option {name} needs a value."));
        }
        if kept.iter().any(|other| is_same(&other.name, name)) {
            return Err(format!("The option {name} stands twice."));
        }
        kept.push(OptionValues {
            name: name.to_owned(),
            values,
        });
    }
    let most = OPTIONS.len();
    if kept.len() > most {
        return Err(format!(
            "A product has at most {most} options; these are {}.",
            kept.len()
        ));
    }
    let count = kept
        .iter()
        .try_fold(1_usize, |all, option| all.checked_mul(option.values.len()));
    let most = usize::try_from(MOST_VARIANTS).unwrap_or(usize::MAX);
    if kept.is_empty() || count.is_none_or(|count| count > most) {
        return Err(match kept.is_empty() {
            true => "Name an option, such as Size, and its values.".to_owned(),
            false => format!("That makes more than {most} variants. Take fewer values."),
        });
    }
    Ok(kept)
}

/// Every combination of values, the last option changing first.
pub fn combinations(options: &[OptionValues]) -> Vec<Vec<OptionPair>> {
    let mut all = vec![Vec::new()];
    for option in options {
        let longer = all.into_iter().flat_map(|pairs: Vec<OptionPair>| {
            option.values.iter().map(move |value| {
                let mut longer = pairs.clone();
                longer.push(OptionPair {
                    name: option.name.clone(),
                    value: value.clone(),
                });
                longer
            })
        });
        all = longer.collect();
    }
    all
}

/// How a variant is called: its product's name and its values.
pub fn name_of(product: &str, pairs: &[OptionPair]) -> String {
    let values: Vec<&str> = pairs.iter().map(|pair| pair.value.as_str()).collect();
    format!("{product} - {}", values.join(" / "))
}

/// What variants of a family get in one of their fields, by their ids.
pub type FamilyChanges = BTreeMap<RecordId, (Field, Value)>;

/// Gives an option another name in all variants that have it; or says why that cannot be.
pub fn rename_option(variants: &[Record], from: &str, to: &str) -> Result<FamilyChanges, String> {
    let mut changes = FamilyChanges::new();
    for variant in variants {
        let names = OPTIONS.map(|(name, _)| (name, variant.fields.text(name)));
        let Some((field, old)) = names.into_iter().find(|(_, name)| is_same(name, from)) else {
            continue;
        };
        if names
            .into_iter()
            .any(|(other, name)| other != field && is_same(name, to))
        {
            return Err(format!(
                "{} has the option {to} besides {old}. Choose another name.",
                variant.code()
            ));
        }
        note(&mut changes, variant, field, to);
    }
    unchanged_or_clash(variants, changes)
}

/// Gives a value of an option another name in all variants that have it; or says why that cannot be. It may
/// be a value that there is already: then the two are one.
pub fn rename_value(
    variants: &[Record],
    option: &str,
    (from, to): (&str, &str),
) -> Result<FamilyChanges, String> {
    let mut changes = FamilyChanges::new();
    for variant in variants {
        for (name, value) in OPTIONS {
            let fields = &variant.fields;
            if is_same(fields.text(name), option) && is_same(fields.text(value), from) {
                note(&mut changes, variant, value, to);
            }
        }
    }
    unchanged_or_clash(variants, changes)
}

fn note(changes: &mut FamilyChanges, variant: &Record, field: Field, to: &str) {
    let new = Value::text(to);
    if *variant.fields.get(field) != new {
        changes.insert(variant.id, (field, new));
    }
}

/// The changes, unless two variants would have the same options by them.
fn unchanged_or_clash(
    variants: &[Record],
    changes: FamilyChanges,
) -> Result<FamilyChanges, String> {
    let mut seen: HashMap<String, &Record> = HashMap::new();
    for variant in variants {
        let mut after = variant.fields.clone();
        if let Some((field, value)) = changes.get(&variant.id) {
            after.set(*field, value.clone());
        }
        let Some(key) = options_key(&after) else {
            continue;
        };
        if let Some(other) = seen.insert(key, variant)
            && (changes.contains_key(&other.id) || changes.contains_key(&variant.id))
        {
            return Err(format!(
                "{} and {} would both be {}. Move or delete one of them first.",
                other.code(),
                variant.code(),
                told(&pairs_of(&after))
            ));
        }
    }
    Ok(changes)
}

/// Options in a sentence: `Colour Red, Size M`.
pub fn told(pairs: &[OptionPair]) -> String {
    let pairs = pairs.iter().filter(|pair| !pair.value.is_empty());
    let told: Vec<String> = pairs
        .map(|pair| format!("{} {}", pair.name, pair.value))
        .collect();
    told.join(", ")
}

/// The changes that put the variants into an order: these first, then the others as they stand. The
/// variants come in the order that they have.
pub fn reorder(variants: &[Record], first: &[RecordId]) -> FamilyChanges {
    let place = |record: &&Record| {
        let named = first.iter().position(|id| *id == record.id);
        named.unwrap_or(first.len())
    };
    let mut sorted: Vec<&Record> = variants.iter().collect();
    sorted.sort_by_key(place);
    let mut changes = FamilyChanges::new();
    for (position, variant) in (1..).zip(sorted) {
        let new = Value::Number(position);
        if *variant.fields.get(VARIANT_POSITION) != new {
            changes.insert(variant.id, (VARIANT_POSITION, new));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::{
        FamilyChanges, OptionPair, OptionValues, combinations, option_fields, options_of, pairs_of,
        rename_option, rename_value, reorder, tidied, told,
    };
    use crate::catalog::product::{PRODUCT, SKU, VARIANT_POSITION};
    use crate::record::{Record, Value};
    use crate::values::RecordId;

    fn pairs(text: &str) -> Vec<OptionPair> {
        let pairs = text
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='));
        pairs
            .map(|(name, value)| OptionPair {
                name: name.to_owned(),
                value: value.to_owned(),
            })
            .collect()
    }

    fn variant(sku: &str, options: &str) -> Record {
        let mut record = Record::blank(PRODUCT, RecordId::new());
        record.fields.set(SKU, Value::text(sku));
        for (field, value) in option_fields(&pairs(options)) {
            record.fields.set(field, value);
        }
        record
    }

    fn option(name: &str, values: &[&str]) -> OptionValues {
        OptionValues {
            name: name.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    fn after(variants: &[Record], changes: &FamilyChanges) -> Vec<String> {
        let changed = variants.iter().map(|variant| {
            let mut fields = variant.fields.clone();
            if let Some((field, value)) = changes.get(&variant.id) {
                fields.set(*field, value.clone());
            }
            told(&pairs_of(&fields))
        });
        changed.collect()
    }

    #[test]
    fn options_are_tidied_or_refused() {
        let options = [
            option(" Colour ", &["Red", " red", "", "Blue"]),
            option("", &[]),
        ];
        assert_eq!(
            tidied(&options).unwrap(),
            [option("Colour", &["Red", "Blue"])]
        );
        let many: Vec<String> = (0..46).map(|number| number.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (options, part) in [
            (vec![], "Name an option"),
            (vec![option("", &["M"])], "needs a name"),
            (vec![option("Size", &[" "])], "needs a value"),
            (
                vec![option("Size", &["M"]), option("SIZE", &["L"])],
                "stands twice",
            ),
            (
                ["a", "b", "c", "d"]
                    .iter()
                    .map(|name| option(name, &["1"]))
                    .collect(),
                "at most 3",
            ),
            (
                vec![option("a", &many), option("b", &many)],
                "more than 2048",
            ),
        ] {
            let problem = tidied(&options).unwrap_err();
            assert!(problem.contains(part), "{problem}");
        }
    }

    #[test]
    fn combinations_come_in_the_order_of_the_values() {
        let options = [
            option("Colour", &["Red", "Blue"]),
            option("Size", &["S", "M"]),
        ];
        let all: Vec<String> = combinations(&options)
            .iter()
            .map(|pairs| told(pairs))
            .collect();
        assert_eq!(
            all,
            [
                "Colour Red, Size S",
                "Colour Red, Size M",
                "Colour Blue, Size S",
                "Colour Blue, Size M"
            ]
        );
    }

    #[test]
    fn the_options_of_a_family_are_those_of_its_variants() {
        let family = [
            variant("A", "Colour=Red Size=M"),
            variant("B", "size=L colour=RED"),
        ];
        let options = options_of(family.iter().map(|variant| &variant.fields));
        assert_eq!(
            options,
            [option("Colour", &["Red"]), option("Size", &["M", "L"])]
        );
    }

    #[test]
    fn an_option_is_renamed_wherever_it_stands() {
        let family = [
            variant("A", "Color=Red Size=M"),
            variant("B", "Size=L color=Red"),
            variant("C", "Size=S"),
        ];
        let changes = rename_option(&family, "color", "Colour").unwrap();
        assert_eq!(
            after(&family, &changes),
            ["Colour Red, Size M", "Size L, Colour Red", "Size S"]
        );
        let refused = rename_option(&family, "Color", "size").unwrap_err();
        assert_eq!(
            refused,
            "A has the option size besides Color. Choose another name."
        );
    }

    #[test]
    fn two_values_become_one_unless_two_variants_would_be_the_same() {
        let family = [
            variant("A", "Colour=Red Size=M"),
            variant("B", "Colour=Crimson Size=L"),
            variant("C", "Size=m Colour=Wine"),
        ];
        let changes = rename_value(&family, "COLOUR", ("crimson", "Red")).unwrap();
        assert_eq!(after(&family, &changes)[1], "Colour Red, Size L");
        let refused = rename_value(&family, "Colour", ("Wine", "Red")).unwrap_err();
        assert_eq!(
            refused,
            "A and C would both be Size m, Colour Red. Move or delete one of them first."
        );
        assert!(
            rename_value(&family, "Colour", ("Pink", "Red"))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn variants_stand_as_they_are_named_and_the_others_after_them() {
        let mut family = ["A", "B", "C"].map(|sku| variant(sku, ""));
        for (position, variant) in (1..).zip(&mut family) {
            variant
                .fields
                .set(VARIANT_POSITION, Value::Number(position));
        }
        let changes = reorder(&family, &[family[2].id]);
        let position = |at: usize| changes[&family[at].id].1.clone();
        assert_eq!(
            [position(2), position(0), position(1)],
            [1, 2, 3].map(Value::Number)
        );
        assert!(reorder(&family, &[family[0].id, family[1].id]).is_empty());
    }
}
