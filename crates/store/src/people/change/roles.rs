//! Changes of roles.

use super::{PeopleTx, Stop, changed, forbidden};
use crate::Store;
use crate::history::events::between;
use crate::people::roles::{self, RoleRecord};
use crate::retry::retrying;
use domain::error::{Error, Result};
use domain::people::kinds::ROLE;
use domain::people::{Rights, refuse_change, refuse_gift};
use domain::plan::{Change, HistoryOperation};
use domain::record::Value;
use domain::values::{RoleId, UserId};

impl Store {
    /// Makes a role.
    pub async fn create_role(&self, by: UserId, name: &str, rights: &Rights) -> Result<RoleRecord> {
        let now = self.now();
        let role = RoleRecord {
            id: RoleId::new(),
            name: name.to_owned(),
            rights: rights.clone(),
            created_at: now,
            version: 1,
        };
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, by).await?;
            let created = people.create_role(&role).await;
            people.end(created).await
        })?
    }

    /// Changes a role, which the administrator saw at `version`.
    pub async fn update_role(
        &self,
        by: UserId,
        (id, version): (RoleId, i64),
        name: &str,
        rights: &Rights,
    ) -> Result<RoleRecord> {
        let now = self.now();
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, by).await?;
            let updated = people.update_role(id, version, name, rights).await;
            people.end(updated).await
        })?
    }

    /// Deletes a role that no person has.
    pub async fn delete_role(&self, by: UserId, (id, version): (RoleId, i64)) -> Result<()> {
        let now = self.now();
        retrying!({
            let mut people = PeopleTx::begin(&self.db, now, by).await?;
            let deleted = people.delete_role(id, version).await;
            people.end(deleted).await
        })?
    }
}

impl PeopleTx {
    async fn create_role(&mut self, role: &RoleRecord) -> Result<RoleRecord, Stop> {
        let own = self.manager().await?;
        refuse_rights(&own, &role.rights)?;
        // After a lost connection this may be the second attempt.
        if self.refuse_name(&role.name, role.id).await?.is_none() {
            roles::insert(&mut self.tx, role).await?;
            let nothing = ("", &Rights::default());
            let changes = changes(nothing, (&role.name, &role.rights));
            self.note_role(role, HistoryOperation::Create, changes);
        }
        Ok(role.clone())
    }

    async fn update_role(
        &mut self,
        id: RoleId,
        version: i64,
        name: &str,
        rights: &Rights,
    ) -> Result<RoleRecord, Stop> {
        let (own, before) = self.own_and_role(id, version).await?;
        refuse_rights(&own, rights)?;
        self.refuse_name(name, id).await?;
        let mut after = RoleRecord {
            name: name.to_owned(),
            rights: rights.clone(),
            ..before.clone()
        };
        if after != before {
            after.version += 1;
            roles::write(&mut self.tx, &after).await?;
            let changes = changes((&before.name, &before.rights), (&after.name, &after.rights));
            self.note_role(&after, HistoryOperation::Update, changes);
        }
        Ok(after)
    }

    async fn delete_role(&mut self, id: RoleId, version: i64) -> Result<(), Stop> {
        let (_, before) = self.own_and_role(id, version).await?;
        let people = match roles::users(&mut self.tx, id).await? {
            0 => {
                roles::delete(&mut self.tx, id).await?;
                let nothing = ("", &Rights::default());
                let changes = changes((&before.name, &before.rights), nothing);
                self.note_role(&before, HistoryOperation::Delete, changes);
                return Ok(());
            }
            1 => "one person has".to_owned(),
            many => format!("{many} people have"),
        };
        let message = format!("The role {} cannot be deleted: {people} it.", before.name);
        Err(Error::invalid(message)
            .hint("Give them another role first.")
            .into())
    }

    /// The rights of the user who changes a role, and the role as they saw it.
    async fn own_and_role(
        &mut self,
        id: RoleId,
        version: i64,
    ) -> Result<(Rights, RoleRecord), Stop> {
        let own = self.manager().await?;
        let Some(role) = roles::read(&mut self.tx, id).await? else {
            return Err(Error::not_found("There is no such role any more.")
                .hint("Look at the list of roles again.")
                .into());
        };
        if role.version != version {
            let what = format!("the role {}", role.name);
            return Err(self.moved((ROLE, id.uuid()), &what).await);
        }
        match refuse_change(&own, &role.rights, &format!("The role {}", role.name)) {
            Some(reason) => Err(forbidden(reason).into()),
            None => Ok((own, role)),
        }
    }

    /// Refuses a name that another role has; gives which role has it otherwise.
    async fn refuse_name(&mut self, name: &str, id: RoleId) -> Result<Option<RoleId>, Stop> {
        let has_it = roles::id_by_name(&mut self.tx, name).await?;
        if has_it.is_none_or(|other| other == id) {
            return Ok(has_it);
        }
        let message = format!("There is a role {name} already.");
        Err(Error::invalid("The role cannot be saved.")
            .field("name", message)
            .into())
    }
}

/// What the history says about a role that changes.
fn changes(before: (&str, &Rights), after: (&str, &Rights)) -> Vec<Change> {
    let labels = |rights: &Rights| Value::list(rights.list().iter().map(|known| known.label()));
    let rights = between(ROLE, "permissions", labels(before.1), labels(after.1));
    let name = changed(ROLE, "name", before.0, after.0);
    name.into_iter().chain(rights).collect()
}

fn refuse_rights(own: &Rights, given: &Rights) -> Result<(), Stop> {
    match refuse_gift(own, given) {
        Some(reason) => Err(forbidden(reason.clone())
            .field("permissions", reason)
            .into()),
        None => Ok(()),
    }
}
