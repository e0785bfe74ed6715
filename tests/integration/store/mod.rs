//! The store on both databases.

mod administrators;
mod crash;
mod feed;
mod fill;
mod grants;
mod list;
mod people;
mod schema;
mod search;
mod server;
mod together;
mod write;
