//! A column of a file: its name, what it feeds, and what its name says of its values.

use super::currency::Currency;
use super::headers::{currency_in_name, unit_in_name};
use super::target::{FlagWords, Sense, Target};
use super::units::{Measure, Unit};
use domain::catalog::product;
use domain::record::Schema;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What it feeds; nothing when it is ignored.
    pub target: Option<Target>,
}

impl Column {
    /// The unit that its name says, when it feeds a measure: of `Weight (lbs)`, the pound.
    pub fn unit(&self) -> Option<Unit> {
        let measure = match self.target? {
            Target::Field(field) => Measure::of(field)?,
            _ => return None,
        };
        unit_in_name(&self.name, measure)
    }

    /// The currency that its name says, when it feeds money.
    pub fn currency(&self, schema: &Schema) -> Option<Currency> {
        let is_money = self.target.is_some_and(|target| target.is_money(schema));
        is_money.then(|| currency_in_name(&self.name))?
    }

    pub(super) fn sense(&self) -> Option<Sense> {
        let target = self.target?;
        let name: String = self.name.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_active = target == Target::Field(product::ACTIVE);
        let flags = match name.to_lowercase().as_str() {
            "published" if is_active => FlagWords::Published,
            "productonline" if is_active => FlagWords::OneOrTwo,
            _ => Sense::from(target).flags,
        };
        let is_category = target == Target::Field(product::CATEGORY);
        Some(Sense {
            unit: self.unit(),
            flags,
            several: is_category && name.to_lowercase().starts_with("categories"),
            ..Sense::from(target)
        })
    }
}
