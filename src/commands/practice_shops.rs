//! Practice shops: a Shopify and a Maropost that run inside the app, to try channels out with nothing at stake. They
//! stay for as long as the app does, and begin anew after that.

use std::sync::{Arc, Mutex};

use sandbox::maropost::{Maropost, Settings};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Server};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::lock::lock;
use domain::channel::Platform;
use domain::error::{Error, Result};

/// What the shops sell: the same each time.
const SEED: u64 = 2026;

/// How many products both sell together; each is without a fifth.
const PRODUCTS: u64 = 100;

/// The key of a practice Maropost.
const KEY: &str = "practice-key";

/// A practice shop that is open, and how it is connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PracticeShop {
    /// The platform that it is like.
    pub platform: Platform,
    /// What it may be called.
    pub name: String,
    /// Its address, on this computer.
    pub address: String,
    /// The token or key that lets one in. It opens nothing else.
    pub secret: String,
}

/// The practice shops of the app. Clones are the same.
#[derive(Clone, Default)]
pub(super) struct PracticeShops(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    shopify: Option<Server<Shopify>>,
    maropost: Option<Server<Maropost>>,
}

impl PracticeShops {
    /// Opens a shop at a port, 0 for any, unless one of its platform is open.
    pub(super) fn open(&self, platform: Platform, port: u16) -> Result<PracticeShop> {
        let mut open = lock(&self.0);
        let taken =
            |cause| Error::invalid(format!("A practice shop cannot be opened here: {cause}."));
        let clock = Clock::now_on();
        let fifth = PRODUCTS / 5;
        match platform {
            Platform::Shopify => {
                let server = match open.shopify.take() {
                    Some(server) => server,
                    None => {
                        let options = ShopifyOptions {
                            opens: clock.now(),
                            ..ShopifyOptions::new(Catalogue::new(SEED, PRODUCTS - fifth))
                        };
                        Server::open(Shopify::new(&options), clock, port).map_err(taken)?
                    }
                };
                let server = open.shopify.insert(server);
                Ok(PracticeShop {
                    platform,
                    name: "Practice Shopify".to_owned(),
                    address: server.url().to_owned(),
                    secret: server.shop().token().to_owned(),
                })
            }
            Platform::Maropost => {
                let server = match open.maropost.take() {
                    Some(server) => server,
                    None => {
                        let catalogue = Catalogue::range(SEED, fifth..PRODUCTS);
                        let shop = Maropost::new(&catalogue, Settings::default(), clock.now());
                        Server::open(shop, clock, port).map_err(taken)?
                    }
                };
                let server = open.maropost.insert(server);
                Ok(PracticeShop {
                    platform,
                    name: "Practice Maropost".to_owned(),
                    address: server.url().to_owned(),
                    secret: KEY.to_owned(),
                })
            }
        }
    }

    /// Opens the shop again that a channel was connected with when the app ran before, at the same port.
    pub(super) fn open_again(&self, platform: Platform, address: &str, secret: &str) {
        let port = address
            .trim_end_matches('/')
            .strip_prefix("http://127.0.0.1:");
        let Some(port) = port.and_then(|port| port.parse().ok()) else {
            return;
        };
        let is_open = {
            let open = lock(&self.0);
            match platform {
                Platform::Shopify => open.shopify.is_some(),
                Platform::Maropost => open.maropost.is_some(),
            }
        };
        if !is_open && secret == secret_of(platform) {
            // Where the port is another program's by now, the channel says that it cannot be reached.
            self.open(platform, port).ok();
        }
    }
}

/// What lets one in to a practice shop of the app.
fn secret_of(platform: Platform) -> String {
    match platform {
        Platform::Shopify => format!("shpat_practice{SEED:016x}"),
        Platform::Maropost => KEY.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Platform, PracticeShops, secret_of};

    #[test]
    fn a_practice_shop_opens_again_where_it_was() {
        for platform in [Platform::Shopify, Platform::Maropost] {
            let first = PracticeShops::default();
            let shop = first.open(platform, 0).unwrap();
            assert_eq!(shop.secret, secret_of(platform));
            assert_eq!(first.open(platform, 0).unwrap(), shop, "there is one");
            drop(first);
            let second = PracticeShops::default();
            second.open_again(platform, &shop.address, "another");
            second.open_again(platform, "https://shop.example", &shop.secret);
            second.open_again(platform, &shop.address, &shop.secret);
            let again = second.open(platform, 0).unwrap();
            assert_eq!(again, shop);
        }
    }
}
