//! `backstock import`: a CSV file becomes a plan, and the plan is applied.

use backstock::commands::imports::{
    ConfigureImport, MakeField, MakeFields, OpenImport, PlanImport,
};
use backstock::commands::jobs::Started;
use backstock::commands::mappings::{NameMapping, StartOver};
use backstock::commands::plans::{PlanMarks, SelectPlan};
use backstock::commands::revise::{PlanRecords, RevisePlan, Revision};
use backstock::jobs::{
    AmountFor, Choice, ImportDraft, ImportQuestion, ImportSettings, open_question,
};
use csv_io::{self, Delimiter, Encoding};
use domain::error::{Code, Error, Result};
use domain::plan::{ImportOnly, Mark};
use domain::values::{self, PlanId};

use super::file_read::FileRead;
use super::files;
use super::import_args::{
    CostPer, DateOrder, DecimalMark, EmptyCells, ForeignMoney, Import, LookAlikes, Only, StockWords,
};
use super::import_columns::{find_column, find_target, match_by, split_map};
use super::output::{Ended, Failure, note, plain, usage};
use super::plan::{self, Wish};
use super::products::SUPPLIERS;
use super::session::Session;
use super::time::utc;
use super::values::record_kind;

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
    if !args.file.exists() {
        let message = format!("There is no file {}.", args.file.display());
        return Err(Error::new(Code::File, message)
            .hint("Check the path.")
            .into());
    }
    let kind = args.kind.as_deref().map(record_kind).transpose()?;
    let sender = match &args.supplier {
        Some(code) => Some(SUPPLIERS.find_one(session, code).await?.id),
        None => None,
    };
    let opened = OpenImport {
        file: session.grant(&args.file).token,
        kind,
        sender,
    };
    let draft: ImportDraft = session.watch("imports.open", &opened).await?;
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
    let draft = map_as_before(session, draft, args).await?;
    let draft = make_fields(session, draft, args).await?;
    let draft = configure_meaning(session, draft, args).await?;
    let read = FileRead::of(&draft);
    read.tell();
    // A question that a person must answer is never guessed.
    if let Some(question) = draft.questions.first() {
        let headers: Vec<String> = draft.columns.iter().map(|c| c.header.clone()).collect();
        return Err(Failure::Usage(open_question(question, &headers)));
    }
    if let Some(name) = args.save_profile.clone() {
        let id = draft.id;
        let request = NameMapping { id, name };
        session
            .call::<_, ()>("imports.save_profile", &request)
            .await?;
    }
    let request = PlanImport { id: draft.id };
    let started: Started = session.call("imports.plan", &request).await?;
    session.finish(&started).await?;
    if args.look_alikes == LookAlikes::Match {
        match_look_alikes(session, draft.id).await?;
    }
    let wish = Wish {
        dry_run: args.dry_run,
        yes: args.yes,
        conflicts: args.conflicts,
        rejects: args.rejects.as_deref(),
        read: Some(read),
    };
    plan::carry_out(session, draft.id, wish).await
}

/// Takes new records for those that their codes look like.
async fn match_look_alikes(session: &Session, id: PlanId) -> Result<()> {
    let alike = Mark::LooksLikeExisting;
    let marks: PlanMarks = session.call("plans.marks", &SelectPlan { id }).await?;
    if !marks.marks.iter().any(|marked| marked.mark == alike) {
        return Ok(());
    }
    let records = PlanRecords {
        mark: Some(alike),
        ..PlanRecords::default()
    };
    let request = RevisePlan {
        id,
        revision: Revision::TakeAlike { records },
    };
    let started: Started = session.call("plans.revise", &request).await?;
    session.finish(&started).await.map(drop)
}

/// Maps the columns as a profile says, or as it is proposed; otherwise they are mapped as those of the last
/// file with these columns already, and that is told.
async fn map_as_before(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<ImportDraft, Failure> {
    let id = draft.id;
    let draft: ImportDraft = match &args.profile {
        Some(name) => {
            let name = name.clone();
            session
                .call("imports.use_profile", &NameMapping { id, name })
                .await?
        }
        None if args.start_over && draft.remembered.is_some() => {
            session
                .call("imports.start_over", &StartOver { id })
                .await?
        }
        None => draft,
    };
    if let Some(from) = &draft.remembered {
        let what = match from.name.as_str() {
            "" => "as last time".to_owned(),
            name => format!("as the profile {name} says"),
        };
        let when = utc(from.used_at);
        note(&plain(&format!(
            "Mapped {what} ({}, {when}).",
            from.file_name
        )));
        for column in &from.missing {
            note(&plain(&format!(
                "warning: the file has no column \"{column}\"."
            )));
        }
    }
    Ok(draft)
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
        settings.encoding_chosen = true;
    }
    if let Some(delimiter) = &args.delimiter {
        settings.delimiter = Delimiter::from_key(delimiter)
            .ok_or_else(|| unknown("delimiter", delimiter, &draft.delimiters))?;
    }
    if args.no_header {
        settings.has_header = false;
    }
    if args.header.is_some() {
        settings.has_header = true;
        settings.header_line = args.header;
    }
    configure(session, draft, settings).await
}

/// Makes the fields that are asked for, of columns that are named or of all that no field takes.
async fn make_fields(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<ImportDraft, Failure> {
    let mut columns: Vec<MakeField> = Vec::new();
    for map in &args.maps {
        if let (Some(kind), (column, _)) = (type_in_map(map), split_map(map)?) {
            columns.push(made_for(
                find_column(&draft, column)?,
                (!kind.is_empty()).then(|| kind.to_owned()),
            ));
        }
    }
    let offered = draft
        .columns
        .iter()
        .enumerate()
        .filter(|_| args.make_fields);
    for (place, _) in offered.filter(|(_, column)| column.offer.is_some()) {
        let place = made_for(place, None);
        if columns.iter().all(|known| known.column != place.column) {
            columns.push(place);
        }
    }
    if columns.is_empty() {
        return Ok(draft);
    }
    let request = MakeFields {
        id: draft.id,
        columns,
    };
    Ok(session.call("imports.make_fields", &request).await?)
}

fn made_for(place: usize, kind: Option<String>) -> MakeField {
    MakeField {
        column: u32::try_from(place).unwrap_or(u32::MAX),
        label: None,
        r#type: kind,
    }
}

/// The type of the field that `Column=new:choice` makes; empty for one that fits.
fn type_in_map(map: &str) -> Option<&str> {
    let (_, target) = map.rsplit_once('=')?;
    match target.trim() {
        "new" => Some(""),
        target => target.strip_prefix("new:"),
    }
}

async fn configure_meaning(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<ImportDraft, Failure> {
    let mut settings = draft.settings.clone();
    let maps = args.maps.iter().filter(|map| type_in_map(map).is_none());
    map_columns(&draft, &mut settings, maps)?;
    settings.match_by = match_by(&draft, args.match_by.as_deref())?;
    settings.amount_for = args.cost_per.map(|per| match per {
        CostPer::Each => AmountFor::Each,
        CostPer::Pack => AmountFor::Pack,
    });
    if let Some(foreign) = args.foreign_money {
        settings.foreign_money = Some(match foreign {
            ForeignMoney::Refuse => csv_io::ForeignMoney::Refuse,
            ForeignMoney::TakeAsIs => csv_io::ForeignMoney::TakeAsIs,
        });
    }
    if let Some(words) = args.stock_words {
        settings.stock_words = Some(match words {
            StockWords::Refuse => csv_io::StockWords::Refuse,
            StockWords::Keep => csv_io::StockWords::Keep,
            StockWords::Number => csv_io::StockWords::Number,
        });
    }
    settings.keep_odd_lines = args.keep_odd_lines;
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

/// Maps columns as it was typed. What is only proposed gives way; a price of which all columns are left out
/// is not wanted.
fn map_columns(
    draft: &ImportDraft,
    settings: &mut ImportSettings,
    maps: impl Iterator<Item = impl AsRef<str>>,
) -> Result<(), Failure> {
    let mut chosen: Vec<(usize, Option<String>)> = Vec::new();
    for map in maps {
        let map = map.as_ref();
        let (column, target) = split_map(map)?;
        chosen.push((find_column(draft, column)?, find_target(draft, target)?));
    }
    let field_of = |key: &str| {
        let target = draft.targets.iter().find(|target| target.key == key);
        target.and_then(|target| target.field)
    };
    for (place, key) in settings.columns.iter_mut().enumerate() {
        let gives_way = key.as_deref().is_some_and(|own| {
            chosen.iter().any(|(other, chosen)| {
                let clashes = |chosen: &str| {
                    chosen == own
                        || (field_of(chosen).is_some() && field_of(chosen) == field_of(own))
                };
                *other != place && chosen.as_deref().is_some_and(clashes)
            })
        });
        if gives_way {
            *key = None;
        }
    }
    for (place, key) in &chosen {
        settings.columns[*place].clone_from(key);
    }
    let left_out = |index: &u32| {
        let place = usize::try_from(*index).ok();
        chosen
            .iter()
            .any(|(other, key)| Some(*other) == place && key.is_none())
    };
    for question in &draft.questions {
        if let ImportQuestion::PriceColumn {
            target, columns, ..
        } = question
            && columns.iter().all(left_out)
        {
            settings.unwanted.push(target.clone());
        }
    }
    Ok(())
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

fn unknown(what: &str, key: &str, choices: &[Choice]) -> Failure {
    let keys: Vec<&str> = choices.iter().map(|choice| choice.key.as_str()).collect();
    usage(
        format!("The {what} \"{key}\" is not known."),
        format!("Choose one of: {}.", keys.join(", ")),
    )
}
