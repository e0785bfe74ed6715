//! Options of a product as they go.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal, Thing, Val, number_of};
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
    let mut lists: Vec<(u64, Vec<u64>)> = {
        let state = context.state();
        let variants = product
            .variants
            .iter()
            .filter_map(|id| state.variants.get(id));
        variants.map(|one| (one.id, one.values.clone())).collect()
    };
    for (place, given) in ids.iter().enumerate() {
        let at = place.to_string();
        let number = number_of("ProductOption", given).ok_or_else(|| Refusal::bad_id(given))?;
        let Some(option) = product.options.iter().position(|one| one.id == number) else {
            let field = ["options", &at];
            let complaint =
                Complaint::new("OPTION_DOES_NOT_EXIST", &field, "Option does not exist");
            return Ok(ended(Some(id), Vec::new(), &[complaint]));
        };
        product.options.remove(option);
        for (_, values) in &mut lists {
            values.remove(option);
        }
    }
    let mut seen = HashSet::new();
    let (kept, gone): (Vec<_>, Vec<_>) = lists
        .into_iter()
        .partition(|(_, values)| seen.insert(values.clone()));
    if !gone.is_empty() && !positions {
        let message = "Cannot delete an option with multiple values";
        let code = "CANNOT_DELETE_OPTION_WITH_MULTIPLE_VALUES";
        return Ok(ended(
            Some(id),
            Vec::new(),
            &[Complaint::new(code, &["options"], message)],
        ));
    }
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
