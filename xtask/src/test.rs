//! `cargo xtask test`: runs the steps, the others too when one fails.

use std::process::ExitCode;
use std::time::Instant;

use crate::Result;
use crate::steps::{Lane, Runs, STEPS, Step};
use crate::summary::Summary;

/// Runs the steps that the arguments ask for.
pub fn test(arguments: &[String]) -> Result<ExitCode> {
    let Some(chosen) = choose(arguments)? else {
        list();
        return Ok(ExitCode::SUCCESS);
    };
    let start = Instant::now();
    let summary = Summary::default();
    run_lane(&chosen, Lane::First, &summary)?;
    std::thread::scope(|scope| {
        let ui = scope.spawn(|| run_lane(&chosen, Lane::Ui, &summary));
        let rust = run_lane(&chosen, Lane::Rust, &summary);
        ui.join().map_err(|_| "a step panicked")??;
        rust
    })?;
    run_lane(&chosen, Lane::Last, &summary)?;

    let passed = summary.print(start.elapsed())?;
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The steps to run; nothing when they are only to be listed.
fn choose(arguments: &[String]) -> Result<Option<Vec<&'static Step>>> {
    let mut run = Runs::Whole;
    let mut named = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--fast" => run = Runs::Fast,
            "--list" => return Ok(None),
            "--only" => named.push(step_called(rest.next())?),
            other => return Err(format!("`test` does not know \"{other}\"").into()),
        }
    }
    if !named.is_empty() {
        return Ok(Some(named));
    }
    let included = STEPS.iter().filter(|step| step.part_of.include(run));
    Ok(Some(included.collect()))
}

fn step_called(name: Option<&String>) -> Result<&'static Step> {
    let name = name.ok_or("--only wants the name of a step; --list names them")?;
    STEPS
        .iter()
        .find(|step| step.name == name)
        .ok_or_else(|| format!("there is no step \"{name}\"; --list names them").into())
}

fn list() {
    for step in STEPS {
        println!("{:<18} {}", step.name, step.what);
    }
}

fn run_lane(steps: &[&'static Step], lane: Lane, summary: &Summary) -> Result {
    for step in steps.iter().filter(|step| step.lane == lane) {
        summary.record(step)?;
    }
    Ok(())
}
