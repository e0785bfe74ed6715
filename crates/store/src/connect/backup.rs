//! The copy of a file that is made before a newer version of the app changes its tables.

use std::path::{Path, PathBuf};

use domain::error::{Code, Error, Result};
use sqlx::SqliteConnection;

use crate::fault::Told;

/// Copies the file beside itself, as `shop.backstock.schema-31.backup` for a file of that schema.
/// An earlier copy of the same schema is replaced: the file may have been changed since.
///
/// # Errors
/// When there is no room, or nothing may be written there; the file is as it was.
pub(super) async fn back_up(conn: &mut SqliteConnection, schema: i64) -> Result<()> {
    let file: String =
        sqlx::query_scalar("select file from pragma_database_list where name = 'main'")
            .fetch_one(&mut *conn)
            .await
            .told()?;
    if file.is_empty() {
        return Ok(());
    }
    let copy = beside(&file, &format!("schema-{schema}.backup"));
    // Two programs may open the file at once; each makes its own copy, and the last one stays.
    let part = beside(&file, &format!("{}.part", std::process::id()));
    let copied = copy_to(conn, Path::new(&file), &part).await;
    let kept = copied
        .and_then(|()| std::fs::rename(&part, &copy).map_err(|cause| unwritten(&copy, &cause)));
    kept.map_err(|error| {
        std::fs::remove_file(&part).ok();
        Error::new(
            Code::File,
            format!(
                "The workspace cannot be copied before it is brought up to date, so it was left as \
                 it is: {}",
                error.message
            ),
        )
        .hint("Make room on the disk, or let Backstock write in the folder, and open it again.")
    })
}

/// Copies the file into an empty one that the same people may read.
async fn copy_to(conn: &mut SqliteConnection, file: &Path, part: &Path) -> Result<()> {
    let made = std::fs::File::create(part)
        .and_then(|_| std::fs::metadata(file))
        .and_then(|about| std::fs::set_permissions(part, about.permissions()));
    made.map_err(|cause| unwritten(part, &cause))?;
    sqlx::query("vacuum into ?")
        .bind(part.to_string_lossy().into_owned())
        .execute(conn)
        .await
        .told()?;
    Ok(())
}

fn beside(file: &str, ending: &str) -> PathBuf {
    PathBuf::from(format!("{file}.{ending}"))
}

fn unwritten(copy: &Path, cause: &std::io::Error) -> Error {
    Error::file("write", copy, cause)
}
