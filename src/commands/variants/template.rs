//! What new variants take over, and what can be said of single ones.

use super::{Family, SHOWN};
use crate::commands::call::Call;
use crate::commands::records::hidden;
use domain::catalog::OptionValues;
use domain::catalog::product::{
    ALT_IMAGES, BARCODE, MAIN_IMAGE, NAME, OPTIONS, PARENT_SKU, PRODUCT, SKU, STOCK,
    VARIANT_POSITION,
};
use domain::catalog::variants::is_same;
use domain::error::{Error, Result};
use domain::record::{Field, Value};
use domain::values::RecordId;

/// Refuses options that would be more than a family can have.
pub(super) fn check_names(family: &Family, options: &[OptionValues]) -> Result<()> {
    let mut names: Vec<String> = family
        .options()
        .into_iter()
        .map(|option| option.name)
        .collect();
    for option in options {
        if !names.iter().any(|name| is_same(name, &option.name)) {
            names.push(option.name.clone());
        }
    }
    let most = OPTIONS.len();
    if names.len() <= most {
        return Ok(());
    }
    let (sku, names) = (family.parent.code(), names.join(", "));
    let message = format!("{sku} would have more than {most} options: {names}.");
    Err(Error::invalid(message)
        .hint("Use the options that its variants have, or rename one of them."))
}

/// What makes a combination what it is cannot be typed into it.
pub(super) fn check_editable(field: Field, label: &str) -> Result<()> {
    let is_option = OPTIONS
        .iter()
        .any(|(name, value)| [*name, *value].contains(&field));
    if SHOWN.contains(&field) && !is_option && field != VARIANT_POSITION {
        return Ok(());
    }
    Err(Error::invalid(format!("{label} cannot be changed here."))
        .hint("Change the variant afterwards."))
}

/// What every new variant has: what the user sees of the product or of the chosen variant, but for what each
/// has for itself.
pub(super) fn common(
    call: &Call,
    family: &Family,
    (copy_from, copy_stock): (Option<RecordId>, bool),
) -> Result<Vec<(Field, Value)>> {
    let parent = &family.parent;
    let from = copy_from.filter(|id| *id != parent.id);
    let source = match from {
        None => parent,
        Some(id) => family
            .variants
            .iter()
            .find(|of| of.id == id)
            .ok_or_else(|| {
                let message = format!("What is to be copied is no variant of {}.", parent.code());
                Error::invalid(message).hint("Choose the product or one of its variants.")
            })?,
    };
    let its_own = [
        SKU,
        NAME,
        BARCODE,
        PARENT_SKU,
        VARIANT_POSITION,
        MAIN_IMAGE,
        ALT_IMAGES,
    ];
    let is_own = |field: Field| {
        let mut options = OPTIONS.iter();
        its_own.contains(&field)
            || options.any(|(name, value)| [*name, *value].contains(&field))
            || (field == STOCK && !copy_stock)
    };
    let schema = family.store.schema();
    let copied = schema.fields(PRODUCT);
    let copied = copied.filter(|field| !is_own(*field) && hidden::sees(call, *field));
    let copied = copied.map(|field| (field, source.fields.get(field).clone()));
    let mut common: Vec<(Field, Value)> = copied.collect();
    common.push((PARENT_SKU, Value::text(parent.code())));
    Ok(common)
}
