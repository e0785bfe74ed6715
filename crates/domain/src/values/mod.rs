//! The small values of the domain: no naked primitives where a mistake could hide.

mod barcode;
mod calendar;
mod clock;
mod content_hash;
mod currency;
mod date;
mod decimal;
mod hash;
mod id;
mod look_alike;
mod sku;

pub use barcode::{BarcodeFault, barcode_digits, barcode_fault, barcode_key, lost_its_zeros};
pub use calendar::Utc;
pub(crate) use clock::new_id;
pub use clock::{Clock, FixedClock, SystemClock, Timestamp, refuse_wrong_clock};
pub use content_hash::{ContentHash, NoHash};
pub use currency::{check_currency, is_currency};
pub use date::{Date, DateOrder};
pub use decimal::Decimal;
pub use hash::hash;
pub use id::{BatchId, CustomFieldId, PlanId, RecordId, RoleId, UserId, WorkspaceId};
pub use look_alike::{is_invisible, is_shortened_number, look_alike_key, shortened_key};
pub use sku::Sku;
