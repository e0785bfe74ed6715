//! Shopify's search syntax: `status:active,draft updated_at:>='2026-11-01T00:00:00Z' OR -tag:new`.

use serde_json::{Value, json};

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// Nothing for a word that is looked for everywhere.
    pub(crate) field: Option<String>,
    /// `""`, `>`, `>=`, `<` or `<=`.
    pub(crate) comparison: &'static str,
    pub(crate) value: String,
    /// Whether the value stood in quotes: then commas do not separate, and a star is a star.
    pub(crate) quoted: bool,
    negated: bool,
}

/// A search: alternatives of conditions that all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search {
    alternatives: Vec<Vec<Term>>,
}

impl Search {
    /// Reads a search. What is no search still is one for words.
    pub(crate) fn read(query: &str) -> Self {
        let mut alternatives = vec![Vec::new()];
        let mut negated = false;
        for mut token in tokens(query) {
            match token.as_str() {
                "AND" => continue,
                "OR" => {
                    alternatives.push(Vec::new());
                    continue;
                }
                "NOT" => {
                    negated = true;
                    continue;
                }
                _ => {}
            }
            if let Some(rest) = token.strip_prefix('-') {
                token = String::from(rest);
                negated = true;
            }
            if let Some(last) = alternatives.last_mut() {
                last.push(term(&token, negated));
            }
            negated = false;
        }
        alternatives.retain(|terms| !terms.is_empty());
        Self { alternatives }
    }

    pub(crate) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.alternatives.iter().flatten()
    }

    /// The terms, if all of them must hold.
    pub(crate) fn only(&self) -> Option<&[Term]> {
        match self.alternatives.as_slice() {
            [terms] => Some(terms),
            _ => None,
        }
    }

    /// Whether something is found, where `holds` says whether it fulfils one condition; nothing for
    /// a condition that is ignored.
    pub(crate) fn finds(&self, mut holds: impl FnMut(&Term) -> Option<bool>) -> bool {
        let mut all = |terms: &Vec<Term>| {
            terms
                .iter()
                .all(|term| holds(term).is_none_or(|it| it != term.negated))
        };
        self.alternatives.is_empty() || self.alternatives.iter().any(&mut all)
    }

    /// The warnings about fields that are not among `known`, as `extensions.search` has them.
    pub(crate) fn warnings(&self, path: &str, query: &str, known: &[&str]) -> Option<Value> {
        let strange =
            |field: &&String| !known.contains(&field.as_str()) && !field.starts_with("metafields.");
        let fields: Vec<&String> = self
            .terms()
            .filter_map(|term| term.field.as_ref())
            .filter(strange)
            .collect();
        let warning = |field: &&String| json!({"field": field, "message": "Invalid search field for this query.", "code": "invalid_field"});
        let warnings: Vec<Value> = fields.iter().map(warning).collect();
        (!warnings.is_empty())
            .then(|| json!({"path": [path], "query": query, "warnings": warnings}))
    }
}

impl Term {
    /// Whether it must hold rather than must not.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.negated
    }

    /// Whether one of the values, separated by commas, is `text`, whatever the case, or begins it
    /// where a star follows.
    pub(crate) fn is(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.values()
            .iter()
            .any(|value| match value.strip_suffix('*') {
                Some(start) if !self.quoted => text.starts_with(start),
                _ => *value == text,
            })
    }

    /// As [`Self::is`], and also when the value is the first words of the text: a search is by
    /// words, not by the whole.
    pub(crate) fn begins(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.is(&text)
            || self.values().iter().any(|value| {
                let rest = text.strip_prefix(value.as_str());
                rest.and_then(|rest| rest.chars().next())
                    .is_some_and(|next| !next.is_alphanumeric())
            })
    }

    /// Whether every word of the value is in the text.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let value = self.value.to_lowercase();
        value
            .split_whitespace()
            .all(|word| text.contains(word.trim_end_matches('*')))
    }

    /// Compares a number, or a moment, with the value as `comparison` says.
    pub(crate) fn compares<T: PartialOrd>(&self, one: &T, value: &T) -> bool {
        match self.comparison {
            ">" => one > value,
            ">=" => one >= value,
            "<" => one < value,
            "<=" => one <= value,
            _ => one == value,
        }
    }

    fn values(&self) -> Vec<String> {
        let value = self.value.to_lowercase();
        if self.quoted {
            return vec![value];
        }
        value.split(',').map(|one| one.trim().to_owned()).collect()
    }
}

/// Splits at spaces that stand in no quotes; brackets are taken as spaces.
fn tokens(query: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut quote = None;
    let mut escaped = false;
    for character in query.chars() {
        match (character, quote) {
            _ if escaped => {
                token.push(character);
                escaped = false;
            }
            ('\\', _) => {
                token.push(character);
                escaped = true;
            }
            ('"' | '\'', None) => {
                quote = Some(character);
                token.push(character);
            }
            (_, Some(open)) if character == open => {
                quote = None;
                token.push(character);
            }
            (' ' | '(' | ')' | '\n' | '\t', None) => {
                if !token.is_empty() {
                    tokens.push(std::mem::take(&mut token));
                }
            }
            _ => token.push(character),
        }
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

fn term(token: &str, negated: bool) -> Term {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|one| one.is_ascii_alphanumeric() || "._-$".contains(one))
    };
    let split = token.split_once(':').filter(|(name, _)| is_name(name));
    let (field, rest) = match split {
        Some((field, rest)) => (Some(String::from(field)), rest),
        None => (None, token),
    };
    let comparisons: &[&'static str] = if field.is_some() {
        &[">=", "<=", ">", "<"]
    } else {
        &[]
    };
    let comparison = comparisons
        .iter()
        .find(|sign| rest.starts_with(**sign))
        .copied()
        .unwrap_or("");
    let rest = &rest[comparison.len()..];
    let (value, quoted) = unquote(rest);
    Term {
        field,
        comparison,
        value,
        quoted,
        negated,
    }
}

fn unquote(text: &str) -> (String, bool) {
    for quote in ['\'', '"'] {
        let inner = text
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = inner {
            return (unescape(inner), true);
        }
    }
    (unescape(text), false)
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next()),
            _ => plain.push(character),
        }
    }
    plain
}
