//! What goes on in the background.

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid, number_of};
use super::order_cancel;

/// `job`: nothing but cancelling an order takes longer than its request.
pub(crate) fn job(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let id = args.text("id").unwrap_or_default();
    let done = match order_cancel::is_done(context, id) {
        Some(done) => done,
        None => {
            number_of("Job", id).ok_or_else(|| Refusal::bad_id(id))?;
            true
        }
    };
    Ok(Val::record(
        "Job",
        vec![("id", Val::from(id)), ("done", Val::from(done))],
    ))
}

/// `productOperation`: how a `productSet` or a `productDelete` in the background fares.
pub(crate) fn product_operation(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let id = args.text("id").unwrap_or_default();
    let set = number_of("ProductSetOperation", id);
    let number = set.or_else(|| number_of("ProductDeleteOperation", id));
    let number = number.ok_or_else(|| Refusal::bad_id(id))?;
    let state = context.state();
    let Some(operation) = state.operations.get(&number) else {
        return Ok(Val::NULL);
    };
    let done = operation.done <= context.now;
    let status = match operation.done.0 - context.now.0 {
        ..=0 => "COMPLETE",
        1..=1000 => "ACTIVE",
        _ => "CREATED",
    };
    let there = operation
        .product
        .filter(|id| done && state.products.contains_key(id));
    let deleted = operation.kind == "ProductDeleteOperation" && done;
    let deleted = operation
        .product
        .filter(|_| deleted)
        .map(|id| gid("Product", id));
    let errors = if done {
        operation.errors.clone()
    } else {
        Val::List(Vec::new())
    };
    Ok(Val::record(
        operation.kind,
        vec![
            ("id", Val::from(gid(operation.kind, number))),
            ("status", Val::from(status)),
            ("product", Val::from(there.map(Thing::Product))),
            ("deletedProductId", Val::from(deleted)),
            ("userErrors", errors),
        ],
    ))
}
