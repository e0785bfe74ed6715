//! Work that waits for the disk.

use domain::error::{Error, Result};

/// Runs work that waits for the disk on a thread of its own.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| {
        Error::internal(format!("Reading the file stopped unexpectedly: {panic}."))
    })?
}
