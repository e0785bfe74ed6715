//! The plan: what a bulk change would do, record by record and field by field, before it is done.
//!
//! An import, a bulk edit, a pull from a channel, the replay of offline edits and an undo all end
//! here. Pure and not async: no database, no file, no clock.

mod batch;
mod change;
mod conflict;
mod history;
mod mark;
mod merge;
mod planned;
mod propose;
mod resolve;
mod sum;
mod summary;
mod sums;
mod title;
mod undo;

pub use batch::{
    Batch, BatchCounts, BatchFilter, BatchSort, BatchStanding, BatchState, JournalEntry,
};
pub use change::{Change, Operation, Origin, Write};
pub use conflict::{FieldConflict, Resolution};
pub use history::{
    HistoryChange, HistoryEntry, HistoryFilter, HistoryOperation, HistoryPage, Verification,
    VerificationProblem,
};
pub use mark::{Mark, size_of_change};
pub use merge::{FieldMerge, Merge, Rebase, merge, merge_field, rebase};
pub use planned::{FieldNote, Outcome, PlannedRecord, Problem};
pub use propose::{Computed, Decision, Existing, ImportOnly, fixed_changes, propose};
pub use resolve::{Dispute, dispute};
pub use sum::{Sum, SumPart, When};
pub use summary::Counts;
pub use title::{Undoing, title};
pub use undo::{Done, Undone, undo};
