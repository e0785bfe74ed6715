//! Creating products and variants.

use super::making::Making;
use super::{many, new_family};
use crate::channel::{Created, NewFamily};
use crate::failure::Answered;

/// Creates families: very many by a bulk operation, others each by itself.
pub(super) async fn create(making: Making<'_>, families: &[NewFamily]) -> Vec<Answered<Created>> {
    match families.len() > making.transport.bulk.families {
        true => many::create(making, families).await,
        false => new_family::each(making, families).await,
    }
}
