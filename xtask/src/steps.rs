//! The steps of `cargo xtask test`: each one a check with a name.

use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::mariadb::{ADDRESS_VARIABLE, MariaDb};
use crate::packages::{self, Purpose};
use crate::process::{cargo, find, run_logged, target_dir};
use crate::ui::{self, Output};

/// One check.
pub struct Step {
    /// What it is called on the command line and in the summary.
    pub name: &'static str,
    /// What it checks.
    pub what: &'static str,
    /// When it runs.
    pub lane: Lane,
    /// Which runs include it.
    pub part_of: Runs,
    /// Does it; what is printed goes to the file.
    pub run: fn(&Path) -> Result,
}

/// Which runs include a step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// Every run.
    All,
    /// The whole run.
    Whole,
    /// The whole run, where there are virtual displays.
    WholeOnLinux,
    /// The run with `--fast`, which starts no server and no window.
    Fast,
}

impl Runs {
    /// Whether a run of this kind includes a step that is part of `self`.
    pub fn include(self, wanted: Self) -> bool {
        match self {
            Self::All => true,
            Self::WholeOnLinux => wanted == Self::Whole && cfg!(target_os = "linux"),
            Self::Whole | Self::Fast => wanted == self,
        }
    }
}

/// The two lanes in the middle run side by side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Before everything: what the others build on.
    First,
    /// The compiler's.
    Rust,
    /// The user interface's.
    Ui,
    /// After everything: what wants the machine for itself.
    Last,
}

/// Every step, in the order of the summary.
pub const STEPS: &[Step] = &[
    Step {
        name: "system",
        what: "what the system must have",
        lane: Lane::First,
        part_of: Runs::All,
        run: |_| packages::ensure(&[Purpose::Build]),
    },
    Step {
        name: "ui-install",
        what: "the user interface's packages",
        lane: Lane::First,
        part_of: Runs::All,
        run: |log| ui::install(Output::Log(log)),
    },
    Step {
        name: "ui-build",
        what: "the user interface is built",
        lane: Lane::First,
        part_of: Runs::All,
        run: |log| ui::build(Output::Log(log)),
    },
    Step {
        name: "format",
        what: "Rust is formatted",
        lane: Lane::Rust,
        part_of: Runs::All,
        run: |log| run_logged(cargo().args(["fmt", "--all", "--check"]), log),
    },
    Step {
        name: "clippy",
        what: "Rust has no warnings",
        lane: Lane::Rust,
        part_of: Runs::All,
        run: clippy,
    },
    Step {
        name: "docs",
        what: "the documentation has no dead links",
        lane: Lane::Rust,
        part_of: Runs::Whole,
        run: docs,
    },
    Step {
        name: "rust-tests",
        what: "Rust tests, on SQLite and on MariaDB",
        lane: Lane::Rust,
        part_of: Runs::Whole,
        run: rust_tests_on_both,
    },
    Step {
        name: "rust-tests-sqlite",
        what: "Rust tests, on SQLite alone",
        lane: Lane::Rust,
        part_of: Runs::Fast,
        run: |log| rust_tests(log, None),
    },
    Step {
        name: "ui-types",
        what: "TypeScript's types are right",
        lane: Lane::Ui,
        part_of: Runs::All,
        run: |log| ui::script("typecheck", Output::Log(log)),
    },
    Step {
        name: "ui-lint",
        what: "TypeScript has no warnings",
        lane: Lane::Ui,
        part_of: Runs::All,
        run: |log| ui::script("lint", Output::Log(log)),
    },
    Step {
        name: "ui-format",
        what: "TypeScript is formatted",
        lane: Lane::Ui,
        part_of: Runs::All,
        run: |log| ui::script("format:check", Output::Log(log)),
    },
    Step {
        name: "ui-tests",
        what: "tests of the user interface's parts",
        lane: Lane::Ui,
        part_of: Runs::All,
        run: ui_tests,
    },
    Step {
        name: "desktop",
        what: "the real app, driven end to end",
        lane: Lane::Last,
        part_of: Runs::WholeOnLinux,
        run: desktop,
    },
];

// Every step names the whole workspace: another choice of packages has other features, and compiles
// the dependencies again.

/// "All targets" are those that run by default; the desktop tests want a display, so do not, and are not
/// among them even when they are named beside.
fn clippy(log: &Path) -> Result {
    let all: &[&str] = &["--all-targets"];
    for targets in [all, &["--test", "desktop"]] {
        let mut command = cargo();
        command.args(["clippy", "--workspace", "--locked"]);
        run_logged(command.args(targets).args(["--", "-D", "warnings"]), log)?;
    }
    Ok(())
}

fn docs(log: &Path) -> Result {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--locked"]);
    command.args(["--no-deps", "--document-private-items"]);
    run_logged(command.env("RUSTDOCFLAGS", "-D warnings"), log)
}

/// Elsewhere than on Linux the server is used when it is there.
fn rust_tests_on_both(log: &Path) -> Result {
    packages::ensure(&[Purpose::Database])?;
    if !cfg!(target_os = "linux") && find("mariadbd").is_none() {
        println!("  There is no MariaDB on this machine: the tests run on SQLite alone.");
        return rust_tests(log, None);
    }
    let server = MariaDb::start_for_tests()?;
    rust_tests(log, Some(&server.address()))
}

fn rust_tests(log: &Path, database: Option<&str>) -> Result {
    let nextest = find("cargo-nextest").is_some();
    let mut tests = cargo();
    tests.args(if nextest {
        &["nextest", "run"][..]
    } else {
        &["test", "--lib", "--bins", "--tests"]
    });
    tests.args(["--workspace", "--locked", "--no-fail-fast"]);
    run_logged(with_database(&mut tests, database), log)?;

    let mut examples = cargo();
    examples.args(["test", "--doc", "--workspace", "--locked"]);
    run_logged(with_database(&mut examples, database), log)
}

fn with_database<'a>(command: &'a mut Command, address: Option<&str>) -> &'a mut Command {
    match address {
        Some(address) => command.env(ADDRESS_VARIABLE, address),
        None => command.env_remove(ADDRESS_VARIABLE),
    }
}

/// The tests of the user interface talk to the core, behind the command line's program.
fn ui_tests(log: &Path) -> Result {
    build_terminal(log)?;
    let program = format!("backstock{}", std::env::consts::EXE_SUFFIX);
    ui::tests(&target_dir().join("debug").join(program), Output::Log(log))
}

fn build_terminal(log: &Path) -> Result {
    let mut terminal = cargo();
    terminal.args(["build", "--workspace", "--locked", "--bin", "backstock"]);
    run_logged(&mut terminal, log)
}

/// Drives the real app.
fn desktop(log: &Path) -> Result {
    drive(log, false)
}

/// Drives the real app, and looks at every screen in one look or in all; the database is for
/// shared workspaces.
pub fn drive(log: &Path, every_look: bool) -> Result {
    packages::ensure(&[Purpose::Display, Purpose::Drive, Purpose::Database])?;
    let server = MariaDb::start_for_tests()?;
    build_terminal(log)?;
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked", "--test", "desktop"]);
    if every_look {
        command.env("BACKSTOCK_TOUR", "all");
    }
    run_logged(with_database(&mut command, Some(&server.address())), log)
}
