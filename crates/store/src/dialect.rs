//! Every difference between the two databases that a statement has to know.

/// What a database speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// SQLite.
    Sqlite,
    /// MySQL or MariaDB.
    MySql,
}

impl Dialect {
    /// How a plain insert begins. Without `or rollback`, SQLite copies each page that a multi-row
    /// insert touches, to be able to undo that statement alone; the transaction fails as a whole
    /// anyway.
    pub(super) const fn insert_into(self) -> &'static str {
        match self {
            Dialect::Sqlite => "insert or rollback into ",
            Dialect::MySql => "insert into ",
        }
    }

    /// How an insert begins that leaves the rows as they are that are there already.
    pub(super) const fn insert_missing_into(self) -> &'static str {
        match self {
            Dialect::Sqlite => "insert or ignore into ",
            Dialect::MySql => "insert ignore into ",
        }
    }

    /// What stands behind the values of an insert whose rows may be there already, by their `key`:
    /// the larger of the two numbers stays.
    pub(super) fn or_the_larger(self, key: &str, column: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                " on conflict ({key}) do update set {column} = max({column}, excluded.{column})"
            ),
            Dialect::MySql => {
                format!(" on duplicate key update {column} = greatest({column}, values({column}))")
            }
        }
    }

    /// What stands before and behind the values of a statement that updates many rows by their
    /// `pk`. On SQLite an upsert is no good: of several rows, it copies each page that it touches to
    /// be able to undo that statement alone. On a server, an insert that meets its own rows is the
    /// only form that both MySQL and MariaDB know.
    pub(super) fn update_many(
        self,
        table: &str,
        columns: &[&str],
        assigned: &[&str],
    ) -> (String, String) {
        let columns = columns.join(", ");
        let assign = |start: &str, end: &str| {
            let columns = assigned.iter();
            let each = columns.map(|column| format!("{column} = {start}{column}{end}"));
            each.collect::<Vec<_>>().join(", ")
        };
        match self {
            Dialect::Sqlite => (
                format!("with given ({columns}) as ("),
                format!(
                    ") update or rollback {table} set {} from given where {table}.pk = given.pk",
                    assign("given.", "")
                ),
            ),
            Dialect::MySql => (
                format!("insert into {table} ({columns}) "),
                format!(" on duplicate key update {}", assign("values(", ")")),
            ),
        }
    }

    /// What makes a read inside a transaction keep the rows for itself. SQLite's write lock covers
    /// the whole file already.
    pub(super) const fn for_update(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::MySql => " for update",
        }
    }

    /// A join that reads the table on its left first. Left to itself, a planner may start from the
    /// smaller table and then sort all of the larger one for the sake of one page.
    pub(super) const fn join_in_order(self) -> &'static str {
        match self {
            Dialect::Sqlite => " cross join ",
            Dialect::MySql => " straight_join ",
        }
    }

    /// How many rows an update carries whose rows depend on their order. SQLite goes through a table
    /// by its row numbers, MySQL through the rows as they stand.
    pub(super) const fn rows_per_ordered_update(self) -> usize {
        match self {
            Dialect::Sqlite => 1,
            Dialect::MySql => self.rows_per_insert(),
        }
    }

    /// How many rows one insert carries: measured, see `docs/benchmarks.md`.
    pub(super) const fn rows_per_insert(self) -> usize {
        match self {
            Dialect::Sqlite => 100,
            Dialect::MySql => 500,
        }
    }
}

/// How many values one `in (…)` list carries.
pub(super) const IN_LIST: usize = 500;

/// How many bytes of text one insert carries at most, below every server's packet limit.
pub(super) const BYTES_PER_INSERT: usize = 2 << 20;
