//! One call of a command: who gives it, on which workspace, and what its body may use.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::access::{Access, CommandInfo};
use super::app::App;
use super::current::Opened;
use super::events::Event;
use super::file_token::FileToken;
use super::identity::{Identity, Person, identify};
use crate::jobs::{Author, Jobs};
use domain::error::{Code, Error, Result};
use domain::people::Rights;
use domain::record::Permission;
use domain::values::Clock;
use store::Store;

/// What the body of a command gets beside its request.
pub struct Call {
    app: App,
    opened: Option<Opened>,
    identity: Option<Identity>,
}

impl Call {
    /// Lets a person in or not, before anything else is looked at. Who they are and what they may
    /// is read anew each time: a right that is taken away is gone with the next command.
    pub(super) async fn admit(app: &App, command: &CommandInfo) -> Result<Self> {
        let opened = app.current().opened().cloned();
        let mut call = Self {
            app: app.clone(),
            opened,
            identity: None,
        };
        if call.is_locked() && !command.works_while_locked() {
            return Err(locked());
        }
        match command.access {
            // Before signing in there is no user to look up; after it, a password may be due.
            Access::Anyone if command.works_with_expired_password() => {}
            Access::Anyone => call.identity = call.who().await.ok(),
            Access::SignedIn | Access::Needs(_) => call.identity = Some(call.who().await?),
        }
        let is_due = call
            .identity
            .as_ref()
            .is_some_and(|identity| identity.must_change_password);
        if is_due && !command.works_with_expired_password() {
            return Err(password_expired());
        }
        if let Access::Needs(permission) = command.access {
            call.require(permission)?;
        }
        Ok(call)
    }

    fn is_locked(&self) -> bool {
        let opened = self.opened.as_ref();
        opened.is_some_and(|opened| opened.locked && opened.user.is_some())
    }

    async fn who(&self) -> Result<Identity> {
        let identity = identify(&self.app, self.opened()?).await?;
        identity.ok_or_else(signed_out)
    }

    /// The data of the workspace that was open when the command was given.
    pub fn store(&self) -> Result<Store> {
        Ok(self.opened()?.store.clone())
    }

    /// The person who gives the command.
    pub fn person(&self) -> Result<&Person> {
        let identity = self.identity.as_ref().ok_or_else(signed_out)?;
        Ok(&identity.person)
    }

    /// What the person may do.
    pub fn rights(&self) -> Result<&Rights> {
        let identity = self.identity.as_ref().ok_or_else(signed_out)?;
        Ok(&identity.rights)
    }

    /// The person as the author of what is written.
    pub fn author(&self) -> Result<Author> {
        let person = self.person()?;
        Ok(Author {
            id: person.id,
            name: person.name.clone(),
        })
    }

    /// Whether the person has this right.
    pub fn may(&self, permission: Permission) -> bool {
        self.identity
            .as_ref()
            .is_some_and(|identity| identity.rights.may(permission))
    }

    /// An error when the person lacks this right.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) {
            return Ok(());
        }
        let message = format!("You may not {}.", permission.label());
        Err(Error::new(Code::Forbidden, message)
            .hint("Ask the owner of the workspace for the right."))
    }

    /// The file that a token stands for.
    pub fn file(&self, token: &FileToken) -> Result<PathBuf> {
        self.app.file(token)
    }

    /// Where the plans of the open workspace lie.
    pub fn plans_dir(&self) -> Result<PathBuf> {
        Ok(self.app.plans_of(&self.opened()?.info))
    }

    /// The jobs of the app.
    pub fn jobs(&self) -> &Jobs {
        self.app.jobs()
    }

    /// The clock.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.app.parts().clock)
    }

    /// Tells everyone who listens.
    pub fn emit(&self, event: Event) {
        self.app.emit(event);
    }

    pub(super) fn app(&self) -> &App {
        &self.app
    }

    pub(super) fn opened(&self) -> Result<&Opened> {
        self.opened.as_ref().ok_or_else(|| {
            Error::new(Code::SignedOut, "No workspace is open.").hint("Open one first.")
        })
    }
}

fn signed_out() -> Error {
    Error::new(Code::SignedOut, "No user is signed in.").hint("Sign in first.")
}

fn locked() -> Error {
    Error::new(Code::Locked, "The session is locked.").hint("Unlock it with your password.")
}

fn password_expired() -> Error {
    Error::new(
        Code::PasswordExpired,
        "Your password was given to you by another user and must be changed.",
    )
    .hint("Choose a password of your own first.")
}

/// The request of a command, from JSON.
pub(super) fn parse<T: DeserializeOwned>(name: &str, request: Json) -> Result<T> {
    let request = if request.is_null() {
        Json::Object(serde_json::Map::new())
    } else {
        request
    };
    serde_json::from_value(request).map_err(|error| {
        // What is wrong with it repeats a part of it: not where passwords are.
        let rooms = [
            "session.",
            "workspaces.",
            "users.",
            "account.",
            "passwords.",
            "channels.",
        ];
        let has_secrets = rooms.iter().any(|room| name.starts_with(room));
        let why = if has_secrets {
            String::new()
        } else {
            format!(": {error}")
        };
        Error::invalid(format!("The request of {name} is malformed{why}."))
    })
}

/// The response of a command, as JSON.
pub(super) fn answer<T: Serialize>(name: &str, response: &T) -> Result<Json> {
    serde_json::to_value(response)
        .map_err(|error| Error::internal(format!("The response of {name}: {error}.")))
}
