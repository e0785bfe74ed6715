//! Which brands and categories there are, with how many products each.

use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use ts_rs::TS;

use super::Store;
use super::db::on;
use super::filter::ProductFilter;
use super::retry::retrying;
use crate::error::Result;

/// How many values of a kind are given, those with the most products first.
const MOST: i64 = 500;

/// One value, and how many products have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Facet {
    /// The brand or category.
    pub value: String,
    /// How many products have it.
    pub count: i64,
}

/// The values by which a list can be filtered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Facets {
    /// Brands, the commonest first.
    pub brands: Vec<Facet>,
    /// Categories, the commonest first.
    pub categories: Vec<Facet>,
}

impl Store {
    /// The brands and categories of all products, in the trash or not in it. Counted once per
    /// change of the catalogue.
    pub async fn facets(&self, trashed: bool) -> Result<Facets> {
        let question = ProductFilter {
            trashed,
            ..ProductFilter::default()
        };
        let moment = self.last_change().await?;
        if let Some(facets) = self.cache.facets.get(moment, &question) {
            return Ok(facets);
        }
        let facets = Facets {
            brands: retrying!(self.values_of("brand", trashed).await)?,
            categories: retrying!(self.values_of("category", trashed).await)?,
        };
        self.cache.facets.put(moment, &question, facets.clone());
        Ok(facets)
    }

    async fn values_of(&self, column: &'static str, trashed: bool) -> sqlx::Result<Vec<Facet>> {
        let sql = format!(
            "select {column}, count(*) from products where deleted = ? and {column} > '' \
             group by {column} order by count(*) desc, {column} limit ?"
        );
        let rows: Vec<(String, i64)> = on!(&self.db, pool => {
            sqlx::query_as(AssertSqlSafe(sql))
                .bind(i64::from(trashed))
                .bind(MOST)
                .fetch_all(pool)
                .await
        })?;
        Ok(rows
            .into_iter()
            .map(|(value, count)| Facet { value, count })
            .collect())
    }
}
