//! What `backstock products variants` takes.

use clap::Args;

/// `backstock products variants`.
#[derive(Debug, Args)]
pub struct Variants {
    /// The SKU of the product.
    pub sku: String,
    /// Create the missing combinations of these options as variants.
    #[arg(long, value_name = "NAME=VALUE,VALUE", group = "what")]
    pub generate: Vec<String>,
    /// How the SKUs of new variants are made, such as '{sku}-{colour:3:upper}-{size}'.
    #[arg(long, requires = "generate")]
    pub sku_pattern: Option<String>,
    /// Copy prices and other fields from this variant instead of the product.
    #[arg(long, requires = "generate", value_name = "SKU")]
    pub copy_from: Option<String>,
    /// Copy the stock, too.
    #[arg(long, requires = "generate")]
    pub copy_stock: bool,
    /// Leave a combination out, such as Red/S.
    #[arg(long, requires = "generate", value_name = "VALUE/VALUE")]
    pub except: Vec<String>,
    /// Only show what would be created.
    #[arg(long, requires = "generate")]
    pub dry_run: bool,
    /// Give an option another name in all variants.
    #[arg(long, value_name = "OLD=NEW", group = "what")]
    pub rename_option: Option<String>,
    /// Give a value of an option another name in all variants; with the name of another value the two become one.
    #[arg(long, value_name = "OPTION:OLD=NEW", group = "what")]
    pub rename_value: Option<String>,
    /// Put the variants into this order; those that are not named stand after them.
    #[arg(long, value_delimiter = ',', value_name = "SKU,SKU", group = "what")]
    pub order: Vec<String>,
    /// Make the product the first variant of a new parent with this SKU.
    #[arg(long, value_name = "SKU", group = "what")]
    pub make_parent: Option<String>,
    /// Move the product or variant under this parent.
    #[arg(long, value_name = "SKU", group = "what")]
    pub move_to: Option<String>,
    /// Move the variant out of its family: it is a product of its own then.
    #[arg(long, group = "what")]
    pub move_out: bool,
    /// The options that it has under its parent.
    #[arg(long, value_name = "NAME=VALUE")]
    pub option: Vec<String>,
}
