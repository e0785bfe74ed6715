//! What a person expects of an import.

use backstock::jobs::{Draft, Rows};
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{Operation, Outcome};
use domain::record::Value;

use super::workbench::Workbench;
use testing::{applied, create, number, on_each_database, trash};

const SHIRTS: &str = "\
sku,parent_sku,name,qty,store_price,option1_name,option1_value
TEE-S,TEE,Tee small,10,19.90,Size,Small
TEE,,Tee,0,,,
TEE-M,TEE,Tee medium,5,19.90,Size,Medium
MUG,,Mug,7,9.50,,
";

#[tokio::test]
async fn a_file_becomes_products_and_the_same_file_again_changes_nothing() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, SHIRTS).await;
        assert_eq!(
            (
                planned.meta.outline.counts.create,
                planned.meta.outline.counts.read()
            ),
            (4, 4)
        );
        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!(
            (
                batch.counts.created,
                batch.counts.read,
                batch.counts.not_reached
            ),
            (4, 4, 0)
        );

        let tee = store
            .find_by_codes(PRODUCT, &["TEE"])
            .await
            .unwrap()
            .remove(0);
        assert_eq!(
            tee.fields.get(product::STOCK),
            &Value::Number(15),
            "the sum of its variants"
        );
        let small = store
            .find_by_codes(PRODUCT, &["TEE-S"])
            .await
            .unwrap()
            .remove(0);
        assert_eq!(
            small.parent(),
            Some(tee.id),
            "a parent may stand after its variants"
        );

        let again = bench.plan(store, SHIRTS).await;
        assert_eq!(
            again.meta.outline.counts.unchanged,
            4,
            "{:?}",
            again.rows().await
        );
    })
    .await;
}

#[tokio::test]
async fn every_row_is_accounted_for_and_a_bad_one_never_stops_its_neighbours() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench
            .import(store, "sku,name,qty\nMUG,Mug,7\nCUP,Cup,1\n")
            .await;
        let planned = bench
            .plan(
                store,
                "sku,name,qty\n\
                 MUG,Mug,7\n\
                 CUP,Cup,2\n\
                 ,,\n\
                 NEW,New,1\n\
                 NEW,Newer,2\n\
                 ODD,Odd,1O\n\
                 BARE,,1\n\
                 ,Nameless,1\n",
            )
            .await;
        let outcomes = planned.outcomes().await;
        let expected = [
            (2, Outcome::Unchanged),
            (3, Outcome::Update),
            (4, Outcome::Skipped),
            (5, Outcome::Create),
            (6, Outcome::Error),
            (7, Outcome::Error),
            (8, Outcome::Error),
            (9, Outcome::Error),
        ];
        assert_eq!(outcomes, expected);
        assert_eq!(planned.meta.outline.counts.read(), 8);
        assert!(planned.problem(6).await.contains("already used on line 5"));
        assert!(planned.problem(7).await.contains("not a number"));
        assert!(planned.problem(8).await.contains("Name is needed"));
        assert!(planned.problem(9).await.contains("SKU"));

        let batch = bench.apply(store, &planned).await.unwrap();
        let counts = batch.counts;
        assert_eq!(
            (counts.created, counts.updated, counts.unchanged),
            (1, 1, 1)
        );
        assert_eq!((counts.skipped, counts.rejected, counts.read), (1, 4, 8));
    })
    .await;
}

#[tokio::test]
async fn families_must_make_sense() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, SHIRTS).await;
        let planned = bench
            .plan(
                store,
                "sku,parent_sku,name,option1_name,option1_value\n\
                 A,NOWHERE,No parent,Size,S\n\
                 B,TEE-S,Of a variant,Size,S\n\
                 C,TEE,Same options,Size,SMALL\n\
                 D,BAD,Parent is rejected,Size,S\n\
                 BAD,,,,\n\
                 E,TEE,Fine,Size,Large\n\
                 F,TEE,Same in the file,Size,Large\n",
            )
            .await;
        for (line, part) in [
            (2, "neither in this file nor in the catalogue"),
            (3, "is itself a variant"),
            (4, "\"TEE-S\" of \"TEE\" has the same options"),
            (5, "on line 6 is not imported"),
            (8, "The row on line 7 has the same options"),
        ] {
            let problem = planned.problem(line).await;
            assert!(problem.contains(part), "line {line}: {problem}");
        }
        assert_eq!(planned.outcomes().await[5], (7, Outcome::Create));
        let file = "sku,parent_sku,option1_name,option1_value\nTEE,MUG,Size,S\n";
        let planned = bench.plan(store, file).await;
        assert!(planned.problem(2).await.contains("has variants of its own"));
        let file = "sku,parent_sku,name\nTEE-S,,Tee small\nNEW,TEE-S,New\n";
        let planned = bench.plan(store, file).await;
        assert!(planned.problem(3).await.contains("is itself a variant"));
    })
    .await;
}

#[tokio::test]
async fn a_product_in_the_trash_comes_back() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        applied(
            store,
            &[create("MUG", "Mug", &[(product::STOCK, number(3))])],
        )
        .await;
        let mug = store
            .find_by_codes(PRODUCT, &["MUG"])
            .await
            .unwrap()
            .remove(0);
        applied(store, &[trash(mug.id, mug.version)]).await;
        let planned = bench.plan(store, "sku,name,qty\nMUG,Mug,4\n").await;
        assert_eq!(planned.rows().await[0].operation, Some(Operation::Restore));
        bench.apply(store, &planned).await.unwrap();
        let mug = store.get(PRODUCT, mug.id).await.unwrap();
        assert!(!mug.trashed);
        assert_eq!(mug.fields.get(product::STOCK), &number(4));
    })
    .await;
}

#[tokio::test]
async fn a_shopify_file_makes_parents_that_no_row_stands_for() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file = "\
Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Image Src
cap,Cap,Hatco,Title,Default Title,,100,3,12.00,https://example.com/cap.png
tee,Tee,Hatco,Size,Small,,200,1,20.00,https://example.com/tee.png
tee,,,,Large,,250,2,22.00,
tee,,,,,,,,,https://example.com/back.png
";
        let planned = bench.plan(store, file).await;
        let counts = planned.meta.outline.counts;
        assert_eq!((counts.create, counts.skipped, counts.implied, counts.read()), (3, 1, 1, 4));
        let batch = bench.apply(store, &planned).await.unwrap();
        assert_eq!((batch.counts.created, batch.counts.implied), (3, 1));
        let tee = store.find_by_codes(PRODUCT, &["tee"]).await.unwrap().remove(0);
        assert_eq!(tee.fields.get(product::STOCK), &number(3));
        assert_eq!(store.variants_of(tee.id).await.unwrap().len(), 2);
        let again = bench.plan(store, file).await.meta.outline.counts;
        assert_eq!((again.unchanged, again.skipped, again.implied), (3, 1, 0));
    })
    .await;
}

#[tokio::test]
async fn what_only_a_person_can_know_is_asked() {
    let bench = Workbench::new();
    let path = bench.path("file.csv");
    std::fs::write(&path, "sku,name,promo_start\nA,A,11/9/2026\n").unwrap();
    let draft = Draft::open(
        &bench.plans(),
        &path,
        true,
        Rows {
            kind: PRODUCT,
            currency: "",
            schema: &std::sync::Arc::default(),
            progress: None,
        },
    )
    .unwrap();
    let error = draft.source().unwrap_err();
    assert!(error.message.contains("11/9/2026"), "{error}");
    assert!(error.fields.contains_key("date_order"));

    std::fs::write(
        &path,
        "sku,price\nA,1.234\nB,1.50\nC,1,5\n".replace("1,5", "\"1,5\""),
    )
    .unwrap();
    let draft = Draft::open(
        &bench.plans(),
        &path,
        true,
        Rows {
            kind: PRODUCT,
            currency: "",
            schema: &std::sync::Arc::default(),
            progress: None,
        },
    )
    .unwrap();
    let error = draft.source().unwrap_err();
    assert!(
        error.message.contains("1.234"),
        "a file of both marks: {error}"
    );
    assert!(error.hint.unwrap().contains("--decimal-mark"));

    std::fs::write(&path, "colour,name\nred,A\n").unwrap();
    let draft = Draft::open(
        &bench.plans(),
        &path,
        true,
        Rows {
            kind: PRODUCT,
            currency: "",
            schema: &std::sync::Arc::default(),
            progress: None,
        },
    )
    .unwrap();
    assert!(
        draft
            .source()
            .unwrap_err()
            .message
            .contains("No column is the SKU")
    );
}

#[tokio::test]
async fn a_problem_says_what_to_do_and_claims_nothing_of_an_unknown_product() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let planned = bench.plan(store, "sku,qty\nA,1\n,2\n").await;
        let rows = planned.rows().await;
        let hints = |line: usize| -> Vec<&str> {
            let problems = rows[line].problems.iter();
            problems.filter_map(|p| p.hint.as_deref()).collect()
        };
        assert_eq!(
            hints(0),
            ["No column feeds the Name: choose one, or add it to the file."]
        );
        assert_eq!(hints(1), ["Fill it in, or remove the row."]);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_leaves_nothing_behind() {
    let bench = Workbench::new();
    let path = bench.path("file.csv");
    std::fs::write(&path, "sku,".repeat(2_000)).unwrap();
    assert!(
        Draft::open(
            &bench.plans(),
            &path,
            true,
            Rows {
                kind: PRODUCT,
                currency: "",
                schema: &std::sync::Arc::default(),
                progress: None,
            }
        )
        .is_err()
    );
    assert_eq!(std::fs::read_dir(bench.plans()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_person_who_may_not_see_costs_cannot_import_them() {
    let bench = Workbench::new();
    let path = bench.path("file.csv");
    std::fs::write(&path, "sku,name,cost_price\nA,A,5\n").unwrap();
    let mut draft = Draft::open(
        &bench.plans(),
        &path,
        false,
        Rows {
            kind: PRODUCT,
            currency: "",
            schema: &std::sync::Arc::default(),
            progress: None,
        },
    )
    .unwrap();
    let mut settings = draft.look().unwrap().settings;
    assert_eq!(
        settings.columns[2], None,
        "a cost column is not proposed to them"
    );
    settings.columns[2] = Some("cost".into());
    assert!(draft.configure(settings, false).is_err());
}
