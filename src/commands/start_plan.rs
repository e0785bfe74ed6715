//! A plan that is made as a job, from what is in the workspace.

use super::call::Call;
use super::jobs::Started;
use crate::jobs::{JobKind, JobSubject, Plan, Progress};
use domain::error::Result;
use domain::values::PlanId;

/// Starts a job that makes a plan. Nothing can be done with one that was not finished, so it is thrown away.
pub(super) fn start_plan<F>(
    call: &Call,
    (kind, label): (JobKind, String),
    make: impl FnOnce(Progress, Plan) -> F + Send + 'static,
) -> Result<Started>
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    let (plans, id) = (call.plans_dir()?, PlanId::new());
    let subject = JobSubject {
        kind,
        label,
        plan: Some(id),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        let made = async {
            let plan = Plan::create(&plans, id).await?;
            let file = plan.file.clone();
            let made = make(progress, plan).await;
            file.close().await;
            made
        };
        let made = made.await;
        if made.is_err() {
            Plan::discard(&plans, id).ok();
        }
        made
    })?;
    Ok(Started {
        job,
        plan: Some(id),
    })
}
