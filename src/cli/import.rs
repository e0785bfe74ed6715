//! `backstock import`: a CSV file becomes a plan, and the plan is applied.

use backstock::commands::imports::{ConfigureImport, OpenImport, PlanImport, Started};
use backstock::jobs::{Choice, ImportDraft, ImportQuestion, ImportSettings};
use csv_io::{self, Delimiter, Encoding};
use domain::error::{Code, Error, Result};
use domain::plan::ImportOnly;
use domain::values;

use super::args::{DateOrder, DecimalMark, EmptyCells, Import, Only};
use super::files;
use super::output::{Ended, Failure, usage};
use super::plan::{self, Wish};
use super::session::Session;

/// Refuses what cannot work, before anything is opened.
pub fn check(args: &Import, as_json: bool) -> Result<(), Failure> {
    for map in &args.maps {
        split_map(map)?;
    }
    if let Some(rejects) = &args.rejects {
        files::named(rejects)?;
        files::not_over(&args.file, rejects)?;
    }
    plan::can_confirm(args.yes || args.dry_run, as_json)
}

/// Reads, plans and applies the file.
pub async fn run(session: &Session, args: &Import) -> Result<Ended, Failure> {
    if !args.file.is_file() {
        let message = format!("There is no file {}.", args.file.display());
        return Err(Error::new(Code::File, message)
            .hint("Check the path.")
            .into());
    }
    let file = session.grant(&args.file).token;
    let draft: ImportDraft = session.call("imports.open", &OpenImport { file }).await?;
    let id = draft.id;
    let ended = plan_and_apply(session, draft, args).await;
    plan::clear(session, id).await;
    ended
}

async fn plan_and_apply(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<Ended, Failure> {
    let draft = configure_reading(session, draft, args).await?;
    let draft = configure_meaning(session, draft, args).await?;
    if let Some(question) = draft.questions.first() {
        return Err(unanswered(question));
    }
    let request = PlanImport { id: draft.id };
    let started: Started = session.call("imports.plan", &request).await?;
    session.finish(&started).await?;
    let wish = Wish {
        dry_run: args.dry_run,
        yes: args.yes,
        conflicts: args.conflicts,
        rejects: args.rejects.as_deref(),
    };
    plan::carry_out(session, draft.id, &wish).await
}

/// Encoding, delimiter and header come first: they decide which columns there are.
async fn configure_reading(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<ImportDraft, Failure> {
    let mut settings = draft.settings.clone();
    if let Some(encoding) = &args.encoding {
        settings.encoding = Encoding::from_key(encoding)
            .ok_or_else(|| unknown("encoding", encoding, &draft.encodings))?;
    }
    if let Some(delimiter) = &args.delimiter {
        settings.delimiter = Delimiter::from_key(delimiter)
            .ok_or_else(|| unknown("delimiter", delimiter, &draft.delimiters))?;
    }
    if args.no_header {
        settings.has_header = false;
    }
    configure(session, draft, settings).await
}

async fn configure_meaning(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<ImportDraft, Failure> {
    let mut settings = draft.settings.clone();
    for map in &args.maps {
        let (column, target) = split_map(map)?;
        let place = find_column(&draft, column)?;
        settings.columns[place] = find_target(&draft, target)?;
    }
    if let Some(order) = args.date_order {
        settings.date_order = Some(match order {
            DateOrder::Dmy => values::DateOrder::Dmy,
            DateOrder::Mdy => values::DateOrder::Mdy,
            DateOrder::Ymd => values::DateOrder::Ymd,
        });
    }
    if let Some(mark) = args.decimal_mark {
        settings.decimal_mark = Some(match mark {
            DecimalMark::Point => csv_io::DecimalMark::Point,
            DecimalMark::Comma => csv_io::DecimalMark::Comma,
        });
    }
    if let Some(empty) = args.empty {
        settings.empty_cells = match empty {
            EmptyCells::Keep => csv_io::EmptyCells::Keep,
            EmptyCells::Clear => csv_io::EmptyCells::Clear,
        };
    }
    if let Some(only) = args.only {
        settings.only = match only {
            Only::Create => ImportOnly::Create,
            Only::Update => ImportOnly::Update,
        };
    }
    configure(session, draft, settings).await
}

async fn configure(
    session: &Session,
    draft: ImportDraft,
    settings: ImportSettings,
) -> Result<ImportDraft, Failure> {
    if settings == draft.settings {
        return Ok(draft);
    }
    let request = ConfigureImport {
        id: draft.id,
        settings,
    };
    Ok(session.call("imports.configure", &request).await?)
}

/// Column and target of `Column=field`. The last `=` divides: a header may contain one.
fn split_map(map: &str) -> Result<(&str, &str), Failure> {
    map.rsplit_once('=').ok_or_else(|| {
        usage(
            format!("\"{map}\" maps no column."),
            "Type --map \"Column=field\".",
        )
    })
}

fn find_column(draft: &ImportDraft, name: &str) -> Result<usize, Failure> {
    let headers = || draft.columns.iter().map(|column| column.header.trim());
    let exactly = headers().position(|header| header == name.trim());
    let place = exactly.or_else(|| {
        headers().position(|header| header.to_lowercase() == name.trim().to_lowercase())
    });
    place
        .filter(|place| *place < draft.settings.columns.len())
        .ok_or_else(|| {
            usage(
                format!("The file has no column \"{name}\"."),
                format!(
                    "Its columns are: {}.",
                    headers().collect::<Vec<_>>().join(", ")
                ),
            )
        })
}

fn find_target(draft: &ImportDraft, key: &str) -> Result<Option<String>, Failure> {
    let key = key.trim();
    if key.is_empty() {
        return Ok(None);
    }
    if draft.targets.iter().any(|target| target.key == key) {
        return Ok(Some(key.to_owned()));
    }
    let keys: Vec<&str> = draft
        .targets
        .iter()
        .map(|target| target.key.as_str())
        .collect();
    Err(usage(
        format!("A column cannot feed \"{key}\"."),
        format!("It can feed: {}.", keys.join(", ")),
    ))
}

fn unknown(what: &str, key: &str, choices: &[Choice]) -> Failure {
    let keys: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
    usage(
        format!("The {what} \"{key}\" is not known."),
        format!("Choose one of: {}.", keys.join(", ")),
    )
}

/// A question that a person must answer is never guessed.
fn unanswered(question: &ImportQuestion) -> Failure {
    match question {
        ImportQuestion::DateOrder { example } => usage(
            format!(
                "The order of day and month is not clear: \"{example}\" can be read in two ways."
            ),
            "Say it with --date-order dmy, mdy or ymd.",
        ),
        ImportQuestion::DecimalMark { example } => usage(
            format!("The decimal mark is not clear: \"{example}\" can be read in two ways."),
            "Say it with --decimal-mark point or comma.",
        ),
        ImportQuestion::SkuColumn => usage(
            "No column is the SKU, so rows cannot be matched with products.",
            "Say which one it is with --map \"COLUMN=sku\".",
        ),
    }
}
