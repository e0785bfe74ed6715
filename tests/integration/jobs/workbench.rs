//! Files, plans and jobs in few words.

use domain::catalog::product::PRODUCT;
use std::path::PathBuf;
use std::sync::Arc;

use backstock::jobs::{
    Author, Draft, JobKind, JobSubject, Jobs, Plan, PlanMeta, Progress, Rows, apply_plan,
    plan_import, plan_undo,
};
use domain::error::{Error, Result};
use domain::plan::{Batch, Outcome, PlannedRecord};
use domain::record::{Kind, Record};
use domain::values::{BatchId, DateOrder, FixedClock, PlanId, Timestamp, UserId};
use store::{RecordFilter, Store};
use tempfile::TempDir;

/// A folder of files and plans, and a user who works with them.
pub struct Workbench {
    folder: TempDir,
    jobs: Jobs,
    kind: Kind,
    pub author: Author,
}

impl Workbench {
    pub fn new() -> Self {
        Self::of(PRODUCT)
    }

    /// One whose files hold records of this kind.
    pub fn of(kind: Kind) -> Self {
        let clock = Arc::new(FixedClock::at(Timestamp(1_750_000_000_000)));
        Self {
            folder: tempfile::tempdir().unwrap(),
            jobs: Jobs::new(clock, Arc::new(|_| {})),
            kind,
            author: Author {
                id: UserId::new(),
                name: "Ada".into(),
            },
        }
    }

    pub fn plans(&self) -> PathBuf {
        self.folder.path().join("plans")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file understood as proposed; dates are day first.
    pub fn draft(&self, content: &[u8]) -> Result<Draft> {
        let path = self.path("file.csv");
        std::fs::write(&path, content).unwrap();
        let mut draft = Draft::open(
            &self.plans(),
            &path,
            true,
            Rows {
                kind: self.kind,
                currency: "",
                schema: &std::sync::Arc::default(),
                progress: None,
            },
        )?;
        let mut settings = draft.look()?.settings;
        settings.date_order.get_or_insert(DateOrder::Dmy);
        draft.configure(settings, true)?;
        Ok(draft)
    }

    /// The plan of a file.
    pub async fn plan(&self, store: &Store, content: &str) -> Planned {
        self.plan_draft(store, self.draft(content.as_bytes()).unwrap())
            .await
    }

    pub async fn plan_draft(&self, store: &Store, draft: Draft) -> Planned {
        let id = draft.look().unwrap().id;
        let plan = Plan::create(&self.plans(), id).await.unwrap();
        let (store, made) = (store.clone(), plan.clone());
        self.run(move |progress| async move {
            plan_import(&progress, &store, &made, draft.source()?, Timestamp(0)).await
        })
        .await
        .unwrap();
        Planned {
            meta: plan.meta().await.unwrap(),
            plan,
        }
    }

    /// The plan that undoes a batch.
    pub async fn plan_undo(&self, store: &Store, batch: BatchId) -> Result<Planned> {
        let plan = Plan::create(&self.plans(), PlanId::new()).await.unwrap();
        let (store, made) = (store.clone(), plan.clone());
        self.run(move |progress| async move {
            plan_undo(&progress, &store, &made, batch, Timestamp(0)).await
        })
        .await?;
        Ok(Planned {
            meta: plan.meta().await.unwrap(),
            plan,
        })
    }

    /// Applies a plan and tells what its batch says.
    pub async fn apply(&self, store: &Store, planned: &Planned) -> Result<Batch> {
        let (author, plan, shop) = (self.author.clone(), planned.plan.clone(), store.clone());
        self.run(move |progress| async move {
            apply_plan(&progress, &shop, &plan, &author).await.map(drop)
        })
        .await?;
        let meta = planned.plan.meta().await.unwrap();
        store.batch(meta.outline.batch_id.unwrap()).await
    }

    /// The record with this code: the product with this SKU.
    pub async fn product(&self, store: &Store, code: &str) -> Record {
        store
            .find_by_codes(self.kind, &[code])
            .await
            .unwrap()
            .remove(0)
    }

    /// Plans and applies a file.
    pub async fn import(&self, store: &Store, content: &str) -> Batch {
        let planned = self.plan(store, content).await;
        self.apply(store, &planned).await.unwrap()
    }

    /// Runs work as a job, to its end.
    pub async fn run<F>(&self, work: impl FnOnce(Progress) -> F) -> Result<()>
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let subject = JobSubject {
            kind: JobKind::ApplyPlan,
            label: String::new(),
            plan: None,
        };
        let id = self.jobs.start(subject, work)?;
        let status = self.jobs.wait(id).await?;
        match status.error {
            Some(error) => Err(error),
            None if status.state == backstock::jobs::JobState::Done => Ok(()),
            None => Err(Error::new(domain::error::Code::Cancelled, "Stopped.")),
        }
    }
}

/// A plan and what is known of it.
pub struct Planned {
    pub plan: Plan,
    pub meta: PlanMeta,
}

impl Planned {
    pub async fn rows(&self) -> Vec<PlannedRecord> {
        self.plan
            .file
            .page(RecordFilter::default(), 0, 500)
            .await
            .unwrap()
    }

    /// Line and outcome of each record.
    pub async fn outcomes(&self) -> Vec<(i64, Outcome)> {
        let rows = self.rows().await;
        rows.iter()
            .map(|row| (row.line.unwrap_or_default(), row.outcome))
            .collect()
    }

    /// What the only problem of the record on `line` says.
    pub async fn problem(&self, line: i64) -> String {
        let rows = self.rows().await;
        let row = rows.iter().find(|row| row.line == Some(line)).unwrap();
        let problems: Vec<String> = row.problems.iter().map(|p| p.message.clone()).collect();
        problems.join(" | ")
    }
}
