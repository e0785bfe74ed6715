//! Which records are known by what the rows of a file say: looked up in sets, each way once per
//! chunk.

use std::collections::{BTreeSet, HashMap};

use domain::error::Result;
use domain::record::{Kind, MatchBy, Matching, Record};
use domain::values::RecordId;
use store::Store;

/// What is known by one text.
#[derive(Debug, Clone)]
pub(super) enum Hit<'a> {
    /// Nothing.
    None,
    /// This record.
    One(&'a Record),
    /// Several, with these codes.
    Many(Vec<&'a str>),
}

/// What the rows of a chunk are known by.
pub(super) struct Hits {
    kind: Kind,
    matching: &'static Matching,
    sender: RecordId,
    /// The records that each text stands for, way by way.
    by: Vec<(MatchBy, HashMap<String, BTreeSet<RecordId>>)>,
    /// Barcodes that were found with other zeros at their start, with what they are there.
    whole: HashMap<String, String>,
    records: HashMap<RecordId, Record>,
    /// Records that are known by id alone.
    unread: BTreeSet<RecordId>,
    /// Records of the kind itself that led there.
    links: Vec<Record>,
}

/// The lengths that barcodes have with all their zeros.
const BARCODE_LENGTHS: [usize; 4] = [8, 12, 13, 14];

impl Hits {
    pub fn new(kind: Kind, matching: &'static Matching, sender: RecordId) -> Self {
        Self {
            kind,
            matching,
            sender,
            by: Vec::new(),
            whole: HashMap::new(),
            records: HashMap::new(),
            unread: BTreeSet::new(),
            links: Vec::new(),
        }
    }

    fn sought(&self) -> Option<Kind> {
        Kind::from_key(self.matching.sought(self.kind).reference()?.to)
    }

    /// Looks texts up in one way.
    pub async fn find(&mut self, store: &Store, way: MatchBy, texts: &[&str]) -> Result<()> {
        let Some(sought) = self.sought() else {
            return Ok(());
        };
        let mut known: HashMap<String, BTreeSet<RecordId>> = HashMap::new();
        match way {
            MatchBy::Code => {
                let found = store.find_by_codes(sought, texts).await?;
                for record in found {
                    let ids = known.entry(record.code().to_owned()).or_default();
                    ids.insert(record.id);
                    self.records.insert(record.id, record);
                }
            }
            MatchBy::Sent(_) => self.find_sent(store, way, texts, &mut known).await?,
            MatchBy::Barcode => self.find_barcodes(store, sought, texts, &mut known).await?,
        }
        self.by.push((way, known));
        Ok(())
    }

    /// By what the sender calls it: what it is linked to already.
    async fn find_sent(
        &mut self,
        store: &Store,
        way: MatchBy,
        texts: &[&str],
        known: &mut HashMap<String, BTreeSet<RecordId>>,
    ) -> Result<()> {
        let Some(field) = way.field(self.matching, self.kind) else {
            return Ok(());
        };
        let (sender, sought) = (
            self.matching.sender(self.kind),
            self.matching.sought(self.kind),
        );
        let links = store
            .find_by_texts(field, texts, Some((sender, self.sender)))
            .await?;
        for link in living(&links, |link| link.fields.text(field)) {
            let Some(id) = link.reference(sought) else {
                continue;
            };
            let text = link.fields.text(field).to_owned();
            known.entry(text).or_default().insert(id);
            self.unread.insert(id);
        }
        self.links.extend(links);
        Ok(())
    }

    async fn find_barcodes(
        &mut self,
        store: &Store,
        sought: Kind,
        texts: &[&str],
        known: &mut HashMap<String, BTreeSet<RecordId>>,
    ) -> Result<()> {
        let Some(field) = sought.barcode_field() else {
            return Ok(());
        };
        let found = store.find_by_texts(field, texts, None).await?;
        self.keep(&found, |record| record.fields.text(field).to_owned(), known);
        let mut written: HashMap<String, &str> = HashMap::new();
        for text in texts.iter().filter(|text| !known.contains_key(**text)) {
            written.extend(
                with_other_zeros(text)
                    .into_iter()
                    .map(|other| (other, *text)),
            );
        }
        let others: Vec<&str> = written.keys().map(String::as_str).collect();
        let found = store.find_by_texts(field, &others, None).await?;
        for record in living(&found, |record| record.fields.text(field)) {
            let there = record.fields.text(field);
            if let Some(text) = written.get(there) {
                self.whole.insert((*text).to_owned(), there.to_owned());
            }
        }
        let text_of = |record: &Record| {
            let text = written.get(record.fields.text(field));
            text.map_or(String::new(), |text| (*text).to_owned())
        };
        self.keep(&found, text_of, known);
        Ok(())
    }

    fn keep(
        &mut self,
        found: &[Record],
        text_of: impl Fn(&Record) -> String,
        known: &mut HashMap<String, BTreeSet<RecordId>>,
    ) {
        let texts: Vec<String> = found.iter().map(&text_of).collect();
        let has_living: BTreeSet<&String> = found
            .iter()
            .zip(&texts)
            .filter(|(record, _)| !record.trashed)
            .map(|(_, text)| text)
            .collect();
        for (record, text) in found.iter().zip(&texts) {
            if record.trashed && has_living.contains(text) {
                continue;
            }
            known.entry(text.clone()).or_default().insert(record.id);
            self.records.insert(record.id, record.clone());
        }
    }

    /// Reads the records that are known by id alone.
    pub async fn load(&mut self, store: &Store) -> Result<()> {
        let Some(sought) = self.sought() else {
            return Ok(());
        };
        let unread = std::mem::take(&mut self.unread).into_iter();
        let ids: Vec<RecordId> = unread.filter(|id| !self.records.contains_key(id)).collect();
        for record in store.get_many(sought, &ids).await? {
            self.records.insert(record.id, record);
        }
        Ok(())
    }

    /// Gives away the records of the kind itself that were read.
    pub fn take_links(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.links)
    }

    /// What is known by a text in one way.
    pub fn get(&self, way: MatchBy, text: &str) -> Hit<'_> {
        let known = self.by.iter().find(|(by, _)| *by == way);
        let ids = known.and_then(|(_, known)| known.get(text));
        let records = ids.into_iter().flatten();
        let records: Vec<&Record> = records.filter_map(|id| self.records.get(id)).collect();
        match records[..] {
            [] => Hit::None,
            [one] => Hit::One(one),
            _ => {
                let mut codes: Vec<&str> = records.into_iter().map(Record::code).collect();
                codes.sort_unstable();
                Hit::Many(codes)
            }
        }
    }

    /// The barcode as it is there, where the file has other zeros at its start.
    pub fn whole_barcode(&self, text: &str) -> Option<&str> {
        self.whole.get(text).map(String::as_str)
    }
}

/// Those that are not in the trash, and of texts that only trashed ones have, all.
fn living(found: &[Record], text_of: impl Fn(&Record) -> &str) -> impl Iterator<Item = &Record> {
    let is_living = |record: &&Record| !record.trashed;
    let texts: BTreeSet<String> = found
        .iter()
        .filter(is_living)
        .map(|record| text_of(record).to_owned())
        .collect();
    let kept: Vec<&Record> = found
        .iter()
        .filter(|record| !record.trashed || !texts.contains(text_of(record)))
        .collect();
    kept.into_iter()
}

/// The ways in which a number of digits is written as a barcode, but for this one.
fn with_other_zeros(text: &str) -> Vec<String> {
    let digits = text.trim_start_matches('0');
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || text.len() > 14 || digits.len() < 5 {
        return Vec::new();
    }
    let mut ways = vec![digits.to_owned()];
    ways.extend(BARCODE_LENGTHS.map(|length| format!("{digits:0>length$}")));
    ways.sort();
    ways.dedup();
    ways.retain(|way| way != text);
    ways
}

#[cfg(test)]
mod tests {
    use super::with_other_zeros;

    #[test]
    fn a_barcode_is_looked_for_with_and_without_its_zeros() {
        assert_eq!(
            with_other_zeros("12345678905"),
            ["00012345678905", "0012345678905", "012345678905"]
        );
        assert_eq!(with_other_zeros("0012345678905").len(), 3);
        for other in ["", "0000", "A12345678", "1234", "123456789012345"] {
            assert_eq!(with_other_zeros(other), [""; 0], "{other}");
        }
    }
}
