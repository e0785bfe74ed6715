//! People in the database: who can sign in, the roles made by people, sign-ins and wrong passwords as
//! rows, and the one door through which administrators change them.

mod change;
mod roles;
pub(super) mod seals;
mod sign_in;
pub(super) mod users;

pub use change::UserEdit;
pub(crate) use change::moved;
pub use roles::RoleRecord;
pub use sign_in::{CountedGuess, Guessed};
pub use users::{NewUser, UserRecord, UserStatus};
