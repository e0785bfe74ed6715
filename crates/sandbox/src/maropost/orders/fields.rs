//! The fields of orders and their lines. Many are read by one name and written by another.

use std::sync::LazyLock;

use crate::maropost::field::{Field, Fields, Kind};

use Kind::{Boolean, Choice, Fixed, Integer, Moment, Text};

/// Every status.
pub(crate) const STATUSES: [&str; 12] = [
    "Quote",
    "New",
    "On Hold",
    "New Backorder",
    "Backorder Approved",
    "Pick",
    "Pack",
    "Pending Pickup",
    "Pending Dispatch",
    "Dispatched",
    "Cancelled",
    "Uncommitted",
];

/// Addresses: read by the first name, written by the second. They are no selectors: `ShipAddress`
/// and `BillAddress` are, and the answer is flat all the same.
pub(crate) const ADDRESSES: [(&str, &str, usize); 21] = [
    ("ShipFirstName", "ShipFirstName", 50),
    ("ShipLastName", "ShipLastName", 50),
    ("ShipCompany", "ShipCompany", 50),
    ("ShipStreetLine1", "ShipStreet1", 50),
    ("ShipStreetLine2", "ShipStreet2", 50),
    ("ShipCity", "ShipCity", 50),
    ("ShipState", "ShipState", 50),
    ("ShipPostCode", "ShipPostCode", 15),
    ("ShipCountry", "ShipCountry", 2),
    ("ShipPhone", "ShipContactPhone", 30),
    ("BillFirstName", "BillFirstName", 50),
    ("BillLastName", "BillLastName", 50),
    ("BillCompany", "BillCompany", 50),
    ("BillStreetLine1", "BillStreet1", 50),
    ("BillStreetLine2", "BillStreet2", 50),
    ("BillCity", "BillCity", 50),
    ("BillState", "BillState", 50),
    ("BillPostCode", "BillPostCode", 15),
    ("BillCountry", "BillCountry", 2),
    ("BillPhone", "BillContactPhone", 30),
    ("ShipFax", "", 0),
];

/// Every scalar of an order but its id and `DateUpdated`.
pub(crate) static ORDER_FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let mut list = Vec::new();
    let address = |(name, written, limit): &(&'static str, &'static str, usize)| Field {
        name,
        kind: Text(*limit),
        selected: false,
        written: (!written.is_empty()).then_some(*written),
    };
    list.extend(ADDRESSES.iter().map(address));
    list.extend(WRITTEN.iter().map(|(name, written, kind)| Field {
        name,
        kind: *kind,
        selected: true,
        written: Some(written),
    }));
    list.extend(READ.iter().map(|(name, kind)| Field {
        name,
        kind: *kind,
        selected: true,
        written: None,
    }));
    list.extend(REFERENCES.iter().zip(1..).map(|(name, nth)| Field {
        name,
        kind: Text(if nth < 3 { 50 } else { 1000 }),
        selected: true,
        written: Some(name),
    }));
    list.extend(UNSELECTED.iter().map(|(name, kind)| Field {
        name,
        kind: *kind,
        selected: false,
        written: Some(name),
    }));
    Fields::new(list)
});

/// Selected by the first name, written by the second.
const WRITTEN: [(&str, &str, Kind); 10] = [
    ("DeliveryInstruction", "ShipInstructions", Text(0)),
    ("Email", "Email", Text(250)),
    ("PurchaseOrderNumber", "PurchaseOrderNumber", Text(50)),
    ("SalesPerson", "SalesPerson", Text(25)),
    ("SalesChannel", "SalesChannel", Text(15)),
    ("OnHoldType", "OnHoldType", Choice(&["On Hold", "Layby"])),
    ("DateRequired", "DateRequired", Moment),
    ("InternalOrderNotes", "InternalOrderNotes", Text(0)),
    (
        "OrderType",
        "OrderType",
        Choice(&["sales", "dropshipping", "quote"]),
    ),
    ("OrderStatus", "OrderStatus", Text(0)),
];

/// Selected and never written by these names.
const READ: [(&str, Kind); 28] = [
    ("ShippingOption", Text(0)),
    ("RelatedOrderID", Text(15)),
    ("Username", Text(25)),
    ("GrandTotal", Fixed(2)),
    ("TaxInclusive", Boolean),
    ("OrderTax", Fixed(2)),
    ("SurchargeTotal", Fixed(2)),
    ("SurchargeTaxable", Boolean),
    ("ProductSubtotal", Fixed(2)),
    ("ShippingTotal", Fixed(2)),
    ("ShippingTax", Fixed(2)),
    ("ClientIPAddress", Text(0)),
    ("CouponCode", Text(0)),
    ("CouponDiscount", Fixed(2)),
    ("ShippingDiscount", Fixed(2)),
    ("DefaultPaymentType", Text(0)),
    ("DatePlaced", Moment),
    ("DateInvoiced", Kind::Day),
    ("DatePaid", Moment),
    ("DateCompleted", Kind::Day),
    ("DateCompletedUTC", Moment),
    ("DatePaymentDue", Moment),
    ("PaymentTerms", Text(0)),
    ("ShippingSignature", Boolean),
    ("RealtimeConfirmation", Text(0)),
    ("CompleteStatus", Choice(&["Approved", "Incomplete"])),
    ("UserGroup", Text(0)),
    ("eBay.eBayUsername", Text(0)),
];

/// References of the customer's own.
const REFERENCES: [&str; 10] = [
    "CustomerRef1",
    "CustomerRef2",
    "CustomerRef3",
    "CustomerRef4",
    "CustomerRef5",
    "CustomerRef6",
    "CustomerRef7",
    "CustomerRef8",
    "CustomerRef9",
    "CustomerRef10",
];

/// Written and filtered by, and no selectors.
const UNSELECTED: [(&str, Kind); 3] = [
    ("ExportStatus", Choice(&["Pending", "Exported"])),
    ("ExportedToWMS", Choice(&["Pending", "Exported"])),
    ("PickStatus", Choice(&["Complete", "Incomplete"])),
];

/// Every scalar of a line but its keys, quantity and warehouse; selected as `OrderLine.<name>`.
pub(crate) static LINE_FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let fields = LINES.iter().map(|(name, kind)| Field {
        name,
        kind: *kind,
        selected: true,
        written: None,
    });
    Fields::new(fields.collect())
});

const LINES: [(&str, Kind); 26] = [
    ("ProductName", Text(0)),
    ("ItemNotes", Text(0)),
    ("SerialNumber", Text(0)),
    ("PickQuantity", Integer),
    ("BackorderQuantity", Integer),
    ("UnitPrice", Fixed(8)),
    ("Tax", Fixed(2)),
    ("TaxCode", Text(0)),
    ("PercentDiscount", Fixed(2)),
    ("ProductDiscount", Fixed(2)),
    ("CouponDiscount", Fixed(2)),
    ("CostPrice", Fixed(8)),
    ("ShippingMethod", Text(50)),
    ("ShippingServiceID", Text(0)),
    ("ShippingServiceName", Text(0)),
    ("ShippingTracking", Text(0)),
    ("ShippingCarrierCode", Text(0)),
    ("ShippingCarrierName", Text(0)),
    ("ShippingTrackingUrl", Text(0)),
    ("Weight", Fixed(4)),
    ("Cubic", Fixed(9)),
    ("Extra", Text(0)),
    ("BinLoc", Text(0)),
    ("QuantityShipped", Integer),
    ("ExternalSystemIdentifier", Text(0)),
    ("ExternalOrderReference", Text(0)),
];
