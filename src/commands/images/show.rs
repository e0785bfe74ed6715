//! A picture as a window shows it: its bytes, by the address that a record has.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use images::Format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::access::{Access, CommandInfo};
use crate::commands::app::App;
use crate::commands::call::Call;
use crate::jobs::ImageSize;
use domain::error::Result;
use domain::record::Permission;
use domain::values::ContentHash;
use store::ImageContent;

/// The longest address that is looked for, in bytes.
const LONGEST: usize = 10_000;

/// `images.show`: a picture that is here. A window that has a scheme for pictures asks that instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShowImage {
    /// Its address.
    pub address: String,
    /// Whether it may be small: at most 160 pixels wide and high.
    pub thumbnail: bool,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShownImage {
    /// What it is, such as `image/png`.
    pub media_type: String,
    /// Its bytes, in Base64.
    pub base64: String,
}

/// A picture as it is sent to a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageBody {
    /// The hash of the whole picture.
    pub hash: ContentHash,
    /// What the bytes are, by themselves.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

const SHOW: CommandInfo = CommandInfo {
    name: "images.show",
    access: Access::Needs(Permission::ViewProducts),
};

/// A picture for the signed-in user, past JSON; nothing when it is not here.
pub async fn show_image(app: &App, address: &str, thumbnail: bool) -> Result<Option<ImageBody>> {
    let call = Call::admit(app, &SHOW).await?;
    bytes(&call, address, size(thumbnail)).await
}

/// A picture that is here.
pub(in crate::commands) async fn show(
    call: &Call,
    request: ShowImage,
) -> Result<Option<ShownImage>> {
    let found = bytes(call, &request.address, size(request.thumbnail)).await?;
    Ok(found.map(|body| ShownImage {
        media_type: body.media_type.to_owned(),
        base64: STANDARD.encode(body.bytes),
    }))
}

fn size(thumbnail: bool) -> ImageSize {
    if thumbnail {
        ImageSize::Thumbnail
    } else {
        ImageSize::Original
    }
}

/// The largest AVIF that a web view makes small itself, in bytes and in pixels. A page of a list may show fifty
/// of them, and each takes four bytes a pixel while it is shown.
const SMALL_AVIF_BYTES: i64 = 256 << 10;
const SMALL_AVIF_PIXELS: i64 = 1 << 20;

/// Whether a picture may be sent whole where its thumbnail is asked for: none is made of an AVIF.
fn is_shown_small(content: &ImageContent) -> bool {
    content.format == Format::Avif.ending()
        && content.bytes <= SMALL_AVIF_BYTES
        && content.width.saturating_mul(content.height) <= SMALL_AVIF_PIXELS
}

/// The bytes of a picture. What is not one of the formats that are taken is never given out, whatever a
/// folder or a database may hold.
pub(super) async fn bytes(
    call: &Call,
    address: &str,
    size: ImageSize,
) -> Result<Option<ImageBody>> {
    if address.len() > LONGEST {
        return Ok(None);
    }
    let opened = call.opened()?;
    let found = opened.store.image_addresses(&[address.to_owned()]).await?;
    let Some(content) = found.into_iter().find_map(|found| found.content) else {
        return Ok(None);
    };
    let lie = opened.images.bytes();
    let mut bytes = lie.read(&content, size).await?;
    if bytes.is_none() && is_shown_small(&content) {
        bytes = lie.read(&content, ImageSize::Original).await?;
    }
    if bytes.is_none() && lie.is_lost(&content).await {
        opened.store.image_lost(address).await?;
        opened.images.changed().notify_one();
    }
    Ok(bytes.and_then(|bytes| {
        let media_type = Format::of(&bytes)?.media_type();
        let hash = content.hash;
        Some(ImageBody {
            hash,
            media_type,
            bytes,
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::{ContentHash, ImageContent, is_shown_small};

    #[test]
    fn of_avif_only_what_is_small_stands_for_its_own_thumbnail() {
        let of = |format: &str, bytes, (width, height)| {
            is_shown_small(&ImageContent {
                hash: ContentHash::new([1; 32]),
                format: format.to_owned(),
                bytes,
                width,
                height,
            })
        };
        assert!(of("avif", 200_000, (1_000, 1_000)));
        assert!(!of("avif", 300_000, (1_000, 1_000)), "too many bytes");
        assert!(!of("avif", 20_000, (5_000, 5_000)), "too many pixels");
        assert!(!of("avif", 1, (i64::MAX, 2)));
        assert!(!of("jpg", 200_000, (100, 100)), "it has a thumbnail");
    }
}
