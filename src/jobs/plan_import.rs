//! Plans an import: a pass over the file to know it, a pass for products, a pass for variants.
//! The file is read on a thread of its own while the database is asked about the rows before.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::file_index::FileIndex;
use super::look_alikes::LookAlikes;
use super::match_rows::{RowMatcher, SentFile};
use super::numbered_item::NumberedItem;
use super::place_rows::Source;
use super::plan::{Plan, PlanMeta, Revisions};
use super::plan_rows::{CHILDREN, PARENTS, RowPlanner};
use super::plan_warning::PlanWarning;
use super::registry::Progress;
use csv_io::{Body, ColumnMap, Edits, Format, Item, ReadOptions, Reader};
use domain::error::{Error, Result};
use domain::plan::{Counts, ImportOnly, Mark, Origin};
use domain::record::{Field, Kind, Schema};
use domain::values::Timestamp;
use store::{Remark, Store};

/// Rows that are planned together.
const CHUNK: usize = 2_500;

/// Chunks that may be read ahead.
const READ_AHEAD: usize = 2;

/// A file that is understood: what it takes to read its rows, as often as needed.
#[derive(Debug, Clone)]
pub struct ImportSource {
    /// What its rows are.
    pub kind: Kind,
    /// The file's name, for people.
    pub name: String,
    /// The UTF-8 copy of the file.
    pub copy: PathBuf,
    /// Delimiter and header.
    pub format: Format,
    /// What each column feeds.
    pub columns: ColumnMap,
    /// Dates, decimals, empty cells.
    pub options: ReadOptions,
    /// Which rows are taken.
    pub only: ImportOnly,
    /// What it takes to find what the rows are about, when one record sent the file.
    pub sent: Option<SentFile>,
    /// What the import is.
    pub origin: Origin,
    /// What a person changed of the file in the review.
    pub edits: Arc<Edits>,
    /// The fields whose columns a person left out in the review.
    pub columns_out: Vec<Field>,
}

impl ImportSource {
    fn reader(&self) -> Result<Reader<std::fs::File>> {
        let file = std::fs::File::open(&self.copy)
            .map_err(|cause| Error::file("open", &self.copy, &cause))?;
        let reader = Reader::new(file, self.format, &self.columns, self.options)?;
        Ok(reader.with_edits(Arc::clone(&self.edits)))
    }

    fn headers(&self) -> HashMap<Field, String> {
        let columns = self.columns.columns().iter();
        columns
            .filter_map(|column| Some((column.target?.field()?, column.name.clone())))
            .collect()
    }
}

/// Makes the plan of an import in the empty `plan`.
pub async fn plan_import(
    progress: &Progress,
    store: &Store,
    plan: &Plan,
    source: ImportSource,
    now: Timestamp,
) -> Result<()> {
    let source = Arc::new(source);
    progress.step("Reading", 0);
    let index = Arc::new(read_index(progress, &source).await?);
    progress.step("Planning", index.rows);
    let headers = source.headers();
    let of = Source {
        kind: source.kind,
        index: &index,
        headers: &headers,
        only: source.only,
    };
    let mut planner = RowPlanner::new(store, &plan.file, of);
    planner.look_alikes = Some(LookAlikes::new(store, source.kind, index.rows).await?);
    let sent = source.sent.clone();
    planner.matcher = sent.and_then(|sent| RowMatcher::new(source.kind, sent));
    plan_phase(progress, &mut planner, &source, PARENTS).await?;
    if index.has_children() {
        plan_phase(progress, &mut planner, &source, CHILDREN).await?;
    }
    check(planner.tally.counts, index.rows)?;
    let schema = store.schema();
    let (origin, name) = (source.origin, source.name.clone());
    let mut meta = PlanMeta::ready(&schema, origin, name, now, &planner.tally);
    meta.fed = headers.keys().copied().collect();
    let marks = plan.file.marks().await?;
    let marked = |wanted: &Mark| {
        let mut found = marks.iter().filter(|count| count.mark == *wanted);
        found.next().map_or(0, |count| count.count)
    };
    meta.outline.revision = Revisions {
        left_out: marked(&Mark::LeftOut),
        fixed: marked(&Mark::Fixed),
        columns: source.columns_out.clone(),
    };
    let matcher = planner.matcher.take();
    meta.outline
        .warnings
        .extend(matcher.and_then(|matcher| matcher.warning(&schema)));
    if let Some(look_alikes) = planner.look_alikes {
        meta.outline
            .warnings
            .extend(look_alike_rows(plan, &source, &index, &schema).await?);
        let warnings = look_alikes
            .compare(progress, store, source.kind, &plan.file)
            .await?;
        meta.outline.warnings.extend(warnings);
    }
    plan.save(&meta).await
}

/// Points out the rows whose codes look like that of another row.
async fn look_alike_rows(
    plan: &Plan,
    source: &ImportSource,
    index: &FileIndex,
    schema: &Schema,
) -> Result<Option<PlanWarning>> {
    let kind = source.kind;
    let label = schema.label(kind.code());
    for places in index.look_alike_places.chunks(CHUNK) {
        let remarks: Vec<Remark> = places
            .iter()
            .map(|(number, line)| Remark {
                number: i64::from(*number),
                note: format!("Its {label} looks like that on line {line}."),
                alike: None,
            })
            .collect();
        plan.file.remark(&Mark::LookAlike, &remarks).await?;
    }
    let count = i64::try_from(index.look_alike_places.len()).unwrap_or(i64::MAX);
    let examples = &index.look_alike_examples;
    let warning = || PlanWarning::of(Mark::LookAlike, (kind, schema), count, examples);
    Ok(warning().filter(|_| count > 0))
}

/// The promise that every row is accounted for, kept even against our own mistakes.
fn check(counts: Counts, rows: i64) -> Result<()> {
    if counts.read() == rows {
        return Ok(());
    }
    Err(Error::internal(format!(
        "{rows} rows were read, but {} were planned.",
        counts.read()
    ))
    .hint("Nothing was changed. The file may have changed while it was read: choose it again."))
}

async fn read_index(progress: &Progress, source: &Arc<ImportSource>) -> Result<FileIndex> {
    let (progress, source) = (progress.clone(), Arc::clone(source));
    on_a_thread(move || {
        let mut index = FileIndex::default();
        for (number, item) in (1u32..).zip(source.reader()?.identifying()) {
            index.add(source.kind, number, &item?);
            if number.is_multiple_of(1_000) {
                progress.check()?;
                progress.done(index.rows);
            }
        }
        Ok(index)
    })
    .await
}

async fn plan_phase(
    progress: &Progress,
    planner: &mut RowPlanner<'_>,
    source: &Arc<ImportSource>,
    phase: i64,
) -> Result<()> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    let source = Arc::clone(source);
    let reading = on_a_thread(move || read_chunks(&source, phase, &sender));
    let planning = async move {
        // Moved in, so that the reader hears of it when planning ends early.
        let mut receiver = receiver;
        while let Some(chunk) = receiver.recv().await {
            progress.check()?;
            planner.plan(phase, chunk).await?;
            progress.done(planner.tally.counts.read());
        }
        planner.staged().await
    };
    let (read, planned) = tokio::join!(reading, planning);
    planned?;
    read
}

fn read_chunks(
    source: &ImportSource,
    phase: i64,
    sender: &mpsc::Sender<Vec<NumberedItem>>,
) -> Result<()> {
    let mut chunk = Vec::with_capacity(CHUNK);
    for (number, item) in (1u32..).zip(source.reader()?) {
        let item = item?;
        if phase_of(source.kind, &item) != phase {
            continue;
        }
        chunk.push(NumberedItem { number, item });
        if chunk.len() == CHUNK {
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
            if sender.blocking_send(full).is_err() {
                return Ok(());
            }
        }
    }
    // The receiver is gone when planning failed or was stopped: then that is the error to tell.
    sender.blocking_send(chunk).ok();
    Ok(())
}

fn phase_of(kind: Kind, item: &Item) -> i64 {
    let parent = kind.parent_field();
    match &item.body {
        Body::Record(row) if parent.is_some_and(|field| !row.text(field).is_empty()) => CHILDREN,
        Body::Record(_) | Body::Skipped(_) => PARENTS,
    }
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|panic| {
        Error::internal(format!("Reading the file stopped unexpectedly: {panic}."))
    })?
}
