//! What is wrong with an input: `userErrors`.

use super::super::engine::Val;

/// One of the `userErrors`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    code: Option<&'static str>,
    field: Option<Vec<String>>,
    message: String,
}

impl Complaint {
    pub(super) fn new(code: &'static str, field: &[&str], message: impl Into<String>) -> Self {
        Self {
            code: Some(code),
            ..Self::without_code(field, message)
        }
    }

    pub(super) fn without_code(field: &[&str], message: impl Into<String>) -> Self {
        let field: Vec<String> = field.iter().map(|part| String::from(*part)).collect();
        Self {
            code: None,
            field: (!field.is_empty()).then_some(field),
            message: message.into(),
        }
    }

    /// The complaint about something that stands within `outer`.
    pub(super) fn within(mut self, outer: &[&str]) -> Self {
        let mut field: Vec<String> = outer.iter().map(|part| String::from(*part)).collect();
        field.extend(self.field.take().unwrap_or_default());
        self.field = Some(field);
        self
    }

    /// The complaint under another code.
    pub(super) fn coded(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    fn tell(&self, kind: &'static str) -> Val {
        let field = self.field.clone().map_or(Val::NULL, Val::words);
        let element = self
            .field
            .as_ref()
            .and_then(|path| path.get(1)?.parse::<u32>().ok());
        Val::record(
            kind,
            vec![
                ("code", Val::from(self.code)),
                ("field", field),
                ("message", Val::from(self.message.as_str())),
                ("elementIndex", Val::from(element)),
            ],
        )
    }
}

/// The `userErrors` of a payload, of the type `kind`.
pub(super) fn told(kind: &'static str, complaints: &[Complaint]) -> Val {
    Val::List(complaints.iter().map(|one| one.tell(kind)).collect())
}

/// A payload: its fields and its `userErrors`.
pub(super) fn payload(
    kind: &'static str,
    errors: &'static str,
    mut fields: Vec<(&'static str, Val)>,
    complaints: &[Complaint],
) -> Val {
    fields.push(("userErrors", told(errors, complaints)));
    Val::record(kind, fields)
}

/// Whether a payload has `userErrors`.
pub(super) fn has_complaints(payload: &Val) -> bool {
    use super::super::engine::{Record, Thing};
    let Val::Thing(Thing::Record(Record { fields, .. })) = payload else {
        return false;
    };
    fields
        .iter()
        .any(|(name, value)| *name == "userErrors" && *value != Val::List(Vec::new()))
}
