//! Options of a product as they are made and changed.

use std::collections::HashSet;

use super::super::engine::{Args, Context, Refusal, Thing, Val, number_of};
use super::super::store::{OptionValue, Product, ProductOption};
use super::MOST_VARIANTS;
use super::complaint::{Complaint, payload};
use super::set_variants::new_variant;

pub(super) fn product(
    context: &Context<'_>,
    args: &Args,
) -> Result<Result<Product, Complaint>, Refusal> {
    let id = args.must_id("productId", "Product")?;
    let found = context.state().products.get(&id).cloned();
    let missing = || {
        Complaint::new(
            "PRODUCT_DOES_NOT_EXIST",
            &["productId"],
            "Product does not exist",
        )
    };
    Ok(found.ok_or_else(missing))
}

fn answer(
    kinds: (&'static str, &'static str),
    product: Option<u64>,
    complaints: &[Complaint],
) -> Val {
    let fields = vec![("product", Val::from(product.map(Thing::Product)))];
    payload(kinds.0, kinds.1, fields, complaints)
}

/// `productOptionsCreate`: every variant gets the first value of each new option, and with CREATE
/// there is a variant for every combination afterwards.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = (
        "ProductOptionsCreatePayload",
        "ProductOptionsCreateUserError",
    );
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(answer(KINDS, None, &[complaint])),
    };
    let id = product.id;
    let was_default = product.has_only_default();
    let mut options = if was_default {
        Vec::new()
    } else {
        product.options.clone()
    };
    let before = options.len();
    if args.list("options").is_none_or(<[_]>::is_empty) {
        let complaint = Complaint::new("OPTION_NAME_MISSING", &["options"], "No option was given");
        return Ok(answer(KINDS, Some(id), &[complaint]));
    }
    for (place, input) in args
        .objects("options")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        input.without("OptionCreateInput", &["linkedMetafield", "position"])?;
        match new_option(context, &options, input) {
            Ok(option) => options.push(option),
            Err(complaint) => {
                let complaint = complaint.within(&["options", &place.to_string()]);
                return Ok(answer(KINDS, Some(id), &[complaint]));
            }
        }
    }
    if options.len() > 3 {
        let complaint = Complaint::new(
            "OPTIONS_OVER_LIMIT",
            &["options"],
            "Options over limit: 3 at most.",
        );
        return Ok(answer(KINDS, Some(id), &[complaint]));
    }
    let added = options[before..]
        .iter()
        .map(|option| option.values[0].id)
        .collect();
    product.options = options;
    give_values(context, &product, added, was_default);
    if args.text("variantStrategy") == Some("CREATE")
        && let Err(complaint) = complete(context, &mut product)
    {
        return Ok(answer(KINDS, Some(id), &[complaint]));
    }
    context
        .change()
        .change_product(id, context.now, |one| *one = product);
    Ok(answer(KINDS, Some(id), &[]))
}

/// Gives every variant the first value of each new option; the one of a product without options has
/// no other values.
fn give_values(context: &Context<'_>, product: &Product, added: Vec<u64>, alone: bool) {
    let mut state = context.change();
    for variant in &product.variants {
        state.change_variant(*variant, |one| {
            if alone {
                one.values.clear();
            }
            one.values.extend(&added);
            one.updated = context.now;
        });
    }
}

fn new_option(
    context: &Context<'_>,
    options: &[ProductOption],
    input: &Args,
) -> Result<ProductOption, Complaint> {
    let name = input.text("name").unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        return Err(Complaint::new(
            "OPTION_NAME_MISSING",
            &["name"],
            "Option name is missing",
        ));
    }
    if options.iter().any(|one| one.name == name) {
        let message = format!("Option '{name}' already exists");
        return Err(Complaint::new("OPTION_ALREADY_EXISTS", &["name"], message));
    }
    let mut values: Vec<OptionValue> = Vec::new();
    for value in input.objects("values").unwrap_or_default() {
        let name = value.text("name").unwrap_or_default().trim().to_owned();
        if values.iter().any(|one| one.name == name) {
            let message = format!("Duplicated option value '{name}'");
            return Err(Complaint::new(
                "DUPLICATED_OPTION_VALUE",
                &["values"],
                message,
            ));
        }
        let id = context.change().number();
        values.push(OptionValue { id, name });
    }
    if values.is_empty() || values.iter().any(|value| value.name.is_empty()) {
        return Err(Complaint::new(
            "OPTION_VALUES_MISSING",
            &["values"],
            "Option values are missing",
        ));
    }
    let id = context.change().number();
    Ok(ProductOption { id, name, values })
}

/// Makes a variant for each combination that is not there.
fn complete(context: &Context<'_>, product: &mut Product) -> Result<(), Complaint> {
    let count: usize = product
        .options
        .iter()
        .map(|option| option.values.len())
        .product();
    if count > MOST_VARIANTS {
        let message = format!("{count} variants would be too many: {MOST_VARIANTS} at most");
        return Err(Complaint::new(
            "TOO_MANY_VARIANTS_CREATED",
            &["options"],
            message,
        ));
    }
    let first = product
        .variants
        .first()
        .and_then(|id| context.state().variants.get(id).cloned());
    let there: HashSet<Vec<u64>> = {
        let state = context.state();
        let variants = product
            .variants
            .iter()
            .filter_map(|id| state.variants.get(id));
        variants.map(|one| one.values.clone()).collect()
    };
    for nth in 0..count {
        let mut left = nth;
        let mut values: Vec<u64> = Vec::new();
        for option in product.options.iter().rev() {
            values.push(option.values[left % option.values.len()].id);
            left /= option.values.len();
        }
        values.reverse();
        if there.contains(&values) {
            continue;
        }
        let mut variant = new_variant(context, product.id);
        if let Some(first) = &first {
            variant.price = first.price;
            variant.tracked = first.tracked;
        }
        variant.values = values;
        product.variants.push(variant.id);
        context.change().insert_variant(variant);
    }
    Ok(())
}

/// `productOptionUpdate`: a new name, a new position, values added, renamed and taken out.
pub(super) fn update(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = ("ProductOptionUpdatePayload", "ProductOptionUpdateUserError");
    let mut product = match product(context, args)? {
        Ok(product) => product,
        Err(complaint) => return Ok(answer(KINDS, None, &[complaint])),
    };
    let id = product.id;
    let input = args.object("option").unwrap_or_default();
    input.without("OptionUpdateInput", &["linkedMetafield"])?;
    if args.text("variantStrategy") == Some("MANAGE") {
        return Err(Refusal::unknown_here("the variant strategy MANAGE"));
    }
    let option = input.must_id("id", "ProductOption")?;
    let Some(place) = product.options.iter().position(|one| one.id == option) else {
        let complaint = Complaint::new(
            "OPTION_DOES_NOT_EXIST",
            &["option"],
            "Option does not exist",
        );
        return Ok(answer(KINDS, Some(id), &[complaint]));
    };
    if let Some(name) = input.text("name") {
        let name = name.trim();
        if let Some(complaint) = blank(name, &["option", "name"]) {
            return Ok(answer(KINDS, Some(id), &[complaint]));
        }
        if product
            .options
            .iter()
            .any(|one| one.id != option && one.name == name)
        {
            let message = format!("Option '{name}' already exists");
            let complaint = Complaint::new("OPTION_ALREADY_EXISTS", &["option", "name"], message);
            return Ok(answer(KINDS, Some(id), &[complaint]));
        }
        product.options[place].name = String::from(name);
    }
    if let Err(complaint) = change_values(context, &mut product, place, args)? {
        return Ok(answer(KINDS, Some(id), &[complaint]));
    }
    if let Some(position) = input.int("position")
        && let Err(complaint) = move_to(context, &mut product, place, position)
    {
        return Ok(answer(KINDS, Some(id), &[complaint]));
    }
    context
        .change()
        .change_product(id, context.now, |one| *one = product);
    Ok(answer(KINDS, Some(id), &[]))
}

/// Moves the option at `place` to a position, counted from 1, in the product and in its variants.
fn move_to(
    context: &Context<'_>,
    product: &mut Product,
    place: usize,
    position: i64,
) -> Result<(), Complaint> {
    let to = usize::try_from(position - 1).unwrap_or(usize::MAX);
    if to >= product.options.len() {
        let field = ["option", "position"];
        return Err(Complaint::new(
            "INVALID_POSITION",
            &field,
            "Invalid position",
        ));
    }
    let moved = product.options.remove(place);
    product.options.insert(to, moved);
    let mut state = context.change();
    for variant in &product.variants {
        state.change_variant(*variant, |one| {
            let value = one.values.remove(place);
            one.values.insert(to, value);
        });
    }
    Ok(())
}

/// Renames values, takes out those that nothing has, adds new ones.
fn change_values(
    context: &Context<'_>,
    product: &mut Product,
    place: usize,
    args: &Args,
) -> Result<Result<(), Complaint>, Refusal> {
    let used: HashSet<u64> = {
        let state = context.state();
        let variants = product
            .variants
            .iter()
            .filter_map(|id| state.variants.get(id));
        variants.flat_map(|one| one.values.clone()).collect()
    };
    let values = &mut product.options[place].values;
    for input in args.objects("optionValuesToUpdate").unwrap_or_default() {
        let id = input.must_id("id", "ProductOptionValue")?;
        let name = input.text("name").unwrap_or_default().trim();
        if let Some(complaint) = unfit(name, values, Some(id), "optionValuesToUpdate") {
            return Ok(Err(complaint));
        }
        let Some(value) = values.iter_mut().find(|one| one.id == id) else {
            let field = ["optionValuesToUpdate"];
            let message = "Option value does not exist";
            return Ok(Err(Complaint::new(
                "OPTION_VALUE_DOES_NOT_EXIST",
                &field,
                message,
            )));
        };
        value.name = String::from(name);
    }
    for id in args.texts("optionValuesToDelete").unwrap_or_default() {
        let number = number_of("ProductOptionValue", &id).ok_or_else(|| Refusal::bad_id(&id))?;
        if used.contains(&number) {
            let field = ["optionValuesToDelete"];
            let message = "Option value has variants";
            return Ok(Err(Complaint::new(
                "OPTION_VALUE_HAS_VARIANTS",
                &field,
                message,
            )));
        }
        values.retain(|one| one.id != number);
    }
    for input in args.objects("optionValuesToAdd").unwrap_or_default() {
        let name = input.text("name").unwrap_or_default().trim();
        if let Some(complaint) = unfit(name, values, None, "optionValuesToAdd") {
            return Ok(Err(complaint));
        }
        let id = context.change().number();
        let name = String::from(name);
        values.push(OptionValue { id, name });
    }
    Ok(Ok(()))
}

/// What speaks against a name for a value: it is blank, or another value than `own` has it.
fn unfit(name: &str, values: &[OptionValue], own: Option<u64>, field: &str) -> Option<Complaint> {
    let is_taken = values
        .iter()
        .any(|one| Some(one.id) != own && one.name == name);
    let message = format!("Option value '{name}' already exists");
    let taken = || Complaint::new("OPTION_VALUE_ALREADY_EXISTS", &[field], message);
    blank(name, &[field]).or_else(|| is_taken.then(taken))
}

fn blank(name: &str, field: &[&str]) -> Option<Complaint> {
    name.is_empty()
        .then(|| Complaint::new("INVALID_NAME", field, "Name can't be blank"))
}
