//! Where a host keeps its data by default.

use std::fs::DirBuilder;
use std::path::{Path, PathBuf};

use domain::error::{Code, Error, Result};

/// The variable that names another folder.
const VARIABLE: &str = "BACKSTOCK_DATA_DIR";

/// The folder of the app's data on this machine, which is made when it is missing: the one that
/// `BACKSTOCK_DATA_DIR` names, else the platform's. Not the roaming one on Windows, because a
/// database must not be copied while it is open.
pub fn data_dir() -> Result<PathBuf> {
    let chosen = std::env::var_os(VARIABLE).map(PathBuf::from);
    let folder = chosen.or_else(|| {
        let folders = directories::ProjectDirs::from("", "", "Backstock")?;
        Some(folders.data_local_dir().to_path_buf())
    });
    let folder = folder.ok_or_else(|| {
        Error::new(
            Code::File,
            "This person has no home folder to keep data in.",
        )
        .hint(format!("Set {VARIABLE} to a folder."))
    })?;
    let mut builder = DirBuilder::new();
    // Copies of suppliers' files lie in it, and what the page keeps: for no other user's eyes.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.recursive(true).create(&folder);
    made.map_err(|error| Error::file("make", &folder, &error))?;
    Ok(folder)
}

/// Lets the owner alone look into a folder of ours, which an earlier version, or another program,
/// may have made for everyone. Copies of suppliers' files lie in it.
pub(super) fn keep_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|cause| Error::file("make", folder, &cause))?;
    #[cfg(unix)]
    {
        let owner_alone = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(folder, owner_alone)
            .map_err(|cause| Error::file("protect", folder, &cause))?;
    }
    Ok(())
}
