//! `backstock export`, `backstock suppliers export`: records to a CSV file.

use backstock::commands::exports::RunExport;
use backstock::commands::jobs::Started;
use backstock::commands::narrowed::Narrowed;
use backstock::commands::records::ReferTo;
use csv_io::Shape;
use domain::catalog::ProductFilter;
use domain::catalog::product::PRODUCT;
use domain::error::Result;
use domain::record::Kind;
use serde_json::json;

use super::args::{Export, ExportFormat};
use super::files;
use super::output::{Ended, Failure, Printed, usage};
use super::products::SUPPLIERS;
use super::records::{ExportRecords, Noun};
use super::session::Session;
use super::values;

/// Refuses what cannot work, before anything is opened.
pub fn check(args: &Export) -> Result<(), Failure> {
    files::named(&args.file)
}

/// Writes the file.
pub async fn run(session: &Session, args: &Export) -> Result<Ended, Failure> {
    let schema = session.schema().await?;
    let columns: Vec<_> = args
        .columns
        .iter()
        .map(|key| values::field(&schema, PRODUCT, key))
        .collect::<Result<_, _>>()?;
    let request = RunExport {
        file: session.grant(&args.file).token,
        kind: None,
        narrowed: Narrowed {
            filter: values::filter(&schema, &args.filter)?,
            ..Narrowed::default()
        },
        ids: None,
        columns: (!columns.is_empty()).then_some(columns),
        shape: match args.format {
            ExportFormat::Backstock => Shape::Backstock,
            ExportFormat::Shopify => Shape::Shopify,
        },
    };
    let started: Started = session.call("exports.run", &request).await?;
    let rows = session.finish(&started).await?.done;
    let file = args.file.display().to_string();
    Ok(Ended::Done(Printed::new(
        json!({ "rows": rows, "file": file }),
        format!("Wrote {rows} products to {file}."),
    )))
}

impl Noun {
    /// Writes records of its kind to a file.
    pub async fn export(self, session: &Session, args: &ExportRecords) -> Result<Ended, Failure> {
        let (kind, schema) = (self.kind, session.schema().await?);
        let columns = args
            .columns
            .iter()
            .map(|key| values::field(&schema, kind, key));
        let columns: Vec<_> = columns.collect::<Result<_, _>>()?;
        let of = match &args.supplier {
            Some(code) => Some(sold_by(session, kind, code).await?),
            None => None,
        };
        let request = RunExport {
            file: session.grant(&args.file).token,
            kind: Some(kind),
            narrowed: Narrowed {
                of,
                filter: ProductFilter {
                    trashed: args.trashed.then_some(true),
                    ..ProductFilter::default()
                },
                ..Narrowed::default()
            },
            ids: None,
            columns: (!columns.is_empty()).then_some(columns),
            shape: Shape::Backstock,
        };
        let started: Started = session.call("exports.run", &request).await?;
        let rows = session.finish(&started).await?.done;
        let (file, plural) = (args.file.display().to_string(), kind.def().plural);
        Ok(Ended::Done(Printed::new(
            json!({ "rows": rows, "file": file }),
            format!("Wrote {rows} {plural} to {file}."),
        )))
    }
}

/// The supplier that records are asked for of, and how they refer to it.
async fn sold_by(session: &Session, kind: Kind, code: &str) -> Result<ReferTo, Failure> {
    let field = kind.matching().map(|matching| matching.sender(kind));
    let Some(field) = field else {
        return Err(usage(
            format!("{} have no supplier.", kind.def().plural),
            "Leave --supplier out.",
        ));
    };
    let id = SUPPLIERS.find_one(session, code).await?.id;
    Ok(ReferTo { field, id })
}
