//! Images: where a picture comes from and what it shows. An image is one line of text: its address, and
//! after a space what it shows, which is read to people who cannot see it.

use crate::values::ContentHash;

/// What the address of a picture on the Internet begins with.
const SCHEMES: [&str; 2] = ["https://", "http://"];
/// What the address of a picture begins with that the workspace was given itself: `image:` and the
/// SHA-256 of its content.
const OWN: &str = "image:";
/// What programs separate several images with.
pub const SEPARATORS: [char; 3] = ['|', ',', ';'];
/// The longest address, in characters: what browsers and channels take.
const MAX_ADDRESS: usize = 2_048;
/// The longest text of what it shows, in characters: Shopify's limit.
const MAX_SHOWS: usize = 512;
/// So many images are the most beside the main one: Shopify takes 250 of a product.
pub(super) const MOST: usize = 249;

/// An image in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image<'a> {
    /// Where it comes from.
    pub address: &'a str,
    /// What it shows; empty when no user said it.
    pub shows: &'a str,
}

impl<'a> Image<'a> {
    /// The parts of an image as a field holds it.
    pub fn of(text: &'a str) -> Self {
        let (address, shows) = text.split_once(' ').unwrap_or((text, ""));
        Self { address, shows }
    }

    /// The address of a picture that the workspace was given itself, by the hash of its content.
    pub fn own_address(hash: ContentHash) -> String {
        format!("{OWN}{hash}")
    }

    /// The hash of a picture that the workspace was given itself.
    pub fn own_hash(&self) -> Option<ContentHash> {
        own_hash(self.address)
    }

    /// The image as a field holds it.
    pub fn text(self) -> String {
        tidied(&format!("{} {}", self.address, self.shows))
    }
}

/// Where in a line images begin: at an address that stands at its start, behind a space or behind
/// what programs separate several with.
pub fn image_starts(line: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    line.char_indices().filter_map(move |(at, c)| {
        let divides = before.is_whitespace() || SEPARATORS.contains(&before);
        before = c;
        (divides && begins_image(&line[at..])).then_some(at)
    })
}

fn begins_image(text: &str) -> bool {
    let starts = |scheme: &&str| {
        let head = text.get(..scheme.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    SCHEMES.iter().any(starts) || begins_own(text)
}

/// Whether a text begins with the address of a picture of the workspace's own. The bare word is none:
/// people write it in front of anything.
fn begins_own(text: &str) -> bool {
    let word = text
        .split(|c: char| c.is_whitespace() || SEPARATORS.contains(&c))
        .next();
    word.is_some_and(|word| own_hash(word).is_some())
}

fn own_hash(address: &str) -> Option<ContentHash> {
    address.strip_prefix(OWN)?.parse().ok()
}

/// With one space between words and none around them.
pub(super) fn tidied(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Images tidied, the first of each address.
pub(super) fn each_once<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let tidied = words.into_iter().map(|word| tidied(word.as_ref()));
    tidied
        .filter(|word| !word.is_empty() && seen.insert(Image::of(word).address.to_owned()))
        .collect()
}

/// Checks an image of the field with this label. The error is a sentence that says the rule.
pub(super) fn check(label: &str, text: &str) -> Result<(), String> {
    let image = Image::of(text);
    if !begins_image(image.address) {
        return Err(format!(
            "{label} needs the address of a picture, such as https://example.com/mug.jpg."
        ));
    }
    if image.address.chars().count() > MAX_ADDRESS {
        return Err(format!(
            "The address of a picture has at most {MAX_ADDRESS} characters."
        ));
    }
    if image.shows.chars().count() > MAX_SHOWS {
        return Err(format!(
            "What a picture shows is said in at most {MAX_SHOWS} characters."
        ));
    }
    if image_starts(text).nth(1).is_some() {
        return Err(format!(
            "{label} holds two addresses in one line. Give each its own."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Image, check, each_once};
    use crate::values::ContentHash;
    use proptest::prelude::*;

    #[test]
    fn an_image_is_an_address_and_what_it_shows() {
        let image = Image::of("https://a.test/mug.jpg A red mug");
        assert_eq!(
            (image.address, image.shows),
            ("https://a.test/mug.jpg", "A red mug")
        );
        assert_eq!(image.text(), "https://a.test/mug.jpg A red mug");
        assert_eq!(Image::of("https://a.test/mug.jpg").shows, "");
    }

    #[test]
    fn a_picture_of_the_workspaces_own_is_named_by_the_hash_of_its_content() {
        let hash = ContentHash::new([0xa7; 32]);
        let address = Image::own_address(hash);
        let text = format!("{address} A red mug");
        assert_eq!(Image::of(&text).own_hash(), Some(hash));
        assert_eq!(check("Main image", &text), Ok(()));
        assert!(check("Main image", &format!("{address} {address}")).is_err());
        for wrong in [
            &address[1..],
            &address[..69],
            "image:mug.jpg",
            "image: mug",
            &format!("{address}0"),
            &address.to_uppercase(),
        ] {
            assert!(check("Main image", wrong).is_err(), "{wrong}");
            assert_eq!(Image::of(wrong).own_hash(), None, "{wrong}");
        }
        assert_eq!(Image::of("https://a.test/1").own_hash(), None);
    }

    proptest! {
        #[test]
        fn whatever_an_image_is_made_of_it_is_read_again(
            hash in any::<[u8; 32]>(),
            host in "[a-z0-9.-]{1,20}",
            path in "[!-~&&[^|,;]]{0,40}",
            shows in "[a-zA-Z0-9äß,;|'() ]{0,60}",
        ) {
            for address in [Image::own_address(ContentHash::new(hash)), format!("https://{host}/{path}")] {
                let text = Image { address: &address, shows: &shows }.text();
                let read = Image::of(&text);
                prop_assert_eq!(read.address, &address);
                prop_assert_eq!(read.shows, super::tidied(&shows));
                prop_assert_eq!(read.text(), text.clone());
                prop_assert_eq!(check("Main image", &text), Ok(()));
                prop_assert_eq!(super::image_starts(&text).next(), Some(0));
            }
        }
    }

    #[test]
    fn images_keep_their_order_and_each_stands_once() {
        let images = [
            "https://b.test/2 Back",
            " https://a.test/1 ",
            "",
            "https://b.test/2",
        ];
        assert_eq!(
            each_once(images),
            ["https://b.test/2 Back", "https://a.test/1"]
        );
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_rule() {
        assert_eq!(check("Main image", "https://a.test/1 Red mug"), Ok(()));
        assert_eq!(check("Main image", "HTTP://a.test/1"), Ok(()));
        for wrong in [
            "mug.jpg",
            "ftp://a.test/1",
            "https://a.test/1 https://a.test/2",
        ] {
            assert!(check("Main image", wrong).is_err(), "{wrong}");
        }
    }
}
