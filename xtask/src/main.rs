//! `cargo xtask`: everything that a developer does here, from a fresh machine to a benchmark.
//!
//! - `run`: installs what is missing, builds the window and runs it.
//! - `test`: every check there is, with a summary.
//! - `bench`: the benches, and their figures in `docs/benchmarks.md`.
//! - `codegen`: the types that the user interface shares with the core.
//! - `screenshots`: the pictures in the README, taken of the real app.
//! - `sandbox`: the practice shops.
//!
//! It depends on nothing, so that it is there at once.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal prints"
)]

mod bench;
mod codegen;
mod display;
mod mariadb;
mod packages;
mod process;
mod run;
mod sandbox;
mod server;
mod start_bench;
mod steps;
mod summary;
mod test;
mod ui;

use std::process::ExitCode;

/// What goes wrong here is told to a person and handled nowhere.
type Result<T = (), E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

const USAGE: &str = "\
Usage: cargo xtask <command>

  run [--release] [--screenshot-only] [-- ARGS]   build the app and run it
  test [--fast] [--only STEP]... [--list]         run every check; --fast leaves out servers and windows
  bench [FILTER]                                  run the benches, write docs/benchmarks.md
  codegen                                         write ui/src/bindings from the core's types
  screenshots [--all]                             take the README's pictures of the real app;
                                                  --all: every screen, in target/screens
  sandbox [--seed N] [--products N]               a practice Shopify and a practice Maropost, until Ctrl-C
          [--shopify PORT] [--maropost PORT]

What is missing on the machine is installed first, and named.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = arguments
        .split_first()
        .map_or(("help", &[][..]), |(first, rest)| (first.as_str(), rest));
    match command {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "bench" => bench::bench(rest),
        "codegen" => codegen::codegen(),
        "screenshots" => codegen::screenshots(rest),
        "sandbox" => sandbox::sandbox(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(format!("there is no command \"{other}\".\n\n{USAGE}").into()),
    }
}
