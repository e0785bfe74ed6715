//! Reads what a set of writes meets: the records themselves and their neighbours.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::QueryBuilder;
use uuid::Uuid;

use domain::plan::{Operation, Write};
use domain::record::{Field, Kind, Record, Value};
use domain::values::RecordId;

use super::family;
use super::family_names::names_of;
use super::names;
use super::neighbours::{Known, Neighbours, Taken};
use super::referred;
use super::taken::needs_place;
use crate::custom::definitions;
use crate::db::{Session, on_session};
use crate::dialect::IN_LIST;
use crate::kinds::{self, KindRules};
use crate::record_row;

/// What is there before the writes.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// The records to be written that exist, with their row numbers.
    pub(super) rows: HashMap<RecordId, (i64, Record)>,
    /// The records around them.
    pub(super) neighbours: Neighbours,
    /// Those in which a field cannot change that stays while it is used.
    pub(super) used: HashSet<RecordId>,
}

/// Reads it, and on a server locks the rows, in the order of their ids.
pub(super) async fn read(session: &mut Session<'_>, writes: &[Write]) -> sqlx::Result<Before> {
    let mut before = Before {
        used: definitions::used(session, writes).await?,
        ..Before::default()
    };
    for (kind, ids) in ids_by_kind(writes) {
        let rules = kinds::rules_in_tx(kind)?;
        for ids in ids.chunks(IN_LIST) {
            for row in record_row::by_ids(session, rules, ids).await? {
                before.neighbours.add(Known::of(&row.record));
                before.rows.insert(row.record.id, (row.pk, row.record));
            }
        }
    }
    let mut wanted = Wanted::default();
    for write in writes {
        wanted.ask(write, before.rows.get(&write.id).map(|(_, record)| record));
    }
    let families = wanted.families.clone();
    wanted.read(session, &mut before.neighbours).await?;
    for (kind, codes) in families {
        let rules = kinds::rules_in_tx(kind)?;
        for row in family::first_parents(session, rules, (&codes, &before.neighbours)).await? {
            before
                .rows
                .entry(row.record.id)
                .or_insert((row.pk, row.record));
        }
    }
    let purges = writes
        .iter()
        .filter(|write| write.operation == Operation::Purge);
    referred::read(session, ids_by_kind(purges), &mut before.neighbours).await?;
    Ok(before)
}

fn ids_by_kind<'a>(writes: impl IntoIterator<Item = &'a Write>) -> BTreeMap<Kind, Vec<Uuid>> {
    let mut by_kind: BTreeMap<Kind, BTreeSet<Uuid>> = BTreeMap::new();
    for write in writes {
        by_kind
            .entry(write.kind)
            .or_default()
            .insert(write.id.uuid());
    }
    let sorted = by_kind.into_iter();
    sorted
        .map(|(kind, ids)| (kind, ids.into_iter().collect()))
        .collect()
}

/// Which neighbours have to be read.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    codes: BTreeMap<Kind, BTreeSet<String>>,
    parents_of: BTreeMap<Kind, BTreeSet<Uuid>>,
    /// The codes of the parents that records come to.
    families: BTreeMap<Kind, BTreeSet<String>>,
    /// The codes of the parents to whose children records give a name.
    named: BTreeMap<Kind, BTreeSet<String>>,
    /// Planned records, which are judged by what is planned.
    planned: BTreeMap<Kind, BTreeSet<Uuid>>,
    texts: Vec<(Kind, Record)>,
}

impl Wanted {
    fn ask(&mut self, write: &Write, current: Option<&Record>) {
        let kind = write.kind;
        for change in &write.changes {
            self.ask_for_codes(kind, change.field, &change.new);
        }
        let is_child = current.is_some_and(|current| current.parent().is_some());
        if asks_for_children(write, is_child) {
            self.children_of(kind, write.id);
        }
        if !finds_place(write) {
            return;
        }
        let mut after = match current {
            Some(current) => current.clone(),
            None => Record::blank(kind, write.id),
        };
        for change in &write.changes {
            after.fields.set(change.field, change.new.clone());
        }
        if kind.def().code_of.is_some() {
            // No change names a code that is made of others, and another record may have it.
            after.fields.derive();
            self.ask_for_codes(kind, kind.code(), after.fields.get(kind.code()));
        }
        if family::may_join(write) {
            self.family_of(&after);
        }
        if names::may_name(write) {
            self.names_of(&after);
        }
        self.record(&after, write.operation);
    }

    /// Whatever a record with these fields needs to find its place.
    fn record(&mut self, after: &Record, operation: Operation) {
        if matches!(operation, Operation::Trash | Operation::Purge) {
            return;
        }
        if operation == Operation::Restore {
            for (field, value) in after.fields.iter() {
                self.ask_for_codes(after.kind, field, value);
            }
        }
        for field in after.kind.references() {
            self.ask_for_codes(after.kind, field, after.fields.get(field));
        }
        let has_unique = kinds::rules_in_tx(after.kind).is_ok_and(|rules| {
            let texts = rules.unique.iter();
            texts
                .into_iter()
                .any(|unique| (unique.value)(after).is_some())
        });
        if has_unique {
            self.texts.push((after.kind, after.clone()));
        }
    }

    /// Asks for all that a planned record needs to find its place. Who has its code is known: it
    /// was found by it.
    pub(crate) fn place_of(&mut self, record: &Record) {
        let parent = record.kind.parent_field();
        let is_child = parent.is_some_and(|field| !record.fields.get(field).is_empty());
        if is_child && record.version > 0 {
            self.children_of(record.kind, record.id);
        }
        self.family_of(record);
        if self.names_of(record) && record.version > 0 {
            let planned = self.planned.entry(record.kind).or_default();
            planned.insert(record.id.uuid());
        }
        self.record(record, Operation::Update);
    }

    /// Asks for the names of the family that a record gives a name to, if it does.
    fn names_of(&mut self, record: &Record) -> bool {
        let parent = record.kind.parent_field();
        let code = parent.and_then(|field| record.fields.get(field).as_text());
        let Some(code) = code.filter(|_| !names_of(record).is_empty()) else {
            return false;
        };
        let named = self.named.entry(record.kind).or_default();
        named.insert(code.to_owned());
        true
    }

    fn children_of(&mut self, kind: Kind, id: RecordId) {
        if kind.nesting().is_some() {
            self.parents_of.entry(kind).or_default().insert(id.uuid());
        }
    }

    fn family_of(&mut self, record: &Record) {
        let parent = record.kind.parent_field();
        if let Some(code) = parent.and_then(|field| record.fields.get(field).as_text()) {
            let families = self.families.entry(record.kind).or_default();
            families.insert(code.to_owned());
        }
    }

    fn ask_for_codes(&mut self, kind: Kind, field: Field, value: &Value) {
        let Some(code) = value.as_text() else { return };
        let of = match field.reference() {
            Some(reference) => Kind::from_key(reference.to),
            None => (field == kind.code()).then_some(kind),
        };
        if let Some(of) = of {
            let codes = self.codes.entry(of).or_default();
            if !codes.contains(code) {
                codes.insert(code.to_owned());
            }
        }
    }

    /// Reads them.
    pub(crate) async fn read(
        self,
        session: &mut Session<'_>,
        neighbours: &mut Neighbours,
    ) -> sqlx::Result<()> {
        for (kind, codes) in &self.codes {
            let rules = kinds::rules_in_tx(*kind)?;
            let codes: Vec<&String> = codes.iter().collect();
            for codes in codes.chunks(IN_LIST) {
                for known in with_codes(session, rules, codes).await? {
                    neighbours.add(known);
                }
            }
        }
        let mut parents_of = self.parents_of;
        for (kind, codes) in &self.families {
            let known = codes
                .iter()
                .filter_map(|code| neighbours.with_code(*kind, code));
            let parents = parents_of.entry(*kind).or_default();
            parents.extend(known.map(|known| known.id.uuid()));
        }
        for (kind, ids) in &parents_of {
            let rules = kinds::rules_in_tx(*kind)?;
            let ids: Vec<Uuid> = ids.iter().copied().collect();
            for ids in ids.chunks(IN_LIST) {
                let counted = family::children(session, rules, ids).await?;
                for id in family::in_full_families(session, rules, &counted).await? {
                    neighbours.note_in_full_family(id.into());
                }
                for (id, of) in counted {
                    neighbours.set_children(id, of);
                }
            }
        }
        names::read_all(session, (&self.named, &self.planned), neighbours).await?;
        read_texts(session, &self.texts, neighbours).await
    }
}

/// Whether the record of a write has to find its place among others, as a new price has not.
fn finds_place(write: &Write) -> bool {
    kinds::rules_in_tx(write.kind)
        .is_ok_and(|rules| needs_place(rules, write.operation, &write.changes))
}

/// Whether it matters to a write that other records name its record as their parent.
fn asks_for_children(write: &Write, is_child: bool) -> bool {
    let (sum, parent) = (write.kind.sum_field(), write.kind.parent_field());
    match write.operation {
        Operation::Create => false,
        Operation::Trash => !is_child,
        Operation::Purge => true,
        Operation::Update | Operation::Restore => write.changes.iter().any(|change| {
            Some(change.field) == sum || Some(change.field) == parent && change.new != Value::Empty
        }),
    }
}

/// The records with these codes, those in the trash included.
async fn with_codes(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    codes: &[&String],
) -> sqlx::Result<Vec<Known>> {
    let lock = session.lock();
    let kind = rules.kind;
    let code = kind.code().short_key();
    let parent = kind.parent_field().and_then(Field::reference);
    let parent = parent.map_or("null", |reference| reference.column);
    let rows: Vec<(Uuid, String, Option<Uuid>, bool)> = on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(format!(
            "select id, {code}, {parent}, deleted from {} where ", rules.table
        ));
        let mut list = query.push(&code).push(" in (").separated(",");
        for code in codes {
            list.push_bind((*code).clone());
        }
        query.push(")").push(lock);
        query.build_query_as().fetch_all(&mut **conn).await
    })?;
    let known = rows.into_iter().map(|(id, code, parent, trashed)| Known {
        kind,
        id: id.into(),
        code,
        parent: parent.map(RecordId::from),
        trashed,
    });
    Ok(known.collect())
}

/// Reads who has the texts that these records want for themselves.
async fn read_texts(
    session: &mut Session<'_>,
    wanted: &[(Kind, Record)],
    neighbours: &mut Neighbours,
) -> sqlx::Result<()> {
    let uniques: Vec<_> = kinds::all()
        .flat_map(|rules| rules.unique.iter().map(move |unique| (rules, unique)))
        .collect();
    for (rules, unique) in uniques {
        let of_kind = wanted.iter().filter(|(kind, _)| *kind == rules.kind);
        let pairs: Vec<(Uuid, String)> = of_kind
            .filter_map(|(kind, record)| {
                let to = unique
                    .within
                    .reference()
                    .and_then(|of| Kind::from_key(of.to));
                let code = record.fields.text(unique.within);
                let within = neighbours.with_code(to.unwrap_or(*kind), code)?.id;
                Some((within.uuid(), (unique.value)(record)?))
            })
            .collect();
        for pairs in pairs.chunks(IN_LIST / 2) {
            for (taken, by, code) in holders(session, rules, unique, pairs).await? {
                if neighbours.known(by).is_none() {
                    let is_child = rules.kind.parent_field() == Some(unique.within);
                    neighbours.add(Known {
                        kind: rules.kind,
                        id: by,
                        code,
                        parent: is_child.then_some(taken.within),
                        trashed: false,
                    });
                }
                neighbours.note_taken(taken, by);
            }
        }
    }
    Ok(())
}

async fn holders(
    session: &mut Session<'_>,
    rules: &'static KindRules,
    unique: &'static kinds::Unique,
    pairs: &[(Uuid, String)],
) -> sqlx::Result<Vec<(Taken, RecordId, String)>> {
    let Some(reference) = unique.within.reference() else {
        return Ok(Vec::new());
    };
    let (within, text) = (reference.column, unique.column);
    let code = rules.kind.code().short_key();
    let rows: Vec<(Uuid, String, Uuid, String)> = on_session!(session, DB, conn => {
        let mut query = QueryBuilder::<DB>::new(format!(
            "select {within}, {text}, id, {code} from {} where +deleted = 0 and {within} in (",
            rules.table
        ));
        let mut list = query.separated(",");
        for (within, _) in pairs {
            list.push_bind(*within);
        }
        let mut list = query.push(") and ").push(text).push(" in (").separated(",");
        for (_, text) in pairs {
            list.push_bind(text.clone());
        }
        query.push(")").build_query_as().fetch_all(&mut **conn).await
    })?;
    let found = rows.into_iter().map(|(within, text, id, code)| {
        let taken = Taken {
            column: unique.column,
            within: within.into(),
            text,
        };
        (taken, RecordId::from(id), code)
    });
    Ok(found.collect())
}
