//! Which brands and categories there are, with how many products each.

use sqlx::{AssertSqlSafe, QueryBuilder};

use crate::Store;
use crate::db::on_lists;
use crate::fold::fold;
use crate::retry::retrying;
use domain::catalog::product::PRODUCT;
use domain::catalog::{CustomFacet, CustomFilter, Facet, Facets};
use domain::record::{Field, FieldKind};

use super::custom_filter::push_entries;
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
            custom: self.custom_facets().await?,
        };
        self.cache.facets.put(moment, &(), facets.clone());
        Ok(facets)
    }

    /// The choices of fields of the workspace's own, in their order.
    async fn custom_facets(&self) -> Result<Vec<CustomFacet>> {
        let schema = self.schema();
        let mut facets = Vec::new();
        for def in schema.custom_of(PRODUCT) {
            let field = Field::Custom(def.id);
            let kinds = [FieldKind::Choice, FieldKind::Choices, FieldKind::Flag];
            if !kinds.contains(&def.kind) || !self.is_indexed(field) {
                continue;
            }
            let rows: Vec<(i64, String, i64)> = retrying!(on_lists!(&self.db, DB, pool => {
                let mut sql = QueryBuilder::<DB>::new("select v.number_key, v.text_key, count(*) ");
                push_entries(&mut sql, &CustomFilter::on(field), false);
                sql.push(" group by v.number_key, v.text_key");
                sql.build_query_as().fetch_all(pool).await
            }))?;
            let facet = |(number, text, count)| Facet {
                value: match def.kind {
                    FieldKind::Flag => (number != 0).to_string(),
                    _ => text,
                },
                count,
            };
            let mut values: Vec<Facet> = rows.into_iter().map(facet).collect();
            let place = |facet: &Facet| {
                let mut choices = def.choices.iter();
                choices.position(|choice| choice.key == facet.value)
            };
            values.sort_by_key(|facet| (place(facet).unwrap_or(usize::MAX), facet.value.clone()));
            facets.push(CustomFacet { field, values });
        }
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
