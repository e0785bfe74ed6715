//! What the steps of a test run came to, while they run and at the end.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::Result;
use crate::process::target_dir;
use crate::steps::{STEPS, Step};

/// How many lines of a failed step's output are shown; all of it stays in a file.
const SHOWN_LINES: usize = 200;

/// The outcome of each step so far.
#[derive(Default)]
pub struct Summary {
    outcomes: Mutex<Vec<Outcome>>,
}

struct Outcome {
    name: &'static str,
    time: Duration,
    passed: bool,
}

impl Summary {
    /// Runs a step and notes what came of it.
    pub fn record(&self, step: &Step) -> Result {
        let log = log_file(step.name)?;
        println!("  …      {:<18} {}", step.name, step.what);
        let start = Instant::now();
        let result = (step.run)(&log);
        let time = start.elapsed();

        let passed = result.is_ok();
        // One lock for noting and printing keeps the lines of parallel steps apart.
        let mut outcomes = self.outcomes.lock().map_err(|_| "a step panicked")?;
        if let Err(error) = result {
            println!("{}", last_lines(&log));
            println!("  {error}\n  Everything it said: {}", log.display());
        }
        println!("{}", line(step.name, time, passed));
        outcomes.push(Outcome {
            name: step.name,
            time,
            passed,
        });
        Ok(())
    }

    /// Prints a line for each step, and the count; true when nothing failed.
    pub fn print(&self, total: Duration) -> Result<bool> {
        let mut outcomes = self.outcomes.lock().map_err(|_| "a step panicked")?;
        outcomes.sort_by_key(|outcome| STEPS.iter().position(|step| step.name == outcome.name));
        println!("\nSummary ({} s)", total.as_secs());
        for outcome in outcomes.iter() {
            println!("{}", line(outcome.name, outcome.time, outcome.passed));
        }
        let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
        let failed = outcomes.len() - passed;
        println!("{passed} passed, {failed} failed");
        Ok(failed == 0)
    }
}

fn line(name: &str, time: Duration, passed: bool) -> String {
    let word = if passed { "ok" } else { "FAILED" };
    format!("  {word:<7}{name:<18} {:>7.1} s", time.as_secs_f64())
}

fn log_file(step: &str) -> Result<PathBuf> {
    let folder = target_dir().join("xtask/logs");
    std::fs::create_dir_all(&folder)?;
    let log = folder.join(format!("{step}.log"));
    std::fs::write(&log, "")?;
    Ok(log)
}

fn last_lines(log: &std::path::Path) -> String {
    let bytes = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(SHOWN_LINES);
    lines[from..].join("\n")
}
