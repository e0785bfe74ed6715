//! Signing in and out, locking, and what a host shows before anything else.

mod enter;
mod state;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::identity::Person;
use super::location::WorkspaceInfo;
use domain::record::KindInfo;

pub use enter::check_owner;
pub(super) use enter::{create_owner, lock, sign_in, sign_out, unlock};
pub(super) use state::{describe, state};

/// What the window shows first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No workspace was ever opened here (or none is open): choose or make one.
    ChooseWorkspace,
    /// The shared workspace that was open last needs its database password.
    PasswordNeeded,
    /// The workspace that was open last cannot be opened now; `problem` says why.
    Broken,
    /// The workspace has no person yet: make the owner account.
    CreateOwner,
    /// A user must sign in.
    SignIn,
    /// A user is signed in who must choose a password of their own first; `person` says who.
    ChangePassword,
    /// A user is signed in and left for a while: their password unlocks; `person` says who.
    Locked,
    /// A user is signed in.
    Ready,
}

/// `app.state`: where things stand. Asked at the start and after each `stateChanged` event.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// What to show.
    pub stage: Stage,
    /// The workspace that is (or should be) open.
    pub workspace: Option<WorkspaceInfo>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Why the workspace cannot be opened.
    pub problem: Option<domain::error::Error>,
    /// The kinds of record that the person may see, with the fields that they may see: for lists,
    /// forms, mappings and the history.
    pub kinds: Vec<KindInfo>,
    /// Whether the open workspace has no product at all, the trash included.
    pub empty: bool,
    /// The currency of the workspace's money, as an ISO 4217 code; empty when none was chosen.
    pub currency: String,
    /// After how many minutes without a hand on it the window locks; 0 for never.
    pub idle_lock_minutes: i64,
}

/// `app.state` takes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetState {}

/// `session.create_owner`: the first person of a workspace, who is then signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateOwner {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password: 10 characters or more.
    pub password: String,
    /// The currency of the workspace's money, as an ISO 4217 code; none when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub currency: Option<String>,
}

/// `session.sign_in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The e-mail address, in any case.
    pub email: String,
    /// The password.
    pub password: String,
}

/// `session.sign_out`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignOut {}

/// `session.lock`: keeps everything as it is, and wants the password before going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lock {}

/// `session.unlock`: the person who is signed in goes on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Unlock {
    /// Their password.
    pub password: String,
}
