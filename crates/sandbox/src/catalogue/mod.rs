//! The goods of a practice shop, before any platform: the same seed makes the same goods, and each
//! product can be made without those before it.
//!
//! Shops that are to overlap are filled from overlapping ranges of one catalogue.

mod make;
mod words;

use std::ops::Range;

/// What is odd about a product, as in real shops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Oddity {
    /// A variant has the SKU of the product before.
    SharedSku,
    /// Nothing in it has a SKU.
    NoSku,
    /// Its SKU looks like the one of the product before: other case.
    LookAlikeSku,
    /// Spaces stand around its SKU and twice within its title.
    Spaces,
    /// Its barcode is that of the product before.
    SharedBarcode,
    /// Its stock is not counted.
    Untracked,
    /// It costs nothing.
    Free,
    /// Emoji, accents, right-to-left text and quotes in its texts.
    Symbols,
    /// A description of some 400,000 bytes.
    HugeHtml,
    /// It has no description at all.
    NoHtml,
    /// It has 2,048 variants.
    Giant,
}

/// Whether a product is on sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// On sale.
    Active,
    /// Not finished.
    Draft,
    /// Out of sale.
    Archived,
}

/// A product. Money is in hundredths of the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its place in the catalogue.
    pub place: u64,
    /// What is odd about it, if something is.
    pub oddity: Option<Oddity>,
    /// What it is called.
    pub title: String,
    /// Its description.
    pub html: String,
    /// The brand.
    pub vendor: String,
    /// What sort of thing it is: `Mugs`.
    pub sort: String,
    /// Words that go with it.
    pub tags: Vec<String>,
    /// Whether it is on sale.
    pub status: Status,
    /// The names of its options; none for a product with one variant.
    pub options: Vec<String>,
    /// At least one; the first is the product itself where there are no options.
    pub variants: Vec<Variant>,
    /// How many pictures it has.
    pub pictures: u32,
    /// How many days before the shop opens it was last changed.
    pub days_old: u32,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variant {
    /// One value for each option.
    pub values: Vec<String>,
    /// Its SKU, as the merchant typed it.
    pub sku: Option<String>,
    /// Its barcode.
    pub barcode: Option<String>,
    /// What it costs.
    pub price: i64,
    /// What it cost before, or should.
    pub compare_at: Option<i64>,
    /// What it costs the shop.
    pub cost: Option<i64>,
    /// How many are on the shelf.
    pub stock: i64,
    /// Whether stock is counted.
    pub tracked: bool,
    /// Its weight in grams.
    pub grams: u32,
}

/// A part of the catalogue of a seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    seed: u64,
    places: Range<u64>,
}

impl Catalogue {
    /// The place of the one product with 2,048 variants: smaller catalogues are without it.
    pub const GIANT: u64 = 60;

    /// The first `count` products of `seed`.
    pub fn new(seed: u64, count: u64) -> Self {
        Self::range(seed, 0..count)
    }

    /// The products of `seed` at those places.
    pub fn range(seed: u64, places: Range<u64>) -> Self {
        Self { seed, places }
    }

    /// What the catalogue is made from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Which places it has.
    pub fn places(&self) -> Range<u64> {
        self.places.clone()
    }

    /// The products, one after the other.
    pub fn products(&self) -> impl Iterator<Item = Product> + use<> {
        let seed = self.seed;
        self.places
            .clone()
            .map(move |place| make::product(seed, place))
    }
}
