//! People, roles and the workspace as kinds of record: what the history tells of them. They are
//! changed by commands of their own, one at a time.

use crate::record::{FieldDef, FieldKind, Kind, KindDef, KindRights, Permission};

/// People: their accounts.
pub const USER: Kind = Kind::of(&USER_DEF);

/// Roles.
pub const ROLE: Kind = Kind::of(&ROLE_DEF);

/// The workspace: its settings.
pub const WORKSPACE: Kind = Kind::of(&WORKSPACE_DEF);

const PEOPLE: KindRights = KindRights {
    see: Permission::ViewHistory,
    edit: Permission::ManageUsers,
    purge: Permission::ManageUsers,
};

static USER_DEF: KindDef = KindDef {
    key: "user",
    label: "person",
    plural: "people",
    area: "users",
    place: "among the people",
    fields: &[
        FieldDef::new("email", "E-mail", FieldKind::Text),
        FieldDef::new("name", "Name", FieldKind::Text),
        FieldDef::new("role", "Role", FieldKind::Text),
    ],
    sections: &[],
    code: 0,
    title: 1,
    barcode: None,
    currency: None,
    code_of: None,
    check: |_| Vec::new(),
    nesting: None,
    matching: None,
    rights: PEOPLE,
};

static ROLE_DEF: KindDef = KindDef {
    key: "role",
    label: "role",
    plural: "roles",
    area: "roles",
    place: "among the roles",
    fields: &[
        FieldDef::new("name", "Name", FieldKind::Text),
        FieldDef::new("permissions", "Permissions", FieldKind::Tags),
    ],
    sections: &[],
    code: 0,
    title: 0,
    barcode: None,
    currency: None,
    code_of: None,
    check: |_| Vec::new(),
    nesting: None,
    matching: None,
    rights: PEOPLE,
};

static WORKSPACE_DEF: KindDef = KindDef {
    key: "workspace",
    label: "workspace",
    plural: "settings",
    area: "settings",
    place: "open",
    fields: &[
        FieldDef::new("name", "Name", FieldKind::Text),
        FieldDef::new("currency", "Currency", FieldKind::Text),
        FieldDef::new("idle_lock_minutes", "Idle lock minutes", FieldKind::Integer),
    ],
    sections: &[],
    code: 0,
    title: 0,
    barcode: None,
    currency: None,
    code_of: None,
    check: |_| Vec::new(),
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewHistory,
        edit: Permission::ManageWorkspace,
        purge: Permission::ManageWorkspace,
    },
};
