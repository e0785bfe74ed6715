//! What is switchable: the facts about the platform leave questions open, and a client has to be
//! safe under either answer. Each switch is one question; what the variants say is all that is
//! known about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use super::switches::{
    BadReference, BadRow, Bounds, EmptyValue, ExistingSku, LineId, MessageShape, NegativeStock,
    NoDate, NoRecords, NoRows, OddSku, PartSent, QuantityAction, RefusedKey, Shapes, SkuCase,
    Specifics, TextBooleans, TooLong, UnknownField, UnknownSelector, UnpackedStock, UpdatedItem,
    Username, Zone,
};

/// How a practice shop answers what is not known for sure, and how it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The keys that the shop takes.
    pub keys: Vec<Key>,
    /// Whether the header `NETOAPI_USERNAME` is looked at.
    pub username: Username,
    /// How a key that the shop does not know is refused.
    pub refused_key: RefusedKey,
    /// How many requests a minute the account may make.
    pub requests_per_minute: usize,
    /// Whether requests that were refused with 429 count, too, so that only a pause helps.
    pub refused_requests_count: bool,
    /// What `Retry-After` says on 429, in seconds. It is not documented.
    pub retry_after: Option<u32>,
    /// The shop is out of order: every request is answered by an HTML page with status 200.
    pub outage: bool,

    /// How many minutes the shop's own time is ahead of UTC; Brisbane has 600, all the year.
    pub zone_minutes: i32,
    /// In which zone `CurrentTime` is.
    pub current_time: Zone,
    /// In which zone the dates of a promotion are read when they are written.
    pub promotion_written_in: Zone,
    /// In which zone an item's dates are that are named neither `…UTC` nor `…Local`.
    pub plain_item_dates: Zone,
    /// How a date that was never set is answered.
    pub no_date: NoDate,

    /// What `Limit` is when the request has none; all rows are answered without.
    pub default_limit: Option<usize>,
    /// The highest `Limit`: what is asked above it is answered by shorter pages.
    pub highest_limit: Option<usize>,
    /// Whether `From` and `To` of a filter take in what lies exactly on them.
    pub bounds: Bounds,
    /// What happens with an output selector that is not documented.
    pub unknown_selector: UnknownSelector,
    /// What happens with a field that is not documented when it is written.
    pub unknown_field: UnknownField,

    /// How several values are wrapped in an answer.
    pub shapes: Shapes,
    /// How a collection without a row is answered.
    pub no_rows: NoRows,
    /// How a list of records without one is answered: `[]`, or `""`.
    pub no_records: NoRecords,
    /// Whether `WarehouseQuantity` of a single warehouse is an object instead of an array of one.
    pub one_quantity_bare: bool,
    /// How `Messages` is shaped.
    pub messages: MessageShape,
    /// How `UpdateItem` names the item that it wrote.
    pub updated_item: UpdatedItem,
    /// The words of booleans that the documents type as text (`IsInventoried` and its like).
    pub text_booleans: TextBooleans,

    /// What happens with a row that lacks what is required, or breaks a rule, among other rows.
    pub bad_row: BadRow,
    /// What happens with a text that is longer than its field.
    pub too_long: TooLong,
    /// What happens with a SKU with spaces or special characters.
    pub odd_sku: OddSku,
    /// Whether SKUs that differ in case alone are one.
    pub sku_case: SkuCase,
    /// What `AddItem` does with a SKU that is there already.
    pub existing_sku: ExistingSku,
    /// What happens with a category, warehouse, group or parent that is not there.
    pub bad_reference: BadReference,
    /// What an empty text means where a number, a yes or no, or a choice is written.
    pub empty_value: EmptyValue,
    /// What an added item has in fields that the request does not name.
    pub unsaid: BTreeMap<String, String>,
    /// How many decimals the shop keeps of a price, 2 to 4.
    pub price_decimals: u32,

    /// Whether written specifics are added to those that are there, or take their place.
    pub specifics: Specifics,
    /// What a quantity without an action means.
    pub quantity_action: QuantityAction,
    /// Whether stock can fall below zero.
    pub negative_stock: NegativeStock,
    /// Whether a change of stock alone moves `DateUpdated`.
    pub stock_moves_date_updated: bool,
    /// Whether an update that changes nothing moves `DateUpdated`.
    pub unchanged_moves_date_updated: bool,

    /// Whether `OrderLine` and `OrderPayment` of a single row are objects instead of arrays of one.
    pub one_line_bare: bool,
    /// With how many decimals the quantity of an order's line is answered; 0 and 3 were seen.
    pub quantity_decimals: u32,
    /// What `OrderLineNumber` the first line of an order has.
    pub first_line_number: usize,
    /// What `OrderLineID` may be when it is written.
    pub line_id: LineId,
    /// What becomes of the status of an order of which a part was sent.
    pub part_sent: PartSent,
    /// What becomes of the stock of an order that was packed, and then is not any more.
    pub unpacked_stock: UnpackedStock,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keys: vec![
                Key::global("practice-key"),
                Key::of("practice-user-key", "practice"),
            ],
            username: Username::Ignored,
            refused_key: RefusedKey::Ack,
            requests_per_minute: 500,
            refused_requests_count: true,
            retry_after: None,
            outage: false,
            zone_minutes: 600,
            current_time: Zone::Utc,
            promotion_written_in: Zone::Utc,
            plain_item_dates: Zone::Utc,
            no_date: NoDate::Zero,
            default_limit: None,
            highest_limit: None,
            bounds: Bounds::Inclusive,
            unknown_selector: UnknownSelector::RefuseRequest,
            unknown_field: UnknownField::NotSimulated,
            shapes: Shapes::Observed,
            no_rows: NoRows::TextInArray,
            no_records: NoRecords::Array,
            one_quantity_bare: false,
            messages: MessageShape::OneOrMany,
            updated_item: UpdatedItem::Object,
            text_booleans: TextBooleans::TrueFalse,
            bad_row: BadRow::RefuseBatch,
            too_long: TooLong::RefuseRow,
            odd_sku: OddSku::RefuseRow,
            sku_case: SkuCase::Matters,
            existing_sku: ExistingSku::Error,
            bad_reference: BadReference::IgnoreWithWarning,
            empty_value: EmptyValue::NotSimulated,
            unsaid: unsaid(),
            price_decimals: 4,
            specifics: Specifics::Merge,
            quantity_action: QuantityAction::NotSimulated,
            negative_stock: NegativeStock::Allowed,
            stock_moves_date_updated: false,
            unchanged_moves_date_updated: true,
            one_line_bare: false,
            quantity_decimals: 0,
            first_line_number: 0,
            line_id: LineId::Text,
            part_sent: PartSent::AsWritten,
            unpacked_stock: UnpackedStock::Returns,
        }
    }
}

/// What a new item most likely is.
fn unsaid() -> BTreeMap<String, String> {
    let names = [
        "IsActive",
        "Approved",
        "Visible",
        "TaxInclusive",
        "IsInventoried",
        "IsBought",
        "IsSold",
    ];
    names
        .map(|name| (name.to_owned(), "True".to_owned()))
        .into()
}

/// A key of the shop's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The key itself.
    pub key: String,
    /// Whose it is; the global key belongs to no user.
    #[serde(default)]
    pub username: Option<String>,
    /// The only actions that its person's group permits; without a list, all. What is not permitted
    /// is answered like a wrong key.
    #[serde(default)]
    pub actions: Option<Vec<String>>,
}

impl Key {
    /// The shop's one key that belongs to no user.
    pub fn global(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            username: None,
            actions: None,
        }
    }

    /// A key of `username`'s, who may do everything.
    pub fn of(key: &str, username: &str) -> Self {
        Self {
            username: Some(username.to_owned()),
            ..Self::global(key)
        }
    }

    /// The same key for these actions alone.
    #[must_use]
    pub fn only(mut self, actions: &[&str]) -> Self {
        self.actions = Some(actions.iter().map(|action| (*action).to_owned()).collect());
        self
    }

    /// Whether the action is permitted.
    pub(crate) fn permits(&self, action: &str) -> bool {
        let actions = self.actions.as_ref();
        actions.is_none_or(|actions| actions.iter().any(|permitted| permitted == action))
    }
}
