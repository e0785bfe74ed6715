//! The Shopify channel against the practice Shopify.

mod any_fault;
mod connecting;
mod creating;
mod documents;
mod mass;
mod orders;
mod reading;
mod stock;
mod throttling;
mod writing;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use channels::exchange::{Exchange, ExchangeLog};
use channels::http::Patience;
use channels::shopify::{Bulk, Manner, Pace, Shopify, ShopifyAccount};
use sandbox::shopify::{Shopify as Shop, ShopifyOptions};
use sandbox::{Aim, Catalogue, Clock, Fault, Server};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// A practice shop, and the channel to it.
struct Practice {
    server: Server<Shop>,
    channel: Shopify,
    log: Arc<Mutex<Vec<Exchange>>>,
}

impl Practice {
    /// A shop with `products` products, opened by its token.
    fn open(products: u64) -> Self {
        Self::with(ShopifyOptions::new(Catalogue::new(7, products)))
    }

    fn with(options: ShopifyOptions) -> Self {
        let clock = Clock::stepping(options.opens, 20);
        let server = Server::open(Shop::new(&options), clock, 0).unwrap();
        let token = server.shop().token().to_owned();
        Self::on(server, ShopifyAccount::Token(Zeroizing::new(token)))
    }

    fn on(server: Server<Shop>, account: ShopifyAccount) -> Self {
        let log: Arc<Mutex<Vec<Exchange>>> = Arc::default();
        let channel = channel(server.url(), account, &log);
        Self {
            server,
            channel,
            log,
        }
    }

    /// A shop that is opened by an app.
    fn by_app(products: u64) -> Self {
        let options = ShopifyOptions::new(Catalogue::new(7, products));
        let clock = Clock::stepping(options.opens, 20);
        let server = Server::open(Shop::new(&options), clock, 0).unwrap();
        let account = app_of(&server);
        Self::on(server, account)
    }

    fn exchanges(&self) -> Vec<Exchange> {
        self.log.lock().unwrap().clone()
    }

    /// How many requests of an operation reached the shop.
    fn asked(&self, operation: &str) -> u64 {
        self.server.journal().of(operation).requests
    }

    fn fault(&self, fault: Fault, operation: &str) {
        self.server.fault(Aim::next(fault, operation));
    }

    /// Asks the shop past the channel, as its owner could.
    async fn look(&self, query: &str, variables: Value) -> Value {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls())
            .build()
            .unwrap();
        let url = format!("{}/admin/api/2026-10/graphql.json", self.server.url());
        let token = self.server.shop().token().to_owned();
        let body = json!({"query": query, "variables": variables}).to_string();
        let sent = client
            .post(url)
            .header("x-shopify-access-token", token)
            .body(body);
        let text = sent.send().await.unwrap().text().await.unwrap();
        let body: Value = serde_json::from_str(&text).unwrap();
        assert!(body["errors"].is_null(), "{text}");
        body["data"].clone()
    }
}

/// What the channel sent is checked against the schema once a test is over.
impl Drop for Practice {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            documents::check_sent(&self.exchanges());
        }
    }
}

fn channel(url: &str, account: ShopifyAccount, log: &Arc<Mutex<Vec<Exchange>>>) -> Shopify {
    channel_in(url, account, log, manner())
}

fn channel_in(
    url: &str,
    account: ShopifyAccount,
    log: &Arc<Mutex<Vec<Exchange>>>,
    manner: Manner,
) -> Shopify {
    let kept = Arc::clone(log);
    let log = ExchangeLog::new(move |exchange| kept.lock().unwrap().push(exchange));
    Shopify::open_with(url, account, log, manner).unwrap()
}

/// Waits are short, and bulk operations come early.
fn manner() -> Manner {
    Manner {
        patience: Patience {
            connect: Duration::from_secs(5),
            silence: Duration::from_secs(20),
            total: Duration::from_secs(20),
        },
        pace: Pace {
            retry: Duration::from_millis(1),
            poll: Duration::from_millis(1),
            longest: Duration::from_secs(20),
        },
        bulk: Bulk {
            products: 300,
            reads: 10_000,
            updates: 60,
            together: 0,
            families: 30,
        },
    }
}

/// Does something while time passes in the shop.
async fn while_time_passes<T>(practice: &Practice, doing: impl Future<Output = T>) -> T {
    let clock = practice.server.clock().clone();
    tokio::pin!(doing);
    loop {
        tokio::select! {
            done = &mut doing => return done,
            () = tokio::time::sleep(Duration::from_millis(2)) => clock.advance(200),
        }
    }
}

fn app_of(server: &Server<Shop>) -> ShopifyAccount {
    let shop = server.shop();
    let (id, secret) = shop.client();
    ShopifyAccount::App {
        client_id: id.to_owned(),
        client_secret: Zeroizing::new(secret.to_owned()),
    }
}

fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}
