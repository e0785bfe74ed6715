//! Custom fields: list, look, create, change, remove, bring back, delete for good with their values.

use domain::catalog::Count;

super::records::commands_of!(domain::workspace::custom_field::CUSTOM_FIELD);

/// How many records have a value of a field, those in the trash included: to be told before it is
/// removed.
pub(super) async fn values(call: &Call, request: SelectRecord) -> Result<Count> {
    let count = call.store()?.count_custom_values(request.id).await?;
    Ok(Count { count, exact: true })
}
