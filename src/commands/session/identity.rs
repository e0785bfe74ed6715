//! Who is signed in, as the database has them now.

use super::Person;
use crate::commands::app::App;
use crate::commands::opened::Opened;
use crate::commands::roles::Roles;
use crate::error::{Code, Result};
use crate::people::Rights;
use crate::store::{UserRecord, UserStatus};

/// Whoever is signed in, and what they may do.
pub(in crate::commands) struct Identity {
    /// Who it is.
    pub(in crate::commands) person: Person,
    /// What they may do.
    pub(in crate::commands) rights: Rights,
    /// Whether they must choose a password of their own before anything else.
    pub(in crate::commands) must_change_password: bool,
}

/// Who is signed in. An account that was deactivated meanwhile is signed out by this.
pub(in crate::commands) async fn identify(app: &App, opened: &Opened) -> Result<Option<Identity>> {
    let Some(id) = opened.user else {
        return Ok(None);
    };
    let user = match opened.store.user(id).await {
        Ok(user) if user.status == UserStatus::Active => user,
        Ok(_) => return Ok(sign_out(app, opened)),
        Err(error) if error.code == Code::NotFound => return Ok(sign_out(app, opened)),
        Err(error) => return Err(error),
    };
    let roles = Roles::of(&opened.store, user.role).await?;
    Ok(Some(Identity::new(user, &roles)))
}

fn sign_out(app: &App, opened: &Opened) -> Option<Identity> {
    app.set_user(&opened.info, None);
    None
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
