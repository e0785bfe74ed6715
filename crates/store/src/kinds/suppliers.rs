//! Suppliers, and what they sell, in their tables.

use std::sync::OnceLock;

use domain::purchasing::supplier::{CODE, CONTACT, EMAIL, NAME, NOTES, SUPPLIER};
use domain::purchasing::supplier_product::{self, SUPPLIER_PRODUCT};

use super::KindRules;

/// Suppliers.
pub(crate) static SUPPLIERS: KindRules = KindRules {
    kind: SUPPLIER,
    table: "suppliers",
    derived: &[],
    unique: &[],
    gathered: &[],
    search_tables: &[],
    searched: &[CODE, NAME, CONTACT, EMAIL, NOTES],
    fill: None,
    select: OnceLock::new(),
};

/// Supplier products.
pub(crate) static SUPPLIER_PRODUCTS: KindRules = KindRules {
    kind: SUPPLIER_PRODUCT,
    table: "supplier_products",
    derived: &[],
    unique: &[],
    gathered: &[],
    search_tables: &[],
    searched: &[
        supplier_product::CODE,
        supplier_product::SUPPLIER_SKU,
        supplier_product::SUPPLIER_NAME,
    ],
    fill: None,
    select: OnceLock::new(),
};
