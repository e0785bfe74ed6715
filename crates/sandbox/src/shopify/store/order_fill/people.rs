//! Who buys, and where it goes.

use std::sync::Arc;

use super::super::model::State;
use super::super::orders::{Address, Customer, Words};
use crate::frame::Random;

const FIRST: [&str; 16] = [
    "Anna",
    "Jürgen",
    "Zoë",
    "Søren",
    "José María",
    "Łukasz",
    "Marta",
    "Ólafur",
    "Aoife",
    "Émile",
    "Noor",
    "王",
    "Ada",
    "Thảo",
    "Jean-Luc",
    "Ines",
];
const LAST: [&str; 16] = [
    "Petersen",
    "Groß",
    "O'Connor",
    "Nuñez",
    "van der Berg",
    "Kowalczyk",
    "Müller-Lüdenscheidt",
    "Sigurðsson",
    "Smith",
    "D’Angelo",
    "al-Haddad",
    "小明",
    "Byron",
    "Nguyễn",
    "Lefèvre",
    "Costa",
];

/// A place that things are sent to: street, city, province with its code, zip, country.
struct Place {
    street: &'static str,
    city: &'static str,
    province: Option<(&'static str, &'static str)>,
    zip: &'static str,
    country: &'static str,
}

const fn place(
    street: &'static str,
    city: &'static str,
    province: Option<(&'static str, &'static str)>,
    zip: &'static str,
    country: &'static str,
) -> Place {
    Place {
        street,
        city,
        province,
        zip,
        country,
    }
}

const HOME: [Place; 8] = [
    place("Mengstraße 4", "Lübeck", None, "23552", "DE"),
    place("Königsallee 92a", "Düsseldorf", None, "40212", "DE"),
    place("Gasse zum Rosental 7, Stiege 2", "Wien", None, "1010", "AT"),
    place("12 rue de l'Église", "Besançon", None, "25000", "FR"),
    place("Prinsengracht 263-II", "Amsterdam", None, "1016 GV", "NL"),
    place("Am Alten Markt 1", "Köln", None, "50667", "DE"),
    place(
        "Via Garibaldi 3/b",
        "Torino",
        Some(("Torino", "TO")),
        "10122",
        "IT",
    ),
    place(
        "Calle Mayor 5, 3º izq.",
        "Madrid",
        Some(("Madrid", "M")),
        "28013",
        "ES",
    ),
];
/// Where other money is used, with the currency and what a unit of it is worth in millionths.
const ABROAD: [(Place, &str, i64); 4] = [
    (
        place(
            "350 5th Ave",
            "New York",
            Some(("New York", "NY")),
            "10118",
            "US",
        ),
        "USD",
        925_000,
    ),
    (
        place(
            "221B Baker Street",
            "London",
            Some(("England", "ENG")),
            "NW1 6XE",
            "GB",
        ),
        "GBP",
        1_171_300,
    ),
    (
        place(
            "丸の内1-9-1",
            "千代田区",
            Some(("Tōkyō", "JP-13")),
            "100-0005",
            "JP",
        ),
        "JPY",
        6_137,
    ),
    (
        place("Bahnhofstrasse 1", "Zürich", None, "8001", "CH"),
        "CHF",
        1_042_000,
    ),
];

/// The customers of a shop.
pub(super) struct People(Vec<(u64, Arc<Address>)>);

impl People {
    /// Makes `count` of them.
    pub(super) fn make(state: &mut State, count: usize, random: &mut Random) -> Self {
        let mut people = Vec::with_capacity(count);
        for nth in 0..count {
            let id = state.number();
            let (first, last) = (*random.pick(&FIRST), *random.pick(&LAST));
            let address = address(state.number(), random.pick(&HOME), (first, last), nth);
            let customer = Customer {
                first: words(first),
                last: words(last),
                email: Some(email(nth)),
                phone: address.phone.clone(),
            };
            state.customers.insert(id, customer);
            people.push((id, Arc::new(address)));
        }
        Self(people)
    }

    /// One of them, and where they live.
    pub(super) fn pick(&self, random: &mut Random) -> (u64, Arc<Address>) {
        random.pick(&self.0).clone()
    }
}

/// Somewhere with other money: the address, the currency and the rate.
pub(super) fn abroad(
    state: &mut State,
    random: &mut Random,
    nth: u64,
) -> (Address, &'static str, i64) {
    let nth = usize::try_from(nth).unwrap_or_default();
    // Orders with other money come twice in 48.
    let (place, currency, rate) = &ABROAD[nth / 24 % ABROAD.len()];
    let name = (*random.pick(&FIRST), *random.pick(&LAST));
    let made = address(state.number(), place, name, nth);
    (made, currency, *rate)
}

fn address(id: u64, place: &Place, (first, last): (&str, &str), nth: usize) -> Address {
    Address {
        id,
        first: words(first),
        last: words(last),
        company: nth
            .is_multiple_of(9)
            .then(|| Box::from("Beispiel & Söhne GmbH")),
        address1: words(place.street),
        address2: nth
            .is_multiple_of(7)
            .then(|| Box::from("Hinterhaus, 2. Stock")),
        city: words(place.city),
        province: place.province.and_then(|(name, _)| words(name)),
        province_code: place.province.and_then(|(_, code)| words(code)),
        zip: words(place.zip),
        country: words(place.country),
        phone: nth
            .is_multiple_of(2)
            .then(|| Box::from(format!("+49451{:07}", nth * 7 % 10_000_000))),
    }
}

/// An address of which mail goes nowhere.
pub(super) fn email(nth: usize) -> Box<str> {
    Box::from(format!("customer{nth}@example.com"))
}

pub(super) fn words(text: &str) -> Words {
    Some(Box::from(text))
}
