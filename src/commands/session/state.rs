//! Where things stand.

use super::{AppState, GetState, Stage};
use crate::commands::app::App;
use crate::commands::call::Call;
use crate::commands::current::{Current, Opened};
use crate::commands::identity::identify;
use domain::catalog::product::PRODUCT;
use domain::error::Result;
use domain::kinds;

/// Says where things stand; the first time, the workspace that was open last is opened.
pub(in crate::commands) async fn state(call: &Call, _: GetState) -> Result<AppState> {
    call.app().open_last().await;
    Ok(describe(call.app()).await)
}

/// Where things stand now.
pub(in crate::commands) async fn describe(app: &App) -> AppState {
    let (stage, workspace, problem) = match &*app.current() {
        Current::Unopened | Current::Closed => (Stage::ChooseWorkspace, None, None),
        Current::PasswordNeeded(info) => (Stage::PasswordNeeded, Some(info.clone()), None),
        Current::Broken(info, error) => (Stage::Broken, Some(info.clone()), Some(error.clone())),
        Current::Open(opened) => (Stage::SignIn, Some(opened.info.clone()), None),
    };
    let mut state = AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        stage,
        workspace,
        person: None,
        problem,
        kinds: Vec::new(),
        empty: false,
        currency: String::new(),
        idle_lock_minutes: 0,
    };
    let opened = app.current().opened().cloned();
    if let Some(opened) = opened
        && let Err(error) = opened
            .store
            .unless_dead(describe_opened(&mut state, app, &opened))
            .await
    {
        (state.stage, state.problem) = (Stage::Broken, Some(error));
    }
    state
}

async fn describe_opened(state: &mut AppState, app: &App, opened: &Opened) -> Result<()> {
    let Some(workspace) = opened.store.workspace().await? else {
        state.stage = Stage::CreateOwner;
        return Ok(());
    };
    if let Some(info) = &mut state.workspace {
        info.name = workspace.name;
    }
    state.currency = workspace.currency;
    state.idle_lock_minutes = workspace.idle_lock_minutes;
    let Some(identity) = identify(app, opened).await? else {
        return Ok(());
    };
    let schema = opened.store.schema();
    let seen = kinds::all().filter(|kind| identity.rights.may(kind.def().rights.see));
    let describe = |kind| schema.describe(kind, |field| identity.rights.sees(field));
    state.kinds = seen.map(describe).collect();
    state.empty = opened.store.is_empty(PRODUCT).await?;
    state.stage = match () {
        () if opened.locked => Stage::Locked,
        () if identity.must_change_password => Stage::ChangePassword,
        () => Stage::Ready,
    };
    state.person = Some(identity.person);
    Ok(())
}
