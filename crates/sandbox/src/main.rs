//! Runs the practice shops until it is stopped.

fn main() {}
