//! The fields of an item: names, types and lengths of the documents of `GetItem`, `AddItem` and
//! `UpdateItem`.

use std::sync::LazyLock;

use crate::maropost::field::{Field, Fields, Kind};

use Kind::{Boolean, Choice, Day, Integer, MomentOfUnsureZone, Number, Text, TextBoolean};

/// Every scalar field of an item but its keys.
pub(crate) static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let mut list = Vec::new();
    list.extend(TEXTS.iter().map(|(name, limit)| both(name, Text(*limit))));
    list.extend(
        MISC.iter()
            .enumerate()
            .map(|(at, name)| both(name, Text(misc_limit(at + 1)))),
    );
    list.extend(NUMBERS.iter().map(|name| both(name, Number)));
    list.extend(INTEGERS.iter().map(|name| both(name, Integer)));
    list.extend(BOOLEANS.iter().map(|name| both(name, Boolean)));
    list.extend(TEXT_BOOLEANS.iter().map(|name| both(name, TextBoolean)));
    list.extend(PROMOTION.iter().map(|name| both(name, MomentOfUnsureZone)));
    list.push(both("DateArrival", Day));
    list.push(both("PickPriority", Choice(&["FIFO", "FEFO", "LIFO"])));
    list.push(both(
        "WhenToRepeatOnStandingOrders",
        Choice(&["once", "always"]),
    ));
    // The write name has another case than the read name.
    list.push(Field {
        written: Some("Subtype"),
        ..both("SubType", Text(50))
    });
    list.extend(WRITTEN_BOOLEANS.iter().map(|name| written(name, Boolean)));
    list.extend(WRITTEN_INTEGERS.iter().map(|name| written(name, Integer)));
    list.extend(SELECTED.iter().map(|(name, kind)| selected(name, *kind)));
    Fields::new(list)
});

/// Texts that are written and selected, with their length; 0 is none documented.
const TEXTS: &[(&str, usize)] = &[
    ("ParentSKU", 25),
    ("AccountingCode", 50),
    ("Brand", 50),
    ("Name", 150),
    ("Model", 150),
    ("UnitOfMeasure", 10),
    ("BaseUnitOfMeasure", 10),
    ("PickZone", 25),
    ("RestrictedToUserGroup", 25),
    ("TaxCategory", 255),
    ("SearchKeywords", 255),
    ("ShortDescription", 255),
    ("Description", 0),
    ("TermsAndConditions", 0),
    ("Features", 0),
    ("Specifications", 0),
    ("Warranty", 0),
    ("ArtistOrAuthor", 0),
    ("Format", 0),
    ("ModelNumber", 20),
    ("Subtitle", 50),
    ("AvailabilityDescription", 0),
    ("BrochureURL", 2083),
    ("ProductURL", 2083),
    ("UPC", 100),
    ("UPC1", 100),
    ("UPC2", 100),
    ("UPC3", 100),
    ("Type", 100),
    ("InternalNotes", 0),
    ("ExpenseAccount", 10),
    ("PurchaseTaxCode", 20),
    ("CostOfSalesAccount", 20),
    ("IncomeAccount", 20),
    ("AssetAccount", 20),
    ("SupplierItemCode", 100),
    ("eBayDescription", 0),
    ("PrimarySupplier", 25),
    ("DisplayTemplate", 50),
    ("ItemURL", 255),
    ("CustomContent", 255),
    ("CustomNonDelivery", 255),
    ("SEOPageTitle", 100),
    ("SEOMetaKeywords", 255),
    ("SEOPageHeading", 100),
    ("SEOMetaDescription", 320),
    ("SEOCanonicalURL", 2083),
    ("Group", 25),
    ("ShippingCategory", 50),
    ("HSTariffNumber", 15),
    ("Job", 25),
];

/// Numbers with decimals that are written and selected.
const NUMBERS: &[&str] = &[
    "RRP",
    "DefaultPrice",
    "DefaultPurchasePrice",
    "PromotionPrice",
    "CostPrice",
    "BaseUnitPerQuantity",
    "ItemHeight",
    "ItemLength",
    "ItemWidth",
    "ShippingHeight",
    "ShippingLength",
    "ShippingWidth",
    "ShippingWeight",
    "CubicWeight",
    "MonthlySpendRequirement",
];

/// Whole numbers that are written and selected.
const INTEGERS: &[&str] = &[
    "SortOrder1",
    "SortOrder2",
    "BuyUnitQuantity",
    "SellUnitQuantity",
    "PreOrderQuantity",
    "NumbersOfLabelsToPrint",
    "ReferenceNumber",
    "BarcodeHeight",
    "HandlingTime",
];

/// Booleans that are written and selected.
const BOOLEANS: &[&str] = &[
    "Virtual",
    "Approved",
    "IsActive",
    "TaxFreeItem",
    "TaxInclusive",
    "AuGstExempt",
    "NzGstExempt",
    "EditableKitBundle",
    "RequiresPackaging",
    "AutomaticURL",
    "IsAsset",
    "IsServiceItem",
    "SerialTracking",
];

/// Written as booleans, and typed as text when they are answered.
const TEXT_BOOLEANS: &[&str] = &[
    "IsInventoried",
    "IsBought",
    "IsSold",
    "SplitForWarehousePicking",
];

/// Since when and until when the promotion price holds.
const PROMOTION: &[&str] = &["PromotionStartDate", "PromotionExpiryDate"];

/// Written, filtered by, and no output selector.
const WRITTEN_BOOLEANS: &[&str] = &["ApprovedForPOS", "ApprovedForMobileStore", "Visible"];

/// Written, filtered by, and no output selector.
const WRITTEN_INTEGERS: &[&str] = &["RestockQty", "ReorderQty", "RestockWarningLevel"];

/// Selected, and not written.
const SELECTED: &[(&str, Kind)] = &[
    ("IsNetoUtility", Boolean),
    ("IsGiftVoucher", Boolean),
    ("OriginCountry", Text(0)),
    ("QuantityPerScan", Integer),
];

/// The fields that a merchant gives a meaning of their own.
const MISC: [&str; 52] = [
    "Misc01", "Misc02", "Misc03", "Misc04", "Misc05", "Misc06", "Misc07", "Misc08", "Misc09",
    "Misc10", "Misc11", "Misc12", "Misc13", "Misc14", "Misc15", "Misc16", "Misc17", "Misc18",
    "Misc19", "Misc20", "Misc21", "Misc22", "Misc23", "Misc24", "Misc25", "Misc26", "Misc27",
    "Misc28", "Misc29", "Misc30", "Misc31", "Misc32", "Misc33", "Misc34", "Misc35", "Misc36",
    "Misc37", "Misc38", "Misc39", "Misc40", "Misc41", "Misc42", "Misc43", "Misc44", "Misc45",
    "Misc46", "Misc47", "Misc48", "Misc49", "Misc50", "Misc51", "Misc52",
];

/// How long the `nth` of them may be; most have no documented limit.
fn misc_limit(nth: usize) -> usize {
    match nth {
        14 | 15 | 17 | 18 | 48..=52 => 50,
        _ => 0,
    }
}

fn both(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        selected: true,
        written: Some(name),
    }
}

fn written(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        selected: false,
        written: Some(name),
    }
}

fn selected(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        selected: true,
        written: None,
    }
}
