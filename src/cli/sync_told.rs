//! Applying the plan of a sync, and telling what became of it, each direction for itself.

use backstock::commands::batches::GetBatch;
use backstock::commands::jobs::Started;
use backstock::commands::plans::{ListPlanRows, PlanRows, PlanSummary, ResolvePlan, SelectPlan};
use domain::channel::LISTING;
use domain::error::{Code, Error, Result};
use domain::plan::{Batch, Outcome, PlannedRecord, Resolution};
use domain::values::PlanId;
use serde::Serialize;
use serde_json::json;

use super::channel_args::{OnConflict, SyncArgs};
use super::output::{Ended, Failure, Printed, ask, note, plain};
use super::session::Session;

/// Records that are asked for at once.
const PAGE: i64 = 500;

/// What a sync comes to, each direction for itself.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Sums {
    pulled: i64,
    pushed: i64,
    created_here: i64,
    created_there: i64,
    unchanged: i64,
    conflicts: i64,
    failed: i64,
}

impl Sums {
    fn add(&mut self, record: &PlannedRecord) {
        let is_sent = record.kind == LISTING;
        let counter = match (record.outcome, is_sent) {
            (Outcome::Create, true) => &mut self.created_there,
            (Outcome::Create, false) => &mut self.created_here,
            (Outcome::Update, true) => &mut self.pushed,
            (Outcome::Update, false) => &mut self.pulled,
            (Outcome::Unchanged | Outcome::Skipped, ..) => &mut self.unchanged,
            (Outcome::Conflict, ..) => &mut self.conflicts,
            (Outcome::Error, ..) => &mut self.failed,
        };
        *counter += 1;
    }

    fn changes(&self) -> i64 {
        self.pulled + self.pushed + self.created_here + self.created_there
    }

    fn text(&self) -> String {
        format!(
            "Pulled: {}. Pushed: {}. Created here: {}, there: {}. Unchanged: {}. Conflicts: {}. Failed: {}.\n",
            self.pulled,
            self.pushed,
            self.created_here,
            self.created_there,
            self.unchanged,
            self.conflicts,
            self.failed
        )
    }
}

/// Shows the plan of a sync, and applies it when that is wished.
pub async fn carry_out(session: &Session, id: PlanId, args: &SyncArgs) -> Result<Ended, Failure> {
    let plan: PlanSummary = session.call("plans.get", &SelectPlan { id }).await?;
    let resolution = match args.on_conflict {
        OnConflict::Ask => None,
        OnConflict::Ours => Some(Resolution::Keep),
        OnConflict::Theirs => Some(Resolution::Take),
    };
    let decides = resolution.is_some() && plan.outline.counts.resolvable > 0;
    if decides && !args.plan {
        let request = ResolvePlan {
            id,
            resolution,
            numbers: None,
            search: None,
            mark: None,
        };
        let _: PlanSummary = session.call("plans.resolve", &request).await?;
    }
    let (planned, left) = sums(session, id).await?;
    let changes = planned.changes() + if decides { planned.conflicts } else { 0 };
    if args.plan || changes == 0 {
        return Ok(told(&planned, &left, None));
    }
    if !args.yes {
        note(planned.text().trim_end());
        if !ask(&format!("Apply {changes} changes?")) {
            return Err(Error::new(Code::Cancelled, "Nothing was changed.").into());
        }
    }
    let started: Started = session.call("plans.apply", &SelectPlan { id }).await?;
    let applied = session.finish(&started).await;
    let plan: PlanSummary = session.call("plans.get", &SelectPlan { id }).await?;
    let (done, left) = sums(session, id).await?;
    let batch = match plan.outline.batch_id {
        Some(id) => Some(
            session
                .call::<_, Batch>("batches.get", &GetBatch { id })
                .await?,
        ),
        None => None,
    };
    applied?;
    Ok(told(&done, &left, batch.as_ref()))
}

fn told(sums: &Sums, left: &[PlannedRecord], batch: Option<&Batch>) -> Ended {
    let mut text = sums.text();
    for record in left {
        let why = record
            .problems
            .first()
            .map(|problem| problem.message.as_str());
        let why = why.or(record.notes.first().map(String::as_str));
        let why = why.unwrap_or("both sides changed it");
        text.push_str(&format!("  {}: {}\n", plain(&record.code), plain(why)));
    }
    if let Some(batch) = batch {
        text.push_str(&format!("Batch {}\n", batch.id));
    }
    let batch = batch.map(|batch| batch.id);
    let mut json = json!(sums);
    json["batch"] = json!(batch);
    json["left"] = json!(left);
    let printed = Printed::new(json, text);
    match left.is_empty() {
        true => Ended::Done(printed),
        false => Ended::WithRest(printed),
    }
}

/// The sums of a plan as it stands now, and the first records that are left.
async fn sums(session: &Session, id: PlanId) -> Result<(Sums, Vec<PlannedRecord>)> {
    let (mut sums, mut left, mut offset) = (Sums::default(), Vec::new(), 0);
    loop {
        let request = ListPlanRows {
            id,
            outcome: None,
            operation: None,
            search: None,
            mark: None,
            by_size: None,
            offset,
            limit: PAGE,
        };
        let page: PlanRows = session.call("plans.rows", &request).await?;
        let count = i64::try_from(page.rows.len()).unwrap_or(PAGE);
        for record in page.rows {
            sums.add(&record);
            let is_left = matches!(record.outcome, Outcome::Conflict | Outcome::Error);
            if is_left && left.len() < 100 {
                left.push(record);
            }
        }
        offset += count;
        if count < PAGE {
            return Ok((sums, left));
        }
    }
}
