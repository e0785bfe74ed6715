//! What goes into the staging file comes out again, filtered and in order.

use super::{
    ApplyOrder, PlanFile, RecordFilter, RecordOrder, Remark, StagedRecord, Taken, ToApply,
};
use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{
    Change, FieldConflict, FieldNote, Mark, Operation, Outcome, PlannedRecord, Problem, Resolution,
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
            alike: vec!["SKU 1".into()],
            field_notes: vec![FieldNote {
                field: product::COST,
                text: "A secret".into(),
            }],
        },
        phase: 2 + number % 2,
        byte: number * 100,
        marks: Vec::new(),
    }
}

async fn file() -> (tempfile::TempDir, PlanFile) {
    let folder = tempfile::tempdir().unwrap();
    let file = PlanFile::create(&folder.path().join("plan.sqlite"))
        .await
        .unwrap();
    (folder, file)
}

/// The numbers of the records to apply, read so many at a time.
async fn to_apply(file: &PlanFile, which: (ToApply, ApplyOrder), limit: i64) -> Vec<i64> {
    let mut read: Vec<StagedRecord> = Vec::new();
    loop {
        let next = file.next_to_apply(which, read.last(), limit).await.unwrap();
        if next.is_empty() {
            return read.iter().map(|staged| staged.record.number).collect();
        }
        read.extend(next);
    }
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
        ..RecordFilter::default()
    };
    assert_eq!(file.count(errors).await.unwrap(), 100);
    let page = file.page(errors, 95, 10).await.unwrap();
    assert_eq!(
        page.iter().map(|r| r.number).collect::<Vec<_>>(),
        [960, 970, 980, 990, 1000]
    );
    let percent = RecordFilter {
        search: Some("0 % cotton 77"),
        ..RecordFilter::default()
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
    let mut records: Vec<StagedRecord> = (1..=6)
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
    // The records of 6 and of 2 were made first, then those of 4, of 5 and of 1.
    for number in [6, 2, 4, 5, 1] {
        records[number - 1].record.record_id = Some(RecordId::new());
    }
    file.insert(&records).await.unwrap();
    let planned = (ToApply::Planned, ApplyOrder::Number);
    assert_eq!(to_apply(&file, planned, 2).await, [2, 4, 6, 1, 5]);
    let planned = (ToApply::Planned, ApplyOrder::Record);
    assert_eq!(to_apply(&file, planned, 2).await, [6, 2, 4, 5, 1]);
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
        let filter = RecordFilter {
            search,
            ..RecordFilter::default()
        };
        let many = file.resolve(resolution, numbers, filter).await.unwrap();
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
    let any = RecordFilter::default();
    file.resolve(take, Some(&[1, 2, 4]), any).await.unwrap();
    let taken = (ToApply::Taken, ApplyOrder::Number);
    assert_eq!(to_apply(&file, taken, 1).await, [2, 4, 1]);
}

fn remark(number: i64, note: &str, alike: Option<&str>) -> Remark {
    Remark {
        number,
        note: note.to_owned(),
        alike: alike.map(str::to_owned),
    }
}

#[tokio::test]
async fn a_remark_is_added_to_those_that_are_there_and_can_be_filtered_by() {
    let (_folder, file) = file().await;
    let with = staged(1, Outcome::Create);
    let mut without = staged(2, Outcome::Create);
    without.record.notes.clear();
    without.record.alike.clear();
    file.insert(&[with, without, staged(3, Outcome::Create)])
        .await
        .unwrap();
    let remarks = [remark(1, "\"new\"", None), remark(2, "new", Some("SKU\"2"))];
    file.remark(&Mark::LooksLikeExisting, &remarks)
        .await
        .unwrap();
    let filter = RecordFilter {
        mark: Some(&Mark::LooksLikeExisting),
        ..RecordFilter::default()
    };
    let page = file.page(filter, 0, 3).await.unwrap();
    assert_eq!(page.len(), 2);
    assert_eq!(page[0].notes, ["A note", "\"new\""]);
    assert_eq!(page[1].notes, ["new"]);
    assert_eq!(page[1].alike, ["SKU\"2"]);
    let rows = file.lines(filter, Some(&[2, 3]), 0, 10).await.unwrap();
    assert_eq!(rows.len(), 1, "both the filter and the numbers count");
    assert_eq!(
        (rows[0].line, &rows[0].alike[..]),
        (3, &["SKU\"2".to_owned()][..])
    );
}

#[tokio::test]
async fn errors_are_counted_by_rule_and_column() {
    let (_folder, file) = file().await;
    let mut records: Vec<StagedRecord> = (1..=5).map(|n| staged(n, Outcome::Error)).collect();
    for record in &mut records {
        let number = record.record.number;
        record.record.problems[0].message = format!("\"{number}O\" is not a whole number.");
    }
    records.push(staged(6, Outcome::Update));
    records[5].record.problems.clear();
    file.insert(&records).await.unwrap();
    let marks = file.marks().await.unwrap();
    let problem = Mark::Problem {
        field: Some(product::STOCK),
        column: "qty".into(),
        rule: "\"…\" is not a whole number.".into(),
    };
    let found = marks.iter().find(|count| count.mark == problem).unwrap();
    assert_eq!(found.count, 5);
    let filter = RecordFilter {
        mark: Some(&problem),
        ..RecordFilter::default()
    };
    assert_eq!(file.count(filter).await.unwrap(), 5);
}

#[tokio::test]
async fn rules_beyond_the_most_that_are_told_apart_are_one_group() {
    let (_folder, file) = file().await;
    let records: Vec<StagedRecord> = (1..=400)
        .map(|n| {
            let mut record = staged(n, Outcome::Error);
            record.record.problems[0].message = format!("Rule {n} is broken.");
            record
        })
        .collect();
    file.insert(&records).await.unwrap();
    let marks = file.marks().await.unwrap();
    let problems = marks
        .iter()
        .filter(|count| matches!(count.mark, Mark::Problem { .. }));
    assert_eq!(problems.map(|count| count.count).sum::<i64>(), 400);
    assert!(marks.len() <= 301, "{}", marks.len());
}

#[tokio::test]
async fn the_largest_changes_come_first() {
    let (_folder, file) = file().await;
    let mut records: Vec<StagedRecord> = (1..=4).map(|n| staged(n, Outcome::Update)).collect();
    for (record, new) in records.iter_mut().zip([110, 300, 100, 90]) {
        let cost = Change {
            field: product::COST,
            old: Value::Number(1),
            new: Value::Number(record.record.number * 1_000),
        };
        let price = Change {
            field: product::STORE_PRICE,
            old: Value::Number(100),
            new: Value::Number(new),
        };
        record.record.changes = vec![price, cost];
    }
    file.insert(&records).await.unwrap();
    for (sees_all, expected) in [(false, [2, 1, 4, 3]), (true, [4, 3, 2, 1])] {
        let order = RecordOrder::Size { sees_all };
        let page = file.page_in(RecordFilter::default(), order, 0, 9).await;
        let numbers: Vec<i64> = page.unwrap().iter().map(|record| record.number).collect();
        assert_eq!(numbers, expected, "a cost counts for those who may see it");
    }
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
