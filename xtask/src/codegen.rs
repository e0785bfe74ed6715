//! What is made from the code and kept beside it: shared types, pictures.

use std::process::ExitCode;

use crate::Result;
use crate::packages::{self, Purpose};
use crate::process::{cargo, root, run, target_dir};
use crate::steps;
use crate::ui::{self, Output};

/// Writes `ui/src/bindings` from the core's types. A test compares the two; here it writes.
pub fn codegen() -> Result<ExitCode> {
    packages::ensure(&[Purpose::Build])?;
    let mut command = cargo();
    // The whole workspace, as for the tests, so that nothing is compiled a second time.
    command.args([
        "test",
        "--quiet",
        "--workspace",
        "--locked",
        "--test",
        "integration",
    ]);
    command.args(["bindings"]);
    run(command.env("UPDATE_BINDINGS", "1"))?;
    Ok(ExitCode::SUCCESS)
}

/// The pictures in the documents, and the pictures of the desktop tests that they are.
const PICTURES: &[(&str, &str)] = &[
    ("products.png", "practice.png"),
    ("import-review.png", "import-review-light.png"),
    ("variants-pictures.png", "variants-pictures.png"),
];

/// Takes the pictures in the documents anew: the desktop tests do, on their way. With `--all` they
/// look at every screen in light and dark, small and large.
pub fn screenshots(arguments: &[String]) -> Result<ExitCode> {
    let every_look = match arguments {
        [] => false,
        [all] if all == "--all" => true,
        _ => return Err("`screenshots` knows --all alone".into()),
    };
    packages::ensure(&[Purpose::Build, Purpose::Display, Purpose::Drive])?;
    ui::install(Output::Terminal)?;
    ui::build(Output::Terminal)?;
    let log = target_dir().join("xtask/screenshots.log");
    println!("What the tests say goes to {}.", log.display());
    steps::drive(&log, every_look)?;
    let folder = root().join("docs/pictures");
    std::fs::create_dir_all(&folder)?;
    for (name, taken) in PICTURES {
        std::fs::copy(target_dir().join("desktop").join(taken), folder.join(name))?;
        println!("docs/pictures/{name}");
    }
    println!("{}", target_dir().join("screens").display());
    Ok(ExitCode::SUCCESS)
}
