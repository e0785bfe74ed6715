//! Backstock's desktop shell.
fn main() {}
