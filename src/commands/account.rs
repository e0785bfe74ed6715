//! One's own account: the name, the password, and how good a new password is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::proof::{Claim, hash, prove};
use super::session::{AppState, describe};
use crate::commands::events::Event;
use domain::error::{Error, Result};
use domain::people::kinds::USER;
use domain::people::{check_new_password, check_person_name, strength};

/// `account.update`: one's own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateAccount {
    /// The name.
    pub name: String,
}

/// `account.change_password`: one's own. A wrong current password counts like a wrong sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub current: String,
    /// The password from now on.
    pub new: String,
}

/// `passwords.check`: a new password that is being typed; nothing is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckPassword {
    /// The password.
    pub password: String,
    /// The e-mail address of whom it is for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub email: Option<String>,
    /// The name of whom it is for.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
}

/// What is to be said about a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasswordCheck {
    /// The rule that it breaks; with one it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<String>,
    /// From 0, guessed at once, to 4, out of reach.
    pub strength: u8,
    /// What would make it stronger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub hint: Option<String>,
}

/// Changes one's own name.
pub(super) async fn update(call: &Call, request: UpdateAccount) -> Result<AppState> {
    let name = check_person_name(&request.name)
        .map_err(|rule| Error::invalid("The account cannot be saved.").field("name", rule))?;
    call.store()?.rename_self(call.person()?.id, name).await?;
    call.emit(Event::StateChanged);
    call.emit(Event::changed(USER));
    Ok(describe(call.app()).await)
}

/// Changes one's own password.
pub(super) async fn change_password(call: &Call, request: ChangePassword) -> Result<AppState> {
    let person = call.person()?;
    let is_same = request.current == request.new;
    let current = request.current.clone();
    let user = prove(call, Claim::Current(person.id), request.current).await?;
    let refused = |rule: String| Error::invalid("The password was not changed.").field("new", rule);
    if is_same {
        return Err(refused(
            "This is the password that you have. Choose another.".into(),
        ));
    }
    check_new_password(&request.new, &user.email).map_err(refused)?;
    let opened = call.opened()?;
    if call.key().is_err() {
        // The copy of the key may have been out of reach at sign-in; only this password opens it.
        call.app().open_vault(opened, user.id, current).await;
    }
    let wrap = call.wrap_for(user.id, &request.new).await?;
    let fresh = hash(request.new).await?;
    let old = &user.password_hash;
    call.app().expect_hash(&opened.info, user.id, &fresh);
    call.store()?
        .change_own_password(user.id, old, &fresh, wrap.as_ref())
        .await?;
    call.emit(Event::StateChanged);
    Ok(describe(call.app()).await)
}

/// Says how good a new password is.
pub(super) async fn check_password(_: &Call, request: CheckPassword) -> Result<PasswordCheck> {
    let email = request.email.unwrap_or_default();
    let problem = check_new_password(&request.password, &email).err();
    let name = request.name.unwrap_or_default();
    let strength = strength(&request.password, &[&name, &email]);
    Ok(PasswordCheck {
        problem,
        strength: strength.level,
        hint: strength.hint,
    })
}
