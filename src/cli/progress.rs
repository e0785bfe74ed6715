//! How far a job is, on one line of the terminal.

use std::io::{self, Write};

use backstock::jobs::{JobKind, JobState, JobStatus};

/// The line; it is wiped when the job ends.
#[derive(Default)]
pub struct Line {
    shown: String,
}

impl Line {
    /// Shows how far the job is, when that changed.
    pub fn show(&mut self, job: &JobStatus) {
        let text = match job.state {
            JobState::Running => describe(job),
            _ => String::new(),
        };
        if text == self.shown {
            return;
        }
        // Progress is a courtesy: a closed terminal must not stop the work.
        io::stderr()
            .write_all(format!("\r\u{1b}[K{text}").as_bytes())
            .ok();
        self.shown = text;
    }
}

fn describe(job: &JobStatus) -> String {
    if job.step.is_empty() {
        return String::new();
    }
    let elapsed = (job.at.0 - job.step_started_at.0).max(0);
    let rate = match elapsed {
        0 => 0,
        millis => job.done.saturating_mul(1_000) / millis,
    };
    let mut text = format!("{} {}", job.step, job.done);
    if job.total > 0 {
        text.push_str(&format!(" of {}", job.total));
    }
    if job.kind == JobKind::OpenImport {
        text.push_str(" KB");
    }
    if rate > 0 {
        text.push_str(&format!(", {rate} a second"));
        let left = (job.total - job.done) / rate;
        if left > 0 {
            text.push_str(&format!(", {}:{:02} left", left / 60, left % 60));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use backstock::jobs::{JobId, JobKind, JobState, JobStatus};
    use domain::values::Timestamp;

    use super::describe;

    #[test]
    fn a_line_tells_counts_rate_and_time_left() {
        let mut job = JobStatus {
            id: JobId(1),
            kind: JobKind::ApplyPlan,
            label: "june.csv".into(),
            state: JobState::Running,
            step: String::new(),
            done: 0,
            total: 10_000,
            started_at: Timestamp(0),
            at: Timestamp(0),
            step_started_at: Timestamp(0),
            plan: None,
            batch: None,
            error: None,
        };
        assert_eq!(describe(&job), "", "it has not begun");
        job.step = "Applying".into();
        assert_eq!(describe(&job), "Applying 0 of 10000");
        (job.done, job.at) = (1_000, Timestamp(10_000));
        assert_eq!(
            describe(&job),
            "Applying 1000 of 10000, 100 a second, 1:30 left"
        );
        job.total = 0;
        assert_eq!(describe(&job), "Applying 1000, 100 a second");
    }
}
