//! Changing items. They are read before, since they are written by SKUs, which may have changed hands;
//! and read after where the shop does not say for certain what it did.

use std::collections::{BTreeMap, HashSet};

use domain::channel::{ShopField, ShopValues};
use domain::record::Value;

use super::client::Maropost;
use super::decode::{self, KEYS, Row, Shop};
use super::door::Action;
use super::encode::{Draft, draft};
use super::envelope::moment;
use super::fields::{CATEGORY, Part};
use super::loose::text;
use super::read::id_of;
use super::sending::{Outcome, Outgoing, Said, Sending};
use crate::channel::{ItemRef, ItemUpdate, Written};
use crate::failure::{Answered, Failure, FailureKind};

/// How many are read at once, and then sent.
const AT_ONCE: usize = 100;

/// An update that is on its way.
struct Job<'a> {
    /// Which of the updates.
    at: usize,
    update: &'a ItemUpdate,
    before: Row,
    draft: Draft,
}

impl Maropost {
    /// Changes items; one result for each, in their order.
    pub(super) async fn update_items(&self, updates: &[ItemUpdate]) -> Vec<Answered<Written>> {
        let mut results = Vec::with_capacity(updates.len());
        let mut sending = Sending::new(self);
        for chunk in chunks_of(updates, |update| &update.item) {
            match sending.halted() {
                Some(failure) => results.extend(chunk.iter().map(|_| Err(failure.clone()))),
                None => results.extend(self.update_chunk(&mut sending, chunk).await),
            }
        }
        results
    }

    async fn update_chunk(
        &self,
        sending: &mut Sending<'_>,
        updates: &[ItemUpdate],
    ) -> Vec<Answered<Written>> {
        let (rows, shop) = match self.before(updates).await {
            Ok(before) => before,
            Err(failure) => {
                sending.note(&failure);
                return updates.iter().map(|_| Err(failure.clone())).collect();
            }
        };
        let mut results: Vec<Option<Answered<Written>>> = updates.iter().map(|_| None).collect();
        let mut jobs = Vec::new();
        for (at, update) in updates.iter().enumerate() {
            match self.prepare(update, &rows, &shop) {
                Err(failure) => results[at] = Some(Err(failure)),
                Ok((before, draft)) if draft.is_empty() => {
                    results[at] = Some(Ok(done(&draft, &before, &Said::default())));
                }
                Ok((before, draft)) => jobs.push(Job {
                    at,
                    update,
                    before,
                    draft,
                }),
            }
        }
        let out = jobs.iter().map(|job| Outgoing {
            sku: job.before.sku.clone(),
            row: job.draft.sent(&job.before.sku),
        });
        let out: Vec<Outgoing> = out.collect();
        let outcomes = sending.send(Action::UPDATE_ITEM, &out).await;
        let mut doubtful = Vec::new();
        for (job, outcome) in jobs.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Failed(failure) => results[job.at] = Some(Err(failure)),
                Outcome::Named(said) if said.is_sure && !job.draft.unsure => {
                    results[job.at] = Some(Ok(done(&job.draft, &job.before, &said)));
                }
                Outcome::Named(said) => doubtful.push((job, said, true)),
                Outcome::Unnamed(said) => doubtful.push((job, said, false)),
            }
        }
        for (at, result) in self.look_again(&shop, doubtful).await {
            results[at] = Some(result);
        }
        let untold = || Err(Failure::new(FailureKind::Lost, "Nothing was told of it."));
        results
            .into_iter()
            .map(|result| result.unwrap_or_else(untold))
            .collect()
    }

    /// The items as they are, with what is to be changed of any of them.
    async fn before(&self, updates: &[ItemUpdate]) -> Answered<(BTreeMap<u64, Row>, Shop)> {
        let ids: Vec<u64> = updates
            .iter()
            .filter_map(|update| id_of(&update.item).ok())
            .collect();
        let fields = updates.iter().flat_map(|update| update.values.keys());
        let rows = self.rows_by_id(&ids, &selectors_of(fields)).await?;
        let category = ShopField::new(CATEGORY);
        let paths = updates
            .iter()
            .filter_map(|update| update.values.get(&category));
        let found: Vec<Row> = rows.values().cloned().collect();
        let shop = self.shop_for(&found, &paths.collect::<Vec<_>>()).await?;
        Ok((rows, shop))
    }

    /// What is to be sent of an update, if it can be.
    fn prepare(
        &self,
        update: &ItemUpdate,
        rows: &BTreeMap<u64, Row>,
        shop: &Shop,
    ) -> Answered<(Row, Draft)> {
        let row = own(&update.item, rows)?;
        let draft = draft(row, &update.values, shop, row.ahead())?;
        for (field, wanted) in &draft.wanted {
            refuse_changed(update, field, wanted, row, shop)?;
        }
        Ok((row.clone(), draft))
    }

    /// Reads again what the shop did not tell for certain.
    async fn look_again(
        &self,
        shop: &Shop,
        doubtful: Vec<(Job<'_>, Said, bool)>,
    ) -> Vec<(usize, Answered<Written>)> {
        if doubtful.is_empty() {
            return Vec::new();
        }
        let ids: Vec<u64> = doubtful.iter().map(|(job, ..)| job.before.id).collect();
        let fields = doubtful
            .iter()
            .flat_map(|(job, ..)| job.draft.wanted.keys());
        let rows = self.rows_by_id(&ids, &selectors_of(fields)).await;
        let judged = doubtful.into_iter().map(|(job, said, is_named)| {
            let result = match &rows {
                Ok(rows) => {
                    own(&job.update.item, rows).and_then(|now| judge(&job, now, shop, &said))
                }
                Err(_) if is_named && said.is_sure => {
                    let mut written = done(&job.draft, &job.before, &said);
                    written.warnings.push(
                        "The shop says that it is done, and could not be read again.".to_owned(),
                    );
                    Ok(written)
                }
                Err(failure) => {
                    let message = format!("Whether the shop did it could not be read: {failure}");
                    Err(Failure::new(FailureKind::Lost, message))
                }
            };
            (job.at, result)
        });
        judged.collect()
    }
}

/// Items in chunks, in which none stands twice.
pub(super) fn chunks_of<T>(all: &[T], item: impl Fn(&T) -> &ItemRef) -> Vec<&[T]> {
    let (mut chunks, mut rest) = (Vec::new(), all);
    while !rest.is_empty() {
        let mut seen = HashSet::new();
        let is_new = |one: &&T| seen.insert(item(one).remote_id.clone());
        let count = rest.iter().take(AT_ONCE).take_while(is_new).count().max(1);
        let (chunk, behind) = rest.split_at(count);
        chunks.push(chunk);
        rest = behind;
    }
    chunks
}

/// The item itself, as long as the SKU by which it is written is still its own.
pub(super) fn own<'a>(item: &ItemRef, rows: &'a BTreeMap<u64, Row>) -> Answered<&'a Row> {
    let Some(row) = rows.get(&id_of(item)?) else {
        let message = format!("{} is not in the shop any more.", item.sku);
        return Err(Failure::new(FailureKind::Gone, message));
    };
    if row.sku != item.sku {
        let message = format!("{} has another SKU in the shop now: {}.", item.sku, row.sku);
        return Err(Failure::new(FailureKind::Stale, message).hint("Read it again."));
    }
    Ok(row)
}

/// What is selected to read these fields.
fn selectors_of<'a>(fields: impl Iterator<Item = &'a ShopField>) -> Vec<String> {
    let mut selectors: Vec<String> = KEYS.map(str::to_owned).into();
    let distinct: HashSet<&ShopField> = fields.collect();
    let parts = distinct.into_iter().filter_map(Part::of);
    selectors.extend(parts.flat_map(Part::selectors));
    selectors.sort();
    selectors.dedup();
    selectors
}

/// Refuses to write over what was changed in the shop since it was seen. Addresses of pictures are left
/// out: the shop may tell the same picture by another one.
fn refuse_changed(
    update: &ItemUpdate,
    field: &ShopField,
    wanted: &Value,
    row: &Row,
    shop: &Shop,
) -> Answered<()> {
    let part = Part::of(field).filter(|part| !part.is_picture());
    let (Some(part), Some(seen)) = (part, update.seen.get(field)) else {
        return Ok(());
    };
    match decode::value(part, row, shop) {
        Some(now) if now != *seen && now != *wanted => {
            let message = format!("{} was changed in the shop meanwhile.", part.label());
            Err(Failure::new(FailureKind::Stale, message).hint("Read it again."))
        }
        _ => Ok(()),
    }
}

/// What was written, where the shop says that it was.
fn done(draft: &Draft, row: &Row, said: &Said) -> Written {
    let told = draft.wanted.iter();
    // The shop may hold a picture under an address that is only known once it is read.
    let told =
        told.filter(|(field, _)| !draft.unsure || !Part::of(field).is_some_and(Part::is_picture));
    Written {
        values: told
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect(),
        updated_at: draft.is_empty().then(|| updated_at(row)).flatten(),
        warnings: Vec::new(),
        request_id: said.request_id.clone(),
    }
}

/// What was written, by what is there now.
fn judge(job: &Job<'_>, now: &Row, shop: &Shop, said: &Said) -> Answered<Written> {
    let holds = |field: &ShopField, row: &Row| decode::value(Part::of(field)?, row, shop);
    let values: ShopValues = job
        .draft
        .wanted
        .keys()
        .filter_map(|field| Some((field.clone(), holds(field, now)?)))
        .collect();
    let missed: Vec<&ShopField> = job
        .draft
        .sent
        .iter()
        .filter(|field| {
            let Some(part) = Part::of(field) else {
                return false;
            };
            let (wanted, there) = (&job.draft.wanted[*field], values.get(*field));
            match part.is_picture() {
                true => there.is_some_and(|there| !is_like(wanted, there)),
                false => there.is_some_and(|there| there != wanted),
            }
        })
        .collect();
    let untouched = missed
        .iter()
        .all(|field| holds(field, &job.before).as_ref() == values.get(*field));
    if !missed.is_empty() && missed.len() == job.draft.sent.len() && untouched {
        return Err(said.rejected(&now.sku));
    }
    let mut warnings: Vec<String> = missed
        .iter()
        .filter_map(|field| Some(Part::of(field)?.label()))
        .collect();
    if !warnings.is_empty() {
        let kept = format!(
            "The shop holds something else than what was sent in: {}.",
            warnings.join(", ")
        );
        warnings = vec![kept];
        if !said.messages.is_empty() {
            warnings.push(format!("The shop says: {}.", said.about(&now.sku)));
        }
    }
    Ok(Written {
        values,
        updated_at: updated_at(now),
        warnings,
        request_id: said.request_id.clone(),
    })
}

/// Whether pictures are there in the places where they were wanted, whatever their addresses.
fn is_like(wanted: &Value, there: &Value) -> bool {
    match (wanted, there) {
        (Value::List(wanted), Value::List(there)) => wanted.len() == there.len(),
        (wanted, there) => wanted.is_empty() == there.is_empty(),
    }
}

fn updated_at(row: &Row) -> Option<domain::values::Timestamp> {
    text(&row.object, "DateUpdatedUTC").and_then(|told| moment(&told))
}
