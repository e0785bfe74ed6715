//! Writing products: what people and imports do to one another.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::HistoryOperation;
use domain::plan::{Operation, Origin};
use domain::record::Schema;
use domain::record::{Field, Value};
use store::BadReference;
use store::Refusal;
use store::Visible;
use store::WriteOutcome;
use testing::history_of;

use testing::{
    applied, batch, create, number, on_each_database, restore, text, trash, update, write,
};

#[tokio::test]
async fn what_is_saved_is_read_again() {
    on_each_database(async |store| {
        let everything: Vec<(Field, Value)> = PRODUCT
            .fields()
            .filter(|field| ![product::SKU, product::NAME, product::PARENT_SKU].contains(field))
            .map(|field| (field, example(field)))
            .collect();
        let shirt = create("TS 01", "Crème Brûlée 🍮", &everything);
        assert_eq!(
            applied(store, std::slice::from_ref(&shirt)).await,
            [WriteOutcome::Applied { version: 1 }]
        );

        let read = store.get(PRODUCT, shirt.id).await.unwrap();
        for (field, value) in everything {
            assert_eq!(read.fields.get(field), &value, "{field} on {}", store.name);
        }
        assert_eq!((read.version, read.trashed), (1, false));
        assert_eq!(
            store
                .find_by_codes(PRODUCT, &["TS 01", "ts 01"])
                .await
                .unwrap(),
            [read]
        );
    })
    .await;
}

fn bad_parent(why: BadReference) -> WriteOutcome {
    let field = product::PARENT_SKU;
    WriteOutcome::Refused(Refusal::Reference { field, why })
}

fn products() -> Visible {
    Visible(vec![PRODUCT])
}

fn example(field: Field) -> Value {
    use domain::record::FieldKind as Kind;
    match Schema::default().kind(field) {
        Kind::Code | Kind::Text => text(&format!("Ünïcode '{field}' % _ \\")),
        Kind::LongText | Kind::Html => text("<p>two\nlines</p>"),
        Kind::Money | Kind::Decimal => number(129_500),
        Kind::Integer => number(-3),
        Kind::Date => text("2026-12-31"),
        Kind::Flag => Value::Flag(field != product::ACTIVE),
        Kind::Choice => text("summer"),
        Kind::Image => text("https://example.com/mug.jpg A red mug"),
        Kind::Images => Value::images(["https://example.com/2", "https://example.com/1 Back"]),
        Kind::Tags | Kind::Choices => Value::list(["sale", "two words", "\"quoted\""]),
    }
}

#[tokio::test]
async fn the_second_of_two_people_is_told_what_the_first_one_saved() {
    on_each_database(async |store| {
        let shirt = create("A", "Shirt", &[]);
        applied(store, std::slice::from_ref(&shirt)).await;
        let first = applied(
            store,
            &[update(
                shirt.id,
                1,
                &[(product::STORE_PRICE, number(50_000))],
            )],
        )
        .await;
        assert_eq!(first, [WriteOutcome::Applied { version: 2 }]);

        let second = applied(
            store,
            &[update(shirt.id, 1, &[(product::BRAND, text("TeeCo"))])],
        )
        .await;
        let [WriteOutcome::Moved { current }] = second.as_slice() else {
            panic!("{second:?}");
        };
        assert_eq!(current.version, 2);
        assert_eq!(current.fields.get(product::STORE_PRICE), &number(50_000));

        applied(
            store,
            &[update(shirt.id, 2, &[(product::BRAND, text("TeeCo"))])],
        )
        .await;
        let both = store.get(PRODUCT, shirt.id).await.unwrap();
        assert_eq!(
            (both.version, both.fields.text(product::BRAND)),
            (3, "TeeCo")
        );
        assert_eq!(both.fields.get(product::STORE_PRICE), &number(50_000));
    })
    .await;
}

#[tokio::test]
async fn a_bad_record_leaves_its_neighbours_alone() {
    on_each_database(async |store| {
        let first = create("A", "First", &[]);
        applied(store, std::slice::from_ref(&first)).await;
        let writes = [
            create("B", "Good", &[]),
            create("A", "Takes the SKU of another", &[]),
            create(
                "C",
                "Has no parent",
                &[(product::PARENT_SKU, text("nowhere"))],
            ),
            update(
                create("X", "", &[]).id,
                1,
                &[(product::NAME, text("Never existed"))],
            ),
            update(first.id, 7, &[(product::NAME, text("Too late"))]),
            create("D", "Good too", &[]),
        ];
        let outcomes = applied(store, &writes).await;
        let current = Box::new(store.get(PRODUCT, first.id).await.unwrap());
        assert_eq!(
            outcomes,
            [
                WriteOutcome::Applied { version: 1 },
                WriteOutcome::Refused(Refusal::CodeTaken { by: first.id }),
                bad_parent(BadReference::Missing),
                WriteOutcome::Gone,
                WriteOutcome::Moved { current },
                WriteOutcome::Applied { version: 1 },
            ]
        );
        let found = store
            .find_by_codes(PRODUCT, &["A", "B", "C", "D", "X"])
            .await
            .unwrap();
        assert_eq!(found.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_parents_stock_is_the_sum_of_its_variants() {
    on_each_database(async |store| {
        let parent = create("P", "Shirt", &[(product::STOCK, number(99))]);
        let of_parent = |stock| {
            vec![
                (product::PARENT_SKU, text("P")),
                (product::STOCK, number(stock)),
            ]
        };
        let (red, blue) = (
            create("P-R", "Red", &of_parent(3)),
            create("P-B", "Blue", &of_parent(4)),
        );
        applied(store, &[parent.clone(), red.clone(), blue.clone()]).await;
        let stock = async || {
            store
                .get(PRODUCT, parent.id)
                .await
                .unwrap()
                .fields
                .get(product::STOCK)
                .clone()
        };
        assert_eq!(stock().await, number(7));
        assert_eq!(
            store
                .get(PRODUCT, red.id)
                .await
                .unwrap()
                .fields
                .text(product::PARENT_SKU),
            "P"
        );

        applied(store, &[update(red.id, 1, &[(product::STOCK, number(10))])]).await;
        assert_eq!(stock().await, number(14));
        assert_eq!(
            store.get(PRODUCT, parent.id).await.unwrap().version,
            2,
            "its own stock was given up, and the sum is derived: no new version"
        );

        applied(
            store,
            &[update(parent.id, 2, &[(product::STOCK, number(1))])],
        )
        .await;
        assert_eq!(
            stock().await,
            number(14),
            "it is the sum, whatever is written"
        );

        applied(store, &[trash(blue.id, 1)]).await;
        assert_eq!(stock().await, number(10));
        applied(store, &[restore(blue.id, 2)]).await;
        assert_eq!(stock().await, number(14));
    })
    .await;
}

#[tokio::test]
async fn a_parent_is_no_variant_and_not_in_the_trash() {
    on_each_database(async |store| {
        let parent = create("P", "Shirt", &[]);
        let child = create("P-R", "Red", &[(product::PARENT_SKU, text("P"))]);
        let grandchild = create("P-R-S", "Small", &[(product::PARENT_SKU, text("P-R"))]);
        let outcomes = applied(store, &[parent.clone(), child.clone(), grandchild]).await;
        assert_eq!(outcomes[2], bad_parent(BadReference::IsChild));

        let other = create("Q", "Other", &[]);
        applied(store, std::slice::from_ref(&other)).await;
        let under = update(parent.id, 1, &[(product::PARENT_SKU, text("Q"))]);
        assert_eq!(
            applied(store, &[under]).await,
            [WriteOutcome::Refused(Refusal::HasChildren)]
        );

        assert_eq!(
            applied(store, &[trash(parent.id, 1)]).await,
            [WriteOutcome::Refused(Refusal::HasChildren)],
            "its child would be left"
        );
        applied(store, &[trash(child.id, 1), trash(parent.id, 1)]).await;
        assert_eq!(
            applied(store, &[restore(child.id, 2)]).await,
            [bad_parent(BadReference::Trashed)]
        );
        let both = applied(store, &[restore(parent.id, 2), restore(child.id, 2)]).await;
        assert!(both.iter().all(WriteOutcome::is_applied), "{both:?}");
    })
    .await;
}

#[tokio::test]
async fn what_lies_in_the_trash_keeps_its_sku_until_it_is_deleted_for_good() {
    on_each_database(async |store| {
        let old = create("A", "Old", &[]);
        applied(store, std::slice::from_ref(&old)).await;
        applied(store, &[trash(old.id, 1)]).await;
        let new = create("A", "New", &[]);
        let taken = applied(store, std::slice::from_ref(&new)).await;
        assert_eq!(
            taken,
            [WriteOutcome::Refused(Refusal::CodeTaken { by: old.id })]
        );
        let purge = write(old.id, Operation::Purge, 2, &[]);
        let both = applied(store, &[purge, new.clone()]).await;
        assert!(both.iter().all(WriteOutcome::is_applied), "{both:?}");
        assert_eq!(
            store.find_by_codes(PRODUCT, &["A"]).await.unwrap()[0].id,
            new.id
        );
        let history = history_of(store, old.id).await;
        assert_eq!(history[0].operation, HistoryOperation::Purge);
        let called: Vec<&str> = history.iter().map(|entry| &*entry.label).collect();
        assert_eq!(called, ["A", "A", "A"], "what went before still has a name");
        assert!(
            history[0]
                .changes
                .iter()
                .any(|change| change.old == text("Old"))
        );
    })
    .await;
}

#[tokio::test]
async fn skus_can_change_hands_within_one_import() {
    on_each_database(async |store| {
        let (a, b) = (create("A", "First", &[]), create("B", "Second", &[]));
        applied(store, &[a.clone(), b.clone()]).await;
        let moved = applied(
            store,
            &[
                update(a.id, 1, &[(product::SKU, text("C"))]),
                update(b.id, 1, &[(product::SKU, text("A"))]),
                create("B", "Third", &[]),
            ],
        )
        .await;
        assert!(moved.iter().all(WriteOutcome::is_applied), "{moved:?}");
        let skus = store.get_many(PRODUCT, &[a.id, b.id]).await.unwrap();
        assert_eq!(
            skus.iter()
                .map(|product| product.code())
                .collect::<Vec<_>>(),
            ["C", "A"]
        );
    })
    .await;
}

#[tokio::test]
async fn the_journal_tells_who_changed_what() {
    on_each_database(async |store| {
        let shirt = create("A", "Shirt", &[(product::STOCK, number(0))]);
        let import = batch(store, Origin::Import).await;
        store
            .apply(import, std::slice::from_ref(&shirt))
            .await
            .unwrap();
        store
            .apply(
                import,
                &[update(shirt.id, 1, &[(product::NAME, text("T-Shirt"))])],
            )
            .await
            .unwrap();
        // Nothing changes, so nothing is journalled.
        store
            .apply(
                import,
                &[update(shirt.id, 2, &[(product::NAME, text("T-Shirt"))])],
            )
            .await
            .unwrap();
        let (entries, total) = store
            .entries_of_batch(import, &products(), 0, 100)
            .await
            .unwrap();
        assert_eq!((entries.len(), total), (2, 2));
        assert_eq!(entries[0].changes.len(), 2, "a blank value is no change");
        assert_eq!(
            (entries[1].person.as_str(), entries[1].label.as_str()),
            ("Ada", "A")
        );
        assert_eq!(
            (&entries[1].changes[0].old, &entries[1].changes[0].new),
            (&text("Shirt"), &text("T-Shirt"))
        );
        let (later, _) = store
            .entries_of_batch(import, &products(), 1, 100)
            .await
            .unwrap();
        assert_eq!(later, entries[1..]);
        let done = store.done_by_batch(import, 0, 1).await.unwrap();
        assert_eq!((done[0].record_id, done[0].done.version), (shirt.id, 1));
        let done = store
            .done_by_batch(import, done[0].number, 10)
            .await
            .unwrap();
        assert_eq!((done.len(), done[0].done.version), (1, 2));
        let counts = store.batch(import).await.unwrap().counts;
        assert_eq!((counts.created, counts.updated), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn the_longest_name_and_many_tags_are_kept_though_their_words_are_longer() {
    on_each_database(async |store| {
        // One letter of these is eighteen in the words by which the product is found.
        let name = "\u{fdfa}".repeat(255);
        let tags: Vec<String> = (0..400)
            .map(|n| format!("{n}{}", "\u{fdfa}".repeat(20)))
            .collect();
        let tags = Value::list(tags.iter().map(String::as_str));
        let long = create("LONG", &name, &[(product::TAGS, tags.clone())]);
        let outcomes = applied(store, &[long]).await;
        assert!(
            outcomes.iter().all(WriteOutcome::is_applied),
            "{outcomes:?}"
        );
        let kept = store
            .find_by_codes(PRODUCT, &["LONG"])
            .await
            .unwrap()
            .remove(0);
        assert_eq!(kept.fields.text(product::NAME), name);
        assert_eq!(kept.fields.get(product::TAGS), &tags);
    })
    .await;
}
