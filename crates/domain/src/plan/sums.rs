//! What plans and batches come to, in words.

use super::batch::{BatchCounts, BatchState};
use super::change::Origin;
use super::sum::{Sum, SumPart, When};
use super::summary::Counts;

impl When {
    /// How a batch in a state is told.
    pub const fn of(state: BatchState) -> Self {
        match state {
            BatchState::Running => Self::Running,
            BatchState::Done | BatchState::Cancelled | BatchState::Failed => Self::Over,
        }
    }
}

fn told(when: When, origin: Origin, parts: &[(SumPart, i64)]) -> Vec<Sum> {
    let shown = parts
        .iter()
        .filter(|(part, count)| *count > 0 || part.is_expected(origin));
    shown
        .map(|&(part, count)| Sum {
            part,
            count: count.max(0),
            words: part.words(when, origin, count).to_owned(),
        })
        .collect()
}

impl BatchCounts {
    /// What these records are called, those that changed first. The parts add up to what was read,
    /// [`SumPart::Implied`] beside them; a part that is nothing is told only where it is looked for.
    pub fn sums(&self, origin: Origin, when: When) -> Vec<Sum> {
        let others = (self.updated - self.trashed - self.restored).max(0);
        let (updated, purged) = match origin {
            Origin::Purge => (0, others),
            _ => (others, 0),
        };
        let parts = [
            (SumPart::Create, self.created),
            (SumPart::Update, updated),
            (SumPart::Trash, self.trashed),
            (SumPart::Restore, self.restored),
            (SumPart::Purge, purged),
            (SumPart::Conflict, self.kept),
            (SumPart::Error, self.rejected),
            (SumPart::Rest, self.not_reached),
            (SumPart::Unchanged, self.unchanged),
            (SumPart::Skipped, self.skipped),
            (SumPart::Implied, self.implied),
        ];
        told(when, origin, &parts)
    }
}

impl Counts {
    /// What the records of a plan are called, in the order in which people read its outcomes.
    pub fn sums(&self, origin: Origin) -> Vec<Sum> {
        let updates = self.update - self.trash - self.restore - self.purge;
        let parts = [
            (SumPart::Create, self.create),
            (SumPart::Update, updates),
            (SumPart::Trash, self.trash),
            (SumPart::Restore, self.restore),
            (SumPart::Purge, self.purge),
            (SumPart::Unchanged, self.unchanged),
            (SumPart::Skipped, self.skipped),
            (SumPart::Conflict, self.conflict),
            (SumPart::Error, self.error),
            (SumPart::Implied, self.implied),
        ];
        told(When::Planned, origin, &parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sums: &[Sum]) -> String {
        let told = sums.iter().filter(|sum| sum.count > 0);
        let told: Vec<String> = told
            .map(|sum| format!("{} {}", sum.count, sum.words))
            .collect();
        told.join(", ")
    }

    #[test]
    fn a_batch_says_what_became_of_its_records() {
        let counts = |updated, trashed, restored| BatchCounts {
            read: updated,
            updated,
            trashed,
            restored,
            ..BatchCounts::default()
        };
        for (origin, counts, said) in [
            (Origin::Import, counts(2, 0, 0), "2 updated"),
            (Origin::Import, counts(3, 0, 2), "1 updated, 2 restored"),
            (Origin::Trash, counts(2, 2, 0), "2 moved to the trash"),
            (Origin::Restore, counts(2, 0, 2), "2 restored"),
            (Origin::Purge, counts(2, 0, 0), "2 deleted for good"),
            (Origin::Undo, counts(3, 3, 0), "3 moved to the trash"),
            (
                Origin::Undo,
                counts(6, 3, 1),
                "2 put back, 3 moved to the trash, 1 restored",
            ),
        ] {
            assert_eq!(text(&counts.sums(origin, When::Over)), said, "{origin:?}");
        }
    }

    #[test]
    fn a_plan_says_what_becomes_of_its_records() {
        let counts = Counts {
            create: 812,
            update: 1204,
            restore: 4,
            unchanged: 3,
            conflict: 2,
            error: 1,
            ..Counts::default()
        };
        let said = "812 create, 1200 update, 4 restore, 3 unchanged, 2 conflicts, 1 error";
        assert_eq!(text(&counts.sums(Origin::Import)), said);
        let undo = Counts {
            update: 3,
            trash: 1,
            conflict: 1,
            ..Counts::default()
        };
        let said = "2 put back, 1 move to the trash, 1 kept";
        assert_eq!(text(&undo.sums(Origin::Undo)), said);
    }

    #[test]
    fn the_rest_waits_while_it_runs_and_is_not_reached_once_it_stopped() {
        let counts = BatchCounts {
            not_reached: 7,
            ..BatchCounts::default()
        };
        let said = |state| text(&counts.sums(Origin::Import, When::of(state)));
        assert_eq!(said(BatchState::Running), "7 waiting");
        for over in [BatchState::Cancelled, BatchState::Failed, BatchState::Done] {
            assert_eq!(said(over), "7 not reached");
        }
    }

    #[test]
    fn parts_add_up_to_what_was_read() {
        let counts = BatchCounts {
            read: 21,
            created: 1,
            updated: 9,
            trashed: 2,
            restored: 3,
            unchanged: 4,
            skipped: 1,
            kept: 2,
            rejected: 3,
            not_reached: 1,
            implied: 5,
        };
        let sums = counts.sums(Origin::Import, When::Over);
        let read = sums.iter().filter(|sum| sum.part != SumPart::Implied);
        assert_eq!(read.map(|sum| sum.count).sum::<i64>(), counts.read);
    }

    #[test]
    fn what_is_looked_for_is_told_when_it_is_nothing() {
        let parts = |origin| -> Vec<SumPart> {
            let sums = Counts::default().sums(origin).into_iter();
            sums.map(|sum| sum.part).collect()
        };
        assert!(parts(Origin::Import).contains(&SumPart::Update));
        assert!(!parts(Origin::Import).contains(&SumPart::Restore));
        assert!(parts(Origin::Trash).contains(&SumPart::Trash));
        assert!(!parts(Origin::Trash).contains(&SumPart::Update));
    }
}
