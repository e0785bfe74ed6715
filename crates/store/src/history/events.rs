//! What happens to people, roles and settings, and who signs in: written into the same journal as
//! the changes of products, each as a batch of its own.

use uuid::Uuid;

use super::batches::{NewBatch, insert_done};
use super::chain;
use super::digest::Hash;
use super::journal;
use crate::Store;
use crate::changes;
use crate::db::{Tx, on_tx};
use crate::retry::retrying;
use crate::word::word;
use domain::error::Result;
use domain::plan::{BatchCounts, Change, HistoryOperation, Origin};
use domain::record::{Kind, Value};
use domain::values::RecordId;
use domain::values::{BatchId, Timestamp, UserId};

/// Something that happened to a person, a role or the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Where it comes from: people, settings or signing in.
    pub origin: Origin,
    /// Who did it, with their name now; none when no user was signed in.
    pub author: Option<(UserId, String)>,
    /// What people call the record: a name, an e-mail address.
    pub label: String,
    /// What kind of record it is about.
    pub kind: Kind,
    /// Which record.
    pub id: RecordId,
    /// What happened.
    pub operation: HistoryOperation,
    /// What changed; never a password or its hash.
    pub changes: Vec<Change>,
    /// A hash of what a person's account or a role is after it, to be compared with its row.
    pub seal: Option<Hash>,
}

/// A change from `old` to `new`; nothing when they are the same.
pub(crate) fn between(kind: Kind, key: &str, old: Value, new: Value) -> Option<Change> {
    let field = kind.field(key)?;
    (old != new).then_some(Change { field, old, new })
}

impl Store {
    /// Records what happened when nothing else is written with it.
    pub async fn record(&self, event: &Event) -> Result<()> {
        let now = self.now();
        retrying!({
            let mut tx = self.db.begin().await?;
            record_event(&mut tx, now, event).await?;
            tx.commit().await
        })
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
    let entry = journal::NewEntry {
        kind: event.kind,
        id: event.id,
        operation: event.operation,
        version: 0,
        changes: event.changes.clone(),
        seal: event.seal.map(|seal| seal.to_string()),
    };
    journal::write_one(tx, at, &entry).await?;
    chain::seal(tx, batch).await
}

/// Who changed a person, a role or the settings last, for a message to `asking`; nothing when the
/// history does not say.
pub(crate) async fn last_author(
    tx: &mut Tx,
    (kind, id): (Kind, Uuid),
    origin: Origin,
    asking: UserId,
) -> sqlx::Result<Option<String>> {
    let found: Option<(Option<Uuid>, String)> = on_tx!(tx, conn => {
        sqlx::query_as(
            "select b.user_id, b.user_name from journal j join batches b on b.id = j.batch_id \
             where j.entity_id = ? and j.entity = ? and b.origin = ? \
             order by j.id desc limit 1",
        )
        .bind(id)
        .bind(kind.key())
        .bind(word(origin))
        .fetch_optional(conn)
        .await
    })?;
    let (author, name) = found.unwrap_or_default();
    if author == Some(asking.uuid()) {
        return Ok(Some("You, at another desktop,".to_owned()));
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}
