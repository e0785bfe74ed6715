//! Long runs with progress and cancel: plan an import, plan an undo, apply a plan, export.

mod apply_plan;
mod apply_records;
mod draft_look;
mod draft_notes;
mod draft_questions;
mod draft_rights;
mod export;
mod export_history;
mod field_offers;
mod file_index;
mod file_state;
mod hold_back;
mod import_draft;
mod look_alikes;
mod mapping;
mod match_hits;
mod match_problems;
mod match_rows;
mod new_file;
mod open_import;
mod open_progress;
mod place_rows;
mod plan;
mod plan_import;
mod plan_move;
mod plan_rows;
mod plan_undo;
mod plan_warning;
mod planned_row;
mod practice;
mod reconcile;
mod registry;
mod rejects;
mod revise;
mod sent_draft;
mod status;
mod tally;
mod verify_history;

pub use apply_plan::{Author, apply_plan};
pub use draft_questions::open_question;
pub use export::{Export, Exported, export};
pub use export_history::{HistoryExport, export_history};
pub use field_offers::{FieldOffer, NewField};
pub use import_draft::{
    Choice, EncodingReading, ImportColumn, ImportDraft, ImportQuestion, ImportSettings,
    ImportTarget, OddImportLine,
};
pub use mapping::{Mapping, Remembered};
pub use match_rows::SentFile;
pub use open_import::{Draft, Rows};
pub use plan::{Plan, PlanMeta, PlanOutline, PlanState, Revisions};
pub use plan_import::{ImportSource, plan_import};
pub use plan_move::{Moving, plan_move};
pub use plan_undo::plan_undo;
pub use plan_warning::PlanWarning;
pub(crate) use plan_warning::grouped;
pub use practice::practice_source;
pub use reconcile::stop_dead_batches;
pub use registry::{JobSubject, Jobs, Progress};
pub use rejects::save_rejects;
pub use revise::{RowChange, plan_again};
pub use sent_draft::{AmountFor, ImportMatching, Sender, SentBy};
pub use status::{JobId, JobKind, JobState, JobStatus};
pub use verify_history::verify_history;
