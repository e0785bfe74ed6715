//! How far the opening of a file is: the user who waits for it sees that, and can stop it.

use super::registry::Progress;
use domain::error::Result;

/// Files are counted in these.
const KILOBYTE: u64 = 1024;

/// What hears how many bytes of `size` were read in a step: it tells the job, where there is one, and
/// ends the work when that is to stop.
pub(super) fn reading<'a>(
    progress: Option<&'a Progress>,
    step: &str,
    size: u64,
) -> impl FnMut(u64) -> Result<()> + use<'a> {
    if let Some(progress) = progress {
        progress.step(step, kilobytes(size));
    }
    move |bytes| match progress {
        Some(progress) => {
            progress.done(kilobytes(bytes));
            progress.check()
        }
        None => Ok(()),
    }
}

fn kilobytes(bytes: u64) -> i64 {
    i64::try_from(bytes.div_ceil(KILOBYTE)).unwrap_or(i64::MAX)
}
