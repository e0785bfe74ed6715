//! What is open right now, and who is signed in.

use std::sync::{Arc, Mutex};

use tokio::task::AbortHandle;

use super::location::WorkspaceInfo;
use super::opened_images::OpenedImages;
use domain::error::Error;
use domain::people::WorkspaceKey;
use domain::plan::Verification;
use domain::values::UserId;
use store::Store;

/// Who is signed in, and by which password.
#[derive(Clone)]
pub(super) struct SignedIn {
    /// Who it is.
    pub(super) id: UserId,
    /// The hashes of the password that they proved to know, those included that it is given here.
    /// Another one in the database was made elsewhere.
    pub(super) hashes: Vec<String>,
}

impl SignedIn {
    /// A person who has just proved the password that `hash` was made of.
    pub(super) fn by(id: UserId, hash: String) -> Self {
        let hashes = vec![hash];
        Self { id, hashes }
    }
}

/// The workspace that is open.
#[derive(Clone)]
pub(super) struct Opened {
    /// Which one.
    pub(super) info: WorkspaceInfo,
    /// Its data.
    pub(super) store: Store,
    /// Who is signed in.
    pub(super) user: Option<SignedIn>,
    /// Whether they left, and their password is needed to go on.
    pub(super) locked: bool,
    /// The workspace's key, when the user has a copy of it.
    pub(super) key: Option<Arc<WorkspaceKey>>,
    /// What the last check of the history found.
    pub(super) verification: Arc<Mutex<Option<Verification>>>,
    pub(super) watch: AbortHandle,
    /// What syncs channels by itself, where that is wanted.
    pub(super) schedule: Option<AbortHandle>,
    /// Its pictures.
    pub(super) images: Arc<OpenedImages>,
}

/// How things stand.
pub(super) enum Current {
    /// The app has just started: the last workspace has not been tried yet.
    Unopened,
    /// None: a person chooses.
    Closed,
    /// A shared workspace waits for the password of its database.
    PasswordNeeded(WorkspaceInfo),
    /// A workspace cannot be opened now.
    Broken(WorkspaceInfo, Error),
    /// One is open.
    Open(Opened),
}

impl Opened {
    /// Whether this person is signed in.
    pub(super) fn is_for(&self, id: UserId) -> bool {
        self.user.as_ref().is_some_and(|user| user.id == id)
    }

    pub(super) fn set_user(&mut self, user: Option<SignedIn>) {
        self.user = user;
        self.locked = false;
        self.key = None;
    }
}

impl Current {
    /// The open workspace.
    pub(super) fn opened(&self) -> Option<&Opened> {
        match self {
            Self::Open(opened) => Some(opened),
            _ => None,
        }
    }
}
