//! The vault: one key per workspace, with which its secrets are encrypted. The key itself is never
//! stored: each person has a copy of it, wrapped by a key that is derived from their password. A
//! stolen file or dump gives no secret away, and changing a password re-wraps one copy only.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::password::COST;
use crate::error::{Error, Result};
use crate::values::UserId;

/// Bytes of a nonce of XChaCha20-Poly1305: long enough to be drawn at random.
const NONCE: usize = 24;

/// The key of a workspace. It is wiped from memory when it is dropped.
pub struct WorkspaceKey {
    id: Uuid,
    bytes: Zeroizing<[u8; 32]>,
}

/// One person's copy of the key, as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Wrap {
    /// Which key it is a copy of.
    pub key_id: Uuid,
    /// How much work deriving the wrapping key takes: `m=19456,t=2,p=1`.
    pub parameters: String,
    /// The salt of the derivation.
    pub salt: [u8; 16],
    /// The wrapped key.
    pub sealed: Vec<u8>,
}

/// An encrypted secret, as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret {
    /// Which key it was encrypted with.
    pub key_id: Uuid,
    /// The nonce and what it encrypts to.
    pub sealed: Vec<u8>,
}

impl fmt::Debug for WorkspaceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkspaceKey").finish_non_exhaustive()
    }
}

impl fmt::Debug for Wrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wrap").finish_non_exhaustive()
    }
}

impl fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedSecret").finish_non_exhaustive()
    }
}

impl WorkspaceKey {
    /// A new key, drawn at random.
    pub fn generate() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::fill(bytes.as_mut_slice());
        let id = crate::values::new_id();
        Self { id, bytes }
    }

    /// Which key it is; the id is no secret.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// A copy for a person, wrapped by their password. Takes tens of milliseconds on purpose; run
    /// it on a blocking thread.
    pub fn wrap(&self, user: UserId, password: &str) -> Result<Wrap> {
        let mut salt = [0; 16];
        rand::fill(&mut salt);
        let parameters = current_parameters();
        let wrapping = derive(password, &salt, &parameters).ok_or_else(broken)?;
        let sealed = encrypt(
            &wrapping,
            &wrap_context(user, self.id),
            self.bytes.as_slice(),
        );
        Ok(Wrap {
            key_id: self.id,
            parameters,
            salt,
            sealed: sealed.ok_or_else(broken)?,
        })
    }

    /// Encrypts a secret. It can be decrypted under the same name only.
    pub fn seal(&self, name: &str, secret: &str) -> Result<SealedSecret> {
        let sealed = encrypt(&self.bytes, &secret_context(name), secret.as_bytes());
        Ok(SealedSecret {
            key_id: self.id,
            sealed: sealed.ok_or_else(broken)?,
        })
    }

    /// Decrypts a secret; nothing when it was encrypted with another key, has another name or was
    /// changed.
    pub fn open(&self, name: &str, secret: &SealedSecret) -> Option<Zeroizing<String>> {
        let bytes = decrypt(&self.bytes, &secret_context(name), &secret.sealed)?;
        let text = std::str::from_utf8(&bytes).ok()?;
        Some(Zeroizing::new(text.to_owned()))
    }
}

impl Wrap {
    /// The key, when `password` is the one it was wrapped with. Takes tens of milliseconds on
    /// purpose; run it on a blocking thread.
    pub fn unwrap(&self, user: UserId, password: &str) -> Option<WorkspaceKey> {
        let wrapping = derive(password, &self.salt, &self.parameters)?;
        let key = decrypt(&wrapping, &wrap_context(user, self.key_id), &self.sealed)?;
        let mut bytes = Zeroizing::new([0; 32]);
        (key.len() == bytes.len()).then(|| bytes.copy_from_slice(&key))?;
        let id = self.key_id;
        Some(WorkspaceKey { id, bytes })
    }

    /// Whether it was made with less work than wraps are made with now.
    pub fn is_cheap(&self) -> bool {
        self.parameters != current_parameters()
    }
}

fn broken() -> Error {
    Error::internal("The secrets of the workspace cannot be encrypted.")
}

fn current_parameters() -> String {
    let (memory, passes, lanes) = COST;
    format!("m={memory},t={passes},p={lanes}")
}

fn parse_parameters(text: &str) -> Option<Params> {
    let mut parts = text.split(',');
    let mut part = |name: &str| -> Option<u32> {
        let value = parts.next()?.strip_prefix(name)?;
        value.strip_prefix('=')?.parse().ok()
    };
    let (memory, passes, lanes) = (part("m")?, part("t")?, part("p")?);
    // What stands in a database must not be able to take all of a machine.
    let is_sane = memory <= 1 << 20 && passes <= 64 && lanes <= 16;
    is_sane
        .then(|| Params::new(memory, passes, lanes, None).ok())
        .flatten()
}

/// The key that a password wraps with.
fn derive(password: &str, salt: &[u8], parameters: &str) -> Option<Zeroizing<[u8; 32]>> {
    let params = parse_parameters(parameters)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut_slice())
        .ok()?;
    Some(key)
}

fn wrap_context(user: UserId, key_id: Uuid) -> Vec<u8> {
    let mut context = b"backstock workspace key".to_vec();
    context.extend_from_slice(user.uuid().as_bytes());
    context.extend_from_slice(key_id.as_bytes());
    context
}

fn secret_context(name: &str) -> Vec<u8> {
    let mut context = b"backstock secret".to_vec();
    context.extend_from_slice(name.as_bytes());
    context
}

fn encrypt(key: &[u8; 32], context: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let mut nonce = [0; NONCE];
    rand::fill(&mut nonce);
    let payload = Payload {
        msg: plain,
        aad: context,
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let encrypted = cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
    Some([nonce.as_slice(), &encrypted].concat())
}

fn decrypt(key: &[u8; 32], context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, encrypted) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: encrypted,
        aad: context,
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let plain = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
    Some(Zeroizing::new(plain))
}

#[cfg(test)]
mod tests {
    use super::{WorkspaceKey, Wrap, parse_parameters};
    use crate::values::UserId;

    #[test]
    fn a_wrap_opens_with_its_password_for_its_person_only() {
        let (key, ada, bob) = (WorkspaceKey::generate(), UserId::new(), UserId::new());
        let wrap = key.wrap(ada, "plum jam on toast").unwrap();
        let opened = wrap.unwrap(ada, "plum jam on toast").unwrap();
        assert_eq!((opened.id, &opened.bytes), (key.id, &key.bytes));
        assert!(wrap.unwrap(ada, "plum jam on toas").is_none());
        assert!(wrap.unwrap(bob, "plum jam on toast").is_none());
        let mut changed = wrap.clone();
        changed.sealed[30] ^= 1;
        assert!(changed.unwrap(ada, "plum jam on toast").is_none());
        let again = key.wrap(ada, "plum jam on toast").unwrap();
        assert!(again.salt != wrap.salt && again.sealed != wrap.sealed);
        assert!(!wrap.is_cheap());
        let old = Wrap {
            parameters: "m=8,t=1,p=1".into(),
            ..wrap
        };
        assert!(old.is_cheap());
    }

    #[test]
    fn a_secret_opens_with_its_key_under_its_name_only() {
        let (key, other) = (WorkspaceKey::generate(), WorkspaceKey::generate());
        let sealed = key.seal("shopify", "shpat_0123").unwrap();
        assert_eq!(key.open("shopify", &sealed).unwrap().as_str(), "shpat_0123");
        assert!(key.open("maropost", &sealed).is_none());
        assert!(other.open("shopify", &sealed).is_none());
        let mut short = sealed.clone();
        short.sealed.truncate(10);
        assert!(key.open("shopify", &short).is_none());
        assert!(sealed.sealed != key.seal("shopify", "shpat_0123").unwrap().sealed);
    }

    #[test]
    fn nothing_is_shown_by_debug() {
        let key = WorkspaceKey::generate();
        let sealed = key.seal("shopify", "shpat_0123").unwrap();
        let wrap = key.wrap(UserId::new(), "plum jam on toast").unwrap();
        let shown = format!("{key:?} {sealed:?} {wrap:?}");
        assert_eq!(shown, "WorkspaceKey { .. } SealedSecret { .. } Wrap { .. }");
    }

    #[test]
    fn parameters_from_a_database_are_bounded() {
        assert!(parse_parameters("m=19456,t=2,p=1").is_some());
        for wrong in [
            "",
            "m=19456",
            "m=99999999,t=2,p=1",
            "m=8,t=1000,p=1",
            "t=2,m=8,p=1",
            "m=x,t=2,p=1",
        ] {
            assert!(parse_parameters(wrong).is_none(), "{wrong}");
        }
    }
}
