//! The ways in and out: the first owner, signing in and out, locking and unlocking.

use super::{AppState, CreateOwner, Lock, SignIn, SignOut, Unlock, describe};
use crate::commands::call::Call;
use crate::commands::current::SignedIn;
use crate::commands::proof::{Claim, hash, prove};
use domain::error::{Code, Error, Result};
use domain::people::{BuiltInRole, Email, check_new_password, check_person_name};
use domain::values::check_currency;
use store::{NewUser, NewWorkspace, UserStatus};

/// Makes the first person of a workspace and signs them in.
pub(in crate::commands) async fn create_owner(
    call: &Call,
    request: CreateOwner,
) -> Result<AppState> {
    let opened = call.opened()?;
    let (email, currency) = check_owner(&request)?;
    if opened.store.workspace().await?.is_some() {
        return Err(
            Error::new(Code::Conflict, "This workspace has an owner already.")
                .hint("Sign in, or ask the owner for an account."),
        );
    }
    let owner = NewUser {
        name: request.name.trim().to_owned(),
        email,
        role: BuiltInRole::Owner.into(),
        password_hash: hash(request.password.clone()).await?,
        must_change_password: false,
    };
    let workspace = NewWorkspace {
        name: opened.info.name.clone(),
        currency,
    };
    let id = opened.store.set_up(&workspace, &owner).await?;
    let signed_in = SignedIn::by(id, owner.password_hash);
    call.app().set_user(&opened.info, Some(signed_in));
    call.app().open_vault(opened, id, request.password).await;
    Ok(describe(call.app()).await)
}

/// Checks what is typed for the first owner; nothing is made. Gives the address and the currency.
pub fn check_owner(request: &CreateOwner) -> Result<(Email, String)> {
    let mut error = Error::invalid("The owner account cannot be made.");
    if let Err(rule) = check_person_name(&request.name) {
        error = error.field("name", rule);
    }
    if let Err(rule) = check_new_password(&request.password, &request.email) {
        error = error.field("password", rule);
    }
    let currency = check_currency(request.currency.as_deref().unwrap_or_default());
    if let Err(rule) = &currency {
        error = error.field("currency", *rule);
    }
    match (Email::parse(&request.email), currency) {
        (Err(rule), _) => Err(error.field("email", rule)),
        (Ok(email), Ok(currency)) if error.fields.is_empty() => Ok((email, currency)),
        _ => Err(error),
    }
}

/// Signs a person in. An unknown address and a wrong password get the same answer after the same
/// work, and are slowed down alike.
pub(in crate::commands) async fn sign_in(call: &Call, request: SignIn) -> Result<AppState> {
    let opened = call.opened()?;
    // What is no address has no account, and is answered like one that is unknown.
    let claim = Claim::Address(Email::parse(&request.email).ok());
    let user = prove(call, claim, request.password.clone()).await?;
    // Told only to a caller who knows the password.
    if user.status != UserStatus::Active {
        opened.store.forget_wrong_passwords(user.id).await?;
        return Err(
            Error::new(Code::SignInFailed, "This account is deactivated.")
                .hint("Ask the owner of the workspace."),
        );
    }
    opened.store.record_sign_in(user.id, &user.name).await?;
    let signed_in = SignedIn::by(user.id, user.password_hash);
    call.app().set_user(&opened.info, Some(signed_in));
    call.app()
        .open_vault(opened, user.id, request.password)
        .await;
    Ok(describe(call.app()).await)
}

/// Signs the person out.
pub(in crate::commands) async fn sign_out(call: &Call, _: SignOut) -> Result<()> {
    let Ok(opened) = call.opened() else {
        return Ok(());
    };
    if let Some(signed_in) = &opened.user {
        let store = &opened.store;
        let noting = async {
            let user = store.user(signed_in.id).await?;
            store.record_sign_out(user.id, &user.name).await
        };
        // A person who leaves is let go even when the database cannot be told.
        store.unless_dead(noting).await.ok();
    }
    call.app().set_user(&opened.info, None);
    Ok(())
}

/// Locks the session.
pub(in crate::commands) async fn lock(call: &Call, _: Lock) -> Result<()> {
    call.app().lock(&call.opened()?.info);
    Ok(())
}

/// Unlocks the session with the password of the user who is signed in.
pub(in crate::commands) async fn unlock(call: &Call, request: Unlock) -> Result<AppState> {
    let opened = call.opened()?;
    let claim = Claim::Unlock(call.person()?.id);
    let user = prove(call, claim, request.password.clone()).await?;
    opened.store.forget_wrong_passwords(user.id).await?;
    call.app().unlock(&opened.info, user.id);
    call.app()
        .open_vault(opened, user.id, request.password)
        .await;
    Ok(describe(call.app()).await)
}
