//! An account becomes a channel.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use url::Url;
use zeroize::Zeroizing;

use crate::channel::Channel;
use crate::exchange::ExchangeLog;
use crate::failure::Answered;
use crate::http::may_be_asked;
use crate::maropost::{Maropost, Options, SkippedTime};
use crate::shopify::address::window;
use crate::shopify::{Bulk, Manner, Pace, Shopify, ShopifyAccount};

/// A secret of an account. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Zeroizing<String>);

impl Secret {
    /// A secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// How a shop lets us in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Account {
    /// Shopify by an access token that was given once.
    ShopifyToken {
        /// The token.
        token: Secret,
    },
    /// Shopify by an app of the same organisation: tokens are fetched, and fetched again.
    ShopifyApp {
        /// The client id.
        client_id: String,
        /// The client secret.
        client_secret: Secret,
    },
    /// Maropost by a key.
    Maropost {
        /// The key.
        key: Secret,
        /// The user of a key that belongs to one; empty for a key of the shop.
        username: String,
    },
}

/// What is done where a client has to wait: before it asks again, or until the shop lets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pauses {
    /// Time passes.
    #[default]
    Real,
    /// It goes on at once, and few updates are very many already: for practice shops whose time is a test's.
    Skipped,
}

/// Opens a shop. Nothing is asked yet.
pub fn open(
    address: &str,
    account: Account,
    log: ExchangeLog,
    pauses: Pauses,
) -> Answered<Box<dyn Channel>> {
    let manner = manner(pauses);
    Ok(match account {
        Account::ShopifyToken { token } => {
            let account = ShopifyAccount::Token(token.0);
            Box::new(Shopify::open_with(address, account, log, manner)?)
        }
        Account::ShopifyApp {
            client_id,
            client_secret,
        } => {
            let account = ShopifyAccount::App {
                client_id,
                client_secret: client_secret.0,
            };
            Box::new(Shopify::open_with(address, account, log, manner)?)
        }
        Account::Maropost { key, username } => {
            let mut options = Options::logged(log);
            if pauses == Pauses::Skipped {
                options.time = Arc::new(SkippedTime::default());
            }
            Box::new(Maropost::open_with(address, key.0, &username, options)?)
        }
    })
}

/// An address in the window of the shop at `shop`, for a browser; none where it leads anywhere else.
pub fn in_window_of(shop: &str, address: &str) -> Option<Url> {
    let shop = window(shop).ok()?;
    let url = Url::parse(address).ok()?;
    let is_bare = url.username().is_empty() && url.password().is_none();
    (is_bare && may_be_asked(&url) && url.origin() == shop.origin()).then_some(url)
}

fn manner(pauses: Pauses) -> Manner {
    let usual = Manner::default();
    match pauses {
        Pauses::Real => usual,
        Pauses::Skipped => Manner {
            pace: Pace {
                retry: Duration::ZERO,
                poll: Duration::ZERO,
                ..usual.pace
            },
            bulk: Bulk {
                together: 5,
                ..usual.bulk
            },
            ..usual
        },
    }
}

#[cfg(test)]
mod tests {
    use super::in_window_of;

    #[test]
    fn an_address_in_a_shop_leads_to_that_shop_alone() {
        let shop = "north";
        let product = "https://north.myshopify.com/admin/products/7";
        let opened = in_window_of(shop, product).map(|url| url.to_string());
        assert_eq!(opened.as_deref(), Some(product));
        let practice = "http://127.0.0.1:4001/admin/products/7";
        assert!(in_window_of("http://127.0.0.1:4001", practice).is_some());
        for address in [
            "",
            "http://north.myshopify.com/admin/products/7",
            "https://south.myshopify.com/admin/products/7",
            "https://north.myshopify.com:8443/admin",
            "https://ada@north.myshopify.com/admin",
            "https://north.myshopify.com.example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            practice,
        ] {
            assert!(in_window_of(shop, address).is_none(), "{address}");
        }
    }
}
