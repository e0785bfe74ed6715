//! What the journal says that a record is: its entries, replayed one after the other, against what
//! stands in its table. Pure, so that it can be reasoned about.

use std::collections::{BTreeSet, HashMap};

use domain::plan::Operation;
use domain::record::{Field, Fields, Kind, Record, Schema, Value};
use domain::values::{CustomFieldId, RecordId};

use super::json::from_json;
use crate::bind::Bind;
use crate::word::from_word;

/// A record as its entries leave it.
#[derive(Debug, Clone)]
pub(super) struct Replay {
    fields: Fields,
    version: i64,
    last: Operation,
    /// Every code that it ever had.
    pub(super) codes: Vec<String>,
}

/// The stock of children, for a kind whose parents have the sum of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Family {
    /// How many are not in the trash.
    pub(super) living: i64,
    /// Their sum.
    pub(super) sum: i128,
}

/// What else has to be known to compare some records.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The fields of the workspace's own that there are, removed ones included: the values of one
    /// that was deleted for good are erased without an entry.
    pub(super) custom: BTreeSet<CustomFieldId>,
    /// The children of those records that have any.
    pub(super) families: HashMap<RecordId, Family>,
    /// The codes that records which they refer to ever had, where it matters.
    pub(super) codes: HashMap<RecordId, Vec<String>>,
}

/// Something in which a record differs from what the journal says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    /// A field.
    Field(Field),
    /// The sum of children that it does not have. It is 0, as that of a record whose last child went
    /// away: an entry of the child alone can tell.
    Emptied(Field),
    /// Whether it lies in the trash.
    Trash,
    /// How often it was changed.
    Version,
}

impl Difference {
    /// What it is about, for people.
    pub(super) fn told(self, schema: &Schema) -> &str {
        match self {
            Difference::Field(field) | Difference::Emptied(field) => schema.label(field),
            Difference::Trash => "whether it is in the trash",
            Difference::Version => "its version",
        }
    }
}

impl Replay {
    /// Before the first entry.
    pub(super) fn of(kind: Kind) -> Self {
        Self {
            fields: Fields::blank(kind),
            version: 0,
            last: Operation::Create,
            codes: Vec::new(),
        }
    }

    /// Takes in the next entry. One that cannot be read breaks the chain of the history, which says
    /// so; here it counts as one that changes nothing.
    pub(super) fn apply(&mut self, operation: String, version: i64, changes: &str) {
        let kind = self.fields.kind();
        let keyed = from_json(kind, &operation, changes).unwrap_or_default();
        let Ok(operation) = from_word(operation) else {
            return;
        };
        self.version = version;
        self.last = operation;
        match operation {
            Operation::Create => self.fields = Fields::blank(kind),
            Operation::Purge => return,
            Operation::Update | Operation::Trash | Operation::Restore => {}
        }
        for change in keyed {
            let Some(field) = change.field else {
                continue;
            };
            if field.def().is_some_and(|def| !change.new.fits(def.kind)) {
                continue;
            }
            if field == kind.code() {
                self.codes.extend(change.new.as_text().map(str::to_owned));
            }
            self.fields.set(field, change.new);
        }
    }

    /// Whether the record was deleted for good.
    pub(super) fn is_purged(&self) -> bool {
        self.last == Operation::Purge
    }

    /// What people called it last.
    pub(super) fn code(&self) -> &str {
        self.codes.last().map_or("", String::as_str)
    }

    /// The records that `present` refers to by another code than the journal knows: these may have
    /// been renamed since.
    pub(super) fn renamed<'a>(
        &'a self,
        present: &'a Record,
    ) -> impl Iterator<Item = (Field, RecordId)> + 'a {
        let references = present.kind.references();
        references.filter_map(|field| {
            let is_other = self.fields.text(field) != present.fields.text(field);
            Some((field, present.reference(field).filter(|_| is_other)?))
        })
    }

    /// In what `present` differs from this.
    pub(super) fn differences(&self, present: &Record, around: &Around) -> Vec<Difference> {
        let mut found = Vec::new();
        for field in self.fields.kind().fields() {
            found.extend(self.difference(field, present, around));
        }
        for id in &around.custom {
            let field = Field::Custom(*id);
            if self.fields.get(field) != present.fields.get(field) {
                found.push(Difference::Field(field));
            }
        }
        if present.trashed != (self.last == Operation::Trash) {
            found.push(Difference::Trash);
        }
        if present.version != self.version {
            found.push(Difference::Version);
        }
        found
    }

    fn difference(&self, field: Field, present: &Record, around: &Around) -> Option<Difference> {
        let kind = present.kind;
        let own = present.fields.get(field);
        let differs = match field {
            _ if kind.sum_field() == Some(field) => return self.sum(field, present, around),
            _ if field.reference().is_some() => !self.refers(field, present, around),
            _ if kind.def().code_of.is_some() && field == kind.code() => is_made_wrong(present),
            _ => !is_same(field, self.fields.get(field), own),
        };
        differs.then_some(Difference::Field(field))
    }

    /// A parent has the sum of its living children, whatever was journalled before it was one.
    fn sum(&self, field: Field, present: &Record, around: &Around) -> Option<Difference> {
        let own = present.fields.get(field);
        let family = around.families.get(&present.id).copied();
        if let Some(family) = family.filter(|family| family.living > 0) {
            let is_sum = own.as_number().map(i128::from) == Some(family.sum);
            return (!is_sum).then_some(Difference::Field(field));
        }
        if is_same(field, self.fields.get(field), own) {
            return None;
        }
        match (own, family) {
            (Value::Number(0), Some(_)) => None,
            (Value::Number(0), None) => Some(Difference::Emptied(field)),
            _ => Some(Difference::Field(field)),
        }
    }

    fn refers(&self, field: Field, present: &Record, around: &Around) -> bool {
        let (then, now) = (self.fields.text(field), present.fields.text(field));
        let to = present.reference(field);
        if then.is_empty() || to.is_none() {
            return then.is_empty() && to.is_none();
        }
        let codes = to.and_then(|id| around.codes.get(&id));
        then == now || codes.is_some_and(|codes| codes.iter().any(|code| code == then))
    }
}

/// Whether a column keeps both values alike.
fn is_same(field: Field, one: &Value, other: &Value) -> bool {
    one == other || Bind::of(field, one.clone()) == Bind::of(field, other.clone())
}

/// Whether a code that is made of others is another one than they make. Where one of them is gone,
/// nothing can be made of them.
fn is_made_wrong(present: &Record) -> bool {
    let code_of = present.kind.def().code_of;
    let made = code_of.map(|code_of| code_of(&present.fields));
    made.is_some_and(|made| !made.is_empty() && made != present.code())
}

#[cfg(test)]
mod tests {
    use domain::catalog::product::{COST, NAME, PARENT_SKU, PRODUCT, SKU, STOCK};
    use domain::purchasing::supplier_product::{
        CODE, PRODUCT_SKU, SUPPLIER_CODE, SUPPLIER_PRODUCT,
    };
    use domain::record::{Field, Kind, Record, Value};
    use domain::values::RecordId;

    use super::{Around, Difference, Family, Replay};

    fn replay(kind: Kind, entries: &[(&str, &str)]) -> Replay {
        let mut replay = Replay::of(kind);
        for ((operation, changes), version) in entries.iter().zip(1..) {
            replay.apply((*operation).to_owned(), version, changes);
        }
        replay
    }

    fn record(kind: Kind, version: i64, fields: &[(Field, Value)]) -> Record {
        let mut record = Record {
            version,
            ..Record::blank(kind, RecordId::new())
        };
        for (field, value) in fields {
            record.fields.set(*field, value.clone());
        }
        record
    }

    fn mug(version: i64, stock: i64) -> Record {
        let fields = [(SKU, Value::text("MUG")), (STOCK, Value::Number(stock))];
        record(PRODUCT, version, &fields)
    }

    const CREATED: (&str, &str) = ("create", r#"{"sku":"MUG","stock":5}"#);

    #[test]
    fn what_the_entries_leave_is_what_stands_there() {
        let around = Around::default();
        let entries = [
            CREATED,
            ("update", r#"{"cost":[null,40000],"name":[null,"Mug"]}"#),
            ("update", r#"{"name":["Mug",null],"later":[null,"x"]}"#),
        ];
        let mut left = mug(2, 5);
        left.fields.set(COST, Value::Number(40_000));
        let of = |entries: &[(&str, &str)]| replay(PRODUCT, entries);
        left.fields.set(NAME, Value::text("Mug"));
        assert_eq!(of(&entries[..2]).differences(&left, &around), []);
        left.version = 3;
        assert_eq!(
            of(&entries[..2]).differences(&left, &around),
            [Difference::Version]
        );
        left.fields.set(NAME, Value::Empty);
        assert_eq!(of(&entries).differences(&left, &around), []);
        left.fields.set(COST, Value::Empty);
        left.trashed = true;
        assert_eq!(
            of(&entries).differences(&left, &around),
            [Difference::Field(COST), Difference::Trash]
        );
    }

    #[test]
    fn the_trash_and_the_way_back_are_replayed() {
        let around = Around::default();
        let mut left = mug(2, 5);
        left.trashed = true;
        let trashed = [CREATED, ("trash", "{}")];
        assert_eq!(replay(PRODUCT, &trashed).differences(&left, &around), []);
        let back = [CREATED, ("trash", "{}"), ("restore", "{}")];
        assert_eq!(replay(PRODUCT, &back).differences(&mug(3, 5), &around), []);
        let gone = [
            CREATED,
            ("trash", "{}"),
            ("purge", r#"{"sku":["MUG",null]}"#),
        ];
        let gone = replay(PRODUCT, &gone);
        assert!(gone.is_purged());
        assert_eq!(gone.code(), "MUG");
    }

    #[test]
    fn a_parent_has_the_sum_of_its_children_and_nothing_else() {
        let created = replay(PRODUCT, &[CREATED]);
        let family = |present: &Record, living, sum| {
            let families = [(present.id, Family { living, sum })].into();
            Around {
                families,
                ..Around::default()
            }
        };
        for (stock, living, sum, found) in [
            (7, 2, 7, None),
            (5, 2, 7, Some(Difference::Field(STOCK))),
            (
                0,
                2,
                i128::from(i64::MAX) * 2,
                Some(Difference::Field(STOCK)),
            ),
            // All of them are in the trash.
            (0, 0, 0, None),
            (5, 0, 0, None),
            (7, 0, 0, Some(Difference::Field(STOCK))),
        ] {
            let present = mug(1, stock);
            let around = family(&present, living, sum);
            let differences = created.differences(&present, &around);
            assert_eq!(
                differences.first().copied(),
                found,
                "{stock} {living} {sum}"
            );
        }
        let differences = created.differences(&mug(1, 0), &Around::default());
        assert_eq!(differences, [Difference::Emptied(STOCK)]);
    }

    #[test]
    fn a_reference_is_the_same_while_its_code_changes() {
        let created = [("create", r#"{"sku":"MUG-S","parent_sku":"MUG"}"#)];
        let created = replay(PRODUCT, &created);
        let parent = RecordId::new();
        let fields = [
            (SKU, Value::text("MUG-S")),
            (PARENT_SKU, Value::text("CUP")),
        ];
        let mut present = record(PRODUCT, 1, &fields);
        present.refer(PARENT_SKU, Some(parent));
        let renamed: Vec<_> = created.renamed(&present).collect();
        assert_eq!(renamed, [(PARENT_SKU, parent)]);
        let known = |codes: &[&str]| Around {
            codes: [(
                parent,
                codes.iter().map(|code| (*code).to_owned()).collect(),
            )]
            .into(),
            ..Around::default()
        };
        assert_eq!(created.differences(&present, &known(&["MUG", "CUP"])), []);
        for other in [known(&["CUP"]), Around::default()] {
            assert_eq!(
                created.differences(&present, &other),
                [Difference::Field(PARENT_SKU)]
            );
        }
        present.fields.set(PARENT_SKU, Value::Empty);
        present.refer(PARENT_SKU, None);
        assert_eq!(
            created.differences(&present, &Around::default()),
            [Difference::Field(PARENT_SKU)]
        );
    }

    #[test]
    fn a_code_that_is_made_of_others_follows_them() {
        let created = r#"{"supplier":"ACME","product_sku":"MUG","code":"ACME/MUG"}"#;
        let created = replay(SUPPLIER_PRODUCT, &[("create", created)]);
        let fields = [
            (SUPPLIER_CODE, Value::text("ACME")),
            (PRODUCT_SKU, Value::text("CUP")),
        ];
        let mut present = record(SUPPLIER_PRODUCT, 1, &fields);
        let (supplier, product) = (RecordId::new(), RecordId::new());
        present.refer(SUPPLIER_CODE, Some(supplier));
        present.refer(PRODUCT_SKU, Some(product));
        present.fields.derive();
        let around = Around {
            codes: [(product, vec!["MUG".to_owned()])].into(),
            ..Around::default()
        };
        assert_eq!(created.differences(&present, &around), []);
        present.fields.set(CODE, Value::text("ACME/POT"));
        assert_eq!(
            created.differences(&present, &around),
            [Difference::Field(CODE)]
        );
    }
}
