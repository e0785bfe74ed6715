//! What is made from the code and kept beside it: shared types, pictures.

use std::process::ExitCode;

use crate::Result;
use crate::packages::{self, Purpose};
use crate::process::{cargo, run};
use crate::ui::{self, Output};

/// Writes `ui/src/bindings` from the core's types. A test compares the two; here it writes.
pub fn codegen() -> Result<ExitCode> {
    packages::ensure(&[Purpose::Build])?;
    let mut command = cargo();
    // The whole workspace, as for the tests, so that nothing is compiled a second time.
    command.args(["test", "--quiet", "--workspace", "--locked"]);
    command.args(["--test", "integration", "bindings"]);
    run(command.env("UPDATE_BINDINGS", "1"))?;
    Ok(ExitCode::SUCCESS)
}

/// Takes the README's pictures of the real app.
pub fn screenshots() -> Result<ExitCode> {
    packages::ensure(&[Purpose::Build, Purpose::Display, Purpose::Drive])?;
    ui::install(Output::Terminal)?;
    ui::build(Output::Terminal)?;
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked", "--test", "screenshots"]);
    run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}
