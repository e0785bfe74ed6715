//! Reading requests: one or many, and scalars of any type.

use serde_json::{Map, Value};

use super::loud::{Loud, Simulated};

/// An object of a request.
pub(crate) type Object = Map<String, Value>;

/// A single value as well as an array of values.
pub(crate) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

/// The objects of `value`: one, or an array of them.
pub(crate) fn objects<'a>(value: &'a Value, what: &str) -> Simulated<Vec<&'a Object>> {
    let object = |value: &'a Value| {
        value.as_object().ok_or_else(|| {
            let message = format!("{what} has to be an object or an array of objects");
            Loud::new("NotAnObject", message)
        })
    };
    list(value).into_iter().map(object).collect()
}

/// The rows of a collection on its way in: `{"Category": […]}`, the inner one or many.
pub(crate) fn inner<'a>(value: &'a Value, outer: &str, inner: &str) -> Simulated<Vec<&'a Object>> {
    let undocumented = || {
        let message = format!("{outer} has to be {{\"{inner}\": …}} when it is written");
        Loud::new("UndocumentedShape", message)
    };
    let wrapper = value.as_object().ok_or_else(undocumented)?;
    let rows = wrapper.get(inner).ok_or_else(undocumented)?;
    if wrapper.len() > 1 {
        return Err(undocumented());
    }
    objects(rows, inner)
}

/// A scalar as text. JSON's own numbers and booleans work as well, as clients show.
pub(crate) fn scalar(value: &Value, name: &str) -> Simulated<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(true) => Ok("True".to_owned()),
        Value::Bool(false) => Ok("False".to_owned()),
        Value::Null => Err(Loud::new(
            "Null",
            format!("{name} is null, and no source says what that means"),
        )),
        Value::Array(_) | Value::Object(_) => Err(Loud::new(
            "NotAScalar",
            format!("{name} has to be a text, a number or a boolean"),
        )),
    }
}

/// The scalars of `value`: one, or an array of them.
pub(crate) fn scalars(value: &Value, name: &str) -> Simulated<Vec<String>> {
    list(value)
        .into_iter()
        .map(|one| scalar(one, name))
        .collect()
}

/// A boolean of a request; nothing when it is no word for one.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
