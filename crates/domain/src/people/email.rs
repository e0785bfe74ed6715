//! E-mail addresses: what a person signs in with.

use std::fmt;

/// The most characters an address has on the internet.
const MAX_CHARS: usize = 254;

/// An e-mail address: trimmed, as the person writes it. Two spellings that differ in case only are
/// the same account, see [`Email::key`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// The address in `text`. The rule broken, in words, when there is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let parts = text.split_once('@');
        let sound = parts.is_some_and(|(name, domain)| {
            !name.is_empty()
                && !domain.is_empty()
                && !domain.contains('@')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        });
        if !sound {
            return Err("An e-mail address is needed, such as ada@example.com.".into());
        }
        if text.chars().count() > MAX_CHARS {
            return Err(format!(
                "An e-mail address has at most {MAX_CHARS} characters."
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The address as the person writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What accounts are told apart by.
    pub fn key(&self) -> String {
        Self::key_of(&self.0)
    }

    /// The same, of an address that was parsed before.
    pub fn key_of(email: &str) -> String {
        email.to_lowercase()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn an_address_is_trimmed_and_known_in_any_case() {
        let email = Email::parse("  Ada.L@Example.COM ").unwrap();
        assert_eq!(email.as_str(), "Ada.L@Example.COM");
        assert_eq!(email.key(), "ada.l@example.com");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a@b@c",
            "a da@b.c",
            "a@.b",
            "a@b.",
            "a@b\n.c",
        ] {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
        assert!(Email::parse(&format!("{}@example.com", "x".repeat(250))).is_err());
    }
}
