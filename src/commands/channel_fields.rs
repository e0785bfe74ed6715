//! Which field of products is which field of a shop: list, look, create, change, trash, restore, delete for
//! good, and what the shop has.

use domain::channel::ShopFieldDef;

super::records::commands_of!(domain::channel::channel_field::CHANNEL_FIELD);

/// The fields that a shop has, as it said last.
pub(super) async fn of_shop(call: &Call, request: SelectRecord) -> Result<Vec<ShopFieldDef>> {
    Ok(call.store()?.reading_of(request.id).await?.fields)
}
