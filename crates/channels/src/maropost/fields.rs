//! What an item of Maropost has: names, lengths and types of the platform's documents.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::catalog::product;
use domain::channel::{FieldLevel, ShopField, ShopFieldDef};
use domain::record::{Field, FieldKind};

use Holds::{Code, Day, Flag, Html, Lines, Measure, Money, Price, Promotion, Text, Whole};

/// The categories of an item, of which one is shown: a path from wide to narrow.
pub(super) const CATEGORY: &str = "Categories";
/// The main picture.
pub(super) const MAIN_IMAGE: &str = "image.main";
/// The other pictures, in their order.
pub(super) const OTHER_IMAGES: &str = "image.others";
/// What the key of a price of a group begins with.
const PRICE_GROUP: &str = "PriceGroup:";
/// How many options a variant has.
pub(super) const OPTIONS: usize = 3;
/// The longest name of an option, and its longest value.
pub(super) const OPTION_CHARS: [u32; 2] = [50, 150];
/// The SKU itself, by which everything is written.
pub(super) const SKU: &str = "SKU";
/// The SKU of the parent.
pub(super) const PARENT: &str = "ParentSKU";

/// What a scalar holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// The SKU of another item.
    Code,
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// HTML.
    Html,
    /// The price that customers pay: zero is a price, but of a parent, which has none.
    Price,
    /// Money of which zero stands for none.
    Money,
    /// A measure of which zero stands for none.
    Measure,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// A day of a promotion: a moment in an uncertain zone when it is written, with twins when it is
    /// read.
    Promotion,
    /// A day that no zone moves.
    Day,
}

/// A field of an item that is a scalar.
#[derive(Debug)]
pub(super) struct Scalar {
    /// Its name when it is read.
    pub(super) key: String,
    /// Its name when it is written.
    pub(super) written: String,
    /// Its name for people.
    pub(super) label: String,
    /// What it holds.
    pub(super) holds: Holds,
    /// The longest text, in characters; 0 where no limit is documented.
    pub(super) max_chars: u32,
}

/// Every scalar, with its key, label, type and length.
#[rustfmt::skip]
const SCALARS: &[(&str, &str, Holds, u32)] = &[
    (PARENT, "Parent SKU", Code, 25),
    ("Name", "Name", Text, 150),
    ("Subtitle", "Subtitle", Text, 50),
    ("Brand", "Brand", Text, 50),
    ("Model", "Model", Text, 150),
    ("ModelNumber", "Model number", Text, 20),
    ("Type", "Product type", Text, 100),
    ("SubType", "Product subtype", Text, 50),
    ("UPC", "UPC/EAN", Text, 100),
    ("UPC1", "UPC 1", Text, 100),
    ("UPC2", "UPC 2", Text, 100),
    ("UPC3", "UPC 3", Text, 100),
    ("AccountingCode", "Accounting code", Text, 50),
    ("HSTariffNumber", "HS tariff number", Text, 15),
    ("PrimarySupplier", "Primary supplier", Text, 25),
    ("SupplierItemCode", "Supplier item code", Text, 100),
    ("UnitOfMeasure", "Unit of measure", Text, 10),
    ("TaxCategory", "Tax category", Text, 255),
    ("ShippingCategory", "Shipping category", Text, 50),
    ("PickZone", "Pick zone", Text, 25),
    ("SearchKeywords", "Search keywords", Text, 255),
    ("ArtistOrAuthor", "Artist or author", Text, 0),
    ("Format", "Format", Text, 0),
    ("BrochureURL", "Brochure URL", Text, 2083),
    ("ProductURL", "Product URL", Text, 2083),
    ("ItemURL", "Item URL", Text, 255),
    ("ShortDescription", "Short description", Lines, 255),
    ("InternalNotes", "Internal notes", Lines, 0),
    ("Description", "Description", Html, 0),
    ("Features", "Features", Html, 0),
    ("Specifications", "Specifications", Html, 0),
    ("Warranty", "Warranty", Html, 0),
    ("TermsAndConditions", "Terms and conditions", Html, 0),
    ("AvailabilityDescription", "Availability description", Html, 0),
    ("SEOPageTitle", "SEO page title", Text, 100),
    ("SEOPageHeading", "SEO page heading", Text, 100),
    ("SEOMetaKeywords", "SEO meta keywords", Text, 255),
    ("SEOMetaDescription", "SEO meta description", Lines, 320),
    ("SEOCanonicalURL", "SEO canonical URL", Text, 2083),
    ("DefaultPrice", "Price", Price, 0),
    ("RRP", "RRP", Money, 0),
    ("CostPrice", "Cost price", Money, 0),
    ("DefaultPurchasePrice", "Purchase price", Money, 0),
    ("PromotionPrice", "Promotion price", Money, 0),
    ("PromotionStartDate", "Promotion starts", Promotion, 0),
    ("PromotionExpiryDate", "Promotion ends", Promotion, 0),
    ("DateArrival", "Arrival date", Day, 0),
    ("ItemLength", "Item length (m)", Measure, 0),
    ("ItemWidth", "Item width (m)", Measure, 0),
    ("ItemHeight", "Item height (m)", Measure, 0),
    ("ShippingLength", "Shipping length (m)", Measure, 0),
    ("ShippingWidth", "Shipping width (m)", Measure, 0),
    ("ShippingHeight", "Shipping height (m)", Measure, 0),
    ("ShippingWeight", "Shipping weight (kg)", Measure, 0),
    ("CubicWeight", "Cubic (m³)", Measure, 0),
    ("SortOrder1", "Sort order 1", Whole, 0),
    ("SortOrder2", "Sort order 2", Whole, 0),
    ("HandlingTime", "Handling time (days)", Whole, 0),
    ("PreOrderQuantity", "Pre-order quantity", Whole, 0),
    ("IsActive", "Active", Flag, 0),
    ("Approved", "Approved", Flag, 0),
    ("TaxFreeItem", "Tax free", Flag, 0),
    ("TaxInclusive", "Prices include tax", Flag, 0),
    ("Virtual", "Virtual", Flag, 0),
    ("IsInventoried", "Stock is counted", Flag, 0),
];

/// The fields with a meaning that the merchant gives them: so many.
const MISC: u32 = 52;

static ALL: LazyLock<Vec<Scalar>> = LazyLock::new(|| {
    let named = SCALARS.iter().map(|(key, label, holds, max_chars)| Scalar {
        key: (*key).to_owned(),
        // The one that has another case when it is written.
        written: key.replace("SubType", "Subtype"),
        label: (*label).to_owned(),
        holds: *holds,
        max_chars: *max_chars,
    });
    let misc = (1..=MISC).map(|number| Scalar {
        key: format!("Misc{number:02}"),
        written: format!("Misc{number:02}"),
        label: format!("Misc {number:02}"),
        holds: Lines,
        max_chars: match number {
            14 | 15 | 17 | 18 | 48..=52 => 50,
            _ => 0,
        },
    });
    named.chain(misc).collect()
});

static BY_KEY: LazyLock<HashMap<&'static str, &'static Scalar>> = LazyLock::new(|| {
    let keyed = ALL.iter().map(|scalar| (scalar.key.as_str(), scalar));
    keyed.collect()
});

/// What a field of an item is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    /// A scalar.
    Scalar(&'static Scalar),
    /// The category.
    Category,
    /// The price of a group, by its name.
    Price(&'a str),
    /// The main picture.
    MainImage,
    /// The other pictures.
    OtherImages,
    /// The name of the how many-th option, counted from 0.
    OptionName(usize),
    /// Its value.
    OptionValue(usize),
}

impl<'a> Part<'a> {
    /// What `field` is; nothing when no item has it.
    pub(super) fn of(field: &'a ShopField) -> Option<Self> {
        let key = field.key();
        if let Some(group) = key.strip_prefix(PRICE_GROUP) {
            return Some(Self::Price(group)).filter(|_| !group.is_empty());
        }
        match key {
            CATEGORY => Some(Self::Category),
            MAIN_IMAGE => Some(Self::MainImage),
            OTHER_IMAGES => Some(Self::OtherImages),
            _ => option(key).or_else(|| {
                let found = BY_KEY.get(key);
                found.map(|scalar| Self::Scalar(scalar))
            }),
        }
    }

    /// Its name for people.
    pub(super) fn label(self) -> String {
        match self {
            Self::Scalar(scalar) => scalar.label.clone(),
            Self::Category => "Category".to_owned(),
            Self::Price(group) => format!("Price of {group}"),
            Self::MainImage => "Main image".to_owned(),
            Self::OtherImages => "Alternate images".to_owned(),
            Self::OptionName(number) => format!("Option {} name", number + 1),
            Self::OptionValue(number) => format!("Option {} value", number + 1),
        }
    }

    /// Whether it is a picture, or some.
    pub(super) fn is_picture(self) -> bool {
        matches!(self, Self::MainImage | Self::OtherImages)
    }

    /// Whether it is a day of a promotion.
    pub(super) fn is_promotion(self) -> bool {
        matches!(self, Self::Scalar(scalar) if scalar.holds == Promotion)
    }

    /// What has to be selected to read it.
    pub(super) fn selectors(self) -> Vec<String> {
        match self {
            Self::Scalar(scalar) if scalar.holds == Promotion => {
                let key = &scalar.key;
                vec![format!("{key}Local"), format!("{key}UTC")]
            }
            Self::Scalar(scalar) => vec![scalar.key.clone()],
            Self::Category => vec![CATEGORY.to_owned()],
            Self::Price(_) => vec!["PriceGroups".to_owned()],
            Self::MainImage | Self::OtherImages => vec!["Images".to_owned()],
            Self::OptionName(_) | Self::OptionValue(_) => vec!["ItemSpecifics".to_owned()],
        }
    }
}

fn option(key: &str) -> Option<Part<'static>> {
    let (number, part) = key.strip_prefix("option")?.split_once('.')?;
    let number = number.parse::<usize>().ok()?.checked_sub(1)?;
    match part {
        "name" if number < OPTIONS => Some(Part::OptionName(number)),
        "value" if number < OPTIONS => Some(Part::OptionValue(number)),
        _ => None,
    }
}

/// Every scalar.
pub(super) fn scalars() -> &'static [Scalar] {
    &ALL
}

/// The field of the price of a group.
pub(super) fn price_field(group: &str) -> ShopField {
    ShopField(format!("{PRICE_GROUP}{group}"))
}

/// The fields of an option, counted from 0: its name and its value.
pub(super) fn option_fields(number: usize) -> [ShopField; 2] {
    ["name", "value"].map(|part| ShopField(format!("option{}.{part}", number + 1)))
}

/// What the platform says of the fields of its items, with the prices of these groups.
pub(super) fn defs<'a>(groups: impl Iterator<Item = &'a str>) -> Vec<ShopFieldDef> {
    let sku = ShopFieldDef {
        writable: false,
        max_chars: 25,
        ..def(SKU, "SKU", FieldKind::Code)
    };
    let scalars = ALL.iter().map(|scalar| ShopFieldDef {
        max_chars: scalar.max_chars,
        level: match scalar.holds {
            Code => FieldLevel::Variant,
            _ => FieldLevel::Both,
        },
        ..def(&scalar.key, &scalar.label, scalar.holds.kind())
    });
    let parts = [
        def(CATEGORY, "Category", FieldKind::Text),
        def(MAIN_IMAGE, "Main image", FieldKind::Image),
        def(OTHER_IMAGES, "Alternate images", FieldKind::Images),
    ];
    let options = (0..OPTIONS).flat_map(|number| {
        let labels = ["name", "value"].map(|part| format!("Option {} {part}", number + 1));
        let fields = option_fields(number).into_iter().zip(labels);
        fields
            .zip(OPTION_CHARS)
            .map(|((field, label), max_chars)| ShopFieldDef {
                max_chars,
                level: FieldLevel::Variant,
                ..def(field.key(), &label, FieldKind::Text)
            })
    });
    let prices = groups.map(|group| {
        let label = format!("Price of {group}");
        def(price_field(group).key(), &label, FieldKind::Money)
    });
    let all = std::iter::once(sku).chain(scalars).chain(parts);
    all.chain(options).chain(prices).collect()
}

fn def(key: &str, label: &str, kind: FieldKind) -> ShopFieldDef {
    ShopFieldDef {
        field: ShopField::new(key),
        label: label.to_owned(),
        kind,
        level: FieldLevel::Both,
        writable: true,
        max_chars: 0,
        places: match kind {
            FieldKind::Money | FieldKind::Decimal => 4,
            _ => 0,
        },
    }
}

impl Holds {
    /// The kind of field that holds the same.
    fn kind(self) -> FieldKind {
        match self {
            Code => FieldKind::Code,
            Text => FieldKind::Text,
            Lines => FieldKind::LongText,
            Html => FieldKind::Html,
            Price | Money => FieldKind::Money,
            Measure => FieldKind::Decimal,
            Whole => FieldKind::Integer,
            Flag => FieldKind::Flag,
            Promotion | Day => FieldKind::Date,
        }
    }
}

/// Which of our fields usually goes to which of the shop's: what a first mapping begins with.
pub fn usual_fields() -> Vec<(Field, ShopField)> {
    let mut fields: Vec<(Field, ShopField)> = [
        (product::NAME, "Name"),
        (product::SUBTITLE, "Subtitle"),
        (product::BRAND, "Brand"),
        (product::CATEGORY, CATEGORY),
        (product::DESCRIPTION, "Description"),
        (product::MAIN_IMAGE, MAIN_IMAGE),
        (product::ALT_IMAGES, OTHER_IMAGES),
        (product::BARCODE, "UPC"),
        (product::ACTIVE, "IsActive"),
        (product::TAX_FREE, "TaxFreeItem"),
        (product::RRP, "RRP"),
        (product::COST, "CostPrice"),
        (product::STORE_PRICE, "DefaultPrice"),
        (product::PROMO_PRICE, "PromotionPrice"),
        (product::PROMO_START, "PromotionStartDate"),
        (product::PROMO_END, "PromotionExpiryDate"),
        (product::WEIGHT, "ShippingWeight"),
        (product::LENGTH, "ItemLength"),
        (product::WIDTH, "ItemWidth"),
        (product::HEIGHT, "ItemHeight"),
        (product::CUBIC, "CubicWeight"),
        (product::SEO_TITLE, "SEOPageTitle"),
        (product::SEO_DESCRIPTION, "SEOMetaDescription"),
    ]
    .map(|(field, key)| (field, ShopField::new(key)))
    .into();
    for (number, (name, value)) in product::OPTIONS.into_iter().enumerate() {
        fields.extend([name, value].into_iter().zip(option_fields(number)));
    }
    fields
}
