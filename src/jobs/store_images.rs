//! Pictures that a person drops, pastes or chooses: stored before a record names them.

use std::path::{Path, PathBuf};

use futures_util::stream;
use futures_util::{StreamExt, TryStreamExt};
use images::MAX_BYTES;

use super::image_bytes::ImageBytes;
use super::registry::Progress;
use domain::error::Result;
use store::ImageContent;

/// How many are worked on at a time: while one is decoded, the next is read.
const AT_ONCE: usize = 3;

/// A picture that is given to the workspace.
#[derive(Debug)]
pub enum GivenImage {
    /// A file.
    File(PathBuf),
    /// Its name for people, and its content.
    Content(String, Vec<u8>),
}

/// What became of a picture that was given.
#[derive(Debug)]
pub struct StoredImage {
    /// What the file is called.
    pub name: String,
    /// Its content, or why it was refused: a sentence.
    pub outcome: std::result::Result<ImageContent, String>,
}

/// Stores pictures; in their order it is told what became of each. What is no picture keeps no other
/// from being stored.
pub async fn store_images(
    progress: &Progress,
    bytes: &ImageBytes,
    given: Vec<GivenImage>,
) -> Result<Vec<StoredImage>> {
    progress.step("Adding pictures", i64::try_from(given.len()).unwrap_or(0));
    let storing = stream::iter(given.into_iter().map(|one| store_one(progress, bytes, one)));
    let mut stored = Vec::new();
    let mut storing = std::pin::pin!(storing.buffered(AT_ONCE));
    while let Some(one) = storing.try_next().await? {
        stored.push(one);
        progress.done(i64::try_from(stored.len()).unwrap_or(0));
    }
    Ok(stored)
}

async fn store_one(
    progress: &Progress,
    bytes: &ImageBytes,
    given: GivenImage,
) -> Result<StoredImage> {
    progress.check()?;
    let (name, content) = match given {
        GivenImage::Content(name, content) => (name, Ok(content)),
        GivenImage::File(path) => (name_of(&path), read(path).await),
    };
    let outcome = match content {
        Ok(content) => bytes
            .keep(content, None)
            .await?
            .map_err(|refused| refused.0),
        Err(reason) => Err(reason),
    };
    Ok(StoredImage { name, outcome })
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The content of a file, looked at by its size before it is read. The error is a sentence.
async fn read(path: PathBuf) -> std::result::Result<Vec<u8>, String> {
    let reading = tokio::task::spawn_blocking(move || {
        let about = std::fs::metadata(&path)?;
        if !about.is_file() {
            return Err(std::io::Error::other("It is no file."));
        }
        if about.len() > MAX_BYTES as u64 {
            // The one byte more says that it is too large; the rest is not read.
            return Ok(vec![0; MAX_BYTES + 1]);
        }
        std::fs::read(path)
    });
    match reading.await {
        Ok(Ok(content)) => Ok(content),
        Ok(Err(cause)) => Err(format!("The file cannot be read: {cause}")),
        Err(_) => Err("The file cannot be read.".to_owned()),
    }
}
