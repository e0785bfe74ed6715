//! A file that a job writes: under a name beside its own until it is whole, so that an earlier file
//! of that name stays when writing fails or is stopped.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::error::{Error, Result};

/// A file that is not whole yet; dropped like that, it goes. What writes into it is declared after
/// it, so that it is closed before.
pub(super) struct NewFile {
    target: PathBuf,
    unfinished: PathBuf,
}

impl NewFile {
    /// Begins a file; what is written goes through the writer.
    pub(super) fn create(target: &Path) -> Result<(Self, BufWriter<File>)> {
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".{:08x}.part", rand::random::<u32>()));
        let unfinished = PathBuf::from(name);
        let file = File::create_new(&unfinished).map_err(|cause| failed(target, &cause))?;
        let new = Self {
            target: target.to_owned(),
            unfinished,
        };
        Ok((new, BufWriter::new(file)))
    }

    /// Puts the whole file in its place.
    pub(super) fn finish(self, mut writer: BufWriter<File>) -> Result<()> {
        writer
            .flush()
            .map_err(|cause| failed(&self.target, &cause))?;
        drop(writer);
        std::fs::rename(&self.unfinished, &self.target)
            .map_err(|cause| Error::file("replace", &self.target, &cause))
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Nothing is left of it once it stands in its place.
        std::fs::remove_file(&self.unfinished).ok();
    }
}

fn failed(target: &Path, cause: &std::io::Error) -> Error {
    Error::file("write", target, cause)
        .hint("Choose another folder, or close the file in the program that has it open.")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::NewFile;

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
