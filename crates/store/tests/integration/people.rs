//! The first owner, sign-ins, and batches with their undo.

use domain::error::Code;
use domain::people::{Admission, BuiltInRole, Email};
use domain::plan::{BatchCounts, BatchFilter, BatchState, Origin};
use domain::values::Timestamp;
use store::{BatchOrder, Guessed, NewBatch, NewUser, NewWorkspace, Store};

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

        let guessed = Guessed::Person(id, "Ada".into());
        for failed in 1..=5 {
            let counted = store.count_guess(&guessed).await.unwrap();
            let Admission::Counted(guesses) = counted.admission else {
                panic!("{counted:?}");
            };
            assert_eq!(guesses.failed, failed);
            let pause = (failed == 5).then(|| Timestamp(counted.at.0 + 30_000));
            assert_eq!(guesses.locked_until, pause);
        }
        let sixth = store.count_guess(&guessed).await.unwrap();
        assert!(matches!(sixth.admission, Admission::Refused(_)));
        let locked = store.user(id).await.unwrap();
        assert_eq!(locked.failed_attempts, 5);
        store.record_sign_in(id, "Ada").await.unwrap();
        let free = store.user(id).await.unwrap();
        assert_eq!((free.failed_attempts, free.locked_until), (0, None));
        assert!(free.last_sign_in_at.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_of_many_desktops_at_once_are_as_many_guesses() {
    on_each_database(async |store| {
        let id = store.set_up(&workspace(), &owner("Ada")).await.unwrap();
        let eve = Email::parse("eve@example.com").unwrap();
        let mut desktops = Vec::new();
        for _ in 0..6 {
            desktops.push(store.second_desktop().await);
        }
        for guessed in [Guessed::Person(id, "Ada".into()), Guessed::Nobody(eve)] {
            let guesses = (0..24).map(|guess| {
                let (desktop, guessed) = (desktops[guess % 6].clone(), guessed.clone());
                tokio::spawn(async move { desktop.count_guess(&guessed).await.unwrap() })
            });
            let mut admitted = 0;
            for guess in guesses.collect::<Vec<_>>() {
                let counted = guess.await.unwrap().admission;
                admitted += usize::from(matches!(counted, Admission::Counted(_)));
            }
            assert_eq!(admitted, 5, "{guessed:?}");
        }
        for desktop in desktops {
            desktop.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn guesses_at_ever_new_addresses_are_forgotten_with_time() {
    on_each_database(async |store| {
        store.set_up(&workspace(), &owner("Ada")).await.unwrap();
        let guess = async |number: usize| {
            let email = Email::parse(&format!("{number}@example.com")).unwrap();
            let guessed = Guessed::Nobody(email);
            let counted = store.count_guess(&guessed).await.unwrap();
            let Admission::Counted(guesses) = counted.admission else {
                panic!("{counted:?}");
            };
            let noted = store.record_wrong_password(&guessed, guesses).await;
            noted.unwrap();
        };
        for number in 0..40 {
            guess(number).await;
        }
        let count = "select 'guesses', count(*) from sign_in_guesses";
        assert_eq!(store.place.rows(count).await[0].1, 40);
        let told = "select 'told', count(*) from journal where operation = 'sign_in_failed'";
        assert_eq!(store.place.rows(told).await[0].1, 10, "not each of them");
        let hour_ago = "update sign_in_guesses set last_at = last_at - 3600001";
        store.place.execute(hour_ago).await;
        guess(40).await;
        assert_eq!(store.place.rows(count).await[0].1, 1);
    })
    .await;
}

#[tokio::test]
async fn the_pause_on_a_server_follows_the_servers_clock() {
    on_each_database(async |store| {
        let id = store.set_up(&workspace(), &owner("Ada")).await.unwrap();
        let guessed = Guessed::Person(id, "Ada".into());
        for _ in 0..5 {
            store.count_guess(&guessed).await.unwrap();
        }
        // A desktop cannot wait the pause out by setting its clock.
        store.clock.advance(10 * 3_600_000);
        let counted = store.count_guess(&guessed).await.unwrap();
        let is_refused = matches!(counted.admission, Admission::Refused(_));
        assert_eq!(is_refused, store.name == "MySQL");
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

        let listed = async |origins| {
            let filter = BatchFilter {
                origins,
                ..BatchFilter::default()
            };
            store.batches(&filter, BatchOrder::LATEST, (0, 10)).await
        };
        let (all, total) = listed(None).await.unwrap();
        assert_eq!(
            (all.len(), total, all[0].id),
            (2, 2, undo),
            "the latest first"
        );
        let (imports, total) = listed(Some(vec![Origin::Import])).await.unwrap();
        assert_eq!((imports, total), (vec![import], 1));
        let (none, total) = listed(Some(vec![])).await.unwrap();
        assert_eq!((none.len(), total), (0, 0));
    })
    .await;
}
