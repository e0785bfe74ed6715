//! `backstock init`: a new workspace and its owner.

use std::env;
use std::path::Path;

use backstock::commands::location::{SharedAddress, WorkspaceInfo};
use backstock::commands::session::{CreateOwner, Stage, check_owner};
use backstock::commands::workspaces::CreateLocal;
use domain::error::{Error, Result};
use serde_json::{Value as Json, json};

use super::args::Init;
use super::output::{Ended, Failure, Printed, usage};
use super::session::Session;
use super::target::Target;

/// Makes the workspace, then its owner. A workspace that was made but has no owner yet is finished.
pub async fn run(session: &Session, args: &Init) -> Result<Ended, Failure> {
    let password = env::var("BACKSTOCK_PASSWORD").map_err(|_| {
        usage(
            "The owner needs a password.",
            "Set BACKSTOCK_PASSWORD to a password of 10 characters or more.",
        )
    })?;
    let owner = CreateOwner {
        name: args.name.clone(),
        email: args.email.clone(),
        password,
        currency: args.currency.clone(),
    };
    // Before the workspace is made: one without an owner would have to be finished.
    check_owner(&owner)?;
    let name = args.workspace_name.as_deref();
    match session.target() {
        Some(Target::File(path)) => make_file(session, name, path).await?,
        Some(Target::Shared(address)) => make_shared(session, name, address).await?,
        None => make_first(session, name).await?,
    }
    let state: Json = session.call("session.create_owner", &owner).await?;
    let workspace = state["workspace"].clone();
    let text = format!(
        "Made the workspace {} at {}.\nIts owner is {}; sign in as {}.",
        workspace["name"].as_str().unwrap_or_default(),
        workspace["location"].as_str().unwrap_or_default(),
        args.name,
        args.email,
    );
    let json = json!({ "workspace": workspace, "person": state["person"] });
    Ok(Ended::Done(Printed::new(json, text)))
}

async fn make_file(session: &Session, name: Option<&str>, path: &Path) -> Result<()> {
    if path.exists() {
        session.open().await?;
        return refuse_finished(session).await;
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let request = CreateLocal {
        name: name.unwrap_or(&stem).to_owned(),
        file: Some(session.grant(path).token),
    };
    create_local(session, &request).await
}

async fn make_shared(session: &Session, name: Option<&str>, address: &SharedAddress) -> Result<()> {
    if session.test_shared(address).await?.empty {
        let name = name.unwrap_or(&address.database);
        return session.connect_shared(name, address).await;
    }
    session.open().await?;
    refuse_finished(session).await
}

async fn make_first(session: &Session, name: Option<&str>) -> Result<()> {
    match session.stage().await? {
        Stage::ChooseWorkspace => {
            let request = CreateLocal {
                name: name.unwrap_or("Shop").to_owned(),
                file: None,
            };
            create_local(session, &request).await
        }
        Stage::CreateOwner => Ok(()),
        _ => Err(Error::invalid("This machine has a workspace already.")
            .hint("Name the file or the database of another one with --workspace.")),
    }
}

async fn create_local(session: &Session, request: &CreateLocal) -> Result<()> {
    session
        .call::<_, WorkspaceInfo>("workspaces.create_local", request)
        .await
        .map(drop)
}

async fn refuse_finished(session: &Session) -> Result<()> {
    if session.stage().await? == Stage::CreateOwner {
        return Ok(());
    }
    Err(
        Error::invalid("The workspace exists already and has an owner.")
            .hint("Sign in with BACKSTOCK_USER and BACKSTOCK_PASSWORD, or choose another file."),
    )
}
