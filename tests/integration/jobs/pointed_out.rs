//! What an import points out without changing it: look-alikes, barcodes of other products.

use backstock::jobs::PlanWarning;
use domain::plan::{Mark, Outcome};

use super::workbench::Workbench;
use testing::on_each_database;

#[tokio::test]
async fn a_new_sku_that_looks_like_one_in_the_catalogue_is_reported_never_merged() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let first = bench
            .plan(store, "sku,name\nAB-205,Mug\nAB-206,Cup\n")
            .await;
        assert_eq!(first.meta.outline.warnings, [], "nothing is there yet");
        bench.apply(store, &first).await.unwrap();
        let file = "sku,name\nab 205,Mug?\nab-205,Mug\nAB-206,Cup\nZZ,New\n";
        let planned = bench.plan(store, file).await;
        let warning = PlanWarning {
            mark: Mark::LooksLikeExisting,
            count: 1,
            text: "1 new SKU looks like one in the catalogue: \"AB-205\"".into(),
        };
        assert_eq!(planned.meta.outline.warnings, [warning]);
        let rows = planned.rows().await;
        assert_eq!(
            rows[0].notes,
            Vec::<String>::new(),
            "a missing dash is another SKU"
        );
        assert!(rows[1].notes[0].contains("\"AB-205\""), "{:?}", rows[1]);
        assert_eq!((&rows[2].notes.len(), &rows[3].notes.len()), (&0, &0));
        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!(batch.counts.created, 3, "it is a product of its own");
    })
    .await;
}

#[tokio::test]
async fn a_barcode_that_another_product_has_is_pointed_out_with_its_name() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let there = "sku,name,barcode\nAB,Mug,4006381333931\nCD,Cup,9780306406157\nEF,Jug,\n";
        bench.import(store, there).await;
        let file = "sku,name,barcode\nEF,Jug,4006381333931\nNEW,Bowl,4006381333931\n\
                    CD,Cup,9780306406157\nZZ,Pot,5901234123457\n";
        let planned = bench.plan(store, file).await;
        let texts: Vec<&str> = planned
            .meta
            .outline
            .warnings
            .iter()
            .map(|warning| warning.text.as_str())
            .collect();
        assert_eq!(
            texts,
            [
                "Barcode: 2 rows have one that another row has, too",
                "Barcode: 2 values belong to another product already: \"AB\" and 1 more"
            ]
        );
        let rows = planned.rows().await;
        for row in &rows[..2] {
            let notes = row.notes.join(" ");
            assert!(notes.contains("belongs to \"AB\" already"), "{notes}");
        }
        assert_eq!(rows[2].notes.len() + rows[3].notes.len(), 0, "{rows:?}");
        // Two products that change their barcodes with each other take nothing from each other.
        let swap = "sku,name,barcode\nAB,Mug,9780306406157\nCD,Cup,4006381333931\n";
        let planned = bench.plan(store, swap).await;
        assert_eq!(planned.meta.outline.warnings, []);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_row_takes_no_place_from_the_right_one_below_it() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file = "sku,name,parent_sku,option1_name,option1_value,store_price\n\
                    TEE,Tee,,,,\n\
                    TEE-1,Tee red,TEE,Colour,Red,1O\n\
                    TEE-2,Tee red,TEE,Colour,Red,10\n\
                    TEE-3,Tee red,TEE,Colour,red,10\n";
        let rows = bench.plan(store, file).await.rows().await;
        let outcomes: Vec<Outcome> = rows.iter().map(|row| row.outcome).collect();
        use Outcome::{Create, Error};
        assert_eq!(outcomes, [Create, Error, Create, Error], "{rows:?}");
        assert!(rows[3].problems[0].message.contains("line 4"), "{rows:?}");
    })
    .await;
}
