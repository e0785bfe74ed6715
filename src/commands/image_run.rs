//! Fetching pictures for as long as a workspace is open.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::app::App;
use super::events::Event;
use super::image_fetch::FetchImages;
use super::location::{Location, WorkspaceInfo};
use super::opened_images::{OpenedImages, Running};
use super::registry::Known;
use crate::jobs::ImageBytes;
use store::Store;

impl App {
    /// The pictures of a workspace that opens; what its records name is fetched meanwhile, where the host
    /// wants that.
    pub(super) fn open_images(&self, known: &Known, store: &Store) -> OpenedImages {
        let file = match &known.location {
            Location::Local { path } => Some(path.as_path()),
            Location::Shared { .. } => None,
        };
        let bytes = ImageBytes::new(store.clone(), file, self.images_of(&known.info()));
        let fetch = self.parts().images.clone();
        let is_fetched = matches!(fetch, FetchImages::Always(_));
        let opened = OpenedImages::new(bytes, fetch, Arc::clone(&self.parts().clock));
        if !is_fetched {
            return opened;
        }
        let running = self.fetch_meanwhile(opened.clone());
        opened.fetched_by(running)
    }

    fn fetch_meanwhile(&self, opened: OpenedImages) -> Running {
        let app = self.clone();
        let made = Arc::new(OnceLock::new());
        let known = Arc::clone(&made);
        let task = tokio::spawn(async move {
            let Ok(fetching) = opened.fetching().await else {
                return;
            };
            known.set(fetching.clone()).ok();
            let tell = || app.emit(Event::ImagesChanged);
            fetching.run(&opened.changed(), &tell).await;
        });
        Running {
            fetching: made,
            task: task.abort_handle(),
        }
    }

    /// Where this computer keeps what it showed of a shared workspace.
    fn images_of(&self, workspace: &WorkspaceInfo) -> PathBuf {
        let images = self.parts().data_dir.join("images");
        images.join(workspace.id.to_string())
    }
}
