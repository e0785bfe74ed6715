//! The workspace's key in the hands of the user who is signed in: in memory only, from their
//! sign-in to their sign-out.

use std::sync::Arc;

use super::app::App;
use super::call::Call;
use super::current::Opened;
use super::proof::on_blocking_thread;
use domain::error::{Code, Error, Result};
use domain::people::{WorkspaceKey, Wrap};
use domain::values::UserId;
use store::Store;

impl App {
    /// Opens the vault for a person who has just proved their password. A person without a copy of
    /// the key works all the same, without secrets; so does one whose copy cannot be read now.
    pub(super) async fn open_vault(&self, opened: &Opened, user: UserId, password: String) {
        let key = key_of(&opened.store, user, password).await;
        if let Ok(Some(key)) = key {
            self.set_key(&opened.info, user, Arc::new(key));
        }
    }
}

impl Call {
    /// The workspace's key.
    pub fn key(&self) -> Result<Arc<WorkspaceKey>> {
        let key = self
            .app()
            .current()
            .opened()
            .and_then(|opened| opened.key.clone());
        key.ok_or_else(|| {
            Error::new(
                Code::Forbidden,
                "The secrets of the workspace are not available to you.",
            )
            .hint("Ask an owner to reset your password, then sign in again.")
        })
    }

    /// A copy of the key for a person with a new password; nothing when the user has
    /// no key to give.
    pub(super) async fn wrap_for(&self, user: UserId, password: &str) -> Result<Option<Wrap>> {
        let Ok(key) = self.key() else {
            return Ok(None);
        };
        let password = password.to_owned();
        on_blocking_thread(move || key.wrap(user, &password).map(Some)).await?
    }
}

async fn key_of(store: &Store, user: UserId, password: String) -> Result<Option<WorkspaceKey>> {
    let Some(wrap) = store.wrap_of(user).await? else {
        return new_key(store, user, password).await;
    };
    let (key, renewed) = on_blocking_thread(move || {
        let key = wrap.unwrap(user, &password);
        let renewed = key.as_ref().filter(|_| wrap.is_cheap());
        let renewed = renewed.map(|key| key.wrap(user, &password));
        (key, renewed)
    })
    .await?;
    if let Some(Ok(renewed)) = renewed {
        store.put_wrap(user, &renewed).await?;
    }
    Ok(key)
}

/// Makes a key when no person has a copy of one: in a new workspace, or after the last copy was
/// lost. What was encrypted with a lost key has to be entered anew.
async fn new_key(store: &Store, user: UserId, password: String) -> Result<Option<WorkspaceKey>> {
    if store.has_wraps().await? {
        return Ok(None);
    }
    let key = WorkspaceKey::generate();
    let (key, wrap) = on_blocking_thread(move || {
        let wrap = key.wrap(user, &password);
        (key, wrap)
    })
    .await?;
    let is_first = store.put_first_wrap(user, &wrap?).await?;
    Ok(is_first.then_some(key))
}
