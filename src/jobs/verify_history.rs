//! Checks the history from its first link to its last, and the records against it: what was changed,
//! added, deleted or cut off past the app is found and named. Memory stays flat however long the
//! history is.

use super::registry::Progress;
use domain::error::Result;
use domain::plan::{Verification, VerificationProblem};
use domain::values::{BatchId, Timestamp};
use store::{BatchToVerify, ChainHead, ChainLink, Store};

/// How many links are read at once.
const LINKS: i64 = 500;

/// How many problems are told one by one.
const TOLD: usize = 100;

/// Checks the history. `remembered` is the end of the chain that was seen earlier, from outside of
/// the database: without it, a cut-off end would go unseen.
pub async fn verify_history(
    progress: &Progress,
    store: &Store,
    remembered: Option<ChainHead>,
    now: Timestamp,
) -> Result<Verification> {
    let head = store.chain_head().await?;
    progress.step("Checking", head.position);
    let mut check = Check {
        progress,
        store,
        found: Verification {
            checked_at: now,
            ..Verification::default()
        },
    };
    let end = check.links(head.position).await?;
    check.ends(head, end, remembered).await?;
    check.unsealed().await?;
    for what in store.people_changed_past_the_app().await? {
        check.problem(None, what);
    }
    check.records().await?;
    check.found.head = head.to_string();
    Ok(check.found)
}

struct Check<'a> {
    progress: &'a Progress,
    store: &'a Store,
    found: Verification,
}

impl Check<'_> {
    /// Follows the links up to the one that was the last when the check began; gives the last one.
    async fn links(&mut self, until: i64) -> Result<ChainHead> {
        let (link, _) = self.store.chain_start().await?;
        let mut at = ChainHead { position: 0, link };
        let mut broken = false;
        loop {
            self.progress.check()?;
            let left = (until - at.position).min(LINKS);
            let page = match left {
                ..=0 => vec![],
                _ => self.store.chain_links(at.position, left).await?,
            };
            if page.is_empty() {
                return Ok(at);
            }
            for link in &page {
                if !link.follows(at) && !broken {
                    // What follows a broken link would not fit either: one place is enough.
                    broken = true;
                    self.broken_at(link);
                }
                at = link.head();
                self.batch_of(link).await?;
                self.progress.done(at.position);
            }
        }
    }

    fn broken_at(&mut self, link: &ChainLink) {
        let position = link.head().position;
        self.problem(
            None,
            format!("The chain is broken at link {position}: links were changed, added, deleted or put into another order."),
        );
    }

    /// Checks a batch where its first link stands.
    async fn batch_of(&mut self, link: &ChainLink) -> Result<()> {
        let batch = self.store.batch_to_verify(link.batch()).await?;
        let ended = batch.batch.as_ref().and_then(|batch| batch.finished_at);
        self.found.head_at = ended.or(self.found.head_at);
        if batch.starts_with(link) {
            self.batch(batch).await?;
        }
        Ok(())
    }

    async fn batch(&mut self, batch: BatchToVerify) -> Result<()> {
        let (batch, entries, problems) = self.settled(batch).await?;
        self.found.batches += 1;
        self.found.entries += entries;
        self.found.open += i64::from(batch.is_open());
        for what in problems {
            self.problem(Some(&batch), what);
        }
        Ok(())
    }

    /// Reads the entries of a batch again. Another program may be writing it at this moment: what
    /// does not fit is looked at once more, until the batch stood still in between.
    async fn settled(&self, mut batch: BatchToVerify) -> Result<(BatchToVerify, i64, Vec<String>)> {
        loop {
            let mut entries = batch.entries();
            while self.store.read_entries(&mut entries).await? {
                self.progress.check()?;
            }
            let problems = batch.problems(&entries);
            if problems.is_empty() {
                return Ok((batch, entries.count(), problems));
            }
            let again = self.store.batch_to_verify(batch.id).await?;
            if again == batch {
                return Ok((batch, entries.count(), problems));
            }
            batch = again;
        }
    }

    /// Whether the chain ends where the database says, and where it was seen to end.
    async fn ends(
        &mut self,
        head: ChainHead,
        end: ChainHead,
        remembered: Option<ChainHead>,
    ) -> Result<()> {
        if let Some(after) = self.store.chain_links(end.position, 1).await?.first() {
            // A batch may have ended since the check began: only a head that says so counts.
            if self.store.chain_head().await?.position < after.head().position {
                let position = end.position;
                self.problem(None, format!("The chain goes on after link {position}, where its head says that it ends: the head was set back."));
            }
        }
        let is_end = head.position == end.position && (end.position == 0 || head.link == end.link);
        if !is_end {
            self.problem(
                None,
                format!("The chain ends at link {}, but its head says {}: links were deleted or the head was changed.", end.position, head.position),
            );
        }
        let Some(seen) = remembered else {
            return Ok(());
        };
        if seen.position > end.position {
            let cut = seen.position - end.position;
            self.problem(None, format!("The end of the chain was cut off: {cut} of the links seen earlier are gone, or the workspace was restored from an older backup."));
        } else if !self.store.chain_has(seen).await? {
            self.problem(
                None,
                format!(
                    "The chain was written anew: link {} is another one than was seen earlier.",
                    seen.position
                ),
            );
        }
        Ok(())
    }

    /// Batches that no link seals: they run, are older than the chain, or were added past the app.
    async fn unsealed(&mut self) -> Result<()> {
        let (_, older) = self.store.chain_start().await?;
        let mut after: Option<BatchId> = None;
        loop {
            self.progress.check()?;
            let page = self.store.unsealed_batches(after, LINKS).await?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            for id in page {
                if older.is_some_and(|older| id <= older) {
                    self.found.older += 1;
                } else {
                    let batch = self.store.batch_to_verify(id).await?;
                    self.batch(batch).await?;
                }
            }
        }
        let lost = self.store.entries_without_batch().await?;
        if lost > 0 {
            self.problem(
                None,
                format!(
                    "Entries without a batch: {lost}. Their batch was deleted, or they were added."
                ),
            );
        }
        Ok(())
    }

    /// Whether each record is what the history says of it.
    async fn records(&mut self) -> Result<()> {
        let mut comparison = self.store.comparison().await?;
        self.progress.step("Comparing", comparison.total());
        while self.store.compare(&mut comparison).await? {
            self.progress.check()?;
            self.progress.done(comparison.compared());
            for what in comparison.take_found() {
                self.problem(None, what);
            }
        }
        self.found.records = comparison.compared();
        Ok(())
    }

    fn problem(&mut self, batch: Option<&BatchToVerify>, what: String) {
        self.found.problem_count += 1;
        if self.found.problems.len() == TOLD {
            return;
        }
        let header = batch.and_then(|batch| batch.batch.as_ref());
        self.found.problems.push(VerificationProblem {
            batch: batch.map(|batch| batch.id),
            label: header
                .map(|header| header.label.clone())
                .unwrap_or_default(),
            person: header
                .map(|header| header.person.clone())
                .unwrap_or_default(),
            at: header.map(|header| header.started_at),
            what,
        });
    }
}
