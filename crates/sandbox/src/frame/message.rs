//! Requests and replies, free of HTTP's machinery, so that a shop can be tested without it.

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`, `POST`, … in capitals.
    pub method: String,
    /// The path, without the query, as it was sent.
    pub path: String,
    /// What stands after the question mark, as it was sent.
    pub query: String,
    /// Names in lower case, with their values.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// Where the server stands: `http://127.0.0.1:4000`.
    pub origin: String,
}

impl Request {
    /// The value of the first header of that name, which is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The parameter of that name in the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        form_value(&self.query, name)
    }

    /// The field of that name in a body sent as a form, decoded.
    pub fn form_field(&self, name: &str) -> Option<String> {
        form_value(std::str::from_utf8(&self.body).ok()?, name)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// The body is no JSON.
    pub fn json(&self) -> serde_json::Result<Value> {
        serde_json::from_slice(&self.body)
    }
}

/// The value of `name` in `a=1&b=2`.
fn form_value(form: &str, name: &str) -> Option<String> {
    form.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key) == name).then(|| decode(value))
    })
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

/// What is answered.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// The status, such as 200.
    pub status: u16,
    /// Names and values, `content-type` among them.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// What the request cost, in the platform's own points.
    pub points: f64,
}

impl Reply {
    /// A reply in JSON.
    pub fn json(status: u16, value: &Value) -> Self {
        Self::text(status, "application/json; charset=utf-8", value.to_string())
    }

    /// A reply of any content type.
    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![(String::from("content-type"), String::from(content_type))],
            body: body.into(),
            points: 0.0,
        }
    }

    /// The reply with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((String::from(name), value.into()));
        self
    }

    /// The reply with what it cost.
    #[must_use]
    pub fn costing(mut self, points: f64) -> Self {
        self.points = points;
        self
    }
}
