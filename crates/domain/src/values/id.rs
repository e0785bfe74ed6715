//! Ids: UUIDv7, made by the client so that offline creations cannot collide, one type per table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::error::Error;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(Uuid);

        impl $name {
            /// A new id; ids made later sort later.
            #[expect(clippy::new_without_default, reason = "two defaults would not be equal")]
            pub fn new() -> Self {
                Self(crate::values::new_id())
            }

            /// The id as the database keeps it.
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Uuid::parse_str(text).map(Self).map_err(|_| {
                    Error::invalid(format!("\"{text}\" is not an id."))
                        .hint("Copy the id from the list, e.g. 0198c5b2-7c11-7000-8000-000000000001.")
                })
            }
        }
    )*};
}

ids! {
    /// A record, such as a product.
    RecordId
    /// A field of a workspace's own.
    CustomFieldId
    /// One applied change: an import, a saved form, an undo.
    BatchId
    /// A plan that is being reviewed or was applied.
    PlanId
    /// A person who can sign in.
    UserId
    /// A role made by people.
    RoleId
    /// A workspace.
    WorkspaceId
}
