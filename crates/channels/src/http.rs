//! The one way out: https alone, or plain http on this computer; limits on time and size; the log of
//! every exchange; secrets in headers and bodies never shown.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder, StatusCode};
use url::{Host, Url};

use crate::exchange::{Exchange, ExchangeLog, beginning};
use crate::failure::{Answered, Failure, FailureKind};

/// The most bytes of one answer: a page of 250 products with long descriptions stays far below.
const MOST_BYTES: usize = 128 << 20;

/// How long an exchange may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// Without a byte.
    pub silence: Duration,
    /// Altogether.
    pub total: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            silence: Duration::from_secs(60),
            total: Duration::from_secs(120),
        }
    }
}

/// Sends requests to one shop. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client,
    patience: Patience,
    log: ExchangeLog,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; what is no UTF-8 is replaced.
    pub body: String,
    /// The exchange as it will be logged: the client adds what it knows before [`Http::keep`].
    pub exchange: Exchange,
}

impl Answer {
    /// A header as text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// How long the shop asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds: f64 = self.header("retry-after").trim().parse().ok()?;
        Duration::try_from_secs_f64(seconds).ok()
    }
}

impl Http {
    /// A way out that keeps `log`.
    pub fn new(patience: Patience, log: ExchangeLog) -> Answered<Self> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls()?)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .user_agent(concat!("Backstock/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(patience.connect)
            .read_timeout(patience.silence)
            .pool_idle_timeout(Duration::from_secs(30))
            .build()
            .map_err(|_| unusable())?;
        Ok(Self {
            client,
            patience,
            log,
        })
    }

    /// The client by which requests are built.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Keeps an exchange in the log.
    pub fn keep(&self, exchange: Exchange) {
        self.log.keep(exchange);
    }

    /// Sends a request and reads the whole answer, whatever its status. `shown` is what the log keeps of
    /// the body, without secrets. An error says whether the shop may have done what was asked:
    /// [`FailureKind::Later`] when nothing was sent, [`FailureKind::Lost`] otherwise. It is in the log
    /// then; an answer is there once the caller calls [`Http::keep`].
    pub async fn send(
        &self,
        operation: &str,
        request: RequestBuilder,
        shown: &str,
    ) -> Answered<Answer> {
        let began = Instant::now();
        let mut exchange = Exchange {
            operation: operation.to_owned(),
            request: beginning(shown).to_owned(),
            sent: shown.len() as u64,
            ..Exchange::default()
        };
        let sending = self.read_all(request);
        let ended = match tokio::time::timeout(self.patience.total, sending).await {
            Ok(ended) => ended,
            Err(_) => Err((None, too_slow())),
        };
        exchange.took = began.elapsed();
        match ended {
            Ok((status, headers, bytes)) => {
                exchange.status = Some(status.as_u16());
                exchange.received = bytes.len() as u64;
                Ok(Answer {
                    status,
                    headers,
                    body: String::from_utf8_lossy(&bytes).into_owned(),
                    exchange,
                })
            }
            Err((status, failure)) => {
                exchange.status = status;
                exchange.error = failure.message.clone();
                self.log.keep(exchange);
                Err(failure)
            }
        }
    }

    async fn read_all(
        &self,
        request: RequestBuilder,
    ) -> Result<(StatusCode, HeaderMap, Vec<u8>), (Option<u16>, Failure)> {
        let sent = request.send().await;
        let mut response = sent.map_err(|error| (None, of_connection(&error)))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let failed = |failure| (Some(status.as_u16()), failure);
        let mut bytes = Vec::new();
        loop {
            let chunk = response.chunk().await;
            match chunk.map_err(|error| failed(of_connection(&error)))? {
                Some(chunk) if bytes.len() + chunk.len() > MOST_BYTES => {
                    return Err(failed(too_large()));
                }
                Some(chunk) => bytes.extend_from_slice(&chunk),
                None => return Ok((status, headers, bytes)),
            }
        }
    }
}

/// A header whose value no log and no `Debug` shows.
pub fn secret_header(value: &str) -> Answered<HeaderValue> {
    let mut header = HeaderValue::from_str(value.trim()).map_err(|_| {
        Failure::new(
            FailureKind::Denied,
            "The key holds characters that no key has.",
        )
        .hint("Copy it from the shop's settings once more.")
    })?;
    header.set_sensitive(true);
    Ok(header)
}

/// The address of a shop: https, or plain http on this computer, where the practice shops are. What
/// people paste is taken as it is meant: without a scheme, with a path behind it, with spaces around.
pub fn shop_address(typed: &str) -> Answered<Url> {
    let typed = typed.trim();
    let refused = |why: &str| Err(Failure::new(FailureKind::Denied, why));
    let with_scheme = match typed.contains("://") {
        true => typed.to_owned(),
        false => format!("https://{typed}"),
    };
    let Ok(mut url) = Url::parse(&with_scheme) else {
        return refused("The address of the shop is no address.");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refused("The address of the shop holds a user name or a password.");
    }
    if !may_be_asked(&url) {
        return refused(match url.scheme() {
            "http" => "The address of the shop does not begin with https.",
            _ => "The address of the shop is none of the web.",
        });
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// Whether requests may go to an address: by https, or on this computer. It holds for those that a shop
/// names in its answers, too.
pub fn may_be_asked(url: &Url) -> bool {
    matches!((url.scheme(), is_here(url)), ("https", _) | ("http", true))
}

/// Whether an address leads to this computer.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// The certificates that this computer trusts. Reading them takes a while, so it is done once.
static ROOTS: LazyLock<Arc<rustls::RootCertStore>> = LazyLock::new(|| {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    Arc::new(roots)
});

fn tls() -> Answered<rustls::ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| unusable())?;
    let config = config.with_root_certificates(Arc::clone(&ROOTS));
    Ok(config.with_no_client_auth())
}

fn unusable() -> Failure {
    let message = "No secure connection can be made on this computer.";
    Failure::new(FailureKind::Later, message)
}

fn too_slow() -> Failure {
    Failure::new(FailureKind::Lost, "The shop does not answer.")
}

fn too_large() -> Failure {
    let message = "The shop answers with more than can be taken.";
    Failure::new(FailureKind::Broken, message)
}

/// What a failed connection means. Its own words name addresses, and are not shown.
fn of_connection(error: &reqwest::Error) -> Failure {
    if error.is_connect() {
        let failure = Failure::new(FailureKind::Later, "The shop cannot be reached.");
        return failure.hint("Look at the connection to the Internet, and at the shop's address.");
    }
    if error.is_builder() {
        return Failure::new(FailureKind::Broken, "The request could not be made.");
    }
    if error.is_timeout() {
        return too_slow();
    }
    Failure::new(
        FailureKind::Lost,
        "The connection broke before the shop had answered.",
    )
}
