//! Amounts and taxes as an app gives them.

use std::sync::Arc;

use super::super::engine::{Args, Refusal};
use super::super::store::{Line, Money, Tax};
use super::complaint::Complaint;

/// Read, complained of, or refused as a whole.
pub(super) type Checked<T> = Result<Result<T, Complaint>, Refusal>;

/// The taxes of a line: as they are said, or worked out from the rate.
pub(super) fn taxes(wish: &Args, line: &mut Line, included: bool) -> Checked<()> {
    let wishes = wish.objects("taxLines").unwrap_or_default();
    for tax in &wishes {
        // A rate is a proportion with up to six decimals.
        let rate = tax
            .get("rate")
            .map(|rate| rate.as_str().map_or_else(|| rate.to_string(), String::from));
        let rate = rate
            .and_then(|rate| rate.parse::<f64>().ok())
            .filter(|rate| (0.0..=1.0).contains(rate));
        let Some(rate) = rate else {
            let message = "Tax line rate is invalid";
            return Ok(Err(Complaint::new("INVALID", &["taxLines"], message)));
        };
        line.taxes.push(Tax {
            title: Arc::from(tax.text("title").unwrap_or_default()),
            rate: millionths(rate),
            amount: 0,
        });
    }
    line.retax(included);
    for (tax, wish) in line.taxes.iter_mut().zip(&wishes) {
        match amount(wish, "priceSet")? {
            Ok(said) => tax.amount = said.unwrap_or(tax.amount),
            Err(complaint) => return Ok(Err(complaint.within(&["taxLines"]))),
        }
    }
    Ok(Ok(()))
}

/// A proportion from nothing to one, in millionths.
fn millionths(rate: f64) -> i64 {
    let text = format!("{:.0}", rate * 1_000_000.0);
    text.parse().unwrap_or_default()
}

/// The amount of a `MoneyBagInput`, which must be in the shop's own money.
pub(super) fn amount(wish: &Args, key: &str) -> Checked<Option<i64>> {
    let Some(bag) = wish.object(key) else {
        return Ok(Ok(None));
    };
    bag.without("MoneyBagInput", &["presentmentMoney"])?;
    let money = bag.object("shopMoney").unwrap_or_default();
    let text = money
        .get("amount")
        .map(|it| it.as_str().map_or_else(|| it.to_string(), String::from));
    let amount = text.and_then(|text| Money::parse(&text));
    let amount = amount.filter(|one| one.0 >= 0 && !one.is_too_large());
    Ok(match amount.and_then(|one| i64::try_from(one.0).ok()) {
        Some(amount) => Ok(Some(amount)),
        None => Err(Complaint::new(
            "INVALID",
            &["shopMoney", "amount"],
            "Amount is invalid",
        )),
    })
}
