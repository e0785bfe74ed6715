//! How suppliers cover products: right after every write, whatever it is, and quick to filter by.

mod walk;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::catalog::Coverage;
use domain::catalog::product::{self, PRODUCT};
use domain::catalog::{ProductFilter, SortField};
use domain::plan::{Change, Operation, Write};
use domain::purchasing::supplier::{self, SUPPLIER};
use domain::purchasing::supplier_product::{self, SUPPLIER_PRODUCT};
use domain::record::{Field, Kind, Record, Value};
use domain::values::{FixedClock, RecordId, Timestamp};
use store::Store;
use testing::{Place, TestStore, applied, create, history_of, number, on_each_database, text};

fn write(kind: Kind, id: RecordId, operation: Operation, new: &[(Field, Value)]) -> Write {
    let changes = new.iter().map(|(field, new)| Change {
        field: *field,
        old: Value::Empty,
        new: new.clone(),
    });
    Write {
        kind,
        id,
        operation,
        expected_version: 0,
        changes: changes.collect(),
    }
}

fn new_supplier(code: &str) -> Write {
    let new = [(supplier::CODE, text(code)), (supplier::NAME, text(code))];
    write(SUPPLIER, RecordId::new(), Operation::Create, &new)
}

fn new_link(supplier: &str, sku: &str, preference: Value) -> Write {
    let new = [
        (supplier_product::SUPPLIER_CODE, text(supplier)),
        (supplier_product::PRODUCT_SKU, text(sku)),
        (supplier_product::PREFERENCE, preference),
    ];
    write(SUPPLIER_PRODUCT, RecordId::new(), Operation::Create, &new)
}

/// Does something with a record as it is now; whether it worked is for the store to say.
async fn act(
    store: &Store,
    kind: Kind,
    id: RecordId,
    operation: Operation,
    new: &[(Field, Value)],
) {
    let Ok(record) = store.get(kind, id).await else {
        return;
    };
    let mut write = write(kind, id, operation, new);
    write.expected_version = record.version;
    applied(store, &[write]).await;
}

async fn covered(store: &Store, filter: ProductFilter) -> BTreeMap<String, Coverage> {
    let page = store
        .list(&filter, SortField::Name, false, 0, 100)
        .await
        .unwrap();
    let rows = page.rows.into_iter();
    rows.map(|row| (row.sku, row.coverage)).collect()
}

/// One write after the other, and how the product is covered then.
type Turn = (Kind, RecordId, Operation, Vec<(Field, Value)>, Coverage);

fn turns(mug: &Write, acme: &Write, kiln: &Write, first: &Write) -> [Turn; 10] {
    use Coverage::{None, One, Preferred};
    use Operation::{Purge, Restore, Trash, Update};
    let active = |yes: bool| vec![(supplier::ACTIVE, Value::Flag(yes))];
    let preferred = vec![(supplier_product::PREFERENCE, number(1))];
    [
        (SUPPLIER_PRODUCT, first.id, Update, preferred, Preferred),
        (SUPPLIER, acme.id, Update, active(false), One),
        (SUPPLIER, kiln.id, Trash, vec![], None),
        (SUPPLIER, acme.id, Update, active(true), Preferred),
        (SUPPLIER_PRODUCT, first.id, Trash, vec![], None),
        (SUPPLIER, kiln.id, Restore, vec![], One),
        (SUPPLIER_PRODUCT, first.id, Restore, vec![], Preferred),
        (SUPPLIER_PRODUCT, first.id, Trash, vec![], One),
        (SUPPLIER_PRODUCT, first.id, Purge, vec![], One),
        (
            PRODUCT,
            mug.id,
            Update,
            vec![(product::SKU, text("MUG-2"))],
            One,
        ),
    ]
}

#[tokio::test]
async fn a_product_says_how_it_is_covered_whatever_happens_to_its_suppliers() {
    on_each_database(async |store| {
        let (mug, acme, kiln) = (
            create("MUG", "Mug", &[]),
            new_supplier("ACME"),
            new_supplier("KILN"),
        );
        applied(store, &[mug.clone(), acme.clone(), kiln.clone()]).await;
        let first = new_link("ACME", "MUG", Value::Empty);
        let second = new_link("KILN", "MUG", number(2));
        let now = async || store.coverage(mug.id).await.unwrap();
        assert_eq!(now().await, Coverage::None);
        applied(store, std::slice::from_ref(&first)).await;
        assert_eq!(now().await, Coverage::One);
        applied(store, std::slice::from_ref(&second)).await;
        assert_eq!(now().await, Coverage::Several);
        for (kind, id, operation, new, then) in turns(&mug, &acme, &kiln, &first) {
            act(store, kind, id, operation, &new).await;
            assert_eq!(now().await, then, "{kind} {operation:?} on {}", store.name);
        }
        let after = store.get(PRODUCT, mug.id).await.unwrap();
        assert_eq!(
            after.version, 2,
            "what follows from others is no change of the product"
        );
        assert_eq!(history_of(store, mug.id).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_parent_is_covered_as_its_least_covered_variant_and_lists_are_filtered_by_it() {
    on_each_database(async |store| {
        let variant = |sku: &str| {
            create(
                sku,
                sku,
                &[
                    (product::PARENT_SKU, text("SHIRT")),
                    (product::OPTION1_NAME, text("Size")),
                    (product::OPTION1_VALUE, text(sku)),
                ],
            )
        };
        let (small, large) = (variant("SHIRT-S"), variant("SHIRT-L"));
        let shirt = create("SHIRT", "Shirt", &[]);
        applied(
            store,
            &[
                shirt.clone(),
                small.clone(),
                create("MUG", "Mug", &[]),
                new_supplier("ACME"),
            ],
        )
        .await;
        applied(
            store,
            &[
                new_link("ACME", "SHIRT-S", number(1)),
                new_link("ACME", "MUG", Value::Empty),
            ],
        )
        .await;
        let by = |coverage| ProductFilter {
            coverage: Some(coverage),
            ..ProductFilter::default()
        };
        let listed = async |coverage| {
            let filter = by(coverage);
            let rows: Vec<String> = covered(store, filter.clone()).await.into_keys().collect();
            let count = store.count(&filter).await.unwrap();
            assert_eq!(
                (count.count, count.exact),
                (i64::try_from(rows.len()).unwrap(), true)
            );
            rows
        };
        assert_eq!(listed(Coverage::Preferred).await, ["SHIRT", "SHIRT-S"]);
        assert_eq!(listed(Coverage::One).await, ["MUG"]);
        applied(store, std::slice::from_ref(&large)).await;
        assert_eq!(
            listed(Coverage::None).await,
            ["SHIRT", "SHIRT-L"],
            "a new variant has no supplier"
        );
        act(store, PRODUCT, large.id, Operation::Trash, &[]).await;
        assert_eq!(listed(Coverage::None).await, [""; 0]);
        act(store, PRODUCT, large.id, Operation::Restore, &[]).await;
        applied(store, &[new_link("ACME", "SHIRT-L", Value::Empty)]).await;
        assert_eq!(listed(Coverage::One).await, ["MUG", "SHIRT", "SHIRT-L"]);
        let found = ProductFilter {
            search: Some("shirt".into()),
            ..by(Coverage::One)
        };
        assert_eq!(covered(store, found).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_desktops_that_add_a_supplier_each_make_it_several() {
    on_each_database(async |store| {
        let other = store.second_desktop().await;
        let products: Vec<Write> = (0..20)
            .map(|n| create(&format!("P{n}"), "Thing", &[]))
            .collect();
        applied(store, &products).await;
        applied(store, &[new_supplier("S0"), new_supplier("S1")]).await;
        for n in 0..20 {
            let sku = format!("P{n}");
            let (one, two) = (
                [new_link("S0", &sku, Value::Empty)],
                [new_link("S1", &sku, Value::Empty)],
            );
            tokio::join!(applied(store, &one), applied(&other, &two));
        }
        let several = ProductFilter {
            coverage: Some(Coverage::Several),
            ..ProductFilter::default()
        };
        assert_eq!(
            store.count(&several).await.unwrap().count,
            20,
            "{}",
            store.name
        );
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_workspace_of_the_version_before_is_covered_as_soon_as_it_is_opened() {
    for (name, place) in Place::fresh().await {
        let clock = Arc::new(FixedClock::at(Timestamp(0)));
        let store = place.open(clock.clone()).await;
        let variant = create(
            "SHIRT-S",
            "Shirt S",
            &[(product::PARENT_SKU, text("SHIRT"))],
        );
        let shirt = create("SHIRT", "Shirt", &[]);
        let mugs = [create("MUG", "Mug", &[]), create("CUP", "Cup", &[])];
        applied(&store, &[shirt, variant]).await;
        applied(&store, &mugs).await;
        applied(&store, &[new_supplier("ACME"), new_supplier("KILN")]).await;
        let links = [
            ("ACME", "SHIRT-S", number(1)),
            ("ACME", "MUG", Value::Empty),
            ("KILN", "MUG", number(2)),
        ];
        for (supplier, sku, preference) in links {
            applied(&store, &[new_link(supplier, sku, preference)]).await;
        }
        let before = covered(&store, ProductFilter::default()).await;
        store.close().await;
        place
            .execute("delete from schema_migrations where version in (51, 52)")
            .await;
        place.execute("update products set coverage = 0").await;
        let store = place.open(clock).await;
        let after = covered(&store, ProductFilter::default()).await;
        assert_eq!(after, before, "{name}");
        let told: Vec<Coverage> = after.into_values().collect();
        let preferred = Coverage::Preferred;
        assert_eq!(
            told,
            [Coverage::None, Coverage::Several, preferred, preferred]
        );
        let all = ProductFilter::default();
        for descending in [false, true] {
            let page = store.list(&all, SortField::Coverage, descending, 0, 10);
            let rows = page.await.unwrap().rows;
            let mut told: Vec<Coverage> = rows.iter().map(|row| row.coverage).collect();
            if descending {
                told.reverse();
            }
            assert!(told.len() == 4 && told.is_sorted(), "{told:?} on {name}");
        }
        store.close().await;
        place.remove().await;
    }
}
