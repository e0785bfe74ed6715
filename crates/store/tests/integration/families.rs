//! Families: how many variants a product may have, in which order they stand, and what becomes of the
//! stock that a product had before its first one.

use domain::catalog::product::{
    self, MOST_VARIANTS, NAME, OPTION1_NAME, OPTION1_VALUE, PARENT_SKU, PRODUCT, STOCK,
    VARIANT_POSITION,
};
use domain::plan::{Operation, Write};
use domain::record::{Field, Value};
use domain::values::RecordId;
use store::{Refusal, Store, WriteOutcome};
use testing::{
    applied, create, history_of, number, on_each_database, past_the_journal, restore, text, trash,
    update, write,
};

fn variant(sku: &str, parent: &str) -> Write {
    let options = [
        (PARENT_SKU, text(parent)),
        (OPTION1_NAME, text("Size")),
        (OPTION1_VALUE, text(sku)),
    ];
    create(sku, "Variant", &options)
}

async fn value(store: &Store, id: RecordId, field: Field) -> Value {
    let record = store.get(PRODUCT, id).await.unwrap();
    record.fields.get(field).clone()
}

async fn order(store: &Store, parent: RecordId) -> Vec<String> {
    let rows = store.variants_of(parent).await.unwrap();
    rows.into_iter().map(|row| row.sku).collect()
}

const FULL: WriteOutcome = WriteOutcome::Refused(Refusal::Full);

#[tokio::test]
async fn a_product_has_at_most_2048_variants_on_every_way() {
    on_each_database(async |store| {
        let parent = create("P", "Shirt", &[]);
        let mut writes = vec![parent.clone(), create("SINGLE", "Single", &[])];
        writes.extend((0..=MOST_VARIANTS).map(|at| variant(&format!("P-{at:04}"), "P")));
        let outcomes = applied(store, &writes).await;
        let refused = outcomes.iter().filter(|outcome| !outcome.is_applied());
        assert_eq!(refused.collect::<Vec<_>>(), [&FULL], "one is too many");
        assert_eq!(outcomes.last(), Some(&FULL));

        let (single, first) = (writes[1].id, writes[2].id);
        let under = [(PARENT_SKU, text("P"))];
        assert_eq!(applied(store, &[update(single, 1, &under)]).await, [FULL]);
        let rename = update(first, 1, &[(OPTION1_VALUE, text("XXL"))]);
        assert!(
            applied(store, &[rename]).await[0].is_applied(),
            "it is counted already"
        );

        // A form or a file that changes one that is counted already finds it in its place.
        let mut planned = store.get(PRODUCT, first).await.unwrap();
        planned.fields.set(OPTION1_VALUE, text("3XL"));
        let neighbours = store.neighbours(std::slice::from_ref(&planned)).await;
        assert_eq!(neighbours.unwrap().check(&mut planned), Ok(()));
        let mut planned = store.get(PRODUCT, single).await.unwrap();
        planned.fields.set(PARENT_SKU, text("P"));
        let neighbours = store.neighbours(std::slice::from_ref(&planned)).await;
        let refused = neighbours.unwrap().check(&mut planned);
        assert_eq!(refused, Err(Refusal::Full));

        // One makes room for another, and cannot come back then.
        let swap = [trash(first, 2), update(single, 1, &under)];
        assert!(
            applied(store, &swap)
                .await
                .iter()
                .all(WriteOutcome::is_applied)
        );
        assert_eq!(applied(store, &[restore(first, 3)]).await, [FULL]);
        let out = update(single, 2, &[(PARENT_SKU, Value::Empty)]);
        assert!(applied(store, &[out]).await[0].is_applied());
        assert!(applied(store, &[restore(first, 3)]).await[0].is_applied());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_desktops_share_the_last_places() {
    on_each_database(async |store| {
        let mut writes = vec![create("P", "Shirt", &[])];
        writes.extend((0..MOST_VARIANTS - 5).map(|at| variant(&format!("P-{at:04}"), "P")));
        applied(store, &writes).await;
        let mut desktops = Vec::new();
        for desktop in 0..3 {
            let store = store.second_desktop().await;
            desktops.push(tokio::spawn(async move {
                let mut made = 0;
                for at in 0..4 {
                    let one = variant(&format!("{desktop}-{at}"), "P");
                    made += usize::from(applied(&store, &[one]).await[0].is_applied());
                }
                store.close().await;
                made
            }));
        }
        let mut made = 0;
        for desktop in desktops {
            made += desktop.await.unwrap();
        }
        assert_eq!(made, 5, "on {}", store.name);
        let family = store.children(PRODUCT, &[writes[0].id]).await.unwrap();
        assert_eq!(family[&writes[0].id].live, MOST_VARIANTS);
    })
    .await;
}

#[tokio::test]
async fn a_new_variant_stands_last_and_keeps_its_place() {
    on_each_database(async |store| {
        let (parent, other) = (create("P", "Shirt", &[]), create("Q", "Coat", &[]));
        let family = ["P-S", "P-M", "P-L"].map(|sku| variant(sku, "P"));
        let mut writes = vec![parent.clone(), other.clone()];
        writes.extend(family.iter().cloned());
        applied(store, &writes).await;
        assert_eq!(order(store, parent.id).await, ["P-S", "P-M", "P-L"]);

        let [small, medium, large] = family.map(|write| write.id);
        let moved = [
            update(large, 1, &[(VARIANT_POSITION, number(1))]),
            update(small, 1, &[(VARIANT_POSITION, number(3))]),
        ];
        applied(store, &moved).await;
        assert_eq!(order(store, parent.id).await, ["P-L", "P-M", "P-S"]);
        let extra = create("P-XL", "Variant", &[(PARENT_SKU, text("P"))]);
        applied(store, std::slice::from_ref(&extra)).await;
        assert_eq!(order(store, parent.id).await, ["P-L", "P-M", "P-S", "P-XL"]);
        let journal = history_of(store, extra.id).await;
        let placed = journal[0].changes.iter();
        let mut placed = placed.filter(|change| change.field == "variant_position");
        assert!(placed.next().is_some(), "its place is in the journal");

        // It keeps its place in the trash and under another parent.
        applied(store, &[trash(medium, 1)]).await;
        applied(store, &[restore(medium, 2)]).await;
        assert_eq!(order(store, parent.id).await, ["P-L", "P-M", "P-S", "P-XL"]);
        applied(store, &[update(medium, 3, &[(PARENT_SKU, text("Q"))])]).await;
        assert_eq!(value(store, medium, VARIANT_POSITION).await, number(2));
        let single = create("ONE", "One", &[]);
        applied(store, std::slice::from_ref(&single)).await;
        applied(store, &[update(single.id, 1, &[(PARENT_SKU, text("Q"))])]).await;
        assert_eq!(order(store, other.id).await, ["P-M", "ONE"]);
    })
    .await;
}

#[tokio::test]
async fn the_stock_of_a_single_product_is_journalled_when_it_becomes_a_parent() {
    on_each_database(async |store| {
        let mug = create("MUG", "Mug", &[(STOCK, number(10))]);
        applied(store, std::slice::from_ref(&mug)).await;
        let red = variant("MUG-R", "MUG");
        applied(store, std::slice::from_ref(&red)).await;
        assert_eq!(value(store, mug.id, STOCK).await, number(0));
        let last = history_of(store, mug.id).await.remove(0);
        assert_eq!(last.changes.len(), 1, "{last:?}");
        assert_eq!(
            (&last.changes[0].old, &last.changes[0].new),
            (&number(10), &number(0))
        );

        // A parent that is changed together with its variant keeps their sum, and has one version more.
        let both = [
            update(mug.id, 2, &[(NAME, text("Mugs"))]),
            update(red.id, 1, &[(STOCK, number(6))]),
        ];
        assert!(
            applied(store, &both)
                .await
                .iter()
                .all(WriteOutcome::is_applied)
        );
        assert_eq!(value(store, mug.id, STOCK).await, number(6));
        assert_eq!(store.get(PRODUCT, mug.id).await.unwrap().version, 3);

        // Its variant goes and it gets its own back, in one set, in either order.
        let own = update(mug.id, 3, &[(STOCK, number(10))]);
        applied(store, &[trash(red.id, 2), own]).await;
        assert_eq!(value(store, mug.id, STOCK).await, number(10));
        applied(store, &[restore(red.id, 3)]).await;
        applied(store, &[update(red.id, 4, &[(STOCK, number(4))])]).await;
        assert_eq!(value(store, mug.id, STOCK).await, number(4));
        let purge = [trash(red.id, 5), write(red.id, Operation::Purge, 6, &[])];
        applied(store, &purge).await;
        assert_eq!(past_the_journal(store).await, [""; 0]);
    })
    .await;
}

fn optioned(sku: &str, parent: &str, options: &[(&str, &str)]) -> Write {
    let mut fields = vec![(PARENT_SKU, text(parent))];
    for ((name, value), (named, told)) in product::OPTIONS.into_iter().zip(options) {
        fields.push((name, text(named)));
        fields.push((value, text(told)));
    }
    create(sku, "Variant", &fields)
}

fn is_too_many(outcome: &WriteOutcome) -> bool {
    matches!(
        outcome,
        WriteOutcome::Refused(Refusal::TooManyNames { most: 3, .. })
    )
}

#[tokio::test]
async fn the_variants_of_a_product_have_at_most_three_options_together_on_every_way() {
    on_each_database(async |store| {
        let shirt = [("Colour", "Red"), ("Size", "S")];
        let writes = [
            create("P", "Shirt", &[]),
            optioned("P-1", "P", &shirt),
            optioned("P-2", "P", &[("COLOUR", "Blue"), ("Fit", "Slim")]),
            optioned("P-3", "P", &[("Material", "Wool")]),
            create("Q", "Coat", &[]),
            optioned("Q-1", "Q", &[("Material", "Wool")]),
            create("LONE", "Lone", &[(OPTION1_NAME, text("Length"))]),
        ];
        let outcomes = applied(store, &writes).await;
        let refused: Vec<usize> = (0..)
            .zip(&outcomes)
            .filter(|(_, of)| is_too_many(of))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(refused, [3], "{outcomes:?}");
        let [.., first, second, _, _, coat, lone] = writes.each_ref().map(|write| write.id);

        // Neither by coming nor by a new name, nor back from the trash.
        let under = [(PARENT_SKU, text("P"))];
        assert!(is_too_many(
            &applied(store, &[update(coat, 1, &under)]).await[0]
        ));
        assert!(is_too_many(
            &applied(store, &[update(lone, 1, &under)]).await[0]
        ));
        let rename = [(OPTION1_NAME, text("Material"))];
        assert!(is_too_many(
            &applied(store, &[update(first, 1, &rename)]).await[0]
        ));
        let planned = {
            let mut planned = store.get(PRODUCT, first).await.unwrap();
            planned.fields.set(OPTION1_NAME, text("Material"));
            let neighbours = store
                .neighbours(std::slice::from_ref(&planned))
                .await
                .unwrap();
            neighbours.check(&mut planned)
        };
        assert!(
            matches!(planned, Err(Refusal::TooManyNames { field, .. }) if field == OPTION1_NAME)
        );
        assert!(applied(store, &[trash(second, 1)]).await[0].is_applied());
        assert!(applied(store, &[update(coat, 1, &under)]).await[0].is_applied());
        assert!(is_too_many(&applied(store, &[restore(second, 2)]).await[0]));
    })
    .await;
}

#[tokio::test]
async fn the_options_of_a_family_are_renamed_together() {
    on_each_database(async |store| {
        let writes = [
            create("P", "Shirt", &[]),
            optioned("P-1", "P", &[("Colour", "Red"), ("Size", "S")]),
            optioned("P-2", "P", &[("Material", "Wool")]),
        ];
        assert!(
            applied(store, &writes)
                .await
                .iter()
                .all(WriteOutcome::is_applied)
        );
        let [_, first, coat] = writes.each_ref().map(|write| write.id);

        // One that stays as it was keeps its name for the others.
        let both = [
            update(first, 1, &[(OPTION1_NAME, text("Shade"))]),
            update(coat, 1, &[(OPTION1_NAME, text("Cloth"))]),
        ];
        assert!(
            applied(store, &both)
                .await
                .iter()
                .all(WriteOutcome::is_applied)
        );
        let half = [
            update(
                first,
                2,
                &[
                    (OPTION1_NAME, text("Colour")),
                    (product::OPTION3_NAME, text("Fit")),
                ],
            ),
            update(coat, 1, &[(OPTION1_NAME, text("Stuff"))]),
        ];
        let outcomes = applied(store, &half).await;
        assert!(is_too_many(&outcomes[0]), "{outcomes:?}");
        assert!(matches!(outcomes[1], WriteOutcome::Moved { .. }));
        // What is planned takes the place of what is there.
        let mut renamed = store.get(PRODUCT, coat).await.unwrap();
        renamed.fields.set(OPTION1_NAME, text("Size"));
        let neighbours = store
            .neighbours(std::slice::from_ref(&renamed))
            .await
            .unwrap();
        assert_eq!(neighbours.check(&mut renamed), Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_family_that_had_more_options_before_can_still_be_worked_with() {
    on_each_database(async |store| {
        let writes = [
            create("P", "Shirt", &[]),
            optioned("P-1", "P", &[("A", "1"), ("B", "1"), ("C", "1")]),
            optioned("P-2", "P", &[("A", "2")]),
        ];
        applied(store, &writes).await;
        store
            .place
            .execute("update products set option1_name = 'D' where sku = 'P-2'")
            .await;
        let old = writes[2].id;
        let price = update(
            old,
            1,
            &[
                (product::STORE_PRICE, number(10)),
                (product::SKU, text("P-9")),
            ],
        );
        assert!(applied(store, &[price]).await[0].is_applied());
        let mut planned = store.get(PRODUCT, old).await.unwrap();
        planned.fields.set(NAME, text("Old"));
        let neighbours = store
            .neighbours(std::slice::from_ref(&planned))
            .await
            .unwrap();
        assert_eq!(neighbours.check(&mut planned), Ok(()));
        let mend = update(old, 2, &[(OPTION1_NAME, text("A"))]);
        assert!(applied(store, &[mend]).await[0].is_applied());
    })
    .await;
}

#[tokio::test]
async fn a_write_that_changes_nothing_keeps_its_options() {
    on_each_database(async |store| {
        let writes = [
            create("P", "Shirt", &[]),
            optioned("P-1", "P", &[("Size", "S")]),
            optioned("P-2", "P", &[("Size", "M")]),
        ];
        applied(store, &writes).await;
        let size = |id, told| update(id, 1, &[(OPTION1_VALUE, text(told))]);
        let both = [size(writes[1].id, "S"), size(writes[2].id, "S")];
        let outcomes = applied(store, &both).await;
        assert!(outcomes[0].is_applied());
        let is_twin = matches!(outcomes[1], WriteOutcome::Refused(Refusal::Twin { .. }));
        assert!(is_twin, "{outcomes:?}");
    })
    .await;
}
