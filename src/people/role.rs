//! Roles are named sets of permissions; every command names the permission that it needs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A right, in the words of the person who gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See products, plans and history.
    ViewProducts,
    /// See what products cost.
    SeeCosts,
    /// Create, change, trash and restore products.
    EditProducts,
    /// Delete products for good.
    PurgeProducts,
    /// Import files, and undo batches.
    Import,
    /// Export products to a file.
    Export,
    /// See the history of people and settings, and check it.
    ViewHistory,
    /// Create, change and deactivate people.
    ManageUsers,
    /// Change the settings of the workspace.
    ManageWorkspace,
}

impl Permission {
    /// Every permission, in the order in which people read them.
    pub const ALL: &'static [Permission] = &[
        Permission::ViewProducts,
        Permission::SeeCosts,
        Permission::EditProducts,
        Permission::PurgeProducts,
        Permission::Import,
        Permission::Export,
        Permission::ViewHistory,
        Permission::ManageUsers,
        Permission::ManageWorkspace,
    ];

    /// What it lets a person do; completes "You may not …".
    pub const fn label(self) -> &'static str {
        match self {
            Permission::ViewProducts => "see products",
            Permission::SeeCosts => "see costs",
            Permission::EditProducts => "edit products",
            Permission::PurgeProducts => "delete products for good",
            Permission::Import => "import files or undo batches",
            Permission::Export => "export products",
            Permission::ViewHistory => "see the history of people and settings",
            Permission::ManageUsers => "manage people",
            Permission::ManageWorkspace => "change the workspace's settings",
        }
    }
}

/// A built-in role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May do everything. There is always at least one.
    Owner,
    /// Runs the catalogue: everything but people and settings.
    Manager,
    /// Works in the catalogue: edits and imports, without costs and without deleting for good.
    Operator,
    /// Looks things up.
    Viewer,
}

impl Role {
    /// Every built-in role, the most powerful first.
    pub const ALL: [Role; 4] = [Role::Owner, Role::Manager, Role::Operator, Role::Viewer];

    /// The key, as the database and the command line have it.
    pub const fn key(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Manager => "manager",
            Role::Operator => "operator",
            Role::Viewer => "viewer",
        }
    }

    /// The role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }

    /// What the role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{
            EditProducts, Export, Import, PurgeProducts, SeeCosts, ViewHistory, ViewProducts,
        };
        match self {
            Role::Owner => Permission::ALL,
            Role::Manager => &[
                ViewProducts,
                SeeCosts,
                EditProducts,
                PurgeProducts,
                Import,
                Export,
                ViewHistory,
            ],
            Role::Operator => &[ViewProducts, EditProducts, Import, Export],
            Role::Viewer => &[ViewProducts],
        }
    }

    /// Whether the role has `permission`.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

#[cfg(test)]
mod tests {
    use super::{Permission, Role};

    #[test]
    fn each_role_may_do_all_that_the_next_one_may() {
        for pair in Role::ALL.windows(2) {
            assert!(
                pair[1]
                    .permissions()
                    .iter()
                    .all(|permission| pair[0].may(*permission))
            );
            assert!(pair[0].permissions().len() > pair[1].permissions().len());
        }
        assert!(
            Permission::ALL
                .iter()
                .all(|permission| Role::Owner.may(*permission))
        );
    }
}
