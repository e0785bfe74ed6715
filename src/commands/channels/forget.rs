//! Forgetting a removed channel for good: its fields, its links, its log and its secret go with it. The shop is left
//! as it is.

use super::account::secret_name;
use crate::commands::call::Call;
use crate::commands::records::{self, Moved, SelectRecords};
use domain::channel::channel_field::{CHANNEL_FIELD, CHANNEL_NAME};
use domain::channel::shop::CHANNEL;
use domain::error::Result;
use domain::values::RecordId;
use store::{RecordQuery, Store};

/// Fields that are deleted at a time.
const PAGE: i64 = 500;

/// Deletes removed channels for good.
pub(in crate::commands) async fn forget(call: &Call, request: SelectRecords) -> Result<Moved> {
    let store = call.store()?;
    let ids = request.ids.clone();
    let removed = store.get_many(CHANNEL, &ids).await?.into_iter();
    for channel in removed.filter(|channel| channel.trashed) {
        purge_fields(call, &store, channel.id).await?;
    }
    let moved = super::purge(call, request).await?;
    let left = store.get_many(CHANNEL, &ids).await?;
    for id in ids {
        if !left.iter().any(|channel| channel.id == id) {
            store.forget_channel(id).await?;
            store.delete_secret(&secret_name(id)).await?;
        }
    }
    Ok(moved)
}

/// Deletes what says which field goes where, those in the trash too.
async fn purge_fields(call: &Call, store: &Store, channel: RecordId) -> Result<()> {
    for trashed in [false, true] {
        let query = RecordQuery {
            of: Some((CHANNEL_NAME, channel)),
            trashed,
            ..RecordQuery::default()
        };
        loop {
            let (fields, _) = store.list_records(CHANNEL_FIELD, &query, 0, PAGE).await?;
            if fields.is_empty() {
                break;
            }
            let ids: Vec<RecordId> = fields.iter().map(|field| field.id).collect();
            let moved = match trashed {
                false => records::trash(call, CHANNEL_FIELD, SelectRecords { ids }).await?,
                true => records::purge(call, CHANNEL_FIELD, SelectRecords { ids }).await?,
            };
            if moved.moved == 0 {
                break;
            }
        }
    }
    Ok(())
}
