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

    /// What turns an insert of full rows into an update of the rows whose `key` exists;
    /// [`Dialect::assign`] for each column follows.
    pub(super) const fn on_existing(self, key: &str) -> &'static str {
        match (self, key.as_bytes()) {
            (Dialect::Sqlite, b"pk") => " on conflict (pk) do update set ",
            (Dialect::Sqlite, _) => " on conflict (id) do update set ",
            (Dialect::MySql, _) => " on duplicate key update ",
        }
    }

    /// The assignment of one column in such an update.
    pub(super) fn assign(self, column: &str) -> String {
        match self {
            Dialect::Sqlite => format!("{column}=excluded.{column}"),
            Dialect::MySql => format!("{column}=values({column})"),
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
