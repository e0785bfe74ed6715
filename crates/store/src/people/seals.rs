//! Seals of people and roles: with each change, the journal keeps a hash of what the row is after
//! it. A row that was changed past the app differs from the last seal in the history.

use std::collections::{HashMap, HashSet};

use sqlx::{FromRow, QueryBuilder};
use uuid::Uuid;

use super::roles::{self, RoleRecord};
use super::users::{self, UserRecord};
use crate::Store;
use crate::db::on;
use crate::history::json::seal_in;
use crate::history::{Hash, Hasher};
use crate::retry::retrying;
use crate::word::word;
use domain::error::Result;
use domain::people::kinds::{ROLE, USER};
use domain::plan::HistoryOperation;
use domain::record::Kind;

/// An account, as far as a seal protects it: what decides who signs in, and what they may do.
#[derive(FromRow)]
struct Account {
    id: Uuid,
    name: String,
    email: String,
    email_key: String,
    role: String,
    password_hash: String,
    must_change_password: i64,
    status: String,
}

impl Account {
    fn seal(&self) -> Hash {
        Hasher::new("backstock account")
            .id(self.id)
            .text(&self.name)
            .text(&self.email)
            .text(&self.email_key)
            .text(&self.role)
            .text(&self.password_hash)
            .number(self.must_change_password)
            .text(&self.status)
            .finish()
    }
}

/// A role, as far as a seal protects it.
#[derive(FromRow)]
struct Role {
    id: Uuid,
    name: String,
    permissions: String,
}

impl Role {
    fn seal(&self) -> Hash {
        Hasher::new("backstock role")
            .id(self.id)
            .text(&self.name)
            .text(&self.permissions)
            .finish()
    }
}

/// The seal of a person's account as it is written.
pub(crate) fn of_user(user: &UserRecord) -> Hash {
    let account = Account {
        id: user.id.uuid(),
        name: user.name.clone(),
        email: user.email.clone(),
        email_key: users::email_key(user),
        role: user.role.to_string(),
        password_hash: user.password_hash.clone(),
        must_change_password: i64::from(user.must_change_password),
        status: word(user.status),
    };
    account.seal()
}

/// The seal of a role as it is written.
pub(super) fn of_role(role: &RoleRecord) -> Hash {
    let role = Role {
        id: role.id.uuid(),
        name: role.name.clone(),
        permissions: roles::to_column(&role.rights),
    };
    role.seal()
}

/// The last entry of the history about a person or a role.
#[derive(FromRow)]
struct LastEntry {
    entity: String,
    entity_id: Uuid,
    operation: String,
    changes: String,
    label: String,
}

/// A row as it is now.
struct Present {
    kind: Kind,
    id: Uuid,
    name: String,
    seal: Hash,
}

impl Store {
    /// What people and roles are now against what the history says of them; each difference in
    /// words.
    pub async fn people_changed_past_the_app(&self) -> Result<Vec<String>> {
        let found = self.compare_people().await?;
        if found.is_empty() {
            return Ok(found);
        }
        // A change may have been saved between the reading of the rows and of the history.
        let again: HashSet<String> = self.compare_people().await?.into_iter().collect();
        Ok(found
            .into_iter()
            .filter(|what| again.contains(what))
            .collect())
    }

    async fn compare_people(&self) -> Result<Vec<String>> {
        let present = self.people_now().await?;
        let entries = self.last_entries_of_people().await?;
        let (_, older) = self.chain_start().await?;
        let mut found = Vec::new();
        for row in &present {
            let problem = match entries.get(&row.id) {
                Some(entry) => entry.contradicts(row),
                // A workspace from before the history has people whom it never told of.
                None => older.is_none().then_some("was added past the app"),
            };
            let what = problem.map(|problem| format!("{} {problem}.", row.title()));
            found.extend(what);
        }
        let there: HashSet<Uuid> = present.iter().map(|row| row.id).collect();
        for entry in entries
            .values()
            .filter(|entry| !there.contains(&entry.entity_id))
        {
            found.extend(entry.misses_its_row());
        }
        found.sort();
        Ok(found)
    }

    async fn people_now(&self) -> Result<Vec<Present>> {
        let accounts: Vec<Account> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select id, name, email, email_key, role, password_hash, must_change_password, \
                 status from users",
            )
            .fetch_all(pool)
            .await
        }))?;
        let roles: Vec<Role> = retrying!(on!(&self.db, pool => {
            sqlx::query_as("select id, name, permissions from roles").fetch_all(pool).await
        }))?;
        let accounts = accounts.into_iter().map(|account| Present {
            kind: USER,
            id: account.id,
            seal: account.seal(),
            name: account.name,
        });
        let roles = roles.into_iter().map(|role| Present {
            kind: ROLE,
            id: role.id,
            seal: role.seal(),
            name: role.name,
        });
        Ok(accounts.chain(roles).collect())
    }

    async fn last_entries_of_people(&self) -> Result<HashMap<Uuid, LastEntry>> {
        let entries: Vec<LastEntry> = retrying!(on!(&self.db, DB, pool => {
            QueryBuilder::<DB>::new(
                "select j.entity, j.entity_id, j.operation, j.changes, b.label \
                 from journal j join batches b on b.id = j.batch_id where j.id in \
                 (select max(e.id) from batches p join journal e on e.batch_id = p.id \
                 where p.origin = 'people' group by e.entity_id)",
            )
            .build_query_as()
            .fetch_all(pool)
            .await
        }))?;
        Ok(entries
            .into_iter()
            .map(|entry| (entry.entity_id, entry))
            .collect())
    }
}

impl Present {
    fn title(&self) -> String {
        title(self.kind == USER, &self.name)
    }
}

fn title(is_user: bool, name: &str) -> String {
    match is_user {
        true => format!("The account of {name}"),
        false => format!("The role {name}"),
    }
}

impl LastEntry {
    fn is(&self, operation: HistoryOperation) -> bool {
        self.operation == operation.key()
    }

    /// Why a row cannot be what this entry left behind.
    fn contradicts(&self, row: &Present) -> Option<&'static str> {
        if self.entity == ROLE.key() && self.is(HistoryOperation::Delete) {
            return Some("was deleted, and put back past the app");
        }
        // An entry of an earlier version of the app has no seal.
        let seal = seal_in(&self.changes)?;
        (seal != row.seal.to_string()).then_some(if row.kind == USER {
            "was changed past the app: its name, address, role, password or state"
        } else {
            "was changed past the app: its name or its rights"
        })
    }

    fn misses_its_row(&self) -> Option<String> {
        let is_user = self.entity == USER.key();
        if !is_user && self.is(HistoryOperation::Delete) {
            return None;
        }
        Some(format!(
            "{} was deleted past the app.",
            title(is_user, &self.label)
        ))
    }
}
