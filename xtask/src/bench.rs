//! `cargo xtask bench`: runs the benches and keeps what they say in `docs/benchmarks.md`.
//!
//! A bench prints Markdown. Its part of the page stands between two marks, so that running one
//! bench leaves the figures of the others alone.

use std::fs;
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use crate::Result;
use crate::mariadb::{ADDRESS_VARIABLE, MariaDb};
use crate::packages::{self, Purpose};
use crate::process::{cargo, output, root, run, target_dir};
use crate::start_bench;
use crate::ui::{self, Output};

const HEAD: &str = "# Benchmarks

`cargo xtask bench` runs every bench in `benches/` and writes this page; `cargo xtask bench NAME` runs one.
";

/// The bench that drives the window.
const SCROLL: &str = "scroll";

/// Runs the benches whose name contains the first argument, or all.
pub fn bench(arguments: &[String]) -> Result<ExitCode> {
    let filter = arguments.first().map_or("", String::as_str);
    let mut names = names()?;
    names.retain(|name| name.contains(filter));
    if names.is_empty() {
        return Err(format!("no bench in benches/ is called \"{filter}\"").into());
    }
    for name in names {
        println!("Running {name}");
        let figures = match name.as_str() {
            start_bench::NAME => start_bench::measure()?,
            SCROLL => scroll()?,
            _ => measure(&name)?,
        };
        println!("{figures}");
        write(&name, &figures)?;
    }
    println!("Written to docs/benchmarks.md");
    Ok(ExitCode::SUCCESS)
}

/// What a bench in `benches/` prints.
fn measure(name: &str) -> Result<String> {
    packages::ensure(&[Purpose::Build, Purpose::Database, Purpose::Measure])?;
    run(cargo().args(["bench", "--no-run", "--locked", "--package", "backstock"]))?;
    let server = MariaDb::start()?;
    let mut command = cargo();
    command
        .args(["bench", "--quiet", "--locked", "--package", "backstock"])
        .args(["--bench", name])
        .env(ADDRESS_VARIABLE, server.address())
        .stderr(Stdio::inherit());
    output(&mut command)
}

/// What the bench of the window prints; its workspace is kept for the next time.
fn scroll() -> Result<String> {
    packages::ensure(&[Purpose::Build, Purpose::Display, Purpose::Drive])?;
    ui::install(Output::Terminal)?;
    ui::build(Output::Terminal)?;
    let mut command = cargo();
    command
        .args([
            "bench",
            "--quiet",
            "--locked",
            "--package",
            "backstock-desktop",
        ])
        .args(["--bench", SCROLL, "--", "--seconds", "600", "--keep"])
        .arg(target_dir().join("xtask/scroll-bench"))
        .stderr(Stdio::inherit());
    output(&mut command)
}

/// The benches there are: those in `benches/`, and the start of the window.
fn names() -> Result<Vec<String>> {
    let folder = root().join("benches");
    let files = fs::read_dir(&folder).map_err(|error| format!("cannot read benches/: {error}"))?;
    let mut names = Vec::new();
    for file in files {
        let path = file?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(stem), true) = (stem, path.extension().is_some_and(|ext| ext == "rs")) {
            names.push(stem.to_owned());
        }
    }
    names.push(start_bench::NAME.to_owned());
    names.sort();
    Ok(names)
}

fn write(name: &str, figures: &str) -> Result {
    let page = page();
    let text = fs::read_to_string(&page).unwrap_or_else(|_| HEAD.to_owned());
    let part = format!(
        "## {name}\n\n`cargo xtask bench {name}` on {}\n\n{}",
        machine(),
        figures.trim()
    );
    Ok(fs::write(page, replaced(&text, name, &part))?)
}

fn page() -> PathBuf {
    root().join("docs/benchmarks.md")
}

/// `text` with the part called `name` replaced by `part`, or followed by it.
fn replaced(text: &str, name: &str, part: &str) -> String {
    let (start, end) = (format!("<!-- bench {name} -->"), "<!-- end -->");
    let part = format!("{start}\n{part}\n{end}");
    match text.find(&start) {
        None => format!("{}\n\n{part}\n", text.trim_end()),
        Some(from) => {
            let old = &text[from..];
            let after = old.find(end).map_or("\n", |at| &old[at + end.len()..]);
            format!("{}{part}{after}", &text[..from])
        }
    }
}

/// What the figures depend on: system, processor, cores.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(": ")?.1.to_owned())
        })
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{}, {processor}, {cores} cores", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, replaced};

    #[test]
    fn running_one_bench_again_replaces_its_part_and_no_other() {
        let both = replaced(&replaced(HEAD, "import", "slow"), "lists", "quick");
        assert_eq!(
            replaced(&both, "import", "fast"),
            both.replace("slow", "fast"),
            "only the figures of `import` change"
        );
        assert!(both.starts_with(HEAD), "the head stays");
    }
}
