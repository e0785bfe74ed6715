//! Fields of the workspace's own that `backstock import` makes for columns of a file.

use backstock::commands::imports::{MakeField, MakeFields};
use backstock::jobs::ImportDraft;

use super::import::{find_column, split_map};
use super::import_args::Import;
use super::output::Failure;
use super::session::Session;

/// Makes the fields that are asked for, of columns that are named or of all that no field takes.
pub(super) async fn make_fields(
    session: &Session,
    draft: ImportDraft,
    args: &Import,
) -> Result<ImportDraft, Failure> {
    let mut columns: Vec<MakeField> = Vec::new();
    for map in &args.maps {
        if let (Some(kind), (column, _)) = (type_in_map(map), split_map(map)?) {
            columns.push(made_for(
                find_column(&draft, column)?,
                (!kind.is_empty()).then(|| kind.to_owned()),
            ));
        }
    }
    let offered = draft
        .columns
        .iter()
        .enumerate()
        .filter(|_| args.make_fields);
    for (place, _) in offered.filter(|(_, column)| column.offer.is_some()) {
        let place = made_for(place, None);
        if columns.iter().all(|known| known.column != place.column) {
            columns.push(place);
        }
    }
    if columns.is_empty() {
        return Ok(draft);
    }
    let request = MakeFields {
        id: draft.id,
        columns,
    };
    Ok(session.call("imports.make_fields", &request).await?)
}

fn made_for(place: usize, kind: Option<String>) -> MakeField {
    MakeField {
        column: u32::try_from(place).unwrap_or(u32::MAX),
        label: None,
        r#type: kind,
    }
}

/// The type of the field that `Column=new:choice` makes; empty for one that fits.
pub(super) fn type_in_map(map: &str) -> Option<&str> {
    let (_, target) = map.rsplit_once('=')?;
    match target.trim() {
        "new" => Some(""),
        target => target.strip_prefix("new:"),
    }
}
