//! The end of a workspace's history as this machine saw it last. It is kept outside of the
//! database, so that cutting the end off, or writing the whole chain anew, does not go unseen.

use std::time::Duration;

use super::app::App;
use super::current::Opened;
use super::location::WorkspaceInfo;
use domain::error::Result;
use store::{ChainHead, Store};

/// How long a database may take to say where its history ends.
const PATIENCE: Duration = Duration::from_secs(2);

impl App {
    /// What this machine saw of the workspace's history.
    pub(super) fn remembered_head(&self, opened: &Opened) -> Result<Option<ChainHead>> {
        let registry = &self.parts().registry;
        let known = registry.get(opened.info.id)?;
        let head = registry.head(&known.location)?;
        head.map(|head| head.parse()).transpose()
    }

    /// Remembers the end of the history.
    pub(super) async fn remember_head(&self, opened: &Opened) {
        self.remember_head_of(&opened.info, &opened.store).await;
    }

    /// The same. What cannot be read or written now is remembered another time: this holds
    /// up no other work.
    pub(super) async fn remember_head_of(&self, workspace: &WorkspaceInfo, store: &Store) {
        let remembering = self.try_to_remember(workspace, store);
        tokio::time::timeout(PATIENCE, remembering).await.ok();
    }

    async fn try_to_remember(&self, workspace: &WorkspaceInfo, store: &Store) -> Result<()> {
        let registry = &self.parts().registry;
        let location = registry.get(workspace.id)?.location;
        let seen = registry.head(&location)?;
        let now = store.chain_head().await?;
        if let Some(seen) = &seen {
            // A chain that does not go on from what was seen is evidence, and stays remembered.
            let goes_on = store.chain_has(seen.parse()?).await?;
            if !goes_on || *seen == now.to_string() {
                return Ok(());
            }
        }
        registry.remember_head(&location, &now.to_string())
    }
}
