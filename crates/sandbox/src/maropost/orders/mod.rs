//! Orders: what customers bought, with payments and parcels.

mod desk;
mod fields;
mod get;
mod methods;
mod order;
mod place;
mod show;
mod stock;
mod update;

pub(crate) use desk::edit;
pub(crate) use get::answer as get;
pub(crate) use methods::{payment as payment_methods, shipping as shipping_methods};
pub(crate) use order::Orders;
pub(crate) use place::{answer as add, by_customer as place};
pub(crate) use update::{answer as update, pay};
