//! What happens to people, roles and settings, and who signs in: written into the same journal as
//! the changes of products, each as a batch of its own.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::batches::{NewBatch, insert_done};
use super::chain;
use super::digest::Hash;
use super::journal;
use crate::Store;
use crate::changes;
use crate::db::Tx;
use crate::retry::retrying;
use domain::catalog::Value;
use domain::error::Result;
use domain::plan::{BatchCounts, Entity, HistoryOperation, Origin};
use domain::values::{BatchId, Timestamp, UserId};

/// Something that happened to a record that is no product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Where it comes from: people, settings or signing in.
    pub origin: Origin,
    /// Who did it, with their name now; nobody when nobody was signed in.
    pub author: Option<(UserId, String)>,
    /// What people call the record: a name, an e-mail address.
    pub label: String,
    /// What kind of record it is about.
    pub entity: Entity,
    /// Which record.
    pub entity_id: Uuid,
    /// What happened.
    pub operation: HistoryOperation,
    /// What changed; never a password or its hash.
    pub changes: Vec<EventChange>,
    /// A hash of what a person's account or a role is after it, to be compared with its row.
    pub seal: Option<Hash>,
}

/// Among the changes of an entry, the key of the seal.
pub(super) const SEAL: &str = "seal";

/// A changed field of a record that is no product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventChange {
    /// The key of the field.
    pub field: &'static str,
    /// What it was.
    pub old: Value,
    /// What it is now.
    pub new: Value,
}

impl EventChange {
    /// A change from `old` to `new`; nothing when they are the same.
    pub fn between(field: &'static str, old: Value, new: Value) -> Option<Self> {
        (old != new).then_some(Self { field, old, new })
    }
}

impl Store {
    /// Records what happened when nothing else is written with it.
    pub async fn record(&self, event: &Event) -> Result<()> {
        let now = self.now();
        Ok(retrying!({
            let mut tx = self.db.begin().await?;
            record_event(&mut tx, now, event).await?;
            tx.commit().await
        })?)
    }
}

/// Records what happened, in the transaction in which it happens. It ends by locking the end of
/// the history's chain: it comes after everything else, just before the commit.
pub(crate) async fn record_event(tx: &mut Tx, now: Timestamp, event: &Event) -> sqlx::Result<()> {
    let batch = BatchId::new();
    let (user_id, user_name) = event.author.clone().unzip();
    let header = NewBatch {
        origin: event.origin,
        label: event.label.clone(),
        user_id,
        user_name: user_name.unwrap_or_default(),
        undo_of: None,
        counts: BatchCounts::default(),
    };
    insert_done(tx, batch, &header, now).await?;
    let tx_id = changes::record(tx, now, Some(batch)).await?;
    let at = journal::Moment { batch, tx_id, now };
    let entry = journal::Entry {
        entity: event.entity,
        entity_id: event.entity_id,
        operation: event.operation,
        version: 0,
        json: to_json(event)?,
    };
    journal::write_one(tx, at, entry).await?;
    chain::seal(tx, batch).await
}

/// Changes as the journal keeps them: `{"field": [old, new]}`.
fn to_json(event: &Event) -> sqlx::Result<String> {
    let seal = event.seal.map(|seal| Value::text(seal.to_string()));
    let seal = seal.as_ref().map(|seal| (SEAL, (&Value::Empty, seal)));
    let changes = event.changes.iter();
    let pairs: BTreeMap<&str, (&Value, &Value)> = changes
        .map(|change| (change.field, (&change.old, &change.new)))
        .chain(seal)
        .collect();
    serde_json::to_string(&pairs).map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

/// The seal among the changes of an entry.
pub(crate) fn seal_in(changes: &str) -> Option<String> {
    let changes: BTreeMap<String, (Value, Value)> = serde_json::from_str(changes).ok()?;
    let (_, seal) = changes.get(SEAL)?;
    seal.as_text().map(str::to_owned)
}
