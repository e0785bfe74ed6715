//! The data of a practice Shopify, and what keeps it consistent.

mod fill;
mod index;
mod model;
mod money;
mod mutate;
mod order_fill;
mod orders;

pub(super) use fill::fill;
pub(super) use index::QUANTITIES;
pub(super) use model::{
    BulkJob, BulkState, File, FileState, Idempotent, Level, Metafield, MetafieldDefinition,
    OptionValue, Product, ProductOperation, ProductOption, ShopFacts, State, Upload, Variant,
};
pub(super) use money::Money;
pub(super) use mutate::{handle_of, sorted_tags};
pub(super) use order_fill::{fill_orders, line_of};
pub(super) use orders::*;
