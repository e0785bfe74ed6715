//! `cargo xtask sandbox`: the practice shops.

use std::process::ExitCode;

use crate::Result;
use crate::process::{cargo, run};

/// Builds the practice shops and runs them until they are stopped.
pub fn sandbox(arguments: &[String]) -> Result<ExitCode> {
    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--package",
        "sandbox",
        "--bin",
        "practice-shops",
        "--",
    ]);
    run(command.args(arguments))?;
    Ok(ExitCode::SUCCESS)
}
