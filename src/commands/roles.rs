//! Roles and the permissions that they are made of.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::events::Event;
use domain::error::{Error, Result};
use domain::people::kinds::ROLE;
use domain::people::{
    BuiltInRole, Rights, RoleKey, check_permissions, check_role_name, refuse_change, refuse_gift,
};
use domain::record::Area;
use domain::record::Permission;
use domain::values::RoleId;
use store::RoleRecord;

/// A role, for the list of roles and for choosing one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleInfo {
    /// Its key: a word for a built-in role, an id for a made one.
    pub key: RoleKey,
    /// Its name.
    pub name: String,
    /// What it is for; empty for a made role.
    pub description: String,
    /// Whether it is built in: then it can be neither changed nor deleted.
    pub built_in: bool,
    /// What it lets people do.
    pub permissions: Vec<Permission>,
    /// How many people have it.
    pub users: i64,
    /// Counts its changes; 0 for a built-in role.
    pub version: i64,
    /// Whether the person who asks may change or delete it.
    pub may_edit: bool,
    /// Whether the user may give it to a person.
    pub may_give: bool,
    /// Why it cannot be given, or else why it cannot be changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// A permission, for the user who makes a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PermissionInfo {
    /// Its key.
    pub key: Permission,
    /// What it is about.
    pub area: Area,
    /// The name of the area, as a heading.
    pub area_label: String,
    /// What it lets a person do; completes "May …".
    pub label: String,
    /// What that means.
    pub description: String,
    /// The permissions that it needs beside it.
    pub needs: Vec<Permission>,
}

/// `roles.list`: the built-in roles first, then the made ones by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListRoles {}

/// `permissions.list`: every permission, in the order in which people read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListPermissions {}

/// `roles.create`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateRole {
    /// Its name.
    pub name: String,
    /// What it lets people do.
    pub permissions: Vec<Permission>,
}

/// `roles.update`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateRole {
    /// Which one.
    pub key: RoleKey,
    /// The version that the person saw.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// What it lets people do.
    pub permissions: Vec<Permission>,
}

/// `roles.delete`: a role that no person has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteRole {
    /// Which one.
    pub key: RoleKey,
    /// The version that the person saw.
    pub version: i64,
}

/// Lists the roles.
pub(super) async fn list(call: &Call, _: ListRoles) -> Result<Vec<RoleInfo>> {
    let store = call.store()?;
    let users = store.role_users().await?;
    let built_in = BuiltInRole::ALL.into_iter().map(built_in);
    let made = store.roles().await?.into_iter().map(made);
    let mut roles: Vec<RoleInfo> = built_in.chain(made).collect();
    for role in &mut roles {
        role.users = users.get(&role.key.to_string()).copied().unwrap_or(0);
        weigh(call, role)?;
    }
    Ok(roles)
}

/// Lists the permissions.
pub(super) async fn permissions(_: &Call, _: ListPermissions) -> Result<Vec<PermissionInfo>> {
    let all = Permission::ALL.iter().map(|permission| PermissionInfo {
        key: *permission,
        area: permission.area(),
        area_label: permission.area().label().to_owned(),
        label: permission.label().to_owned(),
        description: permission.description().to_owned(),
        needs: permission.needs().to_vec(),
    });
    Ok(all.collect())
}

/// Makes a role.
pub(super) async fn create(call: &Call, request: CreateRole) -> Result<RoleInfo> {
    let (name, rights) = check(&request.name, request.permissions)?;
    let by = call.person()?.id;
    let role = call.store()?.create_role(by, &name, &rights).await?;
    told(call, role).await
}

/// Changes a role.
pub(super) async fn update(call: &Call, request: UpdateRole) -> Result<RoleInfo> {
    let id = made_id(request.key)?;
    let (name, rights) = check(&request.name, request.permissions)?;
    let by = call.person()?.id;
    let saw = (id, request.version);
    let role = call.store()?.update_role(by, saw, &name, &rights).await?;
    told(call, role).await
}

/// Deletes a role that no person has.
pub(super) async fn delete(call: &Call, request: DeleteRole) -> Result<()> {
    let id = made_id(request.key)?;
    let by = call.person()?.id;
    call.store()?.delete_role(by, (id, request.version)).await?;
    call.emit(Event::changed(ROLE));
    Ok(())
}

async fn told(call: &Call, role: RoleRecord) -> Result<RoleInfo> {
    let users = call.store()?.role_users().await?;
    let mut role = made(role);
    role.users = users.get(&role.key.to_string()).copied().unwrap_or(0);
    weigh(call, &mut role)?;
    // It may be the role of the person themselves.
    call.emit(Event::StateChanged);
    call.emit(Event::changed(ROLE));
    Ok(role)
}

fn check(name: &str, permissions: Vec<Permission>) -> Result<(String, Rights)> {
    let permissions: BTreeSet<Permission> = permissions.into_iter().collect();
    let mut error = Error::invalid("The role cannot be saved.");
    let name = check_role_name(name);
    if let Err(rule) = &name {
        error = error.field("name", rule);
    }
    if let Some(rule) = check_permissions(&permissions) {
        error = error.field("permissions", rule);
    }
    match name {
        Ok(name) if error.fields.is_empty() => Ok((name.to_owned(), Rights::of(permissions))),
        _ => Err(error),
    }
}

fn made_id(key: RoleKey) -> Result<RoleId> {
    match key {
        RoleKey::Made(id) => Ok(id),
        RoleKey::BuiltIn(role) => Err(Error::invalid(format!(
            "The role {} is built in and cannot be changed or deleted.",
            role.name()
        ))
        .hint("Make a role of your own instead.")),
    }
}

fn built_in(role: BuiltInRole) -> RoleInfo {
    RoleInfo {
        key: role.into(),
        name: role.name().to_owned(),
        description: role.description().to_owned(),
        built_in: true,
        permissions: role.permissions().to_vec(),
        users: 0,
        version: 0,
        may_edit: false,
        may_give: false,
        reason: None,
    }
}

fn made(role: RoleRecord) -> RoleInfo {
    RoleInfo {
        key: RoleKey::Made(role.id),
        name: role.name,
        description: String::new(),
        built_in: false,
        permissions: role.rights.list(),
        users: 0,
        version: role.version,
        may_edit: false,
        may_give: false,
        reason: None,
    }
}

/// Says what the person who asks may do with a role.
fn weigh(call: &Call, role: &mut RoleInfo) -> Result<()> {
    let (own, rights) = (call.rights()?, rights_of(role));
    let whose = format!("The role {}", role.name);
    let no_right = (!own.may(Permission::ManageUsers)).then(|| "You may not manage people.".into());
    let gift = no_right.clone().or_else(|| refuse_gift(own, &rights));
    let is_fixed = role.built_in.then(|| "It is built in.".into());
    let change = no_right
        .or(is_fixed)
        .or_else(|| refuse_change(own, &rights, &whose));
    role.may_give = gift.is_none();
    role.may_edit = change.is_none();
    role.reason = gift.or(change);
    Ok(())
}

fn rights_of(role: &RoleInfo) -> Rights {
    match role.key {
        RoleKey::BuiltIn(role) => role.into(),
        RoleKey::Made(_) => Rights::of(role.permissions.iter().copied()),
    }
}
