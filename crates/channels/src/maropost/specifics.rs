//! Options of a variant: the first of its specifics. It is not known whether those that are written are
//! added to the others or take their place, so all of them are written; and since there is no way to take
//! one away, no name ever is.

use domain::channel::ShopValues;
use domain::record::Value;
use serde_json::{Value as Json, json};

use super::fields::{OPTION_CHARS, OPTIONS, option_fields};
use super::scalar::fits;
use crate::failure::{Answered, Failure, FailureKind};

/// What is sent.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    /// All specifics, in their wrapper.
    pub(super) sent: Json,
    /// Whether they change places, which the shop may not do.
    pub(super) moves: bool,
}

/// What is sent so that `there` holds the options of `values`; nothing when it does.
pub(super) fn change(there: &[(String, String)], values: &ShopValues) -> Answered<Option<Change>> {
    let mut options: Vec<(String, String)> = there.iter().take(OPTIONS).cloned().collect();
    options.resize(OPTIONS, (String::new(), String::new()));
    for (at, (name, value)) in options.iter_mut().enumerate() {
        let [name_field, value_field] = option_fields(at);
        let named = [values.get(&name_field), values.get(&value_field)];
        // What is not to change stays as odd as it is.
        if named == [None, None] {
            continue;
        }
        take(name, named[0])?;
        take(value, named[1])?;
        if name.is_empty() != value.is_empty() {
            let message = format!("The option \"{name}{value}\" needs a name and a value.");
            return Err(Failure::new(FailureKind::Rejected, message));
        }
        fits("The name of an option", name, OPTION_CHARS[0])?;
        fits("The value of an option", value, OPTION_CHARS[1])?;
    }
    options.retain(|(name, _)| !name.is_empty());
    options.extend(there.iter().skip(OPTIONS).cloned());
    if options == there {
        return Ok(None);
    }
    let kept = |name: &String| options.iter().any(|(other, _)| other == name);
    if let Some((lost, _)) = there.iter().find(|(name, _)| !kept(name)) {
        let message = format!(
            "Maropost's interface has no way to take the option \"{lost}\" away, or to rename it."
        );
        let failure = Failure::new(FailureKind::Rejected, message);
        return Err(failure.hint("Change it in the control panel, then read the product again."));
    }
    let names = |list: &[(String, String)]| {
        list.iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    let rows = options
        .iter()
        .map(|(name, value)| json!({ "Name": name, "Value": value }));
    Ok(Some(Change {
        sent: json!({ "ItemSpecific": rows.collect::<Vec<_>>() }),
        moves: !names(&options).starts_with(&names(there)),
    }))
}

fn take(text: &mut String, value: Option<&Value>) -> Answered<()> {
    match value {
        None => {}
        Some(Value::Empty) => text.clear(),
        Some(Value::Text(new)) => new.clone_into(text),
        Some(_) => {
            let message = "An option is a text.";
            return Err(Failure::new(FailureKind::Rejected, message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::channel::{ShopField, ShopValues};
    use domain::record::Value;
    use serde_json::json;

    use super::change;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect()
    }

    fn values(list: &[(&str, &str)]) -> ShopValues {
        list.iter()
            .map(|(key, value)| (ShopField::new(*key), Value::text(*value)))
            .collect()
    }

    #[test]
    fn all_specifics_are_sent_when_one_changes() {
        let there = pairs(&[
            ("Colour", "Red"),
            ("Size", "S"),
            ("Fit", "Slim"),
            ("Care", "Wash"),
        ]);
        assert_eq!(
            change(&there, &values(&[("option1.value", "Red")])),
            Ok(None)
        );
        let sent = change(&there, &values(&[("option2.value", "M")]))
            .unwrap()
            .unwrap();
        let rows = [
            ("Colour", "Red"),
            ("Size", "M"),
            ("Fit", "Slim"),
            ("Care", "Wash"),
        ];
        let rows = rows.map(|(name, value)| json!({"Name": name, "Value": value}));
        assert_eq!(sent.sent, json!({ "ItemSpecific": rows }));
        assert!(!sent.moves);
    }

    #[test]
    fn what_is_odd_about_specifics_keeps_nothing_else_from_being_changed() {
        let there = pairs(&[("Colour", ""), ("Size", "S")]);
        assert_eq!(change(&there, &values(&[("Name", "Other")])), Ok(None));
        let sent = change(&there, &values(&[("option2.value", "M")]));
        assert!(sent.unwrap().is_some());
    }

    #[test]
    fn an_option_is_never_renamed_or_left_half() {
        let there = pairs(&[("Colour", "Red")]);
        for wrong in [
            &[("option1.name", "Color")][..],
            &[("option1.name", ""), ("option1.value", "")],
            &[("option2.name", "Size")],
            &[("option2.value", "M")],
        ] {
            assert!(change(&there, &values(wrong)).is_err(), "{wrong:?}");
        }
        let swapped = values(&[
            ("option1.name", "Size"),
            ("option1.value", "S"),
            ("option2.name", "Colour"),
            ("option2.value", "Red"),
        ]);
        assert!(change(&there, &swapped).unwrap().unwrap().moves);
    }
}
