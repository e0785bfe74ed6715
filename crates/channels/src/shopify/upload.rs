//! Sending a file to the place that the shop gave for it.

use reqwest::Body;
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use url::Url;

use super::json::{broken, nodes, text};
use super::manner::TRIES;
use super::spool::Spool;
use super::transport::Transport;
use crate::failure::{Answered, Failure, FailureKind};
use crate::http::may_be_asked;

/// Uploads a file; the path by which the shop knows it.
pub(super) async fn upload(
    transport: &Transport,
    file: &mut Spool,
    target: &Value,
) -> Answered<String> {
    let url = Url::parse(text(target, "url")).ok().filter(may_be_asked);
    let url = url.ok_or_else(|| broken("an address for a file that can be asked"))?;
    let parameters = nodes(&target["parameters"]);
    let key = parameters.iter().find(|one| text(one, "name") == "key");
    let key = key.map(|one| text(one, "value").to_owned());
    let key = key.ok_or_else(|| broken("the path of a file"))?;
    let mut failed = 0;
    loop {
        let form = form(parameters, file)?;
        let sent = send(transport, &url, form, file.bytes());
        match sent.await {
            // A file that was sent twice is the same file.
            Err(failure) if failure.kind == FailureKind::Later && failed < TRIES => {
                tokio::time::sleep(transport.pace.before(failed)).await;
                failed += 1;
            }
            Err(failure) => return Err(failure),
            Ok(()) => return Ok(key),
        }
    }
}

fn form(parameters: &[Value], file: &mut Spool) -> Answered<Form> {
    let fields = parameters.iter().fold(Form::new(), |form, one| {
        form.text(text(one, "name").to_owned(), text(one, "value").to_owned())
    });
    let body = Body::wrap_stream(file.parts()?);
    let part = Part::stream_with_length(body, file.bytes()).file_name("changes.jsonl");
    let part = part
        .mime_str("text/jsonl")
        .map_err(|_| broken("a place for text"))?;
    // The file is the last field: what follows it would be passed over.
    Ok(fields.part("file", part))
}

async fn send(transport: &Transport, url: &Url, form: Form, bytes: u64) -> Answered<()> {
    let request = transport.http.client().post(url.clone()).multipart(form);
    let answer = transport.http.send("upload", request, "").await;
    let answer = answer.map_err(|failure| Failure {
        kind: FailureKind::Later,
        ..failure
    })?;
    let mut exchange = answer.exchange.clone();
    exchange.sent = bytes;
    let ended = match answer.status.is_success() {
        true => Ok(()),
        false => {
            let message = format!("Shopify does not take a file ({}).", answer.status.as_u16());
            let kind = match answer.status.as_u16() {
                429 | 500..=599 => FailureKind::Later,
                _ => FailureKind::Rejected,
            };
            Err(Failure::new(kind, message))
        }
    };
    if let Err(failure) = &ended {
        exchange.error.clone_from(&failure.message);
    }
    transport.http.keep(exchange);
    ended
}
