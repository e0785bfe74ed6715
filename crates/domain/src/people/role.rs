//! Roles: named sets of permissions. Four are built in, more can be made.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::record::{Field, Permission};
use crate::values::RoleId;

/// A built-in role. It cannot be changed or deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BuiltInRole {
    /// May do everything. There is always at least one.
    Owner,
    /// Runs the catalogue: everything but people and settings.
    Manager,
    /// Works in the catalogue: edits and imports, without costs and without deleting for good.
    Operator,
    /// Looks things up.
    Viewer,
}

impl BuiltInRole {
    /// Every built-in role, the most powerful first.
    pub const ALL: [BuiltInRole; 4] = [
        BuiltInRole::Owner,
        BuiltInRole::Manager,
        BuiltInRole::Operator,
        BuiltInRole::Viewer,
    ];

    /// The key, as the database and the command line have it.
    pub const fn key(self) -> &'static str {
        match self {
            BuiltInRole::Owner => "owner",
            BuiltInRole::Manager => "manager",
            BuiltInRole::Operator => "operator",
            BuiltInRole::Viewer => "viewer",
        }
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            BuiltInRole::Owner => "Owner",
            BuiltInRole::Manager => "Manager",
            BuiltInRole::Operator => "Operator",
            BuiltInRole::Viewer => "Viewer",
        }
    }

    /// What it is for.
    pub const fn description(self) -> &'static str {
        match self {
            BuiltInRole::Owner => "May do everything. There is always at least one owner.",
            BuiltInRole::Manager => "Runs the catalogue: everything but people and settings.",
            BuiltInRole::Operator => {
                "Works in the catalogue: edits and imports, without costs and without deleting for \
                 good."
            }
            BuiltInRole::Viewer => "Looks things up.",
        }
    }

    /// The role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        BuiltInRole::ALL.into_iter().find(|role| role.key() == key)
    }

    /// What the role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{
            EditProducts, EditSuppliers, Export, Import, ManageChannels, PurgeProducts, SeeCosts,
            SyncChannels, ViewHistory, ViewProducts,
        };
        match self {
            BuiltInRole::Owner => Permission::ALL,
            BuiltInRole::Manager => &[
                ViewProducts,
                SeeCosts,
                EditProducts,
                PurgeProducts,
                EditSuppliers,
                SyncChannels,
                ManageChannels,
                Import,
                Export,
                ViewHistory,
            ],
            BuiltInRole::Operator => &[ViewProducts, EditProducts, SyncChannels, Import, Export],
            BuiltInRole::Viewer => &[ViewProducts],
        }
    }

    /// Whether the role has `permission`.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

/// Which role a person has: a built-in one, or one made by people. As text it is `owner`,
/// `manager`, `operator`, `viewer`, or the id of a made role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub enum RoleKey {
    /// A built-in role.
    BuiltIn(BuiltInRole),
    /// A role made by people.
    Made(RoleId),
}

impl RoleKey {
    /// The role with this key; nothing when it can be none.
    pub fn parse(text: &str) -> Option<Self> {
        match BuiltInRole::from_key(text) {
            Some(role) => Some(Self::BuiltIn(role)),
            None => text.parse().ok().map(Self::Made),
        }
    }

    /// Whether it is the owner's.
    pub fn is_owner(self) -> bool {
        self == Self::BuiltIn(BuiltInRole::Owner)
    }
}

impl From<BuiltInRole> for RoleKey {
    fn from(role: BuiltInRole) -> Self {
        Self::BuiltIn(role)
    }
}

impl TryFrom<String> for RoleKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("there is no role \"{text}\""))
    }
}

impl From<RoleKey> for String {
    fn from(key: RoleKey) -> Self {
        key.to_string()
    }
}

impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn(role) => f.write_str(role.key()),
            Self::Made(id) => id.fmt(f),
        }
    }
}

/// What a person may do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    /// The owner's rights are everything, what later versions add included.
    everything: bool,
    permissions: BTreeSet<Permission>,
}

impl Rights {
    /// The rights of a made role.
    pub fn of(permissions: impl IntoIterator<Item = Permission>) -> Self {
        Self {
            everything: false,
            permissions: permissions.into_iter().collect(),
        }
    }

    /// Whether they let people see and change a field.
    pub fn sees(&self, field: Field) -> bool {
        field.needs().is_none_or(|right| self.may(right))
    }

    /// Whether they include `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        self.everything || self.permissions.contains(&permission)
    }

    /// Each of them, in the order in which people read them.
    pub fn list(&self) -> Vec<Permission> {
        let all = Permission::ALL.iter().copied();
        all.filter(|permission| self.may(*permission)).collect()
    }

    /// Whether they are the owner's.
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// What `other` has beyond them.
    pub fn lack_of(&self, other: &Rights) -> Vec<Permission> {
        let theirs = other.list().into_iter();
        theirs.filter(|permission| !self.may(*permission)).collect()
    }
}

impl From<BuiltInRole> for Rights {
    fn from(role: BuiltInRole) -> Self {
        Self {
            everything: role == BuiltInRole::Owner,
            permissions: role.permissions().iter().copied().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BuiltInRole, Permission, Rights, RoleKey};
    use crate::values::RoleId;

    #[test]
    fn each_role_may_do_all_that_the_next_one_may() {
        for pair in BuiltInRole::ALL.windows(2) {
            let (more, less) = (Rights::from(pair[0]), Rights::from(pair[1]));
            assert_eq!(more.lack_of(&less), []);
            assert_ne!(less.lack_of(&more), []);
        }
        let owner = Rights::from(BuiltInRole::Owner);
        assert_eq!(owner.list(), Permission::ALL);
    }

    #[test]
    fn no_built_in_role_has_a_right_without_what_it_needs() {
        for role in BuiltInRole::ALL {
            for permission in role.permissions() {
                assert!(permission.needs().iter().all(|need| role.may(*need)));
            }
        }
    }

    #[test]
    fn a_key_is_a_word_or_an_id() {
        let id = RoleId::new();
        for (text, key) in [
            ("owner".to_owned(), Some(BuiltInRole::Owner.into())),
            (id.to_string(), Some(RoleKey::Made(id))),
            ("janitor".to_owned(), None),
        ] {
            assert_eq!(RoleKey::parse(&text), key);
            let json = serde_json::Value::String(text.clone());
            assert_eq!(serde_json::from_value::<RoleKey>(json).ok(), key);
            if let Some(key) = key {
                assert_eq!(serde_json::to_value(key).unwrap(), text);
            }
        }
    }
}
