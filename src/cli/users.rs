//! `backstock users` and `backstock password`: the people of a workspace, and one's own password.

use std::env;

use backstock::commands::account::ChangePassword;
use backstock::commands::users::{
    CreateUser, ListUsers, NewPassword, ResetPassword, SelectUser, UpdateUser, User, UserPage,
    UserSort,
};
use clap::{Args, Subcommand, ValueEnum};
use domain::error::{Error, Result};
use serde_json::{Value as Json, json};
use store::UserStatus;

use super::output::{Ended, Failure, Printed, confirm, plain, table, usage};
use super::roles;
use super::session::Session;
use super::time::utc;

/// Where a new password comes from: a command line is seen by everyone on the machine.
const NEW_PASSWORD: &str = "BACKSTOCK_NEW_PASSWORD";

/// `backstock users`. A person is named by their e-mail address.
#[derive(Debug, Subcommand)]
pub enum Users {
    /// List everyone who has an account.
    List(List),
    /// Give a person an account. The password comes from BACKSTOCK_NEW_PASSWORD; without it, one is
    /// made up and printed once.
    Add(Add),
    /// Change a person's name, e-mail address or role.
    Edit(Edit),
    /// Stop a person from signing in.
    Deactivate {
        /// Their e-mail address.
        email: String,
    },
    /// Let a person sign in again.
    Reactivate {
        /// Their e-mail address.
        email: String,
    },
    /// Delete a person's account; what they did stays theirs.
    Delete {
        /// Their e-mail address.
        email: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Give a person another password, from BACKSTOCK_NEW_PASSWORD or made up; they must change it.
    ResetPassword {
        /// Their e-mail address.
        email: String,
    },
}

/// `backstock users list`.
#[derive(Debug, Args)]
pub struct List {
    /// Words of name, e-mail address or role.
    #[arg(long)]
    pub search: Option<String>,
    /// Sorted by what.
    #[arg(long, value_enum, default_value = "name")]
    pub sort: Sort,
    /// The other way round.
    #[arg(long)]
    pub descending: bool,
}

/// What people are sorted by.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Sort {
    /// By name.
    Name,
    /// By e-mail address.
    Email,
    /// By role.
    Role,
    /// Active ones first.
    Status,
    /// By the last sign-in.
    LastSignIn,
}

/// `backstock users add`.
#[derive(Debug, Args)]
pub struct Add {
    /// Their name.
    #[arg(long)]
    pub name: String,
    /// Their e-mail address.
    #[arg(long)]
    pub email: String,
    /// Their role: owner, manager, operator, viewer, or the name of a role of your own.
    #[arg(long)]
    pub role: String,
    /// The password from BACKSTOCK_NEW_PASSWORD may stay: they need not change it.
    #[arg(long)]
    pub keep_password: bool,
}

/// `backstock users edit`.
#[derive(Debug, Args)]
pub struct Edit {
    /// Their e-mail address until now.
    pub email: String,
    /// Their name from now on.
    #[arg(long)]
    pub name: Option<String>,
    /// Their e-mail address from now on.
    #[arg(long = "email", value_name = "EMAIL", id = "new_email")]
    pub new_email: Option<String>,
    /// Their role from now on.
    #[arg(long)]
    pub role: Option<String>,
}

/// Does what was typed after `backstock users`.
pub async fn run(session: &Session, args: &Users) -> Result<Ended, Failure> {
    match args {
        Users::List(args) => list(session, args).await,
        Users::Add(args) => add(session, args).await,
        Users::Edit(args) => edit(session, args).await,
        Users::Deactivate { email } => {
            let user: User = select(session, "users.deactivate", email).await?;
            Ok(told(&user, "can sign in no more"))
        }
        Users::Reactivate { email } => {
            let user: User = select(session, "users.reactivate", email).await?;
            Ok(told(&user, "can sign in again"))
        }
        Users::Delete { email, .. } => delete(session, email).await,
        Users::ResetPassword { email } => reset_password(session, email).await,
    }
}

/// Refuses what cannot work and asks before what cannot be undone; before anything is opened.
pub fn check(args: &Users, as_json: bool) -> Result<(), Failure> {
    match args {
        Users::Delete { email, yes } => {
            confirm(*yes, as_json, &format!("Delete the account of {email}?"))
        }
        // Without it a password is made up, and that one must be changed.
        Users::Add(args) if args.keep_password && env::var_os(NEW_PASSWORD).is_none() => {
            Err(usage(
                "There is no password that could be kept.",
                format!("Set {NEW_PASSWORD}, or leave --keep-password out."),
            ))
        }
        _ => Ok(()),
    }
}

/// `backstock password`: changes one's own.
pub async fn change_password(session: &Session) -> Result<Ended, Failure> {
    let (Ok(current), Ok(new)) = (env::var("BACKSTOCK_PASSWORD"), env::var(NEW_PASSWORD)) else {
        return Err(usage(
            "The new password is missing.",
            format!("Set {NEW_PASSWORD} to a password of 10 characters or more."),
        ));
    };
    let request = ChangePassword { current, new };
    let state: Json = session.call("account.change_password", &request).await?;
    let json = json!({ "person": state["person"] });
    Ok(Ended::Done(Printed::new(json, "Changed your password.")))
}

async fn list(session: &Session, args: &List) -> Result<Ended, Failure> {
    let request = ListUsers {
        search: args.search.clone(),
        sort: match args.sort {
            Sort::Name => UserSort::Name,
            Sort::Email => UserSort::Email,
            Sort::Role => UserSort::Role,
            Sort::Status => UserSort::Status,
            Sort::LastSignIn => UserSort::LastSignIn,
        },
        descending: args.descending,
    };
    let page: UserPage = session.call("users.list", &request).await?;
    let head = ["Name", "E-mail", "Role", "Status", "Last sign-in"];
    let mut text = table(&head, page.users.iter().map(row).collect(), &[]);
    text.push_str(&format!("{} of {} people\n", page.users.len(), page.total));
    Ok(Ended::Done(Printed::new(json!(page), text)))
}

fn row(user: &User) -> Vec<String> {
    let status = match (user.status, user.locked_until, user.must_change_password) {
        (UserStatus::Active, Some(until), _) => format!("locked until {}", utc(until)),
        (UserStatus::Active, None, true) => "must change the password".to_owned(),
        (UserStatus::Active, None, false) => "active".to_owned(),
        (UserStatus::Deactivated, ..) => "deactivated".to_owned(),
        (UserStatus::Deleted, ..) => "deleted".to_owned(),
    };
    vec![
        user.name.clone(),
        user.email.clone(),
        user.role_name.clone(),
        status,
        user.last_sign_in_at.map_or("never".to_owned(), utc),
    ]
}

async fn add(session: &Session, args: &Add) -> Result<Ended, Failure> {
    let request = CreateUser {
        name: args.name.clone(),
        email: args.email.clone(),
        role: roles::find(session, &args.role).await?.key,
        password: env::var(NEW_PASSWORD).ok(),
        must_change: Some(!args.keep_password),
    };
    let new: NewPassword = session.call("users.create", &request).await?;
    Ok(told_with_password(&new, "has an account"))
}

async fn edit(session: &Session, args: &Edit) -> Result<Ended, Failure> {
    let user = find(session, &args.email).await?;
    let role = match &args.role {
        Some(role) => roles::find(session, role).await?.key,
        None => user.role,
    };
    let request = UpdateUser {
        id: user.id,
        version: user.version,
        name: args.name.clone().unwrap_or(user.name),
        email: args.new_email.clone().unwrap_or(user.email),
        role,
    };
    let user: User = session.call("users.update", &request).await?;
    let what = format!(
        "has the address {} and the role {}",
        user.email, user.role_name
    );
    Ok(told(&user, &what))
}

async fn delete(session: &Session, email: &str) -> Result<Ended, Failure> {
    let user = find(session, email).await?;
    let () = select(session, "users.delete", email).await?;
    Ok(told(&user, "has no account any more"))
}

async fn reset_password(session: &Session, email: &str) -> Result<Ended, Failure> {
    let user = find(session, email).await?;
    let request = ResetPassword {
        id: user.id,
        version: user.version,
        password: env::var(NEW_PASSWORD).ok(),
    };
    let new: NewPassword = session.call("users.reset_password", &request).await?;
    Ok(told_with_password(&new, "has another password"))
}

async fn select<T: serde::de::DeserializeOwned>(
    session: &Session,
    command: &str,
    email: &str,
) -> Result<T> {
    let user = find(session, email).await?;
    let request = SelectUser {
        id: user.id,
        version: user.version,
    };
    session.call(command, &request).await
}

/// The person with this address, in any case.
async fn find(session: &Session, email: &str) -> Result<User> {
    let all = json!({});
    let page: UserPage = session.call("users.list", &all).await?;
    let wanted = email.trim().to_lowercase();
    let mut users = page.users.into_iter();
    let found = users.find(|user| user.email.to_lowercase() == wanted);
    found.ok_or_else(|| {
        Error::not_found(format!("No person has the e-mail address {email}."))
            .hint("`backstock users list` shows everyone.")
    })
}

fn told(user: &User, what: &str) -> Ended {
    let text = format!("{} {}.", plain(&user.name), plain(what));
    Ended::Done(Printed::new(json!(user), text))
}

fn told_with_password(new: &NewPassword, what: &str) -> Ended {
    let mut text = format!("{} {what}.\n", plain(&new.user.name));
    if let Some(password) = &new.password {
        text.push_str(&format!("The password is {password}\n"));
        text.push_str("It is shown this once.\n");
    }
    if new.user.must_change_password {
        text.push_str("It must be changed at the first sign-in.\n");
    }
    Ended::Done(Printed::new(json!(new), text))
}
