//! Targets: what a column can feed, and how its cells are read.

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::units::Unit;
use domain::record::{BARCODE_KEY, Field, FieldKind, Kind, MatchBy, Schema};

/// What a column feeds. Its key is a field's key, or `handle`, `grams`, `taxable`, `weight_unit`,
/// `dimension_unit`, `currency`, `images`, `image_position`, `image_shows`, `variant_image`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Shopify's handle, which ties the rows of one product together.
    Handle,
    /// The weight in grams; fills [`product::WEIGHT`].
    Grams,
    /// The opposite of [`product::TAX_FREE`].
    Taxable,
    /// The unit of the row's weight.
    WeightUnit,
    /// The unit of the row's length, width and height.
    DimensionUnit,
    /// The currency of the row's amounts.
    Currency,
    /// All images of the product, the main one first; fills both of its fields of images.
    Images,
    /// The place of the row's image among those of its product.
    ImagePosition,
    /// What the row's image shows.
    ImageShows,
    /// Shopify's: the image of the row's variant.
    VariantImage,
    /// In a file that one record sent: the barcode of what the row is about.
    #[serde(rename = "matched_barcode")]
    Barcode,
    /// A field, as it is.
    #[serde(untagged)]
    Field(Field),
}

impl Target {
    /// Every target of records of a kind, in the order in which people read them.
    pub fn all(schema: &Schema, kind: Kind) -> impl Iterator<Item = Target> {
        const OF_PRODUCTS: [Target; 10] = [
            Target::Handle,
            Target::Grams,
            Target::Taxable,
            Target::WeightUnit,
            Target::DimensionUnit,
            Target::Currency,
            Target::Images,
            Target::ImagePosition,
            Target::ImageShows,
            Target::VariantImage,
        ];
        let others = OF_PRODUCTS.into_iter().filter(move |_| kind == PRODUCT);
        // A code that is made of others is no choice of a file.
        let is_made = kind.def().code_of.is_some();
        let fields = schema
            .fields(kind)
            .filter(move |field| !is_made || *field != kind.code());
        fields.map(Target::Field).chain(others)
    }

    /// Every target of a file of records of a kind that one record sent: a supplier's price file. Who sent
    /// it is no choice of the file.
    pub fn all_matched(schema: &Schema, kind: Kind) -> impl Iterator<Item = Target> {
        let sender = kind.matching().map(|matching| matching.sender(kind));
        let fields = Self::all(schema, kind).filter(move |target| target.field() != sender);
        fields.chain([Target::Barcode, Target::Currency])
    }

    /// Its name in JSON and on the command line.
    pub fn key(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Field(field) => match field.def() {
                Some(def) => def.key,
                None => return Cow::Owned(field.to_string()),
            },
            Self::Handle => "handle",
            Self::Grams => "grams",
            Self::Taxable => "taxable",
            Self::WeightUnit => "weight_unit",
            Self::DimensionUnit => "dimension_unit",
            Self::Currency => "currency",
            Self::Images => "images",
            Self::ImagePosition => "image_position",
            Self::ImageShows => "image_shows",
            Self::VariantImage => "variant_image",
            Self::Barcode => BARCODE_KEY,
        })
    }

    /// Its name for people.
    pub fn label(self, schema: &Schema) -> &str {
        match self {
            Self::Field(field) => schema.label(field),
            Self::Handle => "Handle (Shopify)",
            Self::Grams => "Weight in grams",
            Self::Taxable => "Taxable",
            Self::WeightUnit => "Unit of the weight",
            Self::DimensionUnit => "Unit of length, width and height",
            Self::Currency => "Currency of the prices",
            Self::Images => "Images, the main one first",
            Self::ImagePosition => "Place of the image (Shopify)",
            Self::ImageShows => "What the image shows",
            Self::VariantImage => "Image of the variant (Shopify)",
            Self::Barcode => "Barcode",
        }
    }

    /// The target of records of a kind with this key, or with the code of a field of the workspace's
    /// own.
    pub fn from_key(schema: &Schema, kind: Kind, key: &str) -> Option<Self> {
        let of_matched = kind.matching().map(|_| Self::all_matched(schema, kind));
        let mut all = Self::all(schema, kind).chain(of_matched.into_iter().flatten());
        let keyed = all.find(|target| target.key() == key);
        keyed.or_else(|| schema.find(kind, key).map(Self::Field))
    }

    /// The field that it fills in the end.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Handle
            | Self::WeightUnit
            | Self::DimensionUnit
            | Self::Currency
            | Self::ImagePosition
            | Self::ImageShows
            | Self::VariantImage
            | Self::Barcode => None,
            Self::Images => Some(product::ALT_IMAGES),
            Self::Grams => Some(product::WEIGHT),
            Self::Taxable => Some(product::TAX_FREE),
        }
    }

    /// Whether it is money.
    pub fn is_money(self, schema: &Schema) -> bool {
        let kind = self.field().map(|field| schema.kind(field));
        kind == Some(FieldKind::Money)
    }

    /// What a row of a matched file says what it is about by.
    pub fn of_way(kind: Kind, way: MatchBy) -> Option<Self> {
        let field = way.field(kind.matching()?, kind);
        Some(field.map_or(Self::Barcode, Self::Field))
    }

    /// Whether both would fill the same thing.
    pub(super) fn clashes_with(self, other: Self) -> bool {
        let is_all = |one, two| one == Self::Images && two == Self::Field(product::MAIN_IMAGE);
        let same_field = self.field().is_some() && self.field() == other.field();
        self == other || same_field || is_all(self, other) || is_all(other, self)
    }
}

/// How programs write yes and no in columns of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum FlagWords {
    /// In words, or as 1 and 0.
    #[default]
    Plain,
    /// WooCommerce's `Published`: 1, 0 and -1 for a draft.
    Published,
    /// Magento's `product_online`: 1 and 2.
    OneOrTwo,
    /// `taxable`, `shipping` and `none`.
    TaxStatus,
}

/// The unit that another column of the row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum RowUnit {
    /// None.
    #[default]
    None,
    /// This one.
    Known(Unit),
    /// One that measures something else, or that is not known.
    Unknown,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    pub target: Target,
    /// The unit of the column, for numbers beside which none stands.
    pub unit: Option<Unit>,
    pub row_unit: RowUnit,
    pub flags: FlagWords,
    /// Whether a cell may hold several values, separated by commas.
    pub several: bool,
    /// Whether line breaks are written as `\n`, as WooCommerce does.
    pub escaped: bool,
}

impl From<Target> for Sense {
    fn from(target: Target) -> Self {
        Self {
            target,
            unit: None,
            row_unit: RowUnit::None,
            flags: match target {
                Target::Taxable => FlagWords::TaxStatus,
                _ => FlagWords::Plain,
            },
            several: false,
            escaped: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::product::PRODUCT;
    use domain::record::Schema;

    use super::Target;

    #[test]
    fn a_target_is_its_key_in_json() {
        let schema = Schema::default();
        for target in Target::all(&schema, PRODUCT) {
            let json = serde_json::to_value(target).unwrap();
            assert_eq!(json, serde_json::Value::from(target.key().into_owned()));
            assert_eq!(serde_json::from_value::<Target>(json).unwrap(), target);
            assert_eq!(
                Target::from_key(&schema, PRODUCT, &target.key()),
                Some(target)
            );
        }
    }
}
