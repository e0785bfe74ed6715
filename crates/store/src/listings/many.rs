//! Writing columns of many listings by few statements.

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::channel::{LinkState, ShopItem};

use super::row::Columns;
use crate::bind::{Bind, push};
use crate::db::{Tx, on_tx};
use crate::dialect::BYTES_PER_INSERT;
use crate::feed::{feed, parts};
use crate::word::word;

/// What a row is named by; on a server these are the columns that no row may be without.
const NAMED: [&str; 4] = ["pk", "id", "channel_id", "link"];

/// Where a listing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) pk: i64,
    pub(super) id: Uuid,
    pub(super) channel: Uuid,
}

/// Columns of listings that are written anew, a row for each listing.
pub(super) struct Rows {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Bind>>,
}

impl Rows {
    /// These columns, of no listing yet.
    pub(super) fn of(columns: &[&'static str]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a listing, with a value for each column.
    pub(super) fn add(&mut self, place: Place, values: impl IntoIterator<Item = Bind>) {
        let mut row = vec![
            Bind::Number(place.pk),
            Bind::Id(Some(place.id)),
            Bind::Id(Some(place.channel)),
            // What a listing is stays as it is, unless that is among the columns.
            Bind::Text(word(LinkState::Linked)),
        ];
        if let Some(at) = self.columns.iter().position(|column| *column == "link") {
            let mut values: Vec<Bind> = values.into_iter().collect();
            row[3] = values.remove(at);
            row.extend(values);
        } else {
            row.extend(values);
        }
        self.rows.push(row);
    }

    /// Writes them. No listing stands among them twice.
    pub(super) async fn write(self, tx: &mut Tx) -> sqlx::Result<()> {
        let dialect = tx.dialect();
        let others = self.columns.iter().filter(|column| **column != "link");
        let columns: Vec<&str> = NAMED.into_iter().chain(others.copied()).collect();
        let (before, after) = dialect.update_many("listings", &columns, &self.columns);
        let bytes = |row: &Vec<Bind>| row.iter().map(bytes_of).sum();
        let parts = parts(
            self.rows,
            dialect.rows_per_insert(),
            BYTES_PER_INSERT,
            bytes,
        );
        on_tx!(tx, DB, conn => {
            feed(conn, parts, move |part| {
                let mut query = QueryBuilder::<DB>::new(before.as_str());
                query.push_values(part, |mut to, row: Vec<Bind>| {
                    for bind in row {
                        push!(to, bind);
                    }
                });
                query.push(&after);
                query
            })
            .await
        })
    }
}

fn bytes_of(bind: &Bind) -> usize {
    match bind {
        Bind::Text(text) | Bind::OptionalText(Some(text)) => text.len(),
        _ => 8,
    }
}

/// The columns that an item is kept in.
pub(super) const OF_ITEM: [&str; 6] = ["parent", "is_parent", "sku", "barcode", "title", "item"];

/// What these columns hold of an item.
pub(super) fn of_item(item: &ShopItem) -> sqlx::Result<[Bind; 6]> {
    let columns = Columns::of(item)?;
    Ok([
        Bind::Text(columns.parent),
        Bind::Flag(item.is_parent),
        Bind::Text(columns.sku),
        Bind::Text(columns.barcode),
        Bind::Text(columns.title),
        Bind::Text(columns.json),
    ])
}
