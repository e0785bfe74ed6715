//! When the pictures are fetched that records name, and from where.

use std::net::SocketAddr;
use std::sync::Arc;

use images::{FetchLimits, Fetcher};

use domain::error::{Code, Error, Result};

/// Makes what fetches pictures. That takes a moment, so it is done when something is to be fetched.
pub type MakeFetcher = Arc<dyn Fn() -> Result<Fetcher> + Send + Sync>;

/// When the pictures are fetched that records name.
#[derive(Clone)]
pub enum FetchImages {
    /// Never: what is not here does not come.
    Never,
    /// When a command says so: for a program that runs and ends.
    WhenAsked(MakeFetcher),
    /// Meanwhile, for as long as a workspace is open.
    Always(MakeFetcher),
}

impl FetchImages {
    /// What makes the fetcher, where there is to be one.
    pub(super) fn maker(&self) -> Option<&MakeFetcher> {
        match self {
            Self::Never => None,
            Self::WhenAsked(make) | Self::Always(make) => Some(make),
        }
    }
}

/// A server on this computer that is asked for every picture in place of all others, by plain http:
/// `127.0.0.1:8000`. Only a program that was built for development looks at it, so that a test or a
/// demonstration needs no Internet; one that people install never does.
const IN_PLACE_OF_ALL: &str = "BACKSTOCK_IMAGES_FROM";

/// Fetches from the public Internet.
pub fn from_the_internet() -> Result<Fetcher> {
    let limits = FetchLimits::default();
    let made = match in_place_of_all() {
        Some(address) if address.ip().is_loopback() => Fetcher::in_place_of_all(address, limits),
        _ => Fetcher::new(limits),
    };
    made.map_err(|failure| Error::new(Code::Internal, failure.reason))
}

fn in_place_of_all() -> Option<SocketAddr> {
    if !cfg!(debug_assertions) {
        return None;
    }
    std::env::var(IN_PLACE_OF_ALL).ok()?.parse().ok()
}
