//! What an attempt to create something left, found by the exact SKUs.

use std::collections::HashMap;

use domain::channel::{ParentRef, ShopItem};
use uuid::Uuid;

use super::client::Maropost;
use super::decode::{self, all_selectors};
use super::family::{items_of, known, parent_of};
use super::read::By;
use crate::channel::{Created, NewFamily};
use crate::failure::{Answered, Failure, FailureKind};

impl Maropost {
    /// Items by their exact SKUs.
    pub(super) async fn items_by_sku(
        &self,
        skus: &[String],
    ) -> Answered<HashMap<String, ShopItem>> {
        let rows = self.rows(By::Sku, skus, &all_selectors()).await?;
        let shop = self.shop_of(&rows, true).await?;
        let items = rows
            .iter()
            .map(|row| (row.sku.clone(), decode::item(row, &shop)));
        Ok(items.collect())
    }

    /// What an attempt to create a family left, found by the exact SKUs.
    pub(super) async fn find_family(&self, family: &NewFamily) -> Answered<Option<Created>> {
        let skus = known(items_of(family));
        let there = self.items_by_sku(&skus).await?;
        let mut found = Created {
            items: Vec::new(),
            failed: Vec::new(),
            warnings: Vec::new(),
            request_id: None,
        };
        for item in items_of(family) {
            match there.get(&item.sku) {
                Some(there) => found.items.push((item.key, there.clone())),
                None => found.failed.push((item.key, not_created(&item.sku))),
            }
        }
        if found.items.is_empty() {
            return Ok(None);
        }
        let product = family.product.as_ref();
        let has_product = product.is_none_or(|product| there.contains_key(&product.sku));
        let is_ours = |(key, there): &(Uuid, ShopItem)| match &there.parent {
            None => product.is_some_and(|product| product.key == *key),
            Some(ParentRef::Sku(parent)) => {
                let is_product = product.is_some_and(|product| product.key == *key);
                !is_product && parent.to_lowercase() == parent_of(family).to_lowercase()
            }
            Some(ParentRef::Id(_)) => false,
        };
        match found
            .items
            .iter()
            .find(|item| !has_product || !is_ours(item))
        {
            Some((_, other)) => Err(ambiguous(&other.sku)),
            None => Ok(Some(found)),
        }
    }
}

fn not_created(sku: &str) -> Failure {
    Failure::new(FailureKind::Later, format!("{sku} was not created yet."))
}

fn ambiguous(sku: &str) -> Failure {
    let message = format!(
        "An item with the SKU {sku} is in the shop, but not in the product that was to be created."
    );
    Failure::new(FailureKind::Rejected, message)
        .hint("Look at it in the control panel. Link it, or give ours another SKU.")
}
