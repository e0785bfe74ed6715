//! The options of a product as `productSet` and `productCreate` give them: the whole list.

use super::super::engine::{Args, Context, Refusal};
use super::super::store::{OptionValue, Product, ProductOption};
use super::complaint::Complaint;

const MOST_OPTIONS: usize = 3;
const LONGEST_NAME: usize = 255;

/// The options that the inputs describe, with the ids of those that are there already. They stand in
/// `field` of the input.
///
/// # Errors
/// `Refusal` for ids that are none; complaints otherwise.
pub(super) fn options_of(
    context: &Context<'_>,
    product: &Product,
    inputs: &[Args],
    field: &[&str],
) -> Result<Result<Vec<ProductOption>, Vec<Complaint>>, Refusal> {
    if inputs.is_empty() {
        let message = "At least one option is needed.";
        return Ok(Err(vec![Complaint::new(
            "PRODUCT_OPTIONS_INPUT_MISSING",
            field,
            message,
        )]));
    }
    if inputs.len() > MOST_OPTIONS {
        let message = format!("Options over limit: a product can have {MOST_OPTIONS} of them.");
        return Ok(Err(vec![Complaint::new(
            "OPTIONS_OVER_LIMIT",
            field,
            message,
        )]));
    }
    let mut options: Vec<(i64, ProductOption)> = Vec::new();
    let mut complaints = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        input.without("OptionSetInput", &["linkedMetafield"])?;
        let at = place.to_string();
        let position = input
            .int("position")
            .unwrap_or(i64::try_from(place).unwrap_or_default() + 1);
        match option_of(context, product, input)? {
            Ok(option) => {
                if options.iter().any(|(_, one)| one.name == option.name) {
                    let message = format!("Duplicated option name '{}'.", option.name);
                    complaints.push(Complaint::new(
                        "DUPLICATED_OPTION_NAME",
                        &[&at, "name"],
                        message,
                    ));
                }
                options.push((position, option));
            }
            Err(complaint) => complaints.push(complaint.within(&[&at])),
        }
    }
    if !complaints.is_empty() {
        return Ok(Err(complaints
            .into_iter()
            .map(|one| one.within(field))
            .collect()));
    }
    options.sort_by_key(|(position, _)| *position);
    Ok(Ok(options.into_iter().map(|(_, option)| option).collect()))
}

fn option_of(
    context: &Context<'_>,
    product: &Product,
    input: &Args,
) -> Result<Result<ProductOption, Complaint>, Refusal> {
    let name = input.text("name").map(str::trim);
    let before = match input.id("id", "ProductOption")? {
        Some(id) => match product.options.iter().find(|one| one.id == id) {
            Some(option) => Some(option),
            None => {
                let message = "Option does not exist";
                return Ok(Err(Complaint::new(
                    "OPTION_DOES_NOT_EXIST",
                    &["id"],
                    message,
                )));
            }
        },
        None => product
            .options
            .iter()
            .find(|one| Some(one.name.as_str()) == name),
    };
    let name = name
        .map(String::from)
        .or_else(|| before.map(|one| one.name.clone()));
    let name = match name {
        Some(name) if !name.is_empty() && name.chars().count() <= LONGEST_NAME => name,
        _ => {
            let message = "The name of an option must be there and have 255 characters at most.";
            return Ok(Err(Complaint::new("INVALID_INPUT", &["name"], message)));
        }
    };
    let Some(inputs) = input.objects("values").filter(|values| !values.is_empty()) else {
        let message = format!("Option values are missing for '{name}'.");
        return Ok(Err(Complaint::new(
            "OPTION_VALUES_MISSING",
            &["values"],
            message,
        )));
    };
    let known = before.map_or(&[][..], |option| option.values.as_slice());
    let values = match values_of(context, known, &inputs)? {
        Ok(values) => values,
        Err(complaint) => return Ok(Err(complaint.within(&["values"]))),
    };
    let id = before.map_or_else(|| context.change().number(), |option| option.id);
    Ok(Ok(ProductOption { id, name, values }))
}

fn values_of(
    context: &Context<'_>,
    known: &[OptionValue],
    inputs: &[Args],
) -> Result<Result<Vec<OptionValue>, Complaint>, Refusal> {
    let mut values: Vec<OptionValue> = Vec::with_capacity(inputs.len());
    for (place, input) in inputs.iter().enumerate() {
        let at = place.to_string();
        let name = input
            .text("name")
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let id = input.id("id", "ProductOptionValue")?;
        let before = match id {
            Some(id) => known.iter().find(|one| one.id == id),
            None => known.iter().find(|one| Some(one.name.as_str()) == name),
        };
        if id.is_some() && before.is_none() {
            let message = "Option value does not exist";
            return Ok(Err(Complaint::new(
                "OPTION_VALUE_DOES_NOT_EXIST",
                &[&at, "id"],
                message,
            )));
        }
        let Some(name) = name
            .map(String::from)
            .or_else(|| before.map(|one| one.name.clone()))
        else {
            let message = "Option value name can't be blank";
            return Ok(Err(Complaint::new(
                "INVALID_INPUT",
                &[&at, "name"],
                message,
            )));
        };
        if values.iter().any(|one| one.name == name) {
            let message = format!("Duplicated option value '{name}'.");
            return Ok(Err(Complaint::new(
                "DUPLICATED_OPTION_VALUE",
                &[&at, "name"],
                message,
            )));
        }
        let id = before.map_or_else(|| context.change().number(), |value| value.id);
        values.push(OptionValue { id, name });
    }
    Ok(Ok(values))
}

/// The only option of a product without any.
pub(super) fn default_option(context: &Context<'_>) -> ProductOption {
    let mut state = context.change();
    ProductOption {
        id: state.number(),
        name: String::from("Title"),
        values: vec![OptionValue {
            id: state.number(),
            name: String::from("Default Title"),
        }],
    }
}
