//! Products and variants: their fields, declared once, and what the fields must agree on. A variant
//! is a product with a parent.

use crate::record::{
    ChildNames, Field, Fields, Image, Kind, KindDef, KindRights, Nesting, Permission, Value, Watch,
    fields, sections,
};
use crate::values::is_invisible;

/// Products and variants.
pub const PRODUCT: Kind = Kind::of(&DEF);

fields! {
    of PRODUCT;
    SKU "sku" Code "SKU".required().help("What identifies the product everywhere. Compared exactly as written.");
    PARENT_SKU "parent_sku" Code "Parent SKU".refers("parent_id", "product").wide().help("For a variant: the product it is a variant of.");
    NAME "name" Text "Name".required();
    SUBTITLE "subtitle" Text "Subtitle";
    BRAND "brand" Text "Brand".max(100);
    CATEGORY "category" Text "Category".help("A path, from wide to narrow: Apparel > Shirts.");
    TAGS "tags" Tags "Tags".help("Separated by commas.");
    DESCRIPTION "description" Html "Description".help("HTML; shown without scripts.");
    MAIN_IMAGE "main_image" Image "Main image".help("The address of a picture, and after a space what it shows.");
    ALT_IMAGES "alt_images" Images "Alternate images".derived_by(alternates).help("One on each line, in their order.");
    BARCODE "barcode" Text "Barcode".max(100).help("EAN, UPC or ISBN.");
    ACTIVE "active" Flag "Active".yes().help("An inactive product is not for sale.");
    TAX_FREE "tax_free" Flag "Tax free";
    STOCK "stock" Integer "Stock on hand".watch(Watch::FallsToZero).help("A product with variants shows the sum of its variants.");
    RRP "rrp" Money "RRP".help("Recommended retail price.");
    COST "cost" Money "Cost".needs(Permission::SeeCosts).help("What one costs to buy.");
    STORE_PRICE "store_price" Money "Store price".watch(Watch::Jumps).help("What a customer pays.");
    PROMO_PRICE "promo_price" Money "Promotion price";
    PROMO_START "promo_start" Date "Promotion starts".begins_row().help("First day of the promotion.");
    PROMO_END "promo_end" Date "Promotion ends".help("Last day of the promotion.");
    WEIGHT "weight" Decimal "Weight".help("Kilograms.");
    LENGTH "length" Decimal "Length".help("Metres.");
    WIDTH "width" Decimal "Width".help("Metres.");
    HEIGHT "height" Decimal "Height".help("Metres.");
    CUBIC "cubic" Decimal "Cubic".help("Volume for shipping, in cubic metres.");
    VARIANT_POSITION "variant_position" Integer "Variant position".help("The place of a variant in its family, counted from 1.");
    OPTION1_NAME "option1_name" Text "Option 1 name".max(100).help("For a variant, such as Colour.");
    OPTION1_VALUE "option1_value" Text "Option 1 value".help("For a variant, such as Black.");
    OPTION2_NAME "option2_name" Text "Option 2 name".max(100);
    OPTION2_VALUE "option2_value" Text "Option 2 value";
    OPTION3_NAME "option3_name" Text "Option 3 name".max(100);
    OPTION3_VALUE "option3_value" Text "Option 3 value";
    SEO_TITLE "seo_title" Text "SEO title";
    SEO_DESCRIPTION "seo_description" LongText "SEO description";
}

sections! {
    "Basics": NAME, SKU, SUBTITLE, BARCODE, BRAND, CATEGORY, TAGS, ACTIVE, TAX_FREE, DESCRIPTION;
    "Images": MAIN_IMAGE, ALT_IMAGES;
    "Prices": STORE_PRICE, RRP, COST;
    "Promotion": PROMO_PRICE, PROMO_START, PROMO_END;
    "Stock and shipping": STOCK, WEIGHT, LENGTH, WIDTH, HEIGHT, CUBIC;
    "Options": PARENT_SKU, VARIANT_POSITION, OPTION1_NAME, OPTION1_VALUE, OPTION2_NAME, OPTION2_VALUE, OPTION3_NAME, OPTION3_VALUE;
    "SEO": SEO_TITLE, SEO_DESCRIPTION;
}

static DEF: KindDef = KindDef {
    key: "product",
    label: "product",
    plural: "products",
    area: "products",
    place: "in the catalogue",
    fields: FIELDS,
    sections: SECTIONS,
    code: At::SKU as u8,
    title: At::NAME as u8,
    barcode: Some(At::BARCODE as u8),
    currency: None,
    code_of: None,
    check,
    nesting: Some(Nesting {
        parent: At::PARENT_SKU as u8,
        child: "variant",
        children: "variants",
        sum: Some(At::STOCK as u8),
        order: Some(At::VARIANT_POSITION as u8),
        most: MOST_VARIANTS,
        names: Some(ChildNames {
            fields: &[
                At::OPTION1_NAME as u8,
                At::OPTION2_NAME as u8,
                At::OPTION3_NAME as u8,
            ],
            what: "options",
            most: MOST_OPTIONS,
        }),
    }),
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::EditProducts,
        purge: Permission::PurgeProducts,
    },
};

/// The most variants of one product, which is as many as Shopify takes.
pub const MOST_VARIANTS: i64 = 2_048;

/// The most options that the variants of one product have together, which is as many as Shopify takes.
const MOST_OPTIONS: usize = 3;

/// The option pairs: name and value.
pub const OPTIONS: [(Field, Field); MOST_OPTIONS] = [
    (OPTION1_NAME, OPTION1_VALUE),
    (OPTION2_NAME, OPTION2_VALUE),
    (OPTION3_NAME, OPTION3_VALUE),
];

/// The alternate images without the main one.
fn alternates(fields: &Fields) -> Value {
    let main = Image::of(fields.text(MAIN_IMAGE)).address;
    let images = fields.get(ALT_IMAGES).as_list().iter();
    Value::images(images.filter(|image| Image::of(image).address != main))
}

fn check(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems: Vec<(Field, String)> = check_promotion(fields).into_iter().collect();
    problems.extend(check_options(fields));
    let sku = fields.text(SKU);
    if fields.text(PARENT_SKU) == sku && !sku.is_empty() {
        let rule = "A product cannot be a variant of itself.";
        problems.push((PARENT_SKU, rule.into()));
    }
    if fields.text(BARCODE).contains(is_invisible) {
        let rule = "Barcode has visible characters only. Type it anew: it holds one that is not \
                    shown, as text copied from a web page may.";
        problems.push((BARCODE, rule.into()));
    }
    problems
}

fn check_promotion(fields: &Fields) -> Option<(Field, String)> {
    let (start, end) = (fields.text(PROMO_START), fields.text(PROMO_END));
    let backwards = !start.is_empty() && !end.is_empty() && end < start;
    backwards.then(|| {
        (
            PROMO_END,
            format!("The promotion ends on {end}, before it starts on {start}."),
        )
    })
}

fn check_options(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for (name_field, value_field) in OPTIONS {
        let (name, value) = (fields.text(name_field), fields.text(value_field));
        if !value.is_empty() && name.is_empty() {
            problems.push((
                name_field,
                format!("The option \"{value}\" needs a name, such as Colour."),
            ));
        }
        if name.is_empty() {
            continue;
        }
        if names.contains(&name) {
            problems.push((name_field, format!("The option \"{name}\" stands twice.")));
        }
        names.push(name);
    }
    problems
}

/// What makes a variant different from its siblings: its options as a set, whatever their order or
/// place, without regard to case. Nothing when it has no option value. Two variants of one parent
/// may not share a key.
pub fn options_key(fields: &Fields) -> Option<String> {
    let mut pairs: Vec<String> = OPTIONS
        .iter()
        .map(|(name, value)| (fields.text(*name), fields.text(*value)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}\u{1e}{value}").to_lowercase())
        .collect();
    pairs.sort();
    (!pairs.is_empty()).then(|| pairs.join("\u{1f}"))
}

#[cfg(test)]
mod tests {
    use super::{
        ACTIVE, DESCRIPTION, NAME, OPTION1_NAME, OPTION1_VALUE, OPTION2_NAME, OPTION2_VALUE,
        PARENT_SKU, PRODUCT, PROMO_END, PROMO_START, SKU, STOCK, STORE_PRICE, options_key,
    };
    use crate::record::{Field, Fields, Schema, Value, check_field, check_record};

    fn shirt() -> Fields {
        let mut fields = Fields::blank(PRODUCT);
        fields.set(SKU, Value::text("SHIRT-1"));
        fields.set(NAME, Value::text("Shirt"));
        fields
    }

    #[test]
    fn a_plain_product_breaks_no_rule() {
        assert_eq!(check_record(&Schema::default(), &shirt()), vec![]);
    }

    #[test]
    fn each_field_says_which_rule_is_broken() {
        let schema = Schema::default();
        for (field, value, part) in [
            (SKU, Value::Empty, "SKU is needed"),
            (SKU, Value::text("a\tb"), "one line"),
            (SKU, Value::text("a\u{200b}b"), "visible characters"),
            (NAME, Value::text("x".repeat(256)), "at most 255"),
            (NAME, Value::text("a\nb"), "one line"),
            (NAME, Value::text("a\0b"), "control character"),
            (DESCRIPTION, Value::text("a\0b"), "control character"),
            (STORE_PRICE, Value::Number(-1), "below zero"),
            (PROMO_START, Value::text("1/2/2026"), "2026-12-31"),
            (STOCK, Value::Number(2_000_000_000), "1,000,000,000"),
            (STOCK, Value::Number(i64::MIN), "1,000,000,000"),
            (ACTIVE, Value::Number(1), "another kind"),
        ] {
            let message = check_field(schema.view(field), &value).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn fields_must_agree() {
        let mut fields = shirt();
        fields.set(PROMO_START, Value::text("2026-02-01"));
        fields.set(PROMO_END, Value::text("2026-01-01"));
        fields.set(OPTION1_VALUE, Value::text("Black"));
        fields.set(PARENT_SKU, Value::text("SHIRT-1"));
        let problems = check_record(&Schema::default(), &fields);
        let at: Vec<Field> = problems.into_iter().map(|(field, _)| field).collect();
        assert_eq!(at, [PROMO_END, OPTION1_NAME, PARENT_SKU]);
    }

    #[test]
    fn variants_are_told_apart_by_their_options_whatever_their_order() {
        let with = |pairs: [(&str, &str); 2]| {
            let mut fields = shirt();
            fields.set(OPTION1_NAME, Value::text(pairs[0].0));
            fields.set(OPTION1_VALUE, Value::text(pairs[0].1));
            fields.set(OPTION2_NAME, Value::text(pairs[1].0));
            fields.set(OPTION2_VALUE, Value::text(pairs[1].1));
            options_key(&fields)
        };
        let black = with([("Colour", "Black"), ("Size", "M")]);
        assert_eq!(black, with([("Size", "m"), ("COLOUR", "BLACK")]));
        assert_ne!(black, with([("Colour", "M"), ("Size", "Black")]));
        assert_eq!(options_key(&shirt()), None);
    }
}
