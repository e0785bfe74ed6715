//! What is changed.

mod bulk;
mod bulk_rows;
mod bulk_run;
mod complaint;
mod files;
mod fulfil;
mod holds;
mod idempotency;
mod inventory;
mod metafields;
mod metafields_delete;
mod operations;
mod options;
mod options_delete;
mod options_write;
mod order_amounts;
mod order_cancel;
mod order_create;
mod orders;
mod product_fields;
mod product_set;
mod products;
mod publish;
mod refunds;
mod set_options;
mod set_variants;
mod staging;
mod stocking;
mod variant_fields;
mod variants;
mod variants_arrange;

pub(super) use bulk::{bulk_operation, bulk_operations};
pub(super) use bulk_run::settle;
pub(super) use operations::{job, product_operation};
pub(super) use order_cancel::{cancel_result, settle as settle_orders};

use apollo_compiler::resolvers::ResolveInfo;
use serde_json::Value;

use super::auth::need;
use super::engine::{Args, Context, Refusal, Val};
use super::read::need_fulfillment_scope;

/// How many entries a list of an input may have.
const LONGEST_LIST: usize = 250;
/// How many variants a product may have.
const MOST_VARIANTS: usize = 2048;

/// One field of a mutation.
pub(super) fn root(
    context: &Context<'_>,
    info: &ResolveInfo<'_>,
    args: &Args,
) -> Result<Val, Refusal> {
    let name = info.field_name();
    need_scope(context, name, args)?;
    for (key, value) in &args.0 {
        refuse_long_lists(name, key, value)?;
    }
    idempotency::guarded(context, info, args, || mutate(context, name, args))
}

fn mutate(context: &Context<'_>, name: &str, args: &Args) -> Result<Val, Refusal> {
    match name {
        "productSet" => product_set::product_set(context, args),
        "productCreate" => products::create(context, args),
        "productUpdate" => products::update(context, args),
        "productDelete" => products::delete(context, args),
        "productVariantsBulkCreate" => variants::create(context, args),
        "productVariantsBulkUpdate" => variants::update(context, args),
        "productVariantsBulkDelete" => variants_arrange::delete(context, args),
        "productVariantsBulkReorder" => variants_arrange::reorder(context, args),
        "productOptionsCreate" => options_write::create(context, args),
        "productOptionUpdate" => options_write::update(context, args),
        "productOptionsDelete" => options_delete::delete(context, args),
        "inventoryItemUpdate" => stocking::update_item(context, args),
        "inventorySetQuantities" => inventory::set(context, args),
        "inventoryAdjustQuantities" => inventory::adjust(context, args),
        "inventoryActivate" => stocking::activate(context, args),
        "inventoryBulkToggleActivation" => stocking::toggle(context, args),
        "metafieldsSet" => metafields::set(context, args),
        "metafieldsDelete" => metafields_delete::delete(context, args),
        "metafieldDefinitionCreate" => metafields::define(context, args),
        "publishablePublish" => publish::publish(context, args),
        "publishableUnpublish" => publish::unpublish(context, args),
        "tagsAdd" => publish::add_tags(context, args),
        "tagsRemove" => publish::remove_tags(context, args),
        "orderCreate" => order_create::create(context, args),
        "orderUpdate" => orders::update(context, args),
        "orderClose" => orders::close(context, args),
        "orderOpen" => orders::open(context, args),
        "orderMarkAsPaid" => orders::mark_as_paid(context, args),
        "orderCancel" => order_cancel::cancel(context, args),
        "refundCreate" => refunds::create(context, args),
        "fulfillmentCreate" => fulfil::create(context, args),
        "fulfillmentTrackingInfoUpdate" => fulfil::update_tracking(context, args),
        "fulfillmentCancel" => fulfil::cancel(context, args),
        "fulfillmentEventCreate" => fulfil::tell(context, args),
        "fulfillmentOrderHold" => holds::hold(context, args),
        "fulfillmentOrderReleaseHold" => holds::release(context, args),
        "fulfillmentOrderMove" => holds::relocate(context, args),
        "fileCreate" => files::create(context, args),
        "fileUpdate" => files::update(context, args),
        "stagedUploadsCreate" => staging::stage(context, args),
        "productReorderMedia" => files::reorder(context, args),
        "productVariantAppendMedia" => files::append_to_variants(context, args),
        "bulkOperationRunQuery" => bulk::run_query(context, args),
        "bulkOperationRunMutation" => bulk::run_mutation(context, args),
        "bulkOperationCancel" => bulk::cancel(context, args),
        _ => Err(Refusal::unknown_here(format_args!("Mutation.{name}"))),
    }
}

/// Refuses whom the scope is missing for: sending needs one of several, tags that of what they are on.
fn need_scope(context: &Context<'_>, name: &str, args: &Args) -> Result<(), Refusal> {
    match name {
        "fulfillmentCreate"
        | "fulfillmentTrackingInfoUpdate"
        | "fulfillmentCancel"
        | "fulfillmentOrderHold"
        | "fulfillmentOrderReleaseHold"
        | "fulfillmentOrderMove" => need_fulfillment_scope(context, "write", name),
        "fulfillmentEventCreate" => need(context.scopes, "write_fulfillments", name),
        "tagsAdd" | "tagsRemove" if publish::tags_an_order(args) => {
            need(context.scopes, "write_orders", name)
        }
        _ if name.starts_with("order") || name == "refundCreate" => {
            need(context.scopes, "write_orders", name)
        }
        _ => need(context.scopes, scope(name), name),
    }
}

/// The scope that a mutation needs. Those that need none are let in by reading products, which every
/// app here may.
fn scope(name: &str) -> &'static str {
    if name.starts_with("inventory") {
        return "write_inventory";
    }
    match name {
        "publishablePublish" | "publishableUnpublish" => "write_publications",
        "fileCreate" | "fileUpdate" => "write_files",
        "bulkOperationRunQuery"
        | "bulkOperationRunMutation"
        | "bulkOperationCancel"
        | "stagedUploadsCreate" => "read_products",
        _ => "write_products",
    }
}

/// Refuses lists that are too long; the variants of `productSet` have a limit of their own.
fn refuse_long_lists(mutation: &str, key: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::Array(list) => {
            let own_limit = mutation == "productSet" && key == "variants";
            if list.len() > LONGEST_LIST && !own_limit {
                let message = format!(
                    "The input array size of {} is greater than the maximum allowed of {LONGEST_LIST}.",
                    list.len()
                );
                return Err(Refusal::new("MAX_INPUT_SIZE_EXCEEDED", message));
            }
            list.iter()
                .try_for_each(|one| refuse_long_lists(mutation, "", one))
        }
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(key, one)| refuse_long_lists(mutation, key, one)),
        _ => Ok(()),
    }
}
