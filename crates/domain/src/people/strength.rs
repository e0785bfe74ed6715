//! How hard a password is to guess, and what would make it harder, by the patterns that guessers
//! try first: common passwords, words, names, dates, walks over the keyboard.

use zxcvbn::{Score, zxcvbn};

/// From which level on a password is let through.
const LEAST: Score = Score::Two;

/// What can be said about a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// From 0, guessed at once, to 4, out of reach.
    pub level: u8,
    /// What is weak about it, or what would make it stronger.
    pub hint: Option<String>,
    /// Whether it is too easy to guess.
    pub is_weak: bool,
}

/// How hard the `password` of a person is to guess, of whom everybody knows the `name` and the
/// like.
pub fn strength(password: &str, known: &[&str]) -> Strength {
    let words: Vec<&str> = known
        .iter()
        .flat_map(|text| text.split_whitespace())
        .collect();
    let estimate = zxcvbn(password, &words);
    let hint = estimate.feedback().and_then(|feedback| {
        let warning = feedback.warning().map(|warning| warning.to_string());
        let suggestion = feedback.suggestions().first();
        warning.or_else(|| suggestion.map(ToString::to_string))
    });
    Strength {
        level: estimate.score().into(),
        hint: hint.filter(|_| !password.is_empty()),
        is_weak: estimate.score() < LEAST,
    }
}

#[cfg(test)]
mod tests {
    use super::strength;

    #[test]
    fn what_guessers_try_first_is_weak() {
        for (password, is_weak) in [
            ("", true),
            ("password123", true),
            ("P4$$w0rd123", true),
            ("LetMeIn1234", true),
            ("qwertyuiop1", true),
            ("aaaaaaaaaaaa", true),
            ("1234567890", true),
            ("lovelace1815", true),
            ("plum jam on toast", false),
            ("k7mp-x3rt-9wqa-d5nh", false),
        ] {
            let found = strength(password, &["Ada Lovelace"]);
            assert_eq!(found.is_weak, is_weak, "{password}: {found:?}");
            let has_hint = found.hint.is_some();
            assert_eq!(has_hint, is_weak && !password.is_empty(), "{found:?}");
        }
        assert_eq!(strength("k7mp-x3rt-9wqa-d5nh", &[]).level, 4);
    }

    #[test]
    fn the_longest_password_takes_no_longer() {
        let long = "qwertz und ".repeat(100);
        assert_eq!(strength(&long, &[]).level, 4);
    }
}
