//! Which products were created under very many keys: those of the whole shop are exported and gone through.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::documents::{KEY_EXPORT, OPERATION, RUN_EXPORT};
use super::download::download;
use super::json::{broken, text};
use super::key::NAME;
use super::mass;
use super::refusal::Complaint;
use super::transport::{Repeat, Transport};
use crate::failure::Answered;

/// The longest line: the app's own fields are keys.
const LONGEST: u64 = 1 << 20;

/// A line of the result: a product, or a field of one.
#[derive(Debug, Deserialize)]
struct Line {
    key: Option<String>,
    value: Option<String>,
    #[serde(rename = "__parentId")]
    product: Option<String>,
}

impl Line {
    /// The key that it tells, and of which product.
    fn told(self) -> Option<(Uuid, String)> {
        let value = self.value.filter(|_| self.key.as_deref() == Some(NAME))?;
        Some((Uuid::parse_str(&value).ok()?, self.product?))
    }
}

/// The products that were created under keys, in their order.
pub(super) async fn find_all(
    transport: &Transport,
    keys: &[Uuid],
) -> Answered<Vec<Option<String>>> {
    let id = begin(transport).await?;
    mass::wait(transport, &[&id]).await;
    // An operation that ended is told whole, with how much there is of it.
    let asked = transport.ask(OPERATION, json!({ "id": id }), Repeat::Question);
    let mut data = asked.await?.data;
    let operation = data["bulkOperation"].take();
    let count = text(&operation, "objectCount");
    let is_whole = text(&operation, "status") == "COMPLETED";
    let mut found = match (operation["url"].as_str(), is_whole) {
        (Some(url), true) => {
            let file = download(transport, url).await?;
            let wanted: HashSet<Uuid> = keys.iter().copied().collect();
            let read = tokio::task::spawn_blocking(move || read(file, &wanted)).await;
            let read = read.ok().and_then(|(found, lines)| {
                let is_all = lines?.to_string() == count;
                is_all.then_some(found)
            });
            read.ok_or_else(|| broken("the keys of the shop's products"))?
        }
        (None, true) if count == "0" => HashMap::new(),
        _ => return Err(broken("the keys of the shop's products")),
    };
    Ok(keys.iter().map(|key| found.remove(key)).collect())
}

async fn begin(transport: &Transport) -> Answered<String> {
    let variables = json!({ "query": KEY_EXPORT.text });
    // An export that was begun and got lost ends by itself.
    let asked = transport.ask(RUN_EXPORT, variables, Repeat::Question);
    let data = asked.await?.data;
    let run = &data["bulkOperationRunQuery"];
    if let Some(complaint) = Complaint::all(&run["userErrors"]).first() {
        return Err(complaint.failure());
    }
    match text(&run["bulkOperation"], "id") {
        "" => Err(broken("the bulk operation")),
        id => Ok(id.to_owned()),
    }
}

/// The products of the keys that are wanted, and how many lines there are; no number where one cannot be read.
fn read(file: File, wanted: &HashSet<Uuid>) -> (HashMap<Uuid, String>, Option<u64>) {
    let mut found = HashMap::new();
    let mut lines = 0_u64;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut line = Vec::new();
    if reader.seek(SeekFrom::Start(0)).is_err() {
        return (found, None);
    }
    loop {
        line.clear();
        match reader.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => return (found, Some(lines)),
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(_) => {}
            Err(_) => return (found, None),
        }
        let Ok(line) = serde_json::from_slice::<Line>(&line) else {
            return (found, None);
        };
        lines += 1;
        found.extend(line.told().filter(|(key, _)| wanted.contains(key)));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    #[test]
    fn wanted_keys_are_found_and_every_line_counts() {
        let [one, other] = [Uuid::now_v7(), Uuid::now_v7()];
        let field = |name: &str, value: Uuid, of: &str| {
            format!(r#"{{"id":"M","key":"{name}","value":"{value}","__parentId":"{of}"}}"#)
        };
        let text = [
            r#"{"id":"A"}"#,
            &field(NAME, one, "A"),
            r#"{"id":"C"}"#,
            &field("other", one, "C"),
            &field(NAME, other, "C"),
        ];
        let text = text.join("\n");
        let (found, lines) = read(file(text.as_bytes()), &HashSet::from([other]));
        assert_eq!(
            (found, lines),
            (HashMap::from([(other, "C".to_owned())]), Some(5))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_taken_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let (found, _) = read(file(&bytes), &HashSet::from([Uuid::nil()]));
            prop_assert!(found.is_empty());
        }
    }
}
