//! What headers say beside what they name: which of several prices it is.

use super::currency::in_header;
use super::target::Target;
use crate::kind_of;
use domain::record::FieldKind;

/// Words at the end of a header that say which price it is, not what it is; so do codes of currencies.
const QUALIFIERS: &[&str] = &[
    "inc",
    "incl",
    "including",
    "included",
    "ex",
    "exc",
    "excl",
    "excluding",
    "excluded",
    "gst",
    "vat",
    "tax",
    "mwst",
    "ust",
    "inkl",
    "exkl",
    "zzgl",
    "ht",
    "ttc",
    "iva",
    "btw",
];
/// Words before or behind a price that say whether tax is in it. Of a weight they say something else.
const NET_OR_GROSS: &[&str] = &["net", "gross", "netto", "brutto"];

/// The letters of a header without the words that say which price it is, and those words.
pub(super) fn qualifiers(header: &str) -> (String, String) {
    let mut base: Vec<&str> = words(header).collect();
    let says = |word: &str| {
        let lower = word.to_lowercase();
        let is_known = |words: &[&str]| words.contains(&lower.as_str());
        is_known(QUALIFIERS) || is_known(NET_OR_GROSS) || in_header(word).is_some()
    };
    let mut said: Vec<String> = Vec::new();
    while base.len() > 1
        && let Some(word) = base.pop_if(|word| says(word))
    {
        said.push(word.to_lowercase());
    }
    let first = base
        .first()
        .map_or(String::new(), |word| word.to_lowercase());
    if base.len() > 1 && NET_OR_GROSS.contains(&first.as_str()) {
        base.remove(0);
        said.push(first);
    }
    said.sort();
    (base.concat().to_lowercase(), said.join(" "))
}

/// Whether these words may stand beside what a header names: a weight without its packing is another one.
pub(super) fn may_say(target: Target, said: &str) -> bool {
    let is_money = target.field().map(kind_of) == Some(FieldKind::Money);
    is_money || !said.split(' ').any(|word| NET_OR_GROSS.contains(&word))
}

/// Whether the name of a column says that tax is in its prices, or that it is not.
pub fn says_tax(header: &str) -> bool {
    let (_, said) = qualifiers(header);
    said.split(' ')
        .any(|word| QUALIFIERS.contains(&word) || NET_OR_GROSS.contains(&word))
}

/// The words of a header.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_header_says_which_price_it_is_beside_what_it_is() {
        for (header, base, said) in [
            ("Price ex GST", "price", "ex gst"),
            ("Price USD", "price", "usd"),
            ("RRP (AUD) inc. GST", "rrp", "aud gst inc"),
            ("Price", "price", ""),
            ("Tax", "tax", ""),
            ("Net price", "price", "net"),
            ("Price (gross)", "price", "gross"),
            ("Prix HT", "prix", "ht"),
        ] {
            assert_eq!(
                super::qualifiers(header),
                (base.to_owned(), said.to_owned()),
                "{header}"
            );
        }
    }
}
