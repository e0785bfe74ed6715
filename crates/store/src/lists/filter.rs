//! A filter as a condition on products: those of the list, of an export and of a bulk edit.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::custom_filter::{self, custom};
use domain::catalog::{Coverage, FamilyFilter, PriceRange, ProductFilter, StockFilter};

/// A part of a filter that has an index of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Brand,
    Category,
    Active,
    Stock,
    Price,
    Coverage,
    /// The filter by a field of the workspace's own at this place.
    Custom(usize),
}

/// The brands of the filter, none when it has no such part.
pub(super) fn brands(filter: &ProductFilter) -> &[String] {
    filter.brands.as_deref().unwrap_or_default()
}

/// The categories of the filter, none when it has no such part.
pub(super) fn categories(filter: &ProductFilter) -> &[String] {
    filter.categories.as_deref().unwrap_or_default()
}

/// The parts that are set.
pub(super) fn parts(filter: &ProductFilter) -> Vec<Part> {
    let set = [
        (Part::Brand, !brands(filter).is_empty()),
        (Part::Category, !categories(filter).is_empty()),
        (Part::Active, filter.active.is_some()),
        (Part::Stock, filter.stock.is_some()),
        (Part::Price, filter.price.is_some()),
        (Part::Coverage, filter.coverage.is_some()),
    ];
    let custom = (0..custom(filter).len()).map(Part::Custom);
    set.into_iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(part, _)| part)
        .chain(custom)
        .collect()
}

/// Adds the condition on products `p`, without the search. The database may use the index of
/// the part `by`; a plus keeps it from the others, which it would overrate.
pub(crate) fn push<DB: Database>(
    query: &mut QueryBuilder<DB>,
    filter: &ProductFilter,
    by: Option<Part>,
) where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    push_trashed(query, filter);
    let mut leads = None;
    for part in parts(filter) {
        let plus = if by == Some(part) { "" } else { "+" };
        match part {
            Part::Custom(at) if by == Some(part) => leads = Some(at),
            Part::Custom(_) => {}
            _ => push_part(query, filter, part, plus),
        }
    }
    custom_filter::push_all(query, filter, leads);
    match filter.family {
        None => {}
        Some(FamilyFilter::TopLevel) => {
            query.push(" and +p.parent_id is null");
        }
        Some(FamilyFilter::Variants) => {
            query.push(" and +p.parent_id is not null");
        }
    }
}

/// Adds the condition that says whether the trash is meant.
pub(super) fn push_trashed<DB: Database>(query: &mut QueryBuilder<DB>, filter: &ProductFilter)
where
    i64: Encode<'static, DB> + Type<DB>,
{
    query
        .push("p.deleted = ")
        .push_bind(i64::from(filter.trashed == Some(true)));
}

/// Adds the condition of one part only.
pub(super) fn push_part<DB: Database>(
    query: &mut QueryBuilder<DB>,
    filter: &ProductFilter,
    part: Part,
    plus: &str,
) where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    if !matches!(part, Part::Custom(_)) {
        query.push(" and ").push(plus);
    }
    match part {
        Part::Custom(at) => custom_filter::push_all(query, filter, Some(at)),
        Part::Brand => push_any(query, "p.brand", brands(filter)),
        Part::Category => push_any(query, "p.category", categories(filter)),
        Part::Active => {
            query
                .push("p.active = ")
                .push_bind(i64::from(filter.active == Some(true)));
        }
        Part::Stock => {
            query.push(match filter.stock {
                Some(StockFilter::OutOfStock) => "p.stock <= 0",
                Some(StockFilter::Low) => "p.stock between 1 and 5",
                Some(StockFilter::InStock) | None => "p.stock > 0",
            });
        }
        Part::Price => {
            let PriceRange { from, to } = filter.price.unwrap_or_default();
            query
                .push("p.store_price between ")
                .push_bind(from.unwrap_or(i64::MIN))
                .push(" and ")
                .push_bind(to.unwrap_or(i64::MAX));
        }
        Part::Coverage => {
            let rank = filter.coverage.map_or(0, Coverage::rank);
            query.push("p.coverage = ").push_bind(rank);
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
