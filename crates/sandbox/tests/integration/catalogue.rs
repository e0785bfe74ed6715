//! The goods that both platforms are filled from.

use std::collections::{HashMap, HashSet};

use sandbox::{Catalogue, Oddity, Product, Status};

#[test]
fn the_same_seed_makes_the_same_goods_in_any_range() {
    let all: Vec<Product> = Catalogue::new(1, 200).products().collect();
    let part: Vec<Product> = Catalogue::range(1, 50..90).products().collect();
    assert_eq!(part, all[50..90]);
    let other: Vec<Product> = Catalogue::new(2, 200).products().collect();
    let same = all.iter().zip(&other).filter(|(one, two)| one == two);
    assert_eq!(same.count(), 0);
}

#[test]
fn a_hundred_products_have_all_that_is_odd() {
    let all: Vec<Product> = Catalogue::new(5, 100).products().collect();
    let odd = |oddity| {
        let found = all.iter().find(|one| one.oddity == Some(oddity));
        found.unwrap_or_else(|| panic!("{oddity:?} is missing"))
    };
    let sku = |product: &Product| product.variants[0].sku.clone();
    let before = |product: &Product| &all[usize::try_from(product.place).unwrap() - 1];

    let shared = odd(Oddity::SharedSku);
    let plain = before(shared).variants[0].sku.clone().unwrap();
    let base = plain.trim_end_matches("-1");
    assert_eq!(sku(shared).unwrap(), base);
    assert_eq!(sku(odd(Oddity::NoSku)), None);
    let alike = sku(odd(Oddity::LookAlikeSku)).unwrap();
    assert_eq!(alike, alike.to_lowercase());
    assert_ne!(alike, alike.to_uppercase());
    let spaced = sku(odd(Oddity::Spaces)).unwrap();
    assert_ne!(spaced, spaced.trim());
    let barcodes = odd(Oddity::SharedBarcode);
    let twin = before(barcodes).variants[0].barcode.clone();
    assert!(twin.is_none() || twin == barcodes.variants[0].barcode);
    assert!(!odd(Oddity::Untracked).variants[0].tracked);
    assert_eq!(odd(Oddity::Free).variants[0].price, 0);
    assert!(odd(Oddity::Symbols).title.contains('☕'));
    assert!(odd(Oddity::HugeHtml).html.len() > 300_000);
    assert_eq!(odd(Oddity::NoHtml).html, "");
    assert_eq!(odd(Oddity::Giant).variants.len(), 2_048);
    for status in [Status::Active, Status::Draft, Status::Archived] {
        assert!(all.iter().any(|one| one.status == status), "{status:?}");
    }
}

#[test]
fn variants_of_a_product_differ_and_have_a_value_for_each_option() {
    for product in Catalogue::new(9, 300).products() {
        let combinations: HashSet<_> = product.variants.iter().map(|one| &one.values).collect();
        assert_eq!(
            combinations.len(),
            product.variants.len(),
            "{}",
            product.title
        );
        for variant in &product.variants {
            assert_eq!(
                variant.values.len(),
                product.options.len(),
                "{}",
                product.title
            );
        }
    }
}

#[test]
fn a_hundred_thousand_products_are_made_in_one_go() {
    let mut sorts: HashMap<String, u32> = HashMap::new();
    let mut variants = 0;
    for product in Catalogue::new(3, 100_000).products() {
        *sorts.entry(product.sort).or_default() += 1;
        variants += product.variants.len();
    }
    assert_eq!(sorts.values().sum::<u32>(), 100_000);
    assert!((150_000..400_000).contains(&variants), "{variants}");
}
