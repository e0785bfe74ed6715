//! A practice Shopify: the Admin GraphQL API, version 2026-10.
