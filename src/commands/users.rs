//! People: the accounts of a workspace, as an administrator keeps them.

mod change;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::made_roles::MadeRoles;
use domain::error::Result;
use domain::people::{RoleKey, refuse_change};
use domain::values::{Timestamp, UserId};
use store::{UserRecord, UserStatus};

pub(super) use change::{create, deactivate, delete, reactivate, reset_password, update};

/// A person, for the list of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Who it is.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their role.
    pub role: RoleKey,
    /// The name of their role.
    pub role_name: String,
    /// Whether they can sign in.
    pub status: UserStatus,
    /// Whether they must choose a password of their own at the next sign-in.
    pub must_change_password: bool,
    /// Until when they cannot sign in, after too many wrong passwords.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub locked_until: Option<Timestamp>,
    /// When they signed in last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub last_sign_in_at: Option<Timestamp>,
    /// When they got the account.
    pub created_at: Timestamp,
    /// Counts the changes of the account.
    pub version: i64,
    /// Whether the person who asks may change it.
    pub may_edit: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// What people are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UserSort {
    /// By name.
    #[default]
    Name,
    /// By e-mail address.
    Email,
    /// By the name of the role.
    Role,
    /// Active ones first.
    Status,
    /// By the last sign-in; those who never did first.
    LastSignIn,
}

/// `users.list`: everyone who has an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListUsers {
    /// Words of which each stands in the name, the address or the role.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// Sorted by what.
    #[serde(default)]
    #[ts(as = "Option<UserSort>", optional)]
    pub sort: UserSort,
    /// The other way round.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub descending: bool,
}

/// The answer to `users.list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UserPage {
    /// Those who were looked for.
    pub users: Vec<User>,
    /// How many have an account in all.
    pub total: i64,
}

/// `users.create`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateUser {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their role.
    pub role: RoleKey,
    /// Their first password; without it, one is generated.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub password: Option<String>,
    /// Whether they must change the password given here at the first sign-in; they must unless this
    /// is false. A generated one must always be changed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub must_change: Option<bool>,
}

/// A person with a new password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NewPassword {
    /// The person.
    pub user: User,
    /// The generated password; it is told here and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub password: Option<String>,
}

/// `users.update`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateUser {
    /// Who.
    pub id: UserId,
    /// The version that was seen.
    pub version: i64,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their role.
    pub role: RoleKey,
}

/// `users.deactivate`, `users.reactivate` and `users.delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SelectUser {
    /// Who.
    pub id: UserId,
    /// The version that was seen.
    pub version: i64,
}

/// `users.reset_password`: they must change it at the next sign-in, and wrong passwords are
/// forgotten.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResetPassword {
    /// Whose.
    pub id: UserId,
    /// The version that was seen.
    pub version: i64,
    /// The password; without it, one is generated.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub password: Option<String>,
}

/// Lists everyone who has an account.
pub(super) async fn list(call: &Call, request: ListUsers) -> Result<UserPage> {
    let store = call.store()?;
    let roles = MadeRoles::all(&store).await?;
    let all = store.users().await?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let mut users = Vec::with_capacity(all.len());
    for record in all {
        users.push(shown(call, &roles, record)?);
    }
    if let Some(search) = &request.search {
        users.retain(|user| is_found(user, search));
    }
    users.sort_by_cached_key(|user| sort_key(user, request.sort));
    if request.descending {
        users.reverse();
    }
    Ok(UserPage { users, total })
}

fn is_found(user: &User, search: &str) -> bool {
    let text = format!("{}\n{}\n{}", user.name, user.email, user.role_name).to_lowercase();
    let search = search.to_lowercase();
    search.split_whitespace().all(|word| text.contains(word))
}

fn sort_key(user: &User, sort: UserSort) -> (i64, String, String) {
    let name = user.name.to_lowercase();
    match sort {
        UserSort::Name => (0, name, user.email.to_lowercase()),
        UserSort::Email => (0, user.email.to_lowercase(), name),
        UserSort::Role => (0, user.role_name.to_lowercase(), name),
        UserSort::Status => (
            i64::from(user.status != UserStatus::Active),
            name,
            String::new(),
        ),
        UserSort::LastSignIn => (
            user.last_sign_in_at.map_or(0, |at| at.0),
            name,
            String::new(),
        ),
    }
}

fn shown(call: &Call, roles: &MadeRoles, user: UserRecord) -> Result<User> {
    let now = call.clock().now();
    let theirs = roles.rights(user.role);
    let reason = refuse_change(call.rights()?, &theirs, &user.name);
    Ok(User {
        id: user.id,
        role: user.role,
        role_name: roles.name(user.role).to_owned(),
        status: user.status,
        must_change_password: user.must_change_password,
        locked_until: user.locked_until.filter(|until| *until > now),
        last_sign_in_at: user.last_sign_in_at,
        created_at: user.created_at,
        version: user.version,
        may_edit: reason.is_none(),
        reason,
        name: user.name,
        email: user.email,
    })
}
