//! What every kind of record can be asked for on a terminal: `backstock suppliers` and what products
//! have in common with them.

use backstock::commands::records::{
    CreateRecord, FindRecords, ListRecords, Moved, RecordPage, SavedRecord, SelectRecord,
    SelectRecords, SortBy, SortTime, UpdateRecord,
};
use clap::{Args, Subcommand};
use domain::error::{Error, Result};
use domain::plan::{Change, HistoryEntry};
use domain::record::{Field, Kind, Record, Schema, Value};
use serde_json::json;

use super::output::{Ended, Failure, Printed, confirm, plain, table, usage};
use super::paging::{page_length, page_start};
use super::record_told::{describe, shown, told};
use super::session::Session;
use super::time::utc;
use super::values;

/// What is done with records of one kind.
#[derive(Debug, Subcommand)]
pub enum Records {
    /// List them.
    List(List),
    /// Show all fields of one.
    Show {
        /// Its code.
        code: String,
    },
    /// Create one.
    Create {
        /// Its fields, such as code=ACME name="Acme Textiles".
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Change fields of one.
    Update {
        /// Its code.
        code: String,
        /// The fields, such as lead_time=5; an empty value clears the field.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// Move them to the trash.
    Delete {
        /// Their codes.
        #[arg(required = true)]
        codes: Vec<String>,
        /// Delete for good what lies in the trash already; this cannot be undone.
        #[arg(long)]
        for_good: bool,
        /// Do not ask before deleting for good.
        #[arg(long)]
        yes: bool,
    },
    /// Bring them back from the trash.
    Restore {
        /// Their codes.
        #[arg(required = true)]
        codes: Vec<String>,
    },
    /// Write them to a CSV file.
    Export(ExportRecords),
    /// Show what happened to one.
    History {
        /// Its code.
        code: String,
    },
}

/// Which ones are listed.
#[derive(Debug, Args)]
pub struct List {
    /// Words that all must stand in their texts.
    #[arg(long)]
    pub search: Option<String>,
    /// What lies in the trash.
    #[arg(long)]
    pub trashed: bool,
    /// Sorted by this field, or by updated_at.
    #[arg(long, value_name = "FIELD")]
    pub sort: Option<String>,
    /// From the largest to the smallest.
    #[arg(long)]
    pub descending: bool,
    /// How many, at most 500.
    #[arg(long, default_value_t = 50, value_parser = page_length())]
    pub limit: i64,
    /// How many come before.
    #[arg(long, default_value_t = 0, value_parser = page_start())]
    pub offset: i64,
}

/// Which ones are written to a file.
#[derive(Debug, Args)]
pub struct ExportRecords {
    /// The file to write; an existing one is replaced.
    pub file: std::path::PathBuf,
    /// The columns, such as code,name; otherwise all.
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Of supplier products, only what this supplier sells.
    #[arg(long, value_name = "CODE")]
    pub supplier: Option<String>,
    /// What lies in the trash.
    #[arg(long)]
    pub trashed: bool,
}

/// The commands of one kind of record.
#[derive(Debug, Clone, Copy)]
pub struct Noun {
    /// The kind.
    pub kind: Kind,
    /// What its commands begin with: `suppliers`.
    pub name: &'static str,
}

/// Asks before what cannot be undone; before anything is opened.
pub fn check(args: &Records, as_json: bool) -> Result<(), Failure> {
    match args {
        Records::Delete {
            codes,
            for_good: true,
            yes,
        } => confirm(
            *yes,
            as_json,
            &format!("Delete {} for good?", codes.join(", ")),
        ),
        Records::Export(args) => super::files::named(&args.file),
        _ => Ok(()),
    }
}

/// Does what was typed.
pub async fn run(session: &Session, noun: Noun, args: &Records) -> Result<Ended, Failure> {
    match args {
        Records::List(args) => {
            let request = asked(session, noun, args).await?;
            noun.list(session, &request).await
        }
        Records::Show { code } => {
            let record = noun.find_one(session, code).await?;
            let told = describe(&session.schema().await?, &record);
            Ok(Ended::Done(Printed::new(json!(record), told)))
        }
        Records::Create { fields } => noun.create(session, fields).await,
        Records::Update { code, fields } => {
            let new = noun.assignments(&session.schema().await?, fields)?;
            let record = noun.find_one(session, code).await?;
            noun.update(session, record, new).await
        }
        Records::Delete {
            codes, for_good, ..
        } => {
            let verb = if *for_good { "purge" } else { "trash" };
            noun.relocate(session, verb, noun.find(session, codes).await?)
                .await
        }
        Records::Restore { codes } => {
            noun.relocate(session, "restore", noun.find(session, codes).await?)
                .await
        }
        Records::Export(args) => noun.export(session, args).await,
        Records::History { code } => {
            let record = noun.find_one(session, code).await?;
            noun.history(session, &record).await
        }
    }
}

/// What a list shows of each record: the head, and the cells below it.
pub type Shown<'a> = (&'a [&'a str], fn(&Record) -> Vec<String>);

async fn asked(session: &Session, noun: Noun, args: &List) -> Result<ListRecords, Failure> {
    let schema = session.schema().await?;
    let sort = args.sort.as_deref().map(|key| match key {
        "updated_at" => Ok(SortBy::Time(SortTime::UpdatedAt)),
        key => values::field(&schema, noun.kind, key).map(SortBy::Field),
    });
    Ok(ListRecords {
        search: args.search.clone(),
        trashed: args.trashed,
        of: None,
        filters: None,
        sort: sort.transpose()?,
        descending: args.descending,
        offset: args.offset,
        limit: args.limit,
    })
}

impl Noun {
    fn command(self, verb: &str) -> String {
        format!("{}.{verb}", self.name)
    }

    /// A page of a list.
    pub async fn list(self, session: &Session, request: &ListRecords) -> Result<Ended, Failure> {
        let (code, title) = (self.kind.code(), self.kind.title());
        let label = |field: Field| field.def().map_or("", |def| def.label);
        let head = [label(code), label(title)];
        let cells = |record: &Record| vec![record.code().to_owned(), record.title().to_owned()];
        self.page(session, request, (&head, cells)).await
    }

    /// A page of a list that shows more than codes and names.
    pub async fn list_as(
        self,
        session: &Session,
        args: &List,
        shown: Shown<'_>,
    ) -> Result<Ended, Failure> {
        let request = asked(session, self, args).await?;
        self.page(session, &request, shown).await
    }

    async fn page(
        self,
        session: &Session,
        request: &ListRecords,
        (head, cells): Shown<'_>,
    ) -> Result<Ended, Failure> {
        let page: RecordPage = session.call(&self.command("list"), request).await?;
        let mut text = table(head, page.rows.iter().map(cells).collect(), &[]);
        let plural = self.kind.def().plural;
        text.push_str(&format!("{} of {} {plural}\n", page.rows.len(), page.total));
        Ok(Ended::Done(Printed::new(json!(page), text)))
    }

    /// Fields with their values, as they were typed.
    pub fn assignments(
        self,
        schema: &Schema,
        typed: &[String],
    ) -> Result<Vec<(Field, Value)>, Failure> {
        let mut read: Vec<(Field, Value)> = Vec::with_capacity(typed.len());
        for text in typed {
            let (field, value) = values::assignment(schema, self.kind, text)?;
            if read.iter().any(|(other, _)| *other == field) {
                let message = format!("The field {} stands twice.", schema.code(field));
                return Err(usage(message, "Give each field one value."));
            }
            read.push((field, value));
        }
        Ok(read)
    }

    /// Creates a record.
    pub async fn create(self, session: &Session, typed: &[String]) -> Result<Ended, Failure> {
        let schema = session.schema().await?;
        let fields = self.assignments(&schema, typed)?.into_iter().collect();
        let request = CreateRecord { fields };
        let saved: SavedRecord = session.call(&self.command("create"), &request).await?;
        Ok(told(&saved, "Created"))
    }

    /// Changes fields of a record.
    pub async fn update(
        self,
        session: &Session,
        record: Record,
        new: Vec<(Field, Value)>,
    ) -> Result<Ended, Failure> {
        let saved = self.changed(session, &record, new).await?;
        Ok(told(&saved, "Updated"))
    }

    /// The same, for who tells about it in other words.
    pub async fn changed(
        self,
        session: &Session,
        record: &Record,
        new: Vec<(Field, Value)>,
    ) -> Result<SavedRecord> {
        let changes = new.into_iter().map(|(field, new)| Change {
            field,
            old: record.fields.get(field).clone(),
            new,
        });
        let request = UpdateRecord {
            id: record.id,
            version: record.version,
            changes: changes.collect(),
        };
        session.call(&self.command("update"), &request).await
    }

    /// Moves records to the trash, brings them back, or deletes them for good.
    pub async fn relocate(
        self,
        session: &Session,
        verb: &str,
        records: Vec<Record>,
    ) -> Result<Ended, Failure> {
        let ids = records.iter().map(|record| record.id).collect();
        let request = SelectRecords { ids };
        let moved: Moved = session.call(&self.command(verb), &request).await?;
        let done = match verb {
            "trash" => "Moved to the trash",
            "purge" => "Deleted for good",
            _ => "Restored",
        };
        let mut text = format!("{done}: {}.\n", moved.moved);
        for kept in &moved.kept {
            let (code, reason) = (plain(&kept.code), plain(&kept.reason));
            text.push_str(&format!("Kept {code}: {reason}\n"));
        }
        if let Some(batch) = moved.batch_id {
            text.push_str(&format!("Batch {batch}.\n"));
        }
        let printed = Printed::new(json!(moved), text);
        Ok(if moved.kept.is_empty() {
            Ended::Done(printed)
        } else {
            Ended::WithRest(printed)
        })
    }

    /// What happened to a record.
    pub async fn history(self, session: &Session, record: &Record) -> Result<Ended, Failure> {
        let request = SelectRecord { id: record.id };
        let entries: Vec<HistoryEntry> = session.call(&self.command("history"), &request).await?;
        let mut text = String::new();
        for entry in &entries {
            let (origin, operation) = (json!(entry.origin), json!(entry.operation));
            text.push_str(&format!(
                "{}  {} ({}) by {}\n",
                utc(entry.at),
                operation.as_str().unwrap_or_default(),
                origin.as_str().unwrap_or_default(),
                plain(&entry.person),
            ));
            for change in &entry.changes {
                let (old, new) = (
                    shown(change.kind, &change.old),
                    shown(change.kind, &change.new),
                );
                let label = plain(&change.label);
                text.push_str(&format!("  {label}: {} → {}\n", plain(&old), plain(&new)));
            }
        }
        Ok(Ended::Done(Printed::new(json!(entries), text)))
    }

    /// The record with this code.
    pub async fn find_one(self, session: &Session, code: &str) -> Result<Record> {
        let found = self.find(session, &[code.to_owned()]).await?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| self.missing(&[code]))
    }

    /// The records with these codes; an error that names those that are not there.
    pub async fn find(self, session: &Session, codes: &[String]) -> Result<Vec<Record>> {
        let request = FindRecords {
            codes: codes.to_vec(),
        };
        let found: Vec<Record> = session.call(&self.command("find"), &request).await?;
        let absent: Vec<&str> = codes
            .iter()
            .map(|code| code.trim())
            .filter(|code| found.iter().all(|record| record.code() != *code))
            .collect();
        if absent.is_empty() {
            Ok(found)
        } else {
            Err(self.missing(&absent))
        }
    }

    fn missing(self, codes: &[&str]) -> Error {
        let label = self.kind.def().label;
        let code = self.kind.code();
        let code = code.def().map_or("", |def| def.label);
        Error::not_found(format!(
            "There is no {label} with the {code} {}.",
            codes.join(", ")
        ))
        .hint(format!(
            "It is compared exactly as written. Look it up with `backstock {} list --search`.",
            self.name.replace('_', "-")
        ))
    }
}
