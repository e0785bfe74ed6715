//! A folder of content: `ab/cdef….jpg`, named by its hash, so that nothing stands there twice.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::format::Format;
use domain::values::ContentHash;

/// What is kept of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The picture as it came.
    Original(Format),
    /// Its thumbnail.
    Thumbnail,
}

/// A folder of content.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at a path. It is made when the first content is stored.
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn file(&self, hash: ContentHash, part: Part) -> PathBuf {
        let name = hash.to_string();
        let (first, rest) = name.split_at(2);
        let ending = match part {
            Part::Original(format) => format.ending(),
            Part::Thumbnail => "thumbnail",
        };
        self.path.join(first).join(format!("{rest}.{ending}"))
    }

    /// Whether something is kept.
    pub fn has(&self, hash: ContentHash, part: Part) -> bool {
        self.file(hash, part).is_file()
    }

    /// Keeps something: whole or not at all, whatever happens meanwhile, and once, however many
    /// store it at the same time.
    pub fn put(&self, hash: ContentHash, part: Part, content: &[u8]) -> io::Result<()> {
        let path = self.file(hash, part);
        let folder = path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .suffix(".part")
            .tempfile_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        sync_folder(folder)
    }

    /// What is kept; nothing when it is not there.
    pub fn get(&self, hash: ContentHash, part: Part) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.file(hash, part)) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes all that is kept of a picture.
    pub fn remove(&self, hash: ContentHash) -> io::Result<()> {
        let originals = Format::ALL.into_iter().map(Part::Original);
        for part in originals.chain([Part::Thumbnail]) {
            match fs::remove_file(self.file(hash, part)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes what was used longest ago, by the time of its last change, until no more than so many
    /// bytes are left.
    pub fn shrink_to(&self, most: u64) -> io::Result<()> {
        let mut files = self.files()?;
        files.sort_by_key(|(changed, ..)| *changed);
        let mut bytes: u64 = files.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in files {
            if bytes <= most {
                break;
            }
            // One that another program holds open stays for now.
            if fs::remove_file(path).is_ok() {
                bytes -= size;
            }
        }
        Ok(())
    }

    fn files(&self) -> io::Result<Vec<(std::time::SystemTime, u64, PathBuf)>> {
        let mut files = Vec::new();
        let folders = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
            folders => folders?,
        };
        for folder in folders.flatten() {
            let Ok(inside) = fs::read_dir(folder.path()) else {
                continue;
            };
            for file in inside.flatten() {
                if let Ok(about) = file.metadata()
                    && let Ok(changed) = about.modified()
                {
                    files.push((changed, about.len(), file.path()));
                }
            }
        }
        Ok(files)
    }
}

/// Makes the name of a new file lasting. Windows does that by itself, and opens no folders.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Folder, Part};
    use crate::format::Format;
    use domain::values::ContentHash;

    #[test]
    fn content_is_kept_once_however_many_store_it_at_a_time() {
        let beside = tempfile::tempdir().unwrap();
        let folder = Folder::at(beside.path().join("shop.images"));
        let content = vec![7; 100_000];
        let hash = ContentHash::new([content[0]; 32]);
        let part = Part::Original(Format::Png);
        assert_eq!(folder.get(hash, part).unwrap(), None);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| folder.put(hash, part, &content).unwrap());
            }
        });
        assert_eq!(folder.get(hash, part).unwrap(), Some(content));
        assert_eq!(
            folder.files().unwrap().len(),
            1,
            "no half-written file stays"
        );
        folder.remove(hash).unwrap();
        assert!(!folder.has(hash, part));
    }

    #[test]
    fn a_folder_shrinks_by_what_is_oldest() {
        let beside = tempfile::tempdir().unwrap();
        let folder = Folder::at(beside.path().to_owned());
        let hashes = [1_u8, 2, 3].map(|byte| {
            let content = [byte; 1_000];
            let hash = ContentHash::new([content[0]; 32]);
            folder.put(hash, Part::Thumbnail, &content).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(20));
            hash
        });
        folder.shrink_to(2_500).unwrap();
        let left = hashes.map(|hash| folder.has(hash, Part::Thumbnail));
        assert_eq!(left, [false, true, true]);
    }
}
