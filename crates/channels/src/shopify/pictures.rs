//! The pictures of a product: those that are there already stay, by their ids, and are not fetched again.

use std::collections::HashMap;

use domain::record::Image;
use serde_json::{Value, json};

use super::documents::{MORE_MEDIA, PICTURES};
use super::family::all_of;
use super::inputs::ProductChange;
use super::item::picture_text;
use super::json::text;
use super::transport::{Repeat, Transport};
use crate::failure::Answered;

/// How many products one request asks about.
pub(super) const AT_ONCE: usize = 250;

/// The media of products by the products' ids; products that are gone are not among them.
pub(super) async fn media(
    transport: &Transport,
    products: &[String],
) -> Answered<HashMap<String, Vec<Value>>> {
    let mut media = HashMap::new();
    for part in products.chunks(AT_ONCE) {
        let asked = transport.ask(PICTURES, json!({"ids": part}), Repeat::Question);
        let data = asked.await?.data;
        for product in data["nodes"].as_array().into_iter().flatten() {
            let id = text(product, "id").to_owned();
            if !id.is_empty() {
                let all = all_of(transport, MORE_MEDIA, &id, &product["media"]).await?;
                media.insert(id, all);
            }
        }
    }
    Ok(media)
}

/// The whole list of files that a product shall have, given those that it has: a list that is sent
/// replaces the one that is there. What is no picture stays behind the pictures.
pub(super) fn files(change: &ProductChange, there: &[Value]) -> Vec<Value> {
    let is_picture = |one: &&Value| one["__typename"] == "MediaImage";
    let pictures: Vec<&Value> = there.iter().filter(is_picture).collect();
    let mut wanted: Vec<Wanted<'_>> = Vec::new();
    match &change.main {
        Some(main) => wanted.extend(main.as_deref().map(Wanted::Said)),
        None => wanted.extend(pictures.first().copied().map(Wanted::There)),
    }
    match &change.others {
        Some(others) => wanted.extend(others.iter().map(|other| Wanted::Said(other))),
        None => wanted.extend(pictures.iter().skip(1).copied().map(Wanted::There)),
    }
    let mut files: Vec<Value> = Vec::new();
    for one in wanted {
        let file = one.file(&pictures);
        if !files.iter().any(|other| is_same(other, &file)) {
            files.push(file);
        }
    }
    let others = there.iter().filter(|one| !is_picture(one));
    files.extend(others.map(|one| json!({"id": one["id"]})));
    files
}

/// A picture that a product shall have.
enum Wanted<'a> {
    /// One that it has.
    There(&'a Value),
    /// Address and what it shows.
    Said(&'a str),
}

impl Wanted<'_> {
    fn file(self, pictures: &[&Value]) -> Value {
        let said = match self {
            Wanted::There(picture) => return json!({"id": picture["id"]}),
            Wanted::Said(said) => Image::of(said),
        };
        match pictures.iter().find(|one| is_at(one, said.address)) {
            Some(picture) if text(picture, "alt") == said.shows => json!({"id": picture["id"]}),
            Some(picture) => json!({"id": picture["id"], "alt": said.shows}),
            None => json!({
                "originalSource": said.address,
                "alt": said.shows,
                "contentType": "IMAGE",
            }),
        }
    }
}

/// Whether two entries are the same picture.
fn is_same(one: &Value, other: &Value) -> bool {
    let same = |name: &str| !one[name].is_null() && one[name] == other[name];
    same("id") || same("originalSource")
}

/// Whether a picture lies at an address. What follows the question mark tells versions of one file.
fn is_at(picture: &Value, address: &str) -> bool {
    let bare = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    let url = picture["image"]["url"].as_str().unwrap_or_default();
    !url.is_empty() && bare(url) == bare(address)
}

/// What has become of the pictures of a product.
pub(super) enum Fetched {
    /// Each is there or failed: those there, and how many failed.
    Settled(Vec<String>, usize),
    /// Some are still on their way.
    UnderWay,
}

/// What has become of them.
pub(super) fn fetched(media: &[Value]) -> Fetched {
    let pictures = media.iter().filter(|one| one["__typename"] == "MediaImage");
    let (mut there, mut failed) = (Vec::new(), 0);
    for picture in pictures {
        match (text(picture, "fileStatus"), picture_text(picture)) {
            ("FAILED", _) => failed += 1,
            (_, Some(text)) => there.push(text),
            _ => return Fetched::UnderWay,
        }
    }
    Fetched::Settled(there, failed)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{ProductChange, files};

    fn picture(id: &str, alt: &str) -> Value {
        json!({"__typename": "MediaImage", "id": id, "alt": alt,
            "image": {"url": format!("https://cdn.test/{id}.jpg?v=7")}})
    }

    #[test]
    fn what_is_there_keeps_its_id_and_only_new_pictures_have_a_source() {
        let there = [
            picture("1", "A"),
            picture("2", ""),
            json!({"__typename": "Video", "id": "9"}),
        ];
        let change = ProductChange {
            main: Some(Some(String::from("https://cdn.test/2.jpg?v=7 Two"))),
            others: Some(vec![
                String::from("https://cdn.test/1.jpg A"),
                String::from("https://new.test/3.jpg Three"),
                String::from("https://new.test/3.jpg"),
            ]),
            ..ProductChange::default()
        };
        let expected = [
            json!({"id": "2", "alt": "Two"}),
            json!({"id": "1"}),
            json!({"originalSource": "https://new.test/3.jpg", "alt": "Three", "contentType": "IMAGE"}),
            json!({"id": "9"}),
        ];
        assert_eq!(files(&change, &there), expected);
    }

    #[test]
    fn what_is_not_named_of_the_pictures_stays() {
        let there = [picture("1", "A"), picture("2", "B"), picture("3", "C")];
        let none = ProductChange {
            main: Some(None),
            ..ProductChange::default()
        };
        assert_eq!(
            files(&none, &there),
            [json!({"id": "2"}), json!({"id": "3"})]
        );
        let alone = ProductChange {
            others: Some(Vec::new()),
            ..ProductChange::default()
        };
        assert_eq!(files(&alone, &there), [json!({"id": "1"})]);
    }
}
