//! What a careful person expects of files as other programs write them.

use backstock::jobs::{Draft, ImportDraft, ImportQuestion, ImportSettings, Rows};
use csv_io::{Encoding, ForeignMoney, StockWords};
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::Outcome;
use domain::record::Value;

use super::workbench::Workbench;
use testing::on_each_database;

/// The draft of a file in a workspace of pounds.
fn draft(bench: &Workbench, content: impl AsRef<[u8]>) -> Draft {
    let path = bench.path("file.csv");
    std::fs::write(&path, content).unwrap();
    Draft::open(
        &bench.plans(),
        &path,
        true,
        Rows {
            kind: PRODUCT,
            currency: "GBP",
            schema: &std::sync::Arc::default(),
            progress: None,
        },
    )
    .unwrap()
}

fn look(content: impl AsRef<[u8]>) -> ImportDraft {
    draft(&Workbench::new(), content).look().unwrap()
}

fn kinds(draft: &ImportDraft) -> Vec<&'static str> {
    let kind = |question: &ImportQuestion| match question {
        ImportQuestion::DateOrder { .. } => "date order",
        ImportQuestion::DecimalMark { .. } => "decimal mark",
        ImportQuestion::CodeColumn { .. } => "code column",
        ImportQuestion::Encoding { .. } => "encoding",
        ImportQuestion::PriceColumn { .. } => "price column",
        ImportQuestion::ForeignMoney { .. } => "foreign money",
        ImportQuestion::AmountFor { .. } => "amount for",
        ImportQuestion::StockWords { .. } => "stock words",
    };
    draft.questions.iter().map(kind).collect()
}

/// What is asked, and after which answer it is asked no more.
fn answered(content: impl AsRef<[u8]>, kind: &str, answer: impl Fn(&mut ImportSettings)) {
    let bench = Workbench::new();
    let mut draft = draft(&bench, content);
    let before = draft.look().unwrap();
    assert_eq!(kinds(&before), [kind]);
    assert!(
        draft.source().is_err(),
        "a plan is refused while {kind} is open"
    );
    let mut settings = before.settings;
    answer(&mut settings);
    draft.configure(settings, true).unwrap();
    assert_eq!(kinds(&draft.look().unwrap()), [""; 0]);
    draft.source().unwrap();
}

#[test]
fn currencies_and_prices_that_may_be_meant_are_asked_about() {
    let refuse =
        |settings: &mut ImportSettings| settings.foreign_money = Some(ForeignMoney::Refuse);
    for file in [
        "sku,name,price\nA,Sofa,US$ 12.00\nB,Cup,12\n",
        "sku,name,price\nA,Sofa,12.00 SEK\n",
        "sku,name,price,currency\nA,Sofa,12,USD\n",
        "sku,name,Price USD\nA,Sofa,12\n",
    ] {
        answered(file, "foreign money", refuse);
    }
    let prices = "sku,name,Price ex GST,Price inc GST\nA,Sofa,10,11\n";
    answered(prices, "price column", |settings| {
        settings.columns[3] = Some("store_price".into())
    });
    answered(prices, "price column", |settings| {
        settings.unwanted.push("store_price".into())
    });
    for file in [
        "sku,name,price,currency\nA,Sofa,£12,GBP\n",
        "sku,name,Price USD,Price GBP\nA,Sofa,10,8\n",
    ] {
        assert_eq!(kinds(&look(file)), [""; 0], "{file}");
    }
}

#[test]
fn currencies_are_asked_about_where_a_workspace_has_none_and_a_file_several() {
    let bench = Workbench::new();
    let path = bench.path("file.csv");
    let asked = |content: &str| {
        std::fs::write(&path, content).unwrap();
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
        kinds(&draft.look().unwrap())
    };
    assert_eq!(asked("sku,price\nA,$1\nB,US$ 2\nC,3 USD\n"), [""; 0]);
    assert_eq!(asked("sku,price\nA,$1\nB,€2\n"), ["foreign money"]);
}

#[test]
fn a_stock_in_words_is_asked_about_once() {
    let file = "sku,name,qty\nA,n,10+\nB,n,in stock\nC,n,5\nD,n,1O\n";
    answered(file, "stock words", |settings| {
        settings.stock_words = Some(StockWords::Keep)
    });
    let ImportQuestion::StockWords { column, words } = &look(file).questions[0] else {
        panic!("another question");
    };
    assert_eq!(
        (column.as_str(), &words[..]),
        ("qty", &["10+".to_owned(), "in stock".into()][..])
    );
    assert_eq!(
        kinds(&look("sku,name,qty\nA,n,1O\n")),
        [""; 0],
        "a typing error is no word"
    );
}

#[test]
fn an_encoding_that_is_not_sure_is_asked_about_with_the_words_in_each() {
    // "čaj" of a Czech list in Windows-1250, which is "èaj" in Windows-1252.
    let file = b"sku,name\nA,\xe8aj\n";
    let choose = |settings: &mut ImportSettings| {
        settings.encoding = Encoding::from_key("windows-1250").unwrap();
    };
    answered(file, "encoding", choose);
    answered(file, "encoding", |settings| settings.encoding_chosen = true);
    let ImportQuestion::Encoding { readings } = &look(file).questions[0] else {
        panic!("another question");
    };
    let words: Vec<&str> = readings
        .iter()
        .map(|reading| reading.words[0].as_str())
        .collect();
    assert!(
        words.contains(&"čaj") && words.contains(&"èaj"),
        "{words:?}"
    );
    assert_eq!(
        kinds(&look(b"sku,name\nA,Caf\xe9\n")),
        [""; 0],
        "every reading says the same"
    );
}

#[test]
fn one_bad_byte_is_told_by_its_line_and_changes_no_encoding() {
    let draft = look(b"sku,name\nA,K\xc3\xa4se gr\xc3\xb6\xc3\x9fe\nB,caf\xe9\n");
    assert_eq!(draft.settings.encoding, Encoding::UTF_8);
    assert_eq!(kinds(&draft), [""; 0]);
    assert!(
        draft.warnings[0].contains("(line 3)"),
        "{:?}",
        draft.warnings
    );
}

#[test]
fn a_file_that_changed_since_it_was_opened_is_refused() {
    let bench = Workbench::new();
    let mut draft = draft(&bench, "sku,name\nA,Sofa\n");
    std::fs::write(bench.path("file.csv"), "sku,name\nA,Soft\n").unwrap();
    let mut settings = draft.look().unwrap().settings;
    settings.encoding = Encoding::WINDOWS_1252;
    let error = draft.configure(settings, true).unwrap_err();
    assert!(error.message.contains("still being written"), "{error}");
}

#[test]
fn a_file_that_grew_since_it_was_opened_is_not_planned_and_one_that_is_gone_is() {
    let bench = Workbench::new();
    let draft = draft(&bench, "sku,name\nA,Sofa\n");
    assert_eq!(draft.refuse_changed(), Ok(()));
    std::fs::write(bench.path("file.csv"), "sku,name\nA,Sofa\nB,Cup\n").unwrap();
    let error = draft.refuse_changed().unwrap_err();
    assert!(error.message.contains("still being written"), "{error}");
    std::fs::remove_file(bench.path("file.csv")).unwrap();
    assert_eq!(draft.refuse_changed(), Ok(()), "the copy is whole");
}

#[test]
fn a_person_says_where_the_header_is() {
    let bench = Workbench::new();
    let mut draft = draft(&bench, "sku,name,qty\nArtikel,Titel,Menge\nA,Sofa,1\n");
    let before = draft.look().unwrap();
    assert_eq!(before.header_line, Some(1));
    let mut settings = before.settings;
    settings.header_line = Some(2);
    draft.configure(settings, true).unwrap();
    let after = draft.look().unwrap();
    assert_eq!(after.header_line, Some(2));
    assert_eq!(after.columns[0].header, "Artikel");
    assert_eq!(after.preview, [["A", "Sofa", "1"]]);
}

#[test]
fn a_draft_tells_what_it_read_and_what_it_leaves_out() {
    let draft = look(
        "SKU,Name,Brand,Unit Price,Qty,Weight (lbs),Colour\n\
         A,Sofa,NULL,10,1,2,red\nB,Cup,None,20,2,3,blue\nTotal,,,30,3,,\n",
    );
    let has = |texts: &[String], part: &str| texts.iter().any(|text| text.contains(part));
    assert_eq!(draft.left_out, ["Unit Price", "Colour"]);
    assert!(
        has(&draft.warnings, "\"Unit Price\" looks like a price"),
        "{:?}",
        draft.warnings
    );
    assert!(
        has(&draft.notes, "Brand: NULL, None are read as empty."),
        "{:?}",
        draft.notes
    );
    assert!(
        has(&draft.notes, "Weight (lbs): numbers without a unit are lb"),
        "{:?}",
        draft.notes
    );
    assert_eq!((draft.odd_lines.len(), draft.odd_lines[0].line), (1, 4));
    let same = look("SKU,Name,Price,Stock,Price\nA,Sofa,10,1,7\n");
    assert!(
        has(&same.warnings, "column 3 feeds Store price"),
        "{:?}",
        same.warnings
    );
    let other = look("sku^name^price\nA^Sofa^10\n");
    assert!(
        has(&other.warnings, "Choose ^ if it separates"),
        "{:?}",
        other.warnings
    );
    assert!(other.delimiters.iter().any(|choice| choice.key == "^"));
}

#[test]
fn a_draft_tells_of_headers_that_come_again_and_of_columns_that_speak_of_tax() {
    let file =
        "SKU,Name,Price ex GST,Qty\nA,Sofa,1.50,1\nSKU,Name,Price ex GST,Qty\nB,Cup,2.50,2\n";
    let draft = look(file);
    assert_eq!(
        kinds(&draft),
        Vec::<&str>::new(),
        "a header is no stock in words"
    );
    assert_eq!(
        draft.notes,
        [
            "The names of the columns come again on line 3; this row is left out.",
            "\"Price ex GST\" speaks of tax: its amounts are taken as they are."
        ]
    );
}

#[test]
fn every_price_that_is_not_imported_is_named_and_stock_where_none_is() {
    let warnings = |file: &str| look(file).warnings;
    assert_eq!(
        warnings("sku,name,price,Price / Market,Pack cost,Low stock,Qty\nA,a,1,2,3,4,5\n"),
        ["\"Price / Market\", \"Pack cost\" look like prices and are not imported."]
    );
    assert_eq!(
        warnings("sku,name,Stock London,Stock Leeds\nA,a,1,2\n"),
        ["\"Stock London\", \"Stock Leeds\" look like stock and are not imported."]
    );
    let twice = warnings("sku,name,Price,price\nA,a,1,2\n");
    assert_eq!(twice.len(), 1, "told as columns of one name: {twice:?}");
    let garbled = warnings("sku,name\nA,KÃ¤se\n");
    assert!(garbled[0].contains("\"KÃ¤se\" was \"Käse\""), "{garbled:?}");
    let other = warnings("sku^name^price\nA^Sofa^10\n");
    assert_eq!(other.len(), 1, "one column is no price: {other:?}");
}

#[test]
fn a_column_that_is_only_called_unit_is_what_its_values_say() {
    let target = |file: &str| look(file).settings.columns[3].clone();
    assert_eq!(
        target("sku,name,weight,unit\nA,a,500,g\nB,b,2,lb\n").as_deref(),
        Some("weight_unit")
    );
    assert_eq!(
        target("sku,name,length,UOM\nA,a,20,cm\n").as_deref(),
        Some("dimension_unit")
    );
    assert_eq!(target("sku,name,weight,unit\nA,a,500,each\n"), None);
}

#[tokio::test]
async fn skus_that_lost_zeros_or_digits_are_pointed_out() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let first = "sku,name\n0017,Hook\n90.750,Bolt\n1001,Sofa\n4006381333931,Pen\n";
        bench.import(store, first).await;
        let file = "sku,name\n17,Hook\n90.75,Bolt\n1001.0,Sofa\n4.00638E+12,Pen\n18,New\n";
        let planned = bench.plan(store, file).await;
        let rows = planned.rows().await;
        for (row, sku) in rows.iter().zip(["0017", "90.750", "1001", "4006381333931"]) {
            assert!(
                row.notes.iter().any(|note| note.contains(sku)),
                "{sku}: {row:?}"
            );
        }
        assert_eq!(rows[3].outcome, Outcome::Error, "digits are lost");
        assert_eq!(rows[4].notes, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_barcode_on_two_rows_is_pointed_out() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        let file = "sku,name,ean\nA,Sofa,4006381333931\nB,Cup,4006381333931\nC,Hat,96385074\n";
        let planned = bench.plan(store, file).await;
        let rows = planned.rows().await;
        assert!(rows[0].notes[0].contains("line 3"), "{:?}", rows[0]);
        assert!(rows[1].notes[0].contains("line 2"), "{:?}", rows[1]);
        assert_eq!(rows[2].notes, Vec::<String>::new());
        let file =
            "sku,name,ean\nA,Sofa,4006381333931\nB,Cup,400-6381-333931\nC,Hat,4006381333932\n";
        let planned = bench.plan(store, file).await;
        let rows = planned.rows().await;
        assert!(
            rows[1].notes.iter().any(|note| note.contains("line 2")),
            "{:?}",
            rows[1]
        );
        let told: Vec<&str> = planned
            .meta
            .outline
            .warnings
            .iter()
            .map(|warning| warning.text.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "Barcode: 1 value has a wrong check digit or lost a zero",
                "Barcode: 2 rows have one that another row has, too"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_barcode_without_its_zeros_is_not_written_over_the_whole_one() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench
            .import(store, "sku,name,ean\nA,Sofa,036000291452\nB,Cup,0123\n")
            .await;
        let file = "sku,name,ean\nA,Couch,36000291452\nB,Cup,0124\n";
        let planned = bench.plan(store, file).await;
        let rows = planned.rows().await;
        let changed = |row: usize| rows[row].changes.iter().map(|change| change.field);
        assert_eq!(changed(0).collect::<Vec<_>>(), [product::NAME]);
        assert!(rows[0].notes[0].contains("036000291452"), "{:?}", rows[0]);
        assert_eq!(changed(1).collect::<Vec<_>>(), [product::BARCODE]);
    })
    .await;
}

#[tokio::test]
async fn a_control_character_in_a_sku_renames_nothing() {
    on_each_database(async |store| {
        let bench = Workbench::new();
        bench.import(store, "sku,name\nAB C,Sofa\n").await;
        let planned = bench
            .plan(store, "sku,name\n\"AB\tC\",Stolen\n\"AB\nC\",Stolen\n")
            .await;
        let outcomes: Vec<Outcome> = planned.rows().await.iter().map(|row| row.outcome).collect();
        assert_eq!(outcomes, [Outcome::Error, Outcome::Error]);
        let guarded = bench
            .plan(store, "sku,name\n\"=\"\"AB C\"\"\",Sofa\n")
            .await;
        assert_eq!(guarded.rows().await[0].outcome, Outcome::Unchanged);
        let product = bench.product(store, "AB C").await;
        assert_eq!(product.fields.get(product::NAME), &Value::text("Sofa"));
    })
    .await;
}
