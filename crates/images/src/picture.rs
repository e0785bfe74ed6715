//! A file as a picture: its type and size by its content, or why it is none.

use std::fmt;
use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};

use crate::format::Format;
use crate::thumbnail::thumbnail;
use domain::values::ContentHash;

/// The most bytes of a picture: as many as Shopify takes.
pub const MAX_BYTES: usize = 20 << 20;

/// The most pixels of a picture: as many as Shopify takes.
pub const MAX_PIXELS: u64 = 25_000_000;

/// What decoding may take of memory: sixteen bits for each of four channels, twice.
const MAX_DECODED: u64 = MAX_PIXELS * 8 * 2;

/// An AVIF is not decoded here. One that is no larger is its own thumbnail.
const AVIF_AS_THUMBNAIL: usize = 512 << 10;

/// A picture whose content was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What identifies it.
    pub hash: ContentHash,
    /// What it is.
    pub format: Format,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// Its thumbnail; nothing where the picture itself must do.
    pub thumbnail: Option<Vec<u8>>,
}

/// Why content is not taken: a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn refused(why: impl Into<String>) -> Refused {
    Refused(why.into())
}

impl Picture {
    /// Looks at content: the header before anything is decoded, then all of it. This takes time.
    pub fn read(content: &[u8]) -> Result<Self, Refused> {
        check_bytes(content.len() as u64)?;
        let format = Format::of(content).ok_or_else(|| not_a_picture(content))?;
        let hash = ContentHash::new(Sha256::digest(content).into());
        if format == Format::Avif {
            return read_avif(content, hash);
        }
        let (decoded, orientation) = decode(content, format)?;
        let (width, height) = (decoded.width(), decoded.height());
        let thumbnail = thumbnail(decoded, orientation)
            .ok_or_else(|| refused("No thumbnail can be made of the picture."))?;
        Ok(Self {
            hash,
            format,
            width,
            height,
            thumbnail: Some(thumbnail),
        })
    }
}

/// Refuses content of so many bytes, before it is read.
pub(crate) fn check_bytes(bytes: u64) -> Result<(), Refused> {
    match bytes {
        0 => Err(refused("The file is empty.")),
        _ if bytes > MAX_BYTES as u64 => Err(too_large()),
        _ => Ok(()),
    }
}

/// Why content with more bytes than are taken is refused.
pub(crate) fn too_large() -> Refused {
    let megabytes = MAX_BYTES >> 20;
    refused(format!(
        "It is larger than {megabytes} MB, the most that a picture can have."
    ))
}

fn check_pixels(width: u64, height: u64) -> Result<(), Refused> {
    if width == 0 || height == 0 {
        return Err(refused("The picture has no pixels."));
    }
    if width.saturating_mul(height) <= MAX_PIXELS {
        return Ok(());
    }
    let most = MAX_PIXELS / 1_000_000;
    Err(refused(format!(
        "It has {width} × {height} pixels; a picture can have {most} million."
    )))
}

fn not_a_picture(content: &[u8]) -> Refused {
    let start = content.get(..512).unwrap_or(content);
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let what = if text.contains("<svg") {
        "It is an SVG drawing"
    } else if text.contains("<html") || text.contains("<!doctype") {
        "It is a web page"
    } else {
        "It is no picture"
    };
    refused(format!(
        "{what}. JPEG, PNG, WebP, GIF and AVIF pictures are taken."
    ))
}

fn broken() -> Refused {
    refused("The picture is broken or was not read to its end.")
}

fn read_avif(content: &[u8], hash: ContentHash) -> Result<Picture, Refused> {
    let size = imagesize::blob_size(content).map_err(|_| broken())?;
    check_pixels(size.width as u64, size.height as u64)?;
    let side = |side: usize| u32::try_from(side).map_err(|_| broken());
    Ok(Picture {
        hash,
        format: Format::Avif,
        width: side(size.width)?,
        height: side(size.height)?,
        thumbnail: (content.len() <= AVIF_AS_THUMBNAIL).then(|| content.to_vec()),
    })
}

fn decode(content: &[u8], format: Format) -> Result<(DynamicImage, Orientation), Refused> {
    let known = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::WebP => ImageFormat::WebP,
        Format::Gif | Format::Avif => ImageFormat::Gif,
    };
    if format == Format::Jpeg && !has_end(content) {
        return Err(broken());
    }
    let mut reader = ImageReader::with_format(Cursor::new(content), known);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_DECODED);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| broken())?;
    let (width, height) = decoder.dimensions();
    check_pixels(width.into(), height.into())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder).map_err(|_| broken())?;
    Ok((decoded, orientation))
}

/// Whether the pixels of a JPEG come to an end: a decoder paints grey what is missing. In front of
/// them there may be a thumbnail with an end of its own.
fn has_end(content: &[u8]) -> bool {
    let mut pairs = content.windows(2);
    let scan = pairs.clone().rposition(|pair| pair == [0xff, 0xda]);
    let end = pairs.rposition(|pair| pair == [0xff, 0xd9]);
    scan < end
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, Picture};
    use crate::format::Format;
    use image::{DynamicImage, ImageFormat, RgbaImage};
    use std::io::Cursor;

    fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let pixels = RgbaImage::from_fn(width, height, |x, y| {
            image::Rgba([(x % 256) as u8, (y % 256) as u8, (x * y % 256) as u8, 255])
        });
        let mut pixels = DynamicImage::from(pixels);
        if format == ImageFormat::Jpeg {
            pixels = pixels.to_rgb8().into();
        }
        let mut written = Cursor::new(Vec::new());
        pixels.write_to(&mut written, format).unwrap();
        written.into_inner()
    }

    #[test]
    fn a_picture_is_known_by_its_content_and_gets_a_small_thumbnail() {
        for (written, format) in [
            (ImageFormat::Jpeg, Format::Jpeg),
            (ImageFormat::Png, Format::Png),
            (ImageFormat::WebP, Format::WebP),
            (ImageFormat::Gif, Format::Gif),
        ] {
            let content = picture(written, 400, 200);
            let found = Picture::read(&content).unwrap();
            assert_eq!(
                (found.format, found.width, found.height),
                (format, 400, 200)
            );
            let thumbnail = found.thumbnail.unwrap();
            let small = image::load_from_memory(&thumbnail).unwrap();
            assert_eq!((small.width(), small.height()), (160, 80), "{format:?}");
        }
    }

    #[test]
    fn what_is_cut_or_empty_or_no_picture_is_refused_with_the_reason() {
        for format in [
            ImageFormat::Jpeg,
            ImageFormat::Png,
            ImageFormat::WebP,
            ImageFormat::Gif,
        ] {
            let whole = picture(format, 300, 300);
            let cut = Picture::read(&whole[..whole.len() / 2]).unwrap_err();
            assert!(cut.0.contains("broken"), "{format:?}: {cut}");
        }
        for (content, part) in [
            (&b""[..], "empty"),
            (b"<html><body>Not found", "a web page"),
            (b"<?xml version='1.0'?><svg xmlns='x'><script/>", "an SVG"),
            (b"sku,name", "no picture"),
        ] {
            let why = Picture::read(content).unwrap_err();
            assert!(why.0.contains(part), "{why}");
        }
        let large = vec![0xff; MAX_BYTES + 1];
        assert!(Picture::read(&large).unwrap_err().0.contains("20 MB"));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let mut bomb = picture(ImageFormat::Png, 8, 8);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        // The header's checksum is that of its bytes.
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        let why = Picture::read(&bomb).unwrap_err();
        assert!(why.0.contains("60000 × 60000"), "{why}");
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 {
                    sum >> 1 ^ 0xedb8_8320
                } else {
                    sum >> 1
                }
            })
        })
    }

    #[test]
    fn an_avif_is_measured_and_not_decoded() {
        let found = Picture::read(&avif(640, 480)).unwrap();
        assert_eq!(
            (found.format, found.width, found.height),
            (Format::Avif, 640, 480)
        );
        assert!(
            found.thumbnail.is_some(),
            "a small one is its own thumbnail"
        );
        assert!(Picture::read(&avif(640, 480)[..40]).is_err());
    }

    /// The boxes of an AVIF that say how large it is, and no pixels.
    fn avif(width: u32, height: u32) -> Vec<u8> {
        fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
            let size = u32::try_from(content.len() + 8).unwrap();
            [&size.to_be_bytes(), &name[..], content].concat()
        }
        let sides = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
        let properties = boxed(b"ipco", &boxed(b"ispe", &sides));
        let of_items = boxed(b"iprp", &properties);
        let meta = boxed(b"meta", &[&[0; 4], of_items.as_slice()].concat());
        [boxed(b"ftyp", b"avif\0\0\0\0avifmif1"), meta].concat()
    }
}
