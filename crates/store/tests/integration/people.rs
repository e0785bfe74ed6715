//! The first owner, sign-ins, and batches with their undo.

use domain::error::Code;
use domain::people::{BuiltInRole, Email};
use domain::plan::{BatchCounts, BatchState, Origin};
use domain::values::{Clock, Timestamp};
use store::{NewBatch, NewUser, NewWorkspace, Store};

use testing::on_each_database;

fn owner(name: &str) -> NewUser {
    NewUser {
        name: name.into(),
        email: Email::parse(&format!("{name}@Example.com")).unwrap(),
        role: BuiltInRole::Owner.into(),
        password_hash: "$argon2id$secret".into(),
        must_change_password: false,
    }
}

fn workspace() -> NewWorkspace {
    NewWorkspace {
        name: "Shop".into(),
        currency: "AUD".into(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_the_first_of_two_becomes_the_owner() {
    on_each_database(async |store| {
        assert!(store.workspace().await.unwrap().is_none());
        let other = store.second_desktop().await;
        let (ada, bob, new) = (owner("Ada"), owner("Bob"), workspace());
        let (one, two) = tokio::join!(store.set_up(&new, &ada), other.set_up(&new, &bob));
        let refused = match (one, two) {
            (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
            both => panic!("{both:?}"),
        };
        assert_eq!(refused.code, Code::Conflict);
        assert_eq!(store.user_count().await.unwrap(), 1);
        let found = store.workspace().await.unwrap().unwrap();
        assert_eq!(
            (found.name.as_str(), found.currency.as_str()),
            ("Shop", "AUD")
        );
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_are_counted_until_the_right_one() {
    on_each_database(async |store| {
        let id = store.set_up(&workspace(), &owner("Ada")).await.unwrap();
        let found = store
            .find_user_by_email(&Email::parse("ADA@example.COM").unwrap())
            .await
            .unwrap();
        let found = found.unwrap();
        assert_eq!(
            (found.id, found.role, found.email.as_str()),
            (id, BuiltInRole::Owner.into(), "Ada@Example.com")
        );
        assert!(!format!("{found:?} {:?}", owner("Ada")).contains("argon2"));

        let now = store.clock.now();
        let pause = Some(Timestamp(now.0 + 30_000));
        for until in [None, None, None, None, pause] {
            assert_eq!(store.record_wrong_password(id, "Ada").await.unwrap(), until);
        }
        let locked = store.user(id).await.unwrap();
        assert_eq!((locked.failed_attempts, locked.locked_until), (5, pause));
        store.record_sign_in(id, "Ada").await.unwrap();
        let free = store.user(id).await.unwrap();
        assert_eq!((free.failed_attempts, free.locked_until), (0, None));
        assert!(free.last_sign_in_at.is_some());
    })
    .await;
}

async fn begin(
    store: &Store,
    origin: Origin,
    undo_of: Option<domain::values::BatchId>,
) -> domain::values::BatchId {
    let new = NewBatch {
        origin,
        label: "supplier.csv".into(),
        user_id: None,
        user_name: "Ada".into(),
        undo_of,
        counts: BatchCounts::default(),
    };
    store.begin_batch(&new).await.unwrap()
}

#[tokio::test]
async fn an_undone_batch_names_its_undo() {
    on_each_database(async |store| {
        let import = begin(store, Origin::Import, None).await;
        let counts = BatchCounts {
            read: 7,
            created: 4,
            rejected: 2,
            not_reached: 1,
            ..BatchCounts::default()
        };
        store
            .finish_batch(import, BatchState::Cancelled, &counts)
            .await
            .unwrap();
        let undo = begin(store, Origin::Undo, Some(import)).await;
        assert_eq!(store.batch(import).await.unwrap().undone_by, None);
        store
            .finish_batch(undo, BatchState::Done, &BatchCounts::default())
            .await
            .unwrap();
        let import = store.batch(import).await.unwrap();
        assert_eq!(
            (import.undone_by, import.counts, import.state),
            (Some(undo), counts, BatchState::Cancelled)
        );

        let (all, total) = store.batches(None, 0, 10).await.unwrap();
        assert_eq!(
            (all.len(), total, all[0].id),
            (2, 2, undo),
            "the latest first"
        );
        let (imports, total) = store.batches(Some(&[Origin::Import]), 0, 10).await.unwrap();
        assert_eq!((imports, total), (vec![import], 1));
        let (none, total) = store.batches(Some(&[]), 0, 10).await.unwrap();
        assert_eq!((none.len(), total), (0, 0));
    })
    .await;
}
