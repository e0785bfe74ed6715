//! Signing in and out, and what a host shows before anything else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::{App, lock};
use super::call::Call;
use super::events::Event;
use super::opened::{Current, Opened};
use super::workspaces::WorkspaceInfo;
use crate::catalog::{Field, FieldInfo};
use crate::error::{Code, Error, Result};
use crate::people::{
    Email, Permission, Role, check_new_password, hash_password, locked_error, locked_until,
    verify_password,
};
use crate::store::{NewUser, NewWorkspace, UserRecord, UserStatus};
use crate::values::{Timestamp, UserId};

/// The longest name of a person, in characters.
const MAX_NAME: usize = 100;

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
    pub role: Role,
    /// What they may do.
    pub permissions: Vec<Permission>,
}

/// What the window shows first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No workspace was ever opened here (or none is open): choose or make one.
    ChooseWorkspace,
    /// The shared workspace that was open last needs its database password.
    PasswordNeeded,
    /// The workspace that was open last cannot be opened now; `problem` says why.
    Broken,
    /// The workspace has no person yet: make the owner account.
    CreateOwner,
    /// Somebody must sign in.
    SignIn,
    /// Somebody is signed in.
    Ready,
}

/// `app.state`: where things stand. Asked at the start and after each `stateChanged` event.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// What to show.
    pub stage: Stage,
    /// The workspace that is (or should be) open.
    pub workspace: Option<WorkspaceInfo>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Why the workspace cannot be opened.
    pub problem: Option<crate::error::Error>,
    /// The fields of a product, for forms, columns and mappings; the cost is left out for people
    /// who may not see it.
    pub fields: Vec<FieldInfo>,
    /// Whether the open workspace has no product at all, the trash included.
    pub empty: bool,
}

/// `app.state` takes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetState {}

/// `session.create_owner`: the first person of a workspace, who is then signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateOwner {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password: 10 characters or more.
    pub password: String,
}

/// `session.sign_in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    /// The e-mail address, in any case.
    pub email: String,
    /// The password.
    pub password: String,
}

/// `session.sign_out`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignOut {}

/// `practice.load`: fills an empty workspace with the practice catalogue, as a batch that can be
/// undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoadPractice {}

/// Says where things stand; the first time, the workspace that was open last is opened.
pub(super) async fn state(call: &Call, _: GetState) -> Result<AppState> {
    call.app().open_last().await;
    Ok(describe(call.app()).await)
}

async fn describe(app: &App) -> AppState {
    let (stage, workspace, problem) = match &*app.current() {
        Current::Unopened | Current::Closed => (Stage::ChooseWorkspace, None, None),
        Current::PasswordNeeded(info) => (Stage::PasswordNeeded, Some(info.clone()), None),
        Current::Broken(info, error) => (Stage::Broken, Some(info.clone()), Some(error.clone())),
        Current::Open(opened) => (Stage::SignIn, Some(opened.info.clone()), None),
    };
    let mut state = AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        stage,
        workspace,
        person: None,
        problem,
        fields: Vec::new(),
        empty: false,
    };
    let opened = app.current().opened().cloned();
    if let Some(opened) = opened
        && let Err(error) = describe_opened(&mut state, app, &opened).await
    {
        (state.stage, state.problem) = (Stage::Broken, Some(error));
    }
    state
}

async fn describe_opened(state: &mut AppState, app: &App, opened: &Opened) -> Result<()> {
    if opened.store.workspace().await?.is_none() {
        state.stage = Stage::CreateOwner;
        return Ok(());
    }
    let Some(person) = person_of(app, opened).await? else {
        return Ok(());
    };
    let sees_costs = person.role.may(Permission::SeeCosts);
    let fields = Field::ALL
        .iter()
        .filter(|field| sees_costs || !field.is_cost());
    state.fields = fields.map(|field| field.info()).collect();
    state.empty = opened.store.is_empty().await?;
    state.person = Some(person);
    state.stage = Stage::Ready;
    Ok(())
}

/// Who is signed in, as the database has them now. An account that was deactivated meanwhile is
/// signed out by this.
pub(super) async fn person_of(app: &App, opened: &Opened) -> Result<Option<Person>> {
    let Some(id) = opened.user else {
        return Ok(None);
    };
    let user = match opened.store.user(id).await {
        Ok(user) if user.status == UserStatus::Active => user,
        Ok(_) => return Ok(signed_out(app, opened)),
        Err(error) if error.code == Code::NotFound => return Ok(signed_out(app, opened)),
        Err(error) => return Err(error),
    };
    Ok(Some(person(user)))
}

fn signed_out(app: &App, opened: &Opened) -> Option<Person> {
    set_user(app, &opened.info, None);
    None
}

fn person(user: UserRecord) -> Person {
    Person {
        id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        permissions: user.role.permissions().to_vec(),
    }
}

/// Makes the first person of a workspace and signs them in.
pub(super) async fn create_owner(call: &Call, request: CreateOwner) -> Result<AppState> {
    let opened = call.opened()?;
    let email = check_owner(&request)?;
    if opened.store.workspace().await?.is_some() {
        return Err(
            Error::new(Code::Conflict, "This workspace has an owner already.")
                .hint("Sign in, or ask the owner for an account."),
        );
    }
    let password = request.password;
    let hash = on_blocking_thread(move || hash_password(&password)).await??;
    let owner = NewUser {
        name: request.name.trim().to_owned(),
        email,
        role: Role::Owner,
        password_hash: hash,
    };
    let workspace = NewWorkspace {
        name: opened.info.name.clone(),
        // Nobody was asked yet; an amount without a currency is shown as a plain number.
        currency: String::new(),
    };
    let id = opened.store.set_up(&workspace, &owner).await?;
    set_user(call.app(), &opened.info, Some(id));
    Ok(describe(call.app()).await)
}

fn check_owner(request: &CreateOwner) -> Result<Email> {
    let mut error = Error::invalid("The owner account cannot be made.");
    match request.name.trim().chars().count() {
        0 => error = error.field("name", "A name is needed."),
        1..=MAX_NAME => {}
        _ => error = error.field("name", format!("A name has at most {MAX_NAME} characters.")),
    }
    if let Err(rule) = check_new_password(&request.password, &request.email) {
        error = error.field("password", rule);
    }
    match Email::parse(&request.email) {
        Err(rule) => Err(error.field("email", rule)),
        Ok(_) if !error.fields.is_empty() => Err(error),
        Ok(email) => Ok(email),
    }
}

/// Signs a person in. An unknown address and a wrong password get the same answer after the same
/// work, and are slowed down alike.
pub(super) async fn sign_in(call: &Call, request: SignIn) -> Result<AppState> {
    let opened = call.opened()?;
    let _one_at_a_time = call.app().parts().signing_in.lock().await;
    let now = call.clock().now();
    let key = request.email.trim().to_lowercase();
    let user = match Email::parse(&request.email) {
        Ok(email) => opened.store.find_user_by_email(&email).await?,
        // What is no address has no account, and is answered like one that is unknown.
        Err(_) => None,
    };
    let until = match &user {
        Some(user) => user.locked_until,
        None => lock(&call.app().parts().guesses).locked_until(&key),
    };
    if let Some(until) = until.filter(|until| *until > now) {
        return Err(locked_error(until, now));
    }
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let password = request.password;
    let is_right = on_blocking_thread(move || verify_password(&password, hash.as_deref())).await?;
    match user {
        Some(user) if is_right => let_in(call, opened, &user).await,
        Some(user) => {
            let failed = opened.store.record_failed_sign_in(user.id).await?;
            let until = locked_until(failed, now);
            if let Some(until) = until {
                opened.store.lock_user(user.id, until).await?;
            }
            Err(wrong(until, now))
        }
        None => {
            let mut guesses = lock(&call.app().parts().guesses);
            guesses.failed(&key, now);
            Err(wrong(guesses.locked_until(&key), now))
        }
    }
}

async fn let_in(call: &Call, opened: &Opened, user: &UserRecord) -> Result<AppState> {
    // Told only to whoever knows the password.
    if user.status != UserStatus::Active {
        return Err(
            Error::new(Code::SignInFailed, "This account is deactivated.")
                .hint("Ask the owner of the workspace."),
        );
    }
    opened.store.record_sign_in(user.id).await?;
    set_user(call.app(), &opened.info, Some(user.id));
    Ok(describe(call.app()).await)
}

fn wrong(until: Option<Timestamp>, now: Timestamp) -> Error {
    let error = Error::new(
        Code::SignInFailed,
        "The e-mail address or the password is wrong.",
    );
    match until {
        Some(until) => error.hint(locked_error(until, now).message),
        None => error.hint("Check both; capital letters count in a password."),
    }
}

/// Signs the person out.
pub(super) async fn sign_out(call: &Call, _: SignOut) -> Result<()> {
    if let Ok(opened) = call.opened() {
        set_user(call.app(), &opened.info, None);
    }
    Ok(())
}

/// Notes who is signed in, unless another workspace was opened meanwhile.
fn set_user(app: &App, workspace: &WorkspaceInfo, user: Option<UserId>) {
    if let Current::Open(opened) = &mut *app.current()
        && opened.info.id == workspace.id
    {
        opened.user = user;
    }
    app.emit(Event::StateChanged);
}

/// Hashing takes tens of milliseconds of work: it must not stand in the way of other calls.
async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::internal(format!("The password could not be checked: {error}.")))
}
