//! What a database says when it fails, in words for people. No address or password gets out.

use std::io::ErrorKind;

use sqlx::Error as SqlError;
use sqlx::mysql::MySqlDatabaseError;

use domain::error::{Code, Error, Result, io_reason};

/// What to do about a failed transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cure {
    /// It was undone as a whole: doing it again may work.
    Again,
    /// The connection is gone; whether a commit went through is not known.
    Reconnect,
    /// Nothing that waiting would mend.
    None,
}

/// The server's error number, when a server answered with one.
pub(super) fn mysql_number(error: &SqlError) -> Option<u16> {
    let SqlError::Database(cause) = error else {
        return None;
    };
    cause
        .try_downcast_ref::<MySqlDatabaseError>()
        .map(MySqlDatabaseError::number)
}

/// SQLite's primary result code, when SQLite answered with one.
fn sqlite_code(error: &SqlError) -> Option<i32> {
    extended_code(error).map(|extended| extended & 0xff)
}

/// SQLite's result code with what it is about, when SQLite answered with one.
fn extended_code(error: &SqlError) -> Option<i32> {
    let SqlError::Database(cause) = error else {
        return None;
    };
    cause.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    cause.code()?.parse().ok()
}

/// What may help against `error`.
pub(super) fn cure(error: &SqlError) -> Cure {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    match error {
        SqlError::Io(cause) if is_no_connection(cause.kind()) => Cure::None,
        SqlError::Io(_) | SqlError::WorkerCrashed => Cure::Reconnect,
        // 1213 deadlock, 1205 lock wait, 1020 changed since the snapshot, 1040 too many connections,
        // 1047 and 1180 a cluster node that lost its cluster, 1053 and 2006/2013 a server going away.
        SqlError::Database(_) => match (mysql_number(error), sqlite_code(error)) {
            (Some(1213 | 1205 | 1020 | 1040 | 1047 | 1180), _) | (_, Some(BUSY | LOCKED)) => {
                Cure::Again
            }
            (Some(1053 | 2006 | 2013 | 4031), _) => Cure::Reconnect,
            _ => Cure::None,
        },
        _ => Cure::None,
    }
}

/// What stands for a file that cannot be written, or that others hold for too long: no connection
/// was lost.
fn is_no_connection(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::StorageFull | ErrorKind::ReadOnlyFilesystem | ErrorKind::ResourceBusy
    )
}

/// The error of a transaction that could not begin: others hold the database for too long.
pub(super) fn held() -> SqlError {
    SqlError::Io(ErrorKind::ResourceBusy.into())
}

/// SQLite's way to say that the disk has no room for what it keeps beside the file.
const IOERR_SHMSIZE: i32 = 10 | (19 << 8);

/// Why a file that is there may be opened for reading only after opening it failed with `error`.
pub(super) fn why_reads_only(error: &SqlError) -> Option<ErrorKind> {
    let extended = extended_code(error)?;
    match (extended, extended & 0xff) {
        (IOERR_SHMSIZE, _) | (_, 13) => Some(ErrorKind::StorageFull),
        (_, 8 | 14) => Some(ErrorKind::ReadOnlyFilesystem),
        _ => None,
    }
}

/// What the database said, as the error that a user gets.
pub(crate) trait Told<T> {
    /// The same outcome in the core's words.
    fn told(self) -> Result<T>;
}

impl<T> Told<T> for sqlx::Result<T> {
    fn told(self) -> Result<T> {
        self.map_err(told)
    }
}

/// The error that a user gets.
pub(crate) fn told(error: SqlError) -> Error {
    match &error {
        SqlError::Io(cause) if is_no_connection(cause.kind()) => match cause.kind() {
            ErrorKind::StorageFull => disk_full(),
            ErrorKind::ResourceBusy => in_use(),
            _ => read_only(),
        },
        SqlError::Io(_) | SqlError::PoolTimedOut | SqlError::PoolClosed | SqlError::Tls(_) => {
            unreachable(&error)
        }
        SqlError::Database(cause) => match (mysql_number(&error), extended_code(&error)) {
            (Some(number), _) => server_said(number, cause.message()),
            (_, Some(code)) => file_said(code, cause.message()),
            _ => Error::internal(format!("The database failed: {}.", cause.message())),
        },
        SqlError::RowNotFound => Error::not_found("The record is not there any more."),
        _ => Error::internal(format!(
            "The database answered with something unexpected: {error}."
        )),
    }
}

fn unreachable(error: &SqlError) -> Error {
    let cause = match error {
        SqlError::Io(cause) => match cause.kind() {
            std::io::ErrorKind::ConnectionRefused => "it refuses connections".to_owned(),
            _ => io_reason(cause),
        },
        SqlError::Tls(cause) => format!("no encrypted connection could be made ({cause})"),
        _ => "it did not answer in time".to_owned(),
    };
    Error::new(
        Code::Unreachable,
        format!("The database cannot be reached: {cause}."),
    )
    .hint("Check the network, the address and whether the server is running, then try again.")
}

fn server_said(number: u16, message: &str) -> Error {
    match number {
        1044 | 1142 | 1143 | 1227 => missing_right(message),
        1045 => Error::new(
            Code::DatabaseRefused,
            "The server refused the user name or the password.",
        )
        .hint("Check both. The user must be allowed to sign in from this machine."),
        1049 => Error::new(
            Code::DatabaseRefused,
            "There is no database of this name on the server.",
        )
        .hint("Check the name, or have the database created first."),
        1040 | 1203 | 1226 => {
            Error::new(Code::Unreachable, "The server has no connection to spare.")
                .hint("Try again in a moment. If it stays so, raise max_connections on the server.")
        }
        1047 | 1180 => Error::new(Code::Unreachable, "The database node has lost its cluster.")
            .hint("Try again in a moment."),
        1406 => too_long(message),
        1205 | 1213 | 1020 => in_use(),
        1021 | 1114 => Error::new(
            Code::DatabaseRefused,
            "The server's disk is full: the change was not saved.",
        )
        .hint("Ask the database's administrator to make room, then try again."),
        1690 => sum_too_large(),
        1290 | 1836 => Error::new(
            Code::DatabaseRefused,
            "The server is read-only at the moment.",
        )
        .hint("Connect to the primary server, or try again later."),
        _ => Error::internal(format!("The server failed with error {number}: {message}.")),
    }
}

/// A value does not fit: `Data too long for column 'name' at row 1`.
fn too_long(message: &str) -> Error {
    let column = message.split('\'').nth(1).unwrap_or("of the database");
    Error::invalid(format!(
        "A value is longer than the column {column} of the database holds; nothing was saved."
    ))
    .hint("Shorten it, then try again.")
}

/// What is missing, in words, from what the server says: `INSERT command denied to user
/// 'ada'@'10.0.0.7' for table `shop`.`journal``. Who and from where is left out.
fn missing_right(message: &str) -> Error {
    let right = message
        .split_once(" command denied")
        .map(|(right, _)| right.to_uppercase());
    let table = message.rsplit_once("table ").map(|(_, table)| {
        let name = table.rsplit('.').next().unwrap_or(table);
        name.trim_matches(['`', '\'', '"']).to_owned()
    });
    let what = match (right, table) {
        (Some(right), Some(table)) => format!("may not {right} on the table {table}"),
        (Some(right), None) => format!("may not {right}"),
        _ => "lacks a right on this database".to_owned(),
    };
    Error::new(
        Code::DatabaseRefused,
        format!("The database account {what}; nothing was saved."),
    )
    .hint("Ask the database's administrator for the rights listed in docs/shared-database.md.")
}

/// Whether the server refused for want of a right.
pub(super) fn is_missing_right(error: &SqlError) -> bool {
    matches!(mysql_number(error), Some(1044 | 1142 | 1143 | 1227))
}

/// The message of a change that waited too long for others; [`crate::Store::explain`] says for whom.
pub(super) const IN_USE: &str = "Others were writing for too long: the change was not saved.";

fn in_use() -> Error {
    Error::new(Code::Conflict, IN_USE).hint("Try again in a moment.")
}

fn sum_too_large() -> Error {
    Error::new(
        Code::Invalid,
        "A sum is too large to be kept: the change was not saved.",
    )
    .hint("Look for a stock that cannot be right among the variants of the product.")
}

fn disk_full() -> Error {
    Error::new(Code::File, "The disk is full: the change was not saved.")
        .hint("Free some space, then try again.")
}

fn read_only() -> Error {
    Error::new(
        Code::File,
        "The workspace file is read-only: the change was not saved.",
    )
    .hint("Allow writing to the file and its folder, then open the workspace again.")
}

fn file_said(extended: i32, message: &str) -> Error {
    let code = extended & 0xff;
    match code {
        5 | 6 => in_use(),
        8 => read_only(),
        11 | 26 => Error::new(
            Code::File,
            "The workspace file is damaged, or is no Backstock workspace.",
        )
        .hint("Restore it from a backup, or choose another file."),
        13 => disk_full(),
        14 => Error::new(Code::File, "The workspace file cannot be opened.")
            .hint("Check that its folder exists and that you may write to it."),
        10 if extended == IOERR_SHMSIZE => disk_full(),
        10 => Error::new(
            Code::File,
            "The disk failed while reading or writing the workspace file.",
        ),
        1 if message.contains("integer overflow") => sum_too_large(),
        _ => Error::internal(format!("SQLite failed with error {code}: {message}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::missing_right;

    #[test]
    fn a_missing_right_is_named_without_who_and_from_where() {
        for (said, told) in [
            (
                "INSERT command denied to user 'ada'@'10.0.0.7' for table `shop`.`journal`",
                "may not INSERT on the table journal;",
            ),
            (
                "SELECT, UPDATE command denied to user 'ada'@'10.0.0.7' for table 'products'",
                "may not SELECT, UPDATE on the table products;",
            ),
            (
                "UPDATE command denied to user 'ada'@'10.0.0.7' for column 'seq' in table 'change_tx'",
                "may not UPDATE on the table change_tx;",
            ),
            (
                "Access denied for user 'ada'@'10.0.0.7' to database 'shop'",
                "lacks a right on this database;",
            ),
        ] {
            let error = missing_right(said);
            assert!(error.message.contains(told), "{error}");
            assert!(!error.to_string().contains("ada"), "{error}");
        }
    }
}
