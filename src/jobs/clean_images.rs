//! Removing the pictures that nothing needs any more.

use super::image_bytes::ImageBytes;
use super::registry::Progress;
use domain::error::Result;
use store::{ImageFollower, UnneededImages};

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CleanedImages {
    /// How many pictures.
    pub removed: i64,
    /// How many bytes they had.
    pub bytes: i64,
}

/// Removes the pictures that neither a record, the trash, an undo nor an unsaved form can need.
pub async fn clean_images(progress: &Progress, bytes: &ImageBytes) -> Result<CleanedImages> {
    // What was named a moment ago has to be known first.
    let mut follower = ImageFollower::new(bytes.store().clone());
    while follower.step().await? {
        progress.check()?;
    }
    let mut looking = UnneededImages::new(bytes.store().clone());
    progress.step("Cleaning", looking.total().await?);
    let (mut cleaned, mut done) = (CleanedImages::default(), 0);
    while let Some((looked, unneeded)) = looking.step().await? {
        for (hash, size) in unneeded {
            progress.check()?;
            bytes.forget(hash).await?;
            cleaned.removed += 1;
            cleaned.bytes += size;
        }
        done += i64::try_from(looked).unwrap_or(0);
        progress.done(done);
    }
    while looking.forget_addresses().await?.is_some() {
        progress.check()?;
    }
    Ok(cleaned)
}
