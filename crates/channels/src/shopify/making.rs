//! What creating takes, and what keeps a product from being created.

use std::collections::HashSet;

use serde_json::Value;

use super::item::Reader;
use super::key::Keys;
use super::metafields::Metafields;
use super::refusal::Complaint;
use super::transport::Transport;
use crate::failure::{Answered, Failure, FailureKind};

/// What creating takes.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) transport: &'a Transport,
    pub(super) reader: Reader<'a>,
    pub(super) own: &'a Metafields,
    pub(super) keys: &'a Keys,
}

/// A product that was made and could not be read afterwards.
pub(super) fn unread(failure: Failure) -> Failure {
    let message = format!(
        "The product was created, but not read again. {}",
        failure.message
    );
    Failure {
        kind: FailureKind::Lost,
        message,
        ..failure
    }
}

/// The first complaint, with the SKU of the variant that it is about.
pub(super) fn refuse(complaints: &[Complaint], input: &Value) -> Answered<()> {
    let Some(first) = complaints.first() else {
        return Ok(());
    };
    let mut failure = first.failure();
    failure.kind = FailureKind::Rejected;
    let variants: HashSet<usize> = complaints
        .iter()
        .filter_map(|one| one.place_in("variants"))
        .collect();
    let sku = first
        .place_in("variants")
        .and_then(|place| input["variants"][place]["inventoryItem"]["sku"].as_str());
    if let Some(sku) = sku {
        failure.message = match variants.len() {
            0 | 1 => format!("{sku}: {}", failure.message),
            more => format!("{sku} and {} more: {}", more - 1, failure.message),
        };
    }
    Err(failure)
}
