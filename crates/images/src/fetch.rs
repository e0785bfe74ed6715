//! Fetching a picture: https alone, the public Internet alone, each redirect checked like the first
//! address, never more bytes or more time than a picture may take, whatever the other side says.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HOST, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use url::Url;

use crate::picture::{MAX_BYTES, too_large};
use crate::reach;
use crate::resolver::{Private, PublicOnly};

/// So many times an address may send on to another one.
const REDIRECTS: usize = 5;

/// The longest wait that a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a fetch may take, and how much it may bring.
#[derive(Debug, Clone, Copy)]
pub struct FetchLimits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Without a byte.
    pub silence: Duration,
    /// From the first address to the last byte.
    pub total: Duration,
    /// The most bytes.
    pub bytes: usize,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(15),
            total: Duration::from_secs(90),
            bytes: MAX_BYTES,
        }
    }
}

/// Why a picture did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A sentence for people.
    pub reason: String,
    /// Whether it may come later.
    pub retry: Retry,
}

/// Whether something that failed is worth another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Only when a person asks for it.
    Never,
    /// By itself, after a while.
    Later,
    /// By itself, not before the server said.
    After(Duration),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Failure {
    /// One that stays, however often it is tried.
    pub fn lasting(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            retry: Retry::Never,
        }
    }

    fn passing(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            retry: Retry::Later,
        }
    }
}

/// Fetches pictures. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client,
    limits: FetchLimits,
    /// Where every request goes instead, in plain http.
    in_place: Option<SocketAddr>,
}

impl Fetcher {
    /// Fetches from the public Internet.
    pub fn new(limits: FetchLimits) -> Result<Self, Failure> {
        Self::with(limits, None)
    }

    /// Asks the server at `address`, by plain http, for whatever is fetched from anywhere: for tests and
    /// demonstrations without the Internet. What may be fetched is checked as ever.
    pub fn in_place_of_all(address: SocketAddr, limits: FetchLimits) -> Result<Self, Failure> {
        Self::with(limits, Some(address))
    }

    fn with(limits: FetchLimits, in_place: Option<SocketAddr>) -> Result<Self, Failure> {
        let client = Client::builder()
            .tls_backend_preconfigured(tls()?)
            .dns_resolver(Arc::new(PublicOnly))
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would resolve names by itself.
            .no_proxy()
            // What is sent packed is not unpacked: a picture is packed by itself.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .http1_only()
            .referer(false)
            .user_agent(concat!("Backstock/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .read_timeout(limits.silence)
            .pool_idle_timeout(Duration::from_secs(20))
            .build()
            .map_err(|_| Failure::passing("Nothing can be fetched on this computer."))?;
        Ok(Self {
            client,
            limits,
            in_place,
        })
    }

    /// Fetches what stands at an address. Whether it is a picture is for the caller to see.
    pub async fn fetch(&self, address: &str) -> Result<Vec<u8>, Failure> {
        let fetching = self.follow(first(address)?);
        match tokio::time::timeout(self.limits.total, fetching).await {
            Ok(fetched) => fetched,
            Err(_) => Err(Failure::passing("The server is too slow.")),
        }
    }

    async fn follow(&self, mut url: Url) -> Result<Vec<u8>, Failure> {
        for _ in 0..=REDIRECTS {
            reach::check(&url).map_err(Failure::lasting)?;
            let response = self.ask(&url).await?;
            match next(&url, &response)? {
                Some(other) => url = other,
                None => return self.read(response).await,
            }
        }
        Err(Failure::lasting(format!(
            "It is sent on more than {REDIRECTS} times."
        )))
    }

    async fn ask(&self, url: &Url) -> Result<Response, Failure> {
        let request = match self.in_place {
            None => self.client.get(url.clone()),
            Some(address) => {
                let mut there = url.clone();
                let moved = there.set_scheme("http").is_ok()
                    && there.set_ip_host(address.ip()).is_ok()
                    && there.set_port(Some(address.port())).is_ok();
                if !moved {
                    return Err(Failure::lasting("Its address cannot be asked for."));
                }
                let host = url.host_str().unwrap_or_default();
                self.client.get(there).header(HOST, host)
            }
        };
        let asked = request.header(ACCEPT, "image/*").send().await;
        asked.map_err(|error| of_connection(&error))
    }

    /// The bytes of an answer, as far as they may go: what it says of their number counts for nothing.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, Failure> {
        let too_large = || Failure::lasting(too_large().0);
        if response
            .content_length()
            .is_some_and(|length| length > self.limits.bytes as u64)
        {
            return Err(too_large());
        }
        let mut content = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| of_connection(&error))?
        {
            if content.len() + chunk.len() > self.limits.bytes {
                return Err(too_large());
            }
            content.extend_from_slice(&chunk);
        }
        Ok(content)
    }
}

/// The certificates that this computer trusts.
fn tls() -> Result<rustls::ClientConfig, Failure> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Failure::passing("Nothing can be fetched on this computer."))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// The address to begin with. What says http is asked by https: nothing is fetched in the open, and
/// a server that speaks http alone has become rare.
fn first(address: &str) -> Result<Url, Failure> {
    let no_address = || Failure::lasting("Its address is no address of the Internet.");
    let mut url = Url::parse(address).map_err(|_| no_address())?;
    if url.scheme() == "http" && url.port().is_none() {
        url.set_scheme("https").map_err(|()| no_address())?;
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where an answer sends on to; nothing when it is the picture.
fn next(url: &Url, response: &Response) -> Result<Option<Url>, Failure> {
    let status = response.status();
    if status.is_success() {
        return Ok(None);
    }
    if !status.is_redirection() {
        return Err(of_status(status, response));
    }
    let location = response.headers().get(LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let next = location.and_then(|location| url.join(location).ok());
    let lost = || Failure::lasting("It is sent on to no address.");
    next.map(Some).ok_or_else(lost)
}

fn of_status(status: StatusCode, response: &Response) -> Failure {
    let number = status.as_u16();
    let lasting = |why: &str| Failure::lasting(format!("{why} ({number})."));
    match number {
        404 | 410 => lasting("There is nothing at its address any more"),
        401 | 403 => lasting("The server gives it only after signing in"),
        408 | 425 | 429 | 500..=599 => Failure {
            reason: format!("The server does not give it now ({number})."),
            retry: wait_of(response).map_or(Retry::Later, Retry::After),
        },
        _ => lasting("The server refuses to give it"),
    }
}

/// How long a server asks to be left alone.
fn wait_of(response: &Response) -> Option<Duration> {
    let wait = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = wait.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// What a failed connection means. Its own words name addresses, and are not shown.
fn of_connection(error: &reqwest::Error) -> Failure {
    if has_cause::<Private>(error) {
        return Failure::lasting(reach::private());
    }
    if error.is_timeout() {
        return Failure::passing("The server is too slow.");
    }
    if has_cause::<rustls::Error>(error) {
        return Failure::lasting("The server cannot prove who it is.");
    }
    Failure::passing(if error.is_connect() {
        "The server cannot be reached."
    } else {
        "The connection broke before the picture was there."
    })
}

fn has_cause<E: Error + 'static>(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = cause {
        let inner = error.downcast_ref::<std::io::Error>();
        let inner = inner.and_then(|error| error.get_ref());
        if error.is::<E>() || inner.is_some_and(|error| error.is::<E>()) {
            return true;
        }
        cause = error.source();
    }
    false
}
