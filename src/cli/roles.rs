//! `backstock roles`: what people may do.

use backstock::commands::roles::{CreateRole, DeleteRole, RoleInfo, UpdateRole};
use clap::{Args, Subcommand};
use domain::error::{Error, Result};
use domain::record::Permission;
use serde_json::json;

use super::output::{Ended, Failure, Printed, plain, table, usage};
use super::session::Session;

/// `backstock roles`.
#[derive(Debug, Subcommand)]
pub enum Roles {
    /// List the roles with their permissions.
    List,
    /// Make a role.
    Add {
        /// Its name.
        name: String,
        /// Its permissions, such as view_products,import.
        #[arg(
            long = "may",
            value_name = "PERMISSION",
            value_delimiter = ',',
            required = true
        )]
        permissions: Vec<String>,
    },
    /// Change a role of your own.
    Edit(Edit),
    /// Delete a role that no person has.
    Delete {
        /// Its name.
        name: String,
    },
}

/// `backstock roles edit`.
#[derive(Debug, Args)]
pub struct Edit {
    /// Its name until now.
    pub role: String,
    /// Its name from now on.
    #[arg(long)]
    pub name: Option<String>,
    /// All of its permissions from now on, such as view_products,import.
    #[arg(long = "may", value_name = "PERMISSION", value_delimiter = ',')]
    pub permissions: Vec<String>,
}

/// Does what was typed after `backstock roles`.
pub async fn run(session: &Session, args: &Roles) -> Result<Ended, Failure> {
    match args {
        Roles::List => list(session).await,
        Roles::Add { name, permissions } => add(session, name, permissions).await,
        Roles::Edit(args) => edit(session, args).await,
        Roles::Delete { name } => delete(session, name).await,
    }
}

/// The role with this name or key.
pub async fn find(session: &Session, name: &str) -> Result<RoleInfo> {
    let roles = all(session).await?;
    let wanted = name.trim().to_lowercase();
    let known: Vec<String> = roles.iter().map(|role| role.name.clone()).collect();
    let is_it =
        |role: &RoleInfo| role.name.to_lowercase() == wanted || role.key.to_string() == wanted;
    let found = roles.into_iter().find(is_it);
    found.ok_or_else(|| {
        Error::not_found(format!("There is no role \"{name}\"."))
            .hint(format!("The roles are: {}.", known.join(", ")))
    })
}

async fn all(session: &Session) -> Result<Vec<RoleInfo>> {
    session.call("roles.list", &json!({})).await
}

async fn list(session: &Session) -> Result<Ended, Failure> {
    let roles = all(session).await?;
    let rows = roles.iter().map(|role| {
        vec![
            role.name.clone(),
            role.users.to_string(),
            keys(&role.permissions),
        ]
    });
    let text = table(&["Role", "People", "May"], rows.collect(), &[1]);
    Ok(Ended::Done(Printed::new(json!(roles), text)))
}

fn keys(permissions: &[Permission]) -> String {
    let keys: Vec<&str> = permissions.iter().map(|known| known.key()).collect();
    keys.join(", ")
}

async fn add(session: &Session, name: &str, typed: &[String]) -> Result<Ended, Failure> {
    let request = CreateRole {
        name: name.to_owned(),
        permissions: permissions(typed)?,
    };
    let role: RoleInfo = session.call("roles.create", &request).await?;
    Ok(told(&role))
}

async fn edit(session: &Session, args: &Edit) -> Result<Ended, Failure> {
    let new = permissions(&args.permissions)?;
    let role = find(session, &args.role).await?;
    let request = UpdateRole {
        key: role.key,
        version: role.version,
        name: args.name.clone().unwrap_or(role.name),
        permissions: if new.is_empty() {
            role.permissions
        } else {
            new
        },
    };
    let role: RoleInfo = session.call("roles.update", &request).await?;
    Ok(told(&role))
}

async fn delete(session: &Session, name: &str) -> Result<Ended, Failure> {
    let role = find(session, name).await?;
    let request = DeleteRole {
        key: role.key,
        version: role.version,
    };
    let () = session.call("roles.delete", &request).await?;
    let text = format!("Deleted the role {}.", plain(&role.name));
    Ok(Ended::Done(Printed::new(json!(role), text)))
}

fn permissions(typed: &[String]) -> Result<Vec<Permission>, Failure> {
    let known = |text: &String| {
        Permission::from_key(text.trim()).ok_or_else(|| {
            usage(
                format!("There is no permission \"{text}\"."),
                format!("The permissions are: {}.", keys(Permission::ALL)),
            )
        })
    };
    typed.iter().map(known).collect()
}

fn told(role: &RoleInfo) -> Ended {
    let (name, keys) = (plain(&role.name), keys(&role.permissions));
    let text = format!("The role {name} may: {keys}.");
    Ended::Done(Printed::new(json!(role), text))
}
