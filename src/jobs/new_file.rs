//! A file that a job writes: under a name beside its own until it is whole, so that an earlier file
//! of that name stays when writing fails or is stopped.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use domain::error::{Error, Result};

/// What the name of a file begins and ends with that is not whole yet.
const UNFINISHED: (&str, &str) = (".backstock-", ".part");

/// A file that is not whole yet; dropped like that, it goes. What writes into it is declared after
/// it, so that it is closed before.
pub(super) struct NewFile {
    target: PathBuf,
    unfinished: PathBuf,
    /// Locked for as long as the file is written: one without a lock was left behind.
    held: Option<File>,
}

impl NewFile {
    /// Begins a file; what is written goes through the writer.
    pub(super) fn create(target: &Path) -> Result<(Self, BufWriter<File>)> {
        remove_left_behind(target);
        let (start, end) = UNFINISHED;
        let name = format!("{start}{:016x}{end}", rand::random::<u64>());
        // The name is its own, so that a long one of the target does not become too long.
        let unfinished = target.with_file_name(name);
        let file = File::create_new(&unfinished).map_err(|cause| failed(target, &cause))?;
        let held = file.try_clone().ok();
        if let Some(held) = &held {
            // Where there are no locks, nothing is taken for left behind either.
            held.try_lock().ok();
        }
        let new = Self {
            target: target.to_owned(),
            unfinished,
            held,
        };
        Ok((new, BufWriter::new(file)))
    }

    /// Puts the whole file in its place.
    pub(super) fn finish(mut self, mut writer: BufWriter<File>) -> Result<()> {
        writer
            .flush()
            .map_err(|cause| failed(&self.target, &cause))?;
        drop(writer);
        self.held = None;
        std::fs::rename(&self.unfinished, &self.target)
            .map_err(|cause| failed(&self.target, &cause))
    }
}

/// Writes a file whose content is at hand: whole or not at all.
pub fn write_file(target: &Path, content: &[u8]) -> Result<()> {
    let (new, mut output) = NewFile::create(target)?;
    output
        .write_all(content)
        .map_err(|cause| failed(target, &cause))?;
    new.finish(output)
}

impl Drop for NewFile {
    fn drop(&mut self) {
        self.held = None;
        // Nothing is left of it once it stands in its place.
        std::fs::remove_file(&self.unfinished).ok();
    }
}

/// Removes what programs that died left behind where the target is to stand.
fn remove_left_behind(target: &Path) {
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let files = std::fs::read_dir(folder).into_iter().flatten();
    for path in files.filter_map(|file| Some(file.ok()?.path())) {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let is_ours = name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
        if is_ours && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            std::fs::remove_file(&path).ok();
        }
    }
}

fn failed(target: &Path, cause: &std::io::Error) -> Error {
    let hint = match cause.kind() {
        ErrorKind::InvalidFilename => "The name is too long, or has a sign that no file may have.",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "Free some space, then try again.",
        ErrorKind::NotFound => "Choose a folder that is there, or make it first.",
        _ => "Choose another folder, or close the file in the program that has it open.",
    };
    Error::file("write", target, cause).hint(hint)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::NewFile;

    #[test]
    fn what_a_program_left_behind_when_it_died_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(".backstock-0123456789abcdef.part");
        std::fs::write(&left, "half").unwrap();
        let (new, writer) = NewFile::create(&folder.path().join("one.csv")).unwrap();
        assert!(!left.exists());
        let (other, second) = NewFile::create(&folder.path().join("two.csv")).unwrap();
        new.finish(writer).unwrap();
        other.finish(second).unwrap();
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(
            files, 2,
            "one that is being written is not taken for left behind"
        );
    }

    #[test]
    fn a_name_may_be_as_long_as_a_name_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x".repeat(255));
        let (new, writer) = NewFile::create(&path).unwrap();
        new.finish(writer).unwrap();
        assert!(path.exists());
    }

    #[test]
    fn the_earlier_file_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.csv");
        std::fs::write(&path, "old").unwrap();
        let (new, mut writer) = NewFile::create(&path).unwrap();
        writer.write_all(b"half").unwrap();
        drop((writer, new));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");

        let (new, mut writer) = NewFile::create(&path).unwrap();
        writer.write_all(b"new").unwrap();
        new.finish(writer).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(files, 1, "nothing else is left");
    }
}
