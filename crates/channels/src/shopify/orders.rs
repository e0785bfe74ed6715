//! Reading orders, those that were changed first before the others, and orders by their ids.

use std::collections::HashMap;

use domain::channel::ShopOrder;
use domain::values::Timestamp;
use serde_json::{Value, json};

use super::cursor::{At, Pages};
use super::documents::{ORDER_PAGE, ORDERS};
use super::json::{broken, moment, next_of, nodes, text, written};
use super::order_decode::order;
use super::order_whole::completed;
use super::transport::{Repeat, Transport};
use crate::channel::Cursor;
use crate::failure::{Answered, FailureKind};
use crate::orders::OrderPage;

/// How many orders a page has.
const PAGE: u64 = 250;
/// How many ids one request names.
const AT_ONCE: usize = 50;

/// Some orders that were changed since a time.
pub(super) async fn page(
    transport: &Transport,
    since: Option<Timestamp>,
    cursor: Option<&Cursor>,
) -> Answered<OrderPage> {
    let at = match cursor {
        None => Pages::since(since),
        Some(cursor) => match At::read(cursor)? {
            At::Pages(pages) => pages,
            At::Export(_) => return Err(broken("a page of orders")),
        },
    };
    match next(transport, &at).await {
        // The shop forgets its cursors after some days.
        Err(failure) if failure.kind == FailureKind::Rejected && at.after.is_some() => {
            next(transport, &at.anew()).await
        }
        ended => ended,
    }
}

async fn next(transport: &Transport, at: &Pages) -> Answered<OrderPage> {
    let connection = ask(transport, at).await?;
    let mut latest = at.latest;
    let mut page = OrderPage::default();
    let found = nodes(&connection);
    for one in found {
        latest = latest.max(moment(&one["updatedAt"]));
        if let Some(whole) = completed(transport, one.clone()).await? {
            page.add(text(one, "id"), order(&whole));
        }
    }
    let next = next_of(&connection).map(|after| at.further(after, found.len(), latest));
    Ok(OrderPage {
        as_of: latest.filter(|_| next.is_none()),
        next: next.map(|next| At::Pages(next).cursor()),
        ..page
    })
}

/// A page; a smaller one where the shop finds it too large.
async fn ask(transport: &Transport, at: &Pages) -> Answered<Value> {
    let query = at
        .since
        .map(|since| format!("updated_at:>='{}'", written(since)));
    let mut first = PAGE;
    loop {
        let variables = json!({"first": first, "after": at.after, "query": query});
        let asked = transport.ask(ORDER_PAGE, variables, Repeat::Question);
        match asked.await {
            Err(unsaid) if unsaid.too_large && first > 1 => first /= 2,
            Err(unsaid) => return Err(unsaid.failure),
            Ok(mut said) if said.data["orders"]["nodes"].is_array() => {
                return Ok(said.data["orders"].take());
            }
            Ok(_) => return Err(broken("the orders")),
        }
    }
}

/// How these orders are now.
pub(super) async fn read(
    transport: &Transport,
    ids: &[String],
) -> Answered<Vec<Answered<Option<ShopOrder>>>> {
    let mut found: HashMap<String, Answered<ShopOrder>> = HashMap::new();
    for part in ids.chunks(AT_ONCE) {
        let asked = transport.ask(ORDERS, json!({"ids": part}), Repeat::Question);
        let mut data = asked.await?.data;
        let Value::Array(nodes) = data["nodes"].take() else {
            return Err(broken("the orders that were asked for"));
        };
        if nodes.len() != part.len() {
            return Err(broken("some of the orders that were asked for"));
        }
        for node in nodes {
            if text(&node, "__typename") != "Order" {
                continue;
            }
            let id = text(&node, "id").to_owned();
            if let Some(whole) = completed(transport, node).await? {
                found.insert(id, order(&whole));
            }
        }
    }
    let found = ids.iter().map(|id| found.get(id).cloned().transpose());
    Ok(found.collect())
}
