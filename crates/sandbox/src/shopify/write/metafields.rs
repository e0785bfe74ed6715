//! Metafields.

use super::super::engine::{Args, Context, Refusal, Val, gid, number_of};
use super::super::read::{metafield, namespace_of};
use super::super::store::{Metafield, MetafieldDefinition};
use super::complaint::{Complaint, payload};

/// How many `metafieldsSet` takes.
const MOST_SET: usize = 25;

/// The list as an input gives it whole: what is not in it is gone.
pub(super) fn replaced(
    context: &Context<'_>,
    before: &[Metafield],
    inputs: &[Args],
    owner: &str,
    id: u64,
) -> Result<Result<Vec<Metafield>, Complaint>, Refusal> {
    let mut fields: Vec<Metafield> = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        match read(context, before, input, owner, id)? {
            Ok(field) => fields.push(field),
            Err(complaint) => {
                return Ok(Err(complaint.within(&["metafields", &place.to_string()])));
            }
        }
    }
    Ok(Ok(fields))
}

/// The list with one more, or with one changed.
pub(super) fn merged(
    context: &Context<'_>,
    before: &[Metafield],
    input: &Args,
    owner: &str,
    id: u64,
) -> Result<Result<Vec<Metafield>, Complaint>, Refusal> {
    let field = match read(context, before, input, owner, id)? {
        Ok(field) => field,
        Err(complaint) => return Ok(Err(complaint.within(&["metafields"]))),
    };
    let mut fields = before.to_vec();
    match fields.iter_mut().find(|one| one.id == field.id) {
        Some(one) => *one = field,
        None => fields.push(field),
    }
    Ok(Ok(fields))
}

fn read(
    context: &Context<'_>,
    before: &[Metafield],
    input: &Args,
    owner: &str,
    id: u64,
) -> Result<Result<Metafield, Complaint>, Refusal> {
    let own_id = input.id("id", "Metafield")?;
    let namespace = namespace_of(input.text("namespace"));
    let key = input.text("key").unwrap_or_default();
    let known = before.iter().find(|one| match own_id {
        Some(id) => one.id == id,
        None => one.namespace == namespace && one.key == key,
    });
    let (namespace, key) = known.map_or((namespace, String::from(key)), |one| {
        (one.namespace.clone(), one.key.clone())
    });
    if !(2..=64).contains(&key.chars().count()) {
        let message = "Key must be from 2 to 64 characters long";
        return Ok(Err(Complaint::new("TOO_SHORT", &["key"], message)));
    }
    let state = context.state();
    let definition = state
        .definitions
        .values()
        .find(|one| one.owner == owner && one.namespace == namespace && one.key == key);
    let sort = input.text("type").map(String::from);
    let sort = sort
        .or_else(|| definition.map(|one| one.sort.clone()))
        .or_else(|| known.map(|one| one.sort.clone()));
    let Some(sort) = sort else {
        return Ok(Err(Complaint::new(
            "BLANK",
            &["type"],
            "Type can't be blank",
        )));
    };
    if definition.is_some_and(|one| one.sort != sort) {
        let message = "Type must be consistent with the definition's type";
        return Ok(Err(Complaint::new("INVALID_TYPE", &["type"], message)));
    }
    let value = input.text("value").unwrap_or_default().to_owned();
    if let Err(complaint) = check(&sort, &value)? {
        return Ok(Err(complaint));
    }
    let is_taken =
        |one: &Metafield| one.namespace == namespace && one.key == key && one.value == value;
    let is_unique = definition.is_some_and(|one| one.unique);
    let mut others = state.products.values().filter(|product| product.id != id);
    if is_unique && others.any(|product| product.metafields.iter().any(is_taken)) {
        let message = "Value has already been taken";
        return Ok(Err(Complaint::new("TAKEN", &["value"], message)));
    }
    let known_id = known.map(|one| one.id);
    drop(state);
    let id = known_id.unwrap_or_else(|| context.change().number());
    Ok(Ok(Metafield {
        id,
        namespace,
        key,
        sort,
        value,
        updated: context.now,
    }))
}

/// Whether a value is one of its type.
fn check(sort: &str, value: &str) -> Result<Result<(), Complaint>, Refusal> {
    if value.is_empty() {
        return Ok(Err(Complaint::new(
            "BLANK",
            &["value"],
            "Value can't be blank",
        )));
    }
    let is_json = || serde_json::from_str::<serde_json::Value>(value);
    let fits = match sort {
        "single_line_text_field" => !value.contains('\n'),
        "multi_line_text_field" | "id" | "url" => true,
        "number_integer" => value.parse::<i64>().is_ok(),
        "number_decimal" => value.parse::<f64>().is_ok_and(f64::is_finite),
        "boolean" => ["true", "false"].contains(&value),
        "date" => {
            value.len() == 10
                && crate::frame::Moment::parse(&format!("{value}T00:00:00Z")).is_some()
        }
        "date_time" => crate::frame::Moment::parse(value).is_some(),
        "json" | "rich_text_field" => is_json().is_ok(),
        list if list.starts_with("list.") => is_json().is_ok_and(|one| one.is_array()),
        _ => {
            return Err(Refusal::unknown_here(format_args!(
                "metafields of the type {sort}"
            )));
        }
    };
    let message = format!("Value is no {sort}.");
    Ok(if fits {
        Ok(())
    } else {
        Err(Complaint::new("INVALID_VALUE", &["value"], message))
    })
}

/// `metafieldsSet`: all of them or none, compared with what is there where a digest is given.
pub(super) fn set(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = ("MetafieldsSetPayload", "MetafieldsSetUserError");
    let inputs = args.objects("metafields").unwrap_or_default();
    let stopped = |complaints: &[Complaint]| {
        payload(
            KINDS.0,
            KINDS.1,
            vec![("metafields", Val::NULL)],
            complaints,
        )
    };
    if inputs.len() > MOST_SET {
        let message = format!("Exceeded the maximum metafields input limit of {MOST_SET}.");
        return Ok(stopped(&[Complaint::new(
            "LESS_THAN_OR_EQUAL_TO",
            &["metafields"],
            message,
        )]));
    }
    let mut set = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        match set_one(context, input)? {
            Ok(one) => set.push(one),
            Err(one) => return Ok(stopped(&[one.within(&["metafields", &place.to_string()])])),
        }
    }
    let mut told = Vec::new();
    let mut state = context.change();
    for (owner, field) in set {
        told.push(metafield(&field));
        let put = |fields: &mut Vec<Metafield>| {
            fields.retain(|one| one.namespace != field.namespace || one.key != field.key);
            fields.push(field);
        };
        match owner {
            Owner::Product(id) => {
                state.change_product(id, context.now, |one| put(&mut one.metafields))
            }
            Owner::Variant(id) => state.change_variant(id, |one| put(&mut one.metafields)),
        }
    }
    drop(state);
    Ok(payload(
        KINDS.0,
        KINDS.1,
        vec![("metafields", Val::things(told))],
        &[],
    ))
}

pub(super) enum Owner {
    Product(u64),
    Variant(u64),
}

fn set_one(
    context: &Context<'_>,
    input: &Args,
) -> Result<Result<(Owner, Metafield), Complaint>, Refusal> {
    let owner = input.text("ownerId").unwrap_or_default();
    let product = number_of("Product", owner);
    let variant = number_of("ProductVariant", owner);
    let state = context.state();
    let (owner, kind, id, fields) = match (product, variant) {
        (Some(id), _) => {
            let fields = state.products.get(&id).map(|one| one.metafields.clone());
            (Owner::Product(id), "PRODUCT", id, fields)
        }
        (None, Some(id)) => {
            let fields = state.variants.get(&id).map(|one| one.metafields.clone());
            (Owner::Variant(id), "PRODUCTVARIANT", id, fields)
        }
        (None, None) => {
            return Err(Refusal::unknown_here(format_args!("metafields of {owner}")));
        }
    };
    drop(state);
    let Some(fields) = fields else {
        let message = "Owner does not exist.";
        return Ok(Err(Complaint::new("INVALID", &["ownerId"], message)));
    };
    let field = match read(context, &fields, input, kind, id)? {
        Ok(field) => field,
        Err(complaint) => return Ok(Err(complaint)),
    };
    if input.has("compareDigest") {
        let before = fields
            .iter()
            .find(|one| one.id == field.id)
            .map(Metafield::digest);
        if before.as_deref() != input.text("compareDigest") {
            let message = "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.";
            return Ok(Err(Complaint::new(
                "STALE_OBJECT",
                &["compareDigest"],
                message,
            )));
        }
    }
    Ok(Ok((owner, field)))
}

/// `metafieldDefinitionCreate`.
pub(super) fn define(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = (
        "MetafieldDefinitionCreatePayload",
        "MetafieldDefinitionCreateUserError",
    );
    let input = args.object("definition").unwrap_or_default();
    input.without("MetafieldDefinitionInput", &["constraints", "validations"])?;
    let definition = definition_of(&input);
    let stopped = |complaint| {
        payload(
            KINDS.0,
            KINDS.1,
            vec![("createdDefinition", Val::NULL)],
            &[complaint],
        )
    };
    if !(2..=64).contains(&definition.key.chars().count()) {
        let message = "Key must be from 2 to 64 characters long";
        return Ok(stopped(Complaint::new(
            "TOO_SHORT",
            &["definition", "key"],
            message,
        )));
    }
    let mut state = context.change();
    let is_it = |one: &MetafieldDefinition| {
        (&one.owner, &one.namespace, &one.key)
            == (&definition.owner, &definition.namespace, &definition.key)
    };
    if state.definitions.values().any(is_it) {
        let message = "Key is in use for the owner type and namespace.";
        return Ok(stopped(Complaint::new(
            "TAKEN",
            &["definition", "key"],
            message,
        )));
    }
    let id = state.number();
    let sort = Val::record(
        "MetafieldDefinitionType",
        vec![("name", Val::from(definition.sort.as_str()))],
    );
    let told = vec![
        ("id", Val::from(gid("MetafieldDefinition", id))),
        ("namespace", Val::from(definition.namespace.as_str())),
        ("key", Val::from(definition.key.as_str())),
        ("type", sort),
    ];
    state.definitions.insert(id, definition);
    drop(state);
    let created = Val::record("MetafieldDefinition", told);
    Ok(payload(
        KINDS.0,
        KINDS.1,
        vec![("createdDefinition", created)],
        &[],
    ))
}

fn definition_of(input: &Args) -> MetafieldDefinition {
    MetafieldDefinition {
        name: input.text("name").unwrap_or_default().to_owned(),
        owner: input.text("ownerType").unwrap_or_default().to_owned(),
        namespace: namespace_of(input.text("namespace")),
        key: input.text("key").unwrap_or_default().to_owned(),
        sort: input.text("type").unwrap_or_default().to_owned(),
        unique: input
            .object("capabilities")
            .and_then(|one| one.object("uniqueValues"))
            .and_then(|one| one.flag("enabled"))
            .unwrap_or_default()
            || input.text("type") == Some("id"),
    }
}
