//! A small JSON file in the app's data folder that several programs read and change at a time.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::lock::lock;
use domain::error::{Error, Result};

/// How often another program's hold on the file is waited for, and how long each time: together two
/// seconds, in which any other program is done with it.
const TRIES: u32 = 80;
const PAUSE: Duration = Duration::from_millis(25);

/// The file; each change reads it, changes it and replaces it, one program at a time.
pub(super) struct JsonFile {
    path: PathBuf,
    changing: Mutex<()>,
}

impl JsonFile {
    /// The file at this path, which need not be there yet.
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            changing: Mutex::default(),
        }
    }

    /// What stands in it; the default when there is no file. It is read each time: another window
    /// may have changed it.
    pub(super) fn read<T: DeserializeOwned + Default>(&self) -> Result<T> {
        let text = match patiently(|| fs::read_to_string(&self.path)) {
            Ok(text) => text,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(T::default()),
            Err(cause) => return Err(Error::file("read", &self.path, &cause)),
        };
        match serde_json::from_str(&text) {
            Ok(value) => Ok(value),
            Err(_) => self.set_aside(),
        }
    }

    /// Changes what stands in it.
    pub(super) fn change<T: DeserializeOwned + Serialize + Default>(
        &self,
        change: impl FnOnce(&mut T),
    ) -> Result<()> {
        let _one_thread = lock(&self.changing);
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .map_err(|cause| Error::file("make the folder", folder, &cause))?;
        let _one_program = self.lock();
        let mut value: T = self.read()?;
        change(&mut value);
        self.write(&value)
    }

    /// Keeps other programs from changing it. Where no lock can be had, the change is made all the
    /// same: it replaces the file as a whole.
    fn lock(&self) -> Option<File> {
        let held = self.path.with_extension("lock");
        let file = File::options()
            .create(true)
            .write(true)
            .truncate(false)
            .open(held)
            .ok()?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Some(file),
                Err(TryLockError::WouldBlock) => sleep(PAUSE),
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }

    /// A file that cannot be understood is kept for a person to look at.
    fn set_aside<T: Default>(&self) -> Result<T> {
        let aside = self.path.with_extension("json.damaged");
        match patiently(|| fs::rename(&self.path, &aside)) {
            Ok(()) => Ok(T::default()),
            // Another program was quicker.
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(T::default()),
            Err(cause) => Err(Error::file("rename the damaged", &self.path, &cause)),
        }
    }

    /// Writes beside the file first, so that a crash leaves the old one or the new one.
    fn write<T: Serialize>(&self, value: &T) -> Result<()> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|error| Error::internal(format!("{}: {error}.", self.path.display())))?;
        let fresh = self
            .path
            .with_extension(format!("json.{:016x}", rand::random::<u64>()));
        let written =
            fs::write(&fresh, text).and_then(|()| patiently(|| fs::rename(&fresh, &self.path)));
        written.map_err(|cause| {
            fs::remove_file(&fresh).ok();
            Error::file("write", &self.path, &cause)
        })
    }
}

/// Does it again while another program has the file open: Windows refuses that, and such a hold
/// is short.
fn patiently<T>(mut attempt: impl FnMut() -> std::io::Result<T>) -> std::io::Result<T> {
    let mut tries = 1;
    loop {
        match attempt() {
            Err(cause) if is_held(&cause) && tries < TRIES => sleep(PAUSE),
            outcome => return outcome,
        }
        tries += 1;
    }
}

/// Whether another program holds the file: a sharing violation, a lock, or a file that is being
/// replaced at this moment.
fn is_held(cause: &std::io::Error) -> bool {
    cfg!(windows) && matches!(cause.raw_os_error(), Some(5 | 32 | 33))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::JsonFile;

    type Map = BTreeMap<String, u32>;

    #[test]
    fn programs_that_start_at_once_lose_no_change_and_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/list.json");
        std::thread::scope(|scope| {
            for program in 0..16 {
                let path = path.clone();
                scope.spawn(move || {
                    let file = JsonFile::new(path);
                    for round in 0..5 {
                        let change = |map: &mut Map| {
                            map.insert(format!("{program}-{round}"), round);
                        };
                        file.change(change).unwrap();
                    }
                });
            }
        });
        let map: Map = JsonFile::new(path.clone()).read().unwrap();
        assert_eq!(map.len(), 16 * 5);
        let left = std::fs::read_dir(path.parent().unwrap()).unwrap();
        let mut left: Vec<_> = left.map(|file| file.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["list.json", "list.lock"]);
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.json");
        std::fs::write(&path, "{ not json").unwrap();
        assert_eq!(JsonFile::new(path).read::<Map>().unwrap(), Map::new());
        let aside = folder.path().join("list.json.damaged");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{ not json");
    }
}
