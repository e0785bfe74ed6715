//! Permissions: the rights that a role is made of, grouped by area; every command names the one
//! that it needs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A right, in the words of the person who gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See products, plans and their history.
    ViewProducts,
    /// See what products cost.
    SeeCosts,
    /// Create, change, trash and restore products.
    EditProducts,
    /// Delete records for good.
    PurgeProducts,
    /// Create, change, trash and restore suppliers and what they sell.
    EditSuppliers,
    /// Match and sync products with shops.
    SyncChannels,
    /// Connect shops, and say which field goes where.
    ManageChannels,
    /// Import files, and undo batches.
    Import,
    /// Export products to a file.
    Export,
    /// See the history of people and settings, sign-ins included.
    ViewHistory,
    /// Create, change and deactivate people; make roles.
    ManageUsers,
    /// Change the settings of the workspace.
    ManageWorkspace,
}

/// What a group of permissions is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// The catalogue.
    Products,
    /// Suppliers and what they sell.
    Purchasing,
    /// Shops that are connected.
    Channels,
    /// Files in and out.
    Files,
    /// Accounts, roles and what people did.
    People,
    /// The workspace as a whole.
    Workspace,
}

impl Area {
    /// Its name, as a heading.
    pub const fn label(self) -> &'static str {
        match self {
            Area::Products => "Products",
            Area::Purchasing => "Purchasing",
            Area::Channels => "Channels",
            Area::Files => "Imports and exports",
            Area::People => "People",
            Area::Workspace => "Workspace",
        }
    }
}

impl Permission {
    /// Every permission, in the order in which people read them.
    pub const ALL: &'static [Permission] = &[
        Permission::ViewProducts,
        Permission::SeeCosts,
        Permission::EditProducts,
        Permission::PurgeProducts,
        Permission::EditSuppliers,
        Permission::SyncChannels,
        Permission::ManageChannels,
        Permission::Import,
        Permission::Export,
        Permission::ViewHistory,
        Permission::ManageUsers,
        Permission::ManageWorkspace,
    ];

    /// The key, as the database, the wire and the command line have it.
    pub const fn key(self) -> &'static str {
        match self {
            Permission::ViewProducts => "view_products",
            Permission::SeeCosts => "see_costs",
            Permission::EditProducts => "edit_products",
            Permission::PurgeProducts => "purge_products",
            Permission::EditSuppliers => "edit_suppliers",
            Permission::SyncChannels => "sync_channels",
            Permission::ManageChannels => "manage_channels",
            Permission::Import => "import",
            Permission::Export => "export",
            Permission::ViewHistory => "view_history",
            Permission::ManageUsers => "manage_users",
            Permission::ManageWorkspace => "manage_workspace",
        }
    }

    /// The permission with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        let all = Permission::ALL.iter().copied();
        all.into_iter().find(|permission| permission.key() == key)
    }

    /// What it lets a person do; completes "You may not …".
    pub const fn label(self) -> &'static str {
        match self {
            Permission::ViewProducts => "see products",
            Permission::SeeCosts => "see costs",
            Permission::EditProducts => "edit products",
            Permission::PurgeProducts => "delete records for good",
            Permission::EditSuppliers => "edit suppliers",
            Permission::SyncChannels => "sync with shops",
            Permission::ManageChannels => "manage channels",
            Permission::Import => "import files or undo batches",
            Permission::Export => "export products",
            Permission::ViewHistory => "see the history of people and settings",
            Permission::ManageUsers => "manage people",
            Permission::ManageWorkspace => "change the workspace's settings",
        }
    }

    /// What that means, for the person who gives it.
    pub const fn description(self) -> &'static str {
        match self {
            Permission::ViewProducts => {
                "Look at the list of products, at one product, at batches and at what changed."
            }
            Permission::SeeCosts => {
                "See and change what products cost, in lists, forms, files and history."
            }
            Permission::EditProducts => {
                "Create and change products, move them to the trash and bring them back."
            }
            Permission::PurgeProducts => {
                "Delete what lies in the trash. It cannot be brought back."
            }
            Permission::EditSuppliers => {
                "Create and change suppliers and what they sell, move them to the trash and bring \
                 them back."
            }
            Permission::SyncChannels => {
                "Match products with those of shops, fetch from shops and send to them."
            }
            Permission::ManageChannels => {
                "Connect shops, pause and remove them, and say which field goes where."
            }
            Permission::Import => {
                "Import CSV files, move whole lists, review and apply plans, undo batches."
            }
            Permission::Export => "Write products to a CSV file.",
            Permission::ViewHistory => {
                "See who signed in, and who changed people, roles and settings."
            }
            Permission::ManageUsers => {
                "Create, change, deactivate and delete people, reset passwords, make roles. No user \
                 can give a right that they lack."
            }
            Permission::ManageWorkspace => {
                "Change the workspace's name, its currency and when it locks."
            }
        }
    }

    /// What it is about.
    pub const fn area(self) -> Area {
        match self {
            Permission::ViewProducts
            | Permission::SeeCosts
            | Permission::EditProducts
            | Permission::PurgeProducts => Area::Products,
            Permission::EditSuppliers => Area::Purchasing,
            Permission::SyncChannels | Permission::ManageChannels => Area::Channels,
            Permission::Import | Permission::Export => Area::Files,
            Permission::ViewHistory | Permission::ManageUsers => Area::People,
            Permission::ManageWorkspace => Area::Workspace,
        }
    }

    /// The permissions without which it makes no sense.
    pub const fn needs(self) -> &'static [Permission] {
        match self {
            Permission::SeeCosts
            | Permission::EditProducts
            | Permission::PurgeProducts
            | Permission::EditSuppliers
            | Permission::SyncChannels
            | Permission::Import
            | Permission::Export => &[Permission::ViewProducts],
            // Who says which field goes where could have costs come here under another name.
            Permission::ManageChannels => &[Permission::ViewProducts, Permission::SeeCosts],
            Permission::ViewProducts
            | Permission::ViewHistory
            | Permission::ManageUsers
            | Permission::ManageWorkspace => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Permission;

    #[test]
    fn a_permission_has_one_key_everywhere() {
        for permission in Permission::ALL {
            let json = serde_json::to_value(permission).unwrap();
            assert_eq!(json, permission.key());
            assert_eq!(Permission::from_key(permission.key()), Some(*permission));
        }
        assert_eq!(Permission::from_key("paint"), None);
    }

    #[test]
    fn permissions_of_one_area_stand_together() {
        let areas: Vec<_> = Permission::ALL.iter().map(|known| known.area()).collect();
        assert!(areas.is_sorted(), "{areas:?}");
    }
}
