//! Reading a shop: page by page when there is little, by an export when there is much.

use domain::channel::ShopItem;
use serde_json::{Value, json};

use super::cursor::{At, Export, Pages, search};
use super::documents::{COUNT, PRODUCT_PAGE};
use super::export::Exports;
use super::family::completed;
use super::json::{broken, moment, next_of, nodes};
use super::transport::Repeat;
use super::way::Way;
use crate::channel::{Page, Reading};
use crate::failure::{Answered, FailureKind};

/// How many products a page has.
const PAGE: u64 = 100;

/// The first part.
pub(super) async fn first(way: Way<'_>, exports: &Exports, what: &Reading) -> Answered<Page> {
    let since = what.since;
    let variables = json!({"query": search(since)});
    let asked = way.transport.ask(COUNT, variables, Repeat::Question);
    let data = asked.await?.data;
    let count = data["productsCount"]["count"].as_u64();
    let count = count.ok_or_else(|| broken("how many products there are"))?;
    if count > way.transport.bulk.products {
        let export = Export {
            since,
            ..Export::whole()
        };
        return exports.next(way, export).await;
    }
    way.next_page(Pages::since(since)).await
}

/// The part at the cursor.
pub(super) async fn next(way: Way<'_>, exports: &Exports, at: At) -> Answered<Page> {
    match at {
        At::Pages(pages) => match way.next_page(pages.clone()).await {
            // The shop forgets its cursors after some days.
            Err(failure) if failure.kind == FailureKind::Rejected && pages.after.is_some() => {
                way.next_page(pages.anew()).await
            }
            ended => ended,
        },
        At::Export(export) => exports.next(way, export).await,
    }
}

impl Way<'_> {
    async fn next_page(self, at: Pages) -> Answered<Page> {
        let connection = self.ask(&at).await?;
        let mut latest = at.latest;
        let mut items: Vec<ShopItem> = Vec::new();
        let products = nodes(&connection);
        for product in products {
            latest = latest.max(moment(&product["updatedAt"]));
            match completed(self.transport, product.clone()).await {
                Ok(whole) => items.extend(self.reader.family(&whole)),
                Err(failure) if failure.kind == FailureKind::Gone => {}
                Err(failure) => return Err(failure),
            }
        }
        let after = next_of(&connection);
        let next = after.map(|after| at.further(after, products.len(), latest));
        Ok(Page {
            items,
            as_of: latest.filter(|_| next.is_none()),
            next: next.map(|next| At::Pages(next).cursor()),
            wait: None,
            total: None,
        })
    }

    async fn ask(self, at: &Pages) -> Answered<Value> {
        let mut first = PAGE;
        loop {
            let query = search(at.since);
            let variables = json!({"first": first, "after": at.after, "query": query});
            let asked = self
                .transport
                .ask(PRODUCT_PAGE, variables, Repeat::Question);
            match asked.await {
                Err(unsaid) if unsaid.too_large && first > 1 => first /= 2,
                Err(unsaid) => return Err(unsaid.failure),
                Ok(mut said) if said.data["products"]["nodes"].is_array() => {
                    return Ok(said.data["products"].take());
                }
                Ok(_) => return Err(broken("the products")),
            }
        }
    }
}
