//! The store: the only SQL of the product, the same statements on SQLite and on MySQL or MariaDB.
//!
//! Every write of the product goes through [`Store::apply`]: forms, imports and undos alike. It
//! checks versions, writes, journals and numbers in one transaction. Where the two databases
//! differ stands in `dialect.rs`; the schema stands in `migrations/`.
//!
//! What is not here: rules about values (`catalog`), what a change means (`plan`), which permission
//! a command needs (`commands`). Who may change whom is a rule of `people`, and asked here, inside the
//! transaction that changes them.

mod address;
mod apply;
mod batches;
mod cache;
mod chain;
mod changes;
mod check;
mod columns;
mod db;
mod dialect;
mod digest;
mod events;
mod export;
mod facets;
mod fault;
mod feed;
mod fill;
mod filter;
mod find;
mod fold;
mod history;
mod history_search;
mod journal;
mod list;
mod migrate;
mod open;
mod order;
mod people;
mod plan_file;
mod products;
mod retry;
mod sample;
mod sealed;
mod search;
mod search_tables;
mod secrets;
mod settings;
mod survey;
mod verify;
mod workspace;

use std::fmt;
use std::sync::Arc;

pub use address::{MySqlAddress, Tls};
pub use apply::{Together, WriteOutcome};
pub use batches::NewBatch;
pub use check::ServerCheck;
pub use digest::{ChainHead, Hash};
pub use events::{Event, EventChange};
pub use export::ProductStream;
pub use fill::Fill;
pub use history::Visible;
pub use journal::{DoneEntry, LastChange};
pub use people::{NewUser, RoleRecord, UserEdit, UserRecord, UserStatus};
pub use plan_file::{PlanFile, RecordFilter, StagedRecord, Taken, ToApply};
pub use products::OptionsOf;
pub use sealed::{BatchToVerify, ChainLink, ChainedBatch, EntriesReader};
pub use secrets::Secret;
pub use settings::NewSettings;
pub use workspace::{NewWorkspace, WorkspaceRecord};

use crate::values::{Clock, Timestamp};

/// An open workspace.
#[derive(Clone)]
pub struct Store {
    db: db::Db,
    clock: Arc<dyn Clock>,
    cache: Arc<cache::Cache>,
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
    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
