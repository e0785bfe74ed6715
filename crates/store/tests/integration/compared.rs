//! Records against the journal: what the store brings up to date without an entry is no change past
//! it, and takes no cover from one.

use domain::catalog::product::{NAME, PARENT_SKU, SKU, STOCK};
use domain::record::Value;
use testing::{
    TestStore, applied, create, number, on_each_database, past_the_journal, restore, text, trash,
    update, write,
};

use domain::plan::Operation;
use domain::values::RecordId;
use store::WriteOutcome;

/// A parent that had a stock of its own before, and two variants.
async fn family(store: &TestStore) -> [RecordId; 3] {
    let shirt = create("SHIRT", "Shirt", &[(STOCK, number(7))]);
    let child = |sku: &str, stock| {
        let more = [(PARENT_SKU, text("SHIRT")), (STOCK, number(stock))];
        create(sku, sku, &more)
    };
    let (small, large) = (child("SHIRT-S", 2), child("SHIRT-L", 3));
    let ids = [shirt.id, small.id, large.id];
    applied(store, &[shirt]).await;
    applied(store, &[small, large]).await;
    ids
}

async fn all_applied(store: &TestStore, writes: &[domain::plan::Write]) {
    let outcomes = applied(store, writes).await;
    assert!(
        outcomes.iter().all(WriteOutcome::is_applied),
        "{outcomes:?}"
    );
    assert_eq!(past_the_journal(store).await, [""; 0], "{}", store.name);
}

#[tokio::test]
async fn the_sum_of_variants_may_be_any_while_there_are_some_and_0_after_the_last() {
    on_each_database(async |store| {
        let [shirt, small, large] = family(store).await;
        all_applied(store, &[update(small, 1, &[(STOCK, number(5))])]).await;
        all_applied(store, &[trash(small, 2)]).await;
        all_applied(store, &[trash(large, 1)]).await;
        all_applied(store, &[restore(large, 2)]).await;
        all_applied(store, &[update(shirt, 2, &[(NAME, text("Shirts"))])]).await;
        // One leaves for good, the other for another parent: no row tells that they were here.
        all_applied(store, &[write(small, Operation::Purge, 3, &[])]).await;
        all_applied(store, &[create("COAT", "Coat", &[])]).await;
        all_applied(store, &[update(large, 3, &[(PARENT_SKU, text("COAT"))])]).await;
        all_applied(store, &[update(shirt, 3, &[(SKU, text("SHIRTS"))])]).await;
        all_applied(store, &[update(large, 4, &[(PARENT_SKU, Value::Empty)])]).await;
        all_applied(store, &[update(shirt, 4, &[(STOCK, number(4))])]).await;
    })
    .await;
}

#[tokio::test]
async fn a_stock_of_0_is_no_sum_of_variants_that_never_were() {
    on_each_database(async |store| {
        let [shirt, ..] = family(store).await;
        let mug = create("MUG", "Mug", &[(STOCK, number(4))]);
        let (id, is_mug) = (mug.id, "sku = 'MUG'");
        all_applied(store, &[mug]).await;
        let set = |stock: i64, of: &str| format!("update products set stock = {stock} where {of}");
        store.place.execute(&set(0, is_mug)).await;
        let told = ["The product MUG was changed past the app: Stock on hand."];
        assert_eq!(past_the_journal(store).await, told);
        store.place.execute(&set(4, is_mug)).await;
        all_applied(store, &[update(id, 1, &[(STOCK, number(9))])]).await;

        // The stock that a parent had before, and sums that no number holds.
        store.place.execute(&set(7, "sku = 'SHIRT'")).await;
        let told = ["The product SHIRT was changed past the app: Stock on hand."];
        assert_eq!(past_the_journal(store).await, told);
        store
            .place
            .execute(&set(i64::MAX, "parent_id is not null"))
            .await;
        assert_eq!(past_the_journal(store).await.len(), 3);
        store.place.execute(&set(2, "sku = 'SHIRT-S'")).await;
        store.place.execute(&set(3, "sku = 'SHIRT-L'")).await;
        store.place.execute(&set(5, "sku = 'SHIRT'")).await;
        all_applied(store, &[update(shirt, 2, &[(NAME, text("Shirts"))])]).await;
    })
    .await;
}

#[tokio::test]
async fn records_of_more_than_a_page_are_all_compared() {
    on_each_database(async |store| {
        let writes: Vec<_> = (0..1_203)
            .map(|number| create(&format!("A-{number}"), "Mug", &[]))
            .collect();
        all_applied(store, &writes).await;
        store
            .place
            .execute("update products set name = 'Cup' where sku in ('A-0', 'A-500', 'A-1202')")
            .await;
        let comparison = store.comparison().await.unwrap();
        assert_eq!(comparison.total(), 1_203);
        assert_eq!(past_the_journal(store).await.len(), 3);
        store
            .place
            .execute("delete from products where name = 'Cup'")
            .await;
        let mut found = past_the_journal(store).await;
        found.sort();
        let told = |sku: &str| format!("The product {sku} was deleted past the app.");
        assert_eq!(found, ["A-0", "A-1202", "A-500"].map(told));
        // An empty workspace is what an empty journal says.
        store.place.execute("delete from journal").await;
        store.place.execute("delete from products").await;
    })
    .await;
}
