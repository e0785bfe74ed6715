//! Long lists by fields of the workspace's own: wherever a page stands, it is what one sees who goes down
//! the whole list.

use super::*;

/// A product of the list: its SKU, and what the fields hold.
struct Seen {
    sku: String,
    year: Option<i64>,
    season: &'static str,
}

fn seen(number: i64) -> Seen {
    Seen {
        // Names in another order than that in which they are made.
        sku: format!("P{:04}", number * 7 % 2_503),
        year: (number % 3 > 0).then_some(number % 40),
        season: if number % 5 < 2 { "s" } else { "w" },
    }
}

/// The pages of a list, each beside the whole of it.
async fn pages(store: &Store, filter: &ProductFilter, by: Option<(Field, bool)>, whole: &[&Seen]) {
    // Far down first, so that the page is found before the list is known; then wherever it is kept.
    for offset in [2_150, 0, 40, 2_000, 2_490, 3_000, 1_990] {
        let (at, limit) = (i64::try_from(offset).unwrap(), 25);
        let page = match by {
            Some(by) => store.list_by(filter, by, at, limit).await,
            None => {
                let sort = domain::catalog::SortField::Sku;
                store.list(filter, sort, false, at, limit).await
            }
        };
        let found: Vec<String> = page.unwrap().rows.into_iter().map(|row| row.sku).collect();
        let expected = whole.iter().skip(offset).take(25);
        let expected: Vec<&str> = expected.map(|seen| seen.sku.as_str()).collect();
        assert_eq!(found, expected, "{by:?} at {offset}");
    }
}

#[tokio::test]
async fn a_page_anywhere_is_part_of_the_whole_list() {
    on_each_database(async |store| {
        let (_, year) = field(store, "Year", "integer", "").await;
        let (_, season) = field(store, "Season", "choice", "w = Winter\ns = Summer").await;
        let products: Vec<Seen> = (1..=2_500).map(seen).collect();
        let made = products.iter().map(|seen| {
            let mut values = vec![(season, text(seen.season))];
            values.extend(seen.year.map(|of| (year, number(of))));
            create(&seen.sku, &seen.sku, &values)
        });
        let made: Vec<Write> = made.collect();
        applied(store, &made).await;
        let mut by_year: Vec<&Seen> = products.iter().collect();
        by_year.sort_by_key(|seen| (seen.year.is_none(), seen.year));
        let all = ProductFilter::default();
        pages(store, &all, Some((year, false)), &by_year).await;

        let summer: Vec<&Seen> = by_year
            .iter()
            .copied()
            .filter(|seen| seen.season == "s")
            .collect();
        let in_summer = any(season, &[text("s")]);
        pages(store, &in_summer, Some((year, false)), &summer).await;

        let mut by_sku: Vec<&Seen> = products.iter().filter(|seen| seen.year.is_some()).collect();
        by_sku.sort_by(|one, other| one.sku.cmp(&other.sku));
        pages(store, &empty(year, false), None, &by_sku).await;

        let both = ProductFilter {
            custom: Some(vec![
                CustomFilter {
                    any: Some(vec![text("s")]),
                    ..CustomFilter::on(season)
                },
                CustomFilter {
                    empty: Some(false),
                    ..CustomFilter::on(year)
                },
            ]),
            ..ProductFilter::default()
        };
        by_sku.retain(|seen| seen.season == "s");
        pages(store, &both, None, &by_sku).await;
        let count = store.count(&both).await.unwrap().count;
        assert_eq!(count, i64::try_from(by_sku.len()).unwrap());

        // What is committed meanwhile is in the next page.
        let gone = products.iter().position(|seen| seen.sku == by_sku[0].sku);
        let gone = &made[gone.unwrap()];
        applied(store, &[trash(gone.id, 1)]).await;
        pages(store, &both, None, &by_sku[1..]).await;
    })
    .await;
}
