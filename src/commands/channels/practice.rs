//! Opening a practice shop.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::call::Call;
use crate::commands::practice_shops::PracticeShop;
use domain::channel::Platform;
use domain::error::{Error, Result};

/// `channels.practice`: opens a practice shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenPractice {
    /// The platform that it is like.
    pub platform: Platform,
}

/// Opens a practice shop in a program that stays.
pub(in crate::commands) async fn practice(
    call: &Call,
    request: OpenPractice,
) -> Result<PracticeShop> {
    if !call.app().parts().stays {
        return Err(
            Error::invalid("A practice shop ends with the program that opens it.")
                .hint("Open it in the window of Backstock."),
        );
    }
    call.app().parts().practice.open(request.platform, 0)
}
