//! The store on both databases: one binary.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, and a test may print; clippy exempts test functions alone"
)]

mod administrators;
mod anew;
mod batch_list;
mod compared;
mod coverage;
mod crash;
mod custom_fields;
mod export;
mod families;
mod feed;
mod field_walk;
mod fill;
mod filters;
mod images;
mod list;
mod listings;
mod people;
mod schema;
mod search;
mod server;
mod together;
mod update;
mod write;
