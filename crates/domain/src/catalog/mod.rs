//! The catalogue: products, variants and their fields. Types and rules, no I/O.

mod coverage;
mod listing;
pub mod product;

pub use coverage::Coverage;
pub use listing::{
    Count, Facet, Facets, FamilyFilter, ProductFilter, ProductPage, ProductRow, SortField,
    StockFilter,
};
