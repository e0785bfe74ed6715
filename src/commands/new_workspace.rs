//! The file of a new workspace: where it lies, how it is made, and that it goes again when the
//! workspace cannot be made.

use std::path::{Path, PathBuf};

use super::location::Location;
use domain::error::{Code, Error, Result};

/// Takes the place of a new workspace; what is there already is never overwritten.
pub(super) fn make_file(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Error::file("make the folder", folder, &cause))?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    // The database's side files take over its rights: no other user of the machine reads them.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    match made {
        Ok(_) => Ok(()),
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {
            let message = format!("The file {} is there already.", path.display());
            Err(Error::new(Code::File, message).hint("Open it instead, or choose another name."))
        }
        Err(cause) => Err(Error::file("make", path, &cause)),
    }
}

/// A path in `folder` that nothing has, named after the workspace.
pub(super) fn free_path(folder: &Path, name: &str) -> Result<PathBuf> {
    let slug = slug(name);
    let paths = (1..1_000).map(|number| match number {
        1 => folder.join(format!("{slug}.sqlite")),
        _ => folder.join(format!("{slug}-{number}.sqlite")),
    });
    let free = paths.into_iter().find(|path| !path.exists());
    free.ok_or_else(|| Error::invalid("There are too many workspaces of this name."))
}

/// A file name that every system takes: lower-case letters, digits and hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase).take(40) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    // Windows knows no file `con`, and names of other scripts leave nothing over.
    match slug.len() {
        0 => "workspace".to_owned(),
        1..5 => format!("workspace-{slug}"),
        _ => slug.to_owned(),
    }
}

/// Removes the file that was made for a workspace which could not be opened.
pub(super) fn remove_made(location: &Location) {
    let Location::Local { path } = location else {
        return;
    };
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // What is not there, or is not ours to remove, stays as it is.
        std::fs::remove_file(name).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_file_is_named_after_its_workspace() {
        for (name, file) in [
            ("Ada's Garden Shop", "ada-s-garden-shop"),
            ("Shop", "workspace-shop"),
            ("con", "workspace-con"),
            ("商店", "workspace"),
            ("  ../../etc  ", "workspace-etc"),
        ] {
            assert_eq!(slug(name), file);
        }
    }
}
