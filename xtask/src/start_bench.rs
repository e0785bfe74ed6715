//! How long the window takes to be ready on a catalogue of a million products: an optimised build, a
//! virtual screen whose memory is looked at, and nothing in the app that knows of it.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Result;
use crate::display::{Settled, VirtualDisplay};
use crate::packages::{self, Purpose};
use crate::process::{cargo, output, run, target_dir};
use crate::server::{self, Server};
use crate::ui::{self, Output};

/// What the bench is called beside those in `benches/`.
pub const NAME: &str = "start";

const PRODUCTS: usize = 1_000_000;
const STARTS: usize = 7;
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "long enough to sign in";

/// Builds the app, fills a workspace, starts the window again and again. Gives the figures.
pub fn measure() -> Result<String> {
    packages::ensure(&[Purpose::Build, Purpose::Display, Purpose::Drive])?;
    ui::install(Output::Terminal)?;
    ui::build(Output::Terminal)?;
    run(cargo()
        .args(["build", "--release", "--locked", "--bins"])
        .args(["--package", "backstock", "--package", "backstock-desktop"]))?;
    let folder = target_dir().join("xtask/start-bench");
    std::fs::create_dir_all(&folder)?;
    let data = fill(&folder)?;
    let mut starts = Vec::new();
    let mut sign_ins = Vec::new();
    for _ in 0..STARTS {
        let (start, sign_in) = start_and_sign_in(&data)?;
        starts.push(start);
        sign_ins.push(sign_in);
    }
    let mut figures = format!(
        "{PRODUCTS} products, {STARTS} starts, virtual screen without a graphics card\n\n\
         | what | seconds, middle | longest |\n|---|---|---|\n"
    );
    row(&mut figures, "the window is painted", &starts, |s| {
        s.painted
    })?;
    row(
        &mut figures,
        "**the window is ready**: one can type into it",
        &starts,
        |s| s.ready,
    )?;
    row(
        &mut figures,
        "from the password to the first screen, complete",
        &sign_ins,
        |s| s.ready,
    )?;
    Ok(figures)
}

fn row(
    figures: &mut String,
    what: &str,
    settled: &[Settled],
    of: impl Fn(&Settled) -> Duration,
) -> Result {
    let mut seconds: Vec<f64> = settled.iter().map(|one| of(one).as_secs_f64()).collect();
    seconds.sort_by(f64::total_cmp);
    let longest = seconds.last().copied().unwrap_or_default();
    let middle = seconds.get(seconds.len() / 2).copied().unwrap_or_default();
    Ok(writeln!(
        figures,
        "| {what} | {middle:.2} | {longest:.2} |"
    )?)
}

/// A workspace that the command line made and filled, once: its data folder.
fn fill(folder: &Path) -> Result<PathBuf> {
    let data = folder.join("data");
    let filled = folder.join("filled");
    if filled.exists() {
        return Ok(data);
    }
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    let file = folder.join("products.csv");
    write_products(&file)?;
    println!("Filling a workspace with {PRODUCTS} products");
    let arguments = ["init", "--name", "Ada", "--email", EMAIL];
    output(backstock(&data).args(arguments))?;
    output(backstock(&data).arg("import").arg(&file).arg("--yes"))?;
    std::fs::remove_file(file)?;
    std::fs::write(filled, "")?;
    Ok(data)
}

fn backstock(data: &Path) -> Command {
    let mut command = Command::new(program("backstock"));
    command
        .env_remove("BACKSTOCK_WORKSPACE")
        .env("BACKSTOCK_DATA_DIR", data)
        .env("BACKSTOCK_USER", EMAIL)
        .env("BACKSTOCK_PASSWORD", PASSWORD);
    command
}

fn program(name: &str) -> PathBuf {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    target_dir().join("release").join(file)
}

fn write_products(path: &Path) -> Result {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "SKU,Name,Brand,Category,Stock,Store price")?;
    for number in 0..PRODUCTS {
        let (brand, category) = (number % 400, number % 37);
        let (stock, cents) = (number % 90, 500 + number % 9_000);
        writeln!(
            file,
            "ART-{number:07},Article {} of the {category} series,Brand {brand},Category {category},{stock},{}.{:02}",
            number * 7919 % PRODUCTS,
            cents / 100,
            cents % 100
        )?;
    }
    Ok(file.flush()?)
}

/// Starts the app, types e-mail address and password, and ends it.
fn start_and_sign_in(data: &Path) -> Result<(Settled, Settled)> {
    let screen = VirtualDisplay::start()?;
    let mut command = server::command(&program("backstock-desktop"));
    command
        .env("BACKSTOCK_DATA_DIR", data)
        .env("DISPLAY", screen.name())
        .env_remove("WAYLAND_DISPLAY")
        .env("GDK_BACKEND", "x11");
    let mut app = Server::start("the app", &mut command)?;
    let start = screen.settle(&mut app)?;
    let press = |arguments: &[&str]| {
        output(
            Command::new("xdotool")
                .args(arguments)
                .env("DISPLAY", screen.name()),
        )
    };
    press(&["mousemove", "640", "700"])?;
    press(&["type", "--delay", "5", EMAIL])?;
    press(&["key", "Tab"])?;
    press(&["type", "--delay", "5", PASSWORD])?;
    std::thread::sleep(Duration::from_secs(1));
    press(&["key", "Return"])?;
    let sign_in = screen.settle(&mut app)?;
    screen.picture()?;
    Ok((start, sign_in))
}
