//! What is documented of categories and warehouses.

use std::sync::LazyLock;

use super::field::{Field, Fields, Kind};
use super::sheet::{Form, plain};

use Kind::{Boolean, Integer, Text};

/// Categories.
pub(crate) static CATEGORIES: Form = Form {
    element: "Category",
    key: "CategoryID",
    fields: &CATEGORY_FIELDS,
    required: "CategoryName",
    above: Some("ParentCategoryID"),
    several: &["ParentCategoryID", "CategoryName"],
    single: &[
        "Active",
        "OnSiteMap",
        "OnMenu",
        "AllowReviews",
        "RequireLogin",
    ],
    dated: true,
};

static CATEGORY_FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    Fields::new(vec![
        plain("CategoryName", Text(100)),
        plain("ParentCategoryID", Integer),
        plain("Active", Boolean),
        plain("SortOrder", Integer),
        plain("OnSiteMap", Boolean),
        plain("OnMenu", Boolean),
        plain("AllowReviews", Boolean),
        Field {
            selected: false,
            ..plain("RequireLogin", Boolean)
        },
        plain("CategoryReference", Text(50)),
        plain("ShortDescription1", Text(255)),
        plain("ShortDescription2", Text(255)),
        plain("ShortDescription3", Text(255)),
        plain("Description1", Text(5000)),
        plain("Description2", Text(5000)),
        plain("Description3", Text(5000)),
        Field {
            written: None,
            ..plain("ExternalSource", Text(0))
        },
        Field {
            written: None,
            ..plain("ExternalReference1", Text(0))
        },
        Field {
            written: None,
            ..plain("ExternalReference2", Text(0))
        },
        Field {
            written: None,
            ..plain("ExternalReference3", Text(0))
        },
    ])
});

/// Warehouses.
pub(crate) static WAREHOUSES: Form = Form {
    element: "Warehouse",
    key: "WarehouseID",
    fields: &WAREHOUSE_FIELDS,
    required: "WarehouseName",
    above: None,
    several: &["WarehouseReference", "WarehouseName"],
    single: &[],
    dated: false,
};

static WAREHOUSE_FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    Fields::new(vec![
        plain("WarehouseName", Text(30)),
        plain("WarehouseReference", Text(10)),
        plain("IsPrimary", Boolean),
        plain("IsActive", Boolean),
        plain("ShowQuantity", Text(0)),
        plain("WarehouseStreet1", Text(0)),
        plain("WarehouseStreet2", Text(0)),
        plain("WarehouseCity", Text(0)),
        plain("WarehouseState", Text(0)),
        plain("WarehousePostcode", Text(0)),
        plain("WarehouseCountry", Text(0)),
        plain("WarehouseContact", Text(0)),
        plain("WarehousePhone", Text(0)),
        plain("WarehouseNotes", Text(0)),
    ])
});
