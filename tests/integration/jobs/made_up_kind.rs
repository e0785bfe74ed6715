//! What a new kind of record costs: a descriptor, its rules in the store, a table. Everything else
//! is there: import, update, conflict, undo, trash, list and history.
//!
//! The runner starts a process for each test, so no other test sees this kind.

use std::sync::OnceLock;

use domain::fields;
use domain::plan::{Change, Operation, Origin, Outcome, Resolution, Write};
use domain::record::{Field, Fields, Kind, KindDef, KindRights, Permission, Value};
use domain::values::RecordId;
use store::kinds::{KindRules, make_up};
use store::{RecordQuery, Store};
use testing::{TestStore, batch, history_of, number, on_each_database, text};

use super::workbench::{Planned, Workbench};

const SHELF: Kind = Kind::of(&DEF);

fields! {
    of SHELF;
    CODE "code" Code "Code".required();
    ROOM "room" Text "Room".required();
    METRES "metres" Integer "Metres".optional();
    LOCKED "locked" Flag "Locked";
    RENT "rent" Money "Rent".needs(Permission::SeeCosts);
}

static DEF: KindDef = KindDef {
    key: "shelf",
    label: "shelf",
    plural: "shelves",
    area: "shelves",
    place: "in the back room",
    fields: FIELDS,
    sections: &[],
    code: At::CODE as u8,
    title: At::ROOM as u8,
    barcode: None,
    currency: None,
    code_of: None,
    check,
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::EditProducts,
        purge: Permission::PurgeProducts,
    },
};

static RULES: KindRules = KindRules {
    kind: SHELF,
    table: "shelves",
    derived: &[],
    unique: &[],
    gathered: &[],
    search_tables: &[],
    searched: &[CODE, ROOM],
    fill: None,
    select: OnceLock::new(),
};

fn check(fields: &Fields) -> Vec<(Field, String)> {
    match fields.get(METRES).as_number() {
        Some(metres) if metres < 1 => vec![(METRES, "A shelf is a metre at least.".into())],
        _ => Vec::new(),
    }
}

/// The table, in words that both databases know.
const TABLE: &str = "create table shelves (
    pk integer primary key ROWS, id ID not null, version bigint not null,
    deleted smallint not null default 0, code varchar(100) not null unique,
    room varchar(255) not null default '', metres bigint null, locked smallint not null default 0,
    rent bigint null, created_at bigint not null, updated_at bigint not null,
    tx_id bigint not null)";

async fn with_shelves(store: &TestStore) -> Workbench {
    make_up(&RULES);
    let (rows, id) = match store.name {
        "SQLite" => ("", "blob"),
        _ => ("auto_increment", "binary(16)"),
    };
    let sql = TABLE.replace("ROWS", rows).replace("ID", id);
    store.place.execute(&sql).await;
    Workbench::of(SHELF)
}

/// Writes a shelf as a user at the desk would, and tells where it is.
async fn by_hand(
    store: &Store,
    which: (RecordId, i64),
    operation: Operation,
    new: &[(Field, Value)],
) -> RecordId {
    let (id, expected_version) = which;
    let change = |(field, new): &(Field, Value)| Change {
        field: *field,
        old: Value::Empty,
        new: new.clone(),
    };
    let write = Write {
        kind: SHELF,
        id,
        operation,
        expected_version,
        changes: new.iter().map(change).collect(),
    };
    let batch = batch(store, Origin::Form).await;
    store.apply(batch, &[write]).await.unwrap();
    id
}

async fn row(planned: &Planned, line: i64) -> (Outcome, Vec<Field>) {
    let rows = planned.rows().await;
    let row = rows.iter().find(|row| row.line == Some(line)).unwrap();
    let changed = row.changes.iter().map(|change| change.field);
    (row.outcome, changed.collect())
}

#[tokio::test]
async fn a_new_kind_is_a_descriptor_its_rules_and_a_table() {
    on_each_database(async |store| {
        let bench = with_shelves(store).await;

        // A user makes one, a file brings two more and one that cannot be.
        let new = [(CODE, text("A1")), (ROOM, text("Cellar"))];
        let first = by_hand(store, (RecordId::new(), 0), Operation::Create, &new).await;
        let file = "code,room,metres,rent\nA1,Cellar,4,12.50\nB1,Loft,2,\nB2,Loft,,\nB3,Loft,0,\n";
        let planned = bench.plan(store, file).await;
        assert_eq!(
            row(&planned, 2).await,
            (Outcome::Update, vec![METRES, RENT])
        );
        assert_eq!(row(&planned, 3).await.0, Outcome::Create);
        assert_eq!(planned.problem(5).await, "A shelf is a metre at least.");
        let imported = bench.apply(store, &planned).await.unwrap();
        assert_eq!((imported.counts.created, imported.counts.updated), (2, 1));
        let a1 = bench.product(store, "A1").await;
        assert_eq!(a1.fields.get(RENT), &number(125_000));

        // Another file is planned, and a colleague changes the same shelf before it is applied.
        let planned = bench
            .plan(store, "code,room,metres\nA1,Attic,5\nB1,Loft,3\n")
            .await;
        let move_it = [(ROOM, text("Garage"))];
        by_hand(store, (first, a1.version), Operation::Update, &move_it).await;
        let second = bench.apply(store, &planned).await.unwrap();
        assert_eq!((second.counts.updated, second.counts.kept), (1, 1));
        let rows = planned.rows().await;
        assert_eq!(rows[0].outcome, Outcome::Conflict);
        assert_eq!(rows[0].conflicts[0].current, text("Garage"));
        let take = Some(Resolution::Take);
        planned
            .plan
            .resolve(
                take,
                Some(&[rows[0].number]),
                store::RecordFilter::default(),
            )
            .await
            .unwrap();
        bench.apply(store, &planned).await.unwrap();
        let a1 = bench.product(store, "A1").await;
        assert_eq!(a1.fields.get(ROOM), &text("Attic"));

        // The first file is taken back: what was changed since stays, what it made goes.
        let undo = bench.plan_undo(store, imported.id).await.unwrap();
        bench.apply(store, &undo).await.unwrap();
        assert!(bench.product(store, "B2").await.trashed);
        let a1 = bench.product(store, "A1").await;
        assert_eq!(a1.fields.get(ROOM), &text("Attic"));

        // It goes to the trash and comes back.
        by_hand(store, (first, a1.version), Operation::Trash, &[]).await;
        let trashed = RecordQuery {
            trashed: true,
            search: "attic".into(),
            ..RecordQuery::default()
        };
        let (found, total) = store.list_records(SHELF, &trashed, 0, 10).await.unwrap();
        assert_eq!((found[0].code(), total), ("A1", 1));
        by_hand(store, (first, a1.version + 1), Operation::Restore, &[]).await;
        let living = RecordQuery::default();
        let (found, _) = store.list_records(SHELF, &living, 0, 10).await.unwrap();
        assert!(found.iter().any(|shelf| shelf.id == first));

        // All of it can be read, and nothing in it was touched.
        let history = history_of(store, first).await;
        assert_eq!(history[0].changes.len(), 0);
        assert!(history.len() >= 6, "{history:#?}");
        assert_eq!(history.last().unwrap().operation, Operation::Create.into());
        assert!(history.iter().all(|entry| entry.kind == SHELF));
    })
    .await;
}
