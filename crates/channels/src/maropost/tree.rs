//! Categories as paths, from wide to narrow: `Apparel > Shirts`.

use std::collections::HashMap;

/// What stands between the names of a path.
const BETWEEN: &str = " > ";
/// How many names a path has at most. No shop has as many; a circle of parents ends here.
const DEEPEST: usize = 32;

/// One category, as the shop has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Category {
    /// Its id.
    pub(super) id: u64,
    /// Its name.
    pub(super) name: String,
    /// The id of the one above it; 0 for none.
    pub(super) above: u64,
}

/// All categories of a shop.
#[derive(Debug, Default)]
pub(super) struct Tree {
    paths: HashMap<u64, String>,
    ids: HashMap<String, Vec<u64>>,
}

impl Tree {
    /// The tree of these categories. One whose parent is not among them stands at the top.
    pub(super) fn of(categories: Vec<Category>) -> Self {
        let all: HashMap<u64, Category> = categories.into_iter().map(|one| (one.id, one)).collect();
        let mut tree = Self::default();
        for id in all.keys() {
            let path = path(*id, &all);
            tree.ids.entry(path.clone()).or_default().push(*id);
            tree.paths.insert(*id, path);
        }
        tree
    }

    /// The path of a category.
    pub(super) fn path(&self, id: u64) -> Option<&str> {
        self.paths.get(&id).map(String::as_str)
    }

    /// The categories that have this path: none, one, or several.
    pub(super) fn find(&self, path: &str) -> &[u64] {
        self.ids.get(&tidy(path)).map_or(&[], Vec::as_slice)
    }
}

/// A path with each name trimmed.
pub(super) fn tidy(path: &str) -> String {
    let names: Vec<&str> = path.split(BETWEEN.trim()).map(str::trim).collect();
    names.join(BETWEEN)
}

fn path(id: u64, all: &HashMap<u64, Category>) -> String {
    let (mut names, mut climbed, mut at) = (Vec::new(), Vec::new(), id);
    while let Some(category) = all.get(&at)
        && !climbed.contains(&at)
        && climbed.len() < DEEPEST
    {
        climbed.push(at);
        names.push(category.name.trim());
        at = category.above;
    }
    names.reverse();
    tidy(&names.join(BETWEEN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Category, DEEPEST, Tree};

    fn category(id: u64, name: &str, above: u64) -> Category {
        let name = name.to_owned();
        Category { id, name, above }
    }

    #[test]
    fn a_category_is_found_by_its_path_and_shown_by_it() {
        let tree = Tree::of(vec![
            category(1, "Apparel", 0),
            category(2, " Shirts ", 1),
            category(3, "Shirts", 0),
            category(4, "Lost", 99),
            category(5, "Shirts", 1),
        ]);
        assert_eq!(tree.path(2), Some("Apparel > Shirts"));
        assert_eq!(tree.path(4), Some("Lost"));
        assert_eq!(tree.find("Shirts"), [3]);
        assert_eq!(tree.find(" Apparel>Shirts").len(), 2);
        assert!(tree.find("Trousers").is_empty());
        assert_eq!(tree.path(99), None);
    }

    proptest! {
        #[test]
        fn whatever_stands_above_what_every_path_ends_and_finds_its_category(
            above in prop::collection::vec(0u64..200, 1..200)
        ) {
            let all = above.iter().zip(1..).map(|(above, id)| category(id, &format!("c{id}"), *above));
            let tree = Tree::of(all.collect());
            for id in 1..=above.len() as u64 {
                let path = tree.path(id).unwrap();
                prop_assert!(path.split('>').count() <= DEEPEST);
                prop_assert!(tree.find(path).contains(&id));
            }
        }
    }
}
