//! One request to the Admin API: its token, its points, and what is repeated.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use url::Url;

use super::account::{Door, ShopifyAccount};
use super::documents::Document;
use super::manner::{Bulk, Manner, Pace, TRIES};
use super::points::Points;
use super::refusal::{self, Why};
use crate::exchange::beginning;
use crate::failure::{Failure, FailureKind};
use crate::http::{Answer, Http};

/// The version of the API that is asked for.
pub const VERSION: &str = "2026-10";

/// What is done about an answer that was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It is asked for again: a question changes nothing.
    Question,
    /// It is asked for again, since the shop does it once for its key; it stays lost after that.
    Keyed,
    /// Nothing: it may have been done.
    Once,
}

/// An answer without errors.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// What was asked for.
    pub(super) data: Value,
    /// What the shop calls the request.
    pub(super) request_id: Option<String>,
}

/// Why there is none.
#[derive(Debug, Clone)]
pub(super) struct Unsaid {
    pub(super) failure: Failure,
    /// Whether less may be asked for instead.
    pub(super) too_large: bool,
}

impl From<Unsaid> for Failure {
    fn from(unsaid: Unsaid) -> Self {
        unsaid.failure
    }
}

/// The way to one shop.
#[derive(Debug)]
pub(super) struct Transport {
    pub(super) http: Http,
    pub(super) pace: Pace,
    pub(super) bulk: Bulk,
    url: Url,
    door: Door,
    points: Points,
    served: Mutex<String>,
}

impl Transport {
    /// The way to the shop at `address`.
    pub(super) fn new(address: &Url, account: ShopifyAccount, http: Http, manner: Manner) -> Self {
        let mut url = address.clone();
        url.set_path(&format!("/admin/api/{VERSION}/graphql.json"));
        Self {
            http,
            pace: manner.pace,
            bulk: manner.bulk,
            url,
            door: Door::new(address, account),
            points: Points::default(),
            served: Mutex::default(),
        }
    }

    /// The version that the last answer was of; empty before the first one.
    pub(super) fn served(&self) -> String {
        let served = self.served.lock();
        served.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks, and waits and asks again where that does no harm.
    pub(super) async fn ask(
        &self,
        document: Document,
        variables: Value,
        repeat: Repeat,
    ) -> Result<Said, Unsaid> {
        let shown = json!({"operationName": document.name, "variables": variables}).to_string();
        let body = json!({
            "query": document.text,
            "variables": variables,
            "operationName": document.name,
        });
        let request = Prepared {
            name: document.name,
            body: body.to_string(),
            shown,
            repeat,
        };
        let mut attempts = Attempts::new(self.pace, repeat);
        loop {
            let why = match self.once(&request, &mut attempts).await {
                Ok(said) => return Ok(said),
                Err(why) => why,
            };
            let wait = attempts.next(why)?;
            tokio::time::sleep(wait).await;
        }
    }

    async fn once(&self, request: &Prepared, attempts: &mut Attempts) -> Result<Said, Tried> {
        let reserved = loop {
            match self.points.reserve(request.name) {
                Ok(reserved) => break reserved,
                Err(wait) => attempts.sleep(wait).await?,
            }
        };
        let token = self.token(attempts.refused.as_ref()).await?;
        let sent = self
            .http
            .client()
            .post(self.url.clone())
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("x-shopify-access-token", token.clone())
            .body(request.body.clone());
        let answer = self.http.send(request.name, sent, &request.shown).await;
        let answer = answer.map_err(|failure| match failure.kind {
            FailureKind::Later => Tried::Unsent(failure),
            FailureKind::Lost => Tried::Unknown(failure),
            _ if request.repeat == Repeat::Question => Tried::over(failure),
            _ => Tried::Unknown(failure),
        })?;
        let judged = self.judge(request, &answer);
        drop(reserved);
        judged.map_err(|tried| match tried {
            Tried::Token(failure) if self.door.can_renew() && attempts.refused.is_none() => {
                attempts.refused = Some(token);
                Tried::Token(failure)
            }
            Tried::Token(failure) => Tried::over(failure),
            other => other,
        })
    }

    async fn token(&self, refused: Option<&HeaderValue>) -> Result<HeaderValue, Tried> {
        let token = self.door.token(&self.http, refused).await;
        token.map_err(|failure| match failure.kind {
            FailureKind::Later => Tried::Unsent(failure),
            _ => Tried::over(failure),
        })
    }

    fn judge(&self, request: &Prepared, answer: &Answer) -> Result<Said, Tried> {
        let id = Some(answer.header("x-request-id")).filter(|id| !id.is_empty());
        let id = id.map(String::from);
        let mut exchange = answer.exchange.clone();
        exchange.request_id.clone_from(&id);
        exchange.sent = request.body.len() as u64;
        let judged = self.read(request, answer, &mut exchange.cost);
        let judged = match judged {
            Ok(data) => Ok(Said {
                data,
                request_id: id,
            }),
            Err(tried) => {
                exchange.error = format!("{} {}", tried.failure().message, beginning(&answer.body));
                exchange.error = beginning(&exchange.error).to_owned();
                Err(tried.of_request(id))
            }
        };
        self.http.keep(exchange);
        judged
    }

    fn read(
        &self,
        request: &Prepared,
        answer: &Answer,
        cost: &mut Option<u32>,
    ) -> Result<Value, Tried> {
        let served = answer.header("x-shopify-api-version");
        if !served.is_empty() {
            let mut known = self.served.lock().unwrap_or_else(PoisonError::into_inner);
            served.clone_into(&mut known);
        }
        if answer.status.as_u16() != 200 {
            let (why, failure) = refusal::of_status(answer);
            let wait = failure.wait;
            return Err(Tried::of(why, failure, wait));
        }
        let Ok(mut body) = serde_json::from_str::<Value>(&answer.body) else {
            let message = "Shopify answers with something that is no answer of its API.";
            return Err(Tried::Unknown(Failure::new(FailureKind::Broken, message)));
        };
        let wait = self.points.learn(request.name, &body["extensions"]["cost"]);
        let points = body["extensions"]["cost"]["actualQueryCost"].as_f64();
        *cost = points.map(whole);
        if !body["errors"].is_null() {
            let (why, failure) = refusal::of_errors(&body["errors"]);
            let changes = request.repeat != Repeat::Question;
            if changes && refusal::is_done_in_part(&body["data"]) {
                return Err(Tried::Unknown(failure));
            }
            return Err(Tried::of(why, failure, Some(wait)));
        }
        if let Some(warning) = refusal::search_warning(&body["extensions"]["search"]) {
            return Err(Tried::over(warning));
        }
        match body["data"].take() {
            Value::Object(data) => Ok(Value::Object(data)),
            _ => {
                let message = "Shopify answers without the data that was asked for.";
                Err(Tried::Unknown(Failure::new(FailureKind::Broken, message)))
            }
        }
    }
}

fn whole(points: f64) -> u32 {
    points.clamp(0.0, 1e6).ceil() as u32
}

/// What is sent.
struct Prepared {
    name: &'static str,
    body: String,
    shown: String,
    repeat: Repeat,
}

/// How an attempt ended that brought no answer.
#[derive(Debug)]
enum Tried {
    /// Nothing was sent.
    Unsent(Failure),
    /// Nothing was done, and the shop asks to wait so long.
    Wait(Failure, Option<Duration>),
    /// The token does not hold: nothing was done.
    Token(Failure),
    /// Whether it was done is not known.
    Unknown(Failure),
    /// It was not done and will not be.
    Over(Failure, bool),
}

impl Tried {
    fn of(why: Why, failure: Failure, wait: Option<Duration>) -> Self {
        match why {
            Why::Wait => Self::Wait(failure, wait),
            Why::Token => Self::Token(failure),
            Why::Down => Self::Unknown(failure),
            Why::TooLarge => Self::Over(failure, true),
            Why::Final => Self::over(failure),
        }
    }

    fn over(failure: Failure) -> Self {
        Self::Over(failure, false)
    }

    fn failure(&self) -> &Failure {
        match self {
            Self::Unsent(failure)
            | Self::Wait(failure, _)
            | Self::Token(failure)
            | Self::Unknown(failure)
            | Self::Over(failure, _) => failure,
        }
    }

    fn of_request(mut self, id: Option<String>) -> Self {
        match &mut self {
            Self::Unsent(failure)
            | Self::Wait(failure, _)
            | Self::Token(failure)
            | Self::Unknown(failure)
            | Self::Over(failure, _) => failure.request_id = id,
        }
        self
    }
}

/// The attempts of one request.
struct Attempts {
    pace: Pace,
    repeat: Repeat,
    failed: u32,
    waits: u32,
    waited: Duration,
    refused: Option<HeaderValue>,
}

impl Attempts {
    fn new(pace: Pace, repeat: Repeat) -> Self {
        Self {
            pace,
            repeat,
            failed: 0,
            waits: 0,
            waited: Duration::ZERO,
            refused: None,
        }
    }

    /// Waits for points, if that is not too long.
    async fn sleep(&mut self, wait: Duration) -> Result<(), Tried> {
        if self.waited + wait > self.pace.longest {
            let message = "Shopify gives no points for so many requests.";
            let mut failure = Failure::new(FailureKind::Later, message);
            failure.wait = Some(wait);
            return Err(Tried::over(failure));
        }
        self.waited += wait;
        tokio::time::sleep(wait).await;
        Ok(())
    }

    /// How long to wait before the next attempt, or why there is none.
    fn next(&mut self, tried: Tried) -> Result<Duration, Unsaid> {
        let is_over = |failure| Unsaid {
            failure,
            too_large: false,
        };
        match tried {
            Tried::Over(failure, too_large) => Err(Unsaid { failure, too_large }),
            Tried::Token(_) => Ok(Duration::ZERO),
            Tried::Wait(mut failure, wait) => {
                let wait = wait.unwrap_or(self.pace.retry * 2);
                if self.waited + wait > self.pace.longest {
                    failure.wait = Some(wait);
                    return Err(is_over(failure));
                }
                // A shop that has points and still refuses is not asked without a pause.
                self.waits += 1;
                let wait = wait.max(self.pace.before(self.waits.min(3)) / 8);
                self.waited += wait;
                Ok(wait)
            }
            Tried::Unsent(failure) => self.again().ok_or_else(|| is_over(failure)),
            Tried::Unknown(failure) => match self.repeat {
                Repeat::Question => self.again().ok_or_else(|| is_over(unread(failure))),
                Repeat::Keyed => self.again().ok_or_else(|| is_over(lost(failure))),
                Repeat::Once => Err(is_over(lost(failure))),
            },
        }
    }

    fn again(&mut self) -> Option<Duration> {
        self.failed += 1;
        (self.failed <= TRIES).then(|| self.pace.before(self.failed - 1))
    }
}

/// A question that was not answered: nothing can have been done by it.
fn unread(failure: Failure) -> Failure {
    match failure.kind {
        FailureKind::Lost => Failure {
            kind: FailureKind::Later,
            ..failure
        },
        _ => failure,
    }
}

fn lost(failure: Failure) -> Failure {
    Failure {
        kind: FailureKind::Lost,
        ..failure
    }
}
