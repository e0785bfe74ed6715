//! The passwords of shared databases: for as long as the app runs, and, when a person wants it, in
//! the key store of the operating system. They are never written to a file of ours.

use std::env;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::{App, Host, lock};
use super::call::Call;
use super::registry::Known;
use domain::error::{Code, Error, Result};

/// Where the operating system keeps passwords. Every call may block, and may ask the person.
pub trait KeyStore: Send + Sync {
    /// The password that is kept for this account.
    fn get(&self, account: &str) -> Result<Option<String>>;

    /// Keeps a password.
    fn set(&self, account: &str, password: &str) -> Result<()>;

    /// Forgets a password; one that is not there is forgotten already.
    fn delete(&self, account: &str) -> Result<()>;
}

/// The key store of a host that has none.
pub struct NoKeyStore;

impl NoKeyStore {
    fn refuse<T>() -> Result<T> {
        Err(no_key_store("this program uses none"))
    }
}

impl KeyStore for NoKeyStore {
    fn get(&self, _: &str) -> Result<Option<String>> {
        Self::refuse()
    }

    fn set(&self, _: &str, _: &str) -> Result<()> {
        Self::refuse()
    }

    fn delete(&self, _: &str) -> Result<()> {
        Self::refuse()
    }
}

/// The error of a machine on which no password can be kept; `why` completes the sentence.
pub fn no_key_store(why: &str) -> Error {
    Error::new(
        Code::Internal,
        format!("No password can be remembered on this computer: {why}."),
    )
    .hint("Type the database's password at each start, or set BACKSTOCK_MYSQL_PASSWORD.")
}

/// `workspaces.key_store`: whether this computer can remember the password of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetKeyStore {}

/// The answer to `workspaces.key_store`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyStoreState {
    /// Whether it can.
    pub available: bool,
    /// Why not, and what to do instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Whether this computer can remember passwords: asks for one that is not there.
pub(super) async fn state(call: &Call, _: GetKeyStore) -> Result<KeyStoreState> {
    let asked = call
        .app()
        .with_key_store(|keys| keys.get("is anybody there"))
        .await;
    Ok(KeyStoreState {
        available: asked.is_ok(),
        reason: asked.err().map(|error| error.to_string()),
    })
}

/// A database's password, and where it came from.
pub(super) struct Found {
    pub(super) password: String,
    /// Whether the key store had it: then it may be out of date.
    pub(super) was_remembered: bool,
}

impl Found {
    /// A password that a person typed.
    pub(super) fn typed(password: String) -> Self {
        Self {
            password,
            was_remembered: false,
        }
    }
}

impl App {
    /// The password of a shared workspace's database, when it is known without asking.
    pub(super) async fn password_of(&self, known: &Known) -> Option<Found> {
        let in_memory = lock(&self.parts().passwords).get(&known.id).cloned();
        if let Some(password) = in_memory {
            return Some(Found::typed(password));
        }
        if known.remembered {
            let account = known.location.text();
            // A key store that cannot be asked now is like one that does not know: a person is asked.
            let kept = self.with_key_store(move |keys| keys.get(&account)).await;
            if let Ok(Some(password)) = kept {
                return Some(Found {
                    password,
                    was_remembered: true,
                });
            }
        }
        let password = env::var("BACKSTOCK_MYSQL_PASSWORD").ok()?;
        Some(Found::typed(password))
    }

    /// Remembers the password by which a workspace was opened, or forgets it; `None` leaves things
    /// as they are. Says why it cannot be remembered.
    pub(super) async fn remember_password(
        &self,
        known: &Known,
        remember: Option<bool>,
    ) -> Result<Option<String>> {
        let account = known.location.text();
        let password = lock(&self.parts().passwords).get(&known.id).cloned();
        match (remember, password) {
            (Some(true), Some(password)) => {
                let kept = self
                    .with_key_store(move |keys| keys.set(&account, &password))
                    .await;
                self.parts().registry.remembered(known.id, kept.is_ok())?;
                Ok(kept.err().map(|error| error.to_string()))
            }
            (Some(false), _) if known.remembered => {
                self.forget_password(known).await?;
                self.parts().registry.remembered(known.id, false)?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// Takes the password out of the key store.
    pub(super) async fn forget_password(&self, known: &Known) -> Result<()> {
        lock(&self.parts().passwords).remove(&known.id);
        if !known.remembered {
            return Ok(());
        }
        let account = known.location.text();
        self.with_key_store(move |keys| keys.delete(&account)).await
    }

    async fn with_key_store<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn KeyStore) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let host: Arc<dyn Host> = Arc::clone(&self.parts().host);
        let asked = tokio::task::spawn_blocking(move || ask(host.key_store())).await;
        asked.unwrap_or_else(|_| Err(no_key_store("the key store failed")))
    }
}
