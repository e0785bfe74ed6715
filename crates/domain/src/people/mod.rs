//! People: roles, permissions, passwords, sign-in. Types and rules, no I/O.

mod authority;
mod email;
pub mod kinds;
mod lockout;
mod name;
mod password;
mod role;
mod strength;
mod vault;

pub use authority::{check_permissions, refuse_change, refuse_gift};
pub use email::Email;
pub use lockout::{Admission, Guesses, REMEMBERED, locked_error};
pub use name::{check_person_name, check_role_name};
pub use password::{
    check_new_password, generate_password, hash_password, is_hashed_cheaply, verify_password,
};

pub use role::{BuiltInRole, Rights, RoleKey};
pub use strength::{Strength, strength};
pub use vault::{SealedSecret, WorkspaceKey, Wrap};
