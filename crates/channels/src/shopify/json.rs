//! Reading answers.

use domain::values::Timestamp;
use serde_json::Value;

use crate::failure::{Failure, FailureKind};

/// The text below a name; empty where there is none.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The things of a connection, or of a list.
pub(super) fn nodes(value: &Value) -> &[Value] {
    let list = match value {
        Value::Array(list) => Some(list),
        other => other["nodes"].as_array(),
    };
    list.map_or(&[], Vec::as_slice)
}

/// Where a connection goes on, when it does.
pub(super) fn next_of(connection: &Value) -> Option<String> {
    let info = &connection["pageInfo"];
    let more = info["hasNextPage"].as_bool().unwrap_or_default();
    let end = info["endCursor"].as_str()?;
    more.then(|| end.to_owned())
}

/// A moment as the shop writes it.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    let at: jiff::Timestamp = value.as_str()?.parse().ok()?;
    Some(Timestamp(at.as_millisecond()))
}

/// A moment as the shop reads it in a search.
pub(super) fn written(moment: Timestamp) -> String {
    let whole = jiff::Timestamp::from_second(moment.0.div_euclid(1000));
    whole.map_or_else(
        |_| String::from("1970-01-01T00:00:00Z"),
        |at| at.to_string(),
    )
}

/// A text in a search, in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for one in text.chars() {
        if matches!(one, '\'' | '\\') {
            quoted.push('\\');
        }
        quoted.push(one);
    }
    quoted.push('\'');
    quoted
}

/// An answer that lacks something which the platform always says.
pub(super) fn broken(what: &str) -> Failure {
    let message = format!("Shopify's answer lacks {what}.");
    Failure::new(FailureKind::Broken, message)
}
