//! Which brands and categories there are, with how many products each.

use sqlx::AssertSqlSafe;

use crate::Store;
use crate::db::on_lists;
use crate::fold::fold;
use crate::retry::retrying;
use domain::catalog::{Facet, Facets};
use domain::error::Result;

/// How many values of a kind are given, those with the most products first.
const MOST: i64 = 500;

impl Store {
    /// The brands and categories of the products that are not in the trash: the commonest, by
    /// name. Counted once per change of the catalogue.
    pub async fn facets(&self) -> Result<Facets> {
        let moment = self.last_change().await?;
        if let Some(facets) = self.cache.facets.get(moment, &()) {
            return Ok(facets);
        }
        let facets = Facets {
            brands: retrying!(self.values_of("brand").await)?,
            categories: retrying!(self.values_of("category").await)?,
        };
        self.cache.facets.put(moment, &(), facets.clone());
        Ok(facets)
    }

    async fn values_of(&self, column: &'static str) -> sqlx::Result<Vec<Facet>> {
        let sql = format!(
            "select {column}, count(*) from products where deleted = 0 \
             group by {column} order by count(*) desc, {column} limit ?"
        );
        let rows: Vec<(String, i64)> = on_lists!(&self.db, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(MOST).fetch_all(pool).await
        })?;
        let mut facets: Vec<Facet> = rows
            .into_iter()
            .map(|(value, count)| Facet { value, count })
            .collect();
        facets.sort_by_cached_key(|facet| fold(&facet.value));
        Ok(facets)
    }
}
