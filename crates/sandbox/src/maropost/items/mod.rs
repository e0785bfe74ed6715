//! Items: one for each SKU, parents and variants alike.

mod change;
mod fields;
mod get;
mod item;
mod parts;
mod shelf;
mod show;
mod write;

pub(crate) use change::Stop;
pub(crate) use get::answer as get;
pub(crate) use item::{GroupPrice, Image, Item, Place, Specific};
pub(crate) use shelf::Shelf;
pub(crate) use write::{Write, answer as write};
