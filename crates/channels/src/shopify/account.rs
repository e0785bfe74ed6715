//! How a shop lets us in, and the token that every request carries.

use std::fmt;
use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;
use zeroize::Zeroizing;

use super::refusal;
use crate::failure::{Answered, Failure, FailureKind};
use crate::http::{Http, secret_header};

/// How long before its end a token is fetched anew.
const EARLY: Duration = Duration::from_secs(300);

/// How a shop lets us in.
#[derive(Clone)]
pub enum ShopifyAccount {
    /// By an access token that was given once.
    Token(Zeroizing<String>),
    /// By an app of the same organisation: tokens are fetched, and fetched again.
    App {
        /// The client id.
        client_id: String,
        /// The client secret.
        client_secret: Zeroizing<String>,
    },
}

impl fmt::Debug for ShopifyAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token(..)",
            Self::App { .. } => "App(..)",
        })
    }
}

/// The door of a shop.
#[derive(Debug)]
pub(super) struct Door {
    account: ShopifyAccount,
    url: Url,
    held: Mutex<Option<Held>>,
}

/// A token that was fetched.
#[derive(Clone)]
struct Held {
    token: HeaderValue,
    until: Instant,
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held(..)")
    }
}

/// What is answered to the client-credentials grant.
#[derive(Deserialize)]
struct Grant {
    access_token: String,
    #[serde(default)]
    expires_in: Option<u64>,
}

impl Door {
    /// The door of the shop at `address`.
    pub(super) fn new(address: &Url, account: ShopifyAccount) -> Self {
        let mut url = address.clone();
        url.set_path("/admin/oauth/access_token");
        Self {
            account,
            url,
            held: Mutex::default(),
        }
    }

    /// Whether a token that was refused can be fetched anew.
    pub(super) fn can_renew(&self) -> bool {
        matches!(self.account, ShopifyAccount::App { .. })
    }

    /// The token for the next request. The one that was `refused` is not given again.
    pub(super) async fn token(
        &self,
        http: &Http,
        refused: Option<&HeaderValue>,
    ) -> Answered<HeaderValue> {
        let (client_id, client_secret) = match &self.account {
            ShopifyAccount::Token(token) => return secret_header(token),
            ShopifyAccount::App {
                client_id,
                client_secret,
            } => (client_id, client_secret),
        };
        let mut held = self.held.lock().await;
        if let Some(held) = held.as_ref()
            && refused != Some(&held.token)
            && held.until > Instant::now()
        {
            return Ok(held.token.clone());
        }
        let fetched = self.fetch(http, client_id, client_secret).await?;
        let token = fetched.token.clone();
        *held = Some(fetched);
        Ok(token)
    }

    async fn fetch(&self, http: &Http, id: &str, secret: &str) -> Answered<Held> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", id.trim()),
            ("client_secret", secret.trim()),
        ];
        let body = Zeroizing::new(form_of(&form));
        let request = http
            .client()
            .post(self.url.clone())
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_string());
        // A token that was granted and got lost does no harm: another one is asked for.
        let answer = http.send("token", request, "").await.map_err(later)?;
        let grant: Option<Grant> = serde_json::from_str(&answer.body).ok();
        let grant = grant.filter(|_| answer.status.is_success());
        let mut exchange = answer.exchange.clone();
        let Some(grant) = grant else {
            let failure = refusal::of_token(&answer);
            exchange.error.clone_from(&failure.message);
            http.keep(exchange);
            return Err(failure);
        };
        http.keep(exchange);
        let holds = Duration::from_secs(grant.expires_in.unwrap_or(86_399).min(86_400));
        Ok(Held {
            token: secret_header(&Zeroizing::new(grant.access_token))?,
            until: Instant::now() + holds.saturating_sub(EARLY),
        })
    }
}

fn form_of(fields: &[(&str, &str)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish()
}

fn later(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::Lost => Failure {
            kind: FailureKind::Later,
            ..failure
        },
        _ => failure,
    }
}
