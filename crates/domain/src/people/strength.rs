//! How hard a password is to guess, roughly, and what would make it harder. It is a hint for
//! whoever types one; only the rules in `password.rs` refuse.

use super::password::{fold, is_common};

/// What can be said about a password that the rules let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// From 0, guessed at once, to 4, out of reach.
    pub level: u8,
    /// What would make it stronger.
    pub hint: Option<&'static str>,
}

/// From how many bits on a password has the levels 1 to 4.
const LEVELS: [f64; 4] = [20.0, 35.0, 50.0, 65.0];

/// Beginnings of passwords that guessers try first.
const FIRST_TRIED: &[&str] = &[
    "password", "qwerty", "admin", "welcome", "letmein", "iloveyou", "monkey", "dragon", "sunshine",
];

/// Rows that fingers walk along.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

/// How hard the `password` of somebody with this `name` is to guess.
pub fn strength(password: &str, name: &str) -> Strength {
    if password.is_empty() {
        return Strength {
            level: 0,
            hint: None,
        };
    }
    if is_common(password) {
        return Strength {
            level: 0,
            hint: Some("It is among the first that anybody would try."),
        };
    }
    if contains_name(password, name) {
        return Strength {
            level: 1,
            hint: Some("It contains your name, which everybody knows."),
        };
    }
    let chars: Vec<char> = password.chars().collect();
    let telling = telling_chars(&chars);
    let known = known_start(password);
    let counted = telling.saturating_sub(known);
    let bits = bits_per_char(&chars) * as_number(counted);
    let level = LEVELS.iter().filter(|least| bits >= **least).count();
    Strength {
        level: u8::try_from(level).unwrap_or(4),
        hint: hint(level, telling < chars.len(), known > 0),
    }
}

fn hint(level: usize, is_regular: bool, starts_known: bool) -> Option<&'static str> {
    match level {
        4.. => None,
        _ if starts_known => Some("It begins like very many passwords. Begin differently."),
        _ if is_regular => Some("Repeated characters and rows such as 123 or abc add nothing."),
        _ => Some("Make it longer: four words that have nothing to do with each other are good."),
    }
}

fn contains_name(password: &str, name: &str) -> bool {
    let (password, name) = (fold(password), fold(name));
    let mut parts = name.split_whitespace();
    parts.any(|part| part.chars().count() >= 3 && password.contains(part))
}

/// How many characters do not follow from the ones before them. Two neighbours happen in any word;
/// three are a row.
fn telling_chars(chars: &[char]) -> usize {
    let mut follows = vec![false; chars.len()];
    for (at, three) in chars.windows(3).enumerate() {
        if is_row(three) {
            follows[at + 1] = true;
            follows[at + 2] = true;
        }
    }
    let telling = follows.iter().filter(|follows| !**follows).count();
    let repeated = (1..=chars.len() / 2)
        .find(|length| chars.len().is_multiple_of(*length) && repeats(chars, *length));
    telling.min(repeated.unwrap_or(chars.len()))
}

fn is_row(three: &[char]) -> bool {
    let [one, two, three] = [lower(three[0]), lower(three[1]), lower(three[2])];
    let is_in = |row: &&str| are_neighbours(row, one, two) && are_neighbours(row, two, three);
    (one == two && two == three) || ROWS.iter().any(is_in)
}

fn repeats(chars: &[char], length: usize) -> bool {
    chars.chunks(length).all(|part| part == &chars[..length])
}

fn are_neighbours(row: &str, one: char, other: char) -> bool {
    let mut pairs = row.chars().zip(row.chars().skip(1));
    pairs.any(|(left, right)| (left, right) == (one, other) || (right, left) == (one, other))
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// How many characters at the start are those of a beginning that everybody tries, less one: the
/// choice among these beginnings tells something.
fn known_start(password: &str) -> usize {
    let folded = fold(password);
    let starts = FIRST_TRIED
        .iter()
        .filter(|start| folded.starts_with(&fold(start)));
    starts.map(|start| start.len() - 1).max().unwrap_or(0)
}

/// What a character of such a password tells. People choose words, so it is less than the alphabet
/// has room for.
fn bits_per_char(chars: &[char]) -> f64 {
    let has = |is: fn(&char) -> bool| chars.iter().any(is);
    let mut bits = 2.3;
    for (is, more) in [
        (has(|c| c.is_uppercase()), 0.4),
        (has(char::is_ascii_digit), 0.6),
        (has(|c| !c.is_alphanumeric()), 0.4),
        (has(|c| !c.is_ascii()), 0.6),
    ] {
        if is {
            bits += more;
        }
    }
    bits
}

fn as_number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::strength;

    #[test]
    fn longer_and_less_regular_is_stronger() {
        for (password, level) in [
            ("", 0),
            ("password123", 0),
            ("Passw0rd-xy", 0),
            ("abcdefghijk1", 0),
            ("blue table", 1),
            ("blue table 7", 2),
            ("plum jam on toast", 2),
            ("k7mp-x3rt-9wqa", 2),
            ("plum jam on burnt toast", 3),
            ("k7mp-x3rt-9wqa-d5nh-ttg4", 4),
        ] {
            let found = strength(password, "Ada");
            assert_eq!(found.level, level, "{password}: {found:?}");
        }
    }

    #[test]
    fn the_hint_says_what_is_weak() {
        for (password, part) in [
            ("password123", "among the first"),
            ("qwertyabide", "begins like"),
            ("xxxxyyyyzzzz", "Repeated"),
            ("turquoise", "longer"),
            ("4da's own shop", "your name"),
        ] {
            let hint = strength(password, "Ada Lovelace").hint.unwrap();
            assert!(hint.contains(part), "{password}: {hint}");
        }
        assert_eq!(strength("k7mp-x3rt-9wqa-d5nh-ttg4", "Ada").hint, None);
        assert_eq!(strength("", "").hint, None);
    }
}
