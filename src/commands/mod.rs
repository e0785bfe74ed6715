//! Every operation a host may ask for: one list, request → response, permission first.
//!
//! The desktop shell, the command line and the tests all come in here, through [`list`].

pub mod batches;
pub mod events;
pub mod exports;
pub mod files;
pub mod imports;
pub mod jobs;
pub mod list;
pub mod plans;
pub mod products;
pub mod session;
pub mod workspaces;
