//! What is sent to and fetched from addresses that answers name, without a token.

use super::store::State;
use crate::frame::{Reply, Request};

/// Takes in an upload: the body of a PUT, or the file of a POST that has all that was asked for.
pub(super) fn receive(state: &mut State, key: &str, request: &Request) -> Reply {
    if request.method == "PUT" {
        return match state.uploads.get_mut(key).filter(|upload| !upload.post) {
            Some(upload) => {
                upload.content = Some(request.body.clone());
                Reply::text(200, "text/plain", "")
            }
            None => missing(key),
        };
    }
    let Some(parts) = parts(request) else {
        return denied("The body is no multipart/form-data.");
    };
    let field = |name: &str| parts.iter().find(|part| part.name == name);
    let key = field("key").map(|part| String::from_utf8_lossy(part.content).into_owned());
    let Some(key) = key else {
        return denied("The field key is missing.");
    };
    for needed in ["Content-Type", "success_action_status", "acl", "policy"] {
        if field(needed).is_none() {
            return denied(&format!("The field {needed} is missing."));
        }
    }
    if parts.last().is_none_or(|part| part.name != "file") {
        return denied("The field file must be the last one.");
    }
    let content = parts.last().map(|part| part.content.to_vec());
    match state.uploads.get_mut(&key).filter(|upload| upload.post) {
        Some(upload) => {
            upload.content = content;
            Reply::text(
                201,
                "application/xml",
                format!("<PostResponse><Key>{key}</Key></PostResponse>"),
            )
        }
        None => missing(&key),
    }
}

fn missing(key: &str) -> Reply {
    denied(&format!("Nothing was announced for {key}."))
}

fn denied(why: &str) -> Reply {
    let body = format!(
        "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Details>{why}</Details></Error>"
    );
    Reply::text(403, "application/xml", body)
}

/// A field of a form.
struct Part<'a> {
    name: String,
    content: &'a [u8],
}

/// The fields of a `multipart/form-data` body.
fn parts(request: &Request) -> Option<Vec<Part<'_>>> {
    let kind = request.header("content-type")?;
    let (_, boundary) = kind.split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim_matches('"');
    let opening = format!("--{boundary}\r\n");
    let between = format!("\r\n--{boundary}");
    let mut rest = request.body.as_slice().strip_prefix(opening.as_bytes())?;
    let mut parts = Vec::new();
    loop {
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = std::str::from_utf8(&rest[..head_end]).ok()?;
        let body = &rest[head_end + 4..];
        let body_end = find(body, between.as_bytes())?;
        let name = head.split("name=\"").nth(1)?.split('"').next()?;
        parts.push(Part {
            name: String::from(name),
            content: &body[..body_end],
        });
        rest = &body[body_end + between.len()..];
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
    }
}

/// Where `needle` first stands. The first byte is looked for alone: bodies are large.
fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|byte| *byte == first) {
        let at = from + at;
        if text[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// The result of a bulk operation.
pub(super) fn download(state: &State, id: &str) -> Reply {
    let job = id.parse().ok().and_then(|id: u64| state.bulk.get(&id));
    match job.and_then(|job| job.result.clone()) {
        Some(result) => Reply::text(200, "application/jsonl", result),
        None => denied("There is no such result."),
    }
}

/// A picture of two by two points, the same for every address.
pub(super) fn picture(_path: &str) -> Reply {
    Reply::text(200, "image/png", PICTURE)
}

const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x02, 0x08, 0x02, 0x00, 0x00, 0x00, 0xfd, 0xd4, 0x9a,
    0x73, 0x00, 0x00, 0x00, 0x12, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x38, 0x61, 0xa3, 0xa1,
    0x11, 0xb5, 0x80, 0x01, 0x42, 0x01, 0x00, 0x20, 0xc0, 0x04, 0x9d, 0xf0, 0x00, 0x35, 0xb7, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];
