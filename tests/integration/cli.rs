//! The command line, as a script uses it: the real program, its exit codes, its JSON.
