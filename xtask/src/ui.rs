//! The user interface: its packages, its build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::process::{find, output, root, run, run_logged};

/// The oldest Node that the user interface's tools run on.
const OLDEST_NODE: u32 = 20;

/// Where what a step prints goes.
#[derive(Clone, Copy)]
pub enum Output<'a> {
    /// To the terminal.
    Terminal,
    /// To a file.
    Log(&'a Path),
}

/// Installs the packages when the lock file changed since they were installed last.
pub fn install(to: Output) -> Result {
    check_node()?;
    let lock = fs::read(root().join("ui/package-lock.json"))
        .map_err(|error| format!("cannot read ui/package-lock.json: {error}"))?;
    let stamp = root().join("ui/node_modules/.backstock-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    npm(&["ci", "--no-audit", "--no-fund"], to)?;
    Ok(fs::write(stamp, lock)?)
}

/// Builds what the window shows into `ui/dist`.
pub fn build(to: Output) -> Result {
    script("build", to)
}

/// Runs a script of `ui/package.json`.
pub fn script(name: &str, to: Output) -> Result {
    npm(&["run", "--silent", name], to)
}

/// Runs the tests against a core: the command line's program, which must be built already.
pub fn tests(core: &Path, to: Output) -> Result {
    let mut command = npm_command(&["run", "--silent", "test"])?;
    told(command.env("BACKSTOCK_BIN", core), to)
}

fn npm(arguments: &[&str], to: Output) -> Result {
    told(&mut npm_command(arguments)?, to)
}

fn npm_command(arguments: &[&str]) -> Result<Command> {
    let program = npm_program().ok_or(
        "npm was not found. It comes with Node from nodejs.org; some systems keep it in a package of its own, called npm.",
    )?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(root().join("ui"))
        .env("NPM_CONFIG_UPDATE_NOTIFIER", "false");
    Ok(command)
}

fn told(command: &mut Command, to: Output) -> Result {
    match to {
        Output::Terminal => run(command),
        Output::Log(log) => run_logged(command, log),
    }
}

/// On Windows npm is a script, which only its full name starts.
fn npm_program() -> Option<PathBuf> {
    find(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn check_node() -> Result {
    let advice = format!(
        "Node {OLDEST_NODE} or newer is needed to build the user interface. Get it from nodejs.org or your system."
    );
    let Ok(version) = output(Command::new("node").arg("--version")) else {
        return Err(format!("Node was not found. {advice}").into());
    };
    let major = version.trim().trim_start_matches('v').split('.').next();
    match major.and_then(|major| major.parse::<u32>().ok()) {
        Some(major) if major < OLDEST_NODE => {
            Err(format!("This is Node {}. {advice}", version.trim()).into())
        }
        _ => Ok(()),
    }
}
