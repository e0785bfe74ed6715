//! XML, which the platform answers to a client that does not ask for JSON.

use std::fmt::Write as _;

use serde_json::Value;

/// A document with `root` around the members of `body`.
pub(crate) fn document(root: &str, body: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    element(&mut text, root, body);
    text.push('\n');
    text
}

/// Writing to a text cannot fail, so its result says nothing.
fn element(text: &mut String, name: &str, value: &Value) {
    match value {
        // An array is the element again and again.
        Value::Array(values) if !values.is_empty() => {
            values.iter().for_each(|value| element(text, name, value));
        }
        Value::Object(members) if !members.is_empty() => {
            let _ = write!(text, "<{name}>");
            members
                .iter()
                .for_each(|(name, value)| element(text, name, value));
            let _ = write!(text, "</{name}>");
        }
        Value::String(content) if !content.is_empty() => {
            let _ = write!(text, "<{name}>{}</{name}>", escaped(content));
        }
        Value::Number(_) | Value::Bool(_) => {
            let _ = write!(text, "<{name}>{value}</{name}>");
        }
        Value::Null | Value::Array(_) | Value::Object(_) | Value::String(_) => {
            let _ = write!(text, "<{name} />");
        }
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
