//! Which character separates the cells of a file, judged by how consistent it makes the rows.

use super::delimiter::Delimiter;
use super::records::{Record, RecordReader};

/// How many records are looked at.
const RECORDS_JUDGED: usize = 200;

/// What else is met as a delimiter.
const UNCOMMON: &[u8] = b"^~:!*/\\\x1f\x01";

impl Delimiter {
    /// The uncommon character that seems to separate the cells of a file in which nothing else does.
    pub(super) fn uncommon(sample: &str) -> Option<Self> {
        let delimiters = UNCOMMON.iter().filter_map(|byte| Self::from_byte(*byte));
        let scored =
            delimiters.map(|delimiter| (consistency(&widths(sample, delimiter)), delimiter));
        let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
        best.filter(|(score, _)| *score > 0.9)
            .map(|(_, delimiter)| delimiter)
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
    use crate::Delimiter;

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
            ("sep=^\nsku^name\n", Delimiter::from_key("^").unwrap()),
        ] {
            assert_eq!(Delimiter::guess(sample), expected, "{sample:?}");
        }
    }

    #[test]
    fn an_uncommon_delimiter_is_pointed_out() {
        for (sample, expected) in [
            ("sku^name^price\nA1^Sofa^10\n", Some("^")),
            ("sku~name~price\nA1~Sofa~10\n", Some("~")),
            ("sku:name:price\nA1:Sofa:10\n", Some(":")),
            ("sku  name  price\nA1   Sofa  10\n", None),
            ("sku\nA1\nA2\n", None),
        ] {
            let found = Delimiter::uncommon(sample).map(Delimiter::key);
            assert_eq!(found.as_deref(), expected, "{sample}");
        }
    }
}
