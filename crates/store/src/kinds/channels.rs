//! Channels, and which field goes where, in their tables.

use std::sync::OnceLock;

use domain::channel::channel_field::{self, CHANNEL_FIELD};
use domain::channel::shop::{ADDRESS, CHANNEL, NAME, SHOP_NAME};

use super::KindRules;

/// Channels.
pub(crate) static CHANNELS: KindRules = KindRules {
    kind: CHANNEL,
    table: "channels",
    derived: &[],
    unique: &[],
    gathered: &[],
    search_tables: &[],
    searched: &[NAME, ADDRESS, SHOP_NAME],
    fill: None,
    select: OnceLock::new(),
};

/// Channel fields.
pub(crate) static CHANNEL_FIELDS: KindRules = KindRules {
    kind: CHANNEL_FIELD,
    table: "channel_fields",
    derived: &[],
    unique: &[],
    gathered: &[],
    search_tables: &[],
    searched: &[channel_field::CODE, channel_field::THEIRS],
    fill: None,
    select: OnceLock::new(),
};
