//! Reading answers in which everything is a text, one is many, and nothing has four forms.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

/// A record of an answer.
pub(super) type Object = Map<String, Json>;

/// A scalar as text; nothing when it is none.
pub(super) fn scalar(value: &Json) -> Option<Cow<'_, str>> {
    match value {
        Json::String(text) => Some(Cow::Borrowed(text)),
        Json::Number(number) => Some(Cow::Owned(number.to_string())),
        Json::Bool(true) => Some(Cow::Borrowed("True")),
        Json::Bool(false) => Some(Cow::Borrowed("False")),
        Json::Null => Some(Cow::Borrowed("")),
        Json::Array(_) | Json::Object(_) => None,
    }
}

/// The text of a field, where there is such a field and it is a scalar.
pub(super) fn text<'a>(object: &'a Object, name: &str) -> Option<Cow<'a, str>> {
    object.get(name).and_then(scalar)
}

/// What is there of one or many: `null`, `""`, `[""]` and `[]` are none.
pub(super) fn each(value: &Json) -> Vec<&Json> {
    let there = |value: &&Json| !matches!(value, Json::Null) && value.as_str() != Some("");
    match value {
        Json::Array(values) => values.iter().filter(there).collect(),
        one => Some(one).filter(there).into_iter().collect(),
    }
}

/// The rows of a collection, which lie in the wrapper `inner`, in an array of such wrappers, or bare.
pub(super) fn rows<'a>(value: &'a Json, inner: &str) -> Vec<&'a Object> {
    let mut rows = Vec::new();
    for object in each(value).into_iter().filter_map(Json::as_object) {
        match object.get(inner) {
            Some(wrapped) => rows.extend(each(wrapped).into_iter().filter_map(Json::as_object)),
            None => rows.push(object),
        }
    }
    rows
}

/// Whether a collection has anything in it, whatever it is wrapped in.
pub(super) fn has_any(value: &Json) -> bool {
    each(value).into_iter().any(|one| match one {
        Json::Object(object) => object.values().any(|inner| !each(inner).is_empty()),
        _ => true,
    })
}

/// Yes or no in the words that were seen; nothing in any other.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "y" | "yes" => Some(true),
        "false" | "0" | "n" | "no" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{each, flag, has_any, rows};

    #[test]
    fn one_is_as_good_as_many_and_none_has_many_forms() {
        for none in [json!(null), json!(""), json!([""]), json!([])] {
            assert!(each(&none).is_empty(), "{none}");
            assert!(rows(&none, "Category").is_empty(), "{none}");
            assert!(!has_any(&none), "{none}");
        }
        for none in [json!({"Category": ""}), json!([{"Category": [""]}])] {
            assert!(rows(&none, "Category").is_empty(), "{none}");
            assert!(!has_any(&none), "{none}");
        }
        let row = json!({"CategoryID": "2"});
        for one in [
            json!({"Category": [row]}),
            json!({"Category": row}),
            json!([{"Category": row}]),
            json!([{"Category": [row]}]),
            json!([row]),
            row.clone(),
        ] {
            assert_eq!(rows(&one, "Category"), [row.as_object().unwrap()], "{one}");
            assert!(has_any(&one), "{one}");
        }
        let two = json!([{"Category": row}, {"Category": [row, row]}]);
        assert_eq!(rows(&two, "Category").len(), 3);
        assert!(has_any(&json!(["31674"])));
        assert!(has_any(&json!("31674")));
    }

    #[test]
    fn yes_and_no_have_many_words() {
        for (text, yes) in [
            ("True", Some(true)),
            ("y", Some(true)),
            ("1", Some(true)),
            ("False", Some(false)),
            ("N", Some(false)),
            ("", Some(false)),
            ("perhaps", None),
        ] {
            assert_eq!(flag(text), yes, "{text}");
        }
    }
}
