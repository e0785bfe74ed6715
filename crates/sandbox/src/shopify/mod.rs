//! A practice Shopify: the Admin GraphQL API, version 2026-10.
//!
//! Every operation is validated against Shopify's own schema, trimmed to the fields that a client
//! has used so far (`schema/`), and executed field by field. What the schema has and the practice
//! shop does not know is answered with status 501 and a sentence, never with a made-up value.
//! The other versions are served for looking at the shop and its locations only, since their schema
//! is not here.
//!
//! # Covered
//! Connecting (token, client credentials, scopes, versions, limits), locations, products, variants,
//! options, stock, metafields and their definitions, publications, tags, files and staged uploads, bulk operations, events
//! of deletion; orders with their lines, payments, fulfilment orders, fulfilments, parcels, holds, refunds and cancellation.
//!
//! # Not covered yet
//! Webhooks, drafts and edits of orders, returns, store credit, duties, the taxonomy (a category is kept by its id and shown by
//! it), linked metafields, media other than pictures, and the operations that
//! `tests/integration/shopify/coverage.rs` lists.
//!
//! # Where the facts are silent
//! The practice shop takes the side that is harder on a client, or the plainer one:
//! - a variant without an id in `productSet` is a new one, even if its options' values are those of
//!   an old one, which is then gone;
//! - an idempotency key is remembered for 24 hours, and a failed attempt answers
//!   `IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED` when it is repeated with its key;
//! - `products` without a status in its query finds products of every status;
//! - what a query really cost is worked out from the longest node of each connection;
//! - setting stock over the API leaves `Product.updatedAt` alone, a sale changes it;
//! - what `productSet` does in the background is there at once, only its operation tells it later;
//! - `duplicateSkuCount` counts the others, and exactly; a search by SKU finds more than that;
//! - an order that is too old for the app is not there: `order` answers null, writing says that it does not exist;
//! - `orders` without a status in its query finds orders of every status;
//! - a fulfilment order of which a part was sent is `IN_PROGRESS`, keeps the rest, and cannot be moved;
//! - cancelling an order cancels its fulfilments too, and takes all units out of it whether or not money goes back;
//!   a second `orderCancel` while the first goes on is a job of its own, which fails;
//! - what is cancelled before it was paid gets a `VOID` and is `VOIDED`;
//! - units that are refunded with `NO_RESTOCK` before they were sent can still be sent;
//! - what an edit takes out is no refund, and the order is not paid back by itself;
//! - `totalPriceSet` grows with what an edit adds, as was recorded, and never falls;
//! - an order is archived when all of it was sent and paid for;
//! - an order that an app puts in without a payment has no financial status;
//! - an address is complete with a last name and a zip, wherever it is.

mod auth;
mod edit;
mod engine;
mod order_edit;
mod read;
mod replies;
mod shop;
mod store;
mod uploads;
mod write;

pub use auth::ALL_SCOPES;
pub use shop::{Shopify, ShopifyOptions};
