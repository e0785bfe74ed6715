//! Exports: products to a CSV file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::files::{self, FileToken};
use super::imports::Started;
use crate::jobs::{Export, JobKind, JobSubject, export};
use domain::catalog::ProductFilter;
use domain::error::{Code, Error, Result};
use domain::people::Permission;
use domain::record::Field;
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
    let columns = columns(request.columns, call.may(Permission::SeeCosts))?;
    let store = call.store()?;
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

fn columns(asked: Option<Vec<Field>>, costs: bool) -> Result<Vec<Field>> {
    let Some(columns) = asked else {
        return Ok(Field::ALL
            .iter()
            .copied()
            .filter(|field| costs || !field.is_cost())
            .collect());
    };
    if columns.is_empty() {
        return Err(Error::invalid("An export needs at least one column."));
    }
    if !costs && columns.iter().any(|field| field.is_cost()) {
        return Err(Error::new(Code::Forbidden, "You may not see costs.")
            .hint("Leave the column Cost out."));
    }
    Ok(columns)
}
