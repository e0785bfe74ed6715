//! Several desktops on one workspace, writing at the same time.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::Origin;
use store::Refusal;
use store::{Store, WriteOutcome};
use testing::history_of;

use testing::{applied, batch, create, number, on_each_database, text, update};

/// Adds one to the stock, reading again whenever another desktop was quicker.
async fn sell_back(store: &Store, id: domain::values::RecordId) {
    let batch = batch(store, Origin::Form).await;
    loop {
        let now = store.get(PRODUCT, id).await.unwrap();
        let stock = now.fields.get(product::STOCK).as_number().unwrap();
        let write = update(id, now.version, &[(product::STOCK, number(stock + 1))]);
        let outcomes = store.apply(batch, &[write]).await.unwrap();
        if outcomes[0].is_applied() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_update_is_lost_when_many_change_the_same_field() {
    on_each_database(async |store| {
        let mug = create("MUG", "Mug", &[(product::STOCK, number(0))]);
        applied(store, std::slice::from_ref(&mug)).await;
        let mut desktops = Vec::new();
        for _ in 0..4 {
            let desktop = store.second_desktop().await;
            desktops.push(tokio::spawn(async move {
                for _ in 0..10 {
                    sell_back(&desktop, mug.id).await;
                }
                desktop.close().await;
            }));
        }
        for desktop in desktops {
            desktop.await.unwrap();
        }
        let now = store.get(PRODUCT, mug.id).await.unwrap();
        assert_eq!(
            now.fields.get(product::STOCK),
            &number(40),
            "on {}",
            store.name
        );
        assert_eq!(now.version, 41);
        assert_eq!(history_of(store, mug.id).await.len(), 41);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sku_is_given_once_however_many_ask_for_it_at_once() {
    on_each_database(async |store| {
        let mut desktops = Vec::new();
        for n in 0..4 {
            let desktop = store.second_desktop().await;
            desktops.push(tokio::spawn(async move {
                let writes: Vec<_> = (0..50)
                    .map(|sku| create(&format!("S{sku}"), &format!("of {n}"), &[]))
                    .collect();
                let outcomes = applied(&desktop, &writes).await;
                desktop.close().await;
                outcomes
            }));
        }
        let mut given = 0;
        for desktop in desktops {
            for outcome in desktop.await.unwrap() {
                match outcome {
                    WriteOutcome::Applied { .. } => given += 1,
                    WriteOutcome::Refused(Refusal::CodeTaken { .. }) => {}
                    other => panic!("{other:?} on {}", store.name),
                }
            }
        }
        assert_eq!(given, 50);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_parents_stock_adds_up_while_its_variants_are_sold_on_several_desktops() {
    on_each_database(async |store| {
        let parent = create("P", "Parent", &[]);
        let variants: Vec<_> = (0..4)
            .map(|n| {
                create(
                    &format!("P-{n}"),
                    "Variant",
                    &[(product::PARENT_SKU, text("P"))],
                )
            })
            .collect();
        applied(store, std::slice::from_ref(&parent)).await;
        applied(store, &variants).await;
        let mut desktops = Vec::new();
        for variant in variants {
            let desktop = store.second_desktop().await;
            desktops.push(tokio::spawn(async move {
                for _ in 0..10 {
                    sell_back(&desktop, variant.id).await;
                }
                desktop.close().await;
            }));
        }
        for desktop in desktops {
            desktop.await.unwrap();
        }
        let sum = store.get(PRODUCT, parent.id).await.unwrap();
        assert_eq!(
            sum.fields.get(product::STOCK),
            &number(40),
            "on {}",
            store.name
        );
    })
    .await;
}
