//! Imports: from a chosen file to a plan. What follows (rows, apply, rejects) is in `plans`.

mod make_fields;

use domain::catalog::product::PRODUCT;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::blocking::blocking;
use super::call::Call;
use super::file_token::{FileToken, name_of};
use super::jobs::Started;
use super::mappings;
use crate::jobs::{
    Draft, ImportDraft, ImportSettings, JobKind, JobSubject, Plan, Rows, Sender, SentBy,
    apply_plan, plan_import, practice_source,
};
use domain::error::{Error, Result};
use domain::record::{Kind, Permission};
use domain::values::{PlanId, RecordId};

pub use make_fields::{MakeField, MakeFields};

pub(super) use make_fields::make_fields;

/// `imports.open`: reads the beginning of a file and proposes how to understand it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenImport {
    /// The file.
    pub file: FileToken,
    /// Of what kind its rows are; when nothing is said, of the kind that its columns name without doubt,
    /// otherwise products.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<Kind>,
    /// Who sent the file, when all of its rows refer to one record: a supplier's price file.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sender: Option<RecordId>,
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

/// `practice.load`: fills an empty workspace with the practice catalogue, as a batch that can be
/// undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoadPractice {}

/// Copies the file into a folder of its own, looks at it, and proposes how to understand it.
pub(super) async fn open(call: &Call, request: OpenImport) -> Result<ImportDraft> {
    let kind = kind_of(&request)?;
    call.require(kind.def().rights.edit)?;
    let path = call.file(&request.file)?;
    let (plans, costs) = (call.plans_dir()?, call.may(Permission::SeeCosts));
    let store = call.store()?;
    let (schema, workspace) = (store.schema(), store.workspace().await?);
    let said = request.kind.is_some();
    let candidates: Vec<Kind> = store::kinds::importable()
        .filter(|kind| call.may(kind.def().rights.edit))
        .collect();
    let sent = match request.sender {
        Some(id) => Some(sent_by(call, kind, id).await?),
        None => None,
    };
    let currency = workspace
        .map(|workspace| workspace.currency)
        .unwrap_or_default();
    let subject = JobSubject {
        kind: JobKind::OpenImport,
        label: name_of(&path),
        plan: None,
    };
    let opened = call.jobs().run(subject, |progress| {
        blocking(move || {
            let rows = |kind| Rows {
                kind,
                currency: &currency,
                schema: &schema,
                progress: Some(&progress),
            };
            let is_said = said || sent.is_some();
            let draft = Draft::open_sent(&plans, &path, costs, rows(kind), sent)?;
            let likely = draft.likely_kind(candidates);
            if is_said || likely == kind {
                return Ok(draft);
            }
            Plan::discard(&plans, draft.id())?;
            Draft::open(&plans, &path, costs, rows(likely))?.guessed()
        })
    });
    let draft = mappings::recall(call, opened.await?).await?;
    blocking(move || draft.look()).await
}

/// Of what kind the rows are; of a file that one record sent, of the kind that has such files.
fn kind_of(request: &OpenImport) -> Result<Kind> {
    let mut matched = domain::kinds::all().filter(|kind| kind.matching().is_some());
    match (request.kind, request.sender) {
        (Some(kind), Some(_)) if kind.matching().is_none() => Err(Error::invalid(format!(
            "A file of {} is not sent by one of them.",
            kind.def().plural
        ))
        .hint("Leave the sender out.")),
        (None, Some(_)) => matched
            .next()
            .ok_or_else(|| Error::internal("No kind of record comes in files of a sender.")),
        (kind, _) => Ok(kind.unwrap_or(PRODUCT)),
    }
}

/// The record that sent a file of records of a kind.
async fn sent_by(call: &Call, kind: Kind, id: RecordId) -> Result<SentBy> {
    let missing = || Error::internal(format!("Files of {kind} records have no sender."));
    let matching = kind.matching().ok_or_else(missing)?;
    let field = matching.sender(kind);
    let of = field.reference().and_then(|of| Kind::from_key(of.to));
    let of = of.ok_or_else(missing)?;
    let record = call.store()?.get(of, id).await?;
    if record.trashed {
        let message = format!("{} lies in the trash.", record.code());
        return Err(Error::invalid(message).hint("Restore it first."));
    }
    Ok(SentBy {
        currency: of
            .currency()
            .map_or("", |field| record.fields.text(field))
            .to_owned(),
        sender: Sender {
            field,
            id,
            code: record.code().to_owned(),
            title: record.title().to_owned(),
        },
    })
}

/// Understands the file in another way.
pub(super) async fn configure(call: &Call, request: ConfigureImport) -> Result<ImportDraft> {
    let costs = call.may(Permission::SeeCosts);
    let mut draft = mappings::open_draft(call, request.id).await?;
    blocking(move || {
        draft.configure(request.settings, costs)?;
        draft.look()
    })
    .await
}

/// Starts to plan.
pub(super) async fn plan(call: &Call, request: PlanImport) -> Result<Started> {
    let (plans, id) = (call.plans_dir()?, request.id);
    let draft = mappings::open_draft(call, id).await?;
    let draft = blocking(move || draft.refuse_changed().map(|()| draft)).await?;
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
    })?;
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
    })?;
    Ok(Started {
        job,
        plan: Some(id),
    })
}
