//! Which values of a product's options a variant has.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal};
use super::super::store::{OptionValue, Product, ProductOption, State};
use super::complaint::Complaint;

/// Where in a product's options a value stands that is to be there but is not.
pub(super) struct Wanted {
    pub(super) option: usize,
    pub(super) name: String,
}

/// One value of each option, or the values that are to be made first.
pub(super) enum Chosen {
    Values(Vec<u64>),
    Missing(Vec<Wanted>),
}

/// The values that `optionValues` names.
///
/// # Errors
/// `Refusal` for ids that are none; a complaint where an option or a value does not exist or is not
/// named.
pub(super) fn chosen(
    options: &[ProductOption],
    inputs: &[Args],
) -> Result<Result<Chosen, Complaint>, Refusal> {
    let mut values = vec![None; options.len()];
    let mut missing = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        let at = place.to_string();
        let here = ["optionValues", at.as_str()];
        input.without("VariantOptionValueInput", &["linkedMetafieldValue"])?;
        let option_id = input.id("optionId", "ProductOption")?;
        let option_name = input.text("optionName").map(str::trim);
        let option = options.iter().position(|one| match option_id {
            Some(id) => one.id == id,
            None => Some(one.name.as_str()) == option_name,
        });
        let Some(option) = option else {
            return Ok(Err(Complaint::new(
                "OPTION_DOES_NOT_EXIST",
                &here,
                "Option does not exist",
            )));
        };
        let value_id = input.id("id", "ProductOptionValue")?;
        let name = input.text("name").map(str::trim);
        let value = options[option].values.iter().find(|one| match value_id {
            Some(id) => one.id == id,
            None => Some(one.name.as_str()) == name,
        });
        match (value, name) {
            (Some(value), _) => values[option] = Some(value.id),
            (None, Some(name)) if value_id.is_none() && !name.is_empty() => {
                values[option] = Some(0);
                let name = String::from(name);
                missing.push(Wanted { option, name });
            }
            (None, _) => {
                let message = "Option value does not exist";
                return Ok(Err(Complaint::new(
                    "OPTION_VALUE_DOES_NOT_EXIST",
                    &here,
                    message,
                )));
            }
        }
    }
    if values.iter().any(Option::is_none) || inputs.len() != options.len() {
        let message = format!(
            "{} option values must be given, one of each option",
            options.len()
        );
        return Ok(Err(Complaint::new(
            "NEED_TO_ADD_OPTION_VALUES",
            &["optionValues"],
            message,
        )));
    }
    if !missing.is_empty() {
        return Ok(Ok(Chosen::Missing(missing)));
    }
    Ok(Ok(Chosen::Values(values.into_iter().flatten().collect())))
}

/// What is said of a combination that is there twice.
pub(super) fn twice(product: &Product, values: &[u64]) -> String {
    let title = product.title_of(values);
    format!("The variant '{title}' already exists. Please change at least one option value.")
}

/// Adds the values that variants want and that are not there.
pub(super) fn add_values(context: &Context<'_>, product: &mut Product, missing: Vec<Wanted>) {
    for wanted in missing {
        let values = &mut product.options[wanted.option].values;
        if !values.iter().any(|value| value.name == wanted.name) {
            let id = context.change().number();
            let name = wanted.name;
            values.push(OptionValue { id, name });
        }
    }
}

/// Takes the values out that stood for a product without options, and that no variant has now.
pub(super) fn drop_unused_default(state: &State, product: &mut Product) {
    let variants = product
        .variants
        .iter()
        .filter_map(|id| state.variants.get(id));
    let used: HashSet<u64> = variants
        .flat_map(|one| one.values.iter().copied())
        .collect();
    for option in &mut product.options {
        let is_needed =
            |value: &OptionValue| value.name != "Default Title" || used.contains(&value.id);
        option.values.retain(is_needed);
    }
}
