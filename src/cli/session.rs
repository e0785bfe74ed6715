//! An open workspace with a person signed in: what every command of the terminal starts with.

use std::env;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backstock::commands::file_token::ChosenFile;
use backstock::commands::jobs::Started;
use backstock::commands::location::{SharedAddress, WorkspaceInfo};
use backstock::commands::records::{ListRecords, RecordPage};
use backstock::commands::session::{SignIn, Stage};
use backstock::commands::workspaces::{ConnectShared, OpenFile, SharedTest};
use backstock::commands::{
    App, AppConfig, FetchImages, Host, Pauses, call, data_dir, from_the_internet,
};
use backstock::jobs::{JobState, JobStatus};
use domain::error::{Code, Error, Result};
use domain::record::{Permission, Schema};
use domain::values::SystemClock;
use domain::workspace::custom_field::def_of;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::dialogs::Dialogs;
use super::interrupt::{Work, is_interrupted};
use super::output::{is_watched, note};
use super::progress::Line;
use super::target::{Target, has_password};

/// How many fields are asked for at once.
const MOST_FIELDS: i64 = 500;

/// The app, and what it was told to work on.
pub struct Session {
    app: App,
    dialogs: Arc<Dialogs>,
    target: Option<Target>,
}

impl Session {
    /// An app for the workspace that `workspace` names; none is open yet. It `stays` behind another program, and ends
    /// with its command otherwise.
    pub fn new(workspace: Option<&str>, stays: bool) -> Result<Self> {
        let is_typed = workspace != env::var("BACKSTOCK_WORKSPACE").ok().as_deref();
        if is_typed && workspace.is_some_and(has_password) {
            // What is typed on a command line stands in the list of programs that run.
            note("warning: Other users of this computer can read the password in the address.");
            note("hint: Leave it out, and set BACKSTOCK_MYSQL_PASSWORD.");
        }
        let password = env::var("BACKSTOCK_MYSQL_PASSWORD").ok();
        let target = workspace.map(|text| Target::parse(text, password));
        let target = target.transpose()?;
        let dialogs = Arc::new(Dialogs::default());
        let config = AppConfig {
            data_dir: data_dir()?,
            host: Arc::clone(&dialogs) as Arc<dyn Host>,
            clock: Arc::new(SystemClock),
            images: FetchImages::WhenAsked(Arc::new(from_the_internet)),
            stays,
            pauses: Pauses::Real,
        };
        let app = match target {
            Some(_) => App::unlisted(config),
            None => App::new(config),
        };
        Ok(Self {
            app,
            dialogs,
            target,
        })
    }

    /// The app.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The dialogs that the app opens.
    pub fn dialogs(&self) -> &Arc<Dialogs> {
        &self.dialogs
    }

    /// The workspace that was named.
    pub fn target(&self) -> Option<&Target> {
        self.target.as_ref()
    }

    /// Opens the workspace and signs in.
    pub async fn enter(&self) -> Result<()> {
        self.open().await?;
        match self.stage().await? {
            Stage::Ready => Ok(()),
            Stage::CreateOwner => Err(Error::new(
                Code::SignedOut,
                "The workspace has no owner yet.",
            )
            .hint("Run `backstock init` on it.")),
            _ => self.sign_in().await,
        }
    }

    /// Opens the workspace that was named, or the one that was open last.
    pub async fn open(&self) -> Result<()> {
        match &self.target {
            Some(Target::File(path)) => self.open_file(path).await,
            Some(Target::Shared(address)) => self.open_shared(address).await,
            None => self.open_last().await,
        }
    }

    async fn open_file(&self, path: &Path) -> Result<()> {
        if !path.exists() {
            let message = format!("There is no workspace file {}.", path.display());
            return Err(Error::new(Code::File, message)
                .hint("Check the path, or make a workspace there with `backstock init`."));
        }
        let file = self.app.grant_file(path).token;
        self.call::<_, WorkspaceInfo>("workspaces.open_file", &OpenFile { file })
            .await?;
        Ok(())
    }

    async fn open_shared(&self, address: &SharedAddress) -> Result<()> {
        if self.test_shared(address).await?.empty {
            let message = format!("The database {} is empty.", address.database);
            return Err(Error::new(Code::NotFound, message)
                .hint("Set it up with `backstock init`, or check the address."));
        }
        self.connect_shared("", address).await
    }

    /// What the server of a shared workspace says.
    pub async fn test_shared(&self, address: &SharedAddress) -> Result<SharedTest> {
        self.call("workspaces.test_shared", address).await
    }

    /// Opens a shared workspace, made when the database is empty.
    pub async fn connect_shared(&self, name: &str, address: &SharedAddress) -> Result<()> {
        let request = ConnectShared {
            name: name.to_owned(),
            address: address.clone(),
            remember: None,
        };
        self.call::<_, WorkspaceInfo>("workspaces.connect_shared", &request)
            .await?;
        Ok(())
    }

    async fn open_last(&self) -> Result<()> {
        let state = self.state().await?;
        match stage_of(&state)? {
            Stage::ChooseWorkspace => Err(Error::not_found("This machine has no workspace yet.")
                .hint("Make one with `backstock init`, or name one with --workspace.")),
            Stage::PasswordNeeded => Err(Error::new(
                Code::PasswordNeeded,
                "The database of the shared workspace needs its password.",
            )
            .hint("Set BACKSTOCK_MYSQL_PASSWORD.")),
            Stage::Broken => Err(serde_json::from_value(state["problem"].clone())
                .unwrap_or_else(|_| Error::internal("The workspace cannot be opened."))),
            Stage::CreateOwner
            | Stage::SignIn
            | Stage::ChangePassword
            | Stage::Locked
            | Stage::Ready => Ok(()),
        }
    }

    /// Signs in as the environment says.
    pub async fn sign_in(&self) -> Result<()> {
        let (Ok(email), Ok(password)) =
            (env::var("BACKSTOCK_USER"), env::var("BACKSTOCK_PASSWORD"))
        else {
            return Err(Error::new(Code::SignedOut, "No user is signed in.")
                .hint("Set BACKSTOCK_USER to your e-mail address and BACKSTOCK_PASSWORD."));
        };
        self.call::<_, Json>("session.sign_in", &SignIn { email, password })
            .await?;
        Ok(())
    }

    /// What the app would show.
    pub async fn stage(&self) -> Result<Stage> {
        stage_of(&self.state().await?)
    }

    async fn state(&self) -> Result<Json> {
        self.call("app.state", &json!({})).await
    }

    /// Whether the user who is signed in has a right.
    pub async fn may(&self, permission: Permission) -> Result<bool> {
        let state = self.state().await?;
        let rights = state["person"]["permissions"].as_array();
        Ok(rights.is_some_and(|rights| rights.contains(&json!(permission))))
    }

    /// What is known of every field: those of the workspace's own, too. A user who may not see them
    /// works without.
    pub async fn schema(&self) -> Result<Schema> {
        let mut defs = Vec::new();
        loop {
            let request = ListRecords {
                search: None,
                trashed: false,
                of: None,
                filters: None,
                sort: None,
                descending: false,
                offset: i64::try_from(defs.len()).unwrap_or(i64::MAX),
                limit: MOST_FIELDS,
            };
            let page: RecordPage = match self.call("custom_fields.list", &request).await {
                Err(error) if error.code == Code::Forbidden => break,
                page => page?,
            };
            let read = page.rows.len();
            defs.extend(page.rows.iter().map(def_of));
            if i64::try_from(read).is_ok_and(|read| read < MOST_FIELDS) {
                break;
            }
        }
        Ok(Schema::new(defs.into_iter().flatten()))
    }

    /// Lets a command use a file.
    pub fn grant(&self, path: &Path) -> ChosenFile {
        self.app.grant_file(path)
    }

    /// Gives a command.
    pub async fn call<T: Serialize, R: DeserializeOwned>(
        &self,
        name: &str,
        request: &T,
    ) -> Result<R> {
        let malformed = |error| Error::internal(format!("The request of {name}: {error}."));
        let request = serde_json::to_value(request).map_err(malformed)?;
        let answer = call(&self.app, name, request).await.map_err(told_here)?;
        serde_json::from_value(answer)
            .map_err(|error| Error::internal(format!("The answer of {name}: {error}.")))
    }

    /// Gives a command that works as a job until it answers, and shows on a terminal how far that is. Ctrl-C
    /// asks it to stop.
    pub async fn watch<R: Serialize, T: DeserializeOwned>(
        &self,
        name: &str,
        request: &R,
    ) -> Result<T> {
        let answer = self.call(name, request);
        tokio::pin!(answer);
        let mut line = is_watched().then(Line::default);
        let _work = Work::begin();
        let jobs = self.app.jobs();
        loop {
            let ended = tokio::select! {
                answer = &mut answer => Some(answer),
                () = tokio::time::sleep(Duration::from_millis(20)) => None,
            };
            if let (Some(line), Some(job)) = (&mut line, jobs.list().first()) {
                line.show(job);
            }
            if let Some(answer) = ended {
                return answer;
            }
            if is_interrupted() {
                jobs.cancel_all();
            }
        }
    }

    /// Waits until a job is done; an error when it failed or was interrupted.
    pub async fn finish(&self, started: &Started) -> Result<JobStatus> {
        let ended = self.wait(started).await?;
        match unfinished(&ended) {
            Some(error) => Err(error),
            None => Ok(ended),
        }
    }

    /// Waits until a job ends in any way, and shows on a terminal how far it is. Ctrl-C asks it to
    /// stop.
    pub async fn wait(&self, started: &Started) -> Result<JobStatus> {
        let mut line = is_watched().then(Line::default);
        let _work = Work::begin();
        loop {
            let status = self.app.jobs().get(started.job)?;
            if let Some(line) = &mut line {
                line.show(&status);
            }
            if status.state != JobState::Running {
                return Ok(status);
            }
            if is_interrupted() {
                self.app.jobs().cancel(started.job)?;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits for all jobs: they would die with the program.
    pub async fn finish_all(&self) -> Result<()> {
        for job in self.app.jobs().list() {
            let started = Started {
                job: job.id,
                plan: None,
            };
            self.finish(&started).await?;
        }
        Ok(())
    }

    /// Closes the workspace: a file is left without side files.
    pub async fn close(&self) {
        self.app.close().await;
    }
}

/// What to do about an error may be another thing on a terminal.
fn told_here(error: Error) -> Error {
    match error.code {
        Code::PasswordExpired => {
            error.hint("Set BACKSTOCK_NEW_PASSWORD and run `backstock password`.")
        }
        _ => error,
    }
}

/// Why a job that ended is not done.
pub fn unfinished(ended: &JobStatus) -> Option<Error> {
    match ended.state {
        JobState::Running | JobState::Done => None,
        JobState::Failed | JobState::Cancelled => Some(
            ended
                .error
                .clone()
                .unwrap_or_else(|| Error::new(Code::Cancelled, "It was interrupted.")),
        ),
    }
}

fn stage_of(state: &Json) -> Result<Stage> {
    serde_json::from_value(state["stage"].clone())
        .map_err(|error| Error::internal(format!("The answer of app.state: {error}.")))
}
