//! `backstock history` and `backstock verify-history`: who did what and when, and whether the
//! journal was changed past the app.

use domain::catalog::product::PRODUCT;
use std::str::FromStr;

use backstock::commands::history::{ExportHistory, ListHistory, VerifyHistory as Verify};
use backstock::commands::jobs::Started;
use backstock::commands::list::COMMANDS;
use backstock::commands::users::UserPage;
use domain::error::Error;
use domain::plan::{HistoryEntry, HistoryFilter, HistoryPage, Origin, Verification};
use domain::record::Kind;
use domain::values::{Date, RecordId, Timestamp, UserId};
use serde_json::{Value as Json, json};

use super::files;
use super::history_args::{History, VerifyHistory};
use super::output::{Ended, Failure, Printed, plain, table, usage};
use super::product_codes;
use super::records::Noun;
use super::session::Session;
use super::time::utc;
use super::values::{self, shown};

/// Which entries are meant.
pub fn wanted(args: &History) -> Result<HistoryFilter, Failure> {
    if let Some(file) = &args.csv {
        files::named(file)?;
    }
    let origins: Vec<Origin> = args
        .origins
        .iter()
        .map(|word| origin(word))
        .collect::<Result<_, _>>()?;
    let kind = args.kind.as_deref().map(values::record_kind).transpose()?;
    Ok(HistoryFilter {
        kind,
        // A code is looked up once a user is signed in.
        record: args.record.as_deref().and_then(|id| id.parse().ok()),
        person: match args.person.as_deref() {
            // An address is looked up once a user is signed in.
            Some(person) if !person.contains('@') => Some(id(person)?),
            _ => None,
        },
        batch: args.batch.as_deref().map(id).transpose()?,
        origins: (!origins.is_empty()).then_some(origins),
        // Fields of the workspace's own are known once a person is signed in.
        field: None,
        from: args.from.as_deref().map(first_moment).transpose()?,
        to: args.to.as_deref().map(last_moment).transpose()?,
        search: args.search.clone(),
        by_batch: None,
    })
}

fn id<T: FromStr<Err = Error>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(Failure::Usage)
}

fn origin(word: &str) -> Result<Origin, Failure> {
    let json = Json::String(word.trim().to_lowercase().replace([' ', '-'], "_"));
    serde_json::from_value(json).map_err(|_| {
        usage(
            format!("There is no origin \"{word}\"."),
            "The origins are: form, trash, restore, purge, import, bulk_edit, sync, undo, offline_replay, practice, people, settings, sign_in.",
        )
    })
}

fn first_moment(day: &str) -> Result<Timestamp, Failure> {
    let date = Date::parse_iso(day.trim())
        .ok_or_else(|| usage(format!("\"{day}\" is no day."), "Type a day as 2026-12-31."))?;
    Ok(Timestamp::start_of(date))
}

fn last_moment(day: &str) -> Result<Timestamp, Failure> {
    Ok(Timestamp(first_moment(day)?.0 + 86_399_999))
}

/// Shows entries, or writes them to a file.
pub async fn run(
    session: &Session,
    args: &History,
    mut filter: HistoryFilter,
) -> Result<Ended, Failure> {
    if let Some(address) = args.person.as_deref().filter(|person| person.contains('@')) {
        filter.person = Some(person_at(session, address).await?);
    }
    if let Some(code) = args.record.as_deref().filter(|_| filter.record.is_none()) {
        let kind = filter.kind.unwrap_or(PRODUCT);
        filter.record = Some(record_with(session, kind, code).await?);
    }
    if let Some(key) = &args.field {
        let of = filter.kind.unwrap_or(PRODUCT);
        filter.field = Some(values::field(&session.schema().await?, of, key)?);
    }
    if let Some(path) = &args.csv {
        let request = ExportHistory {
            filter,
            file: session.grant(path).token,
        };
        let started: Started = session.call("history.export", &request).await?;
        let entries = session.finish(&started).await?.done;
        let file = path.display().to_string();
        return Ok(Ended::Done(Printed::new(
            json!({ "entries": entries, "file": file }),
            format!("Wrote {entries} entries to {file}."),
        )));
    }
    let request = ListHistory {
        filter,
        before: args.before,
        limit: Some(args.limit),
    };
    let page: HistoryPage = session.call("history.list", &request).await?;
    Ok(Ended::Done(Printed::new(json!(page), text(&page))))
}

/// The record of a kind with this code. People and roles have none.
async fn record_with(session: &Session, kind: Kind, code: &str) -> Result<RecordId, Failure> {
    if kind == PRODUCT {
        return Ok(product_codes::find_one(session, code).await?.id);
    }
    let name = kind.def().area;
    let find = format!("{name}.find");
    if COMMANDS.iter().any(|known| known.name == find) {
        return Ok(Noun { kind, name }.find_one(session, code).await?.id);
    }
    Err(usage(
        format!("\"{code}\" is no id of a {}.", kind.def().label),
        "Copy it from the history as JSON, e.g. 0198c5b2-7c11-7000-8000-000000000001.",
    ))
}

async fn person_at(session: &Session, address: &str) -> Result<UserId, Failure> {
    let request = json!({ "search": address.trim() });
    let page: UserPage = session.call("users.list", &request).await?;
    let mut users = page.users.into_iter();
    let found = users.find(|user| user.email.eq_ignore_ascii_case(address.trim()));
    let found = found.ok_or_else(|| {
        usage(
            format!("No person has the address {address}."),
            "Look at the list of people, or give the person's id from the history as JSON.",
        )
    })?;
    Ok(found.id)
}

fn text(page: &HistoryPage) -> String {
    let head = ["When", "Who", "Origin", "Record", "What", "Changes"];
    let mut text = table(&head, page.entries.iter().map(row).collect(), &[]);
    if let Some(next) = page.next {
        text.push_str(&format!("There are older entries: --before {next}\n"));
    }
    text
}

fn row(entry: &HistoryEntry) -> Vec<String> {
    let word = |json: Json| json.as_str().unwrap_or_default().replace('_', " ");
    let changes: Vec<String> = entry
        .changes
        .iter()
        .map(|change| {
            let side = |value| shown(change.kind, value);
            format!(
                "{}: {} → {}",
                change.label,
                side(&change.old),
                side(&change.new)
            )
        })
        .collect();
    vec![
        utc(entry.at),
        entry.person.clone(),
        match entry.origin {
            Origin::Undo => entry.title.clone(),
            origin => word(json!(origin)),
        },
        entry.label.clone(),
        word(json!(entry.operation)),
        changes.join("; "),
    ]
}

/// Checks the history.
pub async fn verify(session: &Session, args: &VerifyHistory) -> Result<Ended, Failure> {
    let request = Verify {
        head: args.head.clone(),
    };
    let started: Started = session.call("history.verify", &request).await?;
    session.finish(&started).await?;
    let found: Option<Verification> = session.call("history.verification", &json!({})).await?;
    let found = found.unwrap_or_default();
    let printed = Printed::new(json!(found), told(&found));
    Ok(if found.problem_count == 0 {
        Ended::Done(printed)
    } else {
        Ended::Wrong(printed)
    })
}

fn told(found: &Verification) -> String {
    let mut text = String::new();
    for problem in &found.problems {
        let label = plain(&problem.label);
        let person = plain(&problem.person);
        match (problem.batch, problem.at) {
            (Some(batch), Some(at)) => text.push_str(&format!(
                "Batch {batch} ({label}, {person}, {}): {}\n",
                utc(at),
                problem.what
            )),
            (Some(batch), None) => text.push_str(&format!("Batch {batch}: {}\n", problem.what)),
            _ => text.push_str(&format!("{}\n", problem.what)),
        }
    }
    let more = found.problem_count - i64::try_from(found.problems.len()).unwrap_or_default();
    if more > 0 {
        text.push_str(&format!("and {more} more\n"));
    }
    text.push_str(&format!(
        "{} Checked {} batches with {} entries, and {} records against them; {} not finished yet, {} older than the chain.\nHead: {}\n",
        match found.problem_count {
            0 => "The history is in order.",
            _ => "The workspace was changed past the app.",
        },
        found.batches,
        found.entries,
        found.records,
        found.open,
        found.older,
        found.head
    ));
    text
}
