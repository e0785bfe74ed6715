//! The names of people and of roles.

use unicode_security::skeleton;

use super::role::BuiltInRole;
use crate::values::is_invisible;

/// What the program itself is called.
const PRODUCT: &str = "Backstock";

/// The longest name of a person, in characters.
const MAX_PERSON: usize = 100;

/// The longest name of a role, in characters.
const MAX_ROLE: usize = 50;

/// What may stand around a name without making it another one.
const PUNCTUATION: &[char] = &[
    '.', ',', ':', ';', '!', '?', '\'', '"', '\u{2019}', '\u{201c}', '\u{201d}', '(', ')', '-',
    '_', '*',
];

/// A person's name, trimmed. The rule broken, in words, when it is none.
pub fn check_person_name(name: &str) -> Result<&str, String> {
    let name = check(name, MAX_PERSON)?;
    match looks_like(name, &[PRODUCT]) {
        Some(_) => Err(format!(
            "The history would read as if {PRODUCT} itself had done it. Choose another name."
        )),
        None => Ok(name),
    }
}

/// A role's name, trimmed. The rule broken, in words, when it is none.
pub fn check_role_name(name: &str) -> Result<&str, String> {
    let name = check(name, MAX_ROLE)?;
    let built_in = BuiltInRole::ALL.map(|role| role.name());
    match looks_like(name, &built_in) {
        Some(taken) if taken.eq_ignore_ascii_case(name) => {
            Err(format!("{taken} is a built-in role. Choose another name."))
        }
        Some(taken) => Err(format!(
            "This looks like the built-in role {taken}. Choose another name."
        )),
        None => Ok(name),
    }
}

/// Which of these names a person would take this one for: letters of other scripts, capitals,
/// spaces, signs that are not seen and dots or quotes around it make no difference to the eye.
fn looks_like<'a>(name: &str, taken: &[&'a str]) -> Option<&'a str> {
    let seen = appearance(name);
    taken
        .iter()
        .copied()
        .find(|taken| appearance(taken) == seen)
}

fn appearance(name: &str) -> String {
    let visible = name
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c));
    let visible: String = visible.collect();
    let visible = visible.trim_matches(|c: char| PUNCTUATION.contains(&c));
    // Twice: some capitals look alike whose small letters do not, and the other way round.
    let capitals: String = skeleton(visible).flat_map(char::to_lowercase).collect();
    let small = skeleton(&capitals).flat_map(char::to_lowercase);
    small.collect()
}

fn check(name: &str, most: usize) -> Result<&str, String> {
    let name = name.trim();
    if name.chars().any(char::is_control) {
        return Err("A name is one line of text.".into());
    }
    match name.chars().count() {
        0 => Err("A name is needed.".into()),
        length if length > most => Err(format!("A name has at most {most} characters.")),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_person_name, check_role_name};

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(check_person_name(" Ada Lovelace "), Ok("Ada Lovelace"));
        for name in ["", "  ", "Ada\nLovelace", &"x".repeat(101)] {
            assert!(check_person_name(name).is_err(), "{name:?}");
        }
        assert!(check_role_name(&"x".repeat(51)).is_err());
    }

    #[test]
    fn a_made_role_is_told_from_a_built_in_one() {
        assert_eq!(check_role_name("Packer"), Ok("Packer"));
        assert!(check_role_name(" OWNER").unwrap_err().contains("built-in"));
        for name in [
            "Оwner",
            "Ow ner",
            "own\u{200b}er",
            "ΟWNER",
            "Ｏｗｎｅｒ",
            "0wner",
            "Manаger",
            "Owner.",
            "\"Owner\"",
            "Vìewer",
        ] {
            let refused = check_role_name(name);
            let is_accent = name == "Vìewer";
            assert_eq!(refused.is_err(), !is_accent, "{name}: {refused:?}");
        }
        for name in ["Owners", "Packer", "Vorarbeiter", "店長"] {
            assert_eq!(check_role_name(name), Ok(name));
        }
        for name in ["Backstock", "Bаckstосk", "BACK STOCK"] {
            assert!(check_person_name(name).is_err(), "{name}");
        }
    }
}
