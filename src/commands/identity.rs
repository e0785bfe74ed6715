//! Who is signed in, as the database has them now.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::App;
use super::current::Opened;
use super::made_roles::MadeRoles;
use domain::error::{Code, Result};
use domain::people::{Rights, RoleKey};
use domain::record::Permission;
use domain::values::UserId;
use store::{UserRecord, UserStatus};

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Person {
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
    /// What they may do.
    pub permissions: Vec<Permission>,
}

/// The user who is signed in, and what they may do.
pub(super) struct Identity {
    /// Who it is.
    pub(super) person: Person,
    /// What they may do.
    pub(super) rights: Rights,
    /// Whether they must choose a password of their own before anything else.
    pub(super) must_change_password: bool,
}

/// Who is signed in. A user who was deactivated meanwhile, or whose password was changed elsewhere,
/// is signed out by this, and what runs for them is stopped.
pub(super) async fn identify(app: &App, opened: &Opened) -> Result<Option<Identity>> {
    let Some(id) = opened.user.as_ref().map(|user| user.id) else {
        return Ok(None);
    };
    let found = match opened.store.user(id).await {
        Ok(user) => Some(user),
        Err(error) if error.code == Code::NotFound => None,
        Err(error) => return Err(error),
    };
    let user = found
        .filter(|user| user.status == UserStatus::Active && app.has_session(&opened.info, user));
    let Some(user) = user else {
        app.end_session(&opened.info, id);
        return Ok(None);
    };
    let roles = MadeRoles::of(&opened.store, user.role).await?;
    Ok(Some(Identity::new(user, &roles)))
}

impl Identity {
    fn new(user: UserRecord, roles: &MadeRoles) -> Self {
        let rights = roles.rights(user.role);
        Self {
            person: Person {
                id: user.id,
                name: user.name,
                email: user.email,
                role: user.role,
                role_name: roles.name(user.role).to_owned(),
                permissions: rights.list(),
            },
            rights,
            must_change_password: user.must_change_password,
        }
    }
}
