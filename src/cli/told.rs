//! What became of a plan, told to programs and to people.

use backstock::commands::plans::{PlanSummary, Written};
use backstock::jobs::PlanWarning;
use domain::plan::{BatchCounts, Origin, PlannedRecord, Sum, SumPart, When};
use domain::values::BatchId;
use serde_json::{Value as Json, json};

use super::file_read::FileRead;
use super::output::{Ended, Printed, plain};

/// How many rejected or kept records a person reads here; the rest is in the JSON or the file.
const SHOWN: usize = 10;

/// What became of a plan.
pub struct Told {
    /// The plan.
    pub plan: PlanSummary,
    /// What was done, or would be.
    pub counts: BatchCounts,
    /// The batches that were written: the plan, then what was taken of the conflicts.
    pub batches: Vec<BatchId>,
    /// The file with the rejected rows.
    pub rejects: Option<Written>,
    /// Records that were rejected or kept.
    pub left: Vec<PlannedRecord>,
    /// Whether it was stopped half-way.
    pub interrupted: bool,
    /// Whether it was only looked at.
    pub dry_run: bool,
    /// How the file was understood, when there is one.
    pub read: Option<FileRead>,
}

impl Told {
    /// How the command ended.
    pub fn ended(&self) -> Ended {
        let printed = Printed::new(self.json(), self.text());
        if self.interrupted {
            return Ended::Interrupted(printed);
        }
        let rest = self.counts.rejected + self.counts.kept + self.counts.not_reached;
        if rest > 0 {
            Ended::WithRest(printed)
        } else {
            Ended::Done(printed)
        }
    }

    /// What a person reads.
    pub fn text(&self) -> String {
        let outline = &self.plan.outline;
        let when = if self.dry_run {
            When::Planned
        } else {
            When::Over
        };
        let mut text = sentence(&self.counts, outline.origin, when);
        if outline.undo_of.is_some() {
            text = format!("{}: {text}", plain(&outline.title));
        }
        for record in self.left.iter().take(SHOWN) {
            text.push_str(&format!("  {}\n", plain(&reason(record))));
        }
        let more = (self.counts.rejected + self.counts.kept) - as_count(self.left.len().min(SHOWN));
        if more > 0 {
            text.push_str(&format!("  and {more} more\n"));
        }
        if let Some(written) = &self.rejects {
            let name = plain(&written.name);
            text.push_str(&format!(
                "Wrote {} rejected rows to {name}.\n",
                written.rows
            ));
        }
        for batch in &self.batches {
            text.push_str(&way_back(*batch));
        }
        if self.interrupted {
            text.push_str("It was interrupted. Give the command again to do the rest.\n");
        }
        text
    }

    fn json(&self) -> Json {
        let counts = &self.counts;
        json!({
            "label": self.plan.outline.label,
            "title": self.plan.outline.title,
            "dryRun": self.dry_run,
            "interrupted": self.interrupted,
            "read": counts.read,
            "created": counts.created,
            "updated": counts.updated,
            "trashed": counts.trashed,
            "restored": counts.restored,
            "unchanged": counts.unchanged,
            "skipped": counts.skipped,
            "kept": counts.kept,
            "rejected": counts.rejected,
            "notReached": counts.not_reached,
            "implied": counts.implied,
            "batch": self.batches.first(),
            "batches": self.batches,
            "undoOf": self.plan.outline.undo_of,
            "warnings": self.plan.outline.warnings,
            "rejects": self.rejects,
            "left": self.left,
            "file": self.read.as_ref().map(FileRead::json),
        })
    }
}

/// How a batch is undone.
pub fn way_back(batch: BatchId) -> String {
    format!("Batch {batch}. Undo it with: backstock undo {batch}\n")
}

fn as_count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// One record that was left: where it stands, and why.
fn reason(record: &PlannedRecord) -> String {
    let what = [
        record.line.map(|line| format!("line {line}")),
        Some(record.code.clone()),
    ];
    let what = what.into_iter().flatten().filter(|part| !part.is_empty());
    let mut told = Vec::new();
    for problem in &record.problems {
        let column = match problem.column.as_str() {
            "" => String::new(),
            column => format!("{column} \"{}\": ", problem.value),
        };
        let hint = problem.hint.as_deref().unwrap_or_default();
        told.push(
            format!("{column}{} {hint}", problem.message)
                .trim_end()
                .to_owned(),
        );
    }
    told.extend(record.notes.iter().cloned());
    let what: Vec<String> = what.chain([told.join(" ")]).collect();
    let mut text = what.join(": ");
    if let Some(person) = record.changed_by.as_deref().filter(|name| !name.is_empty()) {
        text.push_str(&format!(" Last changed by {person}."));
    }
    text
}

/// The counts, which add up to what was read: as what would happen, or as what did.
pub fn sentence(counts: &BatchCounts, origin: Origin, when: When) -> String {
    let sums = counts.sums(origin, when);
    // The counts that everyone expects are told even when they are nothing.
    let shown = sums.iter().filter(|sum| {
        sum.part != SumPart::Implied && (sum.count > 0 || is_always_told(sum.part, origin))
    });
    let shown: Vec<String> = shown.map(|sum| part(sum, when)).collect();
    let shown = match shown.as_slice() {
        [] => "nothing to do".to_owned(),
        parts => parts.join(", "),
    };
    let mut text = format!("{} read: {shown}.\n", counts.read);
    if counts.implied > 0 {
        let parents = match counts.implied {
            1 => "1 parent product".to_owned(),
            count => format!("{count} parent products"),
        };
        let written = match when {
            When::Planned => "to write",
            When::Running | When::Over => "written",
        };
        text.push_str(&format!(
            "Plus {parents} {written}, made from the variants.\n"
        ));
    }
    text
}

/// A part of the sum, such as "4 to create".
fn part(sum: &Sum, when: When) -> String {
    match when {
        When::Planned if sum.part.is_written() => format!("{} to {}", sum.count, sum.words),
        _ => format!("{} {}", sum.count, sum.words),
    }
}

/// Whether a part is told even when it is nothing.
fn is_always_told(part: SumPart, origin: Origin) -> bool {
    match part {
        SumPart::Create
        | SumPart::Update
        | SumPart::Trash
        | SumPart::Restore
        | SumPart::Purge
        | SumPart::Unchanged
        | SumPart::Skipped
        | SumPart::Error => origin != Origin::Undo,
        SumPart::Conflict | SumPart::Rest | SumPart::Implied => false,
    }
}

/// What a person should look at.
pub fn describe(warning: &PlanWarning) -> String {
    format!("{}.", plain(&warning.text))
}

#[cfg(test)]
mod tests {
    use domain::plan::{BatchCounts, Origin, When};

    use super::sentence;

    #[test]
    fn the_counts_add_up_to_what_was_read() {
        let counts = BatchCounts {
            read: 10,
            created: 4,
            updated: 3,
            unchanged: 2,
            rejected: 1,
            implied: 2,
            ..BatchCounts::default()
        };
        let told = |origin, when| sentence(&counts, origin, when);
        assert_eq!(
            told(Origin::Import, When::Over),
            "10 read: 4 created, 3 updated, 1 rejected, 2 unchanged, 0 skipped.\n\
             Plus 2 parent products written, made from the variants.\n"
        );
        let planned = told(Origin::Import, When::Planned);
        assert!(planned.starts_with("10 read: 4 to create, 3 to update, 1 error, 2 unchanged"));
    }

    #[test]
    fn what_moves_to_the_trash_or_comes_back_says_so() {
        let counts = BatchCounts {
            read: 6,
            updated: 6,
            trashed: 2,
            restored: 1,
            ..BatchCounts::default()
        };
        assert_eq!(
            sentence(&counts, Origin::Undo, When::Over),
            "6 read: 3 put back, 2 moved to the trash, 1 restored.\n"
        );
        assert_eq!(
            sentence(&counts, Origin::Undo, When::Planned),
            "6 read: 3 to put back, 2 to move to the trash, 1 to restore.\n"
        );
    }
}
