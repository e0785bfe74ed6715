//! What a merchant does in the platform's own window, behind our back.

use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::random::Random;
use super::shop::Shop;

/// One edit. `on` is the platform's own id of a product or a variant, or a SKU; of several with one
/// SKU the first is meant. Of orders it is the platform's own id or the number, and lines are counted
/// from 0. Money is in hundredths of the shop's currency.
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
    /// A customer orders and pays.
    PlaceOrder { lines: Vec<Ordered>, email: String },
    /// The merchant edits an order: so many of a line are wanted now.
    ChangeOrderQuantity {
        on: String,
        line: usize,
        quantity: u32,
    },
    /// The merchant edits an order: one line more.
    AddOrderLine {
        on: String,
        sku: String,
        quantity: u32,
    },
    /// An order is called off.
    CancelOrder {
        on: String,
        restock: bool,
        refund: bool,
    },
    /// Units of a line are taken back, with their money.
    RefundOrder {
        on: String,
        line: usize,
        quantity: u32,
        restock: bool,
    },
    /// The customer wants it sent elsewhere.
    ReaddressOrder {
        on: String,
        street: String,
        city: String,
        zip: String,
    },
    /// The customer pays what is owed.
    PayOrder { on: String },
    /// The merchant sends all that can be sent.
    ShipOrder {
        on: String,
        carrier: String,
        number: String,
    },
    /// The merchant holds it back.
    HoldOrder { on: String, reason: String },
    /// The merchant writes another note; an empty one takes it away.
    NoteOrder { on: String, note: String },
}

/// What is ordered, and how many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// The platform's own id of a product or a variant, or a SKU.
    pub on: String,
    /// How many.
    pub quantity: u32,
}

/// An item as the merchant sees it in the list: a product, or a variant below it. Money is in hundredths; what the
/// item has not of its own is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// By what an [`Edit`] is about it.
    pub id: String,
    /// The id of the product of a variant.
    pub parent: Option<String>,
    /// Its SKU; may be empty.
    pub sku: String,
    /// Its title.
    pub title: Option<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// Its description.
    pub html: Option<String>,
    /// Its price.
    pub price: Option<i64>,
    /// What it costs the merchant.
    pub cost: Option<i64>,
    /// How many there are at the first place; none where that is not counted.
    pub stock: Option<i64>,
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
    if let Some(on) = shop.pick_order(random)
        && random.below(2) == 0
    {
        return random_order_edit(shop, on, random);
    }
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

/// Something that a merchant or a customer may do with an order, or a new one.
fn random_order_edit(shop: &dyn Shop, on: String, random: &mut Random) -> Edit {
    let tag = random.number() & 0xFFFF_FFFF;
    let few = u32::try_from(random.below(3)).unwrap_or_default();
    let line = usize::try_from(random.below(2)).unwrap_or_default();
    let sku = shop.pick(random).unwrap_or_default();
    match random.below(100) {
        0..30 => Edit::PlaceOrder {
            lines: vec![Ordered {
                on: sku,
                quantity: few + 1,
            }],
            email: format!("chance{tag:08x}@example.com"),
        },
        30..45 => Edit::ShipOrder {
            on,
            carrier: String::from("StarTrack"),
            number: format!("C{tag:08x}"),
        },
        45..55 => Edit::ChangeOrderQuantity {
            on,
            line,
            quantity: few,
        },
        55..62 => Edit::AddOrderLine {
            on,
            sku,
            quantity: few + 1,
        },
        62..70 => Edit::CancelOrder {
            on,
            restock: tag.is_multiple_of(2),
            refund: tag.is_multiple_of(3),
        },
        70..78 => Edit::RefundOrder {
            on,
            line,
            quantity: 1,
            restock: tag.is_multiple_of(2),
        },
        78..84 => Edit::ReaddressOrder {
            on,
            street: format!("Chance street {}", tag % 100),
            city: String::from("Kiel"),
            zip: format!("{:05}", tag % 100_000),
        },
        84..90 => Edit::PayOrder { on },
        90..95 => Edit::HoldOrder {
            on,
            reason: format!("Held by chance {tag:08x}"),
        },
        _ => Edit::NoteOrder {
            on,
            note: format!("Noted by chance {tag:08x}"),
        },
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
