//! The names of people and of roles.

use super::role::BuiltInRole;

/// The longest name of a person, in characters.
const MAX_PERSON: usize = 100;

/// The longest name of a role, in characters.
const MAX_ROLE: usize = 50;

/// A person's name, trimmed. The rule broken, in words, when it is none.
pub fn check_person_name(name: &str) -> Result<&str, String> {
    check(name, MAX_PERSON)
}

/// A role's name, trimmed. The rule broken, in words, when it is none.
pub fn check_role_name(name: &str) -> Result<&str, String> {
    let name = check(name, MAX_ROLE)?;
    let is_taken = |role: &BuiltInRole| role.name().eq_ignore_ascii_case(name);
    match BuiltInRole::ALL.iter().find(|role| is_taken(role)) {
        Some(role) => Err(format!(
            "{} is a built-in role. Choose another name.",
            role.name()
        )),
        None => Ok(name),
    }
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
    }
}
