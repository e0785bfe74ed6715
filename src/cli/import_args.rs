//! What can be typed after `backstock import`.

use clap::{Args, ValueEnum};

/// `backstock import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The CSV file.
    pub file: std::path::PathBuf,
    /// What its rows are: products, suppliers or supplier_products.
    #[arg(long)]
    pub kind: Option<String>,
    /// The file is the price file of this supplier: its rows are what the supplier sells.
    #[arg(long, value_name = "CODE")]
    pub supplier: Option<String>,
    /// By what the rows of a price file are matched first: product_sku (ours), supplier_sku or barcode;
    /// otherwise by the surest of those that there are columns for.
    #[arg(long, value_name = "COLUMN", requires = "supplier")]
    pub match_by: Option<String>,
    /// What the costs of a price file are for: one, or a whole pack.
    #[arg(long, value_enum, requires = "supplier")]
    pub cost_per: Option<CostPer>,
    /// Plan only; change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Map the columns as this profile says; --map comes on top of it.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Keep how the columns are mapped under this name, for --profile.
    #[arg(long, value_name = "NAME")]
    pub save_profile: Option<String>,
    /// Map the columns as they are proposed, not as those of the last file with these columns.
    #[arg(long, conflicts_with = "profile")]
    pub start_over: bool,
    /// What a column feeds, such as "Retail=store_price"; "Retail=" leaves the column out, and
    /// "#5=cost" names the fifth column, whatever it is called.
    /// "Season=new" makes a field of the workspace's own for the column, "Season=new:choice" one of
    /// this type.
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub maps: Vec<String>,
    /// Make a field of the workspace's own for every column that no field takes.
    #[arg(long)]
    pub make_fields: bool,
    /// The order of day, month and year in the file's dates.
    #[arg(long, value_enum)]
    pub date_order: Option<DateOrder>,
    /// The decimal mark of the file's numbers.
    #[arg(long, value_enum)]
    pub decimal_mark: Option<DecimalMark>,
    /// What an empty cell does: keep what the field has, or clear it.
    #[arg(long, value_enum)]
    pub empty: Option<EmptyCells>,
    /// Take only new products, or only existing ones.
    #[arg(long, value_enum)]
    pub only: Option<Only>,
    /// What amounts in another currency than the workspace's do: such rows are rejected, or the
    /// numbers are taken as they are.
    #[arg(long, value_enum)]
    pub foreign_money: Option<ForeignMoney>,
    /// What a stock in words does, such as "10+" or "in stock": such rows are rejected, the stock
    /// stays as it is, or the number in it counts.
    #[arg(long, value_enum)]
    pub stock_words: Option<StockWords>,
    /// What new rows do whose code looks like one that is there, such as 17 beside 0017: they are
    /// created, or they are the record that they look like.
    #[arg(long, value_enum, default_value = "create")]
    pub look_alikes: LookAlikes,
    /// Import lines that look like totals and notes as well.
    #[arg(long)]
    pub keep_odd_lines: bool,
    /// The encoding of the file, such as utf-8, windows-1252 or shift_jis; otherwise it is
    /// detected.
    #[arg(long)]
    pub encoding: Option<String>,
    /// comma, semicolon, tab, pipe or another character, such as "^"; otherwise it is detected.
    #[arg(long)]
    pub delimiter: Option<String>,
    /// The line on which the names of the columns stand; otherwise it is found.
    #[arg(long, value_name = "LINE", value_parser = clap::value_parser!(u64).range(1..))]
    pub header: Option<u64>,
    /// No row names the columns: the first one is data.
    #[arg(long, conflicts_with = "header")]
    pub no_header: bool,
    /// What becomes of products that another user changed meanwhile: keep them as they are, or take
    /// the file's values.
    #[arg(long, value_enum, default_value = "keep")]
    pub conflicts: Conflicts,
    /// Write the rejected rows with their reasons to this file.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<std::path::PathBuf>,
    /// Apply without asking.
    #[arg(long)]
    pub yes: bool,
}

/// What the costs of a price file are for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CostPer {
    /// One.
    Each,
    /// A whole pack.
    Pack,
}

/// The order of a date.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DateOrder {
    /// 31/12/2026
    Dmy,
    /// 12/31/2026
    Mdy,
    /// 2026/12/31
    Ymd,
}

/// A decimal mark.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DecimalMark {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

/// What an empty cell does.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EmptyCells {
    /// The field keeps what it has.
    Keep,
    /// The field is emptied.
    Clear,
}

/// What an amount in another currency does.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ForeignMoney {
    /// Its row is rejected.
    Refuse,
    /// The number is taken as it is.
    TakeAsIs,
}

/// What a stock in words does.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StockWords {
    /// Its row is rejected.
    Refuse,
    /// The stock stays as it is.
    Keep,
    /// The number in it counts.
    Number,
}

/// What new rows do whose code looks like one that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LookAlikes {
    /// They are created.
    Create,
    /// They are the record that they look like, where that is one alone.
    Match,
}

/// Which rows an import takes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Only {
    /// New products.
    Create,
    /// Existing products.
    Update,
}

/// What becomes of what another user changed too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Conflicts {
    /// It stays as it is.
    Keep,
    /// What was proposed is written.
    Take,
}
