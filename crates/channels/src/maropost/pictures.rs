//! Pictures: which of them are sent for which place. The shop fetches each and keeps a copy at an address
//! of its own, so a picture that it has stays where it is.

use std::collections::BTreeMap;

use domain::record::{Image, Value};
use serde_json::{Value as Json, json};

use super::decode::image_name;
use super::scalar::fits;
use crate::failure::{Answered, Failure, FailureKind};

/// The longest address.
const MOST_CHARS: u32 = 2_083;

/// The address of a picture, without what it shows: the platform keeps no words.
pub(super) fn address(image: &str) -> String {
    Image::of(image).address.to_owned()
}

/// What is sent so that the places hold these pictures; nothing when they do. `main` and `others` are
/// nothing where they stay.
pub(super) fn change(
    there: &BTreeMap<u32, String>,
    main: Option<&Value>,
    others: Option<&Value>,
) -> Answered<Option<Json>> {
    let mut wanted: BTreeMap<u32, String> = BTreeMap::new();
    match main {
        Some(Value::Text(image)) => {
            wanted.insert(0, address(image));
        }
        Some(_) => {}
        None => wanted.extend(there.get(&0).map(|url| (0, url.clone()))),
    }
    match others {
        Some(images) => {
            let images: Vec<String> = images
                .as_list()
                .iter()
                .map(|image| address(image))
                .collect();
            wanted.extend(placed(there, &images)?);
        }
        None => wanted.extend(there.range(1..).map(|(place, url)| (*place, url.clone()))),
    }
    let gone = there.keys().filter(|place| !wanted.contains_key(place));
    let gone = gone.map(|place| json!({ "Name": image_name(*place), "Delete": true }));
    let new: Vec<(&u32, &String)> = wanted
        .iter()
        .filter(|(place, url)| there.get(place) != Some(url))
        .collect();
    for (_, url) in &new {
        check(url)?;
        let moves = there
            .iter()
            .any(|(place, own)| own == *url && wanted.get(place) != Some(own));
        if moves {
            return Err(moved());
        }
    }
    let new = new
        .into_iter()
        .map(|(place, url)| json!({ "Name": image_name(*place), "URL": url }));
    let rows: Vec<Json> = new.chain(gone).collect();
    Ok((!rows.is_empty()).then(|| json!({ "Image": rows })))
}

/// The places of these pictures, in their order: one that the shop has stays in its place.
fn placed(there: &BTreeMap<u32, String>, images: &[String]) -> Answered<Vec<(u32, String)>> {
    let own = |url: &String| {
        there
            .range(1..)
            .find(|(_, there)| *there == url)
            .map(|(place, _)| *place)
    };
    let kept: Vec<Option<u32>> = images.iter().map(own).collect();
    let (mut placed, mut last) = (Vec::new(), 0);
    for (at, url) in images.iter().enumerate() {
        let next = kept[at..].iter().flatten().next().copied();
        let place = match kept[at] {
            Some(place) => place,
            None => last + 1,
        };
        if place <= last || (kept[at].is_none() && next.is_some_and(|next| next <= place)) {
            return Err(moved());
        }
        last = place;
        placed.push((place, url.clone()));
    }
    Ok(placed)
}

fn check(url: &str) -> Answered<()> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        let message = "The shop fetches pictures from the Internet, and this one is not there.";
        let failure = Failure::new(FailureKind::Rejected, message);
        return Err(failure.hint("Give its address on the Internet."));
    }
    fits("The address of a picture", url, MOST_CHARS)
}

fn moved() -> Failure {
    let message = "Maropost's interface has no way to move its own pictures to other places.";
    Failure::new(FailureKind::Rejected, message)
        .hint("Arrange them in the control panel, or give the addresses that they came from.")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::record::Value;
    use proptest::prelude::*;
    use serde_json::json;

    use super::change;

    fn there(places: &[u32]) -> BTreeMap<u32, String> {
        places
            .iter()
            .map(|place| (*place, format!("https://shop.test/{place}")))
            .collect()
    }

    fn list(urls: &[&str]) -> Value {
        Value::images(urls)
    }

    #[test]
    fn a_picture_that_the_shop_has_stays_where_it_is() {
        let own = there(&[0, 1, 2, 3]);
        let same = list(&[
            "https://shop.test/1",
            "https://shop.test/2",
            "https://shop.test/3",
        ]);
        assert_eq!(change(&own, None, Some(&same)), Ok(None));
        let fewer = list(&["https://shop.test/1", "https://shop.test/3"]);
        let gone = json!({"Image": [{"Name": "Alt 2", "Delete": true}]});
        assert_eq!(change(&own, None, Some(&fewer)), Ok(Some(gone)));
        let more = list(&[
            "https://shop.test/1",
            "https://a.test/new Red",
            "https://shop.test/3",
        ]);
        let new = json!({"Image": [{"Name": "Alt 2", "URL": "https://a.test/new"}]});
        assert_eq!(change(&own, None, Some(&more)), Ok(Some(new)));
        let main = Value::text("https://a.test/main A mug");
        let sent = json!({"Image": [{"Name": "Main", "URL": "https://a.test/main"}]});
        assert_eq!(change(&own, Some(&main), None), Ok(Some(sent)));
    }

    #[test]
    fn what_cannot_be_fetched_or_would_be_fetched_from_what_it_replaces_is_refused() {
        let own = there(&[0, 1, 2]);
        let swapped = list(&["https://shop.test/2", "https://shop.test/1"]);
        assert!(change(&own, None, Some(&swapped)).is_err());
        let promoted = Value::text("https://shop.test/1");
        assert!(change(&own, Some(&promoted), Some(&list(&["https://shop.test/2"]))).is_err());
        assert!(change(&own, Some(&promoted), None).is_ok());
        let own_file = Value::text("image:abc");
        assert!(change(&own, Some(&own_file), None).is_err());
    }

    proptest! {
        #[test]
        fn whatever_is_sent_leads_to_the_pictures_that_were_wanted(
            places in prop::collection::btree_set(0u32..6, 0..6),
            wanted in prop::collection::vec(0u32..9, 0..6),
        ) {
            let own = there(&places.into_iter().collect::<Vec<_>>());
            let urls: Vec<String> = wanted.iter().map(|at| format!("https://shop.test/{at}")).collect();
            let others = Value::images(&urls);
            let Ok(sent) = change(&own, None, Some(&others)) else { return Ok(()) };
            let mut after = own.clone();
            for row in sent.iter().flat_map(|sent| sent["Image"].as_array().unwrap()) {
                let place = super::super::decode::image_place(row["Name"].as_str().unwrap()).unwrap();
                match row["URL"].as_str() {
                    Some(url) => after.insert(place, url.to_owned()),
                    None => after.remove(&place),
                };
            }
            prop_assert_eq!(Value::images(after.range(1..).map(|(_, url)| url)), others);
            prop_assert_eq!(after.get(&0), own.get(&0));
        }
    }
}
