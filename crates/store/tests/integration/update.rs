//! Updates of many records in one set.

use domain::catalog::product::{self, PRODUCT};
use domain::record::Value;
use store::WriteOutcome;
use testing::{applied, create, number, on_each_database, text, trash, update};

#[tokio::test]
async fn of_each_record_of_a_set_its_own_changes_are_written() {
    on_each_database(async |store| {
        let made: Vec<_> = ["A", "B", "C", "D", "E"]
            .map(|sku| {
                let more = [
                    (product::STOCK, number(1)),
                    (product::BRAND, text("Loom")),
                    (product::STORE_PRICE, number(90_000)),
                ];
                create(sku, &format!("Shirt {sku}"), &more)
            })
            .into();
        applied(store, &made).await;
        let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|at| made[at].id);
        let set = [
            update(a, 1, &[(product::STOCK, number(5))]),
            update(
                b,
                1,
                &[
                    (product::NAME, text("Jacket")),
                    (product::STORE_PRICE, Value::Empty),
                ],
            ),
            update(
                d,
                1,
                &[(product::SKU, text("F")), (product::BRAND, text("Clay"))],
            ),
            update(c, 1, &[(product::SKU, text("D"))]),
            trash(e, 1),
            update(a, 2, &[(product::STORE_PRICE, number(95_000))]),
        ];
        let outcomes = applied(store, &set).await;
        assert!(
            outcomes.iter().all(WriteOutcome::is_applied),
            "{outcomes:?}"
        );
        let told = |id, version, words: &str| (id, version, words.to_owned());
        let mut found = Vec::new();
        for id in [a, b, c, d, e] {
            let record = store.get(PRODUCT, id).await.unwrap();
            let fields = &record.fields;
            let words = format!(
                "{} {} {} {:?} {:?} {}",
                fields.text(product::SKU),
                fields.text(product::NAME),
                fields.text(product::BRAND),
                fields.get(product::STOCK).as_number(),
                fields.get(product::STORE_PRICE).as_number(),
                record.trashed
            );
            found.push((id, record.version, words));
        }
        let expected = [
            told(a, 3, "A Shirt A Loom Some(5) Some(95000) false"),
            told(b, 2, "B Jacket Loom Some(1) None false"),
            told(c, 2, "D Shirt C Loom Some(1) Some(90000) false"),
            told(d, 2, "F Shirt D Clay Some(1) Some(90000) false"),
            told(e, 2, "E Shirt E Loom Some(1) Some(90000) true"),
        ];
        assert_eq!(found, expected, "on {}", store.name);
    })
    .await;
}
