//! Channels that are synced by themselves, every so many minutes, for the user who is signed in. Of several desktops
//! that share a database the one that takes the turn of a channel syncs it.

use std::time::Duration;

use tokio::task::{AbortHandle, JoinSet};
use uuid::Uuid;

use super::app::App;
use super::call::Call;
use super::channels::{FetchChannel, SyncChannel, SyncOnly, fetch, sync};
use super::jobs::Started;
use super::list;
use super::plans::{SelectPlan, apply, discard};
use super::rest::{Resting, let_all_rest};
use crate::jobs::{JobState, Plan};
use domain::channel::shop::{CHANNEL, EVERY, STATE, STOCK_EVERY, UNASKED};
use domain::error::{Error, Result};
use domain::record::{Field, Record, Value};
use domain::values::{PlanId, RecordId, Timestamp};
use store::{RecordQuery, SyncTurn, TurnDone};

/// How often it is looked what is due.
const LOOK: Duration = Duration::from_secs(20);

/// How often a turn is prolonged: well before it runs out.
const PROLONG: Duration = Duration::from_secs(60);

/// No workspace has more channels.
const MOST_CHANNELS: i64 = 1_000;

const MINUTE: i64 = 60_000;

/// What is due of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Due {
    channel: RecordId,
    products: bool,
    stock: bool,
    /// Whether what is found of products is applied.
    unasked: bool,
}

impl Due {
    /// None where nothing is.
    fn of(record: &Record, turn: &SyncTurn, now: Timestamp) -> Option<Self> {
        if record.trashed || record.fields.text(STATE) == "paused" || turn.held_until > now {
            return None;
        }
        let is_due = |every: Field, last: Option<Timestamp>| {
            let minutes = record.fields.get(every).as_number();
            minutes
                .is_some_and(|minutes| last.is_none_or(|last| last.0 + minutes * MINUTE <= now.0))
        };
        let due = Self {
            channel: record.id,
            products: is_due(EVERY, turn.products_at),
            stock: is_due(STOCK_EVERY, turn.stock_at),
            unasked: *record.fields.get(UNASKED) == Value::Flag(true),
        };
        (due.products || due.stock).then_some(due)
    }
}

impl App {
    /// Syncs what is due, again and again, where the host wants that.
    pub(super) fn keep_schedules(&self) -> Option<AbortHandle> {
        let app = self.parts().stays.then(|| self.clone())?;
        let keeping = tokio::spawn(async move {
            let mut running = JoinSet::new();
            let mut resting = Resting::default();
            loop {
                tokio::time::sleep(LOOK).await;
                while running.try_join_next().is_some() {}
                // Before a user signs in, or while the user may not sync, nothing is due.
                let Ok(call) = admit(&app).await else {
                    continue;
                };
                for due in all_due(&call).await.unwrap_or_default() {
                    let app = app.clone();
                    running.spawn(async move { app.sync_in_turn(due).await });
                }
                // What cannot be looked at now is looked at the next time.
                resting.look(&call).await.ok();
            }
        });
        Some(keeping.abort_handle())
    }

    /// Syncs what is due now, one channel after the other. Gives how many were synced.
    pub async fn sync_what_is_due(&self) -> Result<usize> {
        let call = admit(self).await?;
        let mut synced = 0;
        for due in all_due(&call).await? {
            synced += usize::from(self.sync_in_turn(due).await?);
        }
        Ok(synced)
    }

    /// Lets those products rest that changed in nothing that a shop has. Gives how many there were.
    pub async fn let_settled_rest(&self) -> Result<usize> {
        let_all_rest(&admit(self).await?).await
    }

    /// Syncs a channel unless another desktop does; whether it was this one.
    async fn sync_in_turn(&self, due: Due) -> Result<bool> {
        let call = admit(self).await?;
        let (store, holder) = (call.store()?, Uuid::now_v7());
        if !store.take_turn(due.channel, holder).await? {
            return Ok(false);
        }
        // Another may have had its turn since it was looked.
        let record = store.get(CHANNEL, due.channel).await?;
        let turn = SyncTurn {
            held_until: Timestamp::default(),
            ..store.sync_turn(due.channel).await?
        };
        let still = Due::of(&record, &turn, call.clock().now());
        let done = match still {
            None => TurnDone {
                problem: turn.problem,
                ..TurnDone::default()
            },
            Some(due) => {
                let synced = {
                    let holding = async {
                        loop {
                            tokio::time::sleep(PROLONG).await;
                            // A database that cannot be asked for a moment is asked again.
                            store.keep_turn(due.channel, holder).await.ok();
                        }
                    };
                    tokio::select! {
                        synced = run(&call, due) => synced,
                        () = holding => Ok(()),
                    }
                };
                TurnDone {
                    products: due.products,
                    stock: due.stock,
                    problem: synced.err().map(|error| error.message),
                }
            }
        };
        store.end_turn(due.channel, holder, &done).await?;
        Ok(still.is_some())
    }
}

/// The user as one who syncs; who may not, or is not there, does not.
async fn admit(app: &App) -> Result<Call> {
    let command = list::find("channels.sync");
    let command = command.ok_or_else(|| Error::internal("Channels cannot be synced."))?;
    Call::admit(app, command).await
}

async fn all_due(call: &Call) -> Result<Vec<Due>> {
    let (store, now) = (call.store()?, call.clock().now());
    let all = RecordQuery::default();
    let (channels, _) = store.list_records(CHANNEL, &all, 0, MOST_CHANNELS).await?;
    let mut due = Vec::new();
    for record in &channels {
        let fields = &record.fields;
        if fields.get(EVERY).is_empty() && fields.get(STOCK_EVERY).is_empty() {
            continue;
        }
        due.extend(Due::of(record, &store.sync_turn(record.id).await?, now));
    }
    Ok(due)
}

/// Products are applied where that was said, and read and matched otherwise; stock is applied.
async fn run(call: &Call, due: Due) -> Result<()> {
    let wish = |only| SyncChannel {
        id: due.channel,
        whole: None,
        offline: None,
        only: Some(only),
        listings: None,
    };
    if due.products && due.unasked {
        sync_and_apply(call, wish(SyncOnly::Products)).await?;
    } else if due.products {
        let request = FetchChannel {
            id: due.channel,
            whole: None,
        };
        let started = fetch(call, request).await?;
        ended(call, &started).await?;
    }
    if due.stock {
        sync_and_apply(call, wish(SyncOnly::Stock)).await?;
    }
    Ok(())
}

/// A plan in which there is nothing to do is thrown away: what it found is told by the listings.
async fn sync_and_apply(call: &Call, request: SyncChannel) -> Result<()> {
    let started = sync(call, request).await?;
    ended(call, &started).await?;
    let Some(id) = started.plan else {
        return Ok(());
    };
    if is_idle(call, id).await? {
        return discard(call, SelectPlan { id }).await;
    }
    let started = apply(call, SelectPlan { id }).await?;
    ended(call, &started).await
}

async fn is_idle(call: &Call, id: PlanId) -> Result<bool> {
    let plan = Plan::open(&call.plans_dir()?, id).await?;
    let meta = plan.meta().await;
    plan.file.close().await;
    let counts = meta?.outline.counts;
    Ok(counts.create + counts.update == 0)
}

/// Waits for a job; why it did not come to its end is an error.
async fn ended(call: &Call, started: &Started) -> Result<()> {
    let job = call.jobs().wait(started.job).await?;
    match (job.state, job.error) {
        (JobState::Done, _) => Ok(()),
        (_, Some(error)) => Err(error),
        (_, None) => Err(Error::invalid("It was stopped.")),
    }
}
