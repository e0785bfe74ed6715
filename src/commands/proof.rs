//! Proving who one is with a password: wrong ones are counted and slowed down, wherever they are
//! typed.

use super::call::Call;
use domain::error::{Code, Error, Result};
use domain::people::{Email, hash_password, is_hashed_cheaply, locked_error, verify_password};
use domain::values::{Timestamp, UserId};
use store::{Store, UserRecord};

/// Whose password is typed, and where.
pub(super) enum Claim {
    /// Whoever has this address, at sign-in; none when what was typed is no address.
    Address(Option<Email>),
    /// The person who is signed in, to unlock.
    Unlock(UserId),
    /// The person who is signed in, to change the password.
    Current(UserId),
}

impl Claim {
    /// What a wrong password meets.
    fn wrong(&self) -> Error {
        let error = |message| Error::new(Code::SignInFailed, message);
        match self {
            Self::Address(_) => error("The e-mail address or the password is wrong.")
                .hint("Check both; capital letters count in a password."),
            Self::Unlock(_) => {
                error("The password is wrong.").hint("Capital letters count in a password.")
            }
            Self::Current(_) => error("The current password is wrong.")
                .hint("Capital letters count in a password.")
                .field("current", "This is not your current password."),
        }
    }
}

/// Checks a password, and gives whose it is. An address that nobody has costs the same work, gets
/// the same answers and is slowed down alike.
pub(super) async fn prove(call: &Call, claim: Claim, password: String) -> Result<UserRecord> {
    let store = &call.opened()?.store;
    let _one_at_a_time = call.app().parts().signing_in.lock().await;
    let now = call.clock().now();
    let (user, until) = look_up(store, &claim).await?;
    if let Some(until) = until.filter(|until| *until > now) {
        return Err(locked_error(until, now));
    }
    let known = user.as_ref().map(|user| user.password_hash.clone());
    let (password, is_right) = on_blocking_thread(move || {
        let is_right = verify_password(&password, known.as_deref());
        (password, is_right)
    })
    .await?;
    let until = match (user, &claim) {
        (Some(mut user), _) if is_right => {
            renew(call, &mut user, password).await?;
            return Ok(user);
        }
        (Some(user), _) => store.record_wrong_password(user.id, &user.name).await?,
        (None, Claim::Address(Some(email))) => store.record_guess(email).await?,
        (None, _) => None,
    };
    Err(match until {
        Some(until) => {
            let wrong = claim.wrong().hint(locked_error(until, now).message);
            wrong.retry_at(until.0)
        }
        None => claim.wrong(),
    })
}

/// Whose password it should be, and until when none is looked at.
async fn look_up(store: &Store, claim: &Claim) -> Result<(Option<UserRecord>, Option<Timestamp>)> {
    match claim {
        Claim::Address(None) => Ok((None, None)),
        Claim::Address(Some(email)) => {
            let guesses = store.guesses_locked_until(email).await?;
            let user = store.find_user_by_email(email).await?;
            let until = user.as_ref().map_or(guesses, |user| user.locked_until);
            Ok((user, until))
        }
        Claim::Unlock(id) | Claim::Current(id) => {
            let user = store.user(*id).await?;
            let until = user.locked_until;
            Ok((Some(user), until))
        }
    }
}

/// Keeps a hash that takes as much work as hashes take now. When that fails, the old one still
/// works, and the next sign-in tries again.
async fn renew(call: &Call, user: &mut UserRecord, password: String) -> Result<()> {
    let opened = call.opened()?;
    if is_hashed_cheaply(&user.password_hash)
        && let Ok(renewed) = hash(password).await
    {
        call.app().expect_hash(&opened.info, user.id, &renewed);
        let old = &user.password_hash;
        if opened
            .store
            .renew_hash(user.id, old, &renewed)
            .await
            .is_ok()
        {
            user.password_hash = renewed;
        }
    }
    Ok(())
}

/// The hash of a new password.
pub(super) async fn hash(password: String) -> Result<String> {
    on_blocking_thread(move || hash_password(&password)).await?
}

/// Hashing takes tens of milliseconds of work: it must not stand in the way of other calls.
pub(super) async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::internal(format!("The password could not be checked: {error}.")))
}
