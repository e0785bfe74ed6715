//! Sales channels: what a shop has, which of our fields is which of its, and the three-way merge
//! between the two. Pure: what asks the shops stands in the crate `channels`.

pub mod channel_field;
mod listing;
mod merge;
mod owner;
mod platform;
pub mod shop;
mod shop_field;
mod shop_item;
mod shop_order;
mod stock;
mod translate;

pub use channel_field::{FieldLink, link_of};
pub use listing::{
    Agreed, Both, Dispute, LISTING, LinkState, Listing, ListingProblem, Pending, Sight,
    product_field,
};
pub use merge::{ItemRole, LinkedField, ListingMerge, Push, Sides, merge_listing};
pub use owner::Owner;
pub use platform::Platform;
pub use shop_field::{FieldLevel, ShopField, ShopFieldDef};
pub use shop_item::{ItemState, ParentRef, ShopItem, ShopValues};
pub use shop_order::{
    Address, Customer, OrderPayment, OrderState, OrderTotals, Parcel, PaymentState, ShopOrder,
    ShopOrderLine, ShopShipment,
};
pub use stock::{StockAgreed, StockRule, StockSides, StockVerdict, merge_stock};
pub use translate::{from_shop, to_shop};
