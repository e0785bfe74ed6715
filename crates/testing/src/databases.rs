//! Fresh databases: a SQLite file always, and one on the server that `BACKSTOCK_TEST_MYSQL` names.

use std::sync::Arc;

use domain::values::{FixedClock, Timestamp};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use store::{MySqlAddress, Store, Tls};
use tempfile::TempDir;

/// A fresh workspace on one kind of database.
pub struct TestStore {
    /// The kind of database, for messages.
    pub name: &'static str,
    /// The open workspace.
    pub store: Store,
    /// The time, which stands still.
    pub clock: Arc<FixedClock>,
    /// Where it lives.
    pub place: Place,
}

/// Where it lives, to open it once more.
#[derive(Clone)]
pub enum Place {
    /// `shop.backstock` in this folder.
    File(Arc<TempDir>),
    /// A database on the server.
    Server(MySqlAddress),
}

impl std::ops::Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    /// Opens the same workspace as a second desktop would.
    pub async fn second_desktop(&self) -> Store {
        self.place.open(self.clock.clone()).await
    }
}

impl Place {
    /// Reads rows past the store: for what only later versions will ask it for.
    pub async fn rows(&self, sql: &str) -> Vec<(String, i64)> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Place::File(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(folder.path().join("shop.backstock"));
                let mut conn = options.connect().await.unwrap();
                let rows = sqlx::query_as(sql).fetch_all(&mut conn).await.unwrap();
                conn.close().await.unwrap();
                rows
            }
            Place::Server(address) => {
                let mut conn = connect(address, Some(&address.database)).await;
                let rows = sqlx::query_as(sql).fetch_all(&mut conn).await.unwrap();
                conn.close().await.unwrap();
                rows
            }
        }
    }

    /// Writes past the store: what another version of the app may have left.
    pub async fn execute(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Place::File(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(folder.path().join("shop.backstock"));
                let mut conn = options.connect().await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
                conn.close().await.unwrap();
            }
            Place::Server(address) => {
                let mut conn = connect(address, Some(&address.database)).await;
                sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
                conn.close().await.unwrap();
            }
        }
    }

    /// Opens it, or says why not.
    pub async fn try_open(&self, clock: Arc<FixedClock>) -> domain::error::Result<Store> {
        match self {
            Place::File(folder) => {
                Store::open_sqlite(&folder.path().join("shop.backstock"), clock).await
            }
            Place::Server(address) => Store::open_mysql(address, clock).await,
        }
    }

    /// Opens it.
    pub async fn open(&self, clock: Arc<FixedClock>) -> Store {
        self.try_open(clock).await.unwrap()
    }

    /// A new, empty place on every kind of database there is.
    pub async fn fresh() -> Vec<(&'static str, Place)> {
        let mut places = vec![(
            "SQLite",
            Place::File(Arc::new(tempfile::tempdir().unwrap())),
        )];
        match server() {
            Some(mut address) => {
                address.database = format!("backstock_test_{}", uuid::Uuid::now_v7().simple());
                admin(&address, &format!("create database {}", address.database)).await;
                places.push(("MySQL", Place::Server(address)));
            }
            None => println!("BACKSTOCK_TEST_MYSQL is not set: tested on SQLite only"),
        }
        places
    }

    /// Leaves nothing behind on the server.
    pub async fn remove(self) {
        if let Place::Server(address) = self {
            admin(&address, &format!("drop database {}", address.database)).await;
        }
    }
}

/// The server in `BACKSTOCK_TEST_MYSQL`, as `mysql://user[:password]@host:port[?tls=required]`.
pub fn server() -> Option<MySqlAddress> {
    let url = std::env::var("BACKSTOCK_TEST_MYSQL").ok()?;
    let rest = url
        .strip_prefix("mysql://")
        .expect("BACKSTOCK_TEST_MYSQL starts with mysql://");
    let (rest, tls) = match rest.strip_suffix("?tls=required") {
        Some(rest) => (rest, Tls::Required),
        None => (rest, Tls::Off),
    };
    let (user, host) = rest
        .trim_end_matches('/')
        .split_once('@')
        .expect("it names a user");
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let (host, port) = host.split_once(':').unwrap_or((host, "3306"));
    Some(MySqlAddress {
        host: host.to_owned(),
        port: port.parse().unwrap(),
        database: String::new(),
        user: user.to_owned(),
        password: password.to_owned(),
        tls,
    })
}

/// Runs a statement as the administrator, outside any database.
pub async fn admin(address: &MySqlAddress, sql: &str) {
    let mut conn = connect(address, None).await;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
}

/// A user of the server, made for one test.
pub struct ServerUser {
    /// The user's name.
    pub name: String,
    /// The user's password.
    pub password: &'static str,
}

impl ServerUser {
    /// Makes a user who may do nothing yet; none without a server.
    pub async fn new(password: &'static str) -> Option<Self> {
        let root = server()?;
        let name = format!("u{}", &uuid::Uuid::now_v7().simple().to_string()[8..28]);
        for host in HOSTS {
            let sql = format!("create user {name}@'{host}' identified by '{password}'");
            admin(&root, &sql).await;
        }
        Some(Self { name, password })
    }

    /// The address of a place, signed in to as this user.
    pub fn at(&self, place: &MySqlAddress) -> MySqlAddress {
        MySqlAddress {
            user: self.name.clone(),
            password: self.password.into(),
            ..place.clone()
        }
    }

    /// Runs a statement for each way in which the server may name the user; `{user}` stands for it.
    pub async fn admin(&self, sql: &str) {
        let root = server().unwrap();
        for host in HOSTS {
            admin(
                &root,
                &sql.replace("{user}", &format!("{}@'{host}'", self.name)),
            )
            .await;
        }
    }

    /// Leaves nothing behind.
    pub async fn remove(self) {
        self.admin("drop user {user}").await;
    }
}

/// A server that looks names up calls this machine by its name.
const HOSTS: [&str; 2] = ["127.0.0.1", "localhost"];

async fn connect(address: &MySqlAddress, database: Option<&str>) -> sqlx::MySqlConnection {
    let mut options = sqlx::mysql::MySqlConnectOptions::new()
        .host(&address.host)
        .port(address.port)
        .username(&address.user);
    if !address.password.is_empty() {
        options = options.password(&address.password);
    }
    if let Some(database) = database {
        options = options.database(database);
    }
    options.connect().await.unwrap()
}

/// What of the records is not as the journal says.
pub async fn past_the_journal(store: &Store) -> Vec<String> {
    let mut comparison = store.comparison().await.unwrap();
    let mut found = Vec::new();
    while store.compare(&mut comparison).await.unwrap() {
        found.extend(comparison.take_found());
    }
    found
}

/// Runs a test on a fresh workspace of each kind of database. Whatever the store did in it, each record
/// is what the journal says of it.
pub async fn on_each_database(test: impl AsyncFn(&TestStore)) {
    for (name, place) in Place::fresh().await {
        let clock = Arc::new(FixedClock::at(Timestamp(1_750_000_000_000)));
        let store = place.open(clock.clone()).await;
        let fresh = TestStore {
            name,
            store,
            clock,
            place,
        };
        test(&fresh).await;
        let left = fresh.second_desktop().await;
        assert_eq!(past_the_journal(&left).await, [""; 0], "{name}");
        left.close().await;
        fresh.store.close().await;
        fresh.place.remove().await;
    }
}
