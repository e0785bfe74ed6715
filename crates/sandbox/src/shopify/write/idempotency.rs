//! `@idempotent(key:)`: what is repeated under its key is done once.

use apollo_compiler::ast;
use apollo_compiler::resolvers::ResolveInfo;

use super::super::engine::{Args, Context, Refusal, Val};
use super::super::store::Idempotent;
use super::complaint::{Complaint, has_complaints, payload};

/// How long a key is remembered, in milliseconds. What the real one does is not known.
const REMEMBERED: i64 = 24 * 3_600_000;

/// The mutations that need a key, with the types of their payload and its errors.
const NEEDED: [(&str, &str, &str); 4] = [
    (
        "inventorySetQuantities",
        "InventorySetQuantitiesPayload",
        "InventorySetQuantitiesUserError",
    ),
    (
        "inventoryAdjustQuantities",
        "InventoryAdjustQuantitiesPayload",
        "InventoryAdjustQuantitiesUserError",
    ),
    ("inventoryActivate", "InventoryActivatePayload", "UserError"),
    ("refundCreate", "RefundCreatePayload", "UserError"),
];

/// Does what is asked, unless it was done under the same key.
pub(super) fn guarded(
    context: &Context<'_>,
    info: &ResolveInfo<'_>,
    args: &Args,
    mutate: impl FnOnce() -> Result<Val, Refusal>,
) -> Result<Val, Refusal> {
    let name = info.field_name();
    let needed = NEEDED.iter().find(|(needed, _, _)| *needed == name);
    let key = key(context, info)?;
    let Some(key) = key else {
        if needed.is_some() {
            let message =
                "The @idempotent directive is required for this mutation but was not provided.";
            return Err(Refusal::bad_request(message));
        }
        return mutate();
    };
    let Some((_, kind, errors)) = needed else {
        return Err(Refusal::unknown_here(format_args!("@idempotent on {name}")));
    };
    let asked = serde_json::json!([name, args.0]);
    if let Some(before) = remembered(context, &key) {
        let (code, message) = if before.asked != asked {
            (
                "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
                "The idempotency key was used with other parameters.",
            )
        } else if before.failed {
            (
                "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
                "The previous attempt under this idempotency key failed.",
            )
        } else {
            return Ok(before.answer);
        };
        let empty = [
            "inventoryAdjustmentGroup",
            "inventoryLevel",
            "refund",
            "order",
        ];
        let empty = empty.map(|field| (field, Val::NULL));
        return Ok(payload(
            kind,
            errors,
            empty.to_vec(),
            &[Complaint::new(code, &[], message)],
        ));
    }
    let answer = mutate()?;
    let done = Idempotent {
        asked,
        failed: has_complaints(&answer),
        answer: answer.clone(),
        at: context.now,
    };
    context.change().idempotent.insert(key, done);
    Ok(answer)
}

fn remembered(context: &Context<'_>, key: &str) -> Option<Idempotent> {
    let state = context.state();
    let before = state.idempotent.get(key)?;
    (before.at.plus(REMEMBERED) > context.now).then(|| before.clone())
}

/// The key of the directive, if it is there.
fn key(context: &Context<'_>, info: &ResolveInfo<'_>) -> Result<Option<String>, Refusal> {
    let selections = info.field_selections();
    let Some(directive) = selections
        .iter()
        .find_map(|field| field.directives.get("idempotent"))
    else {
        return Ok(None);
    };
    let value = directive
        .specified_argument_by_name("key")
        .map(|value| &**value);
    let key = match value {
        Some(ast::Value::String(text)) => Some(text.clone()),
        Some(ast::Value::Variable(name)) => context
            .variables
            .get(name.as_str())
            .and_then(|value| value.as_str())
            .map(String::from),
        _ => None,
    };
    match key {
        Some(key) if !key.trim().is_empty() => Ok(Some(key)),
        _ => Err(Refusal::bad_request(
            "The key of the @idempotent directive must not be blank.",
        )),
    }
}
