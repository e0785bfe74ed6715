//! The envelope around every answer: `Ack`, `CurrentTime`, `Messages`.

use serde_json::{Map, Value, json};

use super::dates;
use super::settings::{MessageShape, NoRecords, NoRows, Settings, Shapes};
use super::xml;
use crate::{Moment, Reply};

/// What an action answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    element: &'static str,
    rows: Rows,
    ack: Ack,
    messages: Vec<Message>,
}

#[derive(Debug, Clone, PartialEq)]
enum Rows {
    /// Always an array: what `Get…` answers.
    List(Vec<Value>),
    /// A bare value for one: what `Add…` and `Update…` answer.
    OneOrMany(Vec<Value>),
    /// As it is.
    Whole(Value),
    /// No element at all.
    Absent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ack {
    Success,
    Warning,
    Error,
}

/// What the platform has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Message {
    ack: Ack,
    text: String,
    description: Option<String>,
}

impl Answer {
    /// The records that a `Get…` found.
    pub(crate) fn found(element: &'static str, rows: Vec<Value>) -> Self {
        Self {
            element,
            rows: Rows::List(rows),
            ack: Ack::Success,
            messages: Vec::new(),
        }
    }

    /// A value that is not a list of records.
    pub(crate) fn whole(element: &'static str, value: Value) -> Self {
        Self {
            element,
            rows: Rows::Whole(value),
            ack: Ack::Success,
            messages: Vec::new(),
        }
    }

    /// What an `Add…` or `Update…` wrote, with what was ignored, defaulted or not found. Where
    /// nothing was written there is no element, as it was seen.
    pub(crate) fn written(element: &'static str, rows: Vec<Value>, warnings: Vec<String>) -> Self {
        let ack = if warnings.is_empty() {
            Ack::Success
        } else {
            Ack::Warning
        };
        let rows = if rows.is_empty() {
            Rows::Absent
        } else {
            Rows::OneOrMany(rows)
        };
        Self {
            element,
            rows,
            ack,
            messages: Vec::new(),
        }
        .saying(Ack::Warning, warnings)
    }

    /// The same with the rows in an array, even if there is one.
    pub(crate) fn in_array(mut self) -> Self {
        self.rows = match self.rows {
            Rows::OneOrMany(rows) => Rows::List(rows),
            rows => rows,
        };
        self
    }

    /// A request that was rejected: nothing was written, and the element is empty.
    pub(crate) fn rejected(element: &'static str, errors: Vec<String>) -> Self {
        let rows = Rows::Whole(json!(""));
        Self {
            element,
            rows,
            ack: Ack::Error,
            messages: Vec::new(),
        }
        .saying(Ack::Error, errors)
    }

    /// A request that did not come as far as an action.
    pub(crate) fn refused(text: &str) -> Self {
        let rows = Rows::Absent;
        let answer = Self {
            element: "",
            rows,
            ack: Ack::Error,
            messages: Vec::new(),
        };
        answer.saying(Ack::Error, vec![text.to_owned()])
    }

    /// The same with a description of the error.
    pub(crate) fn described(mut self, description: &str) -> Self {
        for message in &mut self.messages {
            message.description = Some(description.to_owned());
        }
        self
    }

    fn saying(mut self, ack: Ack, texts: Vec<String>) -> Self {
        let description = (ack == Ack::Error).then(String::new);
        self.messages.extend(texts.into_iter().map(|text| Message {
            ack,
            text,
            description: description.clone(),
        }));
        self
    }

    /// The whole body, as JSON or as XML.
    pub(crate) fn reply(self, call: &Call<'_>) -> Reply {
        let body = self.body(call);
        if call.json {
            return Reply::json(200, &body);
        }
        let root = format!("{}Response", call.action);
        Reply::text(200, "text/xml; charset=utf-8", xml::document(&root, &body))
    }

    /// The whole body as JSON.
    pub(crate) fn body(self, call: &Call<'_>) -> Value {
        let settings = call.settings;
        let mut body = Map::new();
        let empty = || match settings.no_records {
            NoRecords::Array => json!([]),
            NoRecords::Text => json!(""),
        };
        let rows = match self.rows {
            Rows::Absent => None,
            Rows::Whole(value) => Some(value),
            Rows::List(rows) if rows.is_empty() => Some(empty()),
            Rows::List(rows) => Some(Value::Array(rows)),
            Rows::OneOrMany(rows) => Some(one_or_many(rows)),
        };
        if let Some(rows) = rows {
            body.insert(self.element.to_owned(), rows);
        }
        let now = dates::of_millis(call.now.0);
        let now = dates::show(now, settings.current_time, settings.zone_minutes);
        body.insert("CurrentTime".to_owned(), json!(now));
        body.insert("Ack".to_owned(), json!(self.ack.word()));
        if !self.messages.is_empty() {
            body.insert(
                "Messages".to_owned(),
                messages(&self.messages, settings.messages),
            );
        }
        Value::Object(body)
    }
}

/// What an answer is made for.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// The action that was asked for.
    pub(crate) action: &'a str,
    /// Whether JSON was asked for.
    pub(crate) json: bool,
    /// When.
    pub(crate) now: Moment,
    /// How the shop answers.
    pub(crate) settings: &'a Settings,
}

impl Ack {
    fn word(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Warning => "Warning",
            Self::Error => "Error",
        }
    }
}

fn messages(messages: &[Message], shape: MessageShape) -> Value {
    let object = |message: &Message| {
        let mut object = Map::new();
        object.insert("Message".to_owned(), json!(message.text));
        object.insert("SeverityCode".to_owned(), json!(message.ack.word()));
        if let Some(description) = &message.description {
            object.insert("Description".to_owned(), json!(description));
        }
        Value::Object(object)
    };
    if shape == MessageShape::OuterArray {
        let one = |message: &Message| json!({ message.ack.word(): object(message) });
        return messages.iter().map(one).collect();
    }
    let mut groups = Map::new();
    for ack in [Ack::Error, Ack::Warning] {
        let group = messages.iter().filter(|message| message.ack == ack);
        let group: Vec<Value> = group.map(object).collect();
        let group = match shape {
            _ if group.is_empty() => continue,
            MessageShape::Arrays => Value::Array(group),
            MessageShape::OneOrMany | MessageShape::OuterArray => one_or_many(group),
        };
        groups.insert(ack.word().to_owned(), group);
    }
    Value::Object(groups)
}

/// A bare value for one, an array for several.
pub(crate) fn one_or_many(mut rows: Vec<Value>) -> Value {
    if rows.len() == 1 {
        return rows.remove(0);
    }
    Value::Array(rows)
}

/// The rows of a collection within a record, such as `Categories` of `Category`.
pub(crate) fn collection(inner: &str, rows: Vec<Value>, settings: &Settings) -> Value {
    if rows.is_empty() {
        return no_rows(inner, settings);
    }
    match settings.shapes {
        Shapes::Observed => json!([{ inner: one_or_many(rows) }]),
        Shapes::Documented => json!({ inner: rows }),
    }
}

/// A collection without a row.
pub(crate) fn no_rows(inner: &str, settings: &Settings) -> Value {
    match settings.no_rows {
        NoRows::Text => json!(""),
        NoRows::TextInArray => json!([""]),
        NoRows::Array => json!([]),
        NoRows::Inner => json!({ inner: "" }),
    }
}
