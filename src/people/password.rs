//! Passwords: the rules for a new one, and the hash by which it is known again.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::error::{Error, Result};

/// The fewest characters.
const MIN_CHARS: usize = 10;

/// The most bytes: hashing must not become a way to keep the machine busy.
const MAX_BYTES: usize = 1024;

/// A hash that no password has, made with the same parameters: checking against it takes as long
/// as checking against a real one.
const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRmb3Jub29uZQ$\
     AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The most common passwords that are long enough, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// Checks a new password. The error is a sentence that says the rule.
pub fn check_new_password(password: &str, email: &str) -> Result<(), String> {
    if password.chars().count() < MIN_CHARS {
        return Err(format!("A password has {MIN_CHARS} characters or more."));
    }
    if password.len() > MAX_BYTES {
        return Err(format!("A password has at most {MAX_BYTES} bytes."));
    }
    let lower = password.to_lowercase();
    if COMMON.lines().any(|common| common == lower) || is_one_character(&lower) {
        return Err("This password is among the most common ones. Choose another.".into());
    }
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    if name.chars().count() >= 3 && lower.contains(&name) {
        return Err("The password contains the name in the e-mail address. Choose another.".into());
    }
    Ok(())
}

fn is_one_character(password: &str) -> bool {
    let mut chars = password.chars();
    let first = chars.next();
    chars.all(|c| Some(c) == first)
}

/// The hash of a password, as a PHC string with its salt and parameters: Argon2id with 19 MiB,
/// 2 passes, 1 lane. Takes tens of milliseconds on purpose; run it on a blocking thread.
pub fn hash_password(password: &str) -> Result<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Error::internal(format!("The password could not be hashed: {error}.")))
}

/// Whether `password` is the one that `hash` was made of. Without a hash it takes the same time
/// and says no. Run it on a blocking thread.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODYS_HASH));
    let matches = password.len() <= MAX_BYTES
        && parsed.is_ok_and(|known| {
            Argon2::default()
                .verify_password(password.as_bytes(), &known)
                .is_ok()
        });
    matches && hash.is_some()
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::phc::PasswordHash;

    use super::{NOBODYS_HASH, check_new_password, hash_password, verify_password};

    #[test]
    fn a_password_is_known_again_by_its_hash() {
        let hash = hash_password("correct horse battery").unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify_password("correct horse battery", Some(&hash)));
        assert!(!verify_password("correct horse batter", Some(&hash)));
        assert_ne!(hash, hash_password("correct horse battery").unwrap());
    }

    #[test]
    fn without_an_account_the_answer_is_no_at_the_same_cost() {
        let real = hash_password("correct horse battery").unwrap();
        let (real, nobodys) = (
            PasswordHash::new(&real).unwrap(),
            PasswordHash::new(NOBODYS_HASH).unwrap(),
        );
        assert_eq!(real.params.to_string(), nobodys.params.to_string());
        assert_eq!(real.algorithm, nobodys.algorithm);
        assert!(!verify_password("correct horse battery", None));
        assert!(!verify_password("anything at all", Some("not a hash")));
    }

    #[test]
    fn the_list_of_common_passwords_holds_only_what_the_other_rules_let_through() {
        for common in super::COMMON.lines() {
            assert!(common.chars().count() >= super::MIN_CHARS, "{common}");
            assert_eq!(common, common.to_lowercase());
        }
    }

    #[test]
    fn weak_passwords_are_refused_with_the_rule() {
        for (password, part) in [
            ("short", "10 characters"),
            ("Password123", "most common"),
            ("1234567890", "most common"),
            ("aaaaaaaaaaaa", "most common"),
            ("my name is ADA.L ok", "e-mail"),
            (&"x1".repeat(600), "1024 bytes"),
        ] {
            let refused = check_new_password(password, "ada.l@example.com").unwrap_err();
            assert!(refused.contains(part), "{refused}");
        }
        assert_eq!(
            check_new_password("plum jam on toast", "ada.l@example.com"),
            Ok(())
        );
        assert_eq!(
            check_new_password("žluťoučký kůň", "a@example.com"),
            Ok(()),
            "a name of one letter is in every password"
        );
    }
}
