//! What can be typed after `backstock history` and `backstock verify-history`.

use std::path::PathBuf;

use clap::Args;

use super::paging::page_length;

/// `backstock history`.
#[derive(Debug, Args)]
pub struct History {
    /// Only this kind of record, such as product, supplier or user.
    #[arg(long)]
    pub kind: Option<String>,
    /// Only this record, by its code or id; a product unless --kind says what it is.
    #[arg(long, value_name = "CODE")]
    pub record: Option<String>,
    /// Only what this person did, by their e-mail address or id.
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,
    /// Only this batch, as `backstock batches` shows it.
    #[arg(long, value_name = "ID")]
    pub batch: Option<String>,
    /// Only this origin, such as import, people or sign_in; may stand several times.
    #[arg(long = "origin")]
    pub origins: Vec<String>,
    /// Only entries that changed this field, such as store_price or role.
    #[arg(long)]
    pub field: Option<String>,
    /// Not before this day (2026-11-22), in UTC.
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Not after this day (2026-11-22), in UTC.
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Only records whose SKU, name or e-mail address contains this.
    #[arg(long)]
    pub search: Option<String>,
    /// How many, at most 500.
    #[arg(long, default_value_t = 50, value_parser = page_length())]
    pub limit: i64,
    /// Only entries before the one with this number.
    #[arg(long, value_name = "NUMBER")]
    pub before: Option<i64>,
    /// Write all of them to this CSV file instead, one line per changed field.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["limit", "before"])]
    pub csv: Option<PathBuf>,
}

/// `backstock verify-history`.
#[derive(Debug, Args)]
pub struct VerifyHistory {
    /// The head that an earlier check printed: nothing before it may have been cut off or written
    /// anew since.
    #[arg(long, value_name = "HEAD")]
    pub head: Option<String>,
}
