//! Changes of other people's accounts.

use super::{PeopleTx, Stop, changed, forbidden};
use crate::Store;
use crate::people::roles;
use crate::people::users::{self, NewUser, UserRecord, UserStatus};
use crate::retry::retrying;
use crate::secrets;
use domain::error::{Error, Result};
use domain::people::kinds::USER;
use domain::people::{Email, RoleKey, refuse_change, refuse_gift};
use domain::plan::{Change, HistoryOperation};
use domain::values::UserId;

/// What an administrator changes about an account.
#[derive(Clone)]
pub enum UserEdit {
    /// Name, address and role.
    Details {
        /// The name.
        name: String,
        /// The address.
        email: Email,
        /// The role.
        role: RoleKey,
    },
    /// They cannot sign in any more.
    Deactivate,
    /// They can again.
    Reactivate,
    /// The account goes; what they did stays theirs.
    Delete,
    /// Another password, which they must change; wrong ones are forgotten.
    Password {
        /// Its hash.
        hash: String,
    },
}

impl UserEdit {
    fn operation(&self) -> HistoryOperation {
        match self {
            Self::Details { .. } => HistoryOperation::Update,
            Self::Deactivate => HistoryOperation::Deactivate,
            Self::Reactivate => HistoryOperation::Reactivate,
            Self::Delete => HistoryOperation::Delete,
            Self::Password { .. } => HistoryOperation::ResetPassword,
        }
    }
}

impl Store {
    /// Gives a person an account.
    pub async fn create_user(&self, by: UserId, new: &NewUser) -> Result<UserRecord> {
        let (id, now) = (UserId::new(), self.now());
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, by).await?;
            let created = people.create_user(id, new).await;
            people.end(created).await
        })?
    }

    /// Changes a person's account, which the administrator saw at `version`.
    pub async fn edit_user(
        &self,
        by: UserId,
        id: UserId,
        version: i64,
        edit: &UserEdit,
    ) -> Result<UserRecord> {
        let now = self.now();
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, by).await?;
            let edited = people.edit_user(id, version, edit).await;
            people.end(edited).await
        })?
    }
}

impl PeopleTx {
    async fn create_user(&mut self, id: UserId, new: &NewUser) -> Result<UserRecord, Stop> {
        self.may_give(new.role).await?;
        // After a lost connection this may be the second attempt.
        if self.refuse_taken(&new.email, id).await?.is_none() {
            let made = users::insert(&mut self.tx, id, new, self.now).await?;
            let role = self.role_name(new.role).await?;
            let changes = [
                changed(USER, "name", "", &new.name),
                changed(USER, "email", "", new.email.as_str()),
                changed(USER, "role", "", &role),
            ];
            let changes = changes.into_iter().flatten().collect();
            self.note_user(&made, HistoryOperation::Create, changes);
        }
        self.user(id).await
    }

    async fn edit_user(
        &mut self,
        id: UserId,
        version: i64,
        edit: &UserEdit,
    ) -> Result<UserRecord, Stop> {
        let own = self.manager().await?;
        let before = self.user(id).await?;
        if before.version != version {
            let what = format!("the account of {}", before.name);
            return Err(self.moved((USER, id.uuid()), &what).await);
        }
        let theirs = self.rights(before.role).await?.unwrap_or_default();
        if let Some(reason) = refuse_change(&own, &theirs, &before.name) {
            return Err(forbidden(reason).into());
        }
        let mut after = before.clone();
        match edit {
            UserEdit::Details { name, email, role } => {
                if *role != before.role {
                    self.may_give(*role).await?;
                }
                self.refuse_taken(email, id).await?;
                after.name.clone_from(name);
                email.as_str().clone_into(&mut after.email);
                after.role = *role;
            }
            UserEdit::Reactivate => after.status = UserStatus::Active,
            UserEdit::Deactivate => {
                self.refuse_self(id, "deactivate your own account")?;
                after.status = UserStatus::Deactivated;
            }
            UserEdit::Delete => {
                self.refuse_self(id, "delete your own account")?;
                after.status = UserStatus::Deleted;
                after.password_hash.clear();
                forget_wrong_passwords(&mut after);
            }
            UserEdit::Password { hash } => {
                self.refuse_self(id, "reset your own password")?;
                after.password_hash.clone_from(hash);
                after.must_change_password = true;
                forget_wrong_passwords(&mut after);
            }
        }
        self.refuse_last_owner(&before, &after).await?;
        if after == before {
            return Ok(before);
        }
        after.version += 1;
        users::write(&mut self.tx, &after).await?;
        let changes = self.changes(&before, &after).await?;
        self.note_user(&after, edit.operation(), changes);
        if matches!(edit, UserEdit::Delete | UserEdit::Password { .. }) {
            // The copy of the workspace's key opens with the old password only.
            secrets::delete_wrap(&mut self.tx, id).await?;
        }
        Ok(after)
    }

    /// What the history says about an account that changes.
    async fn changes(
        &mut self,
        before: &UserRecord,
        after: &UserRecord,
    ) -> Result<Vec<Change>, Stop> {
        let roles = (
            self.role_name(before.role).await?,
            self.role_name(after.role).await?,
        );
        let changes = [
            changed(USER, "name", &before.name, &after.name),
            changed(USER, "email", &before.email, &after.email),
            changed(USER, "role", &roles.0, &roles.1),
        ];
        Ok(changes.into_iter().flatten().collect())
    }

    async fn role_name(&mut self, role: RoleKey) -> Result<String, Stop> {
        Ok(match role {
            RoleKey::BuiltIn(role) => role.name().to_owned(),
            RoleKey::Made(id) => match roles::read(&mut self.tx, id).await? {
                Some(role) => role.name,
                None => id.to_string(),
            },
        })
    }

    /// A person who has an account.
    async fn user(&mut self, id: UserId) -> Result<UserRecord, Stop> {
        let user = users::read(&mut self.tx, id).await?;
        let user = user.filter(|user| user.status != UserStatus::Deleted);
        user.ok_or_else(|| {
            Error::not_found("There is no such person any more.")
                .hint("Look at the list of people again.")
                .into()
        })
    }

    /// Refuses to give a role that is not there, or that has more rights than who gives it.
    async fn may_give(&mut self, role: RoleKey) -> Result<(), Stop> {
        let own = self.manager().await?;
        let Some(given) = self.rights(role).await? else {
            let message = "This role is not there any more. Choose another.";
            return Err(Error::invalid("The account cannot be saved.")
                .field("role", message)
                .into());
        };
        match refuse_gift(&own, &given) {
            Some(reason) => Err(forbidden(reason.clone()).field("role", reason).into()),
            None => Ok(()),
        }
    }

    /// Refuses an address that another person has; tells otherwise whether this one has it.
    async fn refuse_taken(&mut self, email: &Email, id: UserId) -> Result<Option<UserId>, Stop> {
        let has_it = users::id_by_email(&mut self.tx, email).await?;
        if has_it.is_none_or(|other| other == id) {
            return Ok(has_it);
        }
        let other = match has_it {
            Some(other) => users::read(&mut self.tx, other).await?,
            None => None,
        };
        let name = other.map_or_else(|| "Another person".to_owned(), |other| other.name);
        let message = format!("{name} has the address {email} already.");
        Err(Error::invalid("The account cannot be saved.")
            .field("email", message)
            .into())
    }

    fn refuse_self(&self, id: UserId, what: &str) -> Result<(), Stop> {
        if id != self.by {
            return Ok(());
        }
        let hint = match what {
            "reset your own password" => "Change it under your account instead.",
            _ => "Another person who manages people can do it.",
        };
        Err(Error::invalid(format!("You cannot {what}."))
            .hint(hint)
            .into())
    }

    /// There is always one person who may do everything.
    async fn refuse_last_owner(
        &mut self,
        before: &UserRecord,
        after: &UserRecord,
    ) -> Result<(), Stop> {
        let owns = |user: &UserRecord| user.role.is_owner() && user.status == UserStatus::Active;
        if !owns(before) || owns(after) || users::other_owners(&mut self.tx, before.id).await? > 0 {
            return Ok(());
        }
        let message = format!("{} is the only active owner.", before.name);
        Err(Error::invalid(message)
            .hint("Make another person an owner first.")
            .into())
    }
}

fn forget_wrong_passwords(user: &mut UserRecord) {
    user.failed_attempts = 0;
    user.locked_until = None;
}
