//! The two kinds of database behind one face, and the macros that write a statement once for both.

use sqlx::pool::PoolConnection;
use sqlx::{MySql, MySqlConnection, MySqlPool, Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::io::ErrorKind;

use super::fault::held;
use super::retry::PATIENCE;

/// The pools of one workspace.
#[derive(Clone)]
pub(super) enum Db {
    /// A file. SQLite has one writer at a time, so there is one writing connection: a caller that
    /// wants to write waits in the pool's fair queue and never meets `SQLITE_BUSY` inside this
    /// process.
    Sqlite {
        /// The connection that writes.
        writer: SqlitePool,
        /// The connections that only read.
        readers: SqlitePool,
        /// Those of them for lists and searches, which touch a few pages here and there. They see
        /// the file as memory, several times as fast as reading page by page. What goes through
        /// a whole catalogue does not: it would count as memory of the program.
        lists: SqlitePool,
        /// Why nothing can be written, when the file was opened for reading only.
        reads_only: Option<ErrorKind>,
    },
    /// A server.
    MySql(MySqlPool),
}

/// Runs `$body` on a connection pool for reading: `on!(db, pool => …)`, or `on!(db, DB, pool => …)`
/// where the body needs the driver's type as `DB`.
macro_rules! on {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { readers: $pool, .. } => $body,
            $crate::db::Db::MySql($pool) => $body,
        }
    };
    ($db:expr, $driver:ident, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { readers: $pool, .. } => {
                type $driver = sqlx::Sqlite;
                $body
            }
            $crate::db::Db::MySql($pool) => {
                type $driver = sqlx::MySql;
                $body
            }
        }
    };
}

/// The same as `on!`, for lists and searches.
macro_rules! on_lists {
    ($db:expr, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { lists: $pool, .. } => $body,
            $crate::db::Db::MySql($pool) => $body,
        }
    };
    ($db:expr, $driver:ident, $pool:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite { lists: $pool, .. } => {
                type $driver = sqlx::Sqlite;
                $body
            }
            $crate::db::Db::MySql($pool) => {
                type $driver = sqlx::MySql;
                $body
            }
        }
    };
}

/// The same as `on!`, inside a transaction.
macro_rules! on_tx {
    ($tx:expr, $conn:ident => $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::db::Tx::MySql(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
    ($tx:expr, $driver:ident, $conn:ident => $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                type $driver = sqlx::Sqlite;
                let $conn = &mut **tx;
                $body
            }
            $crate::db::Tx::MySql(tx) => {
                type $driver = sqlx::MySql;
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

/// The same as `on!`, on one connection, inside a transaction or outside.
macro_rules! on_session {
    ($session:expr, $driver:ident, $conn:ident => $body:expr) => {
        match $session {
            $crate::db::Session::Sqlite { conn: $conn, .. } => {
                type $driver = sqlx::Sqlite;
                $body
            }
            $crate::db::Session::MySql { conn: $conn, .. } => {
                type $driver = sqlx::MySql;
                $body
            }
        }
    };
}

pub(super) use {on, on_lists, on_session, on_tx};

/// One connection: that of a transaction, which locks the rows that it reads, or one that only
/// reads.
pub(super) enum Session<'a> {
    /// To a file.
    Sqlite {
        /// The connection.
        conn: &'a mut SqliteConnection,
    },
    /// To a server.
    MySql {
        /// The connection.
        conn: &'a mut MySqlConnection,
        /// Whether rows that are read stay locked until the transaction ends.
        locks: bool,
    },
}

impl Session<'_> {
    /// What stands at the end of a read whose rows are going to be written.
    pub(super) fn lock(&self) -> &'static str {
        match self {
            Session::MySql { locks: true, .. } => " for update",
            Session::Sqlite { .. } | Session::MySql { .. } => "",
        }
    }

    /// What stands at the end of a read of rows that are locked until the transaction ends.
    pub(super) fn share(&self) -> &'static str {
        match self {
            Session::MySql { locks: true, .. } => " lock in share mode",
            Session::Sqlite { .. } | Session::MySql { .. } => "",
        }
    }
}

/// A connection that only reads.
pub(super) enum Reading {
    /// From a file.
    Sqlite(PoolConnection<Sqlite>),
    /// From a server.
    MySql(PoolConnection<MySql>),
}

impl Reading {
    /// The connection.
    pub(super) fn session(&mut self) -> Session<'_> {
        match self {
            Reading::Sqlite(conn) => Session::Sqlite { conn },
            Reading::MySql(conn) => Session::MySql { conn, locks: false },
        }
    }
}

/// An open transaction that may write.
pub(super) enum Tx {
    /// On a file, begun with the write lock already held.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a server.
    MySql(Transaction<'static, MySql>),
}

impl Db {
    /// Which dialect it speaks.
    pub(super) fn dialect(&self) -> super::dialect::Dialect {
        match self {
            Db::Sqlite { .. } => super::dialect::Dialect::Sqlite,
            Db::MySql(_) => super::dialect::Dialect::MySql,
        }
    }

    /// A connection that only reads.
    pub(super) async fn reading(&self) -> sqlx::Result<Reading> {
        Ok(match self {
            Db::Sqlite { readers, .. } => Reading::Sqlite(readers.acquire().await?),
            Db::MySql(pool) => Reading::MySql(pool.acquire().await?),
        })
    }

    /// Begins a transaction that writes. A person waits for it: after a while, they are told that
    /// the database is held.
    pub(super) async fn begin(&self) -> sqlx::Result<Tx> {
        match tokio::time::timeout(PATIENCE, self.begin_patiently()).await {
            Ok(begun) => begun,
            Err(_) => Err(held()),
        }
    }

    /// The same for a job, which may wait longer.
    pub(super) async fn begin_patiently(&self) -> sqlx::Result<Tx> {
        match self {
            Db::Sqlite {
                reads_only: Some(why),
                ..
            } => Err(sqlx::Error::Io((*why).into())),
            // A deferred transaction that reads first cannot wait for the lock when it writes.
            Db::Sqlite { writer, .. } => {
                Ok(Tx::Sqlite(writer.begin_with("begin immediate").await?))
            }
            Db::MySql(pool) => Ok(Tx::MySql(pool.begin().await?)),
        }
    }
}

impl Tx {
    /// Its connection; on a server, what is read through it stays locked.
    pub(super) fn session(&mut self) -> Session<'_> {
        match self {
            Tx::Sqlite(tx) => Session::Sqlite { conn: &mut *tx },
            Tx::MySql(tx) => Session::MySql {
                conn: &mut *tx,
                locks: true,
            },
        }
    }

    /// Makes what was written lasting.
    pub(super) async fn commit(self) -> sqlx::Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::MySql(tx) => tx.commit().await,
        }
    }

    /// Takes back what was written. Dropping it does so as well, but later than the next transaction on
    /// the connection may begin.
    pub(super) async fn undo(self) -> sqlx::Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.rollback().await,
            Tx::MySql(tx) => tx.rollback().await,
        }
    }

    /// Which dialect it speaks.
    pub(super) fn dialect(&self) -> super::dialect::Dialect {
        match self {
            Tx::Sqlite(_) => super::dialect::Dialect::Sqlite,
            Tx::MySql(_) => super::dialect::Dialect::MySql,
        }
    }
}
