//! The orders of a list, and how a page is reached in one: from the nearest cursor that is known.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::filter::{Part, brands, categories};
use crate::lists::listed::Listed;
use domain::catalog::{ProductFilter, SortField};

/// From which offset on it pays to look for a nearer cursor to start from.
pub(super) const FAR: i64 = 2000;

/// The order of a list. Equals stand in the order in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Order {
    pub(super) field: SortField,
    pub(super) descending: bool,
}

/// One key of a [`Cursor`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Number(i64),
    Text(String),
}

/// The cursor of one product in one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    keys: Vec<Key>,
    pk: i64,
}

impl Order {
    /// The columns that it sorts by, before the row number. Whether a product is active stands in
    /// the indexes of names, so that a filter by it reads nothing else.
    const fn columns(self) -> &'static [&'static str] {
        match self.field {
            SortField::Name => &["p.name_key", "p.active"],
            SortField::Sku => &["p.sku"],
            SortField::Brand => &["p.brand", "p.name_key", "p.active"],
            SortField::Category => &["p.category", "p.name_key", "p.active"],
            SortField::Coverage => &["p.coverage", "p.name_key", "p.active"],
            SortField::Active => &["p.active"],
            SortField::Barcode => &["p.barcode"],
            SortField::Stock => &["p.stock"],
            SortField::Rrp => &["p.rrp"],
            SortField::Cost => &["p.cost"],
            SortField::StorePrice => &["p.store_price"],
            SortField::PromoPrice => &["p.promo_price"],
            SortField::UpdatedAt => &["p.updated_at"],
        }
    }

    /// Whether an index has the products in this order. Every index makes each import slower, so that what
    /// few people sort by has none.
    pub(super) const fn is_indexed(self) -> bool {
        use SortField::{Barcode, Cost, PromoPrice, Rrp};
        !matches!(self.field, Barcode | Cost | PromoPrice | Rrp)
    }

    /// Whether the index of a part of the filter has the products in this order already.
    pub(super) fn is_kept_by(self, part: Part, filter: &ProductFilter) -> bool {
        match part {
            Part::Brand => {
                brands(filter).len() == 1
                    && matches!(self.field, SortField::Name | SortField::Brand)
            }
            Part::Category => {
                categories(filter).len() == 1
                    && matches!(self.field, SortField::Name | SortField::Category)
            }
            Part::Active => self.field == SortField::Active,
            Part::Custom(_) => false,
            Part::Stock => self.field == SortField::Stock,
            Part::Price => self.field == SortField::StorePrice,
            Part::Coverage => matches!(self.field, SortField::Name | SortField::Coverage),
        }
    }

    /// The cursor of a product. None where the order cannot be entered: products without a price
    /// stand together at one end, where a comparison does not find them, or no index has it.
    pub(super) fn cursor_of(self, listed: &Listed) -> Option<Cursor> {
        let row = &listed.row;
        let name = || Key::Text(listed.name_key.clone());
        let active = || Key::Number(i64::from(row.active));
        let keys = match self.field {
            SortField::Name => vec![name(), active()],
            SortField::Sku => vec![Key::Text(row.sku.clone())],
            SortField::Brand => vec![Key::Text(row.brand.clone()), name(), active()],
            SortField::Category => vec![Key::Text(row.category.clone()), name(), active()],
            SortField::Coverage => vec![Key::Number(row.coverage.rank()), name(), active()],
            SortField::Active => vec![active()],
            SortField::Stock => vec![Key::Number(row.stock)],
            SortField::UpdatedAt => vec![Key::Number(row.updated_at.0)],
            SortField::StorePrice => vec![Key::Number(row.store_price?)],
            SortField::Barcode | SortField::Rrp | SortField::Cost | SortField::PromoPrice => {
                return None;
            }
        };
        Some(Cursor {
            keys,
            pk: listed.pk,
        })
    }

    /// Whether a walk may go on from a cursor this way: not towards products without a price.
    pub(super) fn can_go_on(self, backwards: bool) -> bool {
        self.field != SortField::StorePrice || self.descending == backwards
    }

    /// Adds `order by`. A plus before the columns keeps the database from walking their index.
    pub(super) fn push<DB: Database>(
        self,
        sql: &mut QueryBuilder<DB>,
        backwards: bool,
        plus: &str,
    ) {
        let direction = if self.descending == backwards {
            ""
        } else {
            " desc"
        };
        sql.push(" order by ");
        for column in self.columns() {
            sql.push(plus).push(column).push(direction).push(", ");
        }
        sql.push("p.pk").push(direction);
    }

    /// How many stretches a walk from this cursor goes through.
    pub(super) fn stretches(cursor: &Cursor) -> usize {
        cursor.keys.len() + 1
    }

    /// Adds the condition of one of these stretches, in their order: first the products that have
    /// the same keys, then those that have the same but for the last one, and so on. Each is one
    /// range of an index, which is quick on both databases. Forwards the cursor itself is included.
    pub(super) fn push_stretch<DB: Database>(
        self,
        sql: &mut QueryBuilder<DB>,
        (cursor, stretch): (&Cursor, usize),
        backwards: bool,
    ) where
        String: Encode<'static, DB> + Type<DB>,
        i64: Encode<'static, DB> + Type<DB>,
    {
        let beyond = match self.descending == backwards {
            true => " > ",
            false => " < ",
        };
        let same = cursor.keys.len().saturating_sub(stretch);
        let mut keys = self.columns().iter().zip(&cursor.keys);
        for (column, key) in keys.by_ref().take(same) {
            push_key(sql.push(" and ").push(column).push(" = "), key);
        }
        match keys.next() {
            Some((column, key)) => push_key(sql.push(" and ").push(column).push(beyond), key),
            None => {
                sql.push(" and p.pk").push(beyond);
                // The condition is on whole numbers: the cursor itself is one step before.
                let before = match (backwards, self.descending) {
                    (true, _) => cursor.pk,
                    (false, false) => cursor.pk - 1,
                    (false, true) => cursor.pk + 1,
                };
                sql.push_bind(before);
            }
        }
    }
}

fn push_key<DB: Database>(sql: &mut QueryBuilder<DB>, key: &Key)
where
    String: Encode<'static, DB> + Type<DB>,
    i64: Encode<'static, DB> + Type<DB>,
{
    match key {
        Key::Text(text) => sql.push_bind(text.clone()),
        Key::Number(number) => sql.push_bind(*number),
    };
}

#[cfg(test)]
impl Cursor {
    /// The row number of the product that stands there.
    pub(super) fn pk(&self) -> i64 {
        self.pk
    }
}

/// How the row numbers of a page are reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Walk {
    /// Where it starts; nothing is the very start (backwards: the very end).
    pub(super) from: Option<Cursor>,
    pub(super) backwards: bool,
    pub(super) skip: i64,
    pub(super) take: i64,
}

impl Walk {
    /// Shortens the walk to the page at `offset`: `cursor` is where it comes after `skipped`
    /// products. Gives the offset of that cursor.
    pub(super) fn go_on_from(&mut self, cursor: Cursor, skipped: i64, offset: i64) -> i64 {
        let at = match self.backwards {
            false => offset - self.skip + skipped,
            true => offset + self.take + self.skip - skipped - 1,
        };
        // Backwards, the cursor itself is not walked over again.
        self.skip -= skipped + i64::from(self.backwards);
        self.from = Some(cursor);
        at
    }

    /// The shortest walk to a page of an order, given the number of products when it is known, and
    /// cursors with their offsets.
    pub(super) fn shortest(
        order: Order,
        (offset, limit): (i64, i64),
        total: Option<i64>,
        cursors: impl IntoIterator<Item = (i64, Cursor)>,
    ) -> Self {
        let mut best = Walk {
            from: None,
            backwards: false,
            skip: offset,
            take: limit,
        };
        if let Some(total) = total {
            let take = limit.min(total - offset);
            if take <= 0 || total - offset - take < best.skip {
                best = Walk {
                    from: None,
                    backwards: true,
                    skip: (total - offset - take).max(0),
                    take,
                };
            }
        }
        if best.take <= 0 {
            return best;
        }
        for (at, cursor) in cursors {
            let (ahead, behind) = (offset - at, at - offset - limit);
            if ahead >= 0 && ahead < best.skip && order.can_go_on(false) {
                best = Walk {
                    from: Some(cursor),
                    backwards: false,
                    skip: ahead,
                    take: limit,
                };
            } else if behind >= 0 && behind < best.skip && order.can_go_on(true) {
                best = Walk {
                    from: Some(cursor),
                    backwards: true,
                    skip: behind,
                    take: limit,
                };
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Order, Walk};
    use domain::catalog::SortField;

    #[test]
    fn a_long_walk_can_be_made_in_steps() {
        let cursor = Cursor {
            keys: Vec::new(),
            pk: 1,
        };
        // Forwards to 500 from 100, and backwards to the page 500 … 509 from 1000.
        for (backwards, skip, at, left) in [(false, 400, 150, 350), (true, 490, 949, 439)] {
            let mut walk = Walk {
                from: None,
                backwards,
                skip,
                take: 10,
            };
            assert_eq!(walk.go_on_from(cursor.clone(), 50, 500), at);
            assert_eq!((walk.skip, walk.from), (left, Some(cursor.clone())));
        }
    }

    #[test]
    fn a_page_is_reached_from_the_nearest_known_place() {
        let by_name = Order {
            field: SortField::Name,
            descending: false,
        };
        let cursor = |pk| Cursor {
            keys: Vec::new(),
            pk,
        };
        for (offset, total, cursors, (from, backwards, skip, take)) in [
            (50, None, vec![], (None, false, 50, 10)),
            (50, Some(100), vec![], (None, true, 40, 10)),
            (95, Some(100), vec![], (None, true, 0, 5)),
            (200, Some(100), vec![], (None, true, 0, -100)),
            (50, Some(1000), vec![45], (Some(45), false, 5, 10)),
            (50, Some(1000), vec![45, 62], (Some(62), true, 2, 10)),
            (50, None, vec![55], (None, false, 50, 10)),
        ] {
            let cursors = cursors.into_iter().map(|at| (at, cursor(at)));
            assert_eq!(
                Walk::shortest(by_name, (offset, 10), total, cursors),
                Walk {
                    from: from.map(cursor),
                    backwards,
                    skip,
                    take
                },
                "offset {offset}"
            );
        }
    }

    #[test]
    fn no_walk_goes_on_towards_products_without_a_price() {
        for (descending, backwards, cursor, from) in [
            (false, false, 40, Some(40)),
            (false, true, 70, None),
            (true, false, 40, None),
            (true, true, 70, Some(70)),
        ] {
            let order = Order {
                field: SortField::StorePrice,
                descending,
            };
            assert_eq!(order.can_go_on(backwards), from.is_some());
            let known = Cursor {
                keys: Vec::new(),
                pk: cursor,
            };
            let walk = Walk::shortest(order, (50, 10), None, [(cursor, known)]);
            assert_eq!(walk.from.map(|cursor| cursor.pk), from);
        }
    }
}
