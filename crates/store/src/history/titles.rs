//! What batches are called: an undo of an undo by what it does again, however often that was undone.

use std::collections::HashMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::error::Result;
use domain::plan::{Batch, Origin, Undoing, When, title};
use domain::values::BatchId;

use crate::Store;
use crate::db::{Db, on};
use crate::dialect::IN_LIST;
use crate::fault::Told;
use crate::retry::retrying;
use crate::word::from_word;

/// A batch on the way from an undo to what is undone in the end.
struct Undone {
    origin: Origin,
    creates: bool,
    undo_of: Option<Uuid>,
}

/// What some undos come to, by the batches that they undo.
pub(super) struct Undoings(HashMap<Uuid, Undone>);

impl Undoings {
    /// What the undo of this batch comes to.
    pub(super) fn of(&self, undone: BatchId) -> Option<Undoing> {
        let mut at = self.0.get(&undone.uuid())?;
        let mut undos = 1;
        // No chain is longer than there are batches in it, unless it was bent past the app.
        while let Some(next) = at.undo_of.and_then(|id| self.0.get(&id)) {
            at = next;
            undos += 1;
            if undos > self.0.len() {
                return None;
            }
        }
        Some(Undoing {
            origin: at.origin,
            creates: at.creates,
            again: undos % 2 == 0,
        })
    }

    /// What a batch is called.
    pub(super) fn title(&self, batch: &Batch) -> String {
        let undoing = batch.undo_of.and_then(|id| self.of(id));
        title(
            batch.origin,
            batch.counts.created > 0,
            undoing,
            &batch.label,
        )
    }
}

impl Store {
    /// Says what batches are called, what they did in words, and what undoing them would be.
    pub(super) async fn entitle(&self, batches: &mut [Batch]) -> Result<()> {
        let undone = batches.iter().filter_map(|batch| batch.undo_of);
        let undoings = self.undoings(undone.collect()).await?;
        for batch in batches {
            batch.title = undoings.title(batch);
            batch.sums = batch.counts.sums(batch.origin, When::of(batch.state));
            let undoing = match batch.undo_of {
                Some(id) => undoings.of(id).map(|undoing| Undoing {
                    again: !undoing.again,
                    ..undoing
                }),
                None => Some(Undoing {
                    origin: batch.origin,
                    creates: batch.counts.created > 0,
                    again: false,
                }),
            };
            let undo = title(Origin::Undo, false, undoing, &batch.label);
            batch.undo_title = undo;
        }
        Ok(())
    }

    /// What the undos of these batches come to.
    pub(super) async fn undoings(&self, undone: Vec<BatchId>) -> Result<Undoings> {
        let mut found = HashMap::new();
        let mut wanted: Vec<Uuid> = undone.into_iter().map(BatchId::uuid).collect();
        while !wanted.is_empty() {
            let mut next = Vec::new();
            for ids in wanted.chunks(IN_LIST) {
                for (id, origin, created, undo_of) in retrying!(read(&self.db, ids).await)? {
                    next.extend(undo_of);
                    let undone = Undone {
                        origin: from_word(origin).told()?,
                        creates: created > 0,
                        undo_of,
                    };
                    found.insert(id, undone);
                }
            }
            next.retain(|id| !found.contains_key(id));
            next.sort_unstable();
            next.dedup();
            wanted = next;
        }
        Ok(Undoings(found))
    }
}

type Row = (Uuid, String, i64, Option<Uuid>);

async fn read(db: &Db, ids: &[Uuid]) -> sqlx::Result<Vec<Row>> {
    on!(db, DB, pool => {
        let mut sql = QueryBuilder::<DB>::new(
            "select id, origin, created, undo_of from batches where id in (",
        );
        let mut list = sql.separated(",");
        for id in ids {
            list.push_bind(*id);
        }
        sql.push(")").build_query_as().fetch_all(pool).await
    })
}
