//! What an export reads: each record once, whatever is written meanwhile.

use domain::catalog::{ProductFilter, product};
use domain::values::RecordId;

use testing::{applied, create, on_each_database, text, update};

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
