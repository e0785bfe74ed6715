//! `cargo xtask run`: from a fresh machine to the window.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::Result;
use crate::display::{self, VirtualDisplay};
use crate::packages::{self, Purpose};
use crate::process::{cargo, run as run_command, target_dir};
use crate::server::{self, Server};
use crate::ui::{self, Output};

struct Options<'a> {
    release: bool,
    screenshot_only: bool,
    for_app: &'a [String],
}

/// Builds the app and runs it; without a screen, on a virtual one, and takes a picture.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let options = parse(arguments)?;
    let mut purposes = vec![Purpose::Build];
    let on_screen = display::is_there() && !options.screenshot_only;
    if !on_screen && !cfg!(target_os = "linux") {
        return Err(
            "a screen in memory, which --screenshot-only wants, is there on Linux alone".into(),
        );
    }
    if !on_screen {
        purposes.push(Purpose::Display);
    }
    packages::ensure(&purposes)?;
    ui::install(Output::Terminal)?;
    ui::build(Output::Terminal)?;
    let app = build(options.release)?;
    if on_screen {
        run_command(Command::new(app).args(options.for_app))?;
        return Ok(ExitCode::SUCCESS);
    }
    show_without_screen(&app, &options)
}

fn parse(arguments: &[String]) -> Result<Options<'_>> {
    let mut options = Options {
        release: false,
        screenshot_only: false,
        for_app: &[],
    };
    for (index, argument) in arguments.iter().enumerate() {
        match argument.as_str() {
            "--release" => options.release = true,
            "--screenshot-only" => options.screenshot_only = true,
            "--" => {
                options.for_app = &arguments[index + 1..];
                break;
            }
            other => return Err(format!("`run` does not know \"{other}\"").into()),
        }
    }
    Ok(options)
}

fn build(release: bool) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--locked", "--package", "backstock-desktop"]);
    let profile = if release {
        command.arg("--release");
        "release"
    } else {
        "debug"
    };
    run_command(&mut command)?;
    let name = format!("backstock-desktop{}", std::env::consts::EXE_SUFFIX);
    Ok(target_dir().join(profile).join(name))
}

fn show_without_screen(app: &Path, options: &Options) -> Result<ExitCode> {
    if !display::is_there() {
        println!("This machine has no display: the app runs on a virtual one.");
    }
    let screen = VirtualDisplay::start()?;
    let mut command = server::command(app);
    command
        .args(options.for_app)
        .env("DISPLAY", screen.name())
        .env_remove("WAYLAND_DISPLAY")
        .env("GDK_BACKEND", "x11");
    let mut app = Server::start("the app", &mut command)?;
    let settled = screen.settle(&mut app)?;
    println!(
        "The window was painted {:.1} s after its start, and ready after {:.1} s.",
        settled.painted.as_secs_f64(),
        settled.ready.as_secs_f64()
    );
    let picture = screen.picture()?;
    println!("Screenshot of the running window: {}", picture.display());

    if options.screenshot_only
        || !std::io::stdin().is_terminal()
        || std::env::var_os("CI").is_some()
    {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "The app goes on running on display {}. Ctrl-C ends it.",
        screen.name()
    );
    app.wait()?;
    Ok(ExitCode::SUCCESS)
}
