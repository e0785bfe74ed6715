//! Passwords: the rules for a new one, and the hash by which it is known again.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::strength::strength;
use crate::error::{Error, Result};

/// The fewest characters.
const MIN_CHARS: usize = 10;

/// The most bytes: hashing must not become a way to keep the machine busy.
const MAX_BYTES: usize = 1024;

/// What a hash costs: KiB of memory, passes and lanes.
type Cost = (u32, u32, u32);

/// What a hash costs in every program that is given to people: 19 MiB of memory, 2 passes, 1 lane, as
/// OWASP advises. Hashes that cost less are renewed when their owner signs in.
const SHIPPED: Cost = (19_456, 2, 1);

/// What a hash costs in this program. One that was built for tests signs in thousands of times, and keeps
/// nobody's secrets.
pub(super) const COST: Cost = if cfg!(debug_assertions) {
    (256, 1, 1)
} else {
    SHIPPED
};

/// The salt and hash that no password has.
const NOBODYS: &str = "c29tZXNhbHRmb3Jub29uZQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What a generated password is made of: nothing that two people would read differently.
const READABLE: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Checks a new password. The error is a sentence that says the rule.
pub fn check_new_password(password: &str, email: &str) -> Result<(), String> {
    if password.chars().count() < MIN_CHARS {
        return Err(format!("A password has {MIN_CHARS} characters or more."));
    }
    if password.len() > MAX_BYTES {
        return Err(format!("A password has at most {MAX_BYTES} bytes."));
    }
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    if name.chars().count() >= 3 && password.to_lowercase().contains(&name) {
        return Err("The password contains the name in the e-mail address. Choose another.".into());
    }
    let strength = strength(password, &[&name]);
    if strength.is_weak {
        let why = strength.hint.unwrap_or_default();
        let message = format!("This password is easy to guess. {why} Choose another.");
        return Err(message.replace("  ", " "));
    }
    Ok(())
}

/// A password that cannot be guessed and can be read out: 16 characters in four groups.
pub fn generate_password() -> String {
    let group = |_| -> String {
        let letters = (0..4).map(|_| READABLE[rand::random_range(0..READABLE.len())]);
        letters.map(char::from).collect()
    };
    let groups: Vec<String> = (0..4).map(group).collect();
    groups.join("-")
}

/// The hash of a password, as a PHC string with its salt and parameters. Takes tens of
/// milliseconds on purpose; run it on a blocking thread.
pub fn hash_password(password: &str) -> Result<String> {
    hash_at(COST, password)
}

fn hash_at((memory, passes, lanes): Cost, password: &str) -> Result<String> {
    let broken = |error: &dyn std::fmt::Display| {
        Error::internal(format!("A password cannot be hashed: {error}."))
    };
    let params = Params::new(memory, passes, lanes, None).map_err(|error| broken(&error))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = hasher.hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string())
        .map_err(|error| broken(&error))
}

/// Whether a hash was made with less work than hashes are made with now.
pub fn is_hashed_cheaply(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else {
        return false;
    };
    let Ok(params) = Params::try_from(&hash) else {
        return true;
    };
    let (memory, passes, lanes) = COST;
    params.m_cost() < memory || params.t_cost() < passes || params.p_cost() < lanes
}

/// Whether `password` is the one that `hash` was made of. Without a hash it takes the same time
/// and says no. Run it on a blocking thread.
pub fn verify_password(password: &str, hash: Option<&str>) -> bool {
    let nobodys = nobodys_hash();
    let parsed = PasswordHash::new(hash.unwrap_or(&nobodys));
    let matches = password.len() <= MAX_BYTES
        && parsed.is_ok_and(|known| {
            Argon2::default()
                .verify_password(password.as_bytes(), &known)
                .is_ok()
        });
    matches && hash.is_some()
}

/// A hash that no password has, at the cost of a real one: checking against it takes as long.
fn nobodys_hash() -> String {
    let (memory, passes, lanes) = COST;
    format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${NOBODYS}")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use argon2::password_hash::PasswordHasher;
    use argon2::password_hash::phc::PasswordHash;
    use argon2::{Algorithm, Argon2, Params, Version};

    use super::{
        SHIPPED, check_new_password, generate_password, hash_at, hash_password, is_hashed_cheaply,
        nobodys_hash, verify_password,
    };

    #[test]
    fn a_password_is_known_again_by_its_hash() {
        let hash = hash_at(SHIPPED, "correct horse battery").unwrap();
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
        let nobodys = nobodys_hash();
        let (real, nobodys) = (
            PasswordHash::new(&real).unwrap(),
            PasswordHash::new(&nobodys).unwrap(),
        );
        assert_eq!(real.params.to_string(), nobodys.params.to_string());
        assert_eq!(real.algorithm, nobodys.algorithm);
        assert!(!verify_password("correct horse battery", None));
        assert!(!verify_password("anything at all", Some("not a hash")));
        assert!(
            !verify_password("anything at all", Some("")),
            "of a deleted person"
        );
    }

    #[test]
    fn a_hash_of_less_work_is_still_known_and_told_from_a_current_one() {
        let cheap = Params::new(128, 1, 1, None).unwrap();
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheap);
        let old = hasher.hash_password(b"correct horse battery").unwrap();
        let old = old.to_string();
        assert!(verify_password("correct horse battery", Some(&old)));
        assert!(is_hashed_cheaply(&old));
        let current = hash_password("correct horse battery").unwrap();
        assert!(!is_hashed_cheaply(&current));
        assert!(!is_hashed_cheaply("not a hash"));
    }

    #[test]
    fn weak_passwords_are_refused_with_the_rule() {
        for (password, part) in [
            ("short", "10 characters"),
            ("Password123", "easy to guess"),
            ("P4$$w0rd123", "easy to guess"),
            ("LetMeIn1234", "easy to guess"),
            ("1234567890", "easy to guess"),
            ("aaaaaaaaaaaa", "easy to guess"),
            ("my name is ADA.L ok", "e-mail"),
            (&"x1".repeat(600), "1024 bytes"),
        ] {
            let refused = check_new_password(password, "ada.l@example.com").unwrap_err();
            assert!(refused.contains(part), "{password}: {refused}");
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

    #[test]
    fn a_generated_password_keeps_the_rules_and_is_never_the_same() {
        let made: HashSet<String> = (0..200).map(|_| generate_password()).collect();
        assert_eq!(made.len(), 200);
        for password in made {
            assert_eq!(password.chars().count(), 19, "{password}");
            assert_eq!(check_new_password(&password, "olivia@example.com"), Ok(()));
            assert!(!password.contains(['0', 'o', '1', 'l', 'i']), "{password}");
        }
    }
}
