//! Thumbnails: what lists show of a picture.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, RgbaImage};

/// The longest side of a thumbnail, in pixels: twice what a list shows, for sharp screens.
pub const THUMBNAIL_SIDE: u32 = 160;

/// Of a hundred; a thumbnail has about 5 kB.
const QUALITY: u8 = 82;

/// The pixels of a picture as PNG: four bytes each, red, green, blue and how far they hide what is below
/// them. Nothing when there are not as many as the sides say.
pub fn png(width: u32, height: u32, pixels: Vec<u8>) -> Option<Vec<u8>> {
    let picture = RgbaImage::from_raw(width, height, pixels)?;
    let mut written = Cursor::new(Vec::new());
    picture.write_to(&mut written, ImageFormat::Png).ok()?;
    Some(written.into_inner())
}

/// The thumbnail of a picture that is turned upright first: JPEG, or PNG where it can be seen through.
pub(crate) fn thumbnail(mut picture: DynamicImage, orientation: Orientation) -> Option<Vec<u8>> {
    if picture.width().max(picture.height()) > THUMBNAIL_SIDE {
        picture = picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    }
    picture.apply_orientation(orientation);
    let mut written = Cursor::new(Vec::new());
    let is_seen_through =
        picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    let done = if is_seen_through {
        picture.to_rgba8().write_to(&mut written, ImageFormat::Png)
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
        picture.to_rgb8().write_with_encoder(encoder)
    };
    done.ok()?;
    Some(written.into_inner())
}
