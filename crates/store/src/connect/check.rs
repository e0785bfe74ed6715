//! The test of a server's address: says exactly what is wrong before anything is set up.

use serde::{Deserialize, Serialize};
use sqlx::{ConnectOptions, Connection, MySqlConnection};
use std::time::Duration;
use ts_rs::TS;

use super::address::{MySqlAddress, Tls};
use super::{migrate, reach};
use crate::Store;
use crate::fault::{Cure, Told, cure, mysql_number, told};
use crate::workspace;
use domain::error::{Code, Error, Result, io_reason};

/// What stands at a server's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ServerCheck {
    /// An empty database in which a workspace can be set up.
    EmptyReady {
        /// What the server calls itself.
        server: String,
    },
    /// A workspace of ours.
    Ours {
        /// What the server calls itself.
        server: String,
        /// What people call the workspace.
        name: String,
        /// How many people have an account.
        users: i64,
    },
}

/// The table that tries out the user's rights; it lives for a moment.
const TRIAL: &str = "backstock_rights_trial";

impl Store {
    /// Tries an address. The error says what is wrong and what to do.
    pub async fn check_mysql(address: &MySqlAddress) -> Result<ServerCheck> {
        let mut conn = reach::connect(address).await?;
        let server: String = sqlx::query_scalar("select version()")
            .fetch_one(&mut conn)
            .await
            .told()?;
        check_version(&server)?;
        let checked = match migrate::applied_on_mysql(&mut conn).await? {
            Some(applied) => {
                migrate::is_behind(&applied)?;
                ours(&mut conn, server).await
            }
            None => empty(&mut conn, server).await,
        };
        conn.close().await.ok();
        checked
    }
}

/// Connects once; an error names what is wrong with the address.
pub(super) async fn connect(address: &MySqlAddress) -> Result<MySqlConnection> {
    let options = address.options().disable_statement_logging();
    let connected = options.connect().await;
    connected.map_err(|error| refused(&error, address))
}

/// What the server says by the number of its error.
fn refused_by_number(number: u16, at: &str, address: &MySqlAddress) -> Error {
    match number {
            1044 => Error::new(
                Code::DatabaseRefused,
                format!(
                    "The user \"{}\" has no rights on the database \"{}\".",
                    address.user, address.database
                ),
            )
            .hint("Check the name, or ask the database's administrator for the rights in docs/shared-database.md."),
            1049 => Error::new(
                Code::DatabaseRefused,
                format!("There is no database \"{}\" on {at}.", address.database),
            )
            .hint("Check the name, or have an empty database of this name created first."),
            1045 => Error::new(
                Code::DatabaseRefused,
                format!(
                    "{at} refused the user \"{}\" or the password.",
                    address.user
                ),
            )
            .hint("Check both. The user must be allowed to sign in from this machine.")
            .field("password", "Check the user and the password."),
            1130 => Error::new(
                Code::DatabaseRefused,
                format!("{at} does not let this machine in."),
            )
            .hint("Ask the database's administrator to allow connections from this machine."),
            3159 => Error::new(
                Code::DatabaseRefused,
                format!("{at} wants an encrypted connection."),
            )
            .hint("Choose \"Encrypted\" (tls=required)."),
            1251 | 1524 | 2059 => unsupported_sign_in(),
            _ => Error::new(
                Code::DatabaseRefused,
                format!("{at} refused with error {number}."),
            ),
    }
}

fn refused(error: &sqlx::Error, address: &MySqlAddress) -> Error {
    let at = format!("{}:{}", address.host, address.port);
    if let Some(number) = mysql_number(error) {
        return refused_by_number(number, &at, address);
    }
    let text = error.to_string();
    let text = text.trim_end_matches('.');
    match error {
        _ if text.contains("RSA") => Error::new(
            Code::DatabaseRefused,
            "The server checks passwords in a way that needs an encrypted connection.",
        )
        .hint("Choose \"Encrypted\" (tls=required)."),
        sqlx::Error::Tls(_) => tls(&at, text, address),
        _ if text.contains("TLS") || text.contains("certificate") => tls(&at, text, address),
        _ if text.contains("authentication plugin") => unsupported_sign_in(),
        sqlx::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            Error::new(Code::Unreachable, format!("Nothing answers at {at}."))
                .hint("Check the host and the port, and whether the server is running.")
        }
        sqlx::Error::Io(cause) => Error::new(
            Code::Unreachable,
            format!("{at} cannot be reached: {}.", io_reason(cause)),
        )
        .hint("Check the host and the port, and the network."),
        _ => Error::new(
            Code::Unreachable,
            format!("{at} does not speak like a MySQL server."),
        )
        .hint("Check the host and the port."),
    }
}

fn tls(at: &str, text: &str, address: &MySqlAddress) -> Error {
    let hint = match address.tls {
        Tls::VerifyCa { .. } => {
            "Check the certificate file, or choose \"Encrypted\" (tls=required)."
        }
        Tls::Verify => {
            "Have this machine trust the certificate, or choose \"Encrypted\" (tls=required)."
        }
        _ => {
            "Have encryption set up on the server; where the network can be trusted, choose \"Not encrypted\" (tls=off)."
        }
    };
    Error::new(
        Code::DatabaseRefused,
        format!("No encrypted connection to {at} could be made: {text}."),
    )
    .hint(hint)
}

fn unsupported_sign_in() -> Error {
    Error::new(
        Code::DatabaseRefused,
        "The database user signs in by a method that Backstock does not know.",
    )
    .hint("Have the user created with caching_sha2_password or mysql_native_password.")
}

/// Refuses servers that lack what the schema needs.
fn check_version(server: &str) -> Result<()> {
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let mut parts = server.split(['.', '-']);
    let version = (number(parts.next()), number(parts.next()));
    let needed = if server.contains("MariaDB") {
        (10, 6)
    } else {
        (8, 0)
    };
    if version >= needed {
        return Ok(());
    }
    Err(Error::new(
        Code::DatabaseRefused,
        format!("The server is too old: it says {server}."),
    )
    .hint("Backstock needs MySQL 8.0 or MariaDB 10.6, or a newer one."))
}

async fn ours(conn: &mut MySqlConnection, server: String) -> Result<ServerCheck> {
    let name: Option<String> = sqlx::query_scalar(workspace::SELECT_NAME)
        .fetch_optional(&mut *conn)
        .await
        .unwrap_or(None);
    let Some(name) = name else {
        return Ok(ServerCheck::EmptyReady { server });
    };
    let users = sqlx::query_scalar("select count(*) from users where status <> 'deleted'")
        .fetch_one(&mut *conn)
        .await
        .told()?;
    Ok(ServerCheck::Ours {
        server,
        name,
        users,
    })
}

async fn empty(conn: &mut MySqlConnection, server: String) -> Result<ServerCheck> {
    let tables: i64 = sqlx::query_scalar(
        "select count(*) from information_schema.tables where table_schema = database() \
         and table_name not in ('schema_lock', 'backstock_rights_trial')",
    )
    .fetch_one(&mut *conn)
    .await
    .told()?;
    if tables > 0 && migrate::applied_on_mysql(conn).await?.is_none() {
        return Err(Error::new(
            Code::DatabaseRefused,
            format!("The database is not empty and holds no Backstock workspace; it has {tables} tables of something else."),
        )
        .hint("Choose an empty database."));
    }
    // Another desktop that is setting the database up has tried them.
    if tables == 0 {
        try_rights(conn).await?;
    }
    Ok(ServerCheck::EmptyReady { server })
}

/// How often the rights are tried while other desktops try theirs on the same table.
const TRIALS: u32 = 20;

/// Does once what the product does, so that a missing right is named now and not in a month.
async fn try_rights(conn: &mut MySqlConnection) -> Result<()> {
    const NO_SUCH_TABLE: u16 = 1146;
    for _ in 1..TRIALS {
        match try_once(conn).await {
            Err(error)
                if mysql_number(&error) == Some(NO_SUCH_TABLE) || cure(&error) == Cure::Again => {}
            Err(error) => return Err(told(error)),
            Ok(missing) => return missing,
        }
        let pause = Duration::from_millis(rand::random_range(10..60));
        tokio::time::sleep(pause).await;
    }
    try_once(conn).await.map_err(told)?
}

/// Tries the rights; those that are missing are an error in words.
async fn try_once(conn: &mut MySqlConnection) -> sqlx::Result<Result<()>> {
    let steps = [
        (
            "create",
            format!("create table if not exists {TRIAL} (id bigint primary key, n bigint)"),
        ),
        ("alter", format!("alter table {TRIAL} add column m bigint")),
        ("index", format!("create index {TRIAL}_n on {TRIAL} (n)")),
        ("insert", format!("insert into {TRIAL} (id) values (1)")),
        ("select", format!("select id from {TRIAL}")),
        ("update", format!("update {TRIAL} set n = 1")),
        ("delete", format!("delete from {TRIAL}")),
        ("drop", format!("drop table {TRIAL}")),
    ];
    let mut missing = Vec::new();
    for (right, sql) in steps {
        match sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&mut *conn)
            .await
        {
            Ok(_) => {}
            Err(error) if matches!(mysql_number(&error), Some(1142 | 1143 | 1044 | 1227)) => {
                missing.push(right.to_uppercase());
                if right == "create" {
                    break;
                }
            }
            // A trial that was left behind by one without the right to drop it has the column already.
            // Another desktop that tries it at the same moment may also have dropped it first.
            Err(error) if matches!(mysql_number(&error), Some(1051 | 1060..=1062)) => {}
            Err(error) => return Err(error),
        }
    }
    if missing.is_empty() {
        return Ok(Ok(()));
    }
    Ok(Err(Error::new(
        Code::DatabaseRefused,
        format!(
            "The database user lacks rights on this database: {}.",
            missing.join(", ")
        ),
    )
    .hint(
        "Ask the database's administrator for the rights in docs/shared-database.md.",
    )))
}

#[cfg(test)]
mod tests {
    use super::check_version;

    #[test]
    fn old_servers_are_refused() {
        for (server, ok) in [
            ("8.0.36", true),
            ("9.7.4", true),
            ("5.7.44-log", false),
            ("10.11.19-MariaDB-0+deb12u1", true),
            ("10.5.8-MariaDB", false),
            ("11.8.9-MariaDB", true),
        ] {
            assert_eq!(check_version(server).is_ok(), ok, "{server}");
        }
    }
}
