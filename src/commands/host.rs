//! What only a host can do: dialogs, and the key store of the operating system.

use std::path::PathBuf;

use domain::error::{Code, Error, Result};

/// What only a host can do. Every call may block: they run on a thread of their own.
pub trait Host: Send + Sync {
    /// Lets a person choose a file to read; nothing when they closed the dialog.
    fn choose_file(&self, title: &str) -> Option<PathBuf>;

    /// Lets a person choose pictures; none when they closed the dialog.
    fn choose_images(&self, title: &str) -> Vec<PathBuf> {
        self.choose_file(title).into_iter().collect()
    }

    /// Lets a person name a file to write; nothing when they closed the dialog.
    fn choose_save(&self, suggested_name: &str) -> Option<PathBuf>;

    /// Where the operating system keeps passwords.
    fn key_store(&self) -> &dyn KeyStore {
        &NoKeyStore
    }
}

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
