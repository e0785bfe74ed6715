//! The kinds of picture that are taken.

/// How a picture is encoded. SVG is not among them: it is a program, not a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
}

impl Format {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::WebP, Self::Gif, Self::Avif];

    /// What a file of this format is by its first bytes.
    pub fn of(content: &[u8]) -> Option<Self> {
        let at = |from: usize, what: &[u8]| {
            content
                .get(from..from + what.len())
                .is_some_and(|found| found == what)
        };
        if at(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::WebP)
        } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
            Some(Self::Gif)
        } else if at(4, b"ftyp") && is_avif(content) {
            Some(Self::Avif)
        } else {
            None
        }
    }

    /// The ending of a file's name, which is also the word that a database keeps.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Avif => "avif",
        }
    }

    /// The format with this ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.ending() == ending)
    }

    /// What a web page calls it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Avif => "image/avif",
        }
    }
}

/// Whether the first box of an ISO file names AVIF among what the file can be read as.
fn is_avif(content: &[u8]) -> bool {
    let size = content
        .first_chunk()
        .map_or(0, |size| u32::from_be_bytes(*size) as usize);
    let end = size.min(content.len()).min(256);
    let brands = content.get(8..end).unwrap_or_default();
    brands.chunks_exact(4).any(|brand| brand == b"avif")
}
