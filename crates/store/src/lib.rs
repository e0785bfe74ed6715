//! The store: the only SQL of the product, the same statements on SQLite and on MySQL or MariaDB.
//!
//! Every write of the product goes through [`Store::apply`]: forms, imports and undos alike. It
//! checks versions, writes, journals and numbers in one transaction. Where the two databases
//! differ stands in `dialect.rs`; the schema stands in `migrations/`.
//!
//! `connect/` opens a workspace, `apply/` writes, `lists/` finds, `history/` keeps what was done,
//! `listings/` what shops have, `images/` the pictures that records name, `people/` who may sign in, `plan_file/` what is only planned.
//!
//! What is not here: rules about values (`catalog`), what a change means (`plan`), which permission
//! a command needs (`commands`). Who may change whom is a rule of `people`, and asked here, inside the
//! transaction that changes them.

mod apply;
mod bind;
mod by_id;
mod changes;
mod connect;
mod custom;
mod db;
mod dialect;
mod export;
mod fault;
mod feed;
mod fold;
mod history;
mod images;
pub mod kinds;
mod listings;
mod lists;
mod mappings;
mod people;
mod plan_file;
mod record_row;
mod records;
mod retry;
mod secrets;
mod settings;
mod word;
mod workspace;

use std::fmt;
use std::sync::{Arc, RwLock};

pub use apply::family_names::names_of;
pub use apply::neighbours::{BadReference, Children, Known, Neighbours, Refusal};
pub use apply::{Fill, Together, WriteOutcome};
pub use bind::Bind;
pub use connect::{MySqlAddress, ServerCheck, Tls};
pub use export::{FamilyStream, RecordStream};
pub use history::{
    BatchOrder, BatchToVerify, ChainHead, ChainLink, ChainedBatch, Comparison, DoneEntry,
    EntriesReader, Event, Hash, LastChange, NewBatch, Visible,
};
pub use images::{
    ImageAddress, ImageContent, ImageFollower, ImageState, ImageUse, MAX_PART, MOST_USES, ORIGINAL,
    THUMBNAIL, UnneededImages, WaitingImage, image_fields,
};
pub use listings::{
    Dirt, KeptExchange, Linking, ListedListing, ListingCounts, ListingEntry, PageKept,
    ReadingState, SettledListing, SyncTurn, TurnDone, UnmatchedListing, WhichListings, parent_key,
};
pub use lists::{RecordQuery, RecordSort};
pub use mappings::{KeptMapping, MappingSlot};
pub use people::{CountedGuess, Guessed, NewUser, RoleRecord, UserEdit, UserRecord, UserStatus};
pub use plan_file::{
    ApplyOrder, FileRow, MarkCount, PlanFile, RecordFilter, RecordOrder, Remark, StagedRecord,
    Taken, ToApply,
};
pub use records::{UniqueText, unique_texts};
pub use secrets::Secret;
pub use settings::NewSettings;
pub use workspace::{NewWorkspace, WorkspaceRecord};

use domain::error::Error;
use domain::values::{Clock, Timestamp};

/// An open workspace.
#[derive(Clone)]
pub struct Store {
    db: db::Db,
    /// Where its server is, when it is on one.
    server: Option<Arc<MySqlAddress>>,
    clock: Arc<dyn Clock>,
    cache: Arc<lists::cache::Cache>,
    /// The fields of the workspace's own.
    fields: Arc<RwLock<Arc<custom::Loaded>>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.db {
            db::Db::Sqlite { .. } => "Store(SQLite)",
            db::Db::MySql(_) => "Store(MySQL)",
        })
    }
}

impl Store {
    /// Says who is writing, when that is why a change was not saved.
    pub async fn explain(&self, error: Error) -> Error {
        if error.message != fault::IN_USE {
            return error;
        }
        match self.writing_now().await {
            Ok(Some(who)) => error.hint(format!("{who} Wait for its end, then try again.")),
            _ => error,
        }
    }

    /// The time, by the workspace's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
