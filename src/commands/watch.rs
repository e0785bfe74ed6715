//! Hearing of what others change: another desktop, another program.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::app::App;
use super::events::Event;
use super::identity::identify;
use super::location::WorkspaceInfo;
use domain::error::Code;
use domain::record::Schema;
use store::Store;

/// How often the database is asked whether anything changed.
const INTERVAL: Duration = Duration::from_secs(2);

/// What changed between two numbers of the feed.
async fn what_changed(store: &Store, since: i64, last: i64) -> Event {
    let kinds = store.unless_dead(store.changed_kinds(since, last)).await;
    match kinds {
        Ok(kinds) => Event::DataChanged {
            kinds: kinds.into_iter().collect(),
        },
        Err(_) => Event::anything_changed(),
    }
}

impl App {
    /// Tells the host when the data changed, and when the user may be allowed to do
    /// something else now: people, roles or settings changed.
    /// `changed` hears of every change, too.
    pub(super) fn watch(
        &self,
        info: WorkspaceInfo,
        store: &Store,
        changed: Arc<Notify>,
    ) -> AbortHandle {
        let (app, store) = (self.clone(), store.clone());
        let watching = tokio::spawn(async move {
            let mut seen = None;
            let mut rules = None;
            let mut fields = store.schema();
            loop {
                let last = store.unless_dead(store.last_change()).await;
                // A database that cannot be reached for a while is asked again.
                if last
                    .as_ref()
                    .is_err_and(|error| error.code == Code::Unreachable)
                {
                    app.emit(Event::Unreachable);
                }
                if let Ok(last) = last
                    && seen != Some(last)
                {
                    let before = seen.replace(last);
                    changed.notify_one();
                    app.look_at_rules(&info, &store, &mut rules).await;
                    app.look_at_fields(&store, &mut fields).await;
                    if let Some(before) = before {
                        app.emit(what_changed(&store, before, last).await);
                        app.remember_head_of(&info, &store).await;
                    }
                }
                tokio::time::sleep(INTERVAL).await;
            }
        });
        watching.abort_handle()
    }

    /// Tells the host when forms and lists have other fields now, whichever desktop changed them.
    async fn look_at_fields(&self, store: &Store, known: &mut Arc<Schema>) {
        // While the database cannot be asked, the fields stay as they are.
        store.renew_schema().await.ok();
        let now = store.schema();
        if now != *known {
            *known = now;
            self.emit(Event::StateChanged);
        }
    }

    async fn look_at_rules(
        &self,
        info: &WorkspaceInfo,
        store: &Store,
        known: &mut Option<(i64, i64)>,
    ) {
        if let Ok(rules) = store.rules_version().await
            && known.replace(rules).is_some_and(|before| before != rules)
        {
            self.look_at_session(info).await;
            self.emit(Event::StateChanged);
        }
    }

    /// Ends the session of a user who was deactivated: their jobs must not wait for the next
    /// command. While the database cannot be asked, the session goes on.
    async fn look_at_session(&self, info: &WorkspaceInfo) {
        let opened = self.current().opened().cloned();
        if let Some(opened) = opened.filter(|opened| opened.info.id == info.id) {
            identify(self, &opened).await.ok();
        }
    }
}
