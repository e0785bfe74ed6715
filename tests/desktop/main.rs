//! The real app on a virtual screen, driven end to end as a person would.

mod harness;
mod start;
