//! One call of a command: who gives it, on which workspace, and what its body may use.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::app::App;
use super::events::Event;
use super::files::FileToken;
use super::list::{self, Access};
use super::opened::Opened;
use super::session::{self, Person};
use crate::error::{Code, Error, Result};
use crate::jobs::{Author, Jobs};
use crate::people::Permission;
use crate::store::Store;
use crate::values::Clock;

/// Gives a command by its name.
pub async fn call(app: &App, name: &str, request: Json) -> Result<Json> {
    let Some(command) = list::find(name) else {
        return Err(Error::invalid(format!("There is no command \"{name}\".")));
    };
    let call = Call::admit(app, command.access).await?;
    list::dispatch(&call, name, request).await
}

/// What the body of a command gets beside its request.
pub struct Call {
    app: App,
    opened: Option<Opened>,
    person: Option<Person>,
}

impl Call {
    /// Lets a person in or not, before anything else is looked at. Who they are and what they may
    /// is read anew each time: a right that is taken away is gone with the next command.
    async fn admit(app: &App, access: Access) -> Result<Self> {
        let opened = app.current().opened().cloned();
        let mut call = Self {
            app: app.clone(),
            opened,
            person: None,
        };
        match access {
            Access::Anyone => {}
            Access::SignedIn => call.person = Some(call.who().await?),
            Access::Needs(permission) => {
                call.person = Some(call.who().await?);
                call.require(permission)?;
            }
        }
        Ok(call)
    }

    async fn who(&self) -> Result<Person> {
        let opened = self.opened()?;
        let person = session::person_of(&self.app, opened).await?;
        person.ok_or_else(signed_out)
    }

    /// The data of the workspace that was open when the command was given.
    pub fn store(&self) -> Result<Store> {
        Ok(self.opened()?.store.clone())
    }

    /// The person who gives the command.
    pub fn person(&self) -> Result<&Person> {
        self.person.as_ref().ok_or_else(signed_out)
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
        self.person
            .as_ref()
            .is_some_and(|person| person.role.may(permission))
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
    Error::new(Code::SignedOut, "Nobody is signed in.").hint("Sign in first.")
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
        let has_secrets = name.starts_with("session.") || name.starts_with("workspaces.");
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
