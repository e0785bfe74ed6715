//! Workspaces: local files and shared databases, opened, made, tested and switched between.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::file_token::FileToken;
use super::files;
use super::location::{Location, SharedAddress, TlsMode, WorkspaceInfo};
use super::new_workspace::{free_path, make_file, remove_made};
use domain::error::{Error, Result};
use domain::values::WorkspaceId;
use store::{ServerCheck, Store};

/// The longest name of a workspace, in characters.
const MAX_NAME: usize = 100;

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

/// `workspaces.open_file`: opens a workspace file that is there, and puts it into the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenFile {
    /// The file.
    pub file: FileToken,
}

/// `workspaces.open`: opens a workspace of the list. The user is signed out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenWorkspace {
    /// Which one.
    pub id: WorkspaceId,
    /// The password of a shared workspace's database, when it is asked for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub password: Option<String>,
    /// Remember that password on this computer (true), or forget it (false).
    #[serde(default)]
    #[ts(optional = nullable)]
    pub remember: Option<bool>,
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

/// `workspaces.connect_shared`: connects to a shared workspace, sets up an empty database, opens
/// it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectShared {
    /// Its name; used when the database is empty, otherwise the workspace's own name stays.
    pub name: String,
    /// Where it is.
    pub address: SharedAddress,
    /// Remember the password on this computer (true), or forget it (false).
    #[serde(default)]
    #[ts(optional = nullable)]
    pub remember: Option<bool>,
}

/// Lists the workspaces.
pub(super) async fn list(call: &Call, _: ListWorkspaces) -> Result<Vec<WorkspaceInfo>> {
    let known = call.app().parts().registry.all()?;
    Ok(known.iter().map(|known| known.info()).collect())
}

/// Makes a workspace in a new file and opens it.
pub(super) async fn create_local(call: &Call, request: CreateLocal) -> Result<WorkspaceInfo> {
    let name = check_name(&request.name)?;
    let path = match &request.file {
        Some(token) => {
            let path = absolute(&call.file(token)?)?;
            files::refuse_name(&path)?;
            path
        }
        None => free_path(&call.app().parts().data_dir.join("workspaces"), name)?,
    };
    make_file(&path)?;
    let registry = &call.app().parts().registry;
    let known = registry.entry(name, Location::Local { path })?;
    registry.forget_head(&known.location)?;
    let opened = call.app().switch_to(&known, None).await;
    if opened.is_err() {
        remove_made(&known.location);
    }
    opened
}

/// Opens a workspace file that is there.
pub(super) async fn open_file(call: &Call, request: OpenFile) -> Result<WorkspaceInfo> {
    let path = absolute(&call.file(&request.file)?)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.into_owned();
    let known = call
        .app()
        .parts()
        .registry
        .entry(&name, Location::Local { path })?;
    call.app().switch_to(&known, None).await
}

/// Opens a workspace of the list.
pub(super) async fn open(call: &Call, request: OpenWorkspace) -> Result<WorkspaceInfo> {
    let known = call.app().parts().registry.get(request.id)?;
    call.app()
        .switch_and_remember(&known, request.password, request.remember)
        .await
}

/// Closes the open workspace.
pub(super) async fn close(call: &Call, _: CloseWorkspace) -> Result<()> {
    call.app().leave().await;
    Ok(())
}

/// Takes a workspace off the list; when it is open, it is closed first.
pub(super) async fn forget(call: &Call, request: ForgetWorkspace) -> Result<()> {
    let is_open = call
        .opened()
        .is_ok_and(|opened| opened.info.id == request.id);
    if is_open {
        call.app().leave().await;
    }
    let registry = &call.app().parts().registry;
    let known = registry.get(request.id);
    registry.forget(request.id)?;
    match known {
        Ok(known) => call.app().forget_password(&known).await.map_err(|error| {
            let message = "The workspace was taken off the list, but the password of its database is still in this computer's key store.";
            Error::new(error.code, message).hint("Take it out there: it is named after Backstock.")
        }),
        Err(_) => Ok(()),
    }
}

/// Says what stands at the address of a shared workspace; the error says what is wrong.
pub(super) async fn test_shared(_: &Call, request: SharedAddress) -> Result<SharedTest> {
    check_address(&request)?;
    let encrypted = request.tls != TlsMode::Off;
    let address = Location::of(&request).address(request.password)?;
    let (server, name) = match Store::check_mysql(&address).await? {
        ServerCheck::EmptyReady { server } => (server, None),
        ServerCheck::Ours { server, name, .. } => (server, Some(name)),
    };
    Ok(SharedTest {
        empty: name.is_none(),
        name,
        server: server_name(&server),
        encrypted,
    })
}

/// Connects to a shared workspace; an empty database is set up.
pub(super) async fn connect_shared(call: &Call, request: ConnectShared) -> Result<WorkspaceInfo> {
    check_address(&request.address)?;
    let name = match request.name.trim() {
        "" => request.address.database.as_str(),
        name => check_name(name)?,
    };
    let location = Location::of(&request.address);
    // Refuses, before anything is set up, what is neither empty nor ours.
    let address = location.address(request.address.password.clone())?;
    let check = Store::check_mysql(&address).await?;
    let registry = &call.app().parts().registry;
    if let ServerCheck::EmptyReady { .. } = check {
        registry.forget_head(&location)?;
    }
    let known = registry.entry(name, location)?;
    let password = Some(request.address.password);
    call.app()
        .switch_and_remember(&known, password, request.remember)
        .await
}

fn check_name(name: &str) -> Result<&str> {
    match name_problem(name) {
        Some(problem) => {
            Err(Error::invalid("The workspace cannot be made.").field("name", problem))
        }
        None => Ok(name.trim()),
    }
}

/// Why this is no name for a workspace.
pub(super) fn name_problem(name: &str) -> Option<String> {
    match name.trim().chars().count() {
        0 => Some("A name is needed.".to_owned()),
        1..=MAX_NAME => None,
        _ => Some(format!("A name has at most {MAX_NAME} characters.")),
    }
}

fn check_address(address: &SharedAddress) -> Result<()> {
    let mut error = Error::invalid("The address of the database is incomplete.");
    for (key, value) in [
        ("host", &address.host),
        ("database", &address.database),
        ("user", &address.user),
    ] {
        if value.trim().is_empty() {
            error = error.field(key, "This is needed.");
        }
    }
    if address.port == 0 {
        error = error.field("port", "A port is a number from 1 to 65535; usually 3306.");
    }
    if error.fields.is_empty() {
        Ok(())
    } else {
        Err(error)
    }
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|cause| Error::file("find", path, &cause))
}

/// `10.11.19-MariaDB-0+deb12u1` becomes `MariaDB 10.11.19`.
fn server_name(version: &str) -> String {
    let number = version.split('-').next().unwrap_or(version);
    let maker = if version.contains("MariaDB") {
        "MariaDB"
    } else {
        "MySQL"
    };
    format!("{maker} {number}")
}

#[cfg(test)]
mod tests {
    use super::{check_name, server_name};

    #[test]
    fn a_server_is_named_as_people_name_it() {
        assert_eq!(
            server_name("10.11.19-MariaDB-0+deb12u1"),
            "MariaDB 10.11.19"
        );
        assert_eq!(server_name("8.4.3"), "MySQL 8.4.3");
    }

    #[test]
    fn a_name_is_needed_and_bounded() {
        assert_eq!(check_name(" Shop ").unwrap(), "Shop");
        assert!(check_name(" ").is_err());
        assert!(check_name(&"x".repeat(101)).is_err());
        assert!(check_name(&"x".repeat(100)).is_ok());
    }
}
