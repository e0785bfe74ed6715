//! The one address of the interface: an action is sent, waited for, and repeated only where it was
//! surely not done.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderValue;
use serde_json::Value as Json;
use url::Url;
use zeroize::Zeroizing;

use super::envelope::{Ack, Reply};
use super::pace::{Pace, Time};
use crate::exchange::beginning;
use crate::failure::{Answered, Failure, FailureKind};
use crate::http::{Answer, Http, secret_header, shop_address};

/// Where the interface is.
const ENDPOINT: &str = "/do/WS/NetoAPI";
/// What is waited before each repetition of what did not come through.
const WAITS: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(15),
];
/// A shorter key would be found in any text. No shop has one.
const SHORTEST_KEY: usize = 8;
/// How often a request is made that is refused as one too many.
const MOST_REFUSALS: usize = 3;

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Action {
    /// Its name in the header.
    pub(super) name: &'static str,
    /// The element of the answer that holds the records.
    pub(super) element: &'static str,
    /// Whether it changes something.
    pub(super) writes: bool,
}

impl Action {
    /// Items, read.
    pub(super) const GET_ITEM: Self = Self::reads("GetItem", "Item");
    /// Orders, read.
    pub(super) const GET_ORDER: Self = Self::reads("GetOrder", "Order");
    /// Categories, read.
    pub(super) const GET_CATEGORY: Self = Self::reads("GetCategory", "Category");
    /// Warehouses, read.
    pub(super) const GET_WAREHOUSE: Self = Self::reads("GetWarehouse", "Warehouse");
    /// New items.
    pub(super) const ADD_ITEM: Self = Self::writes("AddItem", "Item");
    /// Changed items.
    pub(super) const UPDATE_ITEM: Self = Self::writes("UpdateItem", "Item");

    const fn reads(name: &'static str, element: &'static str) -> Self {
        let writes = false;
        Self {
            name,
            element,
            writes,
        }
    }

    const fn writes(name: &'static str, element: &'static str) -> Self {
        let writes = true;
        Self {
            name,
            element,
            writes,
        }
    }
}

/// The way to one shop.
pub(super) struct Door {
    http: Http,
    url: Url,
    key: Zeroizing<String>,
    key_header: HeaderValue,
    username: Option<HeaderValue>,
    pace: Pace,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

impl Door {
    /// The way to the shop at `address`, by a key and the name of the user to whom it belongs, if it
    /// belongs to one.
    pub(super) fn new(
        address: &str,
        key: Zeroizing<String>,
        username: &str,
        http: Http,
        time: Arc<dyn Time>,
    ) -> Answered<Self> {
        let mut url = shop_address(address)?;
        // A gateway has a path in front of it; of anything else that was copied only the host counts.
        if !url.path().ends_with(ENDPOINT) {
            url.set_path(ENDPOINT);
        }
        let key = Zeroizing::new(key.trim().to_owned());
        if key.is_empty() {
            let failure = Failure::new(FailureKind::Denied, "The key of the shop is missing.");
            return Err(failure.hint(
                "Make one in the control panel, under Settings & tools > API, and enter it.",
            ));
        }
        let username = Some(username.trim()).filter(|name| !name.is_empty());
        Ok(Self {
            http,
            url,
            key_header: secret_header(&key)?,
            key,
            username: username.map(secret_header).transpose()?,
            pace: Pace::new(time),
        })
    }

    /// The time that it goes by.
    pub(super) fn time(&self) -> &dyn Time {
        self.pace.time()
    }

    /// Asks for an action. What is surely not done is repeated within bounds, and so is a reading; a
    /// writing of which it is not known is [`FailureKind::Lost`]. `Ack: Error` is an answer, but for a
    /// key that does not open.
    pub(super) async fn ask(&self, action: Action, body: &Json) -> Answered<Reply> {
        let body = body.to_string();
        let (mut broken, mut refused) = (0, 0);
        loop {
            self.pace.pass().await;
            let failure = match self.once(action, &body).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            match failure.kind {
                FailureKind::Later if failure.wait.is_some() => {
                    refused += 1;
                    if refused >= MOST_REFUSALS {
                        return Err(failure);
                    }
                }
                FailureKind::Later | FailureKind::Lost
                    if !action.writes || failure.kind == FailureKind::Later =>
                {
                    let Some(wait) = WAITS.get(broken) else {
                        return Err(settled(failure));
                    };
                    broken += 1;
                    self.time().wait(*wait).await;
                }
                _ => return Err(failure),
            }
        }
    }

    /// Asks once.
    async fn once(&self, action: Action, body: &str) -> Answered<Reply> {
        let mut request = self
            .http
            .client()
            .post(self.url.clone())
            .header("netoapi_action", action.name)
            .header("netoapi_key", self.key_header.clone())
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .body(body.to_owned());
        if let Some(username) = &self.username {
            request = request.header("netoapi_username", username.clone());
        }
        let mut answer = self.http.send(action.name, request, body).await?;
        if self.key.len() >= SHORTEST_KEY && answer.body.contains(self.key.as_str()) {
            answer.body = answer.body.replace(self.key.as_str(), "…");
        }
        let id = ["x-request-id", "cf-ray"].map(|name| answer.header(name).to_owned());
        let id = id.into_iter().find(|id| !id.is_empty());
        let outcome = self.read(action, &answer);
        let mut exchange = answer.exchange;
        exchange.request_id.clone_from(&id);
        if !matches!(&outcome, Ok(reply) if reply.ack == Ack::Success) {
            beginning(&answer.body).clone_into(&mut exchange.error);
        }
        self.http.keep(exchange);
        match outcome {
            Ok(reply) => Ok(Reply {
                request_id: id,
                ..reply
            }),
            Err(failure) => Err(Failure {
                request_id: id,
                ..failure
            }),
        }
    }

    /// What an answer means.
    fn read(&self, action: Action, answer: &Answer) -> Answered<Reply> {
        let status = answer.status;
        match status {
            StatusCode::TOO_MANY_REQUESTS => {
                let quiet = self.pace.be_quiet(answer.retry_after());
                return Err(too_many(quiet));
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(denied(action)),
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => return Err(elsewhere()),
            StatusCode::REQUEST_TIMEOUT => return Err(out_of_order(action, status)),
            _ if status.is_redirection() => return Err(moved(answer.header("location"))),
            _ if status.is_server_error() => return Err(out_of_order(action, status)),
            _ if status.is_client_error() => return Err(refused(status)),
            _ => {}
        }
        let Some(reply) = Reply::read(&answer.body, action.element) else {
            return Err(no_answer(action, &answer.body));
        };
        let about_key = |said: &String| said.to_ascii_lowercase().contains("api key");
        if reply.ack == Ack::Error && reply.messages.iter().any(about_key) {
            return Err(denied(action));
        }
        Ok(reply)
    }
}

/// What did not come through however often it was tried: a reading that was lost can be made later.
fn settled(failure: Failure) -> Failure {
    Failure {
        kind: FailureKind::Later,
        ..failure
    }
}

fn too_many(quiet: Duration) -> Failure {
    let message = "The shop has had too many requests within a minute.";
    let failure = Failure {
        wait: Some(quiet),
        ..Failure::new(FailureKind::Later, message)
    };
    failure.hint("Other programs that use the shop's interface count, too. It goes on by itself.")
}

fn denied(action: Action) -> Failure {
    let message = format!(
        "The shop does not let us in, or does not let us use {}.",
        action.name
    );
    Failure::new(FailureKind::Denied, message).hint(
        "One of four things is wrong: the key; the user name, which a key of a user needs and the \
         key of the shop must not have; what the user's permission group allows; or the address, \
         which is another shop's.",
    )
}

fn elsewhere() -> Failure {
    let message = "At this address is no Maropost shop.";
    Failure::new(FailureKind::Denied, message)
        .hint("Use the address of the shop's control panel, such as https://name.neto.com.au.")
}

fn moved(to: &str) -> Failure {
    let to = Url::parse(to).ok();
    let host = to.as_ref().and_then(Url::host_str);
    let message = match host {
        Some(host) => format!("The shop has another address: {host}."),
        None => "The shop has another address.".to_owned(),
    };
    Failure::new(FailureKind::Denied, message).hint("Enter the address to which it leads.")
}

fn refused(status: StatusCode) -> Failure {
    let message = format!("The shop refuses the request with status {status}.");
    Failure::new(FailureKind::Rejected, message)
}

fn out_of_order(action: Action, status: StatusCode) -> Failure {
    unsure(
        action,
        format!("The shop is out of order: status {status}."),
    )
}

/// A body that is no answer: a page for people, most likely.
fn no_answer(action: Action, body: &str) -> Failure {
    let start = body.trim_start();
    let is_page = start.starts_with('<') && !start.starts_with("<?xml");
    let message = match is_page {
        true => "The shop answers with a page for people.",
        false => "The shop answers with something that is not understood.",
    };
    let failure = unsure(action, message.to_owned())
        .hint("It may be out of order, or the address is not that of a Maropost shop.");
    match is_page || action.writes {
        true => failure,
        false => Failure {
            kind: FailureKind::Broken,
            ..failure
        },
    }
}

/// A failure after which it is not known whether something was done: of a reading nothing was.
fn unsure(action: Action, message: String) -> Failure {
    let kind = match action.writes {
        true => FailureKind::Lost,
        false => FailureKind::Later,
    };
    Failure::new(kind, message)
}
