//! Long runs from end to end: a file becomes a plan, the plan becomes products, the undo takes them
//! back, on each kind of database.

mod apply;
mod export;
mod export_shopify;
mod families;
mod import;
mod made_up_kind;
mod pointed_out;
mod reading;
mod reconcile;
mod resolve;
mod undo;
mod workbench;
