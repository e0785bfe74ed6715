//! The fields of a product itself, which several mutations set.

use super::super::engine::{Args, Context, Refusal};
use super::super::store::{Product, handle_of, sorted_tags};
use super::complaint::Complaint;

/// The longest title, handle, vendor and type.
const LONGEST: usize = 255;

/// What the practice shop cannot do with a product.
pub(super) const NOT_HERE: [&str; 8] = [
    "claimOwnership",
    "combinedListingRole",
    "giftCardTemplateSuffix",
    "requiresSellingPlan",
    "redirectNewHandle",
    "productPublications",
    "publications",
    "publishedAt",
];

/// Sets what the input says of a product; what is not said stays. The handle of a new product is
/// made of its title where none is given.
///
/// # Errors
/// `Refusal` for ids that are none; complaints otherwise, with the fields as the input has them.
pub(super) fn set_product(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
    is_new: bool,
) -> Result<Vec<Complaint>, Refusal> {
    input.without("the input of a product", &NOT_HERE)?;
    let mut complaints = Vec::new();
    let mut text = |key: &'static str, name: &str, target: &mut String| {
        if !input.has(key) {
            return;
        }
        let value = input.text(key).unwrap_or_default().to_owned();
        if value.chars().count() > LONGEST {
            let message = format!("{name} is too long (maximum is {LONGEST} characters)");
            complaints.push(Complaint::new("INVALID_PRODUCT", &[key], message));
        }
        *target = value;
    };
    text("title", "Title", &mut product.title);
    text("vendor", "Vendor", &mut product.vendor);
    text("productType", "Product type", &mut product.sort);
    if product.title.trim().is_empty() {
        complaints.push(Complaint::new(
            "INVALID_PRODUCT",
            &["title"],
            "Title can't be blank",
        ));
    }
    if is_new && product.vendor.is_empty() {
        product.vendor = context.state().facts.name.clone();
    }
    if input.has("descriptionHtml") {
        product.html = input.text("descriptionHtml").unwrap_or_default().to_owned();
    }
    if let Some(status) = input.text("status") {
        product.status = String::from(status);
    }
    if input.has("tags") {
        product.tags = sorted_tags(input.texts("tags").unwrap_or_default());
    }
    if let Some(seo) = input.object("seo") {
        set_seo(product, &seo);
    }
    if input.has("templateSuffix") {
        product.template = input.text("templateSuffix").map(String::from);
    }
    if let Some(gift_card) = input.flag("giftCard") {
        product.gift_card = gift_card;
    }
    if input.has("category") {
        product.category = input.text("category").map(String::from);
    }
    complaints.extend(set_handle(context, product, input, is_new));
    set_collections(context, product, input)?;
    Ok(complaints)
}

fn set_seo(product: &mut Product, seo: &Args) {
    let text = |key| {
        seo.text(key)
            .filter(|text| !text.is_empty())
            .map(String::from)
    };
    if seo.has("title") {
        product.seo_title = text("title");
    }
    if seo.has("description") {
        product.seo_description = text("description");
    }
}

/// Handles are made plain; one that another product has is refused where it was asked for, and gets
/// a number where it was made of the title.
fn set_handle(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
    is_new: bool,
) -> Option<Complaint> {
    let state = context.state();
    let given = input.text("handle").map(str::trim);
    match given {
        Some(handle) if !handle.is_empty() => {
            let plain = handle_of(handle);
            let owner = state.product_of_handle(&plain);
            if owner.is_some_and(|owner| owner != product.id) {
                let message =
                    format!("Handle '{plain}' already in use. Please provide a new handle.");
                return Some(Complaint::without_code(&["handle"], message));
            }
            if plain.chars().count() > LONGEST {
                let message = format!("Handle is too long (maximum is {LONGEST} characters)");
                return Some(Complaint::new("INVALID_PRODUCT", &["handle"], message));
            }
            product.handle = plain;
        }
        Some(_) => product.handle = state.free_handle(&product.title),
        None if is_new => product.handle = state.free_handle(&product.title),
        None => {}
    }
    None
}

/// `collections` is the whole list; `collectionsToJoin` and `collectionsToLeave` change it.
fn set_collections(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
) -> Result<(), Refusal> {
    let read = |key: &str| -> Result<Option<Vec<u64>>, Refusal> {
        let Some(ids) = input.texts(key) else {
            return Ok(None);
        };
        let number = |id: &String| {
            let number = super::super::engine::number_of("Collection", id);
            let known = number.filter(|number| context.state().collections.contains_key(number));
            known.ok_or_else(|| Refusal::bad_id(id))
        };
        ids.iter().map(number).collect::<Result<_, _>>().map(Some)
    };
    if let Some(all) = read("collections")? {
        product.collections = all.into_iter().collect();
    }
    product
        .collections
        .extend(read("collectionsToJoin")?.unwrap_or_default());
    for id in read("collectionsToLeave")?.unwrap_or_default() {
        product.collections.remove(&id);
    }
    Ok(())
}
