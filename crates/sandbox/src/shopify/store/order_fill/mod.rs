//! Orders that a shop has when it opens.

mod made;
mod oddity;
mod past;
mod people;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::model::State;
use super::orders::{Line, Move, Order, waiting};
use crate::frame::{Moment, Random};

use people::People;

const DAY: i64 = 86_400_000;
/// How old the first order is.
const OLDEST: i64 = 200 * DAY;

/// What orders are made from.
struct Fill {
    seed: u64,
    count: u64,
    opens: Moment,
    people: People,
    /// What can be bought.
    goods: Vec<u64>,
    /// What can be bought at two places.
    spread: Vec<u64>,
    /// Lines as they are without a quantity, which share their words.
    templates: HashMap<u64, Line>,
    /// Words that many orders have.
    words: HashSet<Arc<str>>,
}

/// Puts `count` orders into a shop, the newest a few minutes before it opens. Each leaves what it sets
/// aside beside what the shelves are said to have free.
pub(crate) fn fill_orders(state: &mut State, seed: u64, count: u64, opens: Moment) {
    if count == 0 {
        return;
    }
    let mut random = Random::new(seed ^ 0x0DE5);
    let people = usize::try_from(count / 3).unwrap_or_default().max(5);
    let people = People::make(state, people, &mut random);
    let on_sale = |id: &u64| {
        let product = state.variants.get(id).map(|one| one.product);
        product.is_some_and(|id| {
            state
                .products
                .get(&id)
                .is_some_and(|one| one.status == "ACTIVE" && one.variants.len() < 100)
        })
    };
    let goods: Vec<u64> = state.variants.keys().copied().filter(on_sale).collect();
    let spread = |id: &u64| {
        state
            .variants
            .get(id)
            .is_some_and(|one| one.tracked && one.levels.len() > 1)
    };
    let spread = goods.iter().copied().filter(spread).collect();
    let mut fill = Fill {
        seed,
        count,
        opens,
        people,
        goods,
        spread,
        templates: HashMap::new(),
        words: HashSet::new(),
    };
    for place in 0..count {
        let mut order = made::order(state, &mut fill, place);
        set_aside(state, &order);
        order.claims = true;
        slim(&mut order);
        state.put_order(order);
    }
}

impl Fill {
    /// When the order at a place was made: the newer, the closer together.
    fn created(&self, place: u64) -> Moment {
        let back = i128::from(self.count - 1 - place);
        let count = i128::from(self.count.max(2) - 1);
        let age = i128::from(OLDEST) * back * back / (count * count);
        self.opens
            .plus(-i64::try_from(age).unwrap_or(OLDEST) - 5 * 60_000)
    }

    /// A moment so many hours after another one, before the shop opens.
    fn later(&self, than: Moment, hours: i64) -> Moment {
        than.plus(hours * 3_600_000).min(self.opens.plus(-60_000))
    }

    /// A word, kept once for all orders.
    fn word(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.words.get(word) {
            return Arc::clone(known);
        }
        let word: Arc<str> = Arc::from(word);
        self.words.insert(Arc::clone(&word));
        word
    }

    fn template(&mut self, state: &State, variant: u64) -> Line {
        let made = || line_of(state, variant).unwrap_or_default();
        self.templates.entry(variant).or_insert_with(made).clone()
    }
}

/// Gives back what lists of an order keep for more to come: there are many orders, and few of them grow.
fn slim(order: &mut Order) {
    order.lines.shrink_to_fit();
    order.deliveries.shrink_to_fit();
    order.transactions.shrink_to_fit();
    order.fulfillments.shrink_to_fit();
    order.fulfillment_orders.shrink_to_fit();
    for one in &mut order.fulfillments {
        one.lines.shrink_to_fit();
    }
    for one in &mut order.fulfillment_orders {
        one.lines.shrink_to_fit();
    }
}

/// What is still to be sent is set aside, and lies there beside what is free.
fn set_aside(state: &mut State, order: &Order) {
    for moved in waiting(order, Move::Commit) {
        let variant = order.line(moved.line).and_then(|line| line.variant);
        let variant = variant.and_then(|id| state.variants.get_mut(&id));
        let Some(variant) = variant.filter(|one| one.tracked) else {
            continue;
        };
        let mut levels = variant.levels.iter_mut();
        if let Some(level) = levels.find(|level| level.location == moved.location) {
            level.committed += i64::from(moved.units);
        }
    }
}

/// A line about a variant: without an id, a quantity or taxes, in the shop's currency.
pub(crate) fn line_of(state: &State, variant: u64) -> Option<Line> {
    let variant = state.variants.get(&variant)?;
    let product = state.products.get(&variant.product)?;
    let only = product.has_only_default();
    Some(Line {
        product: Some(product.id),
        variant: Some(variant.id),
        title: Arc::from(product.title.as_str()),
        variant_title: (!only).then(|| Arc::from(product.title_of(&variant.values))),
        sku: variant.sku.as_deref().map(Arc::from),
        vendor: Some(Arc::from(product.vendor.as_str())),
        price: i64::try_from(variant.price.0).unwrap_or_default(),
        ships: variant.ships && !product.gift_card,
        taxable: variant.taxable,
        gift_card: product.gift_card,
        ..Line::default()
    })
}
