//! The categories of a shop, read once and again when one is missing.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use domain::record::Value;
use serde_json::json;

use super::client::Maropost;
use super::decode::{Row, Shop};
use super::door::Action;
use super::loose::{Object, text};
use super::tree::{Category, Tree};
use crate::failure::{Answered, FailureKind};

/// How many are asked for at once.
const LIMIT: usize = 200;
/// How old what was read has to be before it is read again for one that is missing.
const STALE: Duration = Duration::from_secs(60);

impl Maropost {
    /// What has to be known to understand items: with categories, if `with_tree`.
    pub(super) async fn shop(&self, with_tree: bool) -> Answered<Shop> {
        let tree = match with_tree {
            true => self.tree(false).await?,
            false => None,
        };
        let groups = Arc::clone(&self.memory().groups);
        Ok(Shop { tree, groups })
    }

    /// The same, for these items: the groups that they have prices for are remembered, and categories
    /// are read again if one is not known.
    pub(super) async fn shop_of(&self, rows: &[Row], with_tree: bool) -> Answered<Shop> {
        self.remember(rows);
        let shop = self.shop(with_tree).await?;
        let unknown = |tree: &Tree| {
            let shown = rows
                .iter()
                .filter_map(|row| row.categories().first().copied());
            shown.into_iter().any(|(id, _)| tree.path(id).is_none())
        };
        if with_tree && shop.tree.as_deref().is_some_and(unknown) {
            let tree = self.tree(true).await?;
            return Ok(Shop { tree, ..shop });
        }
        Ok(shop)
    }

    /// The same, for writing these paths: categories are read again if one is not known.
    pub(super) async fn shop_for(&self, rows: &[Row], paths: &[&Value]) -> Answered<Shop> {
        let shop = self.shop_of(rows, !paths.is_empty()).await?;
        let unknown = |tree: &Tree| {
            let mut paths = paths.iter().filter_map(|path| path.as_text());
            paths.any(|path| tree.find(path).is_empty())
        };
        if shop.tree.as_deref().is_some_and(unknown) {
            let tree = self.tree(true).await?;
            return Ok(Shop { tree, ..shop });
        }
        Ok(shop)
    }

    fn remember(&self, rows: &[Row]) {
        let mut memory = self.memory();
        let ahead = rows.iter().find_map(Row::ahead);
        memory.ahead = ahead.or(memory.ahead);
        for (name, id, _) in rows.iter().flat_map(Row::prices) {
            if memory.groups.get(&name) != Some(&id) {
                Arc::make_mut(&mut memory.groups).insert(name, id);
            }
        }
    }

    /// The categories; none where the key may not read them. Those that were read before will do, unless
    /// `again` says that one is missing and they are not just read.
    async fn tree(&self, again: bool) -> Answered<Option<Arc<Tree>>> {
        let now = self.door.time().running();
        let known = self.memory().tree.clone();
        if let Some((at, tree)) = known
            && (!again || now < at + STALE)
        {
            return Ok(tree);
        }
        let tree = match self.categories().await {
            Ok(categories) => Some(Arc::new(Tree::of(categories))),
            Err(failure) if failure.kind == FailureKind::Denied => None,
            Err(failure) => return Err(failure),
        };
        self.memory().tree = Some((now, tree.clone()));
        Ok(tree)
    }

    async fn categories(&self) -> Answered<Vec<Category>> {
        let (mut seen, mut categories) = (HashSet::new(), Vec::new());
        let names = ["CategoryID", "CategoryName", "ParentCategoryID"];
        let filter = Object::from_iter([("OutputSelector".to_owned(), json!(names))]);
        self.pages(Action::GET_CATEGORY, &filter, LIMIT, |found| {
            let read = found.records.iter().filter_map(category);
            let before = categories.len();
            categories.extend(read.filter(|one| seen.insert(one.id)));
            Ok(categories.len() > before)
        })
        .await?;
        Ok(categories)
    }
}

fn category(record: &Object) -> Option<Category> {
    let number = |name: &str| text(record, name).and_then(|told| told.trim().parse().ok());
    Some(Category {
        id: number("CategoryID")?,
        name: text(record, "CategoryName")?.into_owned(),
        above: number("ParentCategoryID").unwrap_or_default(),
    })
}
