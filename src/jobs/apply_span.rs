//! How much of a plan one transaction writes, and how long others may write between two.

use std::time::Duration;

/// How long others may take the writer of a file between two transactions. Another program asks
/// for it every tenth of a second at the latest.
pub(super) const BREATH: Duration = Duration::from_millis(50);

/// Sets per transaction while an empty workspace file is filled: no other program waits for the
/// writer, and a commit costs as much as some thousand records.
pub(super) const WHEN_FILLING: Span = Span {
    sets: 10,
    longest: Duration::MAX,
};

/// Sets per transaction on a file that others may be working with. Updates touch pages all over a
/// large file, and each transaction writes every page once: a quarter of the work is spared. Where
/// that takes long, others wait no longer than for one more set.
pub(super) const ON_FILE: Span = Span {
    sets: 3,
    longest: Duration::from_millis(800),
};

/// Sets per transaction on a server.
pub(super) const ON_SERVER: Span = Span {
    sets: 1,
    longest: Duration::MAX,
};

/// How much one transaction takes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    /// How many sets.
    pub(super) sets: usize,
    /// No set is begun later than this.
    pub(super) longest: Duration,
}
