//! Text made comparable: what names are sorted by and what searches look at.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest sort key, in characters: what differs only further on is in no useful order anyway.
const KEY_CHARS: usize = 80;

/// Text without case, accents and other marks: `Crème Brûlée` becomes `creme brulee`.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// What a name is sorted by.
pub(super) fn sort_key(name: &str) -> String {
    let folded = fold(name);
    let key = folded.trim();
    match key.char_indices().nth(KEY_CHARS) {
        Some((end, _)) => key[..end].trim_end().to_owned(),
        None => key.to_owned(),
    }
}

/// The words in `text`, folded: runs of letters and digits.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A word as it is kept for the search: MySQL's full-text index leaves out short words and the
/// commonest ones of English, unless there is more to them. SQLite takes the padding for a space.
pub(super) fn padded(word: &str) -> String {
    let missing = 3_usize.saturating_sub(word.chars().count());
    let padding = missing.max(usize::from(MYSQL_STOP_WORDS.contains(&word)));
    word.to_owned() + &"_".repeat(padding)
}

/// Words of three letters and more that InnoDB leaves out of a full-text index.
const MYSQL_STOP_WORDS: [&str; 18] = [
    "about", "are", "com", "for", "from", "how", "that", "the", "this", "was", "what", "when",
    "where", "who", "will", "with", "und", "www",
];

#[cfg(test)]
mod tests {
    use super::{fold, padded, sort_key, words};

    #[test]
    fn case_and_accents_do_not_count() {
        for (text, folded) in [
            ("Crème Brûlée", "creme brulee"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("Smørrebrød", "smorrebrod"),
            ("ŁÓDŹ", "lodz"),
            ("ﬁne", "fine"),
            ("日本", "日本"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_sort_key_is_short_and_without_outer_spaces() {
        assert_eq!(sort_key("  Zebra "), "zebra");
        assert_eq!(sort_key(&"é".repeat(200)), "e".repeat(80));
    }

    #[test]
    fn words_are_letters_and_digits() {
        assert_eq!(words("T-Shirt (L/XL), Ä1"), ["t", "shirt", "l", "xl", "a1"]);
        assert_eq!(words(" -- "), Vec::<String>::new());
    }

    #[test]
    fn every_word_is_long_and_rare_enough_for_an_index() {
        for (word, kept) in [("t", "t__"), ("xl", "xl_"), ("the", "the_"), ("mug", "mug")] {
            assert_eq!(padded(word), kept);
        }
    }
}
