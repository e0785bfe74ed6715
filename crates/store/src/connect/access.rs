//! What this program may do with a workspace file, before the database is asked: its answers do not
//! tell a file that is read-only from one that another program holds.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

use domain::error::{Code, Error, Result};

/// What may be done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// It can be read and written, or is not there yet.
    Write,
    /// It can only be read.
    Read,
}

/// What Windows says of a file that another program has opened for itself alone, or locked.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

/// Finds out what may be done with the file at `path`.
pub(super) fn access(path: &Path) -> Result<Access> {
    let about = match path.metadata() {
        Ok(about) => about,
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Access::Write),
        Err(cause) => return Err(Error::file("open", path, &cause)),
    };
    if !about.is_file() {
        let message = format!("{} is no file.", path.display());
        return Err(Error::new(Code::File, message).hint("Choose a workspace file."));
    }
    if about.permissions().readonly() {
        return readable(path);
    }
    match OpenOptions::new().read(true).write(true).open(path) {
        Ok(_) => Ok(Access::Write),
        Err(cause) if is_in_use(&cause) => Err(in_use(path)),
        Err(cause)
            if matches!(
                cause.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            readable(path)
        }
        Err(cause) => Err(Error::file("open", path, &cause)),
    }
}

fn readable(path: &Path) -> Result<Access> {
    match File::open(path) {
        Ok(_) => Ok(Access::Read),
        Err(cause) if is_in_use(&cause) => Err(in_use(path)),
        Err(cause) => Err(Error::file("open", path, &cause)),
    }
}

fn is_in_use(cause: &std::io::Error) -> bool {
    let number = cause.raw_os_error();
    cfg!(windows) && matches!(number, Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

fn in_use(path: &Path) -> Error {
    let message = format!("{} is in use by another program.", path.display());
    Error::new(Code::File, message).hint("Close it there, then try again.")
}
