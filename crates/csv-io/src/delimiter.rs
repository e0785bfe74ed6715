//! The delimiter: which character separates the cells.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// What separates the cells of a row. In JSON and on the command line it is its key, such as `comma`, or
/// the character itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(as = "String")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tabulator.
    Tab,
    /// `|`
    Pipe,
    /// Another character, which a person chose.
    Other(OtherDelimiter),
}

/// A character of ASCII that may separate cells: no letter, no digit, and nothing that ends a line, quotes a
/// cell or stands in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OtherDelimiter(u8);

impl Delimiter {
    /// Those that are found without being told; the commonest first.
    pub const ALL: [Delimiter; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The character as a byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
            Self::Other(OtherDelimiter(byte)) => byte,
        }
    }

    /// The delimiter that is written with this byte, when one can be.
    pub fn from_byte(byte: u8) -> Option<Self> {
        if let Some(common) = Self::ALL.into_iter().find(|known| known.byte() == byte) {
            return Some(common);
        }
        let has_meaning = byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b'"' | b'\n' | b'\r' | b'.' | b'-' | b'+' | b'\'' | b'_'
            );
        (byte.is_ascii() && byte != 0 && !has_meaning).then_some(Self::Other(OtherDelimiter(byte)))
    }

    /// Its name for people.
    pub fn label(self) -> String {
        match self {
            Self::Comma => "Comma".to_owned(),
            Self::Semicolon => "Semicolon".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::Pipe => "Pipe".to_owned(),
            Self::Other(OtherDelimiter(b' ')) => "Space".to_owned(),
            Self::Other(OtherDelimiter(byte)) => char::from(byte).escape_default().to_string(),
        }
    }

    /// Its name on the command line and in JSON.
    pub fn key(self) -> String {
        match self {
            Self::Other(OtherDelimiter(byte)) => char::from(byte).to_string(),
            common => common.label().to_lowercase(),
        }
    }

    /// The delimiter with this name, or written as the character itself.
    pub fn from_key(key: &str) -> Option<Self> {
        let named = Self::ALL
            .into_iter()
            .find(|delimiter| key.eq_ignore_ascii_case(&delimiter.key()));
        named.or_else(|| match (key, key.as_bytes()) {
            ("\\t", _) => Some(Self::Tab),
            ("space", _) => Self::from_byte(b' '),
            (_, [byte]) => Self::from_byte(*byte),
            _ => None,
        })
    }

    /// The delimiter that Excel's first line `sep=;` names, and the length of that line.
    pub(super) fn in_separator_line(head: &[u8]) -> Option<(Self, usize)> {
        let quoted = head.first() == Some(&b'"');
        let text = if quoted { &head[1..] } else { head };
        let value = text
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case(b"sep="))
            .map(|_| &text[4..])?;
        let delimiter = Self::from_byte(*value.first()?)?;
        let rest = if quoted {
            value[1..].strip_prefix(b"\"")?
        } else {
            &value[1..]
        };
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let length = head.len() - rest.len();
        matches!(head.get(length - 1), Some(b'\r' | b'\n')).then_some((delimiter, length))
    }
}

impl Serialize for Delimiter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.key())
    }
}

impl<'de> Deserialize<'de> for Delimiter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("\"{key}\" is no delimiter"));
        Self::from_key(&key).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::Delimiter;

    #[test]
    fn a_delimiter_is_named_by_its_key_or_its_character() {
        for delimiter in Delimiter::ALL {
            assert_eq!(Delimiter::from_key(&delimiter.key()), Some(delimiter));
            assert_eq!(serde_json::to_value(delimiter).unwrap(), delimiter.key());
            let character = char::from(delimiter.byte()).to_string();
            assert_eq!(Delimiter::from_key(&character), Some(delimiter));
        }
        assert_eq!(Delimiter::from_key("\\t"), Some(Delimiter::Tab));
        for key in ["^", "~", ":", " ", "!", "\u{1f}"] {
            let delimiter = Delimiter::from_key(key).unwrap();
            assert_eq!(
                (delimiter.key().as_str(), delimiter.byte()),
                (key, key.as_bytes()[0])
            );
            let json = serde_json::to_value(delimiter).unwrap();
            assert_eq!(
                serde_json::from_value::<Delimiter>(json).unwrap(),
                delimiter
            );
        }
        for key in ["colon", "", "a", "1", "\"", "\n", ".", "\0", "é", "::"] {
            assert_eq!(Delimiter::from_key(key), None, "{key:?}");
        }
    }
}
