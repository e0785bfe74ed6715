//! The settings of the workspace.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::events::Event;
use super::workspaces::name_problem;
use domain::error::{Error, Result};
use domain::people::kinds::WORKSPACE;
use domain::values::check_currency;
use store::{NewSettings, WorkspaceRecord};

/// The longest time before a window locks, in minutes: a day.
const LONGEST_IDLE: i64 = 24 * 60;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// What people call the workspace.
    pub name: String,
    /// The currency of all its money, as an ISO 4217 code; empty for none.
    pub currency: String,
    /// After how many minutes without a hand on it a window locks; 0 for never.
    pub idle_lock_minutes: i64,
    /// Counts the changes of the settings.
    pub version: i64,
}

/// `settings.get`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetSettings {}

/// `settings.update`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateSettings {
    /// The version that the person saw.
    pub version: i64,
    /// What people call the workspace.
    pub name: String,
    /// The currency of all its money, as an ISO 4217 code; empty for none.
    pub currency: String,
    /// After how many minutes without a hand on it a window locks; 0 for never.
    pub idle_lock_minutes: i64,
}

/// The settings as they are.
pub(super) async fn get(call: &Call, _: GetSettings) -> Result<Settings> {
    let workspace = call.store()?.workspace().await?;
    let workspace = workspace.ok_or_else(|| Error::not_found("The workspace has no settings yet."));
    workspace.map(shown)
}

/// Changes the settings.
pub(super) async fn update(call: &Call, request: UpdateSettings) -> Result<Settings> {
    let settings = check(&request)?;
    let by = call.person()?.id;
    let store = call.store()?;
    let workspace = store
        .update_settings(by, request.version, &settings)
        .await?;
    call.app().rename(&call.opened()?.info, &workspace.name)?;
    call.emit(Event::StateChanged);
    call.emit(Event::changed(WORKSPACE));
    Ok(shown(workspace))
}

fn check(request: &UpdateSettings) -> Result<NewSettings> {
    let mut error = Error::invalid("The settings cannot be saved.");
    if let Some(rule) = name_problem(&request.name) {
        error = error.field("name", rule);
    }
    let currency = check_currency(&request.currency);
    if let Err(rule) = &currency {
        error = error.field("currency", *rule);
    }
    if !(0..=LONGEST_IDLE).contains(&request.idle_lock_minutes) {
        let rule = format!("Minutes from 1 to {LONGEST_IDLE}, or 0 for never.");
        error = error.field("idleLockMinutes", rule);
    }
    if !error.fields.is_empty() {
        return Err(error);
    }
    Ok(NewSettings {
        name: request.name.trim().to_owned(),
        currency: currency.unwrap_or_default(),
        idle_lock_minutes: request.idle_lock_minutes,
    })
}

fn shown(workspace: WorkspaceRecord) -> Settings {
    Settings {
        name: workspace.name,
        currency: workspace.currency,
        idle_lock_minutes: workspace.idle_lock_minutes,
        version: workspace.version,
    }
}
