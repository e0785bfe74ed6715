//! The column `custom`: the values of a record that are not empty, by the ids of their fields.

use std::collections::BTreeMap;

use domain::record::{Field, Fields, Value};
use domain::values::CustomFieldId;

/// The values of a record as its column keeps them; empty when there are none.
pub(crate) fn to_json(values: &[(CustomFieldId, Value)]) -> String {
    if values.is_empty() {
        return String::new();
    }
    let by_id: BTreeMap<String, &Value> = values
        .iter()
        .map(|(id, value)| (id.to_string(), value))
        .collect();
    serde_json::json!(by_id).to_string()
}

/// Reads the column into the fields of a record.
pub(crate) fn from_json(json: &str, fields: &mut Fields) -> sqlx::Result<()> {
    if json.is_empty() {
        return Ok(());
    }
    let values: BTreeMap<CustomFieldId, Value> =
        serde_json::from_str(json).map_err(|cause| sqlx::Error::Decode(Box::new(cause)))?;
    for (id, value) in values {
        fields.set(Field::Custom(id), value);
    }
    Ok(())
}

/// What the column of a record holds in JSON where it has a value of this field.
pub(super) fn key_in_json(id: CustomFieldId) -> String {
    // A quote inside a text is escaped, so this can only be a key.
    format!("\"{id}\":")
}
