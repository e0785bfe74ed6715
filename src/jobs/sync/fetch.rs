//! Reading what a shop has into the workspace, page by page; one that was stopped goes on where it was.

use std::time::Duration;

use channels::channel::{Channel, Cursor, Page, Reading};
use domain::error::Result;
use domain::values::{RecordId, Timestamp};
use futures_util::future::join;
use store::{ReadingState, Store};

use crate::jobs::Progress;

/// What changed while a reading began may be told by the next one: so much is read twice, in milliseconds.
const OVERLAP: i64 = 10 * 60 * 1_000;

/// How often a job that waits looks whether it should stop.
const LOOK: Duration = Duration::from_millis(100);

/// What a reading brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fetched {
    /// Items that were never seen before.
    pub new: i64,
    /// Items that changed since.
    pub changed: i64,
    /// Items that were read and are as before.
    pub same: i64,
    /// Items that the shop has no more.
    pub gone: u64,
}

/// Reads what changed since the last reading; everything when `whole`, or when nothing was read yet.
pub async fn fetch(
    progress: &Progress,
    store: &Store,
    (id, channel): (RecordId, &dyn Channel),
    whole: bool,
) -> Result<Fetched> {
    progress.step("Reading the shop", 0);
    let before = store.reading_of(id).await?;
    let resumes = before.cursor.is_some() && (!whole || before.since.is_none());
    let mut state = match resumes {
        true => before,
        false => {
            let since = before.complete_at.filter(|_| !whole);
            let since = since.map(|at| Timestamp(at.0 - OVERLAP));
            let fields = while_wanted(progress, channel.fields()).await??;
            store.begin_reading(id, since, fields).await?
        }
    };
    let what = Reading { since: state.since };
    let mut fetched = Fetched::default();
    let mut read = 0;
    let cursor = state.cursor.clone().map(Cursor);
    let mut page = while_wanted(progress, channel.page(&what, cursor.as_ref())).await??;
    loop {
        progress.check()?;
        read += i64::try_from(page.items.len()).unwrap_or_default();
        // The shop is asked for the next part while this one is written.
        let next = next_page(progress, channel, (&what, &page));
        let kept = keep(store, id, (&mut state, &page), &mut fetched);
        let (next, kept) = join(next, kept).await;
        kept?;
        progress.done(read);
        match next? {
            Some(next) => page = next,
            None => break,
        }
    }
    fetched.gone = store.finish_reading(id, &state).await?;
    Ok(fetched)
}

/// The part behind a page; none at the end.
pub(super) async fn next_page(
    progress: &Progress,
    channel: &dyn Channel,
    (what, page): (&Reading, &Page),
) -> Result<Option<Page>> {
    let Some(next) = &page.next else {
        return Ok(None);
    };
    if let Some(wait) = page.wait {
        while_wanted(progress, tokio::time::sleep(wait)).await?;
    }
    let page = while_wanted(progress, channel.page(what, Some(next))).await??;
    Ok(Some(page))
}

async fn keep(
    store: &Store,
    id: RecordId,
    (state, page): (&mut ReadingState, &Page),
    fetched: &mut Fetched,
) -> Result<()> {
    state.cursor = page.next.clone().map(|cursor| cursor.0);
    state.as_of = state.as_of.or(page.as_of);
    let kept = store.keep_page(id, state, &page.items).await?;
    fetched.new += kept.new;
    fetched.changed += kept.changed;
    fetched.same += kept.same;
    Ok(())
}

/// Waits for something, unless the job is asked to stop meanwhile.
pub async fn while_wanted<T>(progress: &Progress, work: impl Future<Output = T>) -> Result<T> {
    let stopped = async {
        loop {
            tokio::time::sleep(LOOK).await;
            if let Err(stopped) = progress.check() {
                return stopped;
            }
        }
    };
    tokio::select! {
        done = work => Ok(done),
        stopped = stopped => Err(stopped),
    }
}
