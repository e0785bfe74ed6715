//! The result of an export, one line for each object, and where in it the parts of a product lie: what
//! belongs to one need not follow it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde_json::Value;

use super::item::Whole;

/// The longest line: a description of many megabytes is none that a shop takes.
const LONGEST: u64 = 128 << 20;
/// A list that ends at such a number may have been cut there.
const ROUND: usize = 100;

/// A result in a file.
#[derive(Debug)]
pub(super) struct Rows {
    file: Mutex<File>,
    roots: Vec<Root>,
    children: Vec<Child>,
    /// How many lines there are.
    pub(super) lines: u64,
    /// How many items that makes.
    pub(super) items: u64,
}

/// A product.
#[derive(Debug)]
struct Root {
    id: String,
    /// Where its line is; none when only its children came.
    line: Option<Span>,
}

/// What belongs to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Child {
    root: u32,
    line: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: u64,
    bytes: u32,
}

/// What of a line is needed to file it.
#[derive(Debug, Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    id: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow, rename = "__parentId")]
    parent: Option<std::borrow::Cow<'a, str>>,
    #[serde(borrow, rename = "__typename")]
    kind: Option<std::borrow::Cow<'a, str>>,
    #[serde(rename = "hasOnlyDefaultVariant")]
    alone: Option<bool>,
}

/// A product of the result.
#[derive(Debug)]
pub(super) enum Found {
    /// Everything of it.
    Whole(Box<Whole>),
    /// Something of it seems to lack: it is to be read by its id. It is thought to have so many variants.
    Cut(String, usize),
}

/// What goes wrong with a result: it is none, or it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unreadable;

impl Rows {
    /// Looks through a result once.
    pub(super) fn index(file: File) -> Result<Self, Unreadable> {
        let mut index = Index::default();
        let mut reader = BufReader::with_capacity(1 << 20, file);
        reader.seek(SeekFrom::Start(0)).map_err(|_| Unreadable)?;
        let mut line = Vec::new();
        let mut from = 0_u64;
        loop {
            line.clear();
            let read = reader.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            let read = read.map_err(|_| Unreadable)? as u64;
            if read == 0 {
                break;
            }
            if read == LONGEST {
                return Err(Unreadable);
            }
            index.file(&line, from)?;
            from += read;
        }
        Ok(index.done(reader.into_inner()))
    }

    /// How many products there are.
    pub(super) fn products(&self) -> usize {
        self.roots.len()
    }

    /// The product at this place.
    pub(super) fn product(&self, place: usize) -> Result<Found, Unreadable> {
        let root = self.roots.get(place).ok_or(Unreadable)?;
        let number = u32::try_from(place).map_err(|_| Unreadable)?;
        let first = self.children.partition_point(|child| child.root < number);
        let children = self.children[first..].iter();
        let children: Vec<Span> = children
            .take_while(|child| child.root == number)
            .map(|child| child.line)
            .collect();
        let Some(line) = root.line else {
            return Ok(Found::Cut(root.id.clone(), children.len()));
        };
        let mut whole = Whole {
            product: self.line(line)?,
            ..Whole::default()
        };
        for child in children {
            let child = self.line(child)?;
            match child["__typename"].as_str() {
                Some("ProductVariant") => whole.variants.push(child),
                Some("Metafield") => whole.metafields.push(child),
                _ => whole.media.push(child),
            }
        }
        whole
            .variants
            .sort_by_key(|variant| variant["position"].as_i64());
        let count = whole.product["variantsCount"]["count"].as_u64();
        let count = count.and_then(|count| usize::try_from(count).ok());
        let may_be_cut = |list: &[Value]| !list.is_empty() && list.len().is_multiple_of(ROUND);
        let is_cut = whole.variants.is_empty()
            || count.is_some_and(|count| count != whole.variants.len())
            || may_be_cut(&whole.media)
            || may_be_cut(&whole.metafields);
        Ok(match is_cut {
            true => Found::Cut(root.id.clone(), count.unwrap_or(whole.variants.len())),
            false => Found::Whole(Box::new(whole)),
        })
    }

    fn line(&self, span: Span) -> Result<Value, Unreadable> {
        let mut bytes = vec![0; span.bytes as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(span.from))
            .map_err(|_| Unreadable)?;
        file.read_exact(&mut bytes).map_err(|_| Unreadable)?;
        serde_json::from_slice(&bytes).map_err(|_| Unreadable)
    }
}

/// An index in the making.
#[derive(Default)]
struct Index {
    roots: Vec<Root>,
    /// The places of products by their ids.
    places: HashMap<String, u32>,
    children: Vec<Child>,
    /// The variants of products that have options, and those without that were seen.
    lines: u64,
    variants: u64,
    alone: u64,
}

impl Index {
    fn file(&mut self, line: &[u8], from: u64) -> Result<(), Unreadable> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let head: Head<'_> = serde_json::from_slice(line).map_err(|_| Unreadable)?;
        let bytes = u32::try_from(line.len()).map_err(|_| Unreadable)?;
        let span = Span { from, bytes };
        self.lines += 1;
        self.variants += u64::from(head.kind.as_deref() == Some("ProductVariant"));
        match head.parent {
            Some(parent) => {
                let root = self.place(&parent)?;
                self.children.push(Child { root, line: span });
            }
            None => {
                let root = self.place(&head.id.ok_or(Unreadable)?)?;
                self.alone += u64::from(head.alone == Some(true));
                if let Some(root) = self.roots.get_mut(root as usize) {
                    root.line = Some(span);
                }
            }
        }
        Ok(())
    }

    fn place(&mut self, id: &str) -> Result<u32, Unreadable> {
        if let Some(place) = self.places.get(id) {
            return Ok(*place);
        }
        let place = u32::try_from(self.roots.len()).map_err(|_| Unreadable)?;
        self.places.insert(id.to_owned(), place);
        self.roots.push(Root {
            id: id.to_owned(),
            line: None,
        });
        Ok(place)
    }

    fn done(mut self, file: File) -> Rows {
        self.children.sort_unstable();
        let parents = self.roots.len() as u64;
        Rows {
            file: Mutex::new(file),
            items: parents + self.variants.saturating_sub(self.alone),
            roots: self.roots,
            children: self.children,
            lines: self.lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::{Found, Rows};

    fn rows(text: &[u8]) -> Result<Rows, super::Unreadable> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        Rows::index(file)
    }

    fn product(id: u32, variants: u32) -> String {
        format!(r#"{{"__typename":"Product","id":"P{id}","variantsCount":{{"count":{variants}}}}}"#)
    }

    fn variant(id: u32, of: u32, position: u32) -> String {
        format!(
            r#"{{"__typename":"ProductVariant","id":"V{id}","position":{position},"__parentId":"P{of}"}}"#
        )
    }

    #[test]
    fn children_are_found_wherever_they_stand() {
        let lines = [
            variant(12, 1, 2),
            product(2, 1),
            variant(21, 2, 1),
            product(1, 2),
            variant(11, 1, 1),
        ];
        let rows = rows(lines.join("\n").as_bytes()).unwrap();
        assert_eq!((rows.products(), rows.lines), (2, 5));
        let Found::Whole(first) = rows.product(0).unwrap() else {
            panic!("the first product is cut");
        };
        let ids: Vec<_> = first.variants.iter().map(|one| one["id"].clone()).collect();
        assert_eq!(ids, ["V11", "V12"]);
    }

    #[test]
    fn a_product_of_which_something_lacks_is_read_by_itself() {
        let lines = [product(1, 3), variant(11, 1, 1), variant(21, 2, 1)];
        let rows = rows(lines.join("\n").as_bytes()).unwrap();
        for (place, cut) in [(0, ("P1", 3)), (1, ("P2", 1))] {
            let Found::Cut(id, count) = rows.product(place).unwrap() else {
                panic!("{place} is whole");
            };
            assert_eq!((id.as_str(), count), cut);
        }
    }

    #[test]
    fn what_is_no_result_is_refused() {
        for text in [
            &b"<html>"[..],
            b"{\"title\":1}",
            b"\xff\xfe",
            b"{\"id\":\"P1\"",
        ] {
            assert!(rows(text).is_err());
        }
        assert_eq!(rows(b"").unwrap().products(), 0);
        assert_eq!(rows(b"\n \n").unwrap().products(), 0);
    }

    proptest! {
        #[test]
        fn no_line_gets_lost_whatever_their_order(order in Just((0_u32..60).collect::<Vec<_>>()).prop_shuffle()) {
            let line = |nth: &u32| match nth % 3 {
                0 => product(nth / 3, 2),
                half => variant(*nth, nth / 3, half),
            };
            let lines: Vec<String> = order.iter().map(line).collect();
            let rows = rows(lines.join("\n").as_bytes()).unwrap();
            prop_assert_eq!((rows.products(), rows.lines), (20, 60));
            for place in 0..20 {
                let is_whole = matches!(rows.product(place).unwrap(), Found::Whole(_));
                prop_assert!(is_whole);
            }
        }

        #[test]
        fn any_bytes_are_taken_or_refused(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(rows) = rows(&text) {
                for place in 0..rows.products() {
                    let _ = rows.product(place);
                }
            }
        }
    }
}
