//! The options that say which products are meant.

use clap::{Args, ValueEnum};

use domain::values::Decimal;

/// An amount of money, such as 12.50.
fn amount(text: &str) -> Result<Decimal, String> {
    Decimal::parse_plain(text).ok_or_else(|| "write an amount such as 12.50".to_owned())
}

/// Which products.
#[derive(Debug, Args, Default)]
pub struct Filter {
    /// Words of name or brand, or a part of a SKU or barcode.
    #[arg(long)]
    pub search: Option<String>,
    /// Only this brand; may stand several times.
    #[arg(long = "brand")]
    pub brands: Vec<String>,
    /// Only this category; may stand several times.
    #[arg(long = "category")]
    pub categories: Vec<String>,
    /// Only active ones (true) or inactive ones (false).
    #[arg(long)]
    pub active: Option<bool>,
    /// Only by stock.
    #[arg(long, value_enum)]
    pub stock: Option<Stock>,
    /// Only from this store price on.
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub price_from: Option<Decimal>,
    /// Only up to this store price.
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub price_to: Option<Decimal>,
    /// Only by how suppliers cover them.
    #[arg(long, value_enum)]
    pub coverage: Option<CoveredBy>,
    /// Only by a field of the workspace's own, such as season=Summer, "year>=2024", season= for none and
    /// "season!=" for any; may stand several times.
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub wheres: Vec<String>,
    /// The trash instead of the catalogue.
    #[arg(long)]
    pub trash: bool,
}

/// Which products by how suppliers cover them.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CoveredBy {
    /// No supplier sells them.
    None,
    /// One does.
    One,
    /// Several do, none of them preferred.
    Several,
    /// One of them is preferred.
    Preferred,
}

/// Which products by stock.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Stock {
    /// One or more.
    In,
    /// None.
    Out,
    /// Between 1 and 5.
    Low,
}
