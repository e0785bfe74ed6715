//! How a workspace comes to be open, and how it is left.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::app::App;
use super::current::{Current, Opened, SignedIn};
use super::data_dir::keep_private;
use super::events::Event;
use super::key_store::DatabasePassword;
use super::location::{Location, WorkspaceInfo};
use super::lock::lock;
use super::registry::Known;
use crate::jobs::{JobId, JobState, Plan, stop_dead_batches};
use domain::error::{Code, Error, Result};
use domain::people::WorkspaceKey;
use domain::values::{UserId, refuse_wrong_clock};
use store::{Store, UserRecord};

/// For how many days after their last use plans are kept.
const PLANS_KEPT: u64 = 30;

/// What jobs say that were stopped with the session of the person for whom they ran.
const SESSION_ENDED: &str = "It was stopped: the account of the person for whom it ran was \
    deactivated, or its password was changed elsewhere.";

/// How long jobs may take to stop before their workspace closes.
const JOBS_PATIENCE: Duration = Duration::from_secs(30);

/// How long it may take to give back pictures that were to be fetched: others get them all the same,
/// some minutes later.
const GIVE_BACK_PATIENCE: Duration = Duration::from_secs(2);

/// How long the connections of a workspace may take to close: a server may have gone silent, and
/// the program ends all the same.
const CLOSE_PATIENCE: Duration = Duration::from_secs(10);

impl App {
    /// Opens the workspace that was open last, the first time it is called. Why it cannot be
    /// opened is told by `app.state`.
    pub async fn open_last(&self) {
        if !matches!(*self.current(), Current::Unopened) {
            return;
        }
        let _switching = self.parts().switching.lock().await;
        if !matches!(*self.current(), Current::Unopened) {
            return;
        }
        // A list that cannot be read is told by `workspaces.list`, which the window asks next.
        let last = self.parts().registry.last().unwrap_or_default();
        let Some(known) = last else {
            *self.current() = Current::Closed;
            return;
        };
        let opened = self.open_known(&known, None).await;
        let current = match opened {
            Ok(opened) => Current::Open(opened),
            Err(error) if error.code == Code::PasswordNeeded => {
                Current::PasswordNeeded(known.info())
            }
            Err(error) => Current::Broken(known.info(), error),
        };
        *self.current() = current;
    }

    /// Opens a workspace in place of the one that is open; when that fails, the old one stays.
    /// The user is signed out, and jobs are asked to stop.
    pub(super) async fn switch_to(
        &self,
        known: &Known,
        password: Option<String>,
    ) -> Result<WorkspaceInfo> {
        let _switching = self.parts().switching.lock().await;
        let opened = self.open_known(known, password).await?;
        let info = opened.info.clone();
        self.replace(Current::Open(opened));
        Ok(info)
    }

    /// The same for a shared workspace, and remembers the password on this computer or forgets it.
    /// A newly typed password takes the place of one that is remembered.
    pub(super) async fn switch_and_remember(
        &self,
        known: &Known,
        password: Option<String>,
        remember: Option<bool>,
    ) -> Result<WorkspaceInfo> {
        let typed = password.is_some();
        let mut info = self.switch_to(known, password).await?;
        let remember = remember.or((typed && known.remembered).then_some(true));
        info.remember_problem = self.remember_password(known, remember).await?;
        info.remembered = remember.unwrap_or(known.remembered) && info.remember_problem.is_none();
        Ok(info)
    }

    /// Leaves the workspace that is open.
    pub(super) async fn leave(&self) {
        let _switching = self.parts().switching.lock().await;
        self.replace(Current::Closed);
    }

    /// Stops jobs and closes the workspace, before the program ends.
    pub async fn close(&self) {
        let _switching = self.parts().switching.lock().await;
        let left = std::mem::replace(&mut *self.current(), Current::Closed);
        if let Current::Open(opened) = left {
            let plans = self.plans_of(&opened.info);
            self.retire(opened, self.stop_jobs()).await;
            // Succeeds only when no plan is left in it.
            std::fs::remove_dir(plans).ok();
        }
    }

    /// Notes who is signed in, unless another workspace was opened meanwhile.
    pub(super) fn set_user(&self, workspace: &WorkspaceInfo, user: Option<SignedIn>) {
        self.in_workspace(workspace, |opened| opened.set_user(user));
    }

    /// Signs a person out whose session was ended elsewhere, and stops what runs for them.
    pub(super) fn end_session(&self, workspace: &WorkspaceInfo, id: UserId) {
        self.in_workspace(workspace, |opened| {
            if opened.is_for(id) {
                opened.set_user(None);
                self.jobs().cancel_all_because(SESSION_ENDED);
            }
        });
    }

    /// Tells the session of a person, before it is written, that their password gets this hash from
    /// here: commands that are given meanwhile find the old one or this one.
    pub(super) fn expect_hash(&self, workspace: &WorkspaceInfo, id: UserId, hash: &str) {
        if let Current::Open(opened) = &mut *self.current()
            && opened.info.id == workspace.id
            && let Some(user) = opened.user.as_mut().filter(|user| user.id == id)
        {
            user.hashes.push(hash.to_owned());
        }
    }

    /// Whether a person is signed in with the password that they have.
    pub(super) fn has_session(&self, workspace: &WorkspaceInfo, user: &UserRecord) -> bool {
        let current = self.current();
        let opened = current.opened();
        let opened = opened.filter(|opened| opened.info.id == workspace.id);
        let session = opened.and_then(|opened| opened.user.as_ref());
        session.is_some_and(|session| {
            session.id == user.id && session.hashes.contains(&user.password_hash)
        })
    }

    /// Keeps the workspace's key for the person who is signed in.
    pub(super) fn set_key(&self, workspace: &WorkspaceInfo, user: UserId, key: Arc<WorkspaceKey>) {
        self.in_workspace(workspace, |opened| {
            opened.key = opened.is_for(user).then_some(key);
        });
    }

    /// Locks the session, and puts the key away.
    pub(super) fn lock(&self, workspace: &WorkspaceInfo) {
        self.in_workspace(workspace, |opened| {
            opened.locked = true;
            opened.key = None;
        });
    }

    /// Lets the person who locked it go on, unless another one signed in meanwhile.
    pub(super) fn unlock(&self, workspace: &WorkspaceInfo, user: UserId) {
        self.in_workspace(workspace, |opened| {
            opened.locked &= !opened.is_for(user);
        });
    }

    /// Gives the open workspace another name, in this machine's list too.
    pub(super) fn rename(&self, workspace: &WorkspaceInfo, name: &str) -> Result<()> {
        self.in_workspace(workspace, |opened| name.clone_into(&mut opened.info.name));
        self.parts().registry.rename(workspace.id, name)
    }

    fn in_workspace(&self, workspace: &WorkspaceInfo, change: impl FnOnce(&mut Opened)) {
        if let Current::Open(opened) = &mut *self.current()
            && opened.info.id == workspace.id
        {
            change(opened);
        }
        self.emit(Event::StateChanged);
    }

    /// Where the plans of a workspace lie.
    pub(super) fn plans_of(&self, workspace: &WorkspaceInfo) -> PathBuf {
        let plans = self.parts().data_dir.join("plans");
        plans.join(workspace.id.to_string())
    }

    fn replace(&self, next: Current) {
        let left = std::mem::replace(&mut *self.current(), next);
        if let Current::Open(opened) = left {
            let (app, jobs) = (self.clone(), self.stop_jobs());
            // What was left closes behind the scenes: a person does not wait for it.
            tokio::spawn(async move { app.retire(opened, jobs).await });
        }
        self.emit(Event::StateChanged);
    }

    fn stop_jobs(&self) -> Vec<JobId> {
        self.jobs().cancel_all();
        let running = self.jobs().list().into_iter();
        running
            .filter(|job| job.state == JobState::Running)
            .map(|job| job.id)
            .collect()
    }

    async fn retire(&self, opened: Opened, jobs: Vec<JobId>) {
        opened.watch.abort();
        if let Some(schedule) = &opened.schedule {
            schedule.abort();
        }
        let stopping = tokio::time::timeout(GIVE_BACK_PATIENCE, opened.images.stop());
        stopping.await.ok();
        let stopped = async {
            for job in jobs {
                self.jobs().wait(job).await.ok();
            }
        };
        // A job that does not stop loses its database; what it wrote stays in whole batches.
        tokio::time::timeout(JOBS_PATIENCE, stopped).await.ok();
        self.remember_head(&opened).await;
        let closed = tokio::time::timeout(CLOSE_PATIENCE, opened.store.close());
        closed.await.ok();
    }

    async fn open_known(&self, known: &Known, password: Option<String>) -> Result<Opened> {
        refuse_wrong_clock(self.parts().clock.now())?;
        let store = self.open_store(known, password).await?;
        let mut known = known.clone();
        let row = match store.workspace().await {
            Ok(row) => row,
            Err(error) => {
                store.close().await;
                return Err(error);
            }
        };
        if let Some(row) = row {
            known.name = row.name;
            if self.parts().registry.is_for_one_run() {
                // One run after the other finds the same plans.
                known.id = row.id;
            }
        }
        let registry = &self.parts().registry;
        if let Err(error) = registry.opened(&known) {
            // The list only loses its order, unless it does not know the workspace at all.
            if registry.get(known.id).is_err() {
                store.close().await;
                return Err(error);
            }
        }
        let images = self.open_images(&known, &store);
        let opened = Opened {
            info: known.info(),
            watch: self.watch(known.info(), &store, images.changed()),
            schedule: self.keep_schedules(),
            images: Arc::new(images),
            store,
            user: None,
            locked: false,
            key: None,
            verification: Arc::default(),
        };
        let plans = self.plans_of(&opened.info);
        // On a full disk there are no plans, and a workspace can be read without.
        keep_private(&self.parts().data_dir.join("plans")).ok();
        // A file or a server that only reads is opened all the same.
        stop_dead_batches(&opened.store, &plans).await.ok();
        if opened.store.has_unfinished_fields() {
            // Left to do by a desktop that died: beside the work, and the next start goes on.
            let store = opened.store.clone();
            tokio::spawn(async move { store.finish_custom_fields().await });
        }
        self.remember_head(&opened).await;
        tokio::task::spawn_blocking(move || Plan::prune(&plans, PLANS_KEPT));
        Ok(opened)
    }

    async fn open_store(&self, known: &Known, password: Option<String>) -> Result<Store> {
        let clock = Arc::clone(&self.parts().clock);
        match &known.location {
            Location::Local { path } => {
                refuse_missing(path, known)?;
                Store::open_sqlite(path, clock).await
            }
            Location::Shared { .. } => {
                let found = match password {
                    Some(password) => DatabasePassword::typed(password),
                    None => self.password_of(known).await.ok_or_else(|| needed(known))?,
                };
                let address = known.location.address(found.password.clone())?;
                match Store::open_mysql(&address, clock).await {
                    Ok(store) => {
                        lock(&self.parts().passwords).insert(known.id, found.password);
                        Ok(store)
                    }
                    // The remembered password was changed since: a person types the new one.
                    Err(error) if found.was_remembered && error.fields.contains_key("password") => {
                        Err(needed(known))
                    }
                    Err(error) => Err(error),
                }
            }
        }
    }
}

/// A file that was moved or deleted must not come back as an empty one.
fn refuse_missing(path: &Path, known: &Known) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let message = format!(
        "The workspace {} is not at {} any more.",
        known.name,
        path.display()
    );
    Err(Error::new(Code::File, message).hint("Put the file back, or open it where it is now."))
}

fn needed(known: &Known) -> Error {
    Error::new(
        Code::PasswordNeeded,
        format!("The database of {} needs its password.", known.name),
    )
    .hint("Type the password of the database user.")
}
