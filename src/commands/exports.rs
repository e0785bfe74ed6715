//! Exports: records of any kind to a CSV file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::file_token::{FileToken, name_of};
use super::files;
use super::jobs::Started;
use super::narrowed::{Narrowed, listed_kind};
use super::records::{hidden, not_of};
use crate::jobs::{Export, JobKind, JobSubject, export};
use csv_io::Shape;
use domain::catalog::product::PRODUCT;
use domain::error::{Error, Result};
use domain::record::{Field, Kind, Schema};
use domain::values::RecordId;

/// `exports.run`: starts to write records to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunExport {
    /// The file to write.
    pub file: FileToken,
    /// Of which kind; products when nothing is said.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<Kind>,
    /// Which of them, unless `ids` says so.
    #[serde(flatten)]
    pub narrowed: Narrowed,
    /// Just these records.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ids: Option<Vec<RecordId>>,
    /// Which columns, in this order; null for all that the person may see.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub columns: Option<Vec<Field>>,
    /// The shape of the file; products alone have another one than our own. Another program's has the columns that
    /// it has.
    #[serde(default)]
    #[ts(optional, as = "Option<Shape>")]
    pub shape: Shape,
}

/// Starts to write records to a file.
pub(super) async fn run(call: &Call, request: RunExport) -> Result<Started> {
    let kind = listed_kind(call, request.kind)?;
    check_shape(kind, &request)?;
    let store = call.store()?;
    let (which, except) = request.narrowed.which(call, (&store.schema(), kind))?;
    let path = files::to_write(call, &request.file).await?;
    let columns = columns(call, (&store.schema(), kind), request.columns)?;
    let label = name_of(&path);
    let subject = JobSubject {
        kind: JobKind::Export,
        label,
        plan: None,
    };
    let wanted = Export {
        path,
        kind,
        which,
        except,
        ids: request.ids,
        columns,
        shape: request.shape,
    };
    let job = call.jobs().start(subject, move |progress| async move {
        export(&progress, &store, &wanted).await.map(drop)
    })?;
    Ok(Started { job, plan: None })
}

/// Refuses a shape that the kind does not have, or columns beside those of another program.
fn check_shape(kind: Kind, request: &RunExport) -> Result<()> {
    if request.shape == Shape::Backstock {
        return Ok(());
    }
    if kind != PRODUCT {
        let message = format!("Shopify's file holds products, not {}.", kind.def().plural);
        return Err(Error::invalid(message).hint("Leave the shape out."));
    }
    if request.columns.is_some() {
        let message = "Shopify's file has columns of its own, which cannot be chosen.";
        return Err(Error::invalid(message).hint("Leave the columns out."));
    }
    Ok(())
}

fn columns(
    call: &Call,
    (schema, kind): (&Schema, Kind),
    asked: Option<Vec<Field>>,
) -> Result<Vec<Field>> {
    // A code that is made of others stands in the columns of these.
    let made = kind.def().code_of.map(|_| kind.code());
    let Some(columns) = asked else {
        let all = schema.fields(kind).filter(|field| Some(*field) != made);
        return Ok(all.filter(|field| hidden::sees(call, *field)).collect());
    };
    if columns.is_empty() {
        return Err(Error::invalid("An export needs at least one column."));
    }
    let foreign = columns
        .iter()
        .find(|field| !schema.fields(kind).any(|own| own == **field));
    if let Some(field) = foreign {
        return Err(Error::invalid(not_of(kind, schema, *field)).hint("Leave the column out."));
    }
    hidden::refuse(call, columns.iter().copied())?;
    Ok(columns)
}
