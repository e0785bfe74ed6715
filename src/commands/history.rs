//! The history: who did what and when, and whether it was changed past the app.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::file_token::{FileToken, name_of};
use super::files;
use super::jobs::Started;
use super::lock::lock;
use super::paging;
use super::records::hidden;
use crate::jobs::{HistoryExport, JobKind, JobSubject, export_history, verify_history};
use domain::error::Result;
use domain::kinds;
use domain::plan::{HistoryFilter, HistoryPage, Verification};
use domain::record::{Kind, Permission};
use store::{ChainHead, Visible};

/// `history.list`: the latest entries first. Those of products are shown to people who may see
/// products; those of people, roles, settings and sign-ins to people with the right for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListHistory {
    /// Which entries.
    #[serde(default)]
    pub filter: HistoryFilter,
    /// Only entries before the one with this number: `next` of the page before.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub before: Option<i64>,
    /// How many, at most 500; 100 when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub limit: Option<i64>,
}

/// `history.export`: starts to write entries to a CSV file, one line per changed field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportHistory {
    /// Which entries.
    #[serde(default)]
    pub filter: HistoryFilter,
    /// The file to write.
    pub file: FileToken,
}

/// `history.verify`: starts to check the history; `history.verification` gives what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyHistory {
    /// The `head` of an earlier check, noted elsewhere; otherwise what this machine remembers.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub head: Option<String>,
}

/// `history.verification`: what the last check found; null when there was none since the workspace
/// was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetVerification {}

/// Lists entries, the latest first.
pub(super) async fn list(call: &Call, request: ListHistory) -> Result<HistoryPage> {
    let limit = request.limit.unwrap_or(100);
    paging::check(0, limit)?;
    let visible = visible(call, &request.filter)?;
    let store = call.store()?;
    // One more than is shown tells whether there is a next page.
    let mut entries = store
        .history(&request.filter, &visible, request.before, limit + 1)
        .await?;
    let shown = usize::try_from(limit).unwrap_or_default();
    let more = entries.len() > shown;
    entries.truncate(shown);
    let next = entries.last().filter(|_| more).map(|last| last.number);
    hidden::hide_history(call, &mut entries);
    Ok(HistoryPage { entries, next })
}

/// Starts to write entries to a file.
pub(super) async fn export(call: &Call, request: ExportHistory) -> Result<Started> {
    let visible = visible(call, &request.filter)?;
    let path = files::to_write(call, &request.file).await?;
    let store = call.store()?;
    let subject = JobSubject {
        kind: JobKind::Export,
        label: name_of(&path),
        plan: None,
    };
    let wanted = HistoryExport {
        path,
        filter: request.filter,
        visible,
        rights: call.rights()?.clone(),
    };
    let job = call.jobs().start(subject, move |progress| async move {
        export_history(&progress, &store, &wanted).await.map(drop)
    })?;
    Ok(Started { job, plan: None })
}

/// What of the history the user may read; refuses a filter that asks for more.
fn visible(call: &Call, filter: &HistoryFilter) -> Result<Visible> {
    let seen: Vec<Kind> = kinds::all()
        .filter(|kind| call.may(kind.def().rights.see))
        .collect();
    match filter.kind {
        Some(kind) => call.require(kind.def().rights.see)?,
        None if seen.is_empty() => call.require(Permission::ViewHistory)?,
        None => {}
    }
    hidden::refuse(call, filter.field)?;
    Ok(Visible(seen))
}

/// Starts to check the history.
pub(super) async fn verify(call: &Call, request: VerifyHistory) -> Result<Started> {
    let opened = call.opened()?.clone();
    let noted = request.head.as_deref().map(str::parse::<ChainHead>);
    let remembered = match noted.transpose()? {
        Some(noted) => Some(noted),
        None => call.app().remembered_head(&opened)?,
    };
    let now = call.clock().now();
    let subject = JobSubject {
        kind: JobKind::VerifyHistory,
        label: opened.info.name.clone(),
        plan: None,
    };
    let app = call.app().clone();
    let job = call.jobs().start(subject, move |progress| async move {
        let found = verify_history(&progress, &opened.store, remembered, now).await?;
        *lock(&opened.verification) = Some(found);
        app.remember_head(&opened).await;
        Ok(())
    })?;
    Ok(Started { job, plan: None })
}

/// What the last check found.
pub(super) async fn verification(call: &Call, _: GetVerification) -> Result<Option<Verification>> {
    Ok(lock(&call.opened()?.verification).clone())
}
