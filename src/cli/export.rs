//! `backstock export`: products to a CSV file.

use backstock::commands::exports::RunExport;
use backstock::commands::imports::Started;
use domain::catalog::product::PRODUCT;
use domain::error::Result;
use serde_json::json;

use super::args::Export;
use super::files;
use super::output::{Ended, Failure, Printed};
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
        filter: values::filter(&schema, &args.filter)?,
        ids: None,
        columns: (!columns.is_empty()).then_some(columns),
    };
    let started: Started = session.call("exports.run", &request).await?;
    let rows = session.finish(&started).await?.done;
    let file = args.file.display().to_string();
    Ok(Ended::Done(Printed::new(
        json!({ "rows": rows, "file": file }),
        format!("Wrote {rows} products to {file}."),
    )))
}
