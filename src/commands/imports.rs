//! Imports: from a chosen file to a plan. What follows (rows, apply, rejects) is in `plans`.

use domain::catalog::product::PRODUCT;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::files::FileToken;
use super::mappings;
use super::session::LoadPractice;
use crate::jobs::{
    Draft, ImportDraft, ImportSettings, JobId, JobKind, JobSubject, Plan, Rows, apply_plan,
    plan_import, practice_source,
};
use domain::error::{Error, Result};
use domain::record::{Kind, Permission};
use domain::values::PlanId;

/// `imports.open`: reads the beginning of a file and proposes how to understand it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenImport {
    /// The file.
    pub file: FileToken,
    /// Of what kind its rows are; products when nothing is said.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<Kind>,
}

/// `imports.configure`: understands the file in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConfigureImport {
    /// The draft.
    pub id: PlanId,
    /// The settings. When encoding, delimiter or header change, `columns` is proposed anew.
    pub settings: ImportSettings,
}

/// `imports.plan`: starts to plan; the job's end brings the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanImport {
    /// The draft.
    pub id: PlanId,
}

/// A job that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// The job.
    pub job: JobId,
    /// The plan that it makes or applies, when there is one.
    pub plan: Option<PlanId>,
}

/// Copies the file into a folder of its own, looks at it, and proposes how to understand it.
pub(super) async fn open(call: &Call, request: OpenImport) -> Result<ImportDraft> {
    let kind = request.kind.unwrap_or(PRODUCT);
    call.require(kind.def().rights.edit)?;
    let path = call.file(&request.file)?;
    let (plans, costs) = (call.plans_dir()?, call.may(Permission::SeeCosts));
    let workspace = call.store()?.workspace().await?;
    let currency = workspace
        .map(|workspace| workspace.currency)
        .unwrap_or_default();
    let opened = blocking(move || {
        let rows = Rows {
            kind,
            currency: &currency,
        };
        Draft::open(&plans, &path, costs, rows)
    });
    let draft = mappings::recall(call, opened.await?).await?;
    blocking(move || draft.look()).await
}

/// Understands the file in another way.
pub(super) async fn configure(call: &Call, request: ConfigureImport) -> Result<ImportDraft> {
    let (plans, costs) = (call.plans_dir()?, call.may(Permission::SeeCosts));
    blocking(move || {
        let mut draft = Draft::load(&plans, request.id)?;
        draft.configure(request.settings, costs)?;
        draft.look()
    })
    .await
}

/// Starts to plan.
pub(super) async fn plan(call: &Call, request: PlanImport) -> Result<Started> {
    let (plans, costs) = (call.plans_dir()?, call.may(Permission::SeeCosts));
    let id = request.id;
    let folder = plans.clone();
    let draft = blocking(move || Draft::load(&folder, id)).await?;
    call.require(draft.kind().def().rights.edit)?;
    draft.refuse_costs(costs)?;
    let source = draft.source()?;
    // That it cannot be kept, as in a workspace that can only be read, is no reason not to plan.
    mappings::remember(call, &draft).await.ok();
    let (store, now) = (call.store()?, call.clock().now());
    let subject = JobSubject {
        kind: JobKind::PlanImport,
        label: source.name.clone(),
        plan: Some(id),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        let plan = Plan::create(&plans, id).await?;
        plan_import(&progress, &store, &plan, source, now).await
    });
    Ok(Started {
        job,
        plan: Some(id),
    })
}

/// Plans and applies the practice catalogue in one job.
pub(super) async fn load_practice(call: &Call, _: LoadPractice) -> Result<Started> {
    let store = call.store()?;
    if !store.is_empty(PRODUCT).await? {
        return Err(
            Error::invalid("The practice catalogue is for an empty workspace.")
                .hint("Make another workspace to practise in."),
        );
    }
    let (plans, id, now) = (call.plans_dir()?, PlanId::new(), call.clock().now());
    let author = call.author()?;
    let subject = JobSubject {
        kind: JobKind::Practice,
        label: "Practice catalogue".to_owned(),
        plan: Some(id),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        let plan = Plan::create(&plans, id).await?;
        let source = practice_source(&plan.folder)?;
        plan_import(&progress, &store, &plan, source, now).await?;
        apply_plan(&progress, &store, &plan, &author)
            .await
            .map(drop)
    });
    Ok(Started {
        job,
        plan: Some(id),
    })
}

/// Runs work that waits for the disk on a thread of its own.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| {
        Error::internal(format!("Reading the file stopped unexpectedly: {panic}."))
    })?
}
