//! Columns that are computed from fields, computed anew in rows that an older version wrote: what a
//! migration cannot say in SQL.

use sqlx::{Connection, MySqlConnection, QueryBuilder, Row, SqliteConnection};

use domain::record::{Field, Record};
use domain::values::RecordId;

use crate::bind::{Bind, push};
use crate::db::{Session, on_session};
use crate::kinds::{Derived, KindRules, PRODUCTS};
use crate::record_row::value;

/// How many rows are read, and on a server locked, at a time.
const ROWS: i64 = 1_000;
/// How many rows one statement writes.
const ROWS_PER_UPDATE: usize = 100;

/// A column that is computed anew once.
pub(super) struct Anew {
    rules: &'static KindRules,
    column: &'static str,
}

/// What is computed anew after the migration of this version.
pub(super) fn after(version: i64) -> Option<Anew> {
    match version {
        // Options were compared by their place; they are compared by their names since.
        55 => Some(Anew {
            rules: &PRODUCTS,
            column: "options_key",
        }),
        _ => None,
    }
}

/// A row whose column holds something else than it should.
struct Stale {
    pk: i64,
    value: Bind,
}

impl Anew {
    /// Goes through a file, within the transaction of its migration.
    pub(super) async fn in_file(&self, conn: &mut SqliteConnection) -> sqlx::Result<()> {
        let mut after = 0;
        while let Some(last) = self.batch(&mut Session::Sqlite { conn }, after).await? {
            after = last;
        }
        Ok(())
    }

    /// Goes through the next rows of a server's table, in a transaction of their own: others may be
    /// writing. Tells the last of them; running it twice changes nothing.
    pub(super) async fn on_server(
        &self,
        conn: &mut MySqlConnection,
        after: i64,
    ) -> sqlx::Result<Option<i64>> {
        let mut tx = conn.begin().await?;
        let mut session = Session::MySql {
            conn: &mut tx,
            locks: true,
        };
        let last = self.batch(&mut session, after).await?;
        tx.commit().await?;
        Ok(last)
    }

    async fn batch(&self, session: &mut Session<'_>, after: i64) -> sqlx::Result<Option<i64>> {
        let Some(derived) = self.derived() else {
            return Ok(None);
        };
        let (last, stale) = self.stale(session, derived, after).await?;
        let mut rows = stale.into_iter().peekable();
        while rows.peek().is_some() {
            let part = rows.by_ref().take(ROWS_PER_UPDATE).collect();
            self.mend(session, part).await?;
        }
        Ok(last)
    }

    fn derived(&self) -> Option<&'static Derived> {
        let mut derived = self.rules.derived.iter();
        derived.find(|derived| derived.column == self.column)
    }

    /// Reads the next rows that have the column, and says which of them are stale.
    async fn stale(
        &self,
        session: &mut Session<'_>,
        derived: &Derived,
        after: i64,
    ) -> sqlx::Result<(Option<i64>, Vec<Stale>)> {
        let lock = session.lock();
        let (table, column) = (self.rules.table, self.column);
        let fields: Vec<Field> = derived.from.to_vec();
        let names: Vec<_> = fields.iter().filter_map(|field| field.def()).collect();
        let names: Vec<_> = names.iter().map(|def| def.key).collect();
        on_session!(session, DB, conn => {
            let mut query = QueryBuilder::<DB>::new(format!(
                "select pk, {column}, {} from {table} where {column} is not null and pk > ",
                names.join(", ")
            ));
            query.push_bind(after).push(" order by pk limit ").push_bind(ROWS).push(lock);
            let rows = query.build().fetch_all(&mut **conn).await?;
            let mut stale = Vec::new();
            let mut last = None;
            for row in &rows {
                let pk: i64 = row.try_get(0)?;
                last = Some(pk);
                let mut record = Record::blank(self.rules.kind, RecordId::new());
                for (field, at) in fields.iter().zip(2..) {
                    record.fields.set(*field, value(row, at, *field)?);
                }
                let value = (derived.value)(&record);
                if !value.is_text(row.try_get(1)?) {
                    stale.push(Stale { pk, value });
                }
            }
            Ok((last, stale))
        })
    }

    async fn mend(&self, session: &mut Session<'_>, rows: Vec<Stale>) -> sqlx::Result<()> {
        let (table, column) = (self.rules.table, self.column);
        on_session!(session, DB, conn => {
            let mut update = QueryBuilder::<DB>::new(format!("update {table} set {column} = case pk"));
            let pks: Vec<i64> = rows.iter().map(|row| row.pk).collect();
            for row in rows {
                update.push(" when ").push_bind(row.pk).push(" then ");
                push!(update, row.value);
            }
            update.push(" end where pk in (");
            let mut list = update.separated(",");
            for pk in pks {
                list.push_bind(pk);
            }
            update.push(")").build().execute(&mut **conn).await.map(drop)
        })
    }
}
