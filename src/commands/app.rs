//! The app behind a host: one data folder, one open workspace, one person at a time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::broadcast;

use super::current::Current;
use super::events::Event;
use super::file_token::{ChosenFile, FileToken, name_of};
use super::host::Host;
use super::image_fetch::FetchImages;
use super::lock::lock;
use super::practice_shops::PracticeShops;
use super::registry::Registry;
use crate::jobs::{JobKind, JobState, JobStatus, Jobs};
use channels::open::Pauses;
use domain::error::{Error, Result};
use domain::values::{Clock, WorkspaceId};

/// How many events a slow listener may lag behind before it misses some.
const EVENT_BACKLOG: usize = 1024;

/// What an app is made of.
pub struct AppConfig {
    /// Where the app keeps its list of workspaces, its local workspaces and its plans.
    pub data_dir: PathBuf,
    /// The host.
    pub host: Arc<dyn Host>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// When pictures are fetched.
    pub images: FetchImages,
    /// Whether the program stays: channels are synced by themselves then, and practice shops stay open.
    pub stays: bool,
    /// What is done where a shop is to be waited for.
    pub pauses: Pauses,
}

/// The app. Clones are the same app.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub(super) struct Inner {
    pub(super) data_dir: PathBuf,
    pub(super) host: Arc<dyn Host>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) images: FetchImages,
    pub(super) stays: bool,
    /// The practice shops that are open.
    pub(super) practice: PracticeShops,
    pub(super) pauses: Pauses,
    pub(super) jobs: Jobs,
    pub(super) registry: Registry,
    /// Held while a workspace is opened or closed, so that two of these never mix.
    pub(super) switching: tokio::sync::Mutex<()>,
    /// Held while a password is checked: guesses come one after the other, so that none of them
    /// is made before the ones before it are counted.
    pub(super) signing_in: tokio::sync::Mutex<()>,
    /// The passwords of shared databases, for as long as the app runs.
    pub(super) passwords: Mutex<HashMap<WorkspaceId, String>>,
    current: Mutex<Current>,
    files: Mutex<HashMap<FileToken, PathBuf>>,
    events: broadcast::Sender<Event>,
}

impl App {
    /// An app that keeps the machine's list of workspaces in its data folder. Nothing is read yet:
    /// the workspace that was open last is opened by the first `app.state`.
    pub fn new(config: AppConfig) -> Self {
        let registry = Registry::in_folder(&config.data_dir);
        Self::with(config, registry, Current::Unopened)
    }

    /// An app for one run on a workspace that is named by the caller: the machine's list of
    /// workspaces is neither read nor changed; what it saw of their histories is.
    pub fn unlisted(config: AppConfig) -> Self {
        let registry = Registry::for_one_run(&config.data_dir);
        Self::with(config, registry, Current::Closed)
    }

    fn with(config: AppConfig, registry: Registry, current: Current) -> Self {
        let (events, _) = broadcast::channel(EVENT_BACKLOG);
        let report = events.clone();
        let jobs = Jobs::new(
            Arc::clone(&config.clock),
            Arc::new(move |job| report_job(&report, job)),
        );
        Self(Arc::new(Inner {
            data_dir: config.data_dir,
            host: config.host,
            clock: config.clock,
            images: config.images,
            stays: config.stays,
            practice: PracticeShops::default(),
            pauses: config.pauses,
            jobs,
            registry,
            switching: tokio::sync::Mutex::default(),
            signing_in: tokio::sync::Mutex::default(),
            passwords: Mutex::default(),
            current: Mutex::new(current),
            files: Mutex::default(),
            events,
        }))
    }

    /// What happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    /// Tells everyone who listens.
    pub fn emit(&self, event: Event) {
        // No listener is fine: a command line has none.
        self.0.events.send(event).ok();
    }

    /// Lets commands use a file that a person chose, dropped or named.
    pub fn grant_file(&self, path: &Path) -> ChosenFile {
        let token = FileToken(format!("{:032x}", rand::random::<u128>()));
        lock(&self.0.files).insert(token.clone(), path.to_owned());
        let size = std::fs::metadata(path).map_or(0, |file| file.len());
        ChosenFile {
            token,
            name: name_of(path),
            size: i64::try_from(size).unwrap_or(i64::MAX),
        }
    }

    /// The file that a token stands for.
    pub(super) fn file(&self, token: &FileToken) -> Result<PathBuf> {
        lock(&self.0.files).get(token).cloned().ok_or_else(|| {
            Error::not_found("The chosen file is not known any more.").hint("Choose it again.")
        })
    }

    /// The jobs of this app.
    pub fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    pub(super) fn parts(&self) -> &Inner {
        &self.0
    }

    pub(super) fn current(&self) -> MutexGuard<'_, Current> {
        lock(&self.0.current)
    }
}

fn report_job(events: &broadcast::Sender<Event>, job: JobStatus) {
    let writes = matches!(job.kind, JobKind::ApplyPlan | JobKind::Practice);
    let data_changed = writes && job.state != JobState::Running;
    events.send(Event::Job { job: Box::new(job) }).ok();
    if data_changed {
        events.send(Event::anything_changed()).ok();
    }
}
