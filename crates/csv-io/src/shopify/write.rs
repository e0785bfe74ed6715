//! Writing products as Shopify's product file: what comes out can be given to Shopify, and read in again by
//! [`Families`](super::Families).

use std::io::Write;
use std::sync::Arc;

use domain::catalog::product::{self, OPTIONS, PARENT_SKU, SKU};
use domain::catalog::variants::is_same;
use domain::error::Result;
use domain::record::{Field, Fields, Image, Schema, Value};

use crate::guard::guarded;
use crate::write::{cell, failed};

/// What a column holds.
#[derive(Debug, Clone, Copy)]
enum Cell {
    /// The handle, on every row.
    Handle,
    /// A field of the product, on its first row.
    Product(Field),
    /// Whether the product is for sale, on its first row: these words say yes and no.
    Active(&'static str, &'static str),
    /// What an option is called, on the first row.
    OptionName(usize),
    /// The value of an option.
    OptionValue(usize),
    /// A field of the variant.
    Variant(Field),
    /// The variant's weight in grams.
    Grams,
    /// Whether the variant is taxed.
    Taxable,
    /// The same for every variant.
    Each(&'static str),
    /// The address of an image of the product.
    Image,
    /// Its place; 1 is the first.
    Place,
    /// What it shows.
    Shows,
    /// The address of the variant's own image.
    OwnImage,
}

/// Shopify's columns, in its order.
const COLUMNS: [(&str, Cell); 34] = [
    ("Handle", Cell::Handle),
    ("Title", Cell::Product(product::NAME)),
    ("Body (HTML)", Cell::Product(product::DESCRIPTION)),
    ("Vendor", Cell::Product(product::BRAND)),
    ("Type", Cell::Product(product::CATEGORY)),
    ("Tags", Cell::Product(product::TAGS)),
    ("Published", Cell::Active("TRUE", "FALSE")),
    ("Option1 Name", Cell::OptionName(0)),
    ("Option1 Value", Cell::OptionValue(0)),
    ("Option2 Name", Cell::OptionName(1)),
    ("Option2 Value", Cell::OptionValue(1)),
    ("Option3 Name", Cell::OptionName(2)),
    ("Option3 Value", Cell::OptionValue(2)),
    ("Variant SKU", Cell::Variant(SKU)),
    ("Variant Grams", Cell::Grams),
    ("Variant Inventory Tracker", Cell::Each("shopify")),
    ("Variant Inventory Qty", Cell::Variant(product::STOCK)),
    ("Variant Inventory Policy", Cell::Each("deny")),
    ("Variant Fulfillment Service", Cell::Each("manual")),
    ("Variant Price", Cell::Variant(product::STORE_PRICE)),
    ("Variant Compare At Price", Cell::Variant(product::RRP)),
    ("Variant Requires Shipping", Cell::Each("TRUE")),
    ("Variant Taxable", Cell::Taxable),
    ("Variant Barcode", Cell::Variant(product::BARCODE)),
    ("Image Src", Cell::Image),
    ("Image Position", Cell::Place),
    ("Image Alt Text", Cell::Shows),
    ("Gift Card", Cell::Each("FALSE")),
    ("SEO Title", Cell::Product(product::SEO_TITLE)),
    ("SEO Description", Cell::Product(product::SEO_DESCRIPTION)),
    ("Variant Image", Cell::OwnImage),
    ("Variant Weight Unit", Cell::Each("g")),
    ("Cost per item", Cell::Variant(product::COST)),
    ("Status", Cell::Active("active", "draft")),
];

impl Cell {
    /// The field that it comes from, when it is one of a few that not everybody may see.
    fn field(self) -> Option<Field> {
        match self {
            Self::Product(field) | Self::Variant(field) => Some(field),
            Self::Active(..) => Some(product::ACTIVE),
            Self::OptionName(at) => Some(OPTIONS[at].0),
            Self::OptionValue(at) => Some(OPTIONS[at].1),
            Self::Grams => Some(product::WEIGHT),
            Self::Taxable => Some(product::TAX_FREE),
            Self::Image | Self::Place | Self::Shows | Self::OwnImage => Some(product::MAIN_IMAGE),
            Self::Handle | Self::Each(_) => None,
        }
    }
}

/// The stand-in for the option of a product that has none.
const NO_OPTION: (&str, &str) = ("Title", "Default Title");

/// Writes products in Shopify's layout: the rows of one handle are one product with its variants and images.
/// Products come in families, each parent followed by its variants.
#[derive(Debug)]
pub struct ShopifyWriter<W: Write> {
    rows: csv::Writer<W>,
    schema: Arc<Schema>,
    columns: Vec<Cell>,
    family: Option<Family>,
}

/// A product whose rows are not written yet. Of its variants only what stands on their rows is kept.
#[derive(Debug)]
struct Family {
    handle: String,
    product: Fields,
    /// Whether the parent itself was not among the products, and a variant stands for it.
    is_headless: bool,
    variants: Vec<Variant>,
}

#[derive(Debug)]
struct Variant {
    pairs: Vec<(String, String)>,
    fields: Fields,
}

impl<W: Write> ShopifyWriter<W> {
    /// Starts a file. Columns that are made of other fields than `seen` are left out.
    pub fn new(mut output: W, schema: &Arc<Schema>, seen: &[Field]) -> Result<Self> {
        // By the byte order mark, spreadsheet programs see that it is UTF-8.
        output.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        let mut rows = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(output);
        let is_seen = |cell: &Cell| cell.field().is_none_or(|field| seen.contains(&field));
        let columns: Vec<_> = COLUMNS.iter().filter(|(_, cell)| is_seen(cell)).collect();
        rows.write_record(columns.iter().map(|(name, _)| name))
            .map_err(failed)?;
        Ok(Self {
            rows,
            schema: Arc::clone(schema),
            columns: columns.into_iter().map(|(_, cell)| *cell).collect(),
            family: None,
        })
    }

    /// Takes the next product. Its rows are written once all of its family is known.
    pub fn write(&mut self, fields: &Fields) -> Result<()> {
        let parent = fields.text(PARENT_SKU);
        if parent.is_empty() {
            self.close()?;
            self.family = Some(Family::of(fields.text(SKU), fields.clone(), false));
            return Ok(());
        }
        let is_next = |family: &Family| family.handle == parent;
        if !self.family.as_ref().is_some_and(is_next) {
            self.close()?;
            self.family = Some(Family::of(parent, fields.clone(), true));
        }
        if let Some(family) = &mut self.family {
            family.variants.push(Variant::of(fields));
        }
        Ok(())
    }

    /// Writes what is left, and gives the output back.
    pub fn finish(mut self) -> Result<W> {
        self.close()?;
        self.rows
            .into_inner()
            .map_err(|error| failed(error.error().kind()))
    }

    fn close(&mut self) -> Result<()> {
        let Some(mut family) = self.family.take() else {
            return Ok(());
        };
        // Shopify has no product with one variant and no option beside the product without variants.
        let is_lone = family.variants.len() == 1 && family.variants[0].pairs.is_empty();
        let alone = if is_lone { family.variants.pop() } else { None };
        if !(is_lone && family.is_headless) {
            self.write_family(family)?;
        }
        match alone {
            Some(Variant { fields, .. }) => {
                let handle = fields.text(SKU).to_owned();
                self.write_family(Family::of(&handle, fields, false))
            }
            None => Ok(()),
        }
    }

    fn write_family(&mut self, mut family: Family) -> Result<()> {
        if family.variants.is_empty() {
            let (name, value) = NO_OPTION;
            family.variants.push(Variant {
                pairs: vec![(name.to_owned(), value.to_owned())],
                fields: family.product.clone(),
            });
            family.variants[0]
                .fields
                .set(product::MAIN_IMAGE, Value::Empty);
        }
        let options = family.options();
        let images = family.images();
        for at in 0..family.variants.len().max(images.len()) {
            let row = FamilyRow {
                at,
                family: &family,
                options: &options,
                image: images.get(at).map(|image| Image::of(image)),
            };
            for cell in &self.columns {
                let text = row.text(&self.schema, *cell);
                self.rows.write_field(text).map_err(failed)?;
            }
            self.rows.write_record(None::<&[u8]>).map_err(failed)?;
        }
        Ok(())
    }
}

impl Family {
    fn of(handle: &str, product: Fields, is_headless: bool) -> Self {
        Self {
            handle: handle.to_owned(),
            product,
            is_headless,
            variants: Vec::new(),
        }
    }

    /// What the options of the family are called, in the order in which they are met.
    fn options(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.variants.iter().flat_map(|variant| &variant.pairs) {
            if !names.iter().any(|known| is_same(known, name)) {
                names.push(name.clone());
            }
        }
        names
    }

    fn images(&self) -> Vec<String> {
        if self.is_headless {
            return Vec::new();
        }
        let main = self.product.text(product::MAIN_IMAGE);
        let main = (!main.is_empty()).then(|| main.to_owned());
        let others = self.product.get(product::ALT_IMAGES).as_list();
        main.into_iter().chain(others.iter().cloned()).collect()
    }
}

impl Variant {
    fn of(fields: &Fields) -> Self {
        let pairs = OPTIONS.map(|(name, value)| (fields.text(name), fields.text(value)));
        let is_told = |(_, value): &(&str, &str)| !value.is_empty() && *value != NO_OPTION.1;
        let mut fields = fields.clone();
        let pairs = pairs
            .into_iter()
            .filter(is_told)
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        // A long text that no row of a variant has need not wait with it.
        fields.set(product::DESCRIPTION, Value::Empty);
        Self { pairs, fields }
    }
}

/// A row of a family.
struct FamilyRow<'a> {
    at: usize,
    family: &'a Family,
    options: &'a [String],
    image: Option<Image<'a>>,
}

impl FamilyRow<'_> {
    fn text(&self, schema: &Schema, column: Cell) -> String {
        let product = (self.at == 0).then_some(&self.family.product);
        let variant = self.family.variants.get(self.at);
        let of = |fields: Option<&Fields>, field: Field| match fields {
            Some(fields) => cell(schema.view(field), fields.get(field)).into_owned(),
            None => String::new(),
        };
        let flag = |fields: Option<&Fields>, field: Field| {
            fields.map(|fields| *fields.get(field) == Value::Flag(true))
        };
        let told = |text: &str| guarded(text).into_owned();
        match column {
            Cell::Handle => told(&self.family.handle),
            Cell::Product(field) => of(product, field),
            Cell::Active(yes, no) => match flag(product, product::ACTIVE) {
                Some(true) => yes.to_owned(),
                Some(false) => no.to_owned(),
                None => String::new(),
            },
            Cell::OptionName(at) => told(self.option_name(at)),
            Cell::OptionValue(at) => told(self.option_value(at)),
            Cell::Variant(field) => of(variant.map(|variant| &variant.fields), field),
            Cell::Grams => variant.map_or_else(String::new, |variant| {
                grams(variant.fields.get(product::WEIGHT))
            }),
            Cell::Taxable => match flag(variant.map(|v| &v.fields), product::TAX_FREE) {
                Some(true) => "FALSE".to_owned(),
                Some(false) => "TRUE".to_owned(),
                None => String::new(),
            },
            Cell::Each(text) => variant.map_or_else(String::new, |_| text.to_owned()),
            Cell::Image => self.image.map_or_else(String::new, |i| told(i.address)),
            Cell::Place => self
                .image
                .map_or_else(String::new, |_| (self.at + 1).to_string()),
            Cell::Shows => self.image.map_or_else(String::new, |i| told(i.shows)),
            Cell::OwnImage => variant.map_or_else(String::new, |variant| {
                told(Image::of(variant.fields.text(product::MAIN_IMAGE)).address)
            }),
        }
    }

    /// Whether the variants have more options together than Shopify's product has. Then each row names its own.
    fn has_too_many(&self) -> bool {
        self.options.len() > OPTIONS.len()
    }

    fn option_name(&self, at: usize) -> &str {
        if self.has_too_many() {
            let variant = self.family.variants.get(self.at);
            let pair = variant.and_then(|variant| variant.pairs.get(at));
            return pair.map_or("", |(name, _)| name);
        }
        let name = self.options.get(at).filter(|_| self.at == 0);
        name.map_or("", String::as_str)
    }

    fn option_value(&self, at: usize) -> &str {
        let Some(variant) = self.family.variants.get(self.at) else {
            return "";
        };
        let mut pairs = variant.pairs.iter();
        let pair = match (self.has_too_many(), self.options.get(at)) {
            (true, _) => variant.pairs.get(at),
            (false, Some(option)) => pairs.find(|(name, _)| is_same(name, option)),
            (false, None) => None,
        };
        pair.map_or("", |(_, value)| value)
    }
}

/// A weight in kilograms as grams, with all its digits.
fn grams(weight: &Value) -> String {
    let Some(weight) = weight.as_number() else {
        return String::new();
    };
    // A weight is kept in ten-thousandths of a kilogram, so a gram is ten of them.
    match weight % 10 {
        0 => (weight / 10).to_string(),
        rest => format!("{}.{rest}", weight / 10),
    }
}
