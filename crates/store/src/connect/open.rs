//! Opening a workspace: pools, their settings, and the schema.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::mysql::MySqlPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};

use super::address::MySqlAddress;
use super::migrate;
use crate::Store;
use crate::apply::fill;
use crate::db::Db;
use crate::fault::{Cure, Told, cure, told};
use crate::lists::cache::Cache;
use domain::error::{Error, Result};
use domain::values::Clock;

/// How many connections to a file only read, and how many of them are for lists.
const READERS: u32 = 2;
const LISTS: u32 = 3;
/// What the writer of a file keeps of it, as SQLite takes it: KiB with a minus.
pub(crate) const WRITER_CACHE: &str = "-49152";
/// How much of a file the connections for lists see as memory, in bytes: the most that SQLite takes.
const MAPPED: &str = "2147418112";

impl Store {
    /// Opens a workspace file, made when it is not there, and brings its schema up to date.
    pub async fn open_sqlite(path: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|cause| Error::file("make the folder", folder, &cause))?;
        }
        let base = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .busy_timeout(Duration::from_secs(5))
            .disable_statement_logging();
        let mut first = base.clone().page_size(8192).connect().await.told()?;
        switch_to_wal(&mut first).await?;
        migrate::migrate_sqlite(&mut first, clock.now().0).await?;
        fill::repair(&mut first).await?;
        first.close().await.told()?;

        let options = base
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .pragma("temp_store", "memory")
            .pragma("wal_autocheckpoint", "32000")
            .pragma("journal_size_limit", "67108864");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(60))
            .connect_lazy_with(
                options
                    .clone()
                    // What is said to be saved is saved: a commit waits for the disk. With sets of
                    // thousands of records, an import is as fast as without.
                    .synchronous(SqliteSynchronous::Full)
                    .pragma("cache_size", WRITER_CACHE)
                    .pragma("threads", "2")
                    .optimize_on_close(true, 400),
            );
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_lazy_with(options.clone().pragma("cache_size", "-24576"));
        let lists = SqlitePoolOptions::new()
            .max_connections(LISTS)
            .connect_lazy_with(
                options
                    .pragma("cache_size", "-8192")
                    .pragma("mmap_size", MAPPED),
            );
        let db = Db::Sqlite {
            writer,
            readers,
            lists,
        };
        Ok(Self::with(db, clock))
    }

    /// Opens a shared workspace and brings its schema up to date.
    pub async fn open_mysql(address: &MySqlAddress, clock: Arc<dyn Clock>) -> Result<Self> {
        let options = address.options().disable_statement_logging();
        let mut first = super::check::connect(address).await?;
        migrate::migrate_mysql(&mut first, clock.now().0).await?;
        first.close().await.told()?;
        let pool = MySqlPoolOptions::new()
            .min_connections(0)
            .max_connections(2)
            .idle_timeout(Duration::from_secs(90))
            .max_lifetime(Duration::from_secs(30 * 60))
            .acquire_timeout(Duration::from_secs(15))
            .after_connect(|conn, _| {
                Box::pin(async move {
                    // Fewer locks on gaps between rows, so fewer deadlocks. Nothing here relies on
                    // a snapshot that spans statements.
                    conn.execute("set session transaction isolation level read committed")
                        .await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options);
        Ok(Self::with(Db::MySql(pool), clock))
    }

    fn with(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self {
            db,
            clock,
            cache: Arc::new(Cache::default()),
        }
    }

    /// Waits for running statements and closes all connections. A file is left without side files.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite {
                writer,
                readers,
                lists,
            } => {
                lists.close().await;
                readers.close().await;
                writer.close().await;
            }
            Db::MySql(pool) => pool.close().await,
        }
    }

    /// Tells the database to look at what it holds now, after a large import: it plans by that.
    pub async fn analyze(&self) -> Result<()> {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                let mut conn = writer.acquire().await.told()?;
                sqlx::raw_sql("pragma analysis_limit = 1000; analyze")
                    .execute(&mut *conn)
                    .await
                    .told()?;
                // Others may be reading an older state; then the next import shortens the log.
                sqlx::raw_sql("pragma wal_checkpoint(truncate); pragma shrink_memory")
                    .execute(&mut *conn)
                    .await
                    .told()?;
            }
            Db::MySql(pool) => {
                sqlx::raw_sql("analyze table products")
                    .execute(pool)
                    .await
                    .told()?;
            }
        }
        Ok(())
    }
}

/// The switch to WAL takes a lock that no busy timeout waits for, when two programs start at once.
async fn switch_to_wal(conn: &mut sqlx::SqliteConnection) -> Result<()> {
    let mut tries = 0;
    loop {
        match sqlx::raw_sql("pragma journal_mode = wal")
            .execute(&mut *conn)
            .await
        {
            Ok(_) => return Ok(()),
            Err(error) if cure(&error) == Cure::Again && tries < 200 => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(rand::random_range(10..40))).await;
            }
            Err(error) => return Err(told(error)),
        }
    }
}
