//! The key store of the operating system: Keychain on macOS, the Credential Manager on Windows, the
//! Secret Service (GNOME Keyring, KWallet, KeePassXC) elsewhere.

use backstock::commands::{KeyStore, no_key_store};
use domain::error::Result;
use keyring::{Entry, Error};

/// By this name a person finds our passwords in their key store.
const SERVICE: &str = "Backstock";

/// The key store of this computer.
pub struct SystemKeys;

impl KeyStore for SystemKeys {
    fn get(&self, account: &str) -> Result<Option<String>> {
        match entry(account)?.get_password() {
            Ok(password) => Ok(Some(password)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    fn set(&self, account: &str, password: &str) -> Result<()> {
        let kept = entry(account)?.set_password(password);
        kept.map_err(|error| failed(&error))
    }

    fn delete(&self, account: &str) -> Result<()> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn entry(account: &str) -> Result<Entry> {
    Entry::new(SERVICE, account).map_err(|error| failed(&error))
}

/// What the system says is not repeated: it may hold what was stored.
fn failed(error: &Error) -> domain::error::Error {
    no_key_store(match error {
        Error::NoDefaultStore => "it has no key store, or it is not running",
        Error::NoStorageAccess(_) => "its key store is locked or refuses access",
        Error::TooLong(..) => "the password is too long for its key store",
        Error::Ambiguous(_) => "its key store has several passwords for this database",
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
            "what its key store holds cannot be understood"
        }
        _ => "its key store failed",
    })
}
