//! `metafieldsDelete`.

use super::super::engine::{Args, Context, Refusal, Val, number_of};
use super::super::read::namespace_of;
use super::super::store::Metafield;
use super::complaint::payload;
use super::metafields::Owner;

/// Takes metafields away. One that is not there is answered with nothing, and is no error.
pub(super) fn delete(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let mut gone = Vec::new();
    for input in args.objects("metafields").unwrap_or_default() {
        gone.push(delete_one(context, &input)?);
    }
    let fields = vec![("deletedMetafields", Val::List(gone))];
    Ok(payload("MetafieldsDeletePayload", "UserError", fields, &[]))
}

fn delete_one(context: &Context<'_>, input: &Args) -> Result<Val, Refusal> {
    let id = input.text("ownerId").unwrap_or_default();
    let owner = match (number_of("Product", id), number_of("ProductVariant", id)) {
        (Some(id), _) => Owner::Product(id),
        (None, Some(id)) => Owner::Variant(id),
        (None, None) => return Err(Refusal::unknown_here(format_args!("metafields of {id}"))),
    };
    let namespace = namespace_of(input.text("namespace"));
    let key = input.text("key").unwrap_or_default();
    let is_it = |one: &Metafield| one.namespace == namespace && one.key == key;
    let state = context.state();
    let fields = match owner {
        Owner::Product(id) => state.products.get(&id).map(|one| &one.metafields),
        Owner::Variant(id) => state.variants.get(&id).map(|one| &one.metafields),
    };
    let is_there = fields.is_some_and(|fields| fields.iter().any(is_it));
    drop(state);
    if !is_there {
        return Ok(Val::NULL);
    }
    let take = |fields: &mut Vec<Metafield>| fields.retain(|one| !is_it(one));
    let mut state = context.change();
    match owner {
        Owner::Product(id) => {
            state.change_product(id, context.now, |one| take(&mut one.metafields));
        }
        Owner::Variant(id) => state.change_variant(id, |one| take(&mut one.metafields)),
    }
    drop(state);
    let told = vec![
        ("ownerId", Val::from(id)),
        ("namespace", Val::from(namespace.as_str())),
        ("key", Val::from(key)),
    ];
    Ok(Val::record("MetafieldIdentifier", told))
}
