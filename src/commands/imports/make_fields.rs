//! Fields of the workspace's own, made for columns of a file that no field takes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::blocking::blocking;
use crate::commands::call::Call;
use crate::commands::plans::refuse_written;
use crate::commands::records::{self, CreateRecord, SavedRecord};
use crate::jobs::{Draft, ImportDraft, NewField};
use domain::error::Result;
use domain::record::{Field, FieldKind, Permission, Value};
use domain::values::PlanId;
use domain::workspace::custom_field::{
    CHOICES, CUSTOM_FIELD, FILTERABLE, LABEL, RECORD_KIND, TYPE, word_of,
};

/// `imports.make_fields`: makes a field for each of these columns, and maps the column to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeFields {
    /// The draft.
    pub id: PlanId,
    /// For which columns.
    pub columns: Vec<MakeField>,
}

/// A column that is to get a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeField {
    /// Its place, from 0.
    pub column: u32,
    /// The name of the field; the header when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub label: Option<String>,
    /// Its type; one that takes all values of the column when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub r#type: Option<String>,
}

/// Makes the fields, one batch each, and maps the columns. What was made before one is refused stays
/// made and mapped.
pub(in crate::commands) async fn make_fields(
    call: &Call,
    request: MakeFields,
) -> Result<ImportDraft> {
    call.require(Permission::Import)?;
    refuse_written(call, request.id).await?;
    let (plans, costs) = (call.plans_dir()?, call.may(Permission::SeeCosts));
    let mut refused = None;
    for wanted in request.columns {
        let (folder, schema) = (plans.clone(), call.store()?.schema());
        let id = request.id;
        let column = usize::try_from(wanted.column).unwrap_or(usize::MAX);
        let (draft, new) = blocking(move || {
            let draft = Draft::load_for(&folder, id, &schema, costs)?;
            let new = draft.new_field(column, wanted.label.as_deref(), wanted.r#type.as_deref())?;
            Ok((draft, new))
        })
        .await?;
        call.require(draft.kind().def().rights.edit)?;
        let made = records::create(call, CUSTOM_FIELD, creation(&draft, new)).await;
        match made {
            Ok(made) => map(call, (draft, costs), column, &made).await?,
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    if let Some(error) = refused {
        return Err(error);
    }
    let (schema, id) = (call.store()?.schema(), request.id);
    blocking(move || Draft::load_for(&plans, id, &schema, costs)?.look()).await
}

fn creation(draft: &Draft, new: NewField) -> CreateRecord {
    let has_choices = matches!(new.kind, FieldKind::Choice | FieldKind::Choices);
    let fields = [
        (LABEL, Value::text(new.label)),
        (TYPE, Value::text(word_of(new.kind).unwrap_or_default())),
        (RECORD_KIND, Value::text(draft.kind().key())),
        (CHOICES, Value::text(new.choices)),
        // What is chosen from a list is what lists are filtered by.
        (FILTERABLE, Value::Flag(has_choices)),
    ];
    CreateRecord {
        fields: BTreeMap::from(fields),
    }
}

async fn map(
    call: &Call,
    (mut draft, costs): (Draft, bool),
    column: usize,
    made: &SavedRecord,
) -> Result<()> {
    let field = Field::Custom(made.record.id.uuid().into());
    let schema = call.store()?.schema();
    blocking(move || draft.feed(column, field, &schema, costs)).await
}
