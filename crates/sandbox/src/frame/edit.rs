//! What a merchant does in the platform's own window, behind our back.

use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::random::Random;
use super::shop::Shop;

/// One edit. `on` is the platform's own id of a product or a variant, or a SKU; of several with one
/// SKU the first is meant. Money is in hundredths of the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "edit")]
#[expect(
    missing_docs,
    reason = "the fields are what the variants say they are about"
)]
pub enum Edit {
    /// Another price.
    Price { on: String, price: i64 },
    /// Another title of the whole product.
    Title { on: String, title: String },
    /// Another description of the whole product.
    Description { on: String, html: String },
    /// Another SKU; an empty one takes it away.
    Sku { on: String, sku: String },
    /// Another barcode; an empty one takes it away.
    Barcode { on: String, barcode: String },
    /// So many are sold: stock falls.
    Sale { on: String, quantity: i64 },
    /// The shelf was counted.
    Stock { on: String, quantity: i64 },
    /// The whole product goes out of sale, and can come back.
    Archive { on: String },
    /// The whole product is gone for good.
    Delete { on: String },
    /// One variant is gone for good; the last one cannot go.
    DeleteVariant { on: String },
    /// A new product with one variant.
    AddProduct {
        title: String,
        sku: String,
        price: i64,
    },
    /// One variant more of the product, which differs from the others by `value` in the first
    /// option.
    AddVariant {
        on: String,
        value: String,
        sku: String,
        price: i64,
    },
    /// An option of the product gets another name.
    RenameOption {
        on: String,
        from: String,
        to: String,
    },
}

/// Something that a merchant may do with what is there. What it does not apply to, such as selling
/// what is gone, [`Shop::edit`] refuses.
pub fn random_edit(shop: &dyn Shop, random: &mut Random) -> Edit {
    let tag = random.number() & 0xFFFF_FFFF;
    let price = i64::try_from(random.below(20_000)).unwrap_or_default();
    let added = || Edit::AddProduct {
        title: format!("Made by the merchant {tag:08x}"),
        sku: format!("MER-{tag:08x}"),
        price,
    };
    let Some(on) = shop.pick(random) else {
        return added();
    };
    let quantity = i64::try_from(random.below(5)).unwrap_or_default() + 1;
    match random.below(100) {
        0..25 => Edit::Sale { on, quantity },
        25..40 => Edit::Stock {
            on,
            quantity: quantity * 10,
        },
        40..60 => Edit::Price { on, price },
        60..70 => Edit::Description {
            on,
            html: format!("<p>Written anew by the merchant: {tag:08x}.</p>"),
        },
        70..80 => Edit::Title {
            on,
            title: format!("Named by the merchant {tag:08x}"),
        },
        80..83 => Edit::Barcode {
            on,
            barcode: format!("20{:010}", tag),
        },
        83..85 => Edit::Archive { on },
        85..87 => Edit::Delete { on },
        87..89 => Edit::DeleteVariant { on },
        89..94 => Edit::AddVariant {
            on,
            value: format!("Value {tag:08x}"),
            sku: format!("MER-V-{tag:08x}"),
            price,
        },
        94..96 => Edit::Sku {
            on,
            sku: format!("MER-S-{tag:08x}"),
        },
        _ => added(),
    }
}

/// Makes up to `count` random edits and says which ones the shop took.
pub(crate) fn edit_by_chance(shop: &mut dyn Shop, seed: u64, count: u32, now: Moment) -> Vec<Edit> {
    let mut random = Random::new(seed);
    let mut made = Vec::new();
    for _ in 0..count {
        let edit = random_edit(shop, &mut random);
        if shop.edit(&edit, now).is_ok() {
            made.push(edit);
        }
    }
    made
}
