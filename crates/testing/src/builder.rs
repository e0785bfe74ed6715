//! Products and writes in few words.

use domain::catalog::{Field, Value};
use domain::plan::{Change, Operation, Origin, ProductWrite};
use domain::values::{BatchId, ProductId};
use store::{NewBatch, Store, WriteOutcome};

/// A text value.
pub fn text(text: &str) -> Value {
    Value::text(text)
}

/// A number value.
pub fn number(number: i64) -> Value {
    Value::Number(number)
}

/// A write with these new values.
pub fn write(
    id: ProductId,
    operation: Operation,
    expected_version: i64,
    new: &[(Field, Value)],
) -> ProductWrite {
    let changes = new
        .iter()
        .map(|(field, new)| Change {
            field: *field,
            old: Value::Empty,
            new: new.clone(),
        })
        .collect();
    ProductWrite {
        id,
        operation,
        expected_version,
        changes,
    }
}

/// The creation of a product.
pub fn create(sku: &str, name: &str, more: &[(Field, Value)]) -> ProductWrite {
    let mut new = vec![(Field::Sku, text(sku)), (Field::Name, text(name))];
    new.extend_from_slice(more);
    write(ProductId::new(), Operation::Create, 0, &new)
}

/// A change of a product.
pub fn update(id: ProductId, version: i64, new: &[(Field, Value)]) -> ProductWrite {
    write(id, Operation::Update, version, new)
}

/// A product's way to the trash.
pub fn trash(id: ProductId, version: i64) -> ProductWrite {
    write(id, Operation::Trash, version, &[])
}

/// A product's way back.
pub fn restore(id: ProductId, version: i64) -> ProductWrite {
    write(id, Operation::Restore, version, &[])
}

/// A batch that is about to be applied.
pub async fn batch(store: &Store, origin: Origin) -> BatchId {
    let new = NewBatch {
        origin,
        label: "test".into(),
        user_id: None,
        user_name: "Ada".into(),
        undo_of: None,
        counts: domain::plan::BatchCounts::default(),
    };
    store.begin_batch(&new).await.unwrap()
}

/// Applies writes in a batch of their own.
pub async fn applied(store: &Store, writes: &[ProductWrite]) -> Vec<WriteOutcome> {
    let batch = batch(store, Origin::Form).await;
    store.apply(batch, writes).await.unwrap()
}
