//! `backstock custom-fields`: the fields of the workspace's own.

use backstock::commands::records::SelectRecord;
use domain::catalog::Count;
use domain::record::{Record, Value};
use domain::workspace::custom_field::{CUSTOM_FIELD, FILTERABLE, LABEL, REQUIRED, TYPE};

use super::output::{Ended, Failure, can_be_asked, confirm, note, plain};
use super::records::{self, Noun, Records};
use super::session::Session;

const NOUN: Noun = Noun {
    kind: CUSTOM_FIELD,
    name: "custom_fields",
};

/// Does what was typed. Before values are lost for good, it says how many there are.
pub async fn run(session: &Session, args: &Records, as_json: bool) -> Result<Ended, Failure> {
    if let Records::Delete {
        for_good: true,
        yes: false,
        ..
    } = args
    {
        can_be_asked(as_json)?;
    }
    session.enter().await?;
    if let Records::Delete {
        codes,
        for_good,
        yes,
    } = args
    {
        for field in NOUN.find(session, codes).await? {
            let name = plain(field.title());
            let request = SelectRecord { id: field.id };
            let values: Count = session.call("custom_fields.values", &request).await?;
            let count = values.count;
            if *for_good {
                let question = format!("Delete {name} and its {count} values for good?");
                confirm(*yes, as_json, &question)?;
            } else if count > 0 {
                note(&format!(
                    "{name} has {count} values. They stay until it is deleted for good."
                ));
            }
        }
    }
    if let Records::List(args) = args {
        return NOUN.list_as(session, args, (&HEAD, row)).await;
    }
    records::run(session, NOUN, args).await
}

const HEAD: [&str; 5] = ["Code", "Name", "Type", "Required", "In filters"];

fn row(field: &Record) -> Vec<String> {
    let yes = |value: &Value| (if value.is_yes() { "yes" } else { "" }).to_owned();
    vec![
        field.code().to_owned(),
        field.fields.text(LABEL).to_owned(),
        field.fields.text(TYPE).replace('_', " "),
        yes(field.fields.get(REQUIRED)),
        yes(field.fields.get(FILTERABLE)),
    ]
}
