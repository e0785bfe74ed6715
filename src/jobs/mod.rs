//! Long runs with progress and cancel: plan an import, plan an undo, apply a plan, export.

mod apply_plan;
mod apply_records;
mod apply_span;
mod author;
mod clean_images;
mod draft_look;
mod draft_notes;
mod draft_questions;
mod draft_rights;
mod export;
mod export_history;
mod fetch_images;
mod field_offers;
mod file_changed;
mod file_index;
mod file_state;
mod hold_back;
mod image_bytes;
mod import_draft;
mod import_settings;
mod look_alikes;
mod making;
mod mapping;
mod match_hits;
mod match_problems;
mod match_rows;
mod new_file;
mod numbered_item;
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
mod store_images;
mod sync;
mod tally;
mod verify_history;

pub use apply_plan::{apply_and_send, apply_plan};
pub use author::Author;
pub use clean_images::{CleanedImages, clean_images};
pub use draft_questions::open_question;
pub use export::{Export, Exported, export};
pub use export_history::{HistoryExport, export_history};
pub use fetch_images::{FetchedImages, ImageFetching};
pub use field_offers::NewField;
pub use image_bytes::{ImageBytes, ImageSize};
pub use import_draft::{
    Choice, EncodingReading, FieldOffer, ImportColumn, ImportDraft, ImportMatching, ImportQuestion,
    ImportTarget, OddImportLine, Remembered, Sender,
};
pub use import_settings::{AmountFor, ImportSettings};
pub use mapping::Mapping;
pub use match_rows::SentFile;
pub use new_file::write_file;
pub use open_import::{Draft, Rows};
pub use plan::{Plan, PlanMeta, PlanOutline, PlanState, Revisions};
pub use plan_import::{ImportSource, plan_import};
pub use plan_move::{Moving, plan_move};
pub use plan_undo::plan_undo;
pub use plan_warning::PlanWarning;
pub(crate) use plan_warning::grouped;
pub use practice::practice_source;
pub use reconcile::stop_dead_batches;
pub use registry::{JobSubject, Jobs, Progress, in_work};
pub use rejects::save_rejects;
pub use revise::{RowChange, plan_again};
pub use sent_draft::SentBy;
pub use status::{JobId, JobKind, JobState, JobStatus};
pub use store_images::{GivenImage, StoredImage, store_images};
pub use sync::{
    Fetched, MatchCounts, Sending, Shop, SyncWish, Waiting, fetch, keep_exchanges, let_rest,
    match_listings, plan_sync, plan_sync_of, recover_sent, waiting_of, want_new_there,
    while_wanted,
};
pub use verify_history::verify_history;
