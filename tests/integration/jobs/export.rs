//! What is exported is imported again without a change.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use std::collections::HashSet;
use std::sync::Arc;

use backstock::jobs::{Export, Exported, export, save_rejects};
use csv_io::Shape;
use domain::catalog::ProductFilter;
use domain::record::Value;

use super::workbench::Workbench;
use testing::{applied, create, number, on_each_database, text};

#[tokio::test]
async fn an_export_imported_again_changes_nothing() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let tricky = [
            (
                product::DESCRIPTION,
                text("<p>Two\nlines, \"quoted\"; done</p>"),
            ),
            (product::SUBTITLE, text("=1+1")),
            (product::BRAND, text("'Tis – Ünïcode 🙂")),
            (product::TAGS, Value::list(["b", "a"])),
            (product::STOCK, number(-3)),
            (product::STORE_PRICE, number(12_345_678)),
            (product::PROMO_START, text("2026-09-11")),
            (product::ACTIVE, Value::Flag(false)),
        ];
        applied(
            store,
            &[create("A,1", "Tricky", &tricky), create("-B", "Plain", &[])],
        )
        .await;
        bench
            .import(
                store,
                "sku,parent_sku,name,qty,option1_name,option1_value\nT,,T,0,,\nT-S,T,S,2,Size,S\n",
            )
            .await;
        let path = bench.path("export.csv");
        let wanted = Export {
            path: path.clone(),
            kind: PRODUCT,
            which: Exported::Products(ProductFilter::default()),
            except: HashSet::new(),
            ids: None,
            columns: PRODUCT.fields().collect(),
            shape: Shape::Backstock,
        };
        let (shop, wanted) = (store.store.clone(), Arc::new(wanted));
        bench
            .run(move |progress| async move { export(&progress, &shop, &wanted).await.map(drop) })
            .await
            .unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(
            written.contains("'=1+1"),
            "no spreadsheet takes it for a formula"
        );
        let again = bench.plan(store, &written).await;
        assert_eq!(
            again.meta.outline.counts.unchanged,
            4,
            "{:#?}",
            again.rows().await
        );
    })
    .await;
}

#[tokio::test]
async fn rejected_rows_come_back_with_their_reasons() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file =
            "code;name;qty;remark\nA;A;1;fine\nB;\"B; two\nlines\";1O;why not\nA;again;2;twice\n";
        let draft = bench.draft(file.as_bytes()).unwrap();
        let planned = bench.plan_draft(store, draft.clone()).await;
        let path = bench.path("rejects.csv");
        assert_eq!(save_rejects(&planned.plan, &draft, &path).await.unwrap(), 2);
        let rejects = std::fs::read_to_string(&path).unwrap();
        assert!(
            rejects.contains("why not"),
            "the original columns are there: {rejects}"
        );
        assert!(rejects.contains("is not a number"), "{rejects}");
        assert!(rejects.contains("SKU already used on line 2"), "{rejects}");
        assert!(!rejects.contains("fine"));
    })
    .await;
}
