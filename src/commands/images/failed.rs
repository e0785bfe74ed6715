//! Pictures that did not come: why, and which records name them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImageState, next_try};
use crate::commands::call::Call;
use domain::error::Result;
use domain::record::{Kind, Record};
use domain::values::{RecordId, Timestamp};
use store::{ImageFollower, MOST_USES};

/// The most rows of a page.
const MOST_ROWS: i64 = 200;

/// How many records of an address are named.
const MOST_USERS: usize = 5;

/// `images.failed`: the pictures that could not be fetched, those first that are given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListFailedImages {
    /// How many to leave out; unless `after` says so.
    #[serde(default)]
    #[ts(optional, as = "Option<i64>")]
    pub offset: i64,
    /// The last one of the page before, behind which this page begins.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<FailedBefore>,
    /// How many to answer; at most 200.
    pub limit: i64,
}

/// Where a page begins: behind this picture, as it stood then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FailedBefore {
    /// Its address.
    pub address: String,
    /// How it stood.
    pub state: ImageState,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FailedImages {
    /// The pictures.
    pub rows: Vec<FailedImage>,
    /// How many there are.
    pub total: i64,
    /// How many are still to be fetched for the first time.
    pub waiting: i64,
}

/// A picture that could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FailedImage {
    /// Its address.
    pub address: String,
    /// Why: a sentence.
    pub reason: String,
    /// Whether it is tried again by itself.
    pub state: ImageState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried again by itself.
    pub next_try: Option<Timestamp>,
    /// Records that name it; at most five.
    pub users: Vec<ImageUser>,
    /// How many records name it, of those that the user may see.
    pub user_count: i64,
    /// Whether there may be more: 20 are looked at.
    pub more_users: bool,
}

/// A record that names a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImageUser {
    /// Its kind.
    pub kind: Kind,
    /// The record.
    pub id: RecordId,
    /// What identifies it for people.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Whether it lies in the trash.
    pub trashed: bool,
}

/// The pictures that did not come.
pub(in crate::commands) async fn list(
    call: &Call,
    request: ListFailedImages,
) -> Result<FailedImages> {
    let store = call.store()?;
    if !call.opened()?.images.are_fetched_meanwhile() {
        let mut follower = ImageFollower::new(store.clone());
        while follower.step().await? {}
    }
    let (limit, offset) = (request.limit.clamp(1, MOST_ROWS), request.offset.max(0));
    let (failed, total) = match &request.after {
        Some(before) => {
            let state = match before.state {
                ImageState::Retrying => store::ImageState::Retrying,
                _ => store::ImageState::Failed,
            };
            let behind = (state, before.address.as_str());
            store.failed_images_after(behind, limit).await?
        }
        None => store.failed_images(offset, limit).await?,
    };
    let addresses: Vec<String> = failed.iter().map(|one| one.address.clone()).collect();
    let mut uses = store.image_uses(&addresses).await?;
    uses.retain(|one| call.may(one.kind.def().rights.see));
    let mut looked_at: HashMap<String, i64> = HashMap::new();
    uses.retain(|one| {
        let count = looked_at.entry(one.address.clone()).or_default();
        *count += 1;
        *count <= MOST_USES
    });
    let mut users: HashMap<String, Vec<Record>> = HashMap::new();
    for (address, record) in store.using_images(&uses).await? {
        users.entry(address).or_default().push(record);
    }
    let rows = failed.into_iter().map(|one| {
        let users = users.remove(&one.address).unwrap_or_default();
        FailedImage {
            state: one.state.into(),
            next_try: next_try(one.state, one.next_try),
            more_users: looked_at
                .get(&one.address)
                .is_some_and(|count| *count > MOST_USES),
            user_count: i64::try_from(users.len()).unwrap_or(i64::MAX),
            users: users.iter().take(MOST_USERS).map(user).collect(),
            address: one.address,
            reason: one.reason,
            attempts: one.attempts,
        }
    });
    Ok(FailedImages {
        rows: rows.collect(),
        total,
        waiting: store.waiting_images().await?,
    })
}

fn user(record: &Record) -> ImageUser {
    ImageUser {
        kind: record.kind,
        id: record.id,
        code: record.code().to_owned(),
        title: record.fields.text(record.kind.title()).to_owned(),
        trashed: record.trashed,
    }
}
