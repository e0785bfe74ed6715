//! What people change about their own account.

use super::{PeopleTx, Stop, changed};
use crate::Store;
use crate::people::users::{self, UserRecord};
use crate::retry::retrying;
use crate::secrets;
use domain::error::Result;
use domain::people::Wrap;
use domain::people::kinds::USER;
use domain::plan::HistoryOperation;
use domain::values::UserId;

impl Store {
    /// Changes one's own name.
    pub async fn rename_self(&self, id: UserId, name: &str) -> Result<UserRecord> {
        let now = self.now();
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, id).await?;
            let renamed = people.rename_self(name).await;
            people.end(renamed).await
        })?
    }

    /// Changes one's own password from the one that `old_hash` was made of: when another person
    /// reset it at the same moment, the reset stays. `wrap` is the copy of the workspace's key for
    /// the new password.
    pub async fn change_own_password(
        &self,
        id: UserId,
        old_hash: &str,
        new_hash: &str,
        wrap: Option<&Wrap>,
    ) -> Result<UserRecord> {
        let now = self.now();
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, id).await?;
            let mut changed = people.change_own_password(old_hash, new_hash).await;
            if changed.is_ok()
                && let Err(error) = people.rewrap(id, wrap).await
            {
                changed = Err(error);
            }
            people.end(changed).await
        })?
    }

    /// Keeps a hash of the same password that takes more work, unless the password was changed
    /// meanwhile.
    pub async fn renew_hash(&self, id: UserId, old_hash: &str, new_hash: &str) -> Result<()> {
        let now = self.now();
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, id).await?;
            let renewed = people.renew_hash(old_hash, new_hash).await;
            people.end(renewed).await
        })?
    }
}

impl PeopleTx {
    async fn rename_self(&mut self, name: &str) -> Result<UserRecord, Stop> {
        let before = self.actor().await?;
        if before.name == name {
            return Ok(before);
        }
        let changes = changed(USER, "name", &before.name, name)
            .into_iter()
            .collect();
        let after = UserRecord {
            name: name.to_owned(),
            version: before.version + 1,
            ..before
        };
        users::write(&mut self.tx, &after).await?;
        self.note_user(&after, HistoryOperation::Update, changes);
        Ok(after)
    }

    async fn renew_hash(&mut self, old_hash: &str, new_hash: &str) -> Result<(), Stop> {
        let before = self.actor().await?;
        if before.password_hash != old_hash {
            return Ok(());
        }
        let after = UserRecord {
            password_hash: new_hash.to_owned(),
            ..before
        };
        users::write(&mut self.tx, &after).await?;
        // Nothing that a person would read of changed, but the seal did.
        self.note_user(&after, HistoryOperation::Update, Vec::new());
        Ok(())
    }

    /// Puts the copy of the workspace's key for the new password in place of the old one, which
    /// no password opens any more.
    async fn rewrap(&mut self, id: UserId, wrap: Option<&Wrap>) -> Result<(), Stop> {
        match wrap {
            Some(wrap) => secrets::put_wrap(&mut self.tx, id, wrap, self.now).await?,
            None => secrets::delete_wrap(&mut self.tx, id).await?,
        }
        Ok(())
    }

    async fn change_own_password(
        &mut self,
        old_hash: &str,
        new_hash: &str,
    ) -> Result<UserRecord, Stop> {
        let before = self.actor().await?;
        if before.password_hash == new_hash {
            // After a lost connection this is the second attempt.
            return Ok(before);
        }
        if before.password_hash != old_hash {
            return Err(self.moved((USER, before.id.uuid()), "your password").await);
        }
        let after = UserRecord {
            password_hash: new_hash.to_owned(),
            must_change_password: false,
            failed_attempts: 0,
            locked_until: None,
            version: before.version + 1,
            ..before
        };
        users::write(&mut self.tx, &after).await?;
        self.note_user(&after, HistoryOperation::ChangePassword, Vec::new());
        Ok(after)
    }
}
