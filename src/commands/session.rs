//! Signing in and out, and what a host shows before anything else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::workspaces::WorkspaceInfo;
use crate::catalog::FieldInfo;
use crate::people::{Permission, Role};
use crate::values::UserId;

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Who it is.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// What they may do.
    pub permissions: Vec<Permission>,
}

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
    /// Somebody must sign in.
    SignIn,
    /// Somebody is signed in.
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
    pub problem: Option<crate::error::Error>,
    /// The fields of a product, for forms, columns and mappings; the cost is left out for people
    /// who may not see it.
    pub fields: Vec<FieldInfo>,
    /// Whether the open workspace has no product at all, the trash included.
    pub empty: bool,
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

/// `practice.load`: fills an empty workspace with the practice catalogue, as a batch that can be
/// undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoadPractice {}

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn state(_: &super::call::Call, _: GetState) -> crate::error::Result<AppState> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn create_owner(
    _: &super::call::Call,
    _: CreateOwner,
) -> crate::error::Result<AppState> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn sign_in(_: &super::call::Call, _: SignIn) -> crate::error::Result<AppState> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn sign_out(_: &super::call::Call, _: SignOut) -> crate::error::Result<()> {
    Err(crate::error::Error::internal("not merged yet"))
}
