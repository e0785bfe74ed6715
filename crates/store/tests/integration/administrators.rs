//! Two administrators at the same moment, on two desktops: whatever they do, the rules hold.

use domain::error::{Code, Result};
use domain::people::{BuiltInRole, Email, Rights, RoleKey};
use domain::record::Permission;
use domain::values::UserId;
use store::{NewSettings, NewUser, NewWorkspace, Store, UserEdit, UserRecord, UserStatus};

use testing::on_each_database;

/// How often each story is tried: what happens at the same moment differs each time.
const ROUNDS: usize = 12;

fn person(name: &str, role: impl Into<RoleKey>) -> NewUser {
    NewUser {
        name: name.into(),
        email: Email::parse(&format!("{name}@example.com")).unwrap(),
        role: role.into(),
        password_hash: "$argon2id$none".into(),
        must_change_password: false,
    }
}

async fn set_up(store: &Store) -> UserId {
    let workspace = NewWorkspace {
        name: "Shop".into(),
        currency: String::new(),
    };
    let owner = person("Ada", BuiltInRole::Owner);
    store.set_up(&workspace, &owner).await.unwrap()
}

fn details(user: &UserRecord, role: impl Into<RoleKey>) -> UserEdit {
    UserEdit::Details {
        name: user.name.clone(),
        email: Email::parse(&user.email).unwrap(),
        role: role.into(),
    }
}

/// Active owners, asked of the database.
async fn owners(store: &Store) -> usize {
    let users = store.users().await.unwrap().into_iter();
    let active = users.filter(|user| user.role.is_owner() && user.status == UserStatus::Active);
    active.count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_cannot_remove_each_other() {
    on_each_database(async |store| {
        let ada = set_up(store).await;
        let other = store.second_desktop().await;
        let eve = store
            .create_user(ada, &person("Eve", BuiltInRole::Owner))
            .await
            .unwrap();
        for round in 0..ROUNDS {
            let (a, e) = (
                store.user(ada).await.unwrap(),
                store.user(eve.id).await.unwrap(),
            );
            let edits = match round % 3 {
                0 => (UserEdit::Deactivate, UserEdit::Deactivate),
                1 => (
                    details(&e, BuiltInRole::Viewer),
                    details(&a, BuiltInRole::Viewer),
                ),
                _ => (UserEdit::Deactivate, details(&a, BuiltInRole::Viewer)),
            };
            let (one, two) = tokio::join!(
                store.edit_user(ada, e.id, e.version, &edits.0),
                other.edit_user(eve.id, a.id, a.version, &edits.1),
            );
            assert!(
                one.is_ok() != two.is_ok(),
                "{}: {one:?} and {two:?}",
                store.name
            );
            assert_eq!(owners(store).await, 1, "round {round} on {}", store.name);
            let (winner, loser) = if one.is_ok() {
                (ada, e.id)
            } else {
                (e.id, ada)
            };
            bring_back(store, winner, loser).await;
        }
        other.close().await;
    })
    .await;
}

async fn bring_back(store: &Store, by: UserId, whom: UserId) {
    let user = store.user(whom).await.unwrap();
    let active = store
        .edit_user(by, whom, user.version, &UserEdit::Reactivate)
        .await;
    let active = active.unwrap();
    let edit = details(&active, BuiltInRole::Owner);
    store
        .edit_user(by, whom, active.version, &edit)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_cannot_both_step_down() {
    on_each_database(async |store| {
        let ada = set_up(store).await;
        let other = store.second_desktop().await;
        let eve = store
            .create_user(ada, &person("Eve", BuiltInRole::Owner))
            .await
            .unwrap();
        for _ in 0..ROUNDS {
            let (a, e) = (
                store.user(ada).await.unwrap(),
                store.user(eve.id).await.unwrap(),
            );
            let edits = (
                details(&a, BuiltInRole::Viewer),
                details(&e, BuiltInRole::Viewer),
            );
            let (one, two) = tokio::join!(
                store.edit_user(ada, ada, a.version, &edits.0),
                other.edit_user(eve.id, eve.id, e.version, &edits.1),
            );
            let refused = match (one, two) {
                (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
                both => panic!("{}: {both:?}", store.name),
            };
            assert!(refused.message.contains("only active owner"), "{refused:?}");
            let (winner, loser) = if store.user(ada).await.unwrap().role.is_owner() {
                (ada, eve.id)
            } else {
                (eve.id, ada)
            };
            bring_back(store, winner, loser).await;
        }
        other.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_role_is_not_given_while_it_is_deleted() {
    on_each_database(async |store| {
        let ada = set_up(store).await;
        let other = store.second_desktop().await;
        let bob = store
            .create_user(ada, &person("Bob", BuiltInRole::Viewer))
            .await
            .unwrap();
        let rights = Rights::of([Permission::ViewProducts]);
        for round in 0..ROUNDS {
            let role = store
                .create_role(ada, &format!("Role {round}"), &rights)
                .await
                .unwrap();
            let bob = store.user(bob.id).await.unwrap();
            let give = details(&bob, RoleKey::Made(role.id));
            let (given, deleted) = tokio::join!(
                store.edit_user(ada, bob.id, bob.version, &give),
                other.delete_role(ada, (role.id, role.version)),
            );
            assert!(
                given.is_ok() != deleted.is_ok(),
                "{}: {given:?} {deleted:?}",
                store.name
            );
            if let Ok(bob) = given {
                let back = details(&bob, BuiltInRole::Viewer);
                store
                    .edit_user(ada, bob.id, bob.version, &back)
                    .await
                    .unwrap();
                store
                    .delete_role(ada, (role.id, role.version))
                    .await
                    .unwrap();
            }
        }
        other.close().await;
    })
    .await;
}

/// Exactly one of two went through, the other was refused with this code.
#[track_caller]
fn one_of<T: std::fmt::Debug>(one: Result<T>, two: Result<T>, code: Code) {
    let refused = match (one, two) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("{both:?}"),
    };
    assert_eq!(refused.code, code, "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_address_a_role_and_the_settings_are_taken_by_the_first() {
    on_each_database(async |store| {
        let ada = set_up(store).await;
        let other = store.second_desktop().await;
        let rights = Rights::of([Permission::ViewProducts]);
        for round in 0..ROUNDS {
            let bob = person(&format!("Bob{round}"), BuiltInRole::Viewer);
            let (one, two) =
                tokio::join!(store.create_user(ada, &bob), other.create_user(ada, &bob));
            one_of(one, two, Code::Invalid);
            let name = format!("Role {round}");
            let (one, two) = tokio::join!(
                store.create_role(ada, &name, &rights),
                other.create_role(ada, &name, &rights),
            );
            one_of(one, two, Code::Invalid);
            let settings = |name: &str| NewSettings {
                name: format!("{name} {round}"),
                currency: "AUD".into(),
                idle_lock_minutes: 5,
            };
            let (barn, shed) = (settings("Barn"), settings("Shed"));
            let version = store.workspace().await.unwrap().unwrap().version;
            let (one, two) = tokio::join!(
                store.update_settings(ada, version, &barn),
                other.update_settings(ada, version, &shed),
            );
            one_of(one, two, Code::Conflict);
        }
        other.close().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_the_right_or_the_account_changes_nobody() {
    on_each_database(async |store| {
        let ada = set_up(store).await;
        let eve = store
            .create_user(ada, &person("Eve", BuiltInRole::Owner))
            .await
            .unwrap();
        let bob = store
            .create_user(ada, &person("Bob", BuiltInRole::Viewer))
            .await
            .unwrap();
        let demoted = details(&eve, BuiltInRole::Manager);
        let eve = store
            .edit_user(ada, eve.id, eve.version, &demoted)
            .await
            .unwrap();
        let refused = store
            .edit_user(eve.id, bob.id, bob.version, &UserEdit::Delete)
            .await;
        assert_eq!(refused.unwrap_err().code, Code::Forbidden);
        let gone = store
            .edit_user(ada, eve.id, eve.version, &UserEdit::Delete)
            .await
            .unwrap();
        let refused = store
            .edit_user(gone.id, bob.id, bob.version, &UserEdit::Delete)
            .await;
        assert_eq!(refused.unwrap_err().code, Code::SignedOut);
        assert_eq!(store.users().await.unwrap().len(), 2);
        let kept = store.user(gone.id).await.unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.password_hash.as_str()),
            ("Eve", "")
        );
    })
    .await;
}
