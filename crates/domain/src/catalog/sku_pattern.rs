//! How the SKUs of new variants are made: `{sku}-{colour}-{size}`, where a name in braces stands for the SKU
//! of the product or the value of an option, and may be shortened or put into one case.

use super::variants::OptionPair;

/// What the placeholder of the product's SKU is called.
const SKU: &str = "sku";

/// A pattern that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuPattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Placeholder {
    name: String,
    most: Option<usize>,
    case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    AsWritten,
    Upper,
    Lower,
}

impl SkuPattern {
    /// Understands a pattern for variants with these options. A placeholder is the name of one of them, in any
    /// case, or its number (`{1}`), or `{sku}`; after a colon it may say how many characters it keeps, or
    /// `upper` or `lower`: `{colour:3:upper}`.
    pub fn parse(text: &str, options: &[String]) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while let Some((before, after)) = rest.split_once('{') {
            if before.contains('}') {
                return Err("A } stands without its {.".to_owned());
            }
            let Some((inside, behind)) = after.split_once('}') else {
                return Err("A { stands without its }.".to_owned());
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Placeholder(Placeholder::parse(inside, options)?));
            rest = behind;
        }
        if rest.contains('}') {
            return Err("A } stands without its {.".to_owned());
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    /// The pattern that is proposed for these options: all of them, in capitals.
    pub fn proposed(options: &[String]) -> String {
        let numbered = (1..=options.len()).zip(options);
        let named = numbered.map(|(number, name)| match name.contains(['{', '}', ':']) {
            true => format!("-{{{number}:upper}}"),
            false => format!("-{{{}:upper}}", name.to_lowercase()),
        });
        let named: String = named.collect();
        format!("{{{SKU}}}{named}")
    }

    /// The SKU of the variant with these options of the product with this SKU. White space in a value
    /// becomes a hyphen.
    pub fn sku(&self, sku: &str, options: &[OptionPair]) -> String {
        let mut made = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => made.push_str(text),
                Part::Placeholder(placeholder) if placeholder.name == SKU => {
                    made.push_str(&placeholder.shaped(sku));
                }
                Part::Placeholder(placeholder) => {
                    let mut options = options.iter();
                    let named =
                        options.find(|option| option.name.to_lowercase() == placeholder.name);
                    made.push_str(&placeholder.shaped(named.map_or("", |option| &option.value)));
                }
            }
        }
        made
    }
}

impl Placeholder {
    fn parse(inside: &str, options: &[String]) -> Result<Self, String> {
        let mut words = inside.split(':').map(str::trim);
        let name = words.next().unwrap_or_default().to_lowercase();
        let number = name.parse::<usize>().ok();
        let numbered = number.and_then(|number| options.get(number.checked_sub(1)?));
        let name = numbered.map_or(name, |option| option.to_lowercase());
        let is_known = name == SKU || options.iter().any(|option| option.to_lowercase() == name);
        if !is_known {
            let names = options
                .iter()
                .map(|option| format!("{{{}}}", option.to_lowercase()));
            let names: Vec<String> = std::iter::once(format!("{{{SKU}}}")).chain(names).collect();
            return Err(format!(
                "{{{inside}}} stands for nothing. These do: {}.",
                names.join(", ")
            ));
        }
        let mut placeholder = Self {
            name,
            most: None,
            case: Case::AsWritten,
        };
        for word in words {
            match (word.to_lowercase().as_str(), word.parse::<usize>()) {
                ("upper", _) => placeholder.case = Case::Upper,
                ("lower", _) => placeholder.case = Case::Lower,
                (_, Ok(most)) if most > 0 => placeholder.most = Some(most),
                _ => {
                    return Err(format!(
                        "\"{word}\" in {{{inside}}} is not understood. Write how many characters \
                         stay, upper or lower."
                    ));
                }
            }
        }
        Ok(placeholder)
    }

    fn shaped(&self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let joined = words.join("-");
        let most = self.most.unwrap_or(usize::MAX);
        let short: String = joined.chars().take(most).collect();
        let short = short.trim_end_matches('-');
        match self.case {
            Case::AsWritten => short.to_owned(),
            Case::Upper => short.to_uppercase(),
            Case::Lower => short.to_lowercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SkuPattern;
    use crate::catalog::OptionPair;

    fn options() -> Vec<String> {
        vec!["Colour".to_owned(), "Size".to_owned()]
    }

    fn check(pattern: &str, expect: &str) {
        let pairs = [("Colour", "Dark blue"), ("Size", "xl")].map(|(name, value)| OptionPair {
            name: name.to_owned(),
            value: value.to_owned(),
        });
        let made = match SkuPattern::parse(pattern, &options()) {
            Ok(pattern) => pattern.sku("TEE", &pairs),
            Err(problem) => problem,
        };
        assert_eq!(made, expect, "{pattern}");
    }

    #[test]
    fn a_sku_is_made_of_the_products_and_the_values_of_its_options() {
        check("{sku}-{colour}-{size}", "TEE-Dark-blue-xl");
        check("{sku}-{COLOUR:3:upper}{ size : upper }", "TEE-DARXL");
        check("X{1:5}/{2:lower}", "XDark/xl");
        check("{sku}", "TEE");
        check("{sku} {size:upper} ", "TEE XL");
    }

    #[test]
    fn a_pattern_that_is_not_understood_says_what_is_wrong() {
        check(
            "{sku}-{fabric}",
            "{fabric} stands for nothing. These do: {sku}, {colour}, {size}.",
        );
        check(
            "{3}",
            "{3} stands for nothing. These do: {sku}, {colour}, {size}.",
        );
        check("{sku", "A { stands without its }.");
        check("sku}", "A } stands without its {.");
        check("a}{sku}", "A } stands without its {.");
        check(
            "{size:big}",
            "\"big\" in {size:big} is not understood. Write how many characters stay, upper or lower.",
        );
        check(
            "{size:0}",
            "\"0\" in {size:0} is not understood. Write how many characters stay, upper or lower.",
        );
    }

    #[test]
    fn the_proposed_pattern_is_understood() {
        for names in [options(), vec!["a:b".to_owned()], Vec::new()] {
            let pattern = SkuPattern::proposed(&names);
            assert!(SkuPattern::parse(&pattern, &names).is_ok(), "{pattern}");
        }
        assert_eq!(
            SkuPattern::proposed(&options()),
            "{sku}-{colour:upper}-{size:upper}"
        );
    }
}
