//! One line of an order.

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid};
use super::super::store::rounded;
use super::not_here;
use super::order_money::{bag, taxes};
use super::orders::{attributes, first};

/// One field of a line.
pub(super) fn field(
    context: &Context<'_>,
    (id, order): (u64, u64),
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let order = state.orders.get(&order);
    let Some((order, line)) = order.and_then(|order| Some((order, order.line(id)?))) else {
        return Ok(Val::NULL);
    };
    let amount = |amount: i64| bag(&state, order, amount);
    Ok(match name {
        "id" => Val::from(gid("LineItem", id)),
        "name" => Val::from(line.name()),
        "title" => Val::from(&*line.title),
        "variantTitle" => Val::from(line.variant_title.as_deref()),
        "sku" => Val::from(line.sku.as_deref()),
        "vendor" => Val::from(line.vendor.as_deref()),
        "quantity" => Val::from(i64::from(line.quantity)),
        "currentQuantity" | "refundableQuantity" => Val::from(i64::from(line.current())),
        "unfulfilledQuantity" => Val::from(i64::from(order.unsent(id))),
        "requiresShipping" => Val::from(line.ships),
        "taxable" => Val::from(line.taxable),
        "isGiftCard" => Val::from(line.gift_card),
        // What was bought may be gone from the shop.
        "variant" => {
            let there = line.variant.filter(|id| state.variants.contains_key(id));
            Val::from(there.map(Thing::Variant))
        }
        "product" => {
            let there = line.product.filter(|id| state.products.contains_key(id));
            Val::from(there.map(Thing::Product))
        }
        "originalUnitPriceSet" => amount(line.price),
        "discountedUnitPriceAfterAllDiscountsSet" => {
            amount(rounded(line.net(), 1, i64::from(line.quantity)))
        }
        "totalDiscountSet" => amount(line.discount),
        "taxLines" => {
            let Val::List(all) = taxes(&state, order, &line.taxes) else {
                return Ok(Val::NULL);
            };
            Val::List(first(all.into_iter(), args).collect())
        }
        "customAttributes" => attributes(&line.attributes),
        _ => return Err(not_here("LineItem", name)),
    })
}
