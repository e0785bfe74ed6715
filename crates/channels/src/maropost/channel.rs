//! What every channel can do, done by Maropost.

use async_trait::async_trait;
use domain::channel::{Platform, ShopFieldDef, ShopItem};

use super::client::Maropost;
use super::fields;
use crate::channel::{
    Channel, Created, Cursor, ItemRef, ItemUpdate, NewFamily, Page, Reading, ShopCheck,
    StockChange, StockSet, StockThere, Written,
};
use crate::failure::Answered;

#[async_trait]
impl Channel for Maropost {
    fn platform(&self) -> Platform {
        Platform::Maropost
    }

    async fn check(&self) -> Answered<ShopCheck> {
        self.check_rights().await
    }

    async fn fields(&self) -> Answered<Vec<ShopFieldDef>> {
        // Groups with prices are only told by items that have some.
        self.look().await?;
        let groups = self.shop(false).await?.groups;
        Ok(fields::defs(groups.keys().map(String::as_str)))
    }

    async fn page(&self, what: &Reading, cursor: Option<&Cursor>) -> Answered<Page> {
        self.read_page(what, cursor).await
    }

    async fn read(&self, items: &[ItemRef]) -> Answered<Vec<Option<ShopItem>>> {
        self.read_items(items).await
    }

    async fn update(&self, updates: &[ItemUpdate]) -> Vec<Answered<Written>> {
        self.update_items(updates).await
    }

    async fn create(&self, families: &[NewFamily]) -> Vec<Answered<Created>> {
        self.create_families(families).await
    }

    async fn find_created(&self, family: &NewFamily) -> Answered<Option<Created>> {
        self.find_family(family).await
    }

    async fn read_stock(&self, place: &str, items: &[ItemRef]) -> Answered<Vec<StockThere>> {
        self.stock_there(place, items).await
    }

    async fn set_stock(&self, place: &str, changes: &[StockChange]) -> Vec<Answered<StockSet>> {
        self.stock_set(place, changes).await
    }
}
