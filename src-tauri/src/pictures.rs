//! Pictures for the page, under a scheme of their own: `image://localhost/thumbnail?address=…`. The core
//! says what the signed-in user may see; the page gets nothing but the five formats of
//! pictures, by their content.

use backstock::commands::{App, show_image};
use percent_encoding::percent_decode_str;
use tauri::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use tauri::http::{HeaderValue, Request, Response, StatusCode};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

/// The name of the scheme. On Windows a page knows it as `http://image.localhost`.
pub const SCHEME: &str = "image";

/// Answers a request of the page, on a thread of its own.
pub fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().state::<App>().inner().clone();
    tauri::async_runtime::spawn(async move { responder.respond(found(&app, &request).await) });
}

async fn found(app: &App, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let uri = request.uri();
    let size = match uri.path() {
        "/thumbnail" => Some(true),
        "/original" => Some(false),
        _ => None,
    };
    let asked = size.zip(uri.query().and_then(address_in));
    let Some((thumbnail, address)) = asked else {
        return without(StatusCode::NOT_FOUND);
    };
    let body = match show_image(app, &address, thumbnail).await {
        Ok(Some(body)) => body,
        Ok(None) => return without(StatusCode::NOT_FOUND),
        Err(_) => return without(StatusCode::FORBIDDEN),
    };
    let tag = format!("\"{}\"", body.hash);
    let known = request.headers().get(IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return without(StatusCode::NOT_MODIFIED);
    }
    let mut response = Response::new(body.bytes);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.media_type));
    headers.insert(
        "X-Content-Type-Options",
        HeaderValue::from_static("nosniff"),
    );
    // What an address shows never changes, but another workspace may be opened.
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=3600"),
    );
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

fn without(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The address that is asked for.
fn address_in(query: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, address) = pairs.into_iter().find(|(name, _)| *name == "address")?;
    let decoded = percent_decode_str(address).decode_utf8().ok()?;
    Some(decoded.into_owned())
}
