//! What goes into the staging file comes out again, filtered and in order.

use super::{PlanFile, RecordFilter, StagedRecord, Taken, ToApply};
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{
    Change, FieldConflict, FieldNote, Operation, Outcome, PlannedRecord, Problem, Resolution,
};
use domain::record::Value;
use domain::values::{RecordId, Timestamp};

fn staged(number: i64, outcome: Outcome) -> StagedRecord {
    let creates = outcome == Outcome::Create;
    StagedRecord {
        record: PlannedRecord {
            kind: PRODUCT,
            number,
            line: Some(number + 1),
            implied: false,
            outcome,
            operation: match outcome {
                Outcome::Create => Some(Operation::Create),
                Outcome::Update | Outcome::Conflict => Some(Operation::Update),
                _ => None,
            },
            record_id: Some(RecordId::new()),
            expected_version: i64::from(!creates),
            code: format!("SKU-{number}"),
            title: format!("100 % cotton {number}"),
            changes: vec![Change {
                field: product::STOCK,
                old: Value::Number(0),
                new: Value::Number(number),
            }],
            conflicts: vec![FieldConflict {
                field: product::STORE_PRICE,
                base: Value::Number(1),
                current: Value::Number(2),
                proposed: Value::Empty,
            }],
            resolution: (outcome == Outcome::Conflict).then_some(Resolution::Keep),
            changed_by: Some("Vic".into()),
            changed_at: Some(Timestamp(7)),
            problems: vec![Problem {
                column: "qty".into(),
                field: Some(product::STOCK),
                value: "1O".into(),
                message: "\"1O\" is not a whole number.".into(),
                hint: Some("Type digits only.".into()),
            }],
            notes: vec!["A note".into()],
            field_notes: vec![FieldNote {
                field: product::COST,
                text: "A secret".into(),
            }],
        },
        phase: 2 + number % 2,
        byte: number * 100,
    }
}

async fn file() -> (tempfile::TempDir, PlanFile) {
    let folder = tempfile::tempdir().unwrap();
    let file = PlanFile::create(&folder.path().join("plan.sqlite"))
        .await
        .unwrap();
    (folder, file)
}

#[tokio::test]
async fn what_is_staged_is_read_again() {
    let (_folder, file) = file().await;
    let records: Vec<StagedRecord> = Outcome::ALL
        .into_iter()
        .zip(1..)
        .map(|(outcome, n)| staged(n, outcome))
        .collect();
    file.insert(&records).await.unwrap();
    let page = file.page(RecordFilter::default(), 0, 100).await.unwrap();
    assert_eq!(
        page,
        records
            .into_iter()
            .map(|staged| staged.record)
            .collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn pages_are_filtered_by_outcome_and_text() {
    let (_folder, file) = file().await;
    let records: Vec<StagedRecord> = (1..=1000)
        .map(|n| {
            staged(
                n,
                if n % 10 == 0 {
                    Outcome::Error
                } else {
                    Outcome::Create
                },
            )
        })
        .collect();
    file.insert(&records).await.unwrap();
    let errors = RecordFilter {
        outcome: Some(Outcome::Error),
        search: None,
    };
    assert_eq!(file.count(errors).await.unwrap(), 100);
    let page = file.page(errors, 95, 10).await.unwrap();
    assert_eq!(
        page.iter().map(|r| r.number).collect::<Vec<_>>(),
        [960, 970, 980, 990, 1000]
    );
    let percent = RecordFilter {
        outcome: None,
        search: Some("0 % cotton 77"),
    };
    assert_eq!(
        file.count(percent).await.unwrap(),
        11,
        "% and _ are plain characters"
    );
}

#[tokio::test]
async fn records_are_applied_by_phase_then_number_and_only_if_there_is_something_to_write() {
    let (_folder, file) = file().await;
    let records: Vec<StagedRecord> = (1..=6)
        .map(|n| {
            staged(
                n,
                if n == 3 {
                    Outcome::Unchanged
                } else {
                    Outcome::Update
                },
            )
        })
        .collect();
    file.insert(&records).await.unwrap();
    let mut order = Vec::new();
    let mut after = (0, 0);
    loop {
        let next = file
            .next_to_apply(ToApply::Planned, after, 2)
            .await
            .unwrap();
        let Some(last) = next.last() else { break };
        after = (last.phase, last.record.number);
        order.extend(next.iter().map(|staged| staged.record.number));
    }
    assert_eq!(order, [2, 4, 6, 1, 5]);
}

#[tokio::test]
async fn what_became_of_a_record_is_kept_together_with_the_counts() {
    let (_folder, file) = file().await;
    let mut staged = staged(1, Outcome::Create);
    file.insert(std::slice::from_ref(&staged)).await.unwrap();
    let record = &mut staged.record;
    record.outcome = Outcome::Conflict;
    record.operation = Some(Operation::Restore);
    record.record_id = Some(RecordId::new());
    record.expected_version = 9;
    record.resolution = Some(Resolution::Take);
    record.notes.push("Vic changed it".into());
    file.settle(std::slice::from_ref(&staged), "state", &"applied")
        .await
        .unwrap();
    let page = file.page(RecordFilter::default(), 0, 1).await.unwrap();
    assert_eq!(page, [staged.record]);
    let state = file.meta::<String>("state").await.unwrap();
    assert_eq!(state.as_deref(), Some("applied"));
    assert_eq!(file.meta::<String>("nothing").await.unwrap(), None);
}

#[tokio::test]
async fn conflicts_are_decided_one_by_one_or_as_many_as_the_search_finds() {
    let (_folder, file) = file().await;
    let mut records: Vec<StagedRecord> = (1..=30).map(|n| staged(n, Outcome::Conflict)).collect();
    records[0].record.operation = None;
    records[1].record.implied = true;
    records.push(staged(31, Outcome::Update));
    file.insert(&records).await.unwrap();
    let take = Some(Resolution::Take);
    for (resolution, numbers, search, decided, taken) in [
        (take, Some([3, 31].as_slice()), None, 1, (1, 1)),
        (take, None, Some("SKU-2"), 11, (12, 11)),
        (take, None, None, 29, (29, 28)),
        (Some(Resolution::Keep), Some(&[2, 3]), None, 2, (27, 27)),
        (None, None, None, 29, (0, 0)),
    ] {
        let many = file.resolve(resolution, numbers, search).await.unwrap();
        assert_eq!(many, decided, "{resolution:?} {numbers:?} {search:?}");
        let (records, rows) = taken;
        assert_eq!(file.taken().await.unwrap(), Taken { records, rows });
    }
}

#[tokio::test]
async fn what_is_taken_is_applied_in_the_same_order() {
    let (_folder, file) = file().await;
    let mut records: Vec<StagedRecord> = (1..=4).map(|n| staged(n, Outcome::Conflict)).collect();
    records.push(staged(5, Outcome::Update));
    file.insert(&records).await.unwrap();
    let take = Some(Resolution::Take);
    file.resolve(take, Some(&[1, 2, 4]), None).await.unwrap();
    let mut order = Vec::new();
    let mut after = (0, 0);
    loop {
        let next = file.next_to_apply(ToApply::Taken, after, 1).await.unwrap();
        let Some(last) = next.last() else { break };
        after = (last.phase, last.record.number);
        order.push(last.record.number);
    }
    assert_eq!(order, [2, 4, 1]);
}

#[tokio::test]
async fn a_note_is_added_to_those_that_are_there() {
    let (_folder, file) = file().await;
    let with = staged(1, Outcome::Create);
    let mut without = staged(2, Outcome::Create);
    without.record.notes.clear();
    file.insert(&[with, without]).await.unwrap();
    let notes = [(1, "\"new\"".to_owned()), (2, "new".to_owned())];
    file.add_notes(&notes).await.unwrap();
    let page = file.page(RecordFilter::default(), 0, 2).await.unwrap();
    assert_eq!(page[0].notes, ["A note", "\"new\""]);
    assert_eq!(page[1].notes, ["new"]);
}

#[tokio::test]
async fn a_plan_of_another_version_is_not_misread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.sqlite");
    let file = PlanFile::create(&path).await.unwrap();
    sqlx::query("pragma user_version = 1")
        .execute(&file.pool)
        .await
        .unwrap();
    file.close().await;
    let error = PlanFile::open(&path).await.unwrap_err();
    assert!(error.message.contains("another version"), "{error:?}");
}
