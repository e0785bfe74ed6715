//! The test of a server's address says exactly what is wrong. Needs a server.

use std::sync::Arc;

use backstock::error::{Code, Error};
use backstock::store::{MySqlAddress, ServerCheck, Store};
use backstock::values::{FixedClock, Timestamp};

use crate::support::{Place, admin, server};

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
        tls: backstock::store::Tls::Off,
    };
    let error = refusal(&address).await;
    assert_eq!(error.code, Code::Unreachable);
    assert!(error.message.contains("127.0.0.1:1"), "{error}");
    let opened = Store::open_mysql(&address, Arc::new(FixedClock::at(Timestamp(0)))).await;
    assert_eq!(opened.unwrap_err(), error);
}

#[tokio::test]
async fn each_obstacle_has_its_own_words() {
    let Some(root) = server() else {
        println!("BACKSTOCK_TEST_MYSQL is not set: no server to test");
        return;
    };
    let places = Place::fresh().await;
    let Some((_, Place::Server(address))) = places.last().cloned() else {
        panic!("a server is there");
    };
    assert!(matches!(
        Store::check_mysql(&address).await,
        Ok(ServerCheck::EmptyReady { .. })
    ));

    let wrong = MySqlAddress {
        user: "nobody".into(),
        password: "s3cret".into(),
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

    let reader = format!("r{}", &address.database[15..35]);
    for host in ["127.0.0.1", "localhost"] {
        admin(
            &root,
            &format!("create user {reader}@'{host}' identified by 's3cret'"),
        )
        .await;
        admin(
            &root,
            &format!(
                "grant select on {}.* to {reader}@'{host}'",
                address.database
            ),
        )
        .await;
    }
    let cannot = MySqlAddress {
        user: reader.clone(),
        password: "s3cret".into(),
        ..address.clone()
    };
    let error = refusal(&cannot).await;
    assert_eq!(error.code, Code::DatabaseRefused);
    assert!(error.message.contains("CREATE"), "{error}");
    for host in ["127.0.0.1", "localhost"] {
        admin(&root, &format!("drop user {reader}@'{host}'")).await;
    }

    places[1]
        .1
        .execute("create table customers (id bigint primary key)")
        .await;
    let error = refusal(&address).await;
    assert!(error.message.contains("not empty"), "{error}");
    places[1].1.execute("drop table customers").await;

    let clock = Arc::new(FixedClock::at(Timestamp(0)));
    let store = Store::open_mysql(&address, clock).await.unwrap();
    assert!(matches!(
        Store::check_mysql(&address).await,
        Ok(ServerCheck::EmptyReady { .. })
    ));
    let owner = backstock::store::NewUser {
        name: "Ada".into(),
        email: backstock::people::Email::parse("ada@example.com").unwrap(),
        role: backstock::people::Role::Owner,
        password_hash: "x".into(),
    };
    let shop = backstock::store::NewWorkspace {
        name: "Shop".into(),
        currency: "AUD".into(),
    };
    store.set_up(&shop, &owner).await.unwrap();
    match Store::check_mysql(&address).await.unwrap() {
        ServerCheck::Ours { name, users, .. } => assert_eq!((name.as_str(), users), ("Shop", 1)),
        other => panic!("{other:?}"),
    }
    store.close().await;
    places[1]
        .1
        .execute("insert into schema_migrations values (9999, 'later', 0)")
        .await;
    assert_eq!(refusal(&address).await.code, Code::NewerSchema);
    for (_, place) in places {
        place.remove().await;
    }
}
