//! Purchasing: suppliers, and which of them sells which product. Types and rules, no I/O.

pub mod supplier;
pub mod supplier_product;
