//! The passwords of shared databases: for as long as the app runs, and, when a person wants it, in
//! the key store of the operating system. They are never written to a file of ours.

use std::env;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::App;
use super::call::Call;
use super::host::{Host, KeyStore, no_key_store};
use super::lock::lock;
use super::registry::Known;
use domain::error::Result;

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
pub(super) struct DatabasePassword {
    pub(super) password: String,
    /// Whether the key store had it: then it may be out of date.
    pub(super) was_remembered: bool,
}

impl DatabasePassword {
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
    pub(super) async fn password_of(&self, known: &Known) -> Option<DatabasePassword> {
        let in_memory = lock(&self.parts().passwords).get(&known.id).cloned();
        if let Some(password) = in_memory {
            return Some(DatabasePassword::typed(password));
        }
        if known.remembered {
            let account = known.location.text();
            // A key store that cannot be asked now is like one that does not know: a person is asked.
            let kept = self.with_key_store(move |keys| keys.get(&account)).await;
            if let Ok(Some(password)) = kept {
                return Some(DatabasePassword {
                    password,
                    was_remembered: true,
                });
            }
        }
        let password = env::var("BACKSTOCK_MYSQL_PASSWORD").ok()?;
        Some(DatabasePassword::typed(password))
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
