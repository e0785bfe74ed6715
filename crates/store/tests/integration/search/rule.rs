//! What a search finds, beside a rule that looks at every product.

use super::*;

/// What a search must find, by the rule itself: every word typed begins a word of the product.
fn has_words(words: &[&str], search: &str) -> bool {
    search
        .split(' ')
        .all(|typed| words.iter().any(|word| word.starts_with(typed)))
}

/// A product as the rule sees it: its SKU, words, brand, stock, and whether it lies in the trash.
type Seen = (String, Vec<&'static str>, &'static str, i64, bool);

/// Products whose names begin alike, some of them for the trash.
fn kettles() -> (Vec<Write>, Vec<Write>, Vec<Seen>) {
    let endings = ["kettle", "kettledrum", "kettles", "kett", "lamp"];
    let looks = ["copper", "coppery", "soft", "red"];
    let brands = ["Ace & Sons", "Ace", "Kettle"];
    let (mut writes, mut trashed) = (Vec::new(), Vec::new());
    let mut products = Vec::new();
    for n in 0..2400_usize {
        let (look, ending) = (looks[n % 4], endings[n * 7 % 5 * usize::from(n % 3 > 0)]);
        let (brand, stock) = (brands[n / 5 % 3], i64::try_from(n % 4).unwrap());
        let fields = [
            (product::BRAND, text(brand)),
            (product::STOCK, Value::Number(stock)),
        ];
        let write = create(&format!("S-{n:04}"), &format!("{look} {ending}"), &fields);
        let is_trashed = n % 11 == 0;
        if is_trashed {
            trashed.push(trash(write.id, 1));
        }
        writes.push(write);
        let mut words = vec![look, ending];
        words.extend(match brand {
            "Ace & Sons" => vec!["ace", "sons"],
            "Ace" => vec!["ace"],
            _ => vec!["kettle"],
        });
        products.push((format!("S-{n:04}"), words, brand, stock, is_trashed));
    }
    (writes, trashed, products)
}

#[tokio::test]
async fn whatever_the_filter_and_the_trash_a_search_finds_what_has_the_words() {
    on_each_database(async |store| {
        let (writes, trashed, products) = kettles();
        for part in writes.chunks(1000) {
            applied(store, part).await;
        }
        applied(store, &trashed).await;
        for search in [
            "soft kettles",
            "copper kettled",
            "copp kett",
            "coppery lam",
            "red ace",
            "kettledr",
            "soft xyz",
        ] {
            for brand in [None, Some("Ace"), Some("Kettle")] {
                for (stock, trashed) in [
                    (None, None),
                    (Some(StockFilter::OutOfStock), None),
                    (None, Some(true)),
                ] {
                    let filter = ProductFilter {
                        search: Some(search.into()),
                        brands: brand.map(|brand| vec![brand.to_owned()]),
                        stock,
                        trashed,
                        ..ProductFilter::default()
                    };
                    let expected: Vec<&str> = products
                        .iter()
                        .filter(|(_, words, of, left, is_trashed)| {
                            has_words(words, search)
                                && brand.is_none_or(|brand| brand == *of)
                                && (stock.is_none() || *left == 0)
                                && *is_trashed == trashed.unwrap_or(false)
                        })
                        .map(|(sku, ..)| sku.as_str())
                        .collect();
                    assert!(expected.len() <= 1000, "sorted");
                    let page = store
                        .list(&filter, SortField::Sku, false, 0, 1000)
                        .await
                        .unwrap();
                    let found: Vec<&str> = page.rows.iter().map(|row| row.sku.as_str()).collect();
                    assert_eq!(found, expected, "{filter:?} on {}", store.name);
                    let count = store.count(&filter).await.unwrap();
                    assert_eq!(usize::try_from(count.count).unwrap(), expected.len());
                }
            }
        }
    })
    .await;
}
