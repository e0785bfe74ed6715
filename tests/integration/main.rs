//! Tests of the core from outside: one binary, a module for each subject.

mod architecture;
