//! The small values of the domain: no naked primitives where a mistake could hide.

mod calendar;
mod clock;
mod currency;
mod date;
mod decimal;
mod hash;
mod id;
mod sku;

pub use calendar::Utc;
pub(crate) use clock::new_id;
pub use clock::{Clock, FixedClock, SystemClock, Timestamp, refuse_wrong_clock};
pub use currency::{check_currency, is_currency};
pub use date::{Date, DateOrder};
pub use decimal::Decimal;
pub use hash::hash;
pub use id::{BatchId, CustomFieldId, PlanId, RecordId, RoleId, UserId, WorkspaceId};
pub use sku::{Sku, is_invisible};
