//! Brings a database to the schema of this version, once, however many desktops start at a time.
//!
//! MySQL commits each DDL statement by itself, so every migration is one statement that may run
//! twice, and it is noted only after it ran: a crash in between repeats it. A migration is never
//! changed once it was released.

use super::anew;
use super::backup::back_up;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, SqliteConnection};

use crate::fault::{Cure, Told, cure, is_missing_right, mysql_number, told};
use domain::error::{Code, Error, Result};

/// One step of the schema, for both databases.
struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    mysql: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal;)*) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../../../../migrations/sqlite/", $name, ".sql")),
            mysql: include_str!(concat!("../../../../migrations/mysql/", $name, ".sql")),
        },)*]
    };
}

/// Every migration, in order. The first two make the tables that the others need to be run.
const MIGRATIONS: &[Migration] = migrations! {
    1 "0001_schema_lock";
    2 "0002_schema_migrations";
    3 "0003_workspace";
    4 "0004_users";
    5 "0005_products";
    6 "0006_change_tx";
    7 "0007_sync_state";
    8 "0008_sync_state_row";
    9 "0009_batches";
    10 "0010_journal";
    11 "0011_roles";
    12 "0012_users_must_change_password";
    13 "0013_workspace_idle_lock_minutes";
    14 "0014_workspace_version";
    15 "0015_workspace_people_changes";
    16 "0016_sign_in_guesses";
    20 "0020_batch_digests";
    21 "0021_history_chain";
    22 "0022_history_head";
    23 "0023_history_head_row";
    24 "0024_key_wraps";
    25 "0025_secrets";
    30 "0030_users_last_failed_at";
    31 "0031_sign_in_guesses_by_time";
    40 "0040_suppliers";
    41 "0041_supplier_products";
    42 "0042_custom_fields";
    43 "0043_products_custom";
    44 "0044_custom_values";
    45 "0045_custom_steps";
    50 "0050_products_coverage";
    51 "0051_coverage_of_products";
    52 "0052_coverage_of_parents";
    55 "0055_options_key_anew";
    58 "0058_import_mappings";
    59 "0059_batches_trashed";
    60 "0060_batches_restored";
    61 "0061_batches_moved";
    62 "0062_main_image";
    63 "0063_alt_images";
    64 "0064_image_contents";
    65 "0065_image_parts";
    66 "0066_image_addresses";
    67 "0067_image_uses";
    68 "0068_image_cursor";
    69 "0069_image_cursor_row";
    70 "0070_variant_position";
    71 "0071_channels";
    72 "0072_channel_fields";
    73 "0073_listings";
    74 "0074_channel_readings";
    75 "0075_channel_exchanges";
    76 "0076_sync_turns";
};

/// The statements of every step for a file, in order.
pub(crate) fn statements_of_a_file() -> impl Iterator<Item = &'static str> {
    let steps = MIGRATIONS.iter().flat_map(|step| step.sqlite.split(';'));
    steps
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
}

const BOOTSTRAP: usize = 2;
const APPLIED: &str = "select version from schema_migrations order by version";
const NOTE: &str = "insert into schema_migrations (version, name, applied_at) values (?, ?, ?)";

/// Refuses a schema that a newer version of the app made; says whether something is left to do.
pub(super) fn is_behind(applied: &[i64]) -> Result<bool> {
    let newest = MIGRATIONS.last().map_or(0, |migration| migration.version);
    if applied.iter().any(|version| *version > newest) {
        return Err(Error::new(
            Code::NewerSchema,
            "This workspace was written by a newer version of Backstock.",
        )
        .hint("Update Backstock on this machine, then open the workspace again."));
    }
    Ok(MIGRATIONS
        .iter()
        .any(|migration| !applied.contains(&migration.version)))
}

/// Migrates a file, in one transaction that holds the write lock: all of it or nothing. One that
/// has data is copied first.
pub(super) async fn migrate_sqlite(conn: &mut SqliteConnection, now: i64) -> Result<()> {
    let exists: i64 = sqlx::query_scalar(
        "select count(*) from sqlite_master where type = 'table' and name = 'schema_migrations'",
    )
    .fetch_one(&mut *conn)
    .await
    .told()?;
    if exists == 1 {
        let applied: Vec<i64> = sqlx::query_scalar(APPLIED)
            .fetch_all(&mut *conn)
            .await
            .told()?;
        if !is_behind(&applied)? {
            return Ok(());
        }
        back_up(conn, applied.last().copied().unwrap_or_default()).await?;
    } else {
        refuse_foreign(conn).await?;
    }
    let mut tx = conn.begin_with("begin immediate").await.told()?;
    for migration in &MIGRATIONS[..BOOTSTRAP] {
        sqlx::raw_sql(migration.sqlite)
            .execute(&mut *tx)
            .await
            .told()?;
    }
    let applied: Vec<i64> = sqlx::query_scalar(APPLIED)
        .fetch_all(&mut *tx)
        .await
        .told()?;
    is_behind(&applied)?;
    for migration in MIGRATIONS
        .iter()
        .filter(|migration| !applied.contains(&migration.version))
    {
        sqlx::raw_sql(migration.sqlite)
            .execute(&mut *tx)
            .await
            .told()?;
        if let Some(anew) = anew::after(migration.version) {
            anew.in_file(&mut tx).await.told()?;
        }
        let note = sqlx::query(NOTE)
            .bind(migration.version)
            .bind(migration.name)
            .bind(now);
        note.execute(&mut *tx).await.told()?;
    }
    tx.commit().await.told()?;
    Ok(())
}

/// Checks that a file that can only be read has the schema of this version.
pub(super) async fn check_for_reading(conn: &mut SqliteConnection) -> Result<()> {
    let exists: i64 = sqlx::query_scalar(
        "select count(*) from sqlite_master where type = 'table' and name = 'schema_migrations'",
    )
    .fetch_one(&mut *conn)
    .await
    .told()?;
    if exists == 0 {
        refuse_foreign(&mut *conn).await?;
    }
    let applied: Vec<i64> = match exists {
        0 => Vec::new(),
        _ => sqlx::query_scalar(APPLIED).fetch_all(conn).await.told()?,
    };
    if !is_behind(&applied)? {
        return Ok(());
    }
    Err(Error::new(
        Code::File,
        "The workspace cannot be written now, and has to be brought up to this version of Backstock first.",
    )
    .hint("Allow writing to the file and its folder, or free some space on its disk, then open it again."))
}

/// A file with tables of another program is not ours to change.
async fn refuse_foreign(conn: &mut SqliteConnection) -> Result<()> {
    let tables: i64 = sqlx::query_scalar("select count(*) from sqlite_master where type = 'table'")
        .fetch_one(conn)
        .await
        .told()?;
    if tables == 0 {
        return Ok(());
    }
    Err(Error::new(
        Code::File,
        "The file belongs to another program: it is no Backstock workspace.",
    )
    .hint("Choose another file."))
}

/// The versions that a server's database has; nothing where it has no schema of ours.
pub(super) async fn applied_on_mysql(conn: &mut MySqlConnection) -> Result<Option<Vec<i64>>> {
    let exists: i64 = sqlx::query_scalar(
        "select count(*) from information_schema.tables \
         where table_schema = database() and table_name = 'schema_migrations'",
    )
    .fetch_one(&mut *conn)
    .await
    .told()?;
    if exists == 0 {
        return Ok(None);
    }
    Ok(Some(
        sqlx::query_scalar(APPLIED)
            .fetch_all(&mut *conn)
            .await
            .told()?,
    ))
}

/// Migrates a server's database under a lease: `get_lock` does nothing useful on MariaDB and is
/// known to one node only on a cluster, a row is decided by the cluster.
pub(super) async fn migrate_mysql(conn: &mut MySqlConnection, now: i64) -> Result<()> {
    if let Some(applied) = applied_on_mysql(conn).await?
        && !is_behind(&applied)?
    {
        return Ok(());
    }
    for migration in &MIGRATIONS[..BOOTSTRAP] {
        create(conn, migration.mysql).await?;
    }
    let owner: i64 = rand::random_range(1..i64::MAX);
    acquire_lease(conn, owner).await?;
    let migrated = migrate_under_lease(conn, owner, now).await;
    let release = sqlx::query("update schema_lock set owner = null where id = 1 and owner = ?");
    let released = release.bind(owner).execute(&mut *conn).await;
    migrated?;
    released.told()?;
    Ok(())
}

/// Runs a `create table if not exists`, which two sessions may attempt at a time.
async fn create(conn: &mut MySqlConnection, sql: &'static str) -> Result<()> {
    for _ in 0..20 {
        match sqlx::raw_sql(sql).execute(&mut *conn).await {
            Ok(_) => return Ok(()),
            Err(error) if cure(&error) == Cure::Again => pause().await,
            Err(error) => return Err(not_upgraded(error)),
        }
    }
    Err(lease_not_had())
}

async fn acquire_lease(conn: &mut MySqlConnection, owner: i64) -> Result<()> {
    let row = "insert ignore into schema_lock (id) values (1)";
    let take = "update schema_lock set owner = ?, until_ts = unix_timestamp() + 60 \
                where id = 1 and (owner is null or until_ts < unix_timestamp())";
    for _ in 0..2400 {
        sqlx::raw_sql(row).execute(&mut *conn).await.ok();
        match sqlx::query(take).bind(owner).execute(&mut *conn).await {
            Ok(done) if done.rows_affected() == 1 => return Ok(()),
            Ok(_) => {}
            Err(error) if cure(&error) == Cure::Again => {}
            Err(error) => return Err(told(error)),
        }
        pause().await;
    }
    Err(lease_not_had())
}

async fn pause() {
    tokio::time::sleep(std::time::Duration::from_millis(rand::random_range(25..75))).await;
}

fn lease_not_had() -> Error {
    Error::new(
        Code::DatabaseRefused,
        "Another desktop has been setting up this database for two minutes.",
    )
    .hint("Try again when it has finished.")
}

async fn migrate_under_lease(conn: &mut MySqlConnection, owner: i64, now: i64) -> Result<()> {
    let applied: Vec<i64> = sqlx::query_scalar(APPLIED)
        .fetch_all(&mut *conn)
        .await
        .told()?;
    is_behind(&applied)?;
    for migration in MIGRATIONS
        .iter()
        .filter(|migration| !applied.contains(&migration.version))
    {
        renew_lease(conn, owner).await?;
        run_once_more(conn, migration.mysql).await?;
        if let Some(anew) = anew::after(migration.version) {
            let mut done = 0;
            while let Some(last) = anew.on_server(conn, done).await.told()? {
                done = last;
                renew_lease(conn, owner).await?;
            }
        }
        let note = sqlx::query(NOTE)
            .bind(migration.version)
            .bind(migration.name)
            .bind(now);
        note.execute(&mut *conn).await.told()?;
    }
    Ok(())
}

async fn renew_lease(conn: &mut MySqlConnection, owner: i64) -> Result<()> {
    let renew =
        "update schema_lock set until_ts = unix_timestamp() + 60 where id = 1 and owner = ?";
    let renewed = sqlx::query(renew).bind(owner).execute(conn).await;
    renewed.map(drop).told()
}

/// Runs a migration that may have run before without being noted: a column or an index that is
/// there already is what it was to add.
async fn run_once_more(conn: &mut MySqlConnection, sql: &'static str) -> Result<()> {
    const DUPLICATE_COLUMN: u16 = 1060;
    const DUPLICATE_KEY_NAME: u16 = 1061;
    match sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await {
        Ok(_) => Ok(()),
        Err(error)
            if matches!(
                mysql_number(&error),
                Some(DUPLICATE_COLUMN | DUPLICATE_KEY_NAME)
            ) =>
        {
            Ok(())
        }
        Err(error) => Err(not_upgraded(error)),
    }
}

/// An account that may not change tables is told who upgrades the database.
fn not_upgraded(error: sqlx::Error) -> Error {
    if !is_missing_right(&error) {
        return told(error);
    }
    let missing = told(error).message;
    Error::new(
        Code::DatabaseRefused,
        format!("The database has to be upgraded to this version of Backstock first. {missing}"),
    )
    .hint("Open it once with the account that may change tables; see docs/shared-database.md.")
}
