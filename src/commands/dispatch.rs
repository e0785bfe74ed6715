//! The way in: a command is given by its name.

use serde_json::Value as Json;

use super::app::App;
use super::call::Call;
use super::list;
use domain::error::{Error, Result};

/// Gives a command by its name.
pub async fn call(app: &App, name: &str, request: Json) -> Result<Json> {
    let Some(command) = list::find(name) else {
        return Err(Error::invalid(format!("There is no command \"{name}\".")));
    };
    refuse_huge(&request["filter"])?;
    let store = app.current().opened().map(|opened| opened.store.clone());
    let work = async {
        let call = Call::admit(app, command).await?;
        list::dispatch(&call, name, request).await
    };
    let Some(store) = store else {
        return work.await;
    };
    let answer = match outlives_server(name) {
        true => work.await,
        false => store.unless_dead(work).await,
    };
    match answer {
        Err(error) => Err(store.explain(error).await),
        answer => answer,
    }
}

/// The most choices of a filter, and the most characters of a text in it. People choose and type
/// less, and a database takes statements of a bounded size only.
const MOST_CHOICES: usize = 1_000;
const LONGEST_TEXT: usize = 500;

fn refuse_huge(filter: &Json) -> Result<()> {
    match filter {
        Json::Object(parts) => parts.values().try_for_each(refuse_huge),
        Json::Array(choices) if choices.len() > MOST_CHOICES => Err(Error::invalid(format!(
            "The filter has {} choices in one place; it can have {MOST_CHOICES}.",
            choices.len()
        ))),
        Json::Array(choices) => choices.iter().try_for_each(refuse_huge),
        Json::String(text) if text.chars().count() > LONGEST_TEXT => Err(Error::invalid(format!(
            "The text in the filter is longer than {LONGEST_TEXT} characters."
        ))),
        _ => Ok(()),
    }
}

/// Whether a command goes on when the server of the open workspace is dead: another one is opened,
/// a person leaves, or it is told how things stand.
fn outlives_server(name: &str) -> bool {
    name.starts_with("workspaces.") || ["app.state", "session.sign_out"].contains(&name)
}
