//! All that a shop has.

use std::collections::{BTreeMap, HashMap};

use super::forms;
use super::items::Shelf;
use super::orders::Orders;
use super::settings::Settings;
use super::sheet::Sheet;

/// The data of one merchant.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// What is sold.
    pub(crate) items: Shelf,
    /// Where it is shown.
    pub(crate) categories: Sheet,
    /// Where it lies.
    pub(crate) warehouses: Sheet,
    /// Groups of customers with prices of their own.
    pub(crate) groups: BTreeMap<u64, String>,
    /// What was ordered.
    pub(crate) orders: Orders,
}

impl State {
    /// A shop with two warehouses and two groups of customers, and nothing to sell.
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut warehouses = Sheet::new(&forms::WAREHOUSES);
        for (name, reference, primary) in [("Main", "MAIN", "True"), ("Outlet", "OUT", "False")] {
            warehouses.add(&[
                ("WarehouseName", name),
                ("WarehouseReference", reference),
                ("IsPrimary", primary),
                ("IsActive", "True"),
                ("WarehouseCountry", "AU"),
            ]);
        }
        let groups = [(1, "Retail"), (2, "Wholesale")];
        Self {
            items: Shelf::new(settings.sku_case),
            categories: Sheet::new(&forms::CATEGORIES),
            warehouses,
            groups: groups.map(|(id, name)| (id, name.to_owned())).into(),
            orders: Orders::default(),
        }
    }

    /// Whether there is a category of that number.
    pub(crate) fn has_category(&self, id: u64) -> bool {
        self.categories.has(id)
    }

    /// The name of a category.
    pub(crate) fn category_name(&self, id: u64) -> &str {
        self.categories.value(id, "CategoryName")
    }

    /// Whether there is a warehouse of that number.
    pub(crate) fn has_warehouse(&self, id: u64) -> bool {
        self.warehouses.has(id)
    }

    /// The warehouse that stock lies in when none is named.
    pub(crate) fn primary_warehouse(&self) -> u64 {
        self.warehouses.find("IsPrimary", "True").unwrap_or(1)
    }

    /// The name of a group.
    pub(crate) fn group_name(&self, id: u64) -> &str {
        self.groups.get(&id).map_or("", |name| name)
    }

    /// The number of the group that is named by its number or its name.
    pub(crate) fn find_group(&self, group: &str) -> Option<u64> {
        let by_id = group.parse().ok().filter(|id| self.groups.contains_key(id));
        let by_name = || {
            self.groups
                .iter()
                .find(|(_, name)| *name == group)
                .map(|(id, _)| *id)
        };
        by_id.or_else(by_name)
    }

    /// How many of each SKU are reserved by orders, by what SKUs are compared by.
    pub(crate) fn committed(&self) -> HashMap<String, i64> {
        let mut committed = HashMap::new();
        for (sku, quantity) in self.orders.reserved() {
            let sum: &mut i64 = committed.entry(self.items.key(sku)).or_default();
            *sum = sum.saturating_add(quantity);
        }
        committed
    }
}
