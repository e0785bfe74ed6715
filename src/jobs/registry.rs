//! What runs: jobs are started, watched and asked to stop here.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::status::{JobId, JobKind, JobState, JobStatus};
use domain::error::{Code, Error, Result};
use domain::values::{BatchId, Clock, PlanId};

/// How many ended jobs are remembered.
const REMEMBERED: usize = 50;

/// The least time between two reports of one job, in milliseconds: 20 a second.
const REPORT_INTERVAL: i64 = 50;

/// How often a job is looked at whose end is awaited.
const LOOK_INTERVAL: Duration = Duration::from_millis(10);

type Report = dyn Fn(JobStatus) + Send + Sync;

/// All jobs since the app started.
#[derive(Clone)]
pub struct Jobs {
    clock: Arc<dyn Clock>,
    report: Arc<Report>,
    jobs: Arc<Mutex<BTreeMap<JobId, Job>>>,
}

struct Job {
    status: JobStatus,
    stop: Arc<OnceLock<String>>,
}

impl Job {
    fn runs(&self) -> bool {
        self.status.state == JobState::Running
    }
}

/// What a job says that a person stopped.
const STOPPED: &str = "Stopped.";

/// What a job is about.
#[derive(Debug, Clone)]
pub struct JobSubject {
    /// What it does.
    pub kind: JobKind,
    /// What it works on, for people.
    pub label: String,
    /// The plan that it makes or applies.
    pub plan: Option<PlanId>,
}

impl Jobs {
    /// No jobs yet; `report` hears of each change of a job, at most 20 times a second.
    pub fn new(clock: Arc<dyn Clock>, report: Arc<Report>) -> Self {
        Self {
            clock,
            report,
            jobs: Arc::default(),
        }
    }

    /// Starts `work` in the background. It gets the handle by which it tells how far it is. One plan is
    /// the subject of one running job at most.
    pub fn start<W, F>(&self, subject: JobSubject, work: W) -> Result<JobId>
    where
        W: FnOnce(Progress) -> F,
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let progress = self.open(subject)?;
        let id = progress.id;
        let done = progress.clone();
        let running = work(progress);
        tokio::spawn(async move {
            // The work runs in a task of its own, so that a panic ends the job and not the app.
            let ended = tokio::spawn(running).await;
            done.end(ended.unwrap_or_else(|panic| {
                Err(
                    Error::internal(format!("The job stopped unexpectedly: {panic}"))
                        .hint("What was applied before is kept; look at the last batch."),
                )
            }));
        });
        Ok(id)
    }

    /// Runs `work` as a job, and waits for what it comes to.
    pub async fn run<T, W, F>(&self, subject: JobSubject, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: FnOnce(Progress) -> F,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let (tell, told) = tokio::sync::oneshot::channel();
        self.start(subject, |progress| {
            let running = work(progress);
            async move {
                let came = running.await;
                let ended = came.as_ref().map(drop).map_err(Error::clone);
                tell.send(came).ok();
                ended
            }
        })?;
        let lost = || Error::internal("The job stopped unexpectedly.");
        told.await.unwrap_or_else(|_| Err(lost()))
    }

    fn open(&self, subject: JobSubject) -> Result<Progress> {
        let now = self.clock.now();
        let mut jobs = lock(&self.jobs);
        if subject.plan.is_some_and(|plan| works_on(&jobs, plan)) {
            return Err(in_work());
        }
        let id = JobId(jobs.last_key_value().map_or(1, |(id, _)| id.0 + 1));
        let status = JobStatus {
            id,
            kind: subject.kind,
            label: subject.label,
            state: JobState::Running,
            step: String::new(),
            done: 0,
            total: 0,
            started_at: now,
            at: now,
            step_started_at: now,
            plan: subject.plan,
            batch: None,
            error: None,
        };
        let stop: Arc<OnceLock<String>> = Arc::default();
        jobs.insert(
            id,
            Job {
                status: status.clone(),
                stop: Arc::clone(&stop),
            },
        );
        forget_old(&mut jobs);
        drop(jobs);
        (self.report)(status);
        Ok(Progress {
            id,
            jobs: self.clone(),
            stop,
        })
    }

    /// What runs and what ended, the latest first.
    pub fn list(&self) -> Vec<JobStatus> {
        lock(&self.jobs)
            .values()
            .rev()
            .map(|job| job.status.clone())
            .collect()
    }

    /// Whether a job runs.
    pub fn are_running(&self) -> bool {
        lock(&self.jobs).values().any(Job::runs)
    }

    /// Whether a job works on this plan.
    pub fn work_on(&self, plan: PlanId) -> bool {
        works_on(&lock(&self.jobs), plan)
    }

    /// One job.
    pub fn get(&self, id: JobId) -> Result<JobStatus> {
        let jobs = lock(&self.jobs);
        let job = jobs.get(&id).ok_or_else(|| no_such_job(id))?;
        Ok(job.status.clone())
    }

    /// Asks a job to stop at the next whole step.
    pub fn cancel(&self, id: JobId) -> Result<JobStatus> {
        let jobs = lock(&self.jobs);
        let job = jobs.get(&id).ok_or_else(|| no_such_job(id))?;
        job.stop.get_or_init(|| STOPPED.to_owned());
        Ok(job.status.clone())
    }

    /// Asks every running job to stop, for example before the workspace closes.
    pub fn cancel_all(&self) {
        self.cancel_all_because(STOPPED);
    }

    /// The same, and each of them says why it stopped.
    pub fn cancel_all_because(&self, why: &str) {
        for job in lock(&self.jobs).values() {
            job.stop.get_or_init(|| why.to_owned());
        }
    }

    /// Waits until a job has ended.
    pub async fn wait(&self, id: JobId) -> Result<JobStatus> {
        loop {
            let status = self.get(id)?;
            if status.state != JobState::Running {
                return Ok(status);
            }
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
    }

    /// Waits until no job runs.
    pub async fn wait_for_all(&self) {
        while self.are_running() {
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
    }
}

/// By this a job tells how far it is, and hears that it should stop.
#[derive(Clone)]
pub struct Progress {
    id: JobId,
    jobs: Jobs,
    stop: Arc<OnceLock<String>>,
}

impl Progress {
    /// A new step begins; `total` is 0 while the number of rows is not known.
    pub fn step(&self, step: &str, total: i64) {
        let now = self.jobs.clock.now();
        self.change(true, |status| {
            step.clone_into(&mut status.step);
            (status.done, status.total, status.step_started_at) = (0, total, now);
        });
    }

    /// So many rows of this step are done.
    pub fn done(&self, done: i64) {
        self.change(false, |status| status.done = done);
    }

    /// The plan that the job makes.
    pub fn plan(&self, plan: PlanId) {
        self.change(true, |status| status.plan = Some(plan));
    }

    /// The batch that the job writes.
    pub fn batch(&self, batch: BatchId) {
        self.change(true, |status| status.batch = Some(batch));
    }

    /// Asks the job to stop at the next whole step.
    pub fn cancel(&self) {
        self.stop.get_or_init(|| STOPPED.to_owned());
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.stop.get().is_some()
    }

    /// An error when it was asked to stop.
    pub fn check(&self) -> Result<()> {
        match self.stop.get() {
            Some(why) => Err(Error::new(Code::Cancelled, why)),
            None => Ok(()),
        }
    }

    fn end(&self, ended: Result<()>) {
        self.change(true, |status| {
            (status.state, status.error) = match ended {
                Ok(()) => (JobState::Done, None),
                Err(error) if error.code == Code::Cancelled => {
                    // A person who stopped it knows why.
                    let why = Some(error).filter(|error| error.message != STOPPED);
                    (JobState::Cancelled, why)
                }
                Err(error) => (JobState::Failed, Some(error)),
            };
        });
    }

    fn change(&self, always_report: bool, change: impl FnOnce(&mut JobStatus)) {
        let now = self.jobs.clock.now();
        let mut jobs = lock(&self.jobs.jobs);
        let Some(job) = jobs.get_mut(&self.id) else {
            return;
        };
        change(&mut job.status);
        if !always_report && now.0 - job.status.at.0 < REPORT_INTERVAL {
            return;
        }
        job.status.at = now;
        let status = job.status.clone();
        drop(jobs);
        (self.jobs.report)(status);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn forget_old(jobs: &mut BTreeMap<JobId, Job>) {
    while jobs.len() > REMEMBERED {
        let mut ended = jobs.values().filter(|job| !job.runs());
        let Some(oldest) = ended.next().map(|job| job.status.id) else {
            return;
        };
        jobs.remove(&oldest);
    }
}

fn works_on(jobs: &BTreeMap<JobId, Job>, plan: PlanId) -> bool {
    let mut running = jobs.values().filter(|job| job.runs());
    running.any(|job| job.status.plan == Some(plan))
}

/// The plan is another job's just now.
pub fn in_work() -> Error {
    Error::invalid("This plan is being worked on already.").hint("Wait for its end, or stop it.")
}

fn no_such_job(id: JobId) -> Error {
    Error::not_found(format!("Job {} is not known any more.", id.0))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{JobKind, JobState, JobStatus, JobSubject, Jobs};
    use domain::error::Error;
    use domain::values::{FixedClock, Timestamp};

    fn jobs() -> (Jobs, Arc<FixedClock>, Arc<Mutex<Vec<JobStatus>>>) {
        let clock = Arc::new(FixedClock::at(Timestamp(1_000)));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let hear = Arc::clone(&heard);
        let jobs = Jobs::new(
            clock.clone(),
            Arc::new(move |job| hear.lock().unwrap().push(job)),
        );
        (jobs, clock, heard)
    }

    fn subject() -> JobSubject {
        JobSubject {
            kind: JobKind::Export,
            label: "products.csv".into(),
            plan: None,
        }
    }

    #[tokio::test]
    async fn a_job_reports_its_steps_and_its_end() {
        let (jobs, clock, heard) = jobs();
        let started = jobs.start(subject(), |progress| async move {
            progress.step("Writing", 3);
            for row in 1..=3 {
                clock.advance(if row == 2 { 60 } else { 1 });
                progress.done(row);
            }
            Ok(())
        });
        let status = jobs.wait(started.unwrap()).await.unwrap();
        assert_eq!(
            (status.state, status.done, status.total),
            (JobState::Done, 3, 3)
        );
        let reported: Vec<i64> = heard.lock().unwrap().iter().map(|job| job.done).collect();
        assert_eq!(
            reported,
            [0, 0, 2, 3],
            "rows closer than 50 ms are not reported"
        );
    }

    #[tokio::test]
    async fn a_cancelled_job_stops_where_it_checks() {
        let (jobs, _clock, _heard) = jobs();
        let started = jobs.start(subject(), |progress| async move {
            loop {
                progress.check()?;
                tokio::task::yield_now().await;
            }
        });
        let id = started.unwrap();
        assert!(jobs.are_running());
        jobs.cancel(id).unwrap();
        jobs.wait_for_all().await;
        assert!(!jobs.are_running());
        assert_eq!(jobs.get(id).unwrap().state, JobState::Cancelled);
    }

    #[tokio::test]
    async fn a_failed_or_broken_job_says_why() {
        let (jobs, _clock, _heard) = jobs();
        let failed = jobs.start(subject(), |_| async { Err(Error::invalid("No room.")) });
        let failed = jobs.wait(failed.unwrap()).await.unwrap();
        assert_eq!(failed.state, JobState::Failed);
        assert_eq!(failed.error.unwrap().message, "No room.");
        let broken = jobs.start(subject(), |_| async { panic!("a defect") });
        let broken = jobs.wait(broken.unwrap()).await.unwrap();
        assert!(broken.error.unwrap().message.contains("unexpectedly"));
    }
    #[tokio::test]
    async fn two_jobs_never_work_on_one_plan() {
        let (jobs, _clock, _heard) = jobs();
        let plan = JobSubject {
            plan: Some(domain::values::PlanId::new()),
            ..subject()
        };
        let first = jobs.start(plan.clone(), |_| std::future::pending());
        let second = jobs.start(plan.clone(), |_| async { Ok(()) });
        assert!(second.unwrap_err().message.contains("worked on already"));
        jobs.start(subject(), |_| async { Ok(()) }).unwrap();
        assert!(jobs.get(first.unwrap()).is_ok());
    }
}
