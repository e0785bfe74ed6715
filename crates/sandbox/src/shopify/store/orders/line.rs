//! What a line of an order comes to.

use super::model::{Line, rounded};

impl Line {
    /// What is left of it after refunds and edits.
    pub(crate) fn current(&self) -> u32 {
        self.quantity.saturating_sub(self.removed)
    }

    /// What all its units cost, without what they were reduced by.
    pub(crate) fn net(&self) -> i64 {
        self.price * i64::from(self.quantity) - self.discount - self.share
    }

    /// What `units` of it cost.
    pub(crate) fn net_of(&self, units: u32) -> i64 {
        rounded(self.net(), i64::from(units), i64::from(self.quantity))
    }

    pub(crate) fn tax(&self) -> i64 {
        self.taxes.iter().map(|tax| tax.amount).sum()
    }

    pub(crate) fn tax_of(&self, units: u32) -> i64 {
        rounded(self.tax(), i64::from(units), i64::from(self.quantity))
    }

    /// `Mug - Red`, as it is called in lists.
    pub(crate) fn name(&self) -> String {
        match &self.variant_title {
            Some(variant) => format!("{} - {variant}", self.title),
            None => self.title.to_string(),
        }
    }
}
