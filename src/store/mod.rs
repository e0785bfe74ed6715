//! The only SQL.

mod plan_file;

pub use plan_file::{PlanFile, RecordFilter, StagedRecord};
