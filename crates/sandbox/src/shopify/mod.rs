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
//! options, stock, metafields, publications, tags, files and staged uploads, bulk operations, events
//! of deletion.
//!
//! # Not covered yet
//! Orders, fulfilments, refunds, webhooks, the taxonomy (a category is kept by its id and shown by
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
//! - `duplicateSkuCount` counts the others, and exactly; a search by SKU finds more than that.

mod auth;
mod edit;
mod engine;
mod read;
mod shop;
mod store;
mod uploads;
mod write;

pub use auth::ALL_SCOPES;
pub use shop::{Shopify, ShopifyOptions};
