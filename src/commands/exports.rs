//! Exports: products to a CSV file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::files::FileToken;
use crate::catalog::{Field, ProductFilter};
use crate::values::ProductId;

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
    pub ids: Option<Vec<ProductId>>,
    /// Which columns, in this order; null for all that the person may see.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub columns: Option<Vec<Field>>,
}

// PLACEHOLDERS until the bodies are merged.
pub(super) async fn run(
    _: &super::call::Call,
    _: RunExport,
) -> crate::error::Result<super::imports::Started> {
    Err(crate::error::Error::internal("not merged yet"))
}
