//! Who a job works for.

use domain::values::UserId;

/// Who applies a plan.
#[derive(Debug, Clone)]
pub struct Author {
    /// The person.
    pub id: UserId,
    /// Their name, as the journal keeps it.
    pub name: String,
}
