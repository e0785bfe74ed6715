//! The workspaces that this machine knows: a small file in the app's data folder, never a password.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::json_file::JsonFile;
use super::location::{Location, WorkspaceInfo, WorkspaceKind};
use super::lock::lock;
use domain::error::{Error, Result};
use domain::values::WorkspaceId;

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
enum Kept {
    File(JsonFile),
    InMemory(Mutex<List>),
}

/// The end of each workspace's history as this machine saw it last, by its place: whether anything
/// before it was cut off or written anew can be told only from outside of its database.
type Heads = BTreeMap<String, String>;

/// What this machine knows of workspaces.
pub(super) struct Registry {
    list: Kept,
    heads: JsonFile,
}

impl Registry {
    /// With the list in this folder; an empty one when there is none yet.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            list: Kept::File(JsonFile::new(folder.join("workspaces.json"))),
            heads: JsonFile::new(folder.join("heads.json")),
        }
    }

    /// With a list for one run. What was seen of histories is known and kept all the same.
    pub(super) fn for_one_run(folder: &Path) -> Self {
        Self {
            list: Kept::InMemory(Mutex::default()),
            heads: JsonFile::new(folder.join("heads.json")),
        }
    }

    /// Whether the list is for one run only.
    pub(super) fn is_for_one_run(&self) -> bool {
        matches!(self.list, Kept::InMemory(_))
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

    /// The end of the history of the workspace at this place, as it was seen last.
    pub(super) fn head(&self, location: &Location) -> Result<Option<String>> {
        Ok(self.heads.read::<Heads>()?.remove(&location.place()))
    }

    /// Notes the end of a workspace's history.
    pub(super) fn remember_head(&self, location: &Location, head: &str) -> Result<()> {
        let place = location.place();
        self.heads.change(|heads: &mut Heads| {
            heads.insert(place, head.to_owned());
        })
    }

    /// Forgets what stood at a place where a new workspace is made.
    pub(super) fn forget_head(&self, location: &Location) -> Result<()> {
        let place = location.place();
        self.heads.change(|heads: &mut Heads| {
            heads.remove(&place);
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
        match &self.list {
            Kept::File(file) => file.change(change),
            Kept::InMemory(list) => {
                change(&mut lock(list));
                Ok(())
            }
        }
    }

    fn read(&self) -> Result<List> {
        match &self.list {
            Kept::File(file) => file.read(),
            Kept::InMemory(list) => Ok(lock(list).clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Registry;
    use crate::commands::location::{Location, SharedAddress, TlsMode};

    fn local(name: &str) -> Location {
        Location::Local { path: name.into() }
    }

    #[test]
    fn the_workspace_opened_last_comes_first_and_opens_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::in_folder(folder.path());
        assert!(registry.last().unwrap().is_none());
        let shop = registry.entry("Shop", local("shop.sqlite")).unwrap();
        let barn = registry.entry("Barn", local("barn.sqlite")).unwrap();
        for known in [&shop, &barn, &shop] {
            registry.opened(known).unwrap();
        }
        let again = Registry::in_folder(folder.path());
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
    fn the_end_of_a_history_is_known_however_the_workspace_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.sqlite");
        std::fs::write(&file, "").unwrap();
        let listed = Registry::in_folder(folder.path());
        let named = Registry::for_one_run(folder.path());
        let at = |path| Location::Local { path };
        listed.remember_head(&at(file.clone()), "7:aa").unwrap();
        let odd = folder
            .path()
            .join("../")
            .join(folder.path())
            .join("./shop.sqlite");
        assert_eq!(named.head(&at(odd)).unwrap().as_deref(), Some("7:aa"));
        assert_eq!(named.head(&local("other.sqlite")).unwrap(), None);
        named.remember_head(&at(file.clone()), "8:bb").unwrap();
        assert_eq!(listed.head(&at(file)).unwrap().as_deref(), Some("8:bb"));
        assert_eq!(listed.all().unwrap(), [], "no list was made");
    }

    #[test]
    fn a_password_never_reaches_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::in_folder(folder.path());
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
        let file = folder.path().join("workspaces.json");
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains("db.example") && !text.contains("hunter2"));
        assert_eq!(known.info().location, "ada@db.example:3306/shop");
    }
}
