//! Keeping what became of listings: what was sent, what both sides agree on now, what failed; with the entry
//! in the journal in the same transaction.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::QueryBuilder;

use domain::channel::{
    Agreed, Dispute, LISTING, LinkState, Listing, ListingProblem, Pending, ShopItem, ShopValues,
};
use domain::error::Result;
use domain::plan::{Change, Operation};
use domain::record::{Field, Value};
use domain::values::{BatchId, RecordId, Timestamp};

use super::many::{OF_ITEM, Place, Rows, of_item};
use super::row::{COLUMNS, ListedListing, dispute_number, write};
use crate::bind::Bind;
use crate::db::{Tx, on_tx};
use crate::dialect::IN_LIST;
use crate::history::{WrittenCounts, batches, journal};
use crate::retry::{Attempts, retrying};
use crate::word::word;
use crate::{Store, changes};

/// What is kept of a listing; what is none stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SettledListing {
    /// Which.
    pub id: Option<RecordId>,
    /// How it stands to our products from now on.
    pub link: Option<(LinkState, Option<RecordId>)>,
    /// What the shop has, as a whole.
    pub item: Option<ShopItem>,
    /// What some fields hold in the shop now.
    pub values: ShopValues,
    /// When the shop says that it was changed.
    pub updated_at: Option<Timestamp>,
    /// What both sides agree on from now on, besides what they agreed on before.
    pub agreed: Agreed,
    /// The version of our product at which nothing is left to do.
    pub settled_at: Option<i64>,
    /// The same of the fields alone that everyone may see.
    pub open_settled_at: Option<i64>,
    /// Whether it has to be looked at again, and for which fields.
    pub dirty: Option<Dirt>,
    /// What both sides changed, and no user decided on yet.
    pub dispute: Option<Dispute>,
    /// Whether the shop has it no more.
    pub gone: Option<bool>,
    /// What is on its way; the inner none when nothing is.
    pub pending: Option<Option<Pending>>,
    /// Why it is not in step; the inner none when it is.
    pub problem: Option<Option<ListingProblem>>,
    /// What was done to it, for the journal.
    pub entry: Option<ListingEntry>,
}

/// For which fields a listing has to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dirt {
    /// Any.
    Open,
    /// Those alone that need a right.
    Hidden,
}

/// An entry of a listing in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingEntry {
    /// What happened to it.
    pub operation: Operation,
    /// Field by field.
    pub changes: Vec<Change>,
    /// The version of our product that was sent.
    pub version: i64,
}

impl SettledListing {
    /// Of a listing, nothing yet.
    pub fn of(id: RecordId) -> Self {
        Self {
            id: Some(id),
            ..Self::default()
        }
    }

    /// Whether it says that nothing is left to do at a version, and nothing else.
    fn is_mark(&self) -> bool {
        let mark = Self {
            id: self.id,
            settled_at: self.settled_at,
            open_settled_at: self.settled_at,
            dispute: Some(Dispute::None),
            problem: Some(None),
            ..Self::default()
        };
        self.settled_at.is_some() && *self == mark
    }
}

impl Store {
    /// Keeps what became of listings. Entries belong to `batch`, whose counts grow by them.
    pub async fn settle_listings(
        &self,
        batch: Option<BatchId>,
        settled: &[SettledListing],
    ) -> Result<()> {
        for settled in settled.chunks(IN_LIST) {
            retrying!(Attempts::looking_first(), attempts => {
                let mut tx = self.db.begin_patiently().await?;
                settle(&mut tx, (batch, self.now()), settled).await?;
                tx.commit().await
            })?;
        }
        Ok(())
    }

    /// Values of a product for one shop alone; a field without one takes the product's again.
    pub async fn set_own_values(
        &self,
        listing: RecordId,
        values: &[(Field, Option<Value>)],
    ) -> Result<()> {
        let is_open = values.iter().any(|(field, _)| field.needs().is_none());
        Ok(retrying!({
            let mut tx = self.db.begin_patiently().await?;
            let found = locked(&mut tx, &[listing], false).await?;
            if let Some((_, listing)) = found.into_iter().next() {
                let mut own = listing.listing.own;
                for (field, value) in values {
                    match value {
                        Some(value) => own.insert(*field, value.clone()),
                        None => own.remove(field),
                    };
                }
                let own = write(&own)?;
                on_tx!(&mut tx, conn => {
                    sqlx::query("update listings set own_values = ?, dirty = 1, \
                        open_dirty = case when ? then 1 else open_dirty end where pk = ?")
                        .bind(&own)
                        .bind(is_open)
                        .bind(listing.place)
                        .execute(conn)
                        .await
                        .map(drop)
                })?;
            }
            changes::record(&mut tx, self.now(), None).await?;
            tx.commit().await
        })?)
    }
}

async fn settle(
    tx: &mut Tx,
    (batch, now): (Option<BatchId>, Timestamp),
    settled: &[SettledListing],
) -> sqlx::Result<()> {
    let (marks, rest): (Vec<_>, Vec<_>) = settled.iter().partition(|one| one.is_mark());
    mark(tx, &marks).await?;
    let ids: Vec<RecordId> = rest.iter().filter_map(|settled| settled.id).collect();
    let with_items = rest.iter().any(|settled| changes_item(settled));
    let mut found = locked(tx, &ids, with_items).await?;
    let mut entries = Vec::new();
    let mut counts = WrittenCounts::default();
    let mut changed = Changed::default();
    for settled in rest {
        let Some(listed) = settled.id.and_then(|id| found.get_mut(&id)) else {
            continue;
        };
        apply(&mut listed.listing, settled);
        changed.note(listed.place, settled);
        if let Some(entry) = &settled.entry {
            match entry.operation {
                Operation::Create => counts.created += 1,
                _ => counts.updated += 1,
            }
            entries.push(new_entry(listed.listing.id, entry));
        }
    }
    changed.write(tx, found.into_values()).await?;
    let Some(batch) = batch.filter(|_| !entries.is_empty()) else {
        return Ok(());
    };
    let tx_id = changes::record(tx, now, Some(batch)).await?;
    let moment = journal::Moment { batch, tx_id, now };
    let prepared = journal::prepare(tx, moment, entries).await?;
    journal::write(tx, moment, prepared).await?;
    batches::count_written(tx, batch, counts).await
}

/// Writes at which version nothing is left to do.
async fn mark(tx: &mut Tx, marks: &[&SettledListing]) -> sqlx::Result<()> {
    let mut by_version: BTreeMap<i64, Vec<RecordId>> = BTreeMap::new();
    for mark in marks {
        if let (Some(version), Some(id)) = (mark.settled_at, mark.id) {
            by_version.entry(version).or_default().push(id);
        }
    }
    for (version, ids) in by_version {
        on_tx!(&mut *tx, DB, conn => {
            let mut sql = QueryBuilder::<DB>::new("update listings set agreed_version = ");
            sql.push_bind(version).push(", open_version = ").push_bind(version);
            sql.push(", dirty = 0, open_dirty = 0, dispute = 0, problem = null, has_problem = 0 where id in (");
            let mut list = sql.separated(",");
            for id in ids {
                list.push_bind(id.uuid());
            }
            sql.push(")").build().execute(conn).await.map(drop)
        })?;
    }
    Ok(())
}

fn new_entry(id: RecordId, entry: &ListingEntry) -> journal::NewEntry {
    journal::NewEntry {
        kind: LISTING,
        id,
        operation: entry.operation.into(),
        version: entry.version,
        changes: entry.changes.clone(),
        seal: None,
    }
}

/// What a listing is after it.
fn apply(listing: &mut Listing, settled: &SettledListing) {
    if let Some((link, record)) = settled.link {
        (listing.link, listing.record) = (link, record);
    }
    if let Some(item) = &settled.item {
        listing.item = Some(item.clone());
        listing.gone = false;
    }
    if let Some(item) = &mut listing.item {
        item.values.extend(settled.values.clone());
        item.updated_at = settled.updated_at.or(item.updated_at);
    }
    listing.agreed.extend(settled.agreed.clone());
    if let Some(version) = settled.settled_at {
        (listing.agreed_version, listing.is_dirty) = (version, false);
    }
    if let Some(version) = settled.open_settled_at {
        (listing.open_version, listing.is_open_dirty) = (version, false);
    }
    if let Some(dirt) = settled.dirty {
        listing.is_dirty = true;
        listing.is_open_dirty |= dirt == Dirt::Open;
    }
    if let Some(dispute) = settled.dispute {
        listing.dispute = dispute;
    }
    if let Some(gone) = settled.gone {
        listing.gone = gone;
    }
    if let Some(pending) = &settled.pending {
        listing.pending.clone_from(pending);
    }
    if let Some(problem) = &settled.problem {
        listing.problem.clone_from(problem);
    }
}

/// The columns of a listing besides its item.
const STANDING: [&str; 11] = [
    "gone",
    "agreed",
    "agreed_version",
    "dirty",
    "open_version",
    "open_dirty",
    "dispute",
    "pending",
    "has_pending",
    "problem",
    "has_problem",
];

/// Which listings were changed, and what of them.
#[derive(Default)]
struct Changed {
    all: HashSet<i64>,
    /// Those that are another product, or none.
    linked: HashSet<i64>,
    /// Those of which what the shop has is known anew.
    items: HashSet<i64>,
    /// Those that the shop may call otherwise.
    named: HashSet<i64>,
}

impl Changed {
    fn note(&mut self, place: i64, settled: &SettledListing) {
        self.all.insert(place);
        if settled.link.is_some() {
            self.linked.insert(place);
        }
        if settled.item.is_some() {
            self.named.insert(place);
        }
        if changes_item(settled) {
            self.items.insert(place);
        }
    }

    async fn write(
        &self,
        tx: &mut Tx,
        listings: impl Iterator<Item = ListedListing>,
    ) -> sqlx::Result<()> {
        let mut standing = Rows::of(&STANDING);
        let mut linked = Rows::of(&["link", "record_id"]);
        let mut items = Rows::of(&OF_ITEM);
        let mut named = Rows::of(&["remote_id"]);
        for ListedListing { place: pk, listing } in listings {
            if !self.all.contains(&pk) {
                continue;
            }
            let place = Place {
                pk,
                id: listing.id.uuid(),
                channel: listing.channel.uuid(),
            };
            standing.add(place, standing_of(&listing)?);
            if self.linked.contains(&pk) {
                let record = listing.record.map(RecordId::uuid);
                linked.add(place, [Bind::Text(word(listing.link)), Bind::Id(record)]);
            }
            if let Some(item) = listing.item.filter(|_| self.items.contains(&pk)) {
                items.add(place, of_item(&item)?);
                if self.named.contains(&pk) {
                    named.add(place, [Bind::Text(item.remote_id)]);
                }
            }
        }
        for rows in [standing, linked, named, items] {
            rows.write(tx).await?;
        }
        Ok(())
    }
}

fn standing_of(listing: &Listing) -> sqlx::Result<[Bind; 11]> {
    let is_hidden = |problem: &ListingProblem| problem.is_hidden;
    Ok([
        Bind::Flag(listing.gone),
        Bind::Text(write(&listing.agreed)?),
        Bind::Number(listing.agreed_version),
        Bind::Flag(listing.is_dirty),
        Bind::Number(listing.open_version),
        Bind::Flag(listing.is_open_dirty),
        Bind::Number(dispute_number(listing.dispute)),
        Bind::OptionalText(listing.pending.as_ref().map(write).transpose()?),
        Bind::Number(told_of(listing.pending.as_ref().map(Pending::is_hidden))),
        Bind::OptionalText(listing.problem.as_ref().map(write).transpose()?),
        Bind::Number(told_of(listing.problem.as_ref().map(is_hidden))),
    ])
}

/// Of what is or is not there: 0 for none, 1 for what every user is told of, 2 for what is hidden from some.
fn told_of(is_hidden: Option<bool>) -> i64 {
    is_hidden.map_or(0, |is_hidden| 1 + i64::from(is_hidden))
}

fn changes_item(settled: &SettledListing) -> bool {
    settled.item.is_some() || !settled.values.is_empty() || settled.updated_at.is_some()
}

/// These listings, without what the shop has of them unless that is asked for: it is the largest part.
async fn locked(
    tx: &mut Tx,
    ids: &[RecordId],
    with_items: bool,
) -> sqlx::Result<HashMap<RecordId, ListedListing>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let lock = tx.dialect().for_update();
    let columns = match with_items {
        true => COLUMNS.to_owned(),
        false => COLUMNS.replace("l.item", "null"),
    };
    let rows: Vec<ListedListing> = on_tx!(tx, DB, conn => {
        let mut sql = QueryBuilder::<DB>::new(columns);
        sql.push("where l.id in (");
        let mut list = sql.separated(",");
        for id in ids {
            list.push_bind(id.uuid());
        }
        sql.push(")").push(lock).build_query_as().fetch_all(conn).await
    })?;
    Ok(rows.into_iter().map(|row| (row.listing.id, row)).collect())
}
