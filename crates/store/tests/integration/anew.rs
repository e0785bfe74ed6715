//! Rows that an older version wrote, brought up to what this one computes.

use domain::catalog::product::{
    OPTION1_NAME, OPTION1_VALUE, OPTION2_NAME, OPTION2_VALUE, PARENT_SKU,
};
use domain::record::{Field, Value};
use store::{Refusal, WriteOutcome};
use testing::{applied, create, on_each_database, text};

/// More than are gone through at a time.
const SIZES: usize = 1_050;

fn options(first: (&str, &str), second: (&str, &str)) -> Vec<(Field, Value)> {
    vec![
        (PARENT_SKU, text("SHIRT")),
        (OPTION1_NAME, text(first.0)),
        (OPTION1_VALUE, text(first.1)),
        (OPTION2_NAME, text(second.0)),
        (OPTION2_VALUE, text(second.1)),
    ]
}

#[tokio::test]
async fn twins_of_what_an_older_version_wrote_are_found() {
    on_each_database(async |store| {
        applied(store, &[create("SHIRT", "Shirt", &[])]).await;
        let sizes: Vec<String> = (0..SIZES).map(|size| size.to_string()).collect();
        let shirts: Vec<_> = sizes
            .iter()
            .map(|size| {
                let options = options(("Colour", "Red"), ("Size", size));
                create(&format!("SHIRT-{size}"), "Shirt", &options)
            })
            .collect();
        let made = applied(store, &shirts).await;
        assert!(made.iter().all(WriteOutcome::is_applied));
        // As they were: the values by their place, in small letters.
        let older = [
            "update products set options_key = 'red\u{1f}7\u{1f}' where options_key is not null",
            "delete from schema_migrations where version = 55",
        ];
        for older in older {
            store.place.execute(older).await;
        }
        let newer = store.second_desktop().await;
        let keys = "select 'keys', count(distinct options_key) from products";
        let kept = store.place.rows(keys).await;
        assert_eq!(kept[0].1, i64::try_from(SIZES).unwrap(), "{}", store.name);
        for size in ["7", "1049"] {
            let twin = create(
                "TWIN",
                "Shirt",
                &options(("Size", size), ("Colour", "RED")),
            );
            let outcome = applied(&newer, &[twin]).await;
            assert!(
                matches!(&outcome[0], WriteOutcome::Refused(Refusal::Twin { code: Some(code), .. }) if *code == format!("SHIRT-{size}")),
                "{}: {outcome:?}",
                store.name
            );
        }
        newer.close().await;
    })
    .await;
}
