//! Custom fields in their table.

use std::sync::OnceLock;

use domain::workspace::custom_field::{CODE, CUSTOM_FIELD, HELP, LABEL, SECTION};

use super::KindRules;

/// Custom fields.
pub(crate) static CUSTOM_FIELDS: KindRules = KindRules {
    kind: CUSTOM_FIELD,
    table: "custom_fields",
    derived: &[],
    gathered: &[],
    unique: &[],
    search_tables: &[],
    searched: &[CODE, LABEL, SECTION, HELP],
    fill: None,
    select: OnceLock::new(),
};
