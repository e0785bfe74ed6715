//! Pictures, at the addresses that items name: one plain colour each, told by where it came from.

use super::items::Place;
use super::state::State;
use crate::Reply;

/// Where all pictures lie.
const FOLDER: &str = "/assets/";
/// How wide and high a picture is.
const SIDE: u8 = 16;

/// Whether pictures lie at `path`.
pub(crate) fn is_at(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// The picture at `path`, if an item has it.
pub(crate) fn answer(state: &State, path: &str) -> Option<Reply> {
    let path = path.strip_prefix(FOLDER)?;
    let path = path
        .strip_prefix("thumb/")
        .or_else(|| path.strip_prefix("thumbL/"))
        .unwrap_or(path);
    let (folder, file) = path.split_once('/')?;
    let item = state
        .items
        .get(state.items.find(file.strip_suffix(".png")?)?)?;
    let at = |place: &Place| place.folder() == folder;
    let (_, image) = item.images.iter().find(|(place, _)| at(place))?;
    Some(Reply::text(200, "image/png", png(colour(&image.source))))
}

/// A colour that says nothing but that the picture is another one.
fn colour(source: &str) -> [u8; 3] {
    let hash = source.bytes().fold(2_166_136_261_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
    });
    let [_, red, green, blue] = hash.to_be_bytes();
    [red, green, blue]
}

/// A PNG of one colour: an image of a palette with one entry, not compressed.
fn png(colour: [u8; 3]) -> Vec<u8> {
    let side = u32::from(SIDE).to_be_bytes();
    let header = [&side[..], &side, &[8, 3, 0, 0, 0]].concat();
    // Each row begins with the number of its filter: none.
    let rows = vec![0_u8; usize::from(SIDE) * (usize::from(SIDE) + 1)];
    let length = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let data = [
        &[0x78, 0x01, 0x01][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        &rows,
        &adler32(&rows).to_be_bytes(),
    ];
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [
        (b"IHDR", &header[..]),
        (b"PLTE", &colour),
        (b"IDAT", &data.concat()),
        (b"IEND", &[]),
    ] {
        let length = u32::try_from(content.len()).unwrap_or_default();
        let chunk = [&kind[..], content].concat();
        file.extend(length.to_be_bytes());
        file.extend(&chunk);
        file.extend(crc32(&chunk).to_be_bytes());
    }
    file
}

fn adler32(bytes: &[u8]) -> u32 {
    let step = |(low, high): (u32, u32), byte: &u8| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    };
    let (low, high) = bytes.iter().fold((1, 0), step);
    high << 16 | low
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::{adler32, crc32};

    #[test]
    fn the_sums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }
}
