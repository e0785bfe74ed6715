//! Workspaces: local files and shared databases, opened, made, tested and switched between.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::files::FileToken;
use crate::values::WorkspaceId;

/// Where a workspace's data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkspaceKind {
    /// A file on this machine.
    Local,
    /// A MySQL or MariaDB database.
    Shared,
}

/// How the connection to a shared workspace is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    /// Encrypted, and the server's certificate is checked.
    Verify,
    /// Encrypted, whatever certificate the server shows.
    #[default]
    Required,
    /// Not encrypted: only for a server on this machine or a trusted network.
    Off,
}

/// A workspace that this machine knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceInfo {
    /// Its id in this machine's list.
    pub id: WorkspaceId,
    /// Its name for people.
    pub name: String,
    /// Where its data is.
    pub kind: WorkspaceKind,
    /// The path, or `user@host:port/database`; never a password.
    pub location: String,
}

/// `workspaces.list`: the workspaces that this machine knows, the last opened first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListWorkspaces {}

/// `workspaces.create_local`: makes a workspace in a new file and opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateLocal {
    /// Its name.
    pub name: String,
    /// The file, when it is not to be in the app's own data folder.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub file: Option<FileToken>,
}

/// `workspaces.open`: opens a workspace of the list. Whoever was signed in is signed out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenWorkspace {
    /// Which one.
    pub id: WorkspaceId,
    /// The password of a shared workspace's database, when it is asked for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub password: Option<String>,
}

/// `workspaces.close`: closes the open workspace, to choose another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseWorkspace {}

/// `workspaces.forget`: takes a workspace off this machine's list. Its data stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForgetWorkspace {
    /// Which one.
    pub id: WorkspaceId,
}

/// The address of a shared workspace.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SharedAddress {
    /// The name or address of the server.
    pub host: String,
    /// The port; usually 3306.
    pub port: u16,
    /// The database on the server; it must exist.
    pub database: String,
    /// The database user.
    pub user: String,
    /// Their password.
    pub password: String,
    /// How the connection is protected.
    pub tls: TlsMode,
}

/// What a server said to `workspaces.test_shared`. What is wrong comes as an error instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SharedTest {
    /// Whether the database is empty and will be set up, or is a workspace already.
    pub empty: bool,
    /// The workspace's name, when it is one already.
    pub name: Option<String>,
    /// The server as it names itself, such as `MariaDB 10.11.19`.
    pub server: String,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
}

/// `workspaces.connect_shared`: connects to a shared workspace, sets up an empty database, opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectShared {
    /// Its name; used when the database is empty, otherwise the workspace's own name stays.
    pub name: String,
    /// Where it is.
    pub address: SharedAddress,
}

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn list(
    _: &super::call::Call,
    _: ListWorkspaces,
) -> crate::error::Result<Vec<WorkspaceInfo>> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn create_local(
    _: &super::call::Call,
    _: CreateLocal,
) -> crate::error::Result<WorkspaceInfo> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn open(
    _: &super::call::Call,
    _: OpenWorkspace,
) -> crate::error::Result<WorkspaceInfo> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn close(_: &super::call::Call, _: CloseWorkspace) -> crate::error::Result<()> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn forget(_: &super::call::Call, _: ForgetWorkspace) -> crate::error::Result<()> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn test_shared(
    _: &super::call::Call,
    _: SharedAddress,
) -> crate::error::Result<SharedTest> {
    Err(crate::error::Error::internal("not merged yet"))
}
pub(super) async fn connect_shared(
    _: &super::call::Call,
    _: ConnectShared,
) -> crate::error::Result<WorkspaceInfo> {
    Err(crate::error::Error::internal("not merged yet"))
}
