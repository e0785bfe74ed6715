//! Changes of people: accounts given, edited, deactivated, deleted; passwords reset.

use super::{CreateUser, NewPassword, ResetPassword, SelectUser, UpdateUser, User, shown};
use crate::commands::call::Call;
use crate::commands::events::Event;
use crate::commands::made_roles::MadeRoles;
use crate::commands::proof::hash;
use domain::error::{Error, Result};
use domain::people::kinds::USER;
use domain::people::{Email, check_new_password, check_person_name, generate_password};
use domain::values::UserId;
use store::{NewUser, UserEdit, UserRecord};

/// Gives a person an account.
pub(in crate::commands) async fn create(call: &Call, request: CreateUser) -> Result<NewPassword> {
    let (name, email) = check(&request.name, &request.email, request.password.as_deref())?;
    let is_given = request.password.is_some();
    let password = request.password.unwrap_or_else(generate_password);
    let new = NewUser {
        name,
        email,
        role: request.role,
        password_hash: hash(password.clone()).await?,
        must_change_password: !is_given || request.must_change.unwrap_or(true),
    };
    let by = call.person()?.id;
    let user = call.store()?.create_user(by, &new).await?;
    share_key(call, user.id, &password).await;
    Ok(NewPassword {
        user: told(call, user).await?,
        password: (!is_given).then_some(password),
    })
}

/// Changes name, address and role.
pub(in crate::commands) async fn update(call: &Call, request: UpdateUser) -> Result<User> {
    let (name, email) = check(&request.name, &request.email, None)?;
    let role = request.role;
    let edit = UserEdit::Details { name, email, role };
    change(call, request.id, request.version, &edit).await
}

/// Stops a person from signing in.
pub(in crate::commands) async fn deactivate(call: &Call, request: SelectUser) -> Result<User> {
    change(call, request.id, request.version, &UserEdit::Deactivate).await
}

/// Lets a person sign in again.
pub(in crate::commands) async fn reactivate(call: &Call, request: SelectUser) -> Result<User> {
    change(call, request.id, request.version, &UserEdit::Reactivate).await
}

/// Deletes a person's account; what they did stays theirs.
pub(in crate::commands) async fn delete(call: &Call, request: SelectUser) -> Result<()> {
    change(call, request.id, request.version, &UserEdit::Delete)
        .await
        .map(drop)
}

/// Gives a person another password.
pub(in crate::commands) async fn reset_password(
    call: &Call,
    request: ResetPassword,
) -> Result<NewPassword> {
    if let Some(password) = &request.password {
        let email = call.store()?.user(request.id).await?.email;
        check_new_password(password, &email).map_err(|rule| {
            Error::invalid("The password cannot be reset to this one.").field("password", rule)
        })?;
    }
    let is_given = request.password.is_some();
    let password = request.password.unwrap_or_else(generate_password);
    let edit = UserEdit::Password {
        hash: hash(password.clone()).await?,
    };
    let user = change(call, request.id, request.version, &edit).await?;
    share_key(call, user.id, &password).await;
    Ok(NewPassword {
        user,
        password: (!is_given).then_some(password),
    })
}

/// Gives a person a copy of the workspace's key, when the user has it. When that fails,
/// they work all the same, without secrets: the new password is told in any case.
async fn share_key(call: &Call, user: UserId, password: &str) {
    if let Ok(Some(wrap)) = call.wrap_for(user, password).await
        && let Ok(store) = call.store()
    {
        store.put_wrap(user, &wrap).await.ok();
    }
}

async fn change(call: &Call, id: UserId, version: i64, edit: &UserEdit) -> Result<User> {
    let by = call.person()?.id;
    let user = call.store()?.edit_user(by, id, version, edit).await?;
    told(call, user).await
}

async fn told(call: &Call, user: UserRecord) -> Result<User> {
    if user.id == call.person()?.id {
        call.emit(Event::StateChanged);
    }
    call.emit(Event::changed(USER));
    let roles = MadeRoles::of(&call.store()?, user.role).await?;
    shown(call, &roles, user)
}

fn check(name: &str, email: &str, password: Option<&str>) -> Result<(String, Email)> {
    let mut error = Error::invalid("The account cannot be saved.");
    let name = check_person_name(name);
    if let Err(rule) = &name {
        error = error.field("name", rule);
    }
    if let Some(password) = password
        && let Err(rule) = check_new_password(password, email)
    {
        error = error.field("password", rule);
    }
    match (name, Email::parse(email)) {
        (_, Err(rule)) => Err(error.field("email", rule)),
        (Ok(name), Ok(email)) if error.fields.is_empty() => Ok((name.to_owned(), email)),
        _ => Err(error),
    }
}
