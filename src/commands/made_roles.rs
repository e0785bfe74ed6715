//! The roles that people made, to look names and rights up in.

use domain::error::Result;
use domain::people::{Rights, RoleKey};
use domain::values::RoleId;
use store::{RoleRecord, Store};

/// The made roles of a workspace, to look names and rights up in.
pub(super) struct MadeRoles(Vec<RoleRecord>);

impl MadeRoles {
    /// All of them.
    pub(super) async fn all(store: &Store) -> Result<Self> {
        Ok(Self(store.roles().await?))
    }

    /// What is needed to look `role` up.
    pub(super) async fn of(store: &Store, role: RoleKey) -> Result<Self> {
        Ok(Self(match role {
            RoleKey::BuiltIn(_) => Vec::new(),
            RoleKey::Made(id) => store.role(id).await?.into_iter().collect(),
        }))
    }

    fn find(&self, id: RoleId) -> Option<&RoleRecord> {
        self.0.iter().find(|role| role.id == id)
    }

    /// The name of a role.
    pub(super) fn name(&self, key: RoleKey) -> &str {
        match key {
            RoleKey::BuiltIn(role) => role.name(),
            RoleKey::Made(id) => self.find(id).map_or("Unknown role", |role| &role.name),
        }
    }

    /// What a role lets people do: nothing when it is not there.
    pub(super) fn rights(&self, key: RoleKey) -> Rights {
        match key {
            RoleKey::BuiltIn(role) => role.into(),
            RoleKey::Made(id) => self
                .find(id)
                .map(|role| role.rights.clone())
                .unwrap_or_default(),
        }
    }
}
