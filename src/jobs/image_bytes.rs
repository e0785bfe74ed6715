//! Where the bytes of pictures lie. A workspace in a file has a folder beside it; a shared one keeps
//! them in its database, so that every desktop that reaches it has them, and each desktop a folder of those that
//! it showed, for when the server cannot be reached.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use images::{Folder, Format, Part, Picture, Refused};
use tokio::sync::Semaphore;

use domain::error::{Code, Error, Result};
use domain::record::Image;
use domain::values::ContentHash;
use store::{ImageContent, MAX_PART, ORIGINAL, Store, THUMBNAIL};

/// How many pictures are decoded at a time: each may take some hundred megabytes for a moment.
const DECODED_AT_ONCE: usize = 2;

/// The same on this computer: one processor is left to the window, where there are no more than two.
fn decoded_at_once() -> usize {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    processors.saturating_sub(1).clamp(1, DECODED_AT_ONCE)
}

/// The most bytes that a desktop keeps of a shared workspace's pictures.
const MOST_KEPT: u64 = 1 << 30;

/// After so many bytes more it is looked at again.
const LOOKED_AT_AGAIN: usize = 64 << 20;

/// The bytes of a workspace's pictures.
#[derive(Clone)]
pub struct ImageBytes {
    store: Store,
    folder: Folder,
    decoding: Arc<Semaphore>,
    /// How much was put into the folder of a shared workspace since it was looked at.
    grown: Arc<std::sync::atomic::AtomicUsize>,
}

/// Which of the two is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageSize {
    /// At most 160 pixels wide and high.
    Thumbnail,
    /// As it came.
    Original,
}

impl ImageBytes {
    /// The pictures of a workspace: beside its file, or with what was shown of them in `cache`.
    pub fn new(store: Store, file: Option<&Path>, cache: PathBuf) -> Self {
        let folder = file.map_or(cache, beside);
        Self {
            store,
            folder: Folder::at(folder),
            decoding: Arc::new(Semaphore::new(decoded_at_once())),
            grown: Arc::default(),
        }
    }

    /// The workspace that the pictures belong to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Keeps a picture that came from an address, or was given to the workspace itself. What is no
    /// picture is refused with the reason.
    pub async fn keep(
        &self,
        content: Vec<u8>,
        address: Option<&str>,
    ) -> Result<std::result::Result<ImageContent, Refused>> {
        let permit = self.decoding.acquire().await;
        let looking = tokio::task::spawn_blocking(move || (Picture::read(&content), content));
        let (picture, content) = looking.await.map_err(|_| stopped())?;
        drop(permit);
        let picture = match picture {
            Ok(picture) => picture,
            Err(refused) => return Ok(Err(refused)),
        };
        let kept = ImageContent {
            hash: picture.hash,
            format: picture.format.ending().to_owned(),
            bytes: content.len() as i64,
            width: picture.width.into(),
            height: picture.height.into(),
        };
        self.keep_bytes(&picture, content).await?;
        let own = Image::own_address(kept.hash);
        self.store
            .image_came(address.unwrap_or(&own), &kept)
            .await?;
        Ok(Ok(kept))
    }

    async fn keep_bytes(&self, picture: &Picture, content: Vec<u8>) -> Result<()> {
        if !self.store.is_file() && self.store.image_content(picture.hash).await?.is_none() {
            self.upload(picture, &content).await?;
        }
        let original = Part::Original(picture.format);
        let mut parts = vec![(original, content)];
        parts.extend(
            picture
                .thumbnail
                .clone()
                .map(|small| (Part::Thumbnail, small)),
        );
        for (part, bytes) in parts {
            let put = self.put(picture.hash, part, bytes).await;
            // A desktop of a shared workspace can do without its copy.
            if self.store.is_file() {
                put?;
            }
        }
        Ok(())
    }

    async fn upload(&self, picture: &Picture, content: &[u8]) -> Result<()> {
        let thumbnail = picture
            .thumbnail
            .iter()
            .map(|small| (THUMBNAIL, small.as_slice()));
        let originals = (ORIGINAL..).zip(content.chunks(MAX_PART));
        for (part, bytes) in thumbnail.chain(originals) {
            self.store
                .keep_image_part(picture.hash, part, bytes)
                .await?;
        }
        Ok(())
    }

    async fn put(&self, hash: ContentHash, part: Part, bytes: Vec<u8>) -> Result<()> {
        let (folder, grown) = (self.folder.clone(), Arc::clone(&self.grown));
        let is_cache = !self.store.is_file();
        let putting = tokio::task::spawn_blocking(move || {
            if folder.has(hash, part) {
                return Ok(());
            }
            folder.put(hash, part, &bytes)?;
            let before = grown.fetch_add(bytes.len(), std::sync::atomic::Ordering::Relaxed);
            if is_cache && (before == 0 || before + bytes.len() > LOOKED_AT_AGAIN) {
                grown.store(1, std::sync::atomic::Ordering::Relaxed);
                folder.shrink_to(MOST_KEPT)?;
            }
            Ok(())
        });
        let put: std::io::Result<()> = putting.await.map_err(|_| stopped())?;
        put.map_err(|cause| Error::file("write", self.folder.path(), &cause))
    }

    /// The bytes of a picture, and their format; nothing when they are lost, or no thumbnail is to be had.
    pub async fn read(&self, content: &ImageContent, size: ImageSize) -> Result<Option<Vec<u8>>> {
        let Some(format) = Format::from_ending(&content.format) else {
            return Ok(None);
        };
        let part = match size {
            ImageSize::Thumbnail => Part::Thumbnail,
            ImageSize::Original => Part::Original(format),
        };
        let (folder, hash) = (self.folder.clone(), content.hash);
        let reading = tokio::task::spawn_blocking(move || folder.get(hash, part));
        match reading.await.map_err(|_| stopped())? {
            Ok(Some(bytes)) => return Ok(Some(bytes)),
            Err(cause) if self.store.is_file() => {
                return Err(Error::file("read", self.folder.path(), &cause));
            }
            _ if self.store.is_file() => return Ok(None),
            _ => {}
        }
        let (from, to) = match size {
            ImageSize::Thumbnail => (THUMBNAIL, THUMBNAIL),
            ImageSize::Original => (ORIGINAL, last_part(content.bytes)),
        };
        let bytes = self.store.image_parts(hash, from, to).await?;
        if bytes.is_empty() || (size == ImageSize::Original && bytes.len() as i64 != content.bytes)
        {
            return Ok(None);
        }
        self.put(hash, part, bytes.clone()).await.ok();
        Ok(Some(bytes))
    }

    /// Whether a picture that was kept beside a file is there no more: the user moved the file without its
    /// folder, or removed that.
    pub async fn is_lost(&self, content: &ImageContent) -> bool {
        let Some(format) = Format::from_ending(&content.format).filter(|_| self.store.is_file())
        else {
            return false;
        };
        let (folder, hash) = (self.folder.clone(), content.hash);
        let looking = tokio::task::spawn_blocking(move || folder.has(hash, Part::Original(format)));
        looking.await.is_ok_and(|is_there| !is_there)
    }

    /// Forgets a picture. Its record goes first: one without bytes would be shown as broken.
    pub async fn forget(&self, hash: ContentHash) -> Result<()> {
        self.store.forget_image(hash).await?;
        let folder = self.folder.clone();
        let removing = tokio::task::spawn_blocking(move || folder.remove(hash));
        let removed = removing.await.map_err(|_| stopped())?;
        removed.map_err(|cause| Error::file("remove", self.folder.path(), &cause))
    }
}

/// The folder beside the file of a workspace.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".images");
    PathBuf::from(name)
}

fn last_part(bytes: i64) -> i64 {
    ORIGINAL + (bytes - 1).max(0) / MAX_PART as i64
}

fn stopped() -> Error {
    Error::new(Code::Internal, "A picture could not be worked on.")
}
