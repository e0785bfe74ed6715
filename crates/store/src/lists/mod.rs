//! The list of products: any page of a million, sorted, filtered and searched, in milliseconds.

mod by_field;
pub(super) mod cache;
mod custom_filter;
mod facets;
mod families;
mod field_cursor;
mod field_walk;
pub(super) mod filter;
mod kept;
mod listed;
mod order;
mod page;
mod records;
pub(super) mod search;
mod short;
mod sorted_search;
mod survey;
mod unindexed;

pub(super) use records::Narrowed;
pub use records::{RecordQuery, RecordSort};
