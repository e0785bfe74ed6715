//! How the list is narrowed whose records a command is about.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::records::{FieldFilter, ReferTo, hidden, holding};
use crate::jobs::Exported;
use domain::catalog::ProductFilter;
use domain::catalog::product::PRODUCT;
use domain::error::{Error, Result};
use domain::record::{Kind, Schema};
use domain::values::RecordId;
use store::RecordQuery;

/// Which records of a list are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Narrowed {
    /// Which products; of other kinds, only whether the trash is meant.
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
    /// Not these records; at most 5,000. The children of one that goes to the trash go with it all the same.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub except: Option<Vec<RecordId>>,
}

/// The kind, when its records are kept in a table and the user may see them.
pub(super) fn listed_kind(call: &Call, asked: Option<Kind>) -> Result<Kind> {
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

impl Narrowed {
    /// Which records are asked for, and which of them are left out. What the list of products is filtered by says nothing of other
    /// kinds. A user who may not see a field cannot filter by it: what passes would tell.
    pub(super) fn which(
        self,
        call: &Call,
        (schema, kind): (&Schema, Kind),
    ) -> Result<(Exported, HashSet<RecordId>)> {
        let except = left_out(self.except)?;
        let filters = self.filters.unwrap_or_default();
        let search = self.search.unwrap_or_default();
        if kind == PRODUCT && self.of.is_none() && filters.is_empty() && search.is_empty() {
            return Ok((Exported::Products(self.filter), except));
        }
        let trashed = self.filter.trashed;
        let only_trash = ProductFilter {
            trashed,
            ..ProductFilter::default()
        };
        let of = self.of.map(|of| (of.field, of.id));
        let refers = of.is_none_or(|(field, _)| kind.references().any(|other| other == field));
        if self.filter != only_trash || !refers {
            let plural = kind.def().plural;
            return Err(
                Error::invalid(format!("{plural} cannot be filtered like that."))
                    .hint("Leave the filter out."),
            );
        }
        hidden::refuse(call, filters.iter().map(|filter| filter.field))?;
        let query = RecordQuery {
            search,
            trashed: trashed == Some(true),
            of,
            holding: holding(kind, schema, filters)?,
            ..RecordQuery::default()
        };
        Ok((Exported::Records(query), except))
    }
}

/// How many records of a list are left out one by one at most.
const MOST_LEFT_OUT: usize = 5_000;

/// The records of a list that are left out.
fn left_out(except: Option<Vec<RecordId>>) -> Result<HashSet<RecordId>> {
    let except = except.unwrap_or_default();
    if except.len() > MOST_LEFT_OUT {
        let message = format!("At most {MOST_LEFT_OUT} records can be left out one by one.");
        return Err(Error::invalid(message).hint("Narrow the list instead."));
    }
    Ok(except.into_iter().collect())
}
