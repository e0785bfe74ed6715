//! The store on both databases.

mod write;
