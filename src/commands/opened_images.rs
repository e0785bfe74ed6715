//! The pictures of the workspace that is open.

use std::sync::{Arc, OnceLock};

use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::image_fetch::FetchImages;
use crate::jobs::{ImageBytes, ImageFetching};
use domain::error::{Error, Result};
use domain::values::Clock;

/// The pictures of a workspace that is open.
#[derive(Clone)]
pub(super) struct OpenedImages {
    bytes: ImageBytes,
    fetch: FetchImages,
    clock: Arc<dyn Clock>,
    changed: Arc<Notify>,
    running: Option<Running>,
}

/// What fetches meanwhile, and how it is stopped.
#[derive(Clone)]
pub(super) struct Running {
    /// Known from the moment when it begins.
    pub(super) fetching: Arc<OnceLock<ImageFetching>>,
    /// What it runs in.
    pub(super) task: AbortHandle,
}

impl OpenedImages {
    /// Those of a workspace; nothing is fetched meanwhile yet.
    pub(super) fn new(bytes: ImageBytes, fetch: FetchImages, clock: Arc<dyn Clock>) -> Self {
        Self {
            bytes,
            fetch,
            clock,
            changed: Arc::default(),
            running: None,
        }
    }

    /// The same, with what fetches meanwhile.
    pub(super) fn fetched_by(self, running: Running) -> Self {
        Self {
            running: Some(running),
            ..self
        }
    }

    /// Where the bytes lie.
    pub(super) fn bytes(&self) -> &ImageBytes {
        &self.bytes
    }

    /// Says that records changed, so that there may be something to fetch.
    pub(super) fn changed(&self) -> Arc<Notify> {
        Arc::clone(&self.changed)
    }

    /// Whether pictures are fetched meanwhile.
    pub(super) fn are_fetched_meanwhile(&self) -> bool {
        self.running.is_some()
    }

    /// What fetches when a command says so.
    pub(super) async fn fetching(&self) -> Result<ImageFetching> {
        let none = || Error::invalid("This program fetches no pictures.");
        let make = Arc::clone(self.fetch.maker().ok_or_else(none)?);
        let made = tokio::task::spawn_blocking(move || make()).await;
        let fetcher = made.map_err(|_| Error::internal("Nothing can be fetched."))??;
        let (bytes, clock) = (self.bytes.clone(), Arc::clone(&self.clock));
        Ok(ImageFetching::new(bytes, fetcher, clock))
    }

    /// Ends what fetches meanwhile; others may take what it had begun.
    pub(super) async fn stop(&self) {
        if let Some(running) = &self.running {
            running.task.abort();
            if let Some(fetching) = running.fetching.get() {
                // Where that fails, it is free again after some minutes.
                fetching.give_back().await.ok();
            }
        }
    }
}
