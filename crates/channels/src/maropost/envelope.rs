//! The envelope around every answer: how it went, what is said about it, the records.

use domain::values::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_json::Value as Json;

use super::loose::{each, scalar, text};

/// How it went, as the shop says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ack {
    /// Done.
    Success,
    /// Done in part, or with something ignored.
    Warning,
    /// Nothing was done.
    Error,
}

/// An answer that is one of the platform's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reply {
    /// How it went.
    pub(super) ack: Ack,
    /// What the shop says about it.
    pub(super) messages: Vec<String>,
    /// `CurrentTime` as it was written; it is not known in which zone.
    pub(super) time: Option<Timestamp>,
    /// The element with the records, if it is there at all.
    pub(super) records: Option<Json>,
    /// What the request is called on the way to the shop, where that is said.
    pub(super) request_id: Option<String>,
}

impl Reply {
    /// Reads a body; nothing when it is no answer of the platform's.
    pub(super) fn read(body: &str, element: &str) -> Option<Self> {
        let Ok(Json::Object(mut body)) = serde_json::from_str::<Json>(body) else {
            return None;
        };
        let ack = match text(&body, "Ack")?.to_ascii_lowercase().as_str() {
            "success" => Ack::Success,
            "warning" => Ack::Warning,
            "error" => Ack::Error,
            _ => return None,
        };
        let mut messages = Vec::new();
        if let Some(said) = body.get("Messages") {
            gather(said, &mut messages);
        }
        Some(Self {
            ack,
            messages,
            time: text(&body, "CurrentTime").and_then(|time| moment(&time)),
            records: body.remove(element),
            request_id: None,
        })
    }

    /// What the shop says, as one sentence.
    pub(super) fn words(&self) -> String {
        sentence(&self.messages)
    }
}

/// Messages as one sentence, not longer than can be read.
pub(super) fn sentence<S: AsRef<str>>(messages: &[S]) -> String {
    const MOST: usize = 600;
    let words = messages.iter().map(AsRef::as_ref).collect::<Vec<_>>();
    let words = words.join(" · ");
    match words.char_indices().nth(MOST) {
        _ if words.is_empty() => "it does not say why".to_owned(),
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Every message in whatever they lie: they are nested three deep at most.
fn gather(said: &Json, messages: &mut Vec<String>) {
    for one in each(said) {
        match one {
            Json::Object(object) if object.contains_key("Message") => {
                let parts = ["Message", "Description"].map(|name| text(object, name));
                let parts: Vec<_> = parts.into_iter().flatten().collect();
                let parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
                let parts = parts.into_iter().filter(|part| !part.is_empty());
                messages.push(parts.collect::<Vec<_>>().join(": "));
            }
            Json::Object(object) => object.values().for_each(|inner| gather(inner, messages)),
            Json::Array(inner) => inner.iter().for_each(|inner| gather(inner, messages)),
            one => messages.extend(scalar(one).map(|text| text.into_owned())),
        }
    }
}

/// A moment as the platform writes it, read as if it were UTC; nothing for none.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.starts_with("0000") {
        return None;
    }
    let written: DateTime = text.parse().ok()?;
    let moment = Offset::UTC.to_timestamp(written).ok()?;
    Some(Timestamp(moment.as_millisecond()))
}

/// A moment in UTC as the platform writes it.
pub(super) fn written(moment: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(moment.0).unwrap_or_default();
    let moment = Offset::UTC.to_datetime(moment);
    moment.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use domain::values::Timestamp;
    use proptest::prelude::*;
    use serde_json::json;

    use super::{Ack, Reply, moment, written};

    #[test]
    fn messages_are_read_in_every_shape_that_was_seen() {
        let one = json!({"Message": "Cannot find Item A", "SeverityCode": "Warning"});
        let two = json!({"Message": "Other", "Description": "why"});
        for (messages, said) in [
            (json!({"Warning": one}), vec!["Cannot find Item A"]),
            (
                json!({"Error": [one, two]}),
                vec!["Cannot find Item A", "Other: why"],
            ),
            (
                json!([{"Error": one}, {"Warning": two}]),
                vec!["Cannot find Item A", "Other: why"],
            ),
            (json!("plain"), vec!["plain"]),
            (json!(""), vec![]),
        ] {
            let body = json!({"Ack": "Warning", "Messages": messages}).to_string();
            let reply = Reply::read(&body, "Item").unwrap();
            assert_eq!(reply.messages, said, "{messages}");
            assert_eq!(reply.ack, Ack::Warning);
        }
    }

    #[test]
    fn what_is_no_envelope_is_told_from_an_empty_one() {
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"Ack": "Perhaps"}"#,
            r#"{"Ack": "Succ"#,
            "\u{feff}",
        ] {
            assert_eq!(Reply::read(body, "Item"), None, "{body}");
        }
        let empty = Reply::read(r#"{"Ack": "Success", "Item": ""}"#, "Item").unwrap();
        assert_eq!(empty.records, Some(json!("")));
        let silent = Reply::read(r#"{"Ack": "Success"}"#, "Item").unwrap();
        assert_eq!(silent.records, None);
    }

    #[test]
    fn dates_that_stand_for_none_are_none() {
        for text in ["", "0000-00-00 00:00:00", "0000-00-00", "soon"] {
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(written(Timestamp(1_793_491_200_000)), "2026-11-01 00:00:00");
        assert_eq!(
            moment("2026-11-01 00:00:00"),
            Some(Timestamp(1_793_491_200_000))
        );
        assert_eq!(moment("2026-11-01T00:00:00"), moment("2026-11-01"));
    }

    proptest! {
        #[test]
        fn no_body_whatever_it_is_ends_in_more_than_a_refusal(body in ".{0,200}", messages in "[\\[\\]{}\",:a-zA-Z ]{0,100}") {
            let _ = Reply::read(&body, "Item");
            let _ = Reply::read(&format!("{{\"Ack\":\"Error\",\"Messages\":{messages}}}"), "Item");
            let _ = moment(&body);
        }
    }
}
