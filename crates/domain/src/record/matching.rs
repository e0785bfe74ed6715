//! How the rows of a file that one record sent find the records that they are about: those of a
//! supplier's price file.

use super::field::Field;
use super::kind::Kind;

/// How a file that one record sent is matched: which reference all of its rows share, what they are
/// looked up by, and what the amounts in it are compared with.
#[derive(Debug)]
pub struct Matching {
    /// Where the reference stands that all rows share: to the sender.
    pub from: u8,
    /// Where the reference stands that is looked up for each row.
    pub to: u8,
    /// In which ways a row may say what it is about, the surest first.
    pub by: &'static [MatchBy],
    /// Where the amount stands that such a file is sent for.
    pub amount: u8,
    /// Where it stands how many come in a pack, which the amount may be for.
    pub pack: u8,
    /// The key of the field of what is looked up that the amount is compared with: its price.
    pub price: &'static str,
}

/// In which way a row says what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchBy {
    /// By the code of the other record: our SKU.
    Code,
    /// By a text that the sender has for it, kept in the field at this place: the supplier's SKU.
    Sent(u8),
    /// By the barcode of the other record.
    Barcode,
}

/// The key of a column that holds barcodes of the records that rows are looked up for.
pub const BARCODE_KEY: &str = "barcode";

impl Matching {
    /// The reference that all rows of a file of this kind share.
    pub fn sender(&self, kind: Kind) -> Field {
        Field::Fixed(kind, self.from)
    }

    /// The reference that is looked up for each row.
    pub fn sought(&self, kind: Kind) -> Field {
        Field::Fixed(kind, self.to)
    }

    /// The field of the amount.
    pub fn amount(&self, kind: Kind) -> Field {
        Field::Fixed(kind, self.amount)
    }

    /// The field that says how many come in a pack.
    pub fn pack(&self, kind: Kind) -> Field {
        Field::Fixed(kind, self.pack)
    }

    /// The way with this key.
    pub fn way(&self, kind: Kind, key: &str) -> Option<MatchBy> {
        let mut ways = self.by.iter().copied();
        ways.find(|way| way.key(self, kind) == key)
    }
}

impl MatchBy {
    /// The field of the row that says it; none for a barcode, which is the other record's.
    pub fn field(self, of: &Matching, kind: Kind) -> Option<Field> {
        match self {
            Self::Code => Some(of.sought(kind)),
            Self::Sent(at) => Some(Field::Fixed(kind, at)),
            Self::Barcode => None,
        }
    }

    /// Its name in JSON and on the command line: the key of the column.
    pub fn key(self, of: &Matching, kind: Kind) -> &'static str {
        let def = self.field(of, kind).and_then(Field::def);
        def.map_or(BARCODE_KEY, |def| def.key)
    }

    /// Its name for people.
    pub fn label(self, of: &Matching, kind: Kind) -> &'static str {
        let def = self.field(of, kind).and_then(Field::def);
        def.map_or("Barcode", |def| def.label)
    }
}
