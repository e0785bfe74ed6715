//! What is typed about the columns of a file, found among those that it has.

use backstock::jobs::ImportDraft;

use super::output::{Failure, usage};

/// Column and target of `Column=field`. The last `=` divides: a header may contain one.
pub(super) fn split_map(map: &str) -> Result<(&str, &str), Failure> {
    map.rsplit_once('=').ok_or_else(|| {
        usage(
            format!("\"{map}\" maps no column."),
            "Type --map \"Column=field\".",
        )
    })
}

/// The place of a column by its header, or by its number after a `#`.
pub(super) fn find_column(draft: &ImportDraft, name: &str) -> Result<usize, Failure> {
    let name = name.trim();
    let headers: Vec<&str> = draft
        .columns
        .iter()
        .map(|column| column.header.trim())
        .collect();
    let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let found = headers.iter().enumerate().filter(|(_, header)| is(header));
        found.map(|(place, _)| place).collect()
    };
    let lower = name.to_lowercase();
    let mut found = places(&|header| header == name);
    if found.is_empty() {
        found = places(&|header| header.to_lowercase() == lower);
    }
    if found.is_empty() {
        let number = name
            .strip_prefix('#')
            .and_then(|number| number.parse::<usize>().ok());
        let place = number.and_then(|number| number.checked_sub(1));
        found.extend(place.filter(|place| *place < headers.len()));
    }
    match found[..] {
        [place] => Ok(place),
        [] => Err(usage(
            format!("The file has no column \"{name}\"."),
            format!("Its columns are: {}.", headers.join(", ")),
        )),
        _ => {
            let numbers: Vec<String> = found
                .iter()
                .map(|place| format!("#{}", place + 1))
                .collect();
            Err(usage(
                format!("Several columns are called \"{name}\"."),
                format!(
                    "Name the one you mean by its number: {}.",
                    numbers.join(" or ")
                ),
            ))
        }
    }
}

/// By what the rows are matched, when it is one of the ways that the kind has.
pub(super) fn match_by(draft: &ImportDraft, key: Option<&str>) -> Result<Option<String>, Failure> {
    let matching = draft.kind.matching();
    let (Some(key), Some(matching)) = (key, matching) else {
        return Ok(None);
    };
    if matching.way(draft.kind, key).is_some() {
        return Ok(Some(key.to_owned()));
    }
    let keys = matching.by.iter().map(|way| way.key(matching, draft.kind));
    Err(usage(
        format!("Rows cannot be matched by \"{key}\"."),
        format!("Choose one of: {}.", keys.collect::<Vec<_>>().join(", ")),
    ))
}

/// The key of what a column can feed; nothing for an empty one, which leaves the column out.
pub(super) fn find_target(draft: &ImportDraft, key: &str) -> Result<Option<String>, Failure> {
    let key = key.trim();
    if key.is_empty() {
        return Ok(None);
    }
    let mut targets = draft.targets.iter();
    if let Some(target) = targets.find(|target| target.key == key || target.code == key) {
        return Ok(Some(target.key.clone()));
    }
    let keys: Vec<&str> = draft
        .targets
        .iter()
        .map(|target| target.code.as_str())
        .collect();
    Err(usage(
        format!("A column cannot feed \"{key}\"."),
        format!("It can feed: {}.", keys.join(", ")),
    ))
}
