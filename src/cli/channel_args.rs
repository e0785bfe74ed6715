//! What can be typed of shops.

use clap::{Args, Subcommand, ValueEnum};

/// `backstock channel`.
#[derive(Debug, Subcommand)]
pub enum Channels {
    /// Connect a shop. Its secret may also come from BACKSTOCK_CHANNEL_SECRET.
    Add(Box<AddChannel>),
    /// Ask a shop whether it lets us in, and what is missing.
    Test {
        /// The channel's name.
        name: String,
    },
    /// List the shops and how they stand.
    List,
    /// Remove a shop from the list. Which product is which listing is kept.
    Remove {
        /// The channel's name.
        name: String,
    },
}

/// `backstock channel add`.
#[derive(Debug, Args)]
pub struct AddChannel {
    /// Its platform.
    #[arg(value_enum)]
    pub platform: PlatformArg,
    /// What you call it.
    #[arg(long)]
    pub name: String,
    /// Its address; http only on this computer, for practice shops.
    #[arg(long)]
    pub url: String,
    /// Shopify: an access token.
    #[arg(long, conflicts_with_all = ["client_id", "client_secret", "key"])]
    pub token: Option<String>,
    /// Shopify: the client id of an app.
    #[arg(long)]
    pub client_id: Option<String>,
    /// Shopify: the client secret of that app.
    #[arg(long, requires = "client_id")]
    pub client_secret: Option<String>,
    /// Maropost: an API key.
    #[arg(long)]
    pub key: Option<String>,
    /// Maropost: the user of a key that belongs to one.
    #[arg(long)]
    pub username: Option<String>,
    /// Record what would be sent, and send nothing.
    #[arg(long)]
    pub rehearse: bool,
}

/// A platform as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PlatformArg {
    /// Shopify.
    Shopify,
    /// Maropost Commerce Cloud.
    Maropost,
}

/// `backstock match`.
#[derive(Debug, Args)]
pub struct MatchArgs {
    /// The channel's name.
    pub name: String,
    /// Link what can be told for certain: exact SKUs and barcodes that one product and one listing have.
    #[arg(long)]
    pub auto: bool,
    /// What becomes of what is unmatched: wanted here, or left alone.
    #[arg(long, value_enum)]
    pub rest: Option<Rest>,
}

/// What becomes of listings that are no product of ours.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Rest {
    /// They are created here with the next sync.
    Create,
    /// They are left alone.
    Ignore,
}

/// `backstock sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// The channel's name.
    pub name: String,
    /// Plan only; change nothing.
    #[arg(long, visible_alias = "dry-run")]
    pub plan: bool,
    /// Apply without asking.
    #[arg(long)]
    pub yes: bool,
    /// Read everything, and not only what changed.
    #[arg(long)]
    pub whole: bool,
    /// Plan with what was read last; the shop is not asked.
    #[arg(long)]
    pub offline: bool,
    /// Products alone.
    #[arg(long)]
    pub products: bool,
    /// Stock alone.
    #[arg(long)]
    pub stock: bool,
    /// What becomes of what both sides changed.
    #[arg(long, value_enum, default_value = "ask")]
    pub on_conflict: OnConflict,
}

/// What becomes of what both sides changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnConflict {
    /// It is kept on both sides until a person decides.
    Ask,
    /// What is here goes there.
    Ours,
    /// What is there comes here.
    Theirs,
}
