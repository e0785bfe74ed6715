//! The choices of a field: what can be chosen, each with a key that values hold and a label that
//! people read. As text, one stands on each line: `summer = High summer`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest list of choices.
pub const MOST_CHOICES: usize = 400;

/// The longest code that is made of a name, in characters.
const MADE_CHARS: usize = 40;

/// The longest code, in characters.
const CODE_CHARS: usize = 60;

/// What can be chosen in a field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChoice {
    /// What values hold; it stays when the label changes.
    pub key: String,
    /// Its name for people.
    pub label: String,
}

/// Whether a text can be a code of a field or the key of a choice: small letters, digits and `_`.
pub fn is_code(text: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric() && !c.is_uppercase();
    !text.is_empty() && text.chars().all(is_part) && text.chars().count() <= CODE_CHARS
}

/// The code that is made of a name: `Summer & fall` becomes `summer_fall`.
pub fn code_from(name: &str) -> String {
    let mut code = String::new();
    let lower = name.to_lowercase();
    for c in lower.chars().filter(|c| !c.is_uppercase()) {
        if c.is_alphanumeric() {
            code.push(c);
        } else if !code.is_empty() && !code.ends_with('_') {
            code.push('_');
        }
    }
    let made: String = code.chars().take(MADE_CHARS).collect();
    made.trim_end_matches('_').to_owned()
}

/// The choices that a text lists, one per line; a line without a key gets one that is made of its
/// label. No more lines are read than show that there are too many.
pub fn parse_choices(text: &str) -> Vec<FieldChoice> {
    let lines: Vec<&str> = choice_lines(text).take(MOST_CHOICES + 1).collect();
    let keyed = lines.iter().map(|line| split(line));
    let mut taken: BTreeSet<String> = keyed
        .filter_map(|(key, _)| key.map(str::to_owned))
        .collect();
    // A text in a file names one choice: a key is no other choice's label.
    let labels: BTreeSet<String> = lines
        .iter()
        .map(|line| split(line).1.to_lowercase())
        .collect();
    let mut choices = Vec::with_capacity(lines.len());
    for line in lines {
        let (key, label) = split(line);
        let own = label.to_lowercase();
        let is_free = |key: &str| !taken.contains(key) && (key == own || !labels.contains(key));
        let key = key.map_or_else(|| free_key(label, is_free), str::to_owned);
        taken.insert(key.clone());
        choices.push(FieldChoice {
            key,
            label: label.to_owned(),
        });
    }
    choices
}

/// The lines of a text that list a choice each.
pub fn choice_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty())
}

/// The key of a line, where it has one, and the label. What stands before a `=` is only a key when it
/// could be one, so that a label may hold the sign.
fn split(line: &str) -> (Option<&str>, &str) {
    match line.split_once('=') {
        Some((key, label)) if is_code(key.trim()) && !label.trim().is_empty() => {
            (Some(key.trim()), label.trim())
        }
        _ => (None, line),
    }
}

fn free_key(label: &str, is_free: impl Fn(&str) -> bool) -> String {
    let made = code_from(label);
    let made = if made.is_empty() { "choice" } else { &made };
    if is_free(made) {
        return made.to_owned();
    }
    let mut numbered = (2_u32..).map(|number| format!("{made}_{number}"));
    numbered.find(|key| is_free(key)).unwrap_or_default()
}

/// The choices as text, each with its key.
pub fn write_choices(choices: &[FieldChoice]) -> String {
    let lines = choices.iter().map(|choice| {
        let FieldChoice { key, label } = choice;
        format!("{key} = {label}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FieldChoice, code_from, is_code, parse_choices, write_choices};

    fn choice(key: &str, label: &str) -> FieldChoice {
        FieldChoice {
            key: key.into(),
            label: label.into(),
        }
    }

    #[test]
    fn a_line_without_a_key_gets_one_of_its_label() {
        assert_eq!(
            parse_choices("Summer\n\n winter = Cold season \nA = b\nsummer\n1 = 2 = 3"),
            [
                choice("summer", "Summer"),
                choice("winter", "Cold season"),
                choice("a_b", "A = b"),
                choice("summer_2", "summer"),
                choice("1", "2 = 3"),
            ]
        );
    }

    #[test]
    fn a_code_is_made_of_a_name() {
        for (name, code) in [
            ("Season", "season"),
            (" Summer & fall! ", "summer_fall"),
            ("Été", "été"),
            ("--", ""),
        ] {
            assert_eq!(code_from(name), code);
            assert!(code.is_empty() || is_code(code), "{code}");
        }
    }

    proptest! {
        /// What is written is read as it was, whatever was typed.
        #[test]
        fn choices_settle_once(text in "([a-zA-Z0-9= _é&\\t-]{0,12}\n?){0,8}") {
            let choices = parse_choices(&text);
            prop_assert_eq!(parse_choices(&write_choices(&choices)), choices);
        }
    }
}
