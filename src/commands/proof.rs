//! Proving who one is with a password: wrong ones are counted and slowed down, wherever they are
//! typed.

use std::time::Duration;

use super::call::Call;
use domain::error::{Code, Error, Result};
use domain::people::{
    Admission, Email, Guesses, hash_password, is_hashed_cheaply, locked_error, verify_password,
};
use domain::values::UserId;
use store::{Guessed, Store, UserRecord};

/// How young a pause is, in milliseconds, that is looked at again, how often and after how long.
const JUST_BEGUN: i64 = 1_000;
const LOOKS: u32 = 6;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Whose password is typed, and where.
pub(super) enum Claim {
    /// The person with this address, at sign-in; none when what was typed is no address.
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

/// Checks a password, and gives whose it is. The guess is counted before it is looked at; the
/// caller forgets it when it was right. An address without an account costs the same work, gets the
/// same answers and is slowed down alike.
pub(super) async fn prove(call: &Call, claim: Claim, password: String) -> Result<UserRecord> {
    let store = &call.opened()?.store;
    let _one_at_a_time = call.app().parts().signing_in.lock().await;
    let user = look_up(store, &claim).await?;
    let guessed = match (&user, &claim) {
        (Some(user), _) => Some(Guessed::Person(user.id, user.name.clone())),
        (None, Claim::Address(Some(email))) => Some(Guessed::Nobody(email.clone())),
        (None, _) => None,
    };
    let counted = match &guessed {
        Some(guessed) => Some((guessed, admit(call, store, guessed).await?)),
        None => None,
    };
    let known = user.as_ref().map(|user| user.password_hash.clone());
    let (password, is_right) = on_blocking_thread(move || {
        let is_right = verify_password(&password, known.as_deref());
        (password, is_right)
    })
    .await?;
    if let Some(mut user) = user.filter(|_| is_right) {
        renew(call, &mut user, password).await?;
        return Ok(user);
    }
    let mut wrong = claim.wrong();
    if let Some((guessed, guesses)) = counted {
        store.record_wrong_password(guessed, guesses).await?;
        if let Some(wait) = wait(guesses) {
            let locked = locked_error(wait, call.clock().now());
            wrong = wrong.hint(locked.message);
            wrong.retry_at = locked.retry_at;
        }
    }
    Err(wrong)
}

/// Counts the guess; an error when it is too early. A pause that has only just begun may be that of
/// right passwords, given by several programs at once, and is over when they were looked at.
async fn admit(call: &Call, store: &Store, guessed: &Guessed) -> Result<Guesses> {
    let mut looks = 1;
    loop {
        let counted = store.count_guess(guessed).await?;
        let guesses = match counted.admission {
            Admission::Counted(guesses) => return Ok(guesses),
            Admission::Refused(guesses) => guesses,
        };
        let began = guesses.last_at.unwrap_or(counted.at);
        let is_young = counted.at.0.saturating_sub(began.0) <= JUST_BEGUN;
        if looks == LOOKS || !is_young {
            let until = guesses.locked_until.unwrap_or(counted.at);
            let left = until.0.saturating_sub(counted.at.0);
            return Err(locked_error(left, call.clock().now()));
        }
        looks += 1;
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// How long the next guess has to wait after one that was wrong.
fn wait(guesses: Guesses) -> Option<i64> {
    let (until, at) = (guesses.locked_until?, guesses.last_at?);
    Some(until.0.saturating_sub(at.0))
}

/// Whose password it should be.
async fn look_up(store: &Store, claim: &Claim) -> Result<Option<UserRecord>> {
    match claim {
        Claim::Address(None) => Ok(None),
        Claim::Address(Some(email)) => store.find_user_by_email(email).await,
        Claim::Unlock(id) | Claim::Current(id) => store.user(*id).await.map(Some),
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
