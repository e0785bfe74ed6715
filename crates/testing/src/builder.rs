//! Products and writes in few words.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{Change, HistoryEntry, HistoryFilter, Operation, Origin, Write};
use domain::record::{Field, Value};
use domain::values::{BatchId, RecordId};
use store::{NewBatch, Store, Visible, WriteOutcome};

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
    id: RecordId,
    operation: Operation,
    expected_version: i64,
    new: &[(Field, Value)],
) -> Write {
    let changes = new
        .iter()
        .map(|(field, new)| Change {
            field: *field,
            old: Value::Empty,
            new: new.clone(),
        })
        .collect();
    Write {
        kind: PRODUCT,
        id,
        operation,
        expected_version,
        changes,
    }
}

/// The creation of a product.
pub fn create(sku: &str, name: &str, more: &[(Field, Value)]) -> Write {
    let mut new = vec![(product::SKU, text(sku)), (product::NAME, text(name))];
    new.extend_from_slice(more);
    write(RecordId::new(), Operation::Create, 0, &new)
}

/// A change of a product.
pub fn update(id: RecordId, version: i64, new: &[(Field, Value)]) -> Write {
    write(id, Operation::Update, version, new)
}

/// A product's way to the trash.
pub fn trash(id: RecordId, version: i64) -> Write {
    write(id, Operation::Trash, version, &[])
}

/// A product's way back.
pub fn restore(id: RecordId, version: i64) -> Write {
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
pub async fn applied(store: &Store, writes: &[Write]) -> Vec<WriteOutcome> {
    let batch = batch(store, Origin::Form).await;
    store.apply(batch, writes).await.unwrap()
}

/// What happened to a record, the latest first.
pub async fn history_of(store: &Store, id: RecordId) -> Vec<HistoryEntry> {
    let filter = HistoryFilter {
        record: Some(id),
        ..HistoryFilter::default()
    };
    let visible = Visible(domain::kinds::all().collect());
    store.history(&filter, &visible, None, 1_000).await.unwrap()
}
