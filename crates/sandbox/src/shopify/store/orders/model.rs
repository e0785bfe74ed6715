//! What an order is made of.
//!
//! Amounts are in hundredths of the currency that the customer saw. What the shop's books say is that
//! times the rate, each amount for itself, so that sums in the shop's currency may be off by a cent.

use std::sync::Arc;

use crate::frame::Moment;

/// A text that most orders do without.
pub(crate) type Words = Option<Box<str>>;
/// A text that many orders share.
pub(crate) type Shared = Option<Arc<str>>;

/// The rate of the shop's own currency.
pub(crate) const PAR: i64 = 1_000_000;

/// An order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    pub(crate) id: u64,
    pub(crate) number: u32,
    pub(crate) source: Arc<str>,
    pub(crate) source_identifier: Words,
    pub(crate) po_number: Words,
    pub(crate) created: Moment,
    pub(crate) processed: Moment,
    pub(crate) updated: Moment,
    pub(crate) closed: Option<Moment>,
    pub(crate) cancelled: Option<Moment>,
    pub(crate) cancel_reason: Words,
    pub(crate) test: bool,
    pub(crate) edited: bool,
    pub(crate) taxes_included: bool,
    pub(crate) tax_exempt: bool,
    /// Whether what was authorized can no longer be captured.
    pub(crate) expired: bool,
    /// Whether stock was set aside for it: the app may bypass that.
    pub(crate) claims: bool,
    pub(crate) email: Words,
    pub(crate) phone: Words,
    pub(crate) note: Words,
    pub(crate) tags: Vec<String>,
    pub(crate) attributes: Vec<(String, String)>,
    /// What the customer paid in.
    pub(crate) currency: Arc<str>,
    /// How many millionths of the shop's currency one of the customer's is.
    pub(crate) rate: i64,
    pub(crate) discount_codes: Vec<String>,
    pub(crate) customer: Option<u64>,
    pub(crate) shipping: Option<Arc<Address>>,
    pub(crate) billing: Option<Arc<Address>>,
    pub(crate) lines: Vec<Line>,
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) transactions: Vec<Transaction>,
    pub(crate) refunds: Vec<Refund>,
    pub(crate) fulfillments: Vec<Fulfillment>,
    pub(crate) fulfillment_orders: Vec<FulfillmentOrder>,
}

/// A line of an order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) id: u64,
    /// None for a custom item; they may be gone from the shop.
    pub(crate) product: Option<u64>,
    pub(crate) variant: Option<u64>,
    pub(crate) title: Arc<str>,
    pub(crate) variant_title: Shared,
    pub(crate) sku: Shared,
    pub(crate) vendor: Shared,
    /// What was ordered, with what was taken out since.
    pub(crate) quantity: u32,
    /// What was refunded or taken out.
    pub(crate) removed: u32,
    pub(crate) price: i64,
    /// What the line itself was reduced by, for all its units.
    pub(crate) discount: i64,
    /// Its share of what the whole order was reduced by.
    pub(crate) share: i64,
    pub(crate) taxes: Vec<Tax>,
    pub(crate) ships: bool,
    pub(crate) taxable: bool,
    pub(crate) gift_card: bool,
    pub(crate) attributes: Vec<(String, String)>,
}

/// A tax on a line or on shipping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tax {
    pub(crate) title: Arc<str>,
    /// In millionths: 190,000 are 19 per cent.
    pub(crate) rate: i64,
    pub(crate) amount: i64,
}

/// How the customer wants it brought: a shipping line.
#[derive(Debug, Clone)]
pub(crate) struct Delivery {
    pub(crate) id: u64,
    pub(crate) title: Arc<str>,
    pub(crate) code: Shared,
    pub(crate) price: i64,
    pub(crate) taxes: Vec<Tax>,
}

/// Money that went one way or the other, or was to.
#[derive(Debug, Clone)]
pub(crate) struct Transaction {
    pub(crate) id: u64,
    pub(crate) kind: Payment,
    pub(crate) status: &'static str,
    pub(crate) gateway: Arc<str>,
    pub(crate) processed: Moment,
    pub(crate) amount: i64,
    pub(crate) parent: Option<u64>,
    pub(crate) error: Option<&'static str>,
}

/// What a transaction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payment {
    Authorization,
    Capture,
    Sale,
    Refund,
    Void,
}

/// Units that were taken back, and money with them.
#[derive(Debug, Clone)]
pub(crate) struct Refund {
    pub(crate) id: u64,
    pub(crate) created: Moment,
    pub(crate) note: Words,
    pub(crate) lines: Vec<RefundLine>,
    /// What of it was for shipping.
    pub(crate) shipping: i64,
    /// What was given back in all.
    pub(crate) total: i64,
}

/// Units of a line that were taken back.
#[derive(Debug, Clone)]
pub(crate) struct RefundLine {
    pub(crate) line: u64,
    pub(crate) quantity: u32,
    pub(crate) restock: Restock,
    pub(crate) location: Option<u64>,
    pub(crate) subtotal: i64,
}

/// What becomes of units that were taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Restock {
    /// They had not been sent, and are free again.
    Cancel,
    /// They had been sent, and are back on the shelf.
    Return,
    /// Stock is left alone.
    No,
}

/// What is to be sent from one place.
#[derive(Debug, Clone)]
pub(crate) struct FulfillmentOrder {
    pub(crate) id: u64,
    pub(crate) location: u64,
    pub(crate) status: FulfillmentOrderStatus,
    pub(crate) method: Method,
    pub(crate) updated: Moment,
    pub(crate) fulfill_at: Moment,
    pub(crate) holds: Vec<Hold>,
    pub(crate) lines: Vec<FulfillmentOrderLine>,
}

/// How far a fulfilment order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FulfillmentOrderStatus {
    Open,
    InProgress,
    Scheduled,
    OnHold,
    Closed,
}

/// How something reaches the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Shipping,
    PickUp,
    Retail,
    /// By no way: a gift card.
    None,
}

/// Units of a line that are to be sent from one place.
#[derive(Debug, Clone)]
pub(crate) struct FulfillmentOrderLine {
    pub(crate) id: u64,
    pub(crate) line: u64,
    pub(crate) total: u32,
    pub(crate) remaining: u32,
}

/// Why something is not to be sent yet.
#[derive(Debug, Clone)]
pub(crate) struct Hold {
    pub(crate) id: u64,
    pub(crate) handle: Box<str>,
    pub(crate) reason: Box<str>,
    pub(crate) notes: Words,
}

/// What was sent together.
#[derive(Debug, Clone)]
pub(crate) struct Fulfillment {
    pub(crate) id: u64,
    /// Its place among those of the order, from 1.
    pub(crate) place: u32,
    pub(crate) location: u64,
    pub(crate) cancelled: bool,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    pub(crate) delivered: Option<Moment>,
    /// The last event that was told of it.
    pub(crate) event: Words,
    pub(crate) tracking: Vec<Tracking>,
    pub(crate) lines: Vec<FulfillmentLine>,
}

/// A parcel's number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tracking {
    pub(crate) company: Words,
    pub(crate) number: Words,
    pub(crate) url: Words,
}

/// Units of a line that were sent.
#[derive(Debug, Clone)]
pub(crate) struct FulfillmentLine {
    pub(crate) id: u64,
    pub(crate) line: u64,
    pub(crate) quantity: u32,
}

/// Where something goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) id: u64,
    pub(crate) first: Words,
    pub(crate) last: Words,
    pub(crate) company: Words,
    pub(crate) address1: Words,
    pub(crate) address2: Words,
    pub(crate) city: Words,
    pub(crate) province: Words,
    pub(crate) province_code: Words,
    pub(crate) zip: Words,
    pub(crate) country: Words,
    pub(crate) phone: Words,
}

/// A customer who bought something and is known.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    pub(crate) first: Words,
    pub(crate) last: Words,
    pub(crate) email: Words,
    pub(crate) phone: Words,
}

/// An order that is being cancelled in the background.
#[derive(Debug, Clone)]
pub(crate) struct Cancelling {
    pub(crate) order: u64,
    pub(crate) reason: Box<str>,
    pub(crate) restock: bool,
    pub(crate) refund: bool,
    /// When it is done.
    pub(crate) due: Moment,
    /// Nothing while it goes on; then nothing more, or what went wrong.
    pub(crate) ended: Option<Result<(), String>>,
}

impl FulfillmentOrderStatus {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::InProgress => "IN_PROGRESS",
            Self::Scheduled => "SCHEDULED",
            Self::OnHold => "ON_HOLD",
            Self::Closed => "CLOSED",
        }
    }
}

impl Method {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Shipping => "SHIPPING",
            Self::PickUp => "PICK_UP",
            Self::Retail => "RETAIL",
            Self::None => "NONE",
        }
    }
}

impl Payment {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Authorization => "AUTHORIZATION",
            Self::Capture => "CAPTURE",
            Self::Sale => "SALE",
            Self::Refund => "REFUND",
            Self::Void => "VOID",
        }
    }
}

impl Restock {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Cancel => "CANCEL",
            Self::Return => "RETURN",
            Self::No => "NO_RESTOCK",
        }
    }
}

impl Order {
    /// What it is called by: `#1001`.
    pub(crate) fn name(&self) -> String {
        format!("#{}", self.number)
    }

    /// An amount in the shop's currency.
    pub(crate) fn in_shop_currency(&self, amount: i64) -> i64 {
        if self.rate == PAR {
            return amount;
        }
        rounded(amount, self.rate, PAR)
    }

    /// An amount of the shop's currency in the customer's; yen have no hundredths.
    pub(crate) fn in_own_currency(&self, amount: i64) -> i64 {
        if self.rate == PAR {
            return amount;
        }
        let whole = if has_no_hundredths(&self.currency) {
            100
        } else {
            1
        };
        rounded(amount, PAR, self.rate * whole) * whole
    }

    pub(crate) fn line(&self, id: u64) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    pub(crate) fn fulfillment_order(&self, id: u64) -> Option<&FulfillmentOrder> {
        self.fulfillment_orders.iter().find(|one| one.id == id)
    }

    pub(crate) fn fulfillment(&self, id: u64) -> Option<&Fulfillment> {
        self.fulfillments.iter().find(|one| one.id == id)
    }
}

/// Whether amounts of the currency are whole.
pub(crate) fn has_no_hundredths(currency: &str) -> bool {
    ["JPY", "KRW", "VND", "CLP"].contains(&currency)
}

/// `amount` × `times` ÷ `by`, to the nearest.
pub(crate) fn rounded(amount: i64, times: i64, by: i64) -> i64 {
    if by == 0 {
        return 0;
    }
    let (product, by) = (i128::from(amount) * i128::from(times), i128::from(by));
    let half = by / 2 * product.signum();
    i64::try_from((product + half) / by).unwrap_or(i64::MAX)
}

impl FulfillmentOrder {
    /// Whether something may still be sent of it.
    pub(crate) fn is_open(&self) -> bool {
        self.status != FulfillmentOrderStatus::Closed
    }

    pub(crate) fn remaining(&self) -> u32 {
        self.lines.iter().map(|line| line.remaining).sum()
    }
}
