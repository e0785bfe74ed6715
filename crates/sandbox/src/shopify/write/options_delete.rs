//! Options of a product as they go.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal, Thing, Val, number_of};
use super::super::store::Product;
use super::complaint::{Complaint, payload};
use super::options_write::product;
use super::set_options::default_option;

/// `productOptionsDelete`: an option with one value goes; one with several only where the strategy
/// says what becomes of the variants.
pub(super) fn delete(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = (
        "ProductOptionsDeletePayload",
        "ProductOptionsDeleteUserError",
    );
    let ended = |product: Option<u64>, deleted: Vec<String>, complaints: &[Complaint]| {
        let deleted = if complaints.is_empty() {
            Val::words(deleted)
        } else {
            Val::NULL
        };
        let product = Val::from(product.map(Thing::Product));
        payload(
            KINDS.0,
            KINDS.1,
            vec![("product", product), ("deletedOptionsIds", deleted)],
            complaints,
        )
    };
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(ended(None, Vec::new(), &[complaint])),
    };
    let id = product.id;
    let positions = args.text("strategy") == Some("POSITION");
    let ids = args.texts("options").unwrap_or_default();
    let (kept, gone) = match without(context, &mut product, &ids, positions)? {
        Ok(parted) => parted,
        Err(complaint) => return Ok(ended(Some(id), Vec::new(), &[complaint])),
    };
    let default = product.options.is_empty().then(|| default_option(context));
    let mut state = context.change();
    for (variant, values) in &kept {
        let values = default
            .as_ref()
            .map_or_else(|| values.clone(), |one| vec![one.values[0].id]);
        state.change_variant(*variant, |one| one.values = values);
    }
    product.options.extend(default);
    for (variant, _) in &gone {
        state.remove_variant(*variant);
        product.variants.retain(|one| one != variant);
    }
    state.change_product(id, context.now, |one| *one = product);
    drop(state);
    Ok(ended(Some(id), ids, &[]))
}

/// Variants with one value for each option that is left.
type Chosen = Vec<(u64, Vec<u64>)>;

/// Takes the options out of the product; what becomes of the variants is told: those that stay, and
/// those that would be like another one.
fn without(
    context: &Context<'_>,
    product: &mut Product,
    ids: &[String],
    positions: bool,
) -> Result<Result<(Chosen, Chosen), Complaint>, Refusal> {
    let mut chosen: Chosen = {
        let state = context.state();
        let variants = product
            .variants
            .iter()
            .filter_map(|id| state.variants.get(id));
        variants.map(|one| (one.id, one.values.clone())).collect()
    };
    for (place, given) in ids.iter().enumerate() {
        let number = number_of("ProductOption", given).ok_or_else(|| Refusal::bad_id(given))?;
        let Some(option) = product.options.iter().position(|one| one.id == number) else {
            let field = ["options", &place.to_string()];
            let message = "Option does not exist";
            return Ok(Err(Complaint::new(
                "OPTION_DOES_NOT_EXIST",
                &field,
                message,
            )));
        };
        product.options.remove(option);
        for (_, values) in &mut chosen {
            values.remove(option);
        }
    }
    let mut seen = HashSet::new();
    let parted: (Chosen, Chosen) = chosen
        .into_iter()
        .partition(|(_, values)| seen.insert(values.clone()));
    if !parted.1.is_empty() && !positions {
        let message = "Cannot delete an option with multiple values";
        let code = "CANNOT_DELETE_OPTION_WITH_MULTIPLE_VALUES";
        return Ok(Err(Complaint::new(code, &["options"], message)));
    }
    Ok(Ok(parted))
}
