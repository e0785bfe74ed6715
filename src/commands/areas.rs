//! Which kinds of record the answers of commands show, so that a window reads again just what a
//! change made out of date.

use std::collections::BTreeSet;

use super::list::COMMANDS;
use domain::catalog::product::PRODUCT;
use domain::channel::LISTING;
use domain::channel::channel_field::CHANNEL_FIELD;
use domain::channel::shop::CHANNEL;
use domain::kinds;
use domain::people::kinds::{ROLE, USER};
use domain::purchasing::supplier_product::SUPPLIER_PRODUCT;
use domain::record::Kind;
use domain::workspace::custom_field::CUSTOM_FIELD;

/// What the answers of an area of commands show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// Records of these kinds.
    Kinds(BTreeSet<Kind>),
    /// Batches, plans or the history: every change shows there.
    Everything,
}

/// Areas that tell of every change.
const EVERYTHING: [&str; 3] = ["batches", "history", "plans"];

/// What lists show beyond the records of their kind and those that these name: products say how many
/// suppliers they have, what stands in the workspace's own fields and how they stand in shops, people which role, roles how
/// many people, channels which products wait for them, listings what becomes of products in shops.
const BESIDES: [(Kind, Kind); 10] = [
    (PRODUCT, SUPPLIER_PRODUCT),
    (PRODUCT, CUSTOM_FIELD),
    (PRODUCT, LISTING),
    (USER, ROLE),
    (ROLE, USER),
    (CHANNEL, LISTING),
    (CHANNEL, CHANNEL_FIELD),
    (CHANNEL, PRODUCT),
    (LISTING, PRODUCT),
    (LISTING, CHANNEL),
];

/// The areas of commands that show records, by the first word of a command's name.
pub fn areas() -> Vec<(&'static str, Shows)> {
    let words = COMMANDS
        .iter()
        .filter_map(|command| command.name.split_once('.'));
    let words: BTreeSet<&str> = words.map(|(area, _)| area).collect();
    words
        .into_iter()
        .filter_map(|area| Some((area, shown_by(area)?)))
        .collect()
}

fn shown_by(area: &str) -> Option<Shows> {
    if EVERYTHING.contains(&area) {
        return Some(Shows::Everything);
    }
    let kind = kinds::all().find(|kind| kind.def().area == area)?;
    let named = kind.references().filter_map(|field| {
        let reference = field.reference()?;
        Kind::from_key(reference.to)
    });
    let besides = BESIDES.iter().filter(|(of, _)| *of == kind);
    let besides = besides.map(|(_, other)| *other);
    Some(Shows::Kinds(named.chain(besides).chain([kind]).collect()))
}

/// The same in TypeScript, for the window.
pub fn areas_constant() -> String {
    let lines = areas().into_iter().map(|(area, shows)| match shows {
        Shows::Everything => format!("  {area}: \"everything\",\n"),
        Shows::Kinds(kinds) => {
            let keys: Vec<String> = kinds
                .iter()
                .map(|kind| format!("{:?}", kind.key()))
                .collect();
            format!("  {area}: [{}],\n", keys.join(", "))
        }
    });
    let lines: String = lines.collect();
    format!(
        "/** Which kinds of record the answers of commands show, by the first word of their names. */\n\
         export const AREAS: Readonly<Record<string, readonly Kind[] | \"everything\">> = {{\n{lines}}};\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{Shows, areas};
    use domain::kinds;

    #[test]
    fn every_kind_shows_in_its_own_area_and_where_it_is_named() {
        let areas = areas();
        let shows = |area: &str, key: &str| {
            let of = areas.iter().find(|(word, _)| *word == area);
            of.is_some_and(|(_, shows)| match shows {
                Shows::Everything => true,
                Shows::Kinds(kinds) => kinds.iter().any(|kind| kind.key() == key),
            })
        };
        for kind in kinds::all() {
            assert!(shows(kind.def().area, kind.key()), "{kind} has no commands");
            assert!(shows("history", kind.key()));
        }
        // A renamed supplier shows in what it sells; a product does not show among suppliers.
        assert!(shows("supplier_products", "supplier"));
        assert!(shows("products", "supplier_product"));
        // A changed product waits for shops.
        assert!(shows("channels", "product"));
        assert!(!shows("suppliers", "product") && !shows("files", "product"));
    }
}
