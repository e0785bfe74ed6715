//! A listing and its row.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::mysql::MySqlRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use domain::channel::{Dispute, Listing, ParentRef, ShopItem};
use domain::record::{Field, Value};
use domain::values::RecordId;

use crate::word::from_word;

/// What a listing is read by.
pub(super) const COLUMNS: &str = "select l.pk, l.id, l.channel_id, l.link, l.record_id, l.item, l.gone, \
    l.agreed, l.agreed_version, l.own_values, l.dirty, l.pending, l.problem, l.open_version, l.open_dirty, \
    l.dispute from listings l ";

/// The longest SKU, barcode and title by which listings are found, in characters; the item has them whole.
const KEPT: usize = 255;
const KEPT_TITLE: usize = 500;

/// A listing and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedListing {
    /// Where it stands in the table: pages go on behind it.
    pub place: i64,
    /// The listing.
    pub listing: Listing,
}

macro_rules! decode {
    ($($row:ty)*) => {$(
        impl FromRow<'_, $row> for ListedListing {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Self {
                    place: row.try_get(0)?,
                    listing: Listing {
                        id: row.try_get::<Uuid, _>(1)?.into(),
                        channel: row.try_get::<Uuid, _>(2)?.into(),
                        link: from_word(row.try_get(3)?)?,
                        record: row.try_get::<Option<Uuid>, _>(4)?.map(RecordId::from),
                        item: maybe(row.try_get(5)?)?,
                        gone: row.try_get(6)?,
                        agreed: or_none(row.try_get(7)?)?,
                        agreed_version: row.try_get(8)?,
                        own: or_none::<BTreeMap<Field, Value>>(row.try_get(9)?)?,
                        is_dirty: row.try_get(10)?,
                        pending: maybe(row.try_get(11)?)?,
                        problem: maybe(row.try_get(12)?)?,
                        open_version: row.try_get(13)?,
                        is_open_dirty: row.try_get(14)?,
                        dispute: dispute(row.try_get(15)?),
                    },
                })
            }
        }
    )*};
}

decode!(SqliteRow MySqlRow);

/// The number of a dispute is its place among these.
const DISPUTES: [Dispute; 3] = [Dispute::None, Dispute::Open, Dispute::Hidden];

fn dispute(number: i16) -> Dispute {
    let at = usize::try_from(number).unwrap_or_default();
    DISPUTES.get(at).copied().unwrap_or_default()
}

/// The number that a dispute is written as.
pub(super) fn dispute_number(dispute: Dispute) -> i64 {
    DISPUTES
        .iter()
        .zip(0..)
        .find(|(one, _)| **one == dispute)
        .map_or(0, |(_, at)| at)
}

/// Reads what may be nothing.
fn maybe<T: DeserializeOwned>(json: Option<String>) -> sqlx::Result<Option<T>> {
    json.map(|json| read(&json)).transpose()
}

/// Reads what is nothing where nothing is written.
fn or_none<T: DeserializeOwned + Default>(json: String) -> sqlx::Result<T> {
    match json.is_empty() {
        true => Ok(T::default()),
        false => read(&json),
    }
}

pub(super) fn read<T: DeserializeOwned>(json: &str) -> sqlx::Result<T> {
    serde_json::from_str(json).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))
}

pub(super) fn write<T: Serialize>(value: &T) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|cause| sqlx::Error::Encode(Box::new(cause)))
}

/// The columns by which an item is found.
pub(super) struct Columns {
    pub(super) parent: String,
    pub(super) sku: String,
    pub(super) barcode: String,
    pub(super) title: String,
    pub(super) json: String,
}

impl Columns {
    pub(super) fn of(item: &ShopItem) -> sqlx::Result<Self> {
        let cut = |text: &str, most: usize| text.chars().take(most).collect();
        Ok(Self {
            parent: parent_key(item.parent.as_ref()),
            sku: cut(&item.sku, KEPT),
            barcode: cut(&item.barcode, KEPT),
            title: cut(&item.title, KEPT_TITLE),
            json: write(item)?,
        })
    }
}

/// Whether a text by which a listing is found may be kept whole.
pub(super) fn is_whole(text: &str) -> bool {
    text.chars().count() < KEPT
}

/// By what the variants of one parent are found.
pub fn parent_key(parent: Option<&ParentRef>) -> String {
    let key = match parent {
        None => return String::new(),
        Some(ParentRef::Id(id)) => format!("#{id}"),
        Some(ParentRef::Sku(sku)) => format!("={sku}"),
    };
    key.chars().take(KEPT).collect()
}
