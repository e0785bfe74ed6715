//! Making one product out of a seed and its place.

use super::words::{ADJECTIVES, BRANDS, COLOURS, MATERIALS, SENTENCES, SIZES, SORTS, TAGS};
use super::{Catalogue, Oddity, Product, Status, Variant};
use crate::frame::Random;

/// The product at `place` of the catalogue of `seed`.
pub(super) fn product(seed: u64, place: u64) -> Product {
    let mut random = Random::nth(seed, place);
    let (noun, sort) = *random.pick(&SORTS);
    let mut product = Product {
        place,
        oddity: oddity(place),
        title: format!("{} {noun} {place}", random.pick(&ADJECTIVES)),
        html: html(&mut random),
        vendor: String::from(*random.pick(&BRANDS)),
        sort: String::from(sort),
        tags: tags(&mut random),
        status: status(&mut random),
        options: Vec::new(),
        variants: Vec::new(),
        pictures: u32::try_from(random.below(4)).unwrap_or_default(),
        days_old: u32::try_from(random.below(700)).unwrap_or_default(),
    };
    let first = first_variant(seed, place, &mut random);
    vary(&mut product, &first, &mut random);
    twist(&mut product, seed);
    product
}

/// Every fortieth product or so is odd in one way, the same way in every seed, so that ten products
/// have some of it and a hundred have all.
fn oddity(place: u64) -> Option<Oddity> {
    if place == Catalogue::GIANT {
        return Some(Oddity::Giant);
    }
    match place % 80 {
        1 => Some(Oddity::SharedSku),
        3 => Some(Oddity::NoSku),
        5 => Some(Oddity::Symbols),
        7 => Some(Oddity::LookAlikeSku),
        9 => Some(Oddity::Spaces),
        21 => Some(Oddity::SharedBarcode),
        31 => Some(Oddity::Untracked),
        41 => Some(Oddity::Free),
        51 => Some(Oddity::NoHtml),
        71 if place % 4000 == 71 => Some(Oddity::HugeHtml),
        _ => None,
    }
}

fn status(random: &mut Random) -> Status {
    match random.below(20) {
        0 => Status::Draft,
        1 | 2 => Status::Archived,
        _ => Status::Active,
    }
}

fn html(random: &mut Random) -> String {
    let mut html = String::from("<p>");
    for _ in 0..=random.below(3) {
        let sentence: &&str = random.pick(&SENTENCES);
        html.push_str(sentence);
        html.push(' ');
    }
    html.push_str("</p>");
    html
}

fn tags(random: &mut Random) -> Vec<String> {
    let mut tags: Vec<_> = (0..random.below(4)).map(|_| *random.pick(&TAGS)).collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into_iter().map(String::from).collect()
}

/// The SKU that the product at `place` has when nothing is odd about it.
fn plain_sku(seed: u64, place: u64) -> String {
    let letters = ["AF", "BW", "CL", "DM", "EW", "FH", "GT", "HS"];
    let prefix = Random::nth(seed, place).pick(&letters).to_owned();
    format!("{prefix}-{place:06}")
}

/// A barcode of thirteen digits with the right last one, in the range kept for shops' own use.
fn plain_barcode(place: u64, variant: u64) -> String {
    let body = format!("2{:08}{:03}", place % 100_000_000, variant % 1000);
    let weigh =
        |(at, digit): (usize, u8)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 };
    let sum: u32 = body.bytes().enumerate().map(weigh).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn first_variant(seed: u64, place: u64, random: &mut Random) -> Variant {
    let amount =
        |random: &mut Random, below| i64::try_from(random.below(below)).unwrap_or_default();
    let price = 95 + 100 * amount(random, 200);
    Variant {
        values: Vec::new(),
        sku: Some(plain_sku(seed, place)),
        barcode: (random.below(4) > 0).then(|| plain_barcode(place, 0)),
        price,
        compare_at: (random.below(6) == 0).then_some(price + 500),
        cost: (random.below(5) > 0).then_some(price * 2 / 5),
        stock: amount(random, 60),
        tracked: true,
        grams: u32::try_from(10 * random.below(300)).unwrap_or_default(),
    }
}

/// Gives the product its options and variants.
fn vary(product: &mut Product, first: &Variant, random: &mut Random) {
    if product.oddity == Some(Oddity::Giant) {
        let options = [
            ("Colour", &COLOURS[..]),
            ("Size", &SIZES[..]),
            ("Material", &MATERIALS[..]),
        ];
        return combine(product, first, &options);
    }
    let colours = 1 + usize::try_from(random.below(5)).unwrap_or_default();
    let sizes = 2 + usize::try_from(random.below(4)).unwrap_or_default();
    match random.below(20) {
        0..13 => product.variants.push(first.clone()),
        13..16 => combine(product, first, &[("Size", &SIZES[..sizes])]),
        16..19 => combine(product, first, &[("Colour", &COLOURS[..colours])]),
        _ => combine(
            product,
            first,
            &[("Colour", &COLOURS[..colours]), ("Size", &SIZES[..sizes])],
        ),
    }
}

/// One variant for each combination of the options' values.
fn combine(product: &mut Product, first: &Variant, options: &[(&str, &[&str])]) {
    let count: usize = options.iter().map(|(_, values)| values.len()).product();
    product.options = options
        .iter()
        .map(|(name, _)| String::from(*name))
        .collect();
    product.variants.reserve(count);
    for nth in 0..count {
        let mut left = nth;
        let mut values = Vec::with_capacity(options.len());
        for (_, choices) in options.iter().rev() {
            values.push(String::from(choices[left % choices.len()]));
            left /= choices.len();
        }
        values.reverse();
        let number = u64::try_from(nth).unwrap_or_default();
        let mut variant = first.clone();
        variant.sku = first.sku.as_ref().map(|sku| format!("{sku}-{}", nth + 1));
        variant.barcode = first
            .barcode
            .as_ref()
            .map(|_| plain_barcode(product.place, number));
        variant.stock = (first.stock + 7 * i64::try_from(nth).unwrap_or_default()) % 60;
        variant.values = values;
        product.variants.push(variant);
    }
}

/// Makes the product odd.
fn twist(product: &mut Product, seed: u64) {
    let place = product.place;
    let before = place.saturating_sub(1);
    let Some(first) = product.variants.first_mut() else {
        return;
    };
    match product.oddity {
        Some(Oddity::SharedSku) => first.sku = Some(plain_sku(seed, before)),
        Some(Oddity::LookAlikeSku) => first.sku = Some(plain_sku(seed, before).to_lowercase()),
        Some(Oddity::SharedBarcode) => first.barcode = Some(plain_barcode(before, 0)),
        Some(Oddity::NoSku) => product.variants.iter_mut().for_each(|one| one.sku = None),
        Some(Oddity::Untracked) => product
            .variants
            .iter_mut()
            .for_each(|one| one.tracked = false),
        Some(Oddity::Free) => product.variants.iter_mut().for_each(|one| one.price = 0),
        Some(Oddity::Spaces) => {
            first.sku = first.sku.as_ref().map(|sku| format!(" {sku}\u{a0} "));
            product.title = product.title.replacen(' ', "  ", 1);
        }
        Some(Oddity::Symbols) => {
            product.title = format!("Crème brûlée “Zoë” ☕️👩‍🍳 שלום {place}");
            product.vendor = String::from("Müller & Søn <Straße>");
            product.html = String::from("<p>50 % off &amp; “quoted” 🎉 <b>ÆØÅ</b>\u{200b}</p>");
        }
        Some(Oddity::HugeHtml) => {
            let row = "<tr><td>measure</td><td>12&nbsp;mm × 3&nbsp;mm</td></tr>\n";
            product.html = format!("<table>\n{}</table>", row.repeat(7_000));
        }
        Some(Oddity::NoHtml) => product.html.clear(),
        Some(Oddity::Giant) | None => {}
    }
}
