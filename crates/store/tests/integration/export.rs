//! What an export reads: each record once, whatever is written meanwhile.

use domain::catalog::{ProductFilter, product};
use domain::plan::Write;
use domain::values::RecordId;
use store::FamilyStream;

use testing::{applied, create, number, on_each_database, text, trash, update};

#[tokio::test]
async fn an_export_reads_each_product_once_while_others_are_written() {
    on_each_database(async |store| {
        for first in (0..5000).step_by(2500) {
            let part: Vec<_> = (first..first + 2500)
                .map(|n| create(&format!("S{n:05}"), "Name", &[]))
                .collect();
            applied(store, &part).await;
        }
        let mut stream = store.stream(ProductFilter::default());
        let mut seen = stream.next().await.unwrap();
        let renamed: Vec<_> = seen
            .iter()
            .take(100)
            .map(|p| update(p.id, 1, &[(product::NAME, text("Zzz"))]))
            .collect();
        applied(store, &renamed).await;
        loop {
            let page = stream.next().await.unwrap();
            if page.is_empty() {
                break;
            }
            seen.extend(page);
        }
        let mut skus: Vec<&str> = seen.iter().map(|product| product.code()).collect();
        skus.dedup();
        assert_eq!(skus.len(), 5000);

        let ids = vec![seen[7].id, RecordId::new(), seen[3].id];
        let chosen = store
            .stream_ids(product::PRODUCT, ids)
            .next()
            .await
            .unwrap();
        assert_eq!(
            chosen.iter().map(|product| product.id).collect::<Vec<_>>(),
            [seen[7].id, seen[3].id]
        );
    })
    .await;
}

async fn all_of(mut stream: FamilyStream) -> Vec<String> {
    let mut codes = Vec::new();
    loop {
        let page = stream.next().await.unwrap();
        if page.is_empty() {
            return codes;
        }
        codes.extend(page.iter().map(|record| record.code().to_owned()));
    }
}

/// A variant of `parent` at a place.
fn variant(sku: &str, parent: &str, place: i64) -> Write {
    let fields = [
        (product::PARENT_SKU, text(parent)),
        (product::OPTION1_NAME, text("Size")),
        (product::OPTION1_VALUE, text(sku)),
        (product::VARIANT_POSITION, number(place)),
    ];
    create(sku, "Sized", &fields)
}

#[tokio::test]
async fn families_come_together_and_in_their_order() {
    on_each_database(async |store| {
        // More than a page lies between a parent and its variants, and between these.
        let singles: Vec<_> = (0..4500)
            .map(|n| create(&format!("S{n:04}"), "Single", &[]))
            .collect();
        let family = [
            variant("P-M", "P", 2),
            variant("P-S", "P", 1),
            variant("Q-1", "Q", 1),
            variant("P-L", "P", 3),
        ];
        let blue = [(product::BRAND, text("Blue"))];
        let parents = [create("P", "Shirt", &blue), create("Q", "Coat", &[])];
        applied(store, &parents).await;
        applied(store, &singles[..2500]).await;
        applied(store, &family[..2]).await;
        applied(store, &singles[2500..]).await;
        applied(store, &family[2..]).await;

        let all = all_of(store.stream(ProductFilter::default()).in_families()).await;
        assert_eq!(all[..7], ["P", "P-S", "P-M", "P-L", "Q", "Q-1", "S0000"]);
        assert_eq!(all.len(), 4506);
        assert_eq!(all[6..], singles.iter().map(code).collect::<Vec<_>>());

        // Of a family comes what is asked for, or all of it.
        let sized = ProductFilter {
            search: Some("sized".into()),
            ..ProductFilter::default()
        };
        let found = store.stream(sized.clone()).in_families();
        assert_eq!(all_of(found).await, ["P-S", "P-M", "P-L", "Q-1"]);
        let mut whole = store.stream(sized).in_families().whole();
        assert_eq!(whole.left().await.unwrap(), 4);
        assert_eq!(all_of(whole).await, all[..6]);
        let ids = vec![family[3].id, singles[9].id, family[1].id, RecordId::new()];
        let chosen = store.stream_ids(product::PRODUCT, ids.clone());
        let chosen = all_of(chosen.in_families()).await;
        assert_eq!(chosen, ["S0009", "P-S", "P-L"]);
        let whole = store.stream_ids(product::PRODUCT, ids).in_families();
        let family_of_p = ["P", "P-S", "P-M", "P-L"];
        assert_eq!(
            all_of(whole.whole()).await,
            [&["S0009"], &family_of_p[..]].concat()
        );

        // What lies in the trash is no part of what is not.
        applied(store, &[trash(family[0].id, 1)]).await;
        let blue = ProductFilter {
            brands: Some(vec!["Blue".into()]),
            ..ProductFilter::default()
        };
        let whole = all_of(store.stream(blue).in_families().whole()).await;
        assert_eq!(whole, ["P", "P-S", "P-L"]);
    })
    .await;
}

fn code(write: &Write) -> String {
    let sku = write
        .changes
        .iter()
        .find(|change| change.field == product::SKU);
    sku.and_then(|change| change.new.as_text())
        .unwrap_or_default()
        .to_owned()
}
