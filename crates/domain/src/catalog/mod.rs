//! The catalogue: products, variants and their fields. Types and rules, no I/O.

mod field;
mod listing;
mod product;
mod rules;
mod value;

pub use field::{Field, FieldInfo, FieldKind};
pub use listing::{
    Count, Facet, Facets, FamilyFilter, ProductFilter, ProductPage, ProductRow, SortField,
    StockFilter,
};
pub use product::{Fields, Product};
pub use rules::{check_field, check_record, has_control, is_control_of_text, options_key};
pub use value::Value;
