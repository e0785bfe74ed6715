//! `productCreate`, `productUpdate` and `productDelete`.

use serde_json::Value;

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid};
use super::super::read::product_of;
use super::super::store::{Product, ProductOperation, ProductOption};
use super::complaint::{Complaint, payload, told};
use super::product_fields::set_product;
use super::product_set::new_product;
use super::set_options::{default_option, options_of};
use super::set_variants::new_variant;
use super::{files, metafields};

const ERRORS: &str = "UserError";

/// `productCreate`: a product with one variant, which has the first value of each option.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("Mutation.productCreate", &["input"])?;
    let input = args.object("product").unwrap_or_default();
    let mut product = new_product(context);
    let mut complaints = set_product(context, &mut product, &input, true)?;
    if complaints.is_empty() {
        complaints = furnish(context, &mut product, &input, args)?;
    }
    if !complaints.is_empty() {
        let fields = vec![("product", Val::NULL)];
        return Ok(payload("ProductCreatePayload", ERRORS, fields, &complaints));
    }
    let mut variant = new_variant(context, product.id);
    let first = |option: &ProductOption| option.values.first().map_or(0, |one| one.id);
    variant.values = product.options.iter().map(first).collect();
    product.variants = vec![variant.id];
    let id = product.id;
    let mut state = context.change();
    state.insert_variant(variant);
    state.insert_product(product);
    let fields = vec![("product", Val::from(Thing::Product(id)))];
    Ok(payload("ProductCreatePayload", ERRORS, fields, &[]))
}

/// Gives a new product its options, metafields and pictures.
fn furnish(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
    args: &Args,
) -> Result<Vec<Complaint>, Refusal> {
    match input.objects("productOptions") {
        Some(options) => match options_of(context, product, &options, &["productOptions"])? {
            Ok(options) => product.options = options,
            Err(complaints) => return Ok(complaints),
        },
        None => product.options = vec![default_option(context)],
    }
    add_to(context, product, input, args)
}

/// Merges metafields and adds pictures.
fn add_to(
    context: &Context<'_>,
    product: &mut Product,
    input: &Args,
    args: &Args,
) -> Result<Vec<Complaint>, Refusal> {
    for field in input.objects("metafields").unwrap_or_default() {
        match metafields::merged(context, &product.metafields, &field, "PRODUCT", product.id)? {
            Ok(fields) => product.metafields = fields,
            Err(complaint) => return Ok(vec![complaint]),
        }
    }
    for (place, medium) in args.objects("media").unwrap_or_default().iter().enumerate() {
        if medium.get("mediaContentType").and_then(Value::as_str) != Some("IMAGE") {
            return Err(Refusal::unknown_here("media other than pictures"));
        }
        match files::file_of(context, medium)? {
            Ok(file) => product.files.push(file),
            Err(complaint) => return Ok(vec![complaint.within(&["media", &place.to_string()])]),
        }
    }
    Ok(Vec::new())
}

/// `productUpdate`: the fields that are said; tags are replaced, variants and options left alone.
pub(super) fn update(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("Mutation.productUpdate", &["input"])?;
    let input = args.object("product").unwrap_or_default();
    input
        .without(
            "ProductUpdateInput",
            &["deleteConflictingConstrainedMetafields"],
        )
        .or_else(|refusal| {
            let wanted = input
                .flag("deleteConflictingConstrainedMetafields")
                .unwrap_or_default();
            if wanted { Err(refusal) } else { Ok(()) }
        })?;
    let identifier = args
        .object("identifier")
        .unwrap_or_else(|| input.clone_id());
    let id = product_of(context, &identifier)?;
    let before = id.and_then(|id| context.state().products.get(&id).cloned());
    let Some(before) = before else {
        let complaint = Complaint::without_code(&["id"], "Product does not exist");
        let fields = vec![("product", Val::NULL)];
        return Ok(payload(
            "ProductUpdatePayload",
            ERRORS,
            fields,
            &[complaint],
        ));
    };
    let mut product = before;
    let id = product.id;
    let mut complaints = set_product(context, &mut product, &input, false)?;
    if complaints.is_empty() {
        complaints = add_to(context, &mut product, &input, args)?;
    }
    if complaints.is_empty() {
        context
            .change()
            .change_product(id, context.now, |one| *one = product);
    }
    let fields = vec![("product", Val::from(Thing::Product(id)))];
    Ok(payload("ProductUpdatePayload", ERRORS, fields, &complaints))
}

impl Args {
    /// The id alone, as an identifier.
    fn clone_id(&self) -> Self {
        let id = self.0.get("id").cloned().unwrap_or_default();
        Self::from(&serde_json::json!({"id": id}))
    }
}

/// `productDelete`, at once or in the background.
pub(super) fn delete(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let input = args.object("input").unwrap_or_default();
    let id = input.must_id("id", "Product")?;
    let gone = context.change().remove_product(id, context.now);
    let complaint = Complaint::without_code(&["id"], "Product does not exist");
    let complaints = if gone { Vec::new() } else { vec![complaint] };
    let deleted = Val::from(gone.then(|| gid("Product", id)));
    if args.flag("synchronous").unwrap_or(true) || !gone {
        let fields = vec![
            ("deletedProductId", deleted),
            ("productDeleteOperation", Val::NULL),
        ];
        return Ok(payload("ProductDeletePayload", ERRORS, fields, &complaints));
    }
    let mut state = context.change();
    let number = state.number();
    let operation = ProductOperation {
        kind: "ProductDeleteOperation",
        product: Some(id),
        errors: told(ERRORS, &[]),
        done: context.now.plus(2000),
    };
    state.operations.insert(number, operation);
    let told = vec![
        ("id", Val::from(gid("ProductDeleteOperation", number))),
        ("status", Val::from("CREATED")),
    ];
    let operation = Val::record("ProductDeleteOperation", told);
    let fields = vec![
        ("deletedProductId", Val::NULL),
        ("productDeleteOperation", operation),
    ];
    Ok(payload("ProductDeletePayload", ERRORS, fields, &[]))
}
