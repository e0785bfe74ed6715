//! The fields of a product, declared once: forms, columns, CSV, journal and merge read this list.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of value a field holds, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A SKU of this or another product.
    Sku,
    /// One line of text.
    Text,
    /// Text of several lines.
    LongText,
    /// HTML, sanitised whenever it is shown.
    Html,
    /// Money: an integer of 1/10000 of the currency unit.
    Money,
    /// A measure: an integer of 1/10000 of its unit.
    Decimal,
    /// A whole number.
    Integer,
    /// A calendar date, `2026-12-31`.
    Date,
    /// Yes or no.
    Flag,
    /// A list of words, sorted, each once.
    Tags,
}

macro_rules! fields {
    ($($variant:ident $key:literal $kind:ident $max:literal $label:literal $help:literal;)*) => {
        /// A field of a product. The key is its name in SQL, JSON, CSV and on the command line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Field {
            $(#[doc = $label] #[serde(rename = $key)] $variant,)*
        }

        impl Field {
            /// Every field, in the order in which people read them.
            pub const ALL: &'static [Field] = &[$(Field::$variant),*];

            /// The key: a column of the products table, a JSON key, a CSV header.
            pub const fn key(self) -> &'static str {
                match self { $(Field::$variant => $key),* }
            }

            /// The name a person reads.
            pub const fn label(self) -> &'static str {
                match self { $(Field::$variant => $label),* }
            }

            /// What kind of value it holds.
            pub const fn kind(self) -> FieldKind {
                match self { $(Field::$variant => FieldKind::$kind),* }
            }

            /// What stands under the field in a form; empty when the label says it all.
            pub const fn help(self) -> &'static str {
                match self { $(Field::$variant => $help),* }
            }

            /// The longest text, in characters; 0 where the kind has no length.
            pub const fn max_chars(self) -> usize {
                match self { $(Field::$variant => $max),* }
            }
        }
    };
}

fields! {
    Sku "sku" Sku 100 "SKU" "What identifies the product everywhere. Compared exactly as written.";
    ParentSku "parent_sku" Sku 100 "Parent SKU" "For a variant: the product it is a variant of.";
    Name "name" Text 255 "Name" "";
    Subtitle "subtitle" Text 255 "Subtitle" "";
    Brand "brand" Text 100 "Brand" "";
    Category "category" Text 255 "Category" "A path, from wide to narrow: Apparel > Shirts.";
    Tags "tags" Tags 1000 "Tags" "Separated by commas.";
    Description "description" Html 65000 "Description" "HTML; shown without scripts.";
    Barcode "barcode" Text 100 "Barcode" "EAN, UPC or ISBN.";
    Active "active" Flag 0 "Active" "An inactive product is not for sale.";
    TaxFree "tax_free" Flag 0 "Tax free" "";
    Stock "stock" Integer 0 "Stock on hand" "A product with variants shows the sum of its variants.";
    Rrp "rrp" Money 0 "RRP" "Recommended retail price.";
    Cost "cost" Money 0 "Cost" "What one costs to buy.";
    StorePrice "store_price" Money 0 "Store price" "What a customer pays.";
    PromoPrice "promo_price" Money 0 "Promotion price" "";
    PromoStart "promo_start" Date 0 "Promotion starts" "First day of the promotion.";
    PromoEnd "promo_end" Date 0 "Promotion ends" "Last day of the promotion.";
    Weight "weight" Decimal 0 "Weight" "Kilograms.";
    Length "length" Decimal 0 "Length" "As the channels have it; metres by convention.";
    Width "width" Decimal 0 "Width" "As the channels have it; metres by convention.";
    Height "height" Decimal 0 "Height" "As the channels have it; metres by convention.";
    Cubic "cubic" Decimal 0 "Cubic" "Volume for shipping; cubic metres by convention.";
    Option1Name "option1_name" Text 100 "Option 1 name" "For a variant, such as Colour.";
    Option1Value "option1_value" Text 255 "Option 1 value" "For a variant, such as Black.";
    Option2Name "option2_name" Text 100 "Option 2 name" "";
    Option2Value "option2_value" Text 255 "Option 2 value" "";
    Option3Name "option3_name" Text 100 "Option 3 name" "";
    Option3Value "option3_value" Text 255 "Option 3 value" "";
    SeoTitle "seo_title" Text 255 "SEO title" "";
    SeoDescription "seo_description" LongText 1000 "SEO description" "";
}

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = Field::ALL.len();

    /// The option pairs: name and value.
    pub const OPTIONS: [(Field, Field); 3] = [
        (Field::Option1Name, Field::Option1Value),
        (Field::Option2Name, Field::Option2Value),
        (Field::Option3Name, Field::Option3Value),
    ];

    /// The field with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Field::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Where the field stands in [`Field::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Whether the field is shown only to people who may see costs.
    pub const fn is_cost(self) -> bool {
        matches!(self, Field::Cost)
    }

    /// All there is to know about the field, for a host that draws it.
    pub fn info(self) -> FieldInfo {
        FieldInfo {
            key: self,
            label: self.label(),
            kind: self.kind(),
            help: self.help(),
            max_chars: self.max_chars(),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A field as a host needs it to draw a form, a column or a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    /// Its key.
    pub key: Field,
    /// Its name for people.
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Help under the field; may be empty.
    pub help: &'static str,
    /// The longest text in characters; 0 where the kind has no length.
    pub max_chars: usize,
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn a_field_is_found_by_its_key_and_stands_at_its_index() {
        for (index, field) in Field::ALL.iter().enumerate() {
            assert_eq!(Field::from_key(field.key()), Some(*field));
            assert_eq!(field.index(), index);
        }
    }
}
