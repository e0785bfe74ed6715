//! What can be typed: the commands and options of `backstock`.

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::channel_args::{Channels, MatchArgs, SyncArgs};
use super::filter_args::Filter;
use super::history_args::{History, VerifyHistory};
use super::images::Images;
use super::import_args::{Conflicts, Import};
use super::paging::{page_length, page_start};
use super::product_images::ProductImages;
use super::profiles::ProfileArgs;
use super::records::Records;
use super::roles::Roles;
use super::users::Users;
use super::variant_args::Variants;

const AFTER_HELP: &str = "\
Environment:
  BACKSTOCK_WORKSPACE       the workspace, as for --workspace
  BACKSTOCK_USER            the e-mail address to sign in with
  BACKSTOCK_PASSWORD        its password
  BACKSTOCK_NEW_PASSWORD    the password that `users add`, `users reset-password` and `password` give
  BACKSTOCK_MYSQL_PASSWORD  the database's password, when it does not stand in the address
  BACKSTOCK_CHANNEL_SECRET  the token, client secret or key that `channel add` gives
  BACKSTOCK_DATA_DIR        where the app keeps its own data

Exit codes:
  0    done
  1    failed; nothing, or only what is told, was changed
  2    the command cannot be understood, or a question is unanswered
  3    refused: not signed in, or the right is missing
  4    done, but rows were rejected or records were kept as they are
  130  interrupted; what was done until then is told";

/// The back room of a shop that sells in several places.
#[derive(Debug, Parser)]
#[command(name = "backstock", version, after_help = AFTER_HELP, arg_required_else_help = true)]
pub struct Cli {
    /// What holds on every command.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds on every command.
#[derive(Debug, Args)]
pub struct Options {
    /// A workspace file, or mysql://user[:password]@host[:port]/database[?tls=off|required|verify];
    /// without it, the one that was open last on this machine.
    #[arg(
        long,
        global = true,
        value_name = "FILE-or-URL",
        env = "BACKSTOCK_WORKSPACE",
        hide_env_values = true
    )]
    pub workspace: Option<String>,
    /// Print one JSON document.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new workspace and its owner; the password comes from BACKSTOCK_PASSWORD.
    Init(Init),
    /// Import a CSV file: read, plan, show the counts, apply.
    Import(Box<Import>),
    /// List and forget the mappings of files that `import --save-profile` kept.
    #[command(subcommand)]
    Profiles(ProfileArgs),
    /// Undo a batch; what was edited since is kept, unless --conflicts take is given.
    Undo(Undo),
    /// Write products to a CSV file.
    Export(Export),
    /// List, show, create, update, delete and restore products.
    #[command(subcommand)]
    Products(Products),
    /// List pictures that could not be fetched, fetch them again, remove what nothing needs.
    #[command(subcommand)]
    Images(Images),
    /// List, show, create, update, delete and restore suppliers.
    #[command(subcommand)]
    Suppliers(Records),
    /// The same for what suppliers sell: which product, at what cost.
    #[command(subcommand)]
    SupplierProducts(Records),
    /// List, show, create, update, delete and restore the fields that this workspace has of its own.
    #[command(subcommand, visible_alias = "fields")]
    CustomFields(Records),
    /// Connect, test, list and remove shops.
    #[command(subcommand, visible_alias = "channels")]
    Channel(Channels),
    /// Say which product each listing of a shop is.
    Match(MatchArgs),
    /// Read a shop, plan what goes where, show the counts, apply.
    Sync(SyncArgs),
    /// List what waits for the shops.
    Queue,
    /// List what failed with the shops, and what to do.
    Failures,
    /// List, add, edit, deactivate, reactivate and delete people; reset passwords.
    #[command(subcommand)]
    Users(Users),
    /// List, add, edit and delete roles.
    #[command(subcommand)]
    Roles(Roles),
    /// Change your own password to the one in BACKSTOCK_NEW_PASSWORD.
    Password,
    /// List what was applied: imports, saved forms, undos.
    Batches(Batches),
    /// Show who did what and when, the latest first, or write it to a CSV file.
    History(Box<History>),
    /// Check that the history was not changed past the app; exits with 1 when it was.
    VerifyHistory(VerifyHistory),
    /// Give any command of the app: its name and its request in JSON.
    Call(Call),
    /// Take commands as lines of JSON on stdin and write answers and events on stdout, for tests
    /// and scripts: {"id", "command", "request"}.
    #[command(hide = true)]
    Pipe,
}

/// `backstock init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The owner's name.
    #[arg(long)]
    pub name: String,
    /// The owner's e-mail address.
    #[arg(long)]
    pub email: String,
    /// The name of the workspace; otherwise that of its file or database.
    #[arg(long)]
    pub workspace_name: Option<String>,
    /// The currency of its money, such as GBP.
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
}

/// `backstock undo`.
#[derive(Debug, Args)]
pub struct Undo {
    /// The batch, as `backstock batches` shows it.
    pub batch: String,
    /// Plan only; change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// What becomes of products that were edited since: keep them as they are, or undo them too.
    #[arg(long, value_enum, default_value = "keep")]
    pub conflicts: Conflicts,
    /// Apply without asking.
    #[arg(long)]
    pub yes: bool,
}

/// `backstock export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The file to write; an existing one is replaced.
    pub file: std::path::PathBuf,
    /// Which products.
    #[command(flatten)]
    pub filter: Filter,
    /// The columns, such as sku,name,stock; otherwise all.
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// The shape of the file: our own, of which nothing is lost, or Shopify's product file.
    #[arg(
        long,
        value_enum,
        default_value = "backstock",
        conflicts_with = "columns"
    )]
    pub format: ExportFormat,
}

/// The shape of an exported file.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// A column for each field, a row for each product and variant.
    Backstock,
    /// Shopify's product file: rows of one handle are a product with its variants and images.
    Shopify,
}

/// `backstock products`.
#[derive(Debug, Subcommand)]
pub enum Products {
    /// List products.
    List(ListProducts),
    /// Show all fields of one product.
    Show {
        /// Its SKU.
        sku: String,
    },
    /// Create a product.
    Create {
        /// Its fields, such as sku=AB-1 name="Blue mug" store_price=12.50.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Change fields of a product.
    Update {
        /// Its SKU.
        sku: String,
        /// The fields, such as stock=12; an empty value clears the field.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Move products to the trash, with their variants.
    Delete {
        /// Their SKUs.
        #[arg(required = true)]
        skus: Vec<String>,
        /// Delete for good what lies in the trash already; this cannot be undone.
        #[arg(long)]
        for_good: bool,
        /// Do not ask before deleting for good.
        #[arg(long)]
        yes: bool,
    },
    /// Bring products back from the trash.
    Restore {
        /// Their SKUs.
        #[arg(required = true)]
        skus: Vec<String>,
    },
    /// Show what happened to one product.
    History {
        /// Its SKU.
        sku: String,
    },
    /// List the pictures of a product, the main one first; add, remove and arrange them.
    Images(ProductImages),
    /// List the variants of a product, create combinations of options, rename options and values, order, move.
    Variants(Box<Variants>),
    /// List the suppliers who sell a product.
    Suppliers {
        /// Its SKU.
        sku: String,
    },
}

/// `backstock products list`.
#[derive(Debug, Args)]
pub struct ListProducts {
    /// Which products.
    #[command(flatten)]
    pub filter: Filter,
    /// Sorted by what.
    #[arg(long, value_enum, default_value = "name")]
    pub sort: Sort,
    /// Sorted by this field of the workspace's own instead.
    #[arg(long, value_name = "FIELD")]
    pub sort_by: Option<String>,
    /// From the largest to the smallest.
    #[arg(long)]
    pub descending: bool,
    /// How many, at most 500.
    #[arg(long, default_value_t = 50, value_parser = page_length())]
    pub limit: i64,
    /// How many come before.
    #[arg(long, default_value_t = 0, value_parser = page_start())]
    pub offset: i64,
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Sort {
    /// By name.
    Name,
    /// By SKU.
    Sku,
    /// By brand.
    Brand,
    /// By category.
    Category,
    /// By barcode.
    Barcode,
    /// By whether they are for sale.
    Active,
    /// By stock.
    Stock,
    /// By recommended retail price.
    Rrp,
    /// By cost.
    Cost,
    /// By store price.
    Price,
    /// By promotion price.
    PromoPrice,
    /// By how well suppliers cover them.
    Coverage,
    /// By the last change.
    Updated,
}

/// `backstock batches`.
#[derive(Debug, Args)]
pub struct Batches {
    /// How many, at most 500.
    #[arg(long, default_value_t = 20, value_parser = page_length())]
    pub limit: i64,
    /// How many come before.
    #[arg(long, default_value_t = 0, value_parser = page_start())]
    pub offset: i64,
}

/// `backstock call`.
#[derive(Debug, Args)]
pub struct Call {
    /// The command's name, such as products.count.
    pub command: String,
    /// Its request.
    #[arg(default_value = "{}")]
    pub request: String,
}
