//! The catalogue: products, variants and their fields. Types and rules, no I/O.

mod coverage;
mod custom_filter;
mod listing;
pub mod product;
mod sku_pattern;
pub mod variants;

pub use coverage::Coverage;
pub use custom_filter::CustomFilter;
pub use listing::{
    Count, CustomFacet, Facet, Facets, FamilyFilter, InShop, PriceRange, ProductFilter,
    ProductPage, ProductRow, SortField, StockFilter,
};
pub use sku_pattern::SkuPattern;
pub use variants::{OptionPair, OptionValues};
