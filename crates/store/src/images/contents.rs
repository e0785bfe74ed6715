//! Content by its hash, and on a server its bytes.

use sqlx::QueryBuilder;

use domain::error::Result;
use domain::values::ContentHash;

use super::key_of;
use crate::Store;
use crate::db::{Tx, on, on_tx};
use crate::retry::retrying;
use domain::record::Image;

/// A picture whose content is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageContent {
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// What it is, by the ending of such files: `jpg`.
    pub format: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// How wide it is, in pixels.
    pub width: i64,
    /// How high it is, in pixels.
    pub height: i64,
}

/// The part that is the thumbnail.
pub const THUMBNAIL: i64 = 0;

/// The first of the parts that are the picture itself.
pub const ORIGINAL: i64 = 1;

/// The most bytes of a part: far below the packets that any server takes.
pub const MAX_PART: usize = 1 << 20;

pub(super) type ContentRow = (Vec<u8>, String, i64, i64, i64);

pub(super) fn content((hash, format, bytes, width, height): ContentRow) -> Option<ImageContent> {
    Some(ImageContent {
        hash: ContentHash::from_bytes(&hash)?,
        format,
        bytes,
        width,
        height,
    })
}

impl Store {
    /// The content with this hash, when it is kept.
    pub async fn image_content(&self, hash: ContentHash) -> Result<Option<ImageContent>> {
        let row: Option<ContentRow> = retrying!(on!(&self.db, pool => {
            sqlx::query_as(
                "select hash, format, bytes, width, height from image_contents where hash = ?",
            )
            .bind(hash.bytes().to_vec())
            .fetch_optional(pool)
            .await
        }))?;
        Ok(row.and_then(content))
    }

    /// Keeps one part of a picture on a server. Its content is noted when all are there.
    pub async fn keep_image_part(&self, hash: ContentHash, part: i64, bytes: &[u8]) -> Result<()> {
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let start = tx.dialect().insert_missing_into();
            on_tx!(&mut tx, DB, conn => {
                let mut sql = QueryBuilder::<DB>::new(start);
                sql.push("image_parts (hash, part, content) values (");
                sql.push_bind(hash.bytes().to_vec()).push(", ");
                sql.push_bind(part).push(", ");
                sql.push_bind(bytes.to_vec()).push(")");
                sql.build().execute(conn).await.map(drop)
            })?;
            tx.commit().await
        })
    }

    /// The bytes of a picture on a server, from one part on; empty when there are none.
    pub async fn image_parts(&self, hash: ContentHash, from: i64, to: i64) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for part in from..=to {
            let found: Option<Vec<u8>> = retrying!(on!(&self.db, pool => {
                sqlx::query_scalar("select content from image_parts where hash = ? and part = ?")
                    .bind(hash.bytes().to_vec())
                    .bind(part)
                    .fetch_optional(pool)
                    .await
            }))?;
            match found {
                Some(found) => bytes.extend(found),
                None => break,
            }
        }
        Ok(bytes)
    }

    /// Notes content whose bytes are kept, and that it came from an address. The address by which the
    /// workspace names it itself is known from then on, too.
    pub async fn image_came(&self, address: &str, content: &ImageContent) -> Result<()> {
        let now = self.now().0;
        let own = Image::own_address(content.hash);
        retrying!({
            let mut tx = self.db.begin_patiently().await?;
            insert_content(&mut tx, content, now).await?;
            set_stored(&mut tx, &own, content.hash).await?;
            if address != own {
                set_stored(&mut tx, address, content.hash).await?;
            }
            tx.commit().await
        })
    }
}

async fn insert_content(tx: &mut Tx, content: &ImageContent, now: i64) -> sqlx::Result<()> {
    let start = tx.dialect().insert_missing_into();
    on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new(start);
        sql.push("image_contents (hash, format, bytes, width, height, created_at) values (");
        sql.push_bind(content.hash.bytes().to_vec()).push(", ");
        sql.push_bind(content.format.clone()).push(", ");
        sql.push_bind(content.bytes).push(", ");
        sql.push_bind(content.width).push(", ");
        sql.push_bind(content.height).push(", ");
        sql.push_bind(now).push(")");
        sql.build().execute(conn).await.map(drop)
    })
}

async fn set_stored(tx: &mut Tx, address: &str, hash: ContentHash) -> sqlx::Result<()> {
    let start = tx.dialect().insert_missing_into();
    let key = key_of(address).bytes().to_vec();
    on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new(start);
        sql.push("image_addresses (address_hash, address, state) values (");
        sql.push_bind(key.clone()).push(", ");
        sql.push_bind(address.to_owned()).push(", 'stored')");
        sql.build().execute(&mut *conn).await?;
        sqlx::query(
            "update image_addresses set state = 'stored', content = ?, reason = '', attempts = 0, \
             claimed_until = 0 where address_hash = ?",
        )
        .bind(hash.bytes().to_vec())
        .bind(key)
        .execute(conn)
        .await
        .map(drop)
    })
}
