//! What is open right now: a workspace, or why none is.

use super::workspaces::WorkspaceInfo;
use crate::error::Error;
use crate::values::UserId;

/// The workspace that is open.
#[derive(Clone)]
pub(super) struct Opened {
    /// Which one.
    pub(super) info: WorkspaceInfo,
    /// Who is signed in.
    pub(super) user: Option<UserId>,
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

impl Current {
    /// The open workspace.
    pub(super) fn opened(&self) -> Option<&Opened> {
        match self {
            Self::Open(opened) => Some(opened),
            _ => None,
        }
    }
}
