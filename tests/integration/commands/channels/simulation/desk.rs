//! A desktop that can die at any moment: what it runs in is taken away from under it.

use std::time::Duration;

use backstock::jobs::{JobId, JobState, JobStatus};
use domain::error::Error;
use serde_json::Value as Json;
use testing::Place;
use tokio::runtime::{Builder, Runtime};

use crate::support::TestApp;

/// A desktop and what it runs in.
pub struct Desk {
    runtime: Option<Runtime>,
    desktop: Option<TestApp>,
}

/// What a desktop runs in.
pub fn runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().build().unwrap()
}

impl Desk {
    /// A desktop whose owner is signed in.
    pub fn open(place: &Place) -> Self {
        let runtime = runtime();
        let entered = runtime.enter();
        let desktop = TestApp::start_hurried(place);
        drop(entered);
        let desk = Self {
            runtime: Some(runtime),
            desktop: Some(desktop),
        };
        desk.enter();
        desk
    }

    fn enter(&self) {
        self.block(async {
            let desktop = self.desktop();
            desktop.open().await;
            desktop.sign_in("ada@example.com").await;
        });
    }

    pub fn desktop(&self) -> &TestApp {
        self.desktop.as_ref().unwrap()
    }

    pub fn block<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.as_ref().unwrap().block_on(future)
    }

    /// Gives a command that works.
    pub fn ok(&self, name: &str, request: Json) -> Json {
        self.block(self.desktop().ok(name, request))
    }

    /// Gives a command.
    pub fn call(&self, name: &str, request: Json) -> Result<Json, Error> {
        self.block(self.desktop().call(name, request))
    }

    /// How the job stands that a command started.
    pub fn job(&self, started: &Json) -> JobStatus {
        let job = JobId(started["job"].as_i64().unwrap());
        self.desktop().app.jobs().get(job).unwrap()
    }

    /// Asks a job to stop, and waits until it has.
    pub fn cancel(&self, started: &Json) {
        self.ok("jobs.cancel", serde_json::json!({ "id": started["job"] }));
        while self.job(started).state == JobState::Running {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Nothing runs any more, whatever it was about to do.
    pub fn die(&mut self) {
        drop(self.runtime.take());
    }

    /// It is started again.
    pub fn rise(&mut self) {
        let runtime = runtime();
        let entered = runtime.enter();
        self.desktop = self.desktop.take().map(TestApp::again);
        drop(entered);
        self.runtime = Some(runtime);
        self.enter();
    }

    /// It is closed as a person does it.
    pub fn close(self) {
        self.block(self.desktop().app.close());
    }
}
