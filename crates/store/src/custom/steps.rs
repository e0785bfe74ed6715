//! What a changed field asks of all records of its kind: done in steps of a few thousand, each a
//! transaction of its own, so that no other write waits long for its turn. What is left to do stands in
//! `custom_steps`; a desktop that dies leaves it to the next one that opens the workspace.

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::record::{Field, Fields, Kind};
use domain::values::CustomFieldId;

use super::definitions::{self, Definitions};
use super::json::{from_json, key_in_json, to_json};
use super::keys::keys_of;
use super::upkeep::{Entry, delete, insert};
use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use crate::kinds::{self, KindRules};
use crate::retry::retrying;
use crate::{Store, changes};

/// How many records one step looks at.
const STRIDE: i64 = 2_000;

/// What is to be done for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Its values go into the index.
    Fill,
    /// They go out of it.
    Clear,
    /// They are deleted for good.
    Erase,
}

impl Task {
    const ALL: [Task; 3] = [Task::Fill, Task::Clear, Task::Erase];

    const fn word(self) -> &'static str {
        match self {
            Task::Fill => "fill",
            Task::Clear => "clear",
            Task::Erase => "erase",
        }
    }
}

/// What is left to do for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    id: CustomFieldId,
    field: i64,
    kind: Kind,
    task: Task,
    /// The row number of the last record that was looked at.
    after: i64,
}

impl Step {
    /// Before the first record.
    pub(crate) fn new(id: CustomFieldId, field: i64, kind: Kind, task: Task) -> Self {
        Self {
            id,
            field,
            kind,
            task,
            after: 0,
        }
    }

    /// Notes it, in the place of what was to be done for the field before.
    pub(crate) async fn note(&self, tx: &mut Tx) -> sqlx::Result<()> {
        self.forget(tx).await?;
        on_tx!(tx, conn => {
            sqlx::query(
                "insert into custom_steps (id, field, record_kind, task, after_pk) values (?, ?, ?, ?, ?)",
            )
            .bind(self.id.uuid())
            .bind(self.field)
            .bind(self.kind.key())
            .bind(self.task.word())
            .bind(self.after)
            .execute(conn)
            .await
            .map(drop)
        })
    }

    async fn forget(&self, tx: &mut Tx) -> sqlx::Result<()> {
        on_tx!(tx, conn => {
            sqlx::query("delete from custom_steps where id = ?")
                .bind(self.id.uuid())
                .execute(conn)
                .await
                .map(drop)
        })
    }

    /// The first one that is left; on a server no other desktop does it at the same time.
    async fn next(tx: &mut Tx) -> sqlx::Result<Option<Self>> {
        let lock = tx.dialect().for_update();
        let row: Option<(Uuid, i64, String, String, i64)> = on_tx!(tx, DB, conn => {
            QueryBuilder::<DB>::new(
                "select id, field, record_kind, task, after_pk from custom_steps order by id limit 1",
            )
            .push(lock)
            .build_query_as()
            .fetch_optional(conn)
            .await
        })?;
        let Some((id, field, kind, task, after)) = row else {
            return Ok(None);
        };
        let unknown =
            || sqlx::Error::Protocol(format!("there is no step {task} of {kind} records"));
        Ok(Some(Self {
            id: id.into(),
            field,
            kind: Kind::from_key(&kind).ok_or_else(unknown)?,
            task: Task::ALL
                .into_iter()
                .find(|of| of.word() == task)
                .ok_or_else(unknown)?,
            after,
        }))
    }
}

impl Store {
    /// Does what changed fields ask of all records, and knows the fields anew.
    pub async fn finish_custom_fields(&self) -> Result<()> {
        if !self.reads_only() {
            while self.fields_step().await? {}
        }
        self.renew_schema().await.map(drop)
    }

    /// Does one step; says whether there may be another.
    async fn fields_step(&self) -> Result<bool> {
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let Some(step) = Step::next(&mut tx).await? else {
                return Ok(false);
            };
            let rules = kinds::rules_in_tx(step.kind)?;
            let last = match step.task {
                Task::Fill => fill(&mut tx, rules, &step).await?,
                Task::Clear => clear(&mut tx, &step).await?,
                Task::Erase => match clear(&mut tx, &step).await? {
                    None => {
                        let tx_id = changes::record(&mut tx, self.now(), None).await?;
                        erase(&mut tx, rules, &step, tx_id).await?
                    }
                    more => more,
                },
            };
            match last {
                Some(after) => Step { after, ..step }.note(&mut tx).await?,
                None => step.forget(&mut tx).await?,
            }
            tx.commit().await?;
            Ok(true)
        })
    }
}

/// Puts the values of the next records into the index; gives the last one when there may be more.
async fn fill(tx: &mut Tx, rules: &KindRules, step: &Step) -> sqlx::Result<Option<i64>> {
    let known: Definitions = definitions::read(&mut tx.session()).await?;
    let Some(definition) = known.get(&step.id).filter(|field| field.is_indexed) else {
        return Ok(None);
    };
    let lock = tx.dialect().for_update();
    let rows: Vec<(i64, bool, String)> = on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new("select pk, deleted, custom from ");
        sql.push(rules.table).push(" where custom <> '' and pk > ").push_bind(step.after);
        sql.push(" order by pk limit ").push_bind(STRIDE).push(lock);
        sql.build_query_as().fetch_all(conn).await
    })?;
    let pks: Vec<i64> = rows.iter().map(|(pk, ..)| *pk).collect();
    delete(tx, &[step.field], &pks).await?;
    let mut entries = Vec::new();
    for (record, trashed, json) in rows {
        let mut fields = Fields::blank(step.kind);
        from_json(&json, &mut fields)?;
        for key in keys_of(definition.kind, fields.get(Field::Custom(step.id))) {
            entries.push(Entry {
                field: step.field,
                trashed,
                key,
                record,
            });
        }
    }
    insert(tx, entries).await?;
    Ok(last_of_full(&pks))
}

/// Takes the next values out of the index; gives where it stands when there may be more.
async fn clear(tx: &mut Tx, step: &Step) -> sqlx::Result<Option<i64>> {
    let records: Vec<i64> = on_tx!(tx, conn => {
        sqlx::query_scalar("select record from custom_values where field = ? limit ?")
            .bind(step.field)
            .bind(STRIDE)
            .fetch_all(conn)
            .await
    })?;
    delete(tx, &[step.field], &records).await?;
    Ok(last_of_full(&records).map(|_| step.after))
}

/// Deletes the values of the next records for good; gives the last one when there may be more. What a
/// record lost with a field is no change of the record: the versions stay.
async fn erase(
    tx: &mut Tx,
    rules: &KindRules,
    step: &Step,
    tx_id: i64,
) -> sqlx::Result<Option<i64>> {
    let lock = tx.dialect().for_update();
    let rows: Vec<(i64, String)> = on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new("select pk, custom from ");
        sql.push(rules.table).push(" where custom <> '' and pk > ").push_bind(step.after);
        sql.push(" and instr(custom, ").push_bind(key_in_json(step.id));
        sql.push(") > 0 order by pk limit ").push_bind(STRIDE).push(lock);
        sql.build_query_as().fetch_all(conn).await
    })?;
    let pks: Vec<i64> = rows.iter().map(|(pk, _)| *pk).collect();
    let mut left = Vec::with_capacity(rows.len());
    for (pk, json) in rows {
        let mut fields = Fields::blank(step.kind);
        from_json(&json, &mut fields)?;
        fields.take(Field::Custom(step.id));
        left.push((pk, to_json(fields.custom())));
    }
    for rows in left.chunks(IN_LIST / 2) {
        on_tx!(tx, DB, conn => {
            let mut update = QueryBuilder::<DB>::new("update ");
            update.push(rules.table).push(" set tx_id = ").push_bind(tx_id);
            update.push(", custom = case pk");
            for (pk, json) in rows {
                update.push(" when ").push_bind(*pk).push(" then ").push_bind(json.clone());
            }
            update.push(" end where pk in (");
            let mut list = update.separated(",");
            for (pk, _) in rows {
                list.push_bind(*pk);
            }
            update.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(last_of_full(&pks))
}

/// The last record of a step that found as many as it takes.
fn last_of_full(pks: &[i64]) -> Option<i64> {
    let is_full = i64::try_from(pks.len()).is_ok_and(|found| found >= STRIDE);
    pks.last().copied().filter(|_| is_full)
}
