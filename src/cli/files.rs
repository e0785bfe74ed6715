//! Files that a command writes.

use std::path::Path;

use super::output::{Failure, usage};

/// Refuses standard output where a file is written.
pub fn named(file: &Path) -> Result<(), Failure> {
    if file.as_os_str() == "-" {
        return Err(usage(
            "This needs the name of a file.",
            "It is put in its place once it is whole, so it cannot be standard output.",
        ));
    }
    Ok(())
}

/// Refuses to write the rejected rows over the file that they come from.
pub fn not_over(file: &Path, rejects: &Path) -> Result<(), Failure> {
    let same = match (file.canonicalize(), rejects.canonicalize()) {
        (Ok(file), Ok(rejects)) => file == rejects,
        _ => false,
    };
    if same {
        return Err(usage(
            "The rejected rows would replace the file that is imported.",
            "Name another file after --rejects.",
        ));
    }
    Ok(())
}
