//! The delimiter: which character separates the cells, judged by how consistent it makes the rows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::records::{Record, RecordReader};

/// How many records are looked at.
const RECORDS_JUDGED: usize = 200;

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tabulator.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All of them; the commonest first.
    pub const ALL: [Delimiter; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The character as a byte.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// Its name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Comma => "Comma",
            Self::Semicolon => "Semicolon",
            Self::Tab => "Tab",
            Self::Pipe => "Pipe",
        }
    }

    /// Its name on the command line and in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }

    /// The delimiter with this name, or written as the character itself.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delimiter| {
            key.eq_ignore_ascii_case(delimiter.key())
                || key.as_bytes() == [delimiter.byte()]
                || (*delimiter == Self::Tab && key == "\\t")
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
        let delimiter = Self::ALL
            .into_iter()
            .find(|delimiter| value.first() == Some(&delimiter.byte()))?;
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

    /// The delimiter of a file that starts with `sample`. Quotes are respected, so what stands
    /// inside quoted cells does not count. A file of one column gets a comma.
    pub(super) fn guess(sample: &str) -> Self {
        if let Some((delimiter, _)) = Self::in_separator_line(sample.as_bytes()) {
            return delimiter;
        }
        let mut best = (0.0, Self::Comma);
        for delimiter in Self::ALL {
            let score = consistency(&widths(sample, delimiter));
            if score > best.0 {
                best = (score, delimiter);
            }
        }
        best.1
    }
}

fn widths(sample: &str, delimiter: Delimiter) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut record = Record::default();
    let Ok(mut reader) = RecordReader::new(sample.as_bytes(), delimiter) else {
        return widths;
    };
    while widths.len() < RECORDS_JUDGED && reader.read(&mut record).unwrap_or(false) {
        if !record.is_blank() {
            widths.push(record.width());
        }
    }
    widths
}

/// The share of rows that have the commonest width, with a little more for each column. Halved
/// when the first row has another width: a header that lacks the delimiter speaks against it,
/// however often it stands in the texts below; only a title above the header may.
fn consistency(widths: &[usize]) -> f64 {
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    let Some(common) = widths
        .iter()
        .copied()
        .max_by_key(|width| (count(*width), *width))
    else {
        return 0.0;
    };
    if common < 2 {
        return 0.0;
    }
    let share = count(common) as f64 / widths.len() as f64;
    let header_agrees = if widths.first() == Some(&common) {
        1.0
    } else {
        0.5
    };
    share * header_agrees + 0.02 * common.min(10) as f64
}

#[cfg(test)]
mod tests {
    use super::Delimiter;

    #[test]
    fn the_delimiter_that_makes_the_rows_consistent_wins() {
        for (sample, expected) in [
            ("sku,name\nA,1\n", Delimiter::Comma),
            ("sku;price\nA;1,5\nB;2,5\n", Delimiter::Semicolon),
            (
                "sku;price;rrp\nA;1,5;2,5\nB;2,5;3,5\n",
                Delimiter::Semicolon,
            ),
            ("sku\tname\nA\tred, blue; green\nB\tx\n", Delimiter::Tab),
            ("sku|name\nA|red, blue\nB|x, y\n", Delimiter::Pipe),
            (
                "sku,images\nA,one|two\nB,three|four\nC,five|six\n",
                Delimiter::Comma,
            ),
            (
                "name;note\n\"a,b,c\";\"d,e,f\"\n\"a,b,c\";x\n",
                Delimiter::Semicolon,
            ),
            ("sku,a,b,c\nA,1,2,3\nB,1\nC,1,2,3\n", Delimiter::Comma),
            ("name,text\nA,one; two\nB,three; four\n", Delimiter::Comma),
            ("sku\nA\nB\n", Delimiter::Comma),
            ("sep=|\nsku,name\n", Delimiter::Pipe),
        ] {
            assert_eq!(Delimiter::guess(sample), expected, "{sample:?}");
        }
    }

    #[test]
    fn a_delimiter_is_named_by_its_key_or_its_character() {
        for delimiter in Delimiter::ALL {
            assert_eq!(Delimiter::from_key(delimiter.key()), Some(delimiter));
            assert_eq!(serde_json::to_value(delimiter).unwrap(), delimiter.key());
            let character = char::from(delimiter.byte()).to_string();
            assert_eq!(Delimiter::from_key(&character), Some(delimiter));
        }
        assert_eq!(Delimiter::from_key("\\t"), Some(Delimiter::Tab));
        assert_eq!(Delimiter::from_key("colon"), None);
    }
}
