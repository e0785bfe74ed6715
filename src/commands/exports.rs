//! Exports: products to a CSV file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::files::{self, FileToken};
use super::imports::Started;
use super::records::hidden;
use crate::jobs::{Export, JobKind, JobSubject, export};
use domain::catalog::ProductFilter;
use domain::catalog::product::PRODUCT;
use domain::error::{Error, Result};
use domain::record::{Field, Schema};
use domain::values::RecordId;

/// `exports.run`: starts to write products to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunExport {
    /// The file to write.
    pub file: FileToken,
    /// Which products, unless `ids` says so.
    #[serde(default)]
    pub filter: ProductFilter,
    /// Just these products.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ids: Option<Vec<RecordId>>,
    /// Which columns, in this order; null for all that the person may see.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub columns: Option<Vec<Field>>,
}

/// Starts to write products to a file.
pub(super) async fn run(call: &Call, request: RunExport) -> Result<Started> {
    let path = files::to_write(call, &request.file).await?;
    let store = call.store()?;
    let columns = columns(call, &store.schema(), request.columns)?;
    let label = files::name_of(&path);
    let subject = JobSubject {
        kind: JobKind::Export,
        label,
        plan: None,
    };
    let wanted = Export {
        path,
        filter: request.filter,
        ids: request.ids,
        columns,
    };
    let job = call.jobs().start(subject, move |progress| async move {
        export(&progress, &store, &wanted).await.map(drop)
    });
    Ok(Started { job, plan: None })
}

fn columns(call: &Call, schema: &Schema, asked: Option<Vec<Field>>) -> Result<Vec<Field>> {
    let Some(columns) = asked else {
        let all = schema.fields(PRODUCT);
        return Ok(all.filter(|field| hidden::sees(call, *field)).collect());
    };
    if columns.is_empty() {
        return Err(Error::invalid("An export needs at least one column."));
    }
    hidden::refuse(call, columns.iter().copied())?;
    Ok(columns)
}
