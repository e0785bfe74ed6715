//! The workspaces that this machine knows: a small file in the app's data folder, never a password.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::app::lock;
use super::workspaces::{SharedAddress, TlsMode, WorkspaceInfo, WorkspaceKind};
use domain::error::{Error, Result};
use domain::values::WorkspaceId;

/// Where a workspace's data is, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub(super) enum Location {
    /// A file on this machine.
    Local {
        /// Its path.
        path: PathBuf,
    },
    /// A database on a server.
    Shared {
        /// The server.
        host: String,
        /// Its port.
        port: u16,
        /// The database.
        database: String,
        /// The database user.
        user: String,
        /// How the connection is protected.
        tls: TlsMode,
    },
}

impl Location {
    pub(super) fn of(address: &SharedAddress) -> Self {
        Self::Shared {
            host: address.host.clone(),
            port: address.port,
            database: address.database.clone(),
            user: address.user.clone(),
            tls: address.tls,
        }
    }

    /// The path, or `user@host:port/database`.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Local { path } => path.display().to_string(),
            Self::Shared {
                host,
                port,
                database,
                user,
                ..
            } => format!("{user}@{host}:{port}/{database}"),
        }
    }

    /// Whether both are the same place, however the connection is protected.
    fn is_at(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

/// A workspace of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Known {
    /// Its id in this list.
    pub(super) id: WorkspaceId,
    /// Its name.
    pub(super) name: String,
    /// Where it is.
    pub(super) location: Location,
    /// The end of its history's chain as it was seen last: whether anything before it was cut off
    /// or written anew can be told only from outside of its database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) head: Option<String>,
    /// Whether the key store of the operating system has the password of its database.
    #[serde(default)]
    pub(super) remembered: bool,
}

impl Known {
    pub(super) fn info(&self) -> WorkspaceInfo {
        let kind = match &self.location {
            Location::Local { .. } => WorkspaceKind::Local,
            Location::Shared { .. } => WorkspaceKind::Shared,
        };
        WorkspaceInfo {
            id: self.id,
            name: self.name.clone(),
            kind,
            location: self.location.text(),
            remembered: self.remembered,
            remember_problem: None,
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    /// The workspace that opens by itself.
    last: Option<WorkspaceId>,
    /// The last opened first.
    workspaces: Vec<Known>,
}

/// The list, in a file or for one run only.
pub(super) struct Registry {
    file: Option<PathBuf>,
    in_memory: Mutex<List>,
    /// Held while the list is read, changed and written.
    changing: Mutex<()>,
}

impl Registry {
    /// The list in this file; an empty one when there is no file yet.
    pub(super) fn in_file(file: PathBuf) -> Self {
        Self {
            file: Some(file),
            in_memory: Mutex::default(),
            changing: Mutex::default(),
        }
    }

    /// A list for one run.
    pub(super) fn in_memory() -> Self {
        Self {
            file: None,
            in_memory: Mutex::default(),
            changing: Mutex::default(),
        }
    }

    /// Whether it is for one run only.
    pub(super) fn is_in_memory(&self) -> bool {
        self.file.is_none()
    }

    /// Every workspace, the last opened first.
    pub(super) fn all(&self) -> Result<Vec<Known>> {
        Ok(self.read()?.workspaces)
    }

    /// The workspace with this id.
    pub(super) fn get(&self, id: WorkspaceId) -> Result<Known> {
        let found = self.all()?.into_iter().find(|known| known.id == id);
        found.ok_or_else(|| {
            Error::not_found("The workspace is not in this machine's list any more.")
                .hint("Choose another one, or open it by its file or address.")
        })
    }

    /// The workspace that opens by itself.
    pub(super) fn last(&self) -> Result<Option<Known>> {
        let list = self.read()?;
        let mut known = list.workspaces.into_iter();
        Ok(known.find(|known| Some(known.id) == list.last))
    }

    /// The workspace at this place as the list has it, or a new entry for it.
    pub(super) fn entry(&self, name: &str, location: Location) -> Result<Known> {
        let all = self.all()?;
        let known = all
            .into_iter()
            .find(|known| known.location.is_at(&location));
        Ok(match known {
            Some(known) => Known { location, ..known },
            None => Known {
                id: WorkspaceId::new(),
                name: name.to_owned(),
                location,
                head: None,
                remembered: false,
            },
        })
    }

    /// Puts a workspace that was opened at the head of the list.
    pub(super) fn opened(&self, known: &Known) -> Result<()> {
        self.change(|list| {
            list.workspaces.retain(|other| other.id != known.id);
            list.workspaces.insert(0, known.clone());
            list.last = Some(known.id);
        })
    }

    /// Gives a workspace of the list another name.
    pub(super) fn rename(&self, id: WorkspaceId, name: &str) -> Result<()> {
        self.change(|list| {
            let known = list.workspaces.iter_mut().find(|known| known.id == id);
            if let Some(known) = known {
                name.clone_into(&mut known.name);
            }
        })
    }

    /// Notes whether the key store has the password of a workspace's database.
    pub(super) fn remembered(&self, id: WorkspaceId, remembered: bool) -> Result<()> {
        self.change(|list| {
            for known in list.workspaces.iter_mut().filter(|known| known.id == id) {
                known.remembered = remembered;
            }
        })
    }

    /// Notes the end of a workspace's history.
    pub(super) fn remember_head(&self, id: WorkspaceId, head: &str) -> Result<()> {
        self.change(|list| {
            for known in list.workspaces.iter_mut().filter(|known| known.id == id) {
                known.head = Some(head.to_owned());
            }
        })
    }

    /// Takes a workspace off the list.
    pub(super) fn forget(&self, id: WorkspaceId) -> Result<()> {
        self.change(|list| {
            list.workspaces.retain(|known| known.id != id);
            list.last = list.last.filter(|last| *last != id);
        })
    }

    fn change(&self, change: impl FnOnce(&mut List)) -> Result<()> {
        let _one_at_a_time = lock(&self.changing);
        let mut list = self.read()?;
        change(&mut list);
        match &self.file {
            Some(file) => write(file, &list),
            None => {
                *lock(&self.in_memory) = list;
                Ok(())
            }
        }
    }

    /// The file is read each time: a second window may have changed it.
    fn read(&self) -> Result<List> {
        let Some(file) = &self.file else {
            return Ok(lock(&self.in_memory).clone());
        };
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(List::default()),
            Err(cause) => return Err(Error::file("read", file, &cause)),
        };
        match serde_json::from_str(&text) {
            Ok(list) => Ok(list),
            Err(_) => set_aside(file),
        }
    }
}

/// A list that cannot be understood is kept for a person to look at; the workspaces themselves are
/// elsewhere and untouched.
fn set_aside(file: &Path) -> Result<List> {
    let aside = file.with_extension("json.damaged");
    fs::rename(file, &aside).map_err(|cause| Error::file("rename the damaged", file, &cause))?;
    Ok(List::default())
}

/// Writes beside the file first, so that a crash leaves the old list or the new one.
fn write(file: &Path, list: &List) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|cause| Error::file("make the folder", folder, &cause))?;
    let text = serde_json::to_string_pretty(list)
        .map_err(|error| Error::internal(format!("The list of workspaces: {error}.")))?;
    let fresh = file.with_extension(format!("json.{}", std::process::id()));
    let written = fs::write(&fresh, text).and_then(|()| fs::rename(&fresh, file));
    written.map_err(|cause| Error::file("write", file, &cause))
}

#[cfg(test)]
mod tests {
    use super::{Location, Registry};
    use crate::commands::workspaces::{SharedAddress, TlsMode};

    fn local(name: &str) -> Location {
        Location::Local { path: name.into() }
    }

    #[test]
    fn the_workspace_opened_last_comes_first_and_opens_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/workspaces.json");
        let registry = Registry::in_file(file.clone());
        assert!(registry.last().unwrap().is_none());
        let shop = registry.entry("Shop", local("shop.sqlite")).unwrap();
        let barn = registry.entry("Barn", local("barn.sqlite")).unwrap();
        for known in [&shop, &barn, &shop] {
            registry.opened(known).unwrap();
        }
        let again = Registry::in_file(file);
        assert_eq!(again.all().unwrap(), [shop.clone(), barn.clone()]);
        assert_eq!(again.last().unwrap(), Some(shop.clone()));
        assert_eq!(
            again.entry("Other name", local("shop.sqlite")).unwrap(),
            shop
        );
        again.forget(shop.id).unwrap();
        assert_eq!(
            again.last().unwrap(),
            None,
            "what was forgotten opens no more"
        );
        assert_eq!(again.all().unwrap(), [barn]);
    }

    #[test]
    fn a_damaged_list_is_set_aside_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("workspaces.json");
        std::fs::write(&file, "{ not json").unwrap();
        assert_eq!(Registry::in_file(file.clone()).all().unwrap(), []);
        let aside = folder.path().join("workspaces.json.damaged");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{ not json");
    }

    #[test]
    fn a_password_never_reaches_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("workspaces.json");
        let registry = Registry::in_file(file.clone());
        let location = Location::of(&SharedAddress {
            host: "db.example".into(),
            port: 3306,
            database: "shop".into(),
            user: "ada".into(),
            password: "hunter2hunter2".into(),
            tls: TlsMode::Required,
        });
        let known = registry.entry("Shop", location.clone()).unwrap();
        registry.opened(&known).unwrap();
        let Location::Shared {
            host,
            port,
            database,
            user,
            ..
        } = location
        else {
            unreachable!("it is a database")
        };
        let tls = TlsMode::Verify;
        let checked = Location::Shared {
            host,
            port,
            database,
            user,
            tls,
        };
        let again = registry.entry("Shop", checked).unwrap();
        assert_eq!(again.id, known.id, "the same place, better protected");
        assert_ne!(again.location, known.location);
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains("db.example") && !text.contains("hunter2"));
        assert_eq!(known.info().location, "ada@db.example:3306/shop");
    }
}
