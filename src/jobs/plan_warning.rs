//! What a person should look at before a plan is applied.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use domain::record::Field;

/// What a person should look at before applying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum PlanWarning {
    /// Values of a field that rise or fall by more than a fifth.
    Jumps {
        /// Of which field.
        field: Field,
        /// Its name for people.
        label: String,
        /// How many.
        count: i64,
    },
    /// Values of a field that fall to nothing.
    FallsToZero {
        /// Of which field.
        field: Field,
        /// Its name for people.
        label: String,
        /// How many.
        count: i64,
    },
    /// Rows about records that are not there.
    NotFound {
        /// What people call such records: `products`.
        plural: String,
        /// How many rows.
        count: i64,
        /// What some of them say.
        examples: Vec<String>,
    },
    /// SKUs that differ from another one of the file only in case or spaces.
    LookAlikes {
        /// How many.
        count: i64,
        /// Some of them.
        examples: Vec<String>,
    },
    /// New SKUs that differ from one in the catalogue only in case or spaces.
    LooksLikeCatalogue {
        /// How many.
        count: i64,
        /// Some of those in the catalogue.
        examples: Vec<String>,
    },
}

impl PlanWarning {
    /// The field that it is about, when it is about one.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Jumps { field, .. } | Self::FallsToZero { field, .. } => Some(*field),
            Self::NotFound { .. } | Self::LookAlikes { .. } | Self::LooksLikeCatalogue { .. } => {
                None
            }
        }
    }
}
