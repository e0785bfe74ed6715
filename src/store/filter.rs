//! Which products are meant: the filters of the list, of an export and of a bulk edit.

use serde::{Deserialize, Serialize};
use sqlx::{Database, Encode, QueryBuilder, Type};
use ts_rs::TS;
use uuid::Uuid;

use crate::values::ProductId;

/// A filter; the default lets everything through that is not in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ProductFilter {
    /// Words, or part of a SKU or barcode; everything when blank.
    pub search: String,
    /// Any of these brands; all when empty.
    pub brand: Vec<String>,
    /// Any of these categories; all when empty.
    pub category: Vec<String>,
    /// Active or inactive only.
    pub active: Option<bool>,
    /// By stock on hand.
    pub stock: Option<StockFilter>,
    /// Variants, or what is none.
    pub kind: ProductKind,
    /// What lies in the trash instead of what does not.
    pub trashed: bool,
    /// The variants of this product only.
    pub parent_id: Option<ProductId>,
}

/// A filter by stock on hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum StockFilter {
    /// At least one.
    InStock,
    /// None, or less.
    OutOfStock,
    /// Fewer than so many.
    Below {
        /// So many.
        number: i64,
    },
}

/// Which products by their place in the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// All of them.
    #[default]
    All,
    /// Those that are no variants.
    TopLevel,
    /// Variants only.
    Variants,
}

/// A part of a filter that has an index of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Brand,
    Category,
    Active,
    Stock,
    Parent,
}

impl ProductFilter {
    /// The parts that are set.
    pub(super) fn parts(&self) -> Vec<Part> {
        let set = [
            (Part::Brand, !self.brand.is_empty()),
            (Part::Category, !self.category.is_empty()),
            (Part::Active, self.active.is_some()),
            (Part::Stock, self.stock.is_some()),
            (Part::Parent, self.parent_id.is_some()),
        ];
        set.into_iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(part, _)| part)
            .collect()
    }

    /// Adds the condition on products `p`, without the search. The database may use the index of
    /// the part `by`; a plus keeps it from the others, which it would overrate.
    pub(super) fn push<DB: Database>(&self, query: &mut QueryBuilder<DB>, by: Option<Part>)
    where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
        Uuid: Encode<'static, DB> + Type<DB>,
    {
        query
            .push("p.deleted = ")
            .push_bind(i64::from(self.trashed));
        for part in self.parts() {
            self.push_part(query, part, if by == Some(part) { "" } else { "+" });
        }
        match self.kind {
            ProductKind::All => {}
            ProductKind::TopLevel => {
                query.push(" and +p.parent_id is null");
            }
            ProductKind::Variants => {
                query.push(" and +p.parent_id is not null");
            }
        }
    }

    /// Adds the condition of one part only.
    pub(super) fn push_part<DB: Database>(
        &self,
        query: &mut QueryBuilder<DB>,
        part: Part,
        plus: &str,
    ) where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
        Uuid: Encode<'static, DB> + Type<DB>,
    {
        query.push(" and ").push(plus);
        match part {
            Part::Brand => push_any(query, "p.brand", &self.brand),
            Part::Category => push_any(query, "p.category", &self.category),
            Part::Active => {
                query
                    .push("p.active = ")
                    .push_bind(i64::from(self.active == Some(true)));
            }
            Part::Stock => {
                match self.stock {
                    Some(StockFilter::Below { number }) => {
                        query.push("p.stock < ").push_bind(number)
                    }
                    Some(StockFilter::OutOfStock) => query.push("p.stock <= 0"),
                    _ => query.push("p.stock > 0"),
                };
            }
            Part::Parent => match self.parent_id {
                Some(id) => {
                    query.push("p.parent_id = ").push_bind(id.uuid());
                }
                None => {
                    query.push("p.parent_id is null");
                }
            },
        }
    }
}

fn push_any<DB: Database>(query: &mut QueryBuilder<DB>, column: &str, any: &[String])
where
    String: Encode<'static, DB> + Type<DB>,
{
    if let [one] = any {
        query.push(column).push(" = ").push_bind(one.clone());
        return;
    }
    query.push(column).push(" in (");
    let mut list = query.separated(",");
    for value in any {
        list.push_bind(value.clone());
    }
    query.push(")");
}
