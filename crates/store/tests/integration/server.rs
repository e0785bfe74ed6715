//! The test of a server's address says exactly what is wrong. Needs a server.

use std::sync::Arc;

use domain::error::{Code, Error};
use domain::people::{BuiltInRole, Email};
use domain::values::{FixedClock, Timestamp};
use store::{MySqlAddress, NewUser, NewWorkspace, ServerCheck, Store, Tls};

use testing::{Place, admin, server};

async fn refusal(address: &MySqlAddress) -> Error {
    let error = Store::check_mysql(address).await.unwrap_err();
    for secret in ["s3cret", "mysql://"] {
        assert!(!format!("{error} {error:?}").contains(secret), "{error:?}");
    }
    error
}

#[tokio::test]
async fn nothing_listens_at_the_address() {
    let address = MySqlAddress {
        host: "127.0.0.1".into(),
        port: 1,
        database: "shop".into(),
        user: "ada".into(),
        password: "s3cret".into(),
        tls: Tls::Off,
    };
    let error = refusal(&address).await;
    assert_eq!(error.code, Code::Unreachable);
    assert!(error.message.contains("127.0.0.1:1"), "{error}");
    let opened = Store::open_mysql(&address, Arc::new(FixedClock::at(Timestamp(0)))).await;
    assert_eq!(opened.unwrap_err(), error);
}

/// A fresh database on the server; none where there is no server, which is said.
async fn fresh_database() -> Option<(Place, MySqlAddress)> {
    match Place::fresh().await.pop() {
        Some((_, place)) => match place.clone() {
            Place::Server(address) => Some((place, address)),
            Place::File(_) => None,
        },
        None => None,
    }
}

#[tokio::test]
async fn each_obstacle_has_its_own_words() {
    let Some((place, address)) = fresh_database().await else {
        return;
    };
    let wrong = MySqlAddress {
        user: "nobody".into(),
        password: "s3cret".into(),
        tls: Tls::Preferred,
        ..address.clone()
    };
    let error = refusal(&wrong).await;
    assert!(
        error.message.contains("refused the user \"nobody\""),
        "{error}"
    );

    let unknown = MySqlAddress {
        database: "no_such_database".into(),
        ..address.clone()
    };
    let error = refusal(&unknown).await;
    assert!(
        error.message.contains("no database \"no_such_database\""),
        "{error}"
    );

    let error = refusal(&MySqlAddress {
        tls: Tls::Verify,
        ..address.clone()
    })
    .await;
    assert!(error.message.contains("No encrypted connection"), "{error}");
    // The hint names a choice that the window and an address have.
    let hint = error.hint.unwrap_or_default();
    assert!(hint.contains("(tls=required)"), "{hint}");

    place
        .execute("create table customers (id bigint primary key)")
        .await;
    let error = refusal(&address).await;
    assert!(error.message.contains("not empty"), "{error}");
    place.remove().await;
}

#[tokio::test]
async fn a_missing_right_is_named_before_it_is_missed() {
    let (Some((place, address)), Some(root)) = (fresh_database().await, server()) else {
        return;
    };
    let reader = format!("r{}", &address.database[25..45]);
    for host in ["127.0.0.1", "localhost"] {
        admin(
            &root,
            &format!("create user {reader}@'{host}' identified by 's3cret'"),
        )
        .await;
        let grant = format!(
            "grant select, create, drop on {}.* to {reader}@'{host}'",
            address.database
        );
        admin(&root, &grant).await;
    }
    let limited = MySqlAddress {
        user: reader.clone(),
        password: "s3cret".into(),
        tls: Tls::Preferred,
        ..address.clone()
    };
    let error = refusal(&limited).await;
    assert_eq!(error.code, Code::DatabaseRefused);
    assert!(
        error
            .message
            .contains("ALTER, INDEX, INSERT, UPDATE, DELETE"),
        "{error}"
    );
    for host in ["127.0.0.1", "localhost"] {
        admin(&root, &format!("drop user {reader}@'{host}'")).await;
    }
    place.remove().await;
}

#[tokio::test]
async fn what_stands_at_the_address_is_told() {
    let Some((place, address)) = fresh_database().await else {
        return;
    };
    let check = async || Store::check_mysql(&address).await;
    assert!(matches!(check().await, Ok(ServerCheck::EmptyReady { .. })));
    let store = Store::open_mysql(&address, Arc::new(FixedClock::at(Timestamp(0))))
        .await
        .unwrap();
    assert!(matches!(check().await, Ok(ServerCheck::EmptyReady { .. })));
    let owner = NewUser {
        name: "Ada".into(),
        email: Email::parse("ada@example.com").unwrap(),
        role: BuiltInRole::Owner.into(),
        password_hash: "x".into(),
        must_change_password: false,
    };
    let shop = NewWorkspace {
        name: "Shop".into(),
        currency: "AUD".into(),
    };
    store.set_up(&shop, &owner).await.unwrap();
    match check().await.unwrap() {
        ServerCheck::Ours { name, users, .. } => assert_eq!((name.as_str(), users), ("Shop", 1)),
        other => panic!("{other:?}"),
    }
    store.close().await;
    place
        .execute("insert into schema_migrations values (9999, 'later', 0)")
        .await;
    assert_eq!(check().await.unwrap_err().code, Code::NewerSchema);
    place.remove().await;
}
