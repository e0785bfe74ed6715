//! Exports: records of any kind to a CSV file.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::files::{self, FileToken};
use super::imports::Started;
use super::records::{FieldFilter, ReferTo, hidden, holding, not_of};
use crate::jobs::{Export, Exported, JobKind, JobSubject, export};
use domain::catalog::ProductFilter;
use domain::catalog::product::PRODUCT;
use domain::error::{Error, Result};
use domain::record::{Field, Kind, Schema};
use domain::values::RecordId;
use store::RecordQuery;

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
    /// Which products, unless `ids` says so; of other kinds, only whether the trash is meant.
    #[serde(default)]
    pub filter: ProductFilter,
    /// Only those that refer to this record; not for products.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub of: Option<ReferTo>,
    /// Words that all must stand in what the search looks at; of products, the filter says it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub search: Option<String>,
    /// Only those that pass every one of these filters; of products, the filter says it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub filters: Option<Vec<FieldFilter>>,
    /// Not these records, of those that a list shows; at most 5,000.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub except: Option<Vec<RecordId>>,
    /// Just these records.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ids: Option<Vec<RecordId>>,
    /// Which columns, in this order; null for all that the person may see.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub columns: Option<Vec<Field>>,
}

/// Starts to write records to a file.
pub(super) async fn run(call: &Call, request: RunExport) -> Result<Started> {
    let kind = kind_of(call, request.kind)?;
    let store = call.store()?;
    let narrowed = Narrowed {
        filter: &request.filter,
        of: request.of,
        search: request.search.as_deref(),
        filters: request.filters.as_deref(),
    };
    let which = narrowed.which(call, (&store.schema(), kind))?;
    let path = files::to_write(call, &request.file).await?;
    let columns = columns(call, (&store.schema(), kind), request.columns)?;
    let label = files::name_of(&path);
    let subject = JobSubject {
        kind: JobKind::Export,
        label,
        plan: None,
    };
    let wanted = Export {
        path,
        kind,
        which,
        except: left_out(request.except)?,
        ids: request.ids,
        columns,
    };
    let job = call.jobs().start(subject, move |progress| async move {
        export(&progress, &store, &wanted).await.map(drop)
    });
    Ok(Started { job, plan: None })
}

/// The kind, when its records are kept in a table and the user may see them.
pub(super) fn kind_of(call: &Call, asked: Option<Kind>) -> Result<Kind> {
    let kind = asked.unwrap_or(PRODUCT);
    if !store::kinds::importable().any(|other| other == kind) {
        let plural = kind.def().plural;
        return Err(
            Error::invalid(format!("A file of {plural} cannot be written."))
                .hint("Choose another kind of record."),
        );
    }
    call.require(kind.def().rights.see)?;
    Ok(kind)
}

/// How many records of a list are left out one by one at most.
const MOST_LEFT_OUT: usize = 5_000;

/// The records of a list that are left out.
pub(super) fn left_out(except: Option<Vec<RecordId>>) -> Result<HashSet<RecordId>> {
    let except = except.unwrap_or_default();
    if except.len() > MOST_LEFT_OUT {
        let message = format!("At most {MOST_LEFT_OUT} records can be left out one by one.");
        return Err(Error::invalid(message).hint("Narrow the list instead."));
    }
    Ok(except.into_iter().collect())
}

/// How a list is narrowed whose records are asked for.
pub(super) struct Narrowed<'a> {
    /// Which products; of other kinds, only whether the trash is meant.
    pub(super) filter: &'a ProductFilter,
    /// Only those that refer to this record.
    pub(super) of: Option<ReferTo>,
    /// Words that all must be found.
    pub(super) search: Option<&'a str>,
    /// Only those that pass every one of these.
    pub(super) filters: Option<&'a [FieldFilter]>,
}

impl Narrowed<'_> {
    /// Which records are asked for. What the list of products is filtered by says nothing of other
    /// kinds. A user who may not see a field cannot filter by it: what passes would tell.
    pub(super) fn which(self, call: &Call, (schema, kind): (&Schema, Kind)) -> Result<Exported> {
        let filters = self.filters.unwrap_or_default().to_vec();
        let search = self.search.unwrap_or_default().to_owned();
        if kind == PRODUCT && self.of.is_none() && filters.is_empty() && search.is_empty() {
            return Ok(Exported::Products(self.filter.clone()));
        }
        let trashed = self.filter.trashed;
        let only_trash = ProductFilter {
            trashed,
            ..ProductFilter::default()
        };
        let of = self.of.map(|of| (of.field, of.id));
        let refers = of.is_none_or(|(field, _)| kind.references().any(|other| other == field));
        if *self.filter != only_trash || !refers {
            let plural = kind.def().plural;
            return Err(
                Error::invalid(format!("{plural} cannot be filtered like that."))
                    .hint("Leave the filter out."),
            );
        }
        hidden::refuse(call, filters.iter().map(|filter| filter.field))?;
        Ok(Exported::Records(RecordQuery {
            search,
            trashed: trashed == Some(true),
            of,
            holding: holding(kind, schema, filters)?,
            ..RecordQuery::default()
        }))
    }
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
