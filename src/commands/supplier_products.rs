//! Which supplier sells which product: list, look, create, change, trash, restore, delete for good,
//! and say whom to order from first.

use domain::error::{Code, Error};
use domain::plan::Change;
use domain::purchasing::supplier_product::{PREFERENCE, PRODUCT_SKU, SUPPLIER_PRODUCT, preferring};
use domain::record::Value;
use store::RecordQuery;

super::records::commands_of!(SUPPLIER_PRODUCT);

/// No product has more suppliers.
const MOST_SUPPLIERS: i64 = 10_000;

/// Makes one supplier of a product the one to order from first; the others keep their order after it.
pub(super) async fn prefer(call: &Call, request: SelectRecord) -> Result<SavedRecord> {
    let store = call.store()?;
    let meant = store.get(SUPPLIER_PRODUCT, request.id).await?;
    if meant.trashed {
        let message = format!("{} lies in the trash.", meant.code());
        return Err(Error::new(Code::Conflict, message).hint("Restore it first."));
    }
    let product = meant.reference(PRODUCT_SKU);
    let all = RecordQuery {
        of: product.map(|product| (PRODUCT_SKU, product)),
        ..RecordQuery::default()
    };
    let (sold, _) = store
        .list_records(SUPPLIER_PRODUCT, &all, 0, MOST_SUPPLIERS)
        .await?;
    let first = sold.iter().position(|record| record.id == meant.id);
    let first = first.ok_or_else(|| Error::not_found("It is not there any more."))?;
    let before = |record: &Record| record.fields.get(PREFERENCE).as_number();
    let preferences: Vec<Option<i64>> = sold.iter().map(before).collect();
    let after = preferring(first, &preferences);
    let changed = sold.iter().zip(after).map(|(record, preference)| {
        let (old, new) = (
            record.fields.get(PREFERENCE).clone(),
            preference.map_or(Value::Empty, Value::Number),
        );
        let change = (old != new).then_some(Change {
            field: PREFERENCE,
            old,
            new,
        });
        (record, change.into_iter().collect())
    });
    records::update_together(call, &meant, changed.collect()).await
}
