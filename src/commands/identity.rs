//! Who is signed in, as the database has them now.

use super::Person;
use crate::commands::app::App;
use crate::commands::opened::Opened;
use crate::commands::roles::Roles;
use domain::error::{Code, Result};
use domain::people::Rights;
use store::{UserRecord, UserStatus};

/// The user who is signed in, and what they may do.
pub(in crate::commands) struct Identity {
    /// Who it is.
    pub(in crate::commands) person: Person,
    /// What they may do.
    pub(in crate::commands) rights: Rights,
    /// Whether they must choose a password of their own before anything else.
    pub(in crate::commands) must_change_password: bool,
}

/// Who is signed in. A user who was deactivated meanwhile, or whose password was changed elsewhere,
/// is signed out by this, and what runs for them is stopped.
pub(in crate::commands) async fn identify(app: &App, opened: &Opened) -> Result<Option<Identity>> {
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
    let roles = Roles::of(&opened.store, user.role).await?;
    Ok(Some(Identity::new(user, &roles)))
}

impl Identity {
    fn new(user: UserRecord, roles: &Roles) -> Self {
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
