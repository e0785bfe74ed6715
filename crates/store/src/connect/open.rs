//! Opening a workspace: pools, their settings, and the schema.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use sqlx::mysql::MySqlPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, SqliteConnection};

use super::access::{Access, access};
use super::address::MySqlAddress;
use super::migrate;
use crate::Store;
use crate::apply::fill;
use crate::custom;
use crate::db::{Db, Session};
use crate::dialect::IN_LIST;
use crate::fault::{Cure, Told, cure, told, why_reads_only};
use crate::lists::cache::Cache;
use crate::retry::{LOCK_WAIT, PATIENCE};
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
    /// Opens a workspace file, made when it is not there, and brings its schema up to date. One that
    /// cannot be written, or whose disk is full, is opened for reading.
    pub async fn open_sqlite(path: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|cause| Error::file("make the folder", folder, &cause))?;
        }
        if access(path)? == Access::Read {
            return Self::open_for_reading(path, clock, ErrorKind::ReadOnlyFilesystem).await;
        }
        let base = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .busy_timeout(LOCK_WAIT)
            .disable_statement_logging();
        let mut first = match first_connection(&base).await {
            Ok(first) => first,
            Err(error) => {
                let why = why_reads_only(&error).filter(|_| path.exists());
                let Some(why) = why else {
                    return Err(told(error));
                };
                let reading = Self::open_for_reading(path, clock, why).await;
                return reading.map_err(|_| told(error));
            }
        };
        migrate::migrate_sqlite(&mut first, clock.now().0).await?;
        fill::repair(&mut first).await?;
        let fields = custom::load(&mut Session::Sqlite { conn: &mut first })
            .await
            .told()?;
        first.close().await.told()?;

        let options = base
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .pragma("wal_autocheckpoint", "32000")
            .pragma("journal_size_limit", "67108864");
        // What is said to be saved is saved: a commit waits for the disk. With sets of thousands of
        // records, an import is as fast as without.
        let writing = options.clone().synchronous(SqliteSynchronous::Full);
        let writing = writing.optimize_on_close(true, 400);
        Ok(Self::with(pools(options, writing, None), clock, fields))
    }

    async fn open_for_reading(path: &Path, clock: Arc<dyn Clock>, why: ErrorKind) -> Result<Self> {
        let base = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            // Nothing is made beside the file: what could not be deleted again would keep it
            // read-only. A log that is there has to be read.
            .immutable(!has_log(path))
            .busy_timeout(LOCK_WAIT)
            .disable_statement_logging();
        let mut first = base.connect().await.told()?;
        migrate::check_for_reading(&mut first).await?;
        let fields = custom::load(&mut Session::Sqlite { conn: &mut first })
            .await
            .told()?;
        first.close().await.told()?;
        let db = pools(base.clone(), base, Some(why));
        Ok(Self::with(db, clock, fields))
    }

    /// Whether it is a file, not a database on a server.
    pub fn is_file(&self) -> bool {
        matches!(self.db, Db::Sqlite { .. })
    }

    /// Whether it can only be read: its file is read-only, or the disk was full when it was opened.
    pub fn reads_only(&self) -> bool {
        matches!(
            self.db,
            Db::Sqlite {
                reads_only: Some(_),
                ..
            }
        )
    }

    /// Opens a shared workspace and brings its schema up to date.
    pub async fn open_mysql(address: &MySqlAddress, clock: Arc<dyn Clock>) -> Result<Self> {
        let options = address.options().disable_statement_logging();
        let mut first = super::reach::connect(address).await?;
        migrate::migrate_mysql(&mut first, clock.now().0).await?;
        let mut session = Session::MySql {
            conn: &mut first,
            locks: false,
        };
        let fields = custom::load(&mut session).await.told()?;
        first.close().await.told()?;
        let pool = MySqlPoolOptions::new()
            .min_connections(0)
            .max_connections(2)
            .idle_timeout(Duration::from_secs(90))
            .max_lifetime(Duration::from_secs(30 * 60))
            .acquire_timeout(PATIENCE)
            .after_connect(|conn, _| {
                Box::pin(async move {
                    // Fewer locks on gaps between rows, so fewer deadlocks. Nothing here relies on
                    // a snapshot that spans statements.
                    conn.execute("set session transaction isolation level read committed")
                        .await?;
                    let seconds = LOCK_WAIT.as_secs();
                    let waits = format!(
                        "set session innodb_lock_wait_timeout = {seconds}, \
                         session lock_wait_timeout = {}",
                        PATIENCE.as_secs()
                    );
                    conn.execute(AssertSqlSafe(waits)).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(options);
        Ok(Self {
            server: Some(Arc::new(address.clone())),
            ..Self::with(Db::MySql(pool), clock, fields)
        })
    }

    fn with(db: Db, clock: Arc<dyn Clock>, fields: custom::Loaded) -> Self {
        Self {
            db,
            server: None,
            clock,
            cache: Arc::new(Cache::default()),
            fields: Arc::new(RwLock::new(Arc::new(fields))),
        }
    }

    /// Waits for running statements and closes all connections. A file is left without side files.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite {
                writer,
                readers,
                lists,
                ..
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

/// Whether a log of what was written stands beside a file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// The pools of a file; connections are made when they are needed.
fn pools(
    options: SqliteConnectOptions,
    writing: SqliteConnectOptions,
    reads_only: Option<ErrorKind>,
) -> Db {
    let options = options
        .pragma("temp_store", "memory")
        // The rows of one statement are handed over at once: each wait for another thread costs more.
        .row_buffer_size(IN_LIST);
    let writing = writing
        .pragma("temp_store", "memory")
        .pragma("cache_size", WRITER_CACHE)
        .pragma("threads", "2");
    let mapped = options
        .clone()
        .pragma("cache_size", "-8192")
        .pragma("mmap_size", MAPPED);
    Db::Sqlite {
        writer: SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(60))
            .connect_lazy_with(writing),
        readers: SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_lazy_with(options.pragma("cache_size", "-16384")),
        lists: SqlitePoolOptions::new()
            .max_connections(LISTS)
            .connect_lazy_with(mapped),
        reads_only,
    }
}

/// Connects, and makes what stands beside the file while it is open.
async fn first_connection(base: &SqliteConnectOptions) -> sqlx::Result<SqliteConnection> {
    let mut first = base.clone().page_size(8192).connect().await?;
    switch_to_wal(&mut first).await?;
    sqlx::query("select count(*) from sqlite_master")
        .execute(&mut first)
        .await?;
    Ok(first)
}

/// The switch to WAL takes a lock that no busy timeout waits for, when two programs start at once.
async fn switch_to_wal(conn: &mut SqliteConnection) -> sqlx::Result<()> {
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
            Err(error) => return Err(error),
        }
    }
}
