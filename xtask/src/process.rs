//! Other programs: where they are, and running them.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Result;

/// The repository. Cargo says where it is at each run: a program that was compiled before the
/// repository was moved is not compiled anew.
pub fn root() -> PathBuf {
    let told = std::env::var_os("CARGO_MANIFEST_DIR");
    let own = told.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().unwrap_or(&own).to_path_buf()
}

/// Where cargo builds, and where all that is made on the way is kept.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(chosen) => root().join(chosen),
        None => root().join("target"),
    }
}

/// A command that runs in the repository.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs this program. It is not told of this package: some build scripts take that for
/// a change, and half of the dependencies would be compiled anew after each cargo of one's own.
pub fn cargo() -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// The first of the programs called `name`, in the search path or where servers are kept.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/libexec", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}

/// Runs a command to its end; what it prints goes to the terminal.
pub fn run(command: &mut Command) -> Result {
    finish(command, &shown(command))
}

/// Runs a command to its end; what it prints goes to the end of the file `log`.
pub fn run_logged(command: &mut Command, log: &Path) -> Result {
    let name = shown(command);
    let mut file = File::options().create(true).append(true).open(log)?;
    std::io::Write::write_all(&mut file, format!("$ {name}\n").as_bytes())?;
    command
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    finish(command, &name)
}

/// What a command prints, when it succeeds.
pub fn output(command: &mut Command) -> Result<String> {
    let name = shown(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot start `{name}`: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{name}` failed: {}", said.trim()).into())
    }
}

fn finish(command: &mut Command, name: &str) -> Result {
    let status = command
        .status()
        .map_err(|error| format!("cannot start `{name}`: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{name}` failed ({status})").into())
    }
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let mut shown = name.to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}
