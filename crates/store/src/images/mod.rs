//! The pictures that fields of records name by their addresses: which addresses there are, what became
//! of each, and the content.
//!
//! The journal says what is named ([`ImageFollower`]), so neither a save nor an import waits for
//! pictures, and it makes no difference where a change came from. Content stands here by its
//! hash; its bytes do so for a server alone: beside a file there is a folder for them.

mod addresses;
mod contents;
mod follow;
mod unneeded;

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use domain::record::{Field, FieldKind, Image, Kind, Record, Value};
use domain::values::{ContentHash, Timestamp};

pub use addresses::{ImageAddress, ImageState, ImageUse, MOST_USES, WaitingImage};
pub use contents::{ImageContent, MAX_PART, ORIGINAL, THUMBNAIL};
pub use follow::ImageFollower;
pub use unneeded::UnneededImages;

/// What stands for an address where its text would be too long: a hash of it.
fn key_of(address: &str) -> ContentHash {
    ContentHash::new(Sha256::digest(address).into())
}

/// The fields of a kind that name pictures.
pub fn image_fields(kind: Kind) -> impl Iterator<Item = Field> {
    kind.fields().filter(|field| names_pictures(*field))
}

fn names_pictures(field: Field) -> bool {
    let def = field.def();
    def.is_some_and(|def| matches!(def.kind, FieldKind::Image | FieldKind::Images))
}

/// The addresses in the value of a field that names pictures.
fn addresses_in(value: &Value) -> impl Iterator<Item = &str> {
    let one = value.as_text().into_iter();
    let many = value.as_list().iter().map(String::as_str);
    let texts = one.chain(many).filter(|text| !text.is_empty());
    texts.map(|text| Image::of(text).address)
}

/// The addresses that a record names.
fn addresses_of(record: &Record) -> BTreeSet<&str> {
    let fields = image_fields(record.kind);
    fields
        .flat_map(|field| addresses_in(record.fields.get(field)))
        .collect()
}

/// Times are kept in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn days_before(now: Timestamp, days: i64) -> i64 {
    now.0.saturating_sub(days * DAY)
}
