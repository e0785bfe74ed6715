//! GraphQL: validating, pricing, throttling and executing an operation.

mod bucket;
mod cost;
mod execute;
mod page;
mod prepare;
mod refusal;
mod run;
mod search;
mod value;

pub(super) use bucket::{Bucket, MOST_PER_OPERATION, whole};
pub(super) use execute::Context;
pub(super) use page::{Bulk, Key, Kinds, page};
pub(super) use prepare::{Prepared, prepare, schema};
pub(super) use refusal::Refusal;
pub(super) use run::{execute, requested_cost};
pub(super) use search::{Search, Term};
pub(super) use value::{Args, Record, Thing, Val, gid, number_of};
