//! What was done: batches and their entries, written with every change, read page by page, and
//! chained by hashes, so that no change of them goes unseen.

mod batch_list;
pub(super) mod batches;
mod by_batch;
pub(super) mod chain;
mod codes;
mod compare;
mod digest;
mod entries;
mod entry_row;
pub(super) mod events;
mod gone_fields;
pub(super) mod journal;
pub(super) mod json;
mod page;
mod present;
mod replay;
mod running;
mod sealed;
mod search;
mod titles;
mod verify;
mod written;

pub use batch_list::BatchOrder;
pub use batches::NewBatch;
pub(crate) use batches::WrittenCounts;
pub use compare::Comparison;
pub(super) use digest::Hasher;
pub use digest::{ChainHead, Hash};
pub use entries::{DoneEntry, LastChange};
pub use events::Event;
pub(crate) use json::keyed_changes;
pub use page::Visible;
pub use sealed::{BatchToVerify, ChainLink, ChainedBatch, EntriesReader};
