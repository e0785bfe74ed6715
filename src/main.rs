//! The `backstock` command line.
fn main() {}
