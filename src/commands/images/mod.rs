//! The pictures that records name: adding them, how they stand, fetching, cleaning, saving one to a file.

mod failed;
mod give;
mod show;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::events::Event;
use super::file_token::FileToken;
use super::files;
use crate::jobs::{ImageSize, JobKind, JobSubject, clean_images, write_file};
use domain::error::{Error, Result};
use domain::values::Timestamp;

pub use failed::{FailedBefore, FailedImage, FailedImages, ImageUser, ListFailedImages};
pub use give::{
    GiveImages, PastedImage, Pixels, RefusedImage, StoredImage, StoredImages, store_pixels,
};
pub use show::{ImageBody, ShowImage, ShownImage, show_image};

pub(super) use failed::list as failed;
pub(super) use give::store;
pub(super) use show::show;

/// The most addresses that are asked for at once.
const MOST_ADDRESSES: usize = 500;

/// `images.states`: how up to 500 addresses stand. One that no record named yet is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetImageStates {
    /// The addresses.
    pub addresses: Vec<String>,
}

/// What became of the address of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImageState {
    /// It is to be fetched.
    Waiting,
    /// It could not be fetched, and is tried again.
    Retrying,
    /// It is here.
    Stored,
    /// It could not be fetched.
    Failed,
}

impl From<store::ImageState> for ImageState {
    fn from(state: store::ImageState) -> Self {
        match state {
            store::ImageState::Waiting => Self::Waiting,
            store::ImageState::Retrying => Self::Retrying,
            store::ImageState::Stored => Self::Stored,
            store::ImageState::Failed => Self::Failed,
        }
    }
}

/// The address of a picture, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImageInfo {
    /// The address.
    pub address: String,
    /// How it stands.
    pub state: ImageState,
    /// Why it could not be fetched; a sentence, or empty.
    pub reason: String,
    /// How wide it is, in pixels; 0 while it is not here.
    pub width: i64,
    /// How high it is, in pixels; 0 while it is not here.
    pub height: i64,
    /// How many bytes it has; 0 while it is not here.
    pub bytes: i64,
    /// The ending of such files; empty while it is not here.
    pub format: String,
}

/// `images.retry`: lets pictures be tried again that could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetryImages {
    /// Which one; all of them when nothing is said.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub address: Option<String>,
}

/// How many pictures are tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RetriedImages {
    /// How many.
    pub retried: i64,
}

/// `images.fetch`: fetches whatever waits, and answers when that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FetchImagesNow {}

/// What came of fetching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FetchedImages {
    /// How many pictures came.
    pub stored: i64,
    /// How many did not.
    pub failed: i64,
}

/// `images.clean`: removes the pictures that nothing needs any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CleanImages {}

/// What was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CleanedImages {
    /// How many pictures.
    pub removed: i64,
    /// How many bytes they had.
    pub bytes: i64,
}

/// `images.save`: writes a picture to a file, as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveImage {
    /// Its address.
    pub address: String,
    /// The file.
    pub file: FileToken,
}

fn refuse_many(addresses: &[String]) -> Result<()> {
    if addresses.len() <= MOST_ADDRESSES {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{} pictures are asked for at once; {MOST_ADDRESSES} are the most.",
        addresses.len()
    )))
}

/// How addresses stand.
pub(super) async fn states(call: &Call, request: GetImageStates) -> Result<Vec<ImageInfo>> {
    refuse_many(&request.addresses)?;
    let found = call.store()?.image_addresses(&request.addresses).await?;
    let infos = found.into_iter().map(|found| {
        let content = found.content.as_ref();
        ImageInfo {
            state: found.state.into(),
            width: content.map_or(0, |content| content.width),
            height: content.map_or(0, |content| content.height),
            bytes: content.map_or(0, |content| content.bytes),
            format: content.map_or_else(String::new, |content| content.format.clone()),
            address: found.address,
            reason: found.reason,
        }
    });
    Ok(infos.collect())
}

/// Lets pictures be tried again.
pub(super) async fn retry(call: &Call, request: RetryImages) -> Result<RetriedImages> {
    let retried = call
        .store()?
        .retry_images(request.address.as_deref())
        .await?;
    call.opened()?.images.changed().notify_one();
    call.emit(Event::ImagesChanged);
    Ok(RetriedImages {
        retried: i64::try_from(retried).unwrap_or(i64::MAX),
    })
}

/// Fetches whatever waits.
pub(super) async fn fetch(call: &Call, _: FetchImagesNow) -> Result<FetchedImages> {
    let fetching = call.opened()?.images.fetching().await?;
    let subject = subject(JobKind::FetchImages, "Pictures");
    let fetched = call.jobs().run(subject, |progress| async move {
        let fetched = fetching.run_once(&progress).await;
        fetching.give_back().await.ok();
        fetched
    });
    let fetched = fetched.await?;
    call.emit(Event::ImagesChanged);
    Ok(FetchedImages {
        stored: fetched.stored,
        failed: fetched.failed,
    })
}

/// Removes the pictures that nothing needs.
pub(super) async fn clean(call: &Call, _: CleanImages) -> Result<CleanedImages> {
    let bytes = call.opened()?.images.bytes().clone();
    let subject = subject(JobKind::CleanImages, "Pictures");
    let cleaned = call
        .jobs()
        .run(subject, |progress| async move {
            clean_images(&progress, &bytes).await
        })
        .await?;
    call.emit(Event::ImagesChanged);
    Ok(CleanedImages {
        removed: cleaned.removed,
        bytes: cleaned.bytes,
    })
}

/// Writes a picture to a file.
pub(super) async fn save(call: &Call, request: SaveImage) -> Result<()> {
    let path = files::to_write(call, &request.file).await?;
    let shown = show::bytes(call, &request.address, ImageSize::Original).await?;
    let missing = || {
        Error::not_found("The picture is not here.")
            .hint("It may not have come yet: look at the list of pictures that failed.")
    };
    let shown = shown.ok_or_else(missing)?;
    super::blocking::blocking(move || write_file(&path, &shown.bytes)).await
}

fn subject(kind: JobKind, label: &str) -> JobSubject {
    JobSubject {
        kind,
        label: label.to_owned(),
        plan: None,
    }
}

/// When something is tried next, where it is.
fn next_try(state: store::ImageState, at: Timestamp) -> Option<Timestamp> {
    (state == store::ImageState::Retrying).then_some(at)
}
