//! The rights that `docs/shared-database.md` gives are enough for the work, and no more. Needs a
//! server.

use std::sync::Arc;

use domain::error::Code;
use domain::plan::{BatchCounts, BatchState, HistoryFilter, Origin};
use domain::values::{FixedClock, Timestamp};
use serde_json::json;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use store::{MySqlAddress, Store, Visible};

use crate::support::{TestApp, shared};
use testing::{Place, ServerUser, batch, create, trash};

/// The statements of the document for one account, for this database and user.
fn grants(account: &str, database: &str) -> Vec<String> {
    let document = include_str!("../../../docs/shared-database.md");
    let account = format!("'{account}'@'%'");
    let blocks = document.split("```sql grants\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let statements: Vec<String> = blocks
        .flat_map(|block| block.split(';'))
        .filter(|statement| statement.contains(&account))
        .map(|statement| {
            let statement = statement
                .trim()
                .replace(" on shop.", &format!(" on {database}."));
            statement.replace(&account, "{user}")
        })
        .collect();
    assert!(!statements.is_empty());
    statements
}

/// Only an upgrade makes tables.
const OF_UPGRADES: &str = "schema_lock";

#[test]
fn staff_are_given_something_on_every_table() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/mysql");
    let mut tables = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let statement = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let Some(rest) = statement.strip_prefix("create table if not exists ") else {
            continue;
        };
        let table = rest.split([' ', '(']).next().unwrap();
        let given = format!(" on shop.{table} to ");
        let staff = grants("shop_staff", "shop");
        let is_given = staff.iter().any(|grant| grant.contains(&given));
        assert!(is_given || table == OF_UPGRADES, "nothing on {table}");
        tables += 1;
    }
    assert!(tables > 20, "{tables} tables were found");
}

/// A server with a workspace that the upgrading account set up, and an account for staff.
struct Shop {
    place: Place,
    address: MySqlAddress,
    upgrading: ServerUser,
    staff: ServerUser,
}

impl Shop {
    async fn new() -> Option<Self> {
        let places = Place::fresh().await;
        let place = places.into_iter().map(|(_, place)| place).next_back()?;
        let Place::Server(address) = place.clone() else {
            return None;
        };
        let upgrading = ServerUser::new("gooseberry").await?;
        let staff = ServerUser::new("blackberry").await?;
        for grant in grants("shop_upgrade", &address.database) {
            upgrading.admin(&grant).await;
        }
        Some(Self {
            place,
            address,
            upgrading,
            staff,
        })
    }

    /// The owner sets the workspace up; then staff get their rights.
    async fn set_up(&self) {
        let place = Place::Server(self.upgrading.at(&self.address));
        let owner = TestApp::start(&place).with_owner().await;
        owner.app.close().await;
        for grant in grants("shop_staff", &self.address.database) {
            self.staff.admin(&grant).await;
        }
    }

    async fn remove(self) {
        self.upgrading.remove().await;
        self.staff.remove().await;
        self.place.remove().await;
    }

    /// What the server says to staff who use a database client.
    async fn is_refused(&self, sql: &str) -> bool {
        let at = self.staff.at(&self.address);
        let options = sqlx::mysql::MySqlConnectOptions::new()
            .host(&at.host)
            .port(at.port)
            .username(&at.user)
            .password(&at.password)
            .database(&at.database);
        let mut conn = options.connect().await.unwrap();
        let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut conn)
            .await;
        conn.close().await.unwrap();
        done.is_err()
    }
}

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at(Timestamp(1_750_000_000_000)))
}

#[tokio::test]
async fn staff_work_with_the_rights_of_the_document() {
    let Some(shop) = Shop::new().await else {
        return;
    };
    shop.set_up().await;
    let place = Place::Server(shop.staff.at(&shop.address));
    let desktop = TestApp::start(&place);
    desktop.open().await;
    desktop.sign_in("ada@example.com").await;
    works_with_people(&desktop).await;
    let mug = desktop
        .create(json!({ "sku": "AB-1", "name": "Mug" }))
        .await;
    let ids = json!({ "ids": [mug["id"]] });
    desktop.ok("products.trash", ids.clone()).await;
    desktop.ok("products.restore", ids.clone()).await;
    desktop.ok("products.trash", ids.clone()).await;
    desktop.ok("products.purge", ids).await;
    desktop.ok("history.list", json!({})).await;
    let page = json!({ "offset": 0, "limit": 10 });
    desktop.ok("products.list", page.clone()).await;
    desktop.ok("batches.list", page).await;
    desktop.ok("session.sign_out", json!({})).await;
    desktop.app.close().await;
    works_in_the_store(&place.open(clock()).await).await;
    shop.remove().await;
}

async fn works_with_people(desktop: &TestApp) {
    let role = json!({ "name": "Buyer", "permissions": ["view_products", "edit_products"] });
    let role = desktop.ok("roles.create", role).await;
    let bob = json!({ "name": "Bob", "email": "bob@example.com", "role": role["key"] });
    let bob = desktop.ok("users.create", bob).await["user"].clone();
    let edit = json!({ "id": bob["id"], "version": bob["version"] });
    desktop.ok("users.delete", edit).await;
    let gone = json!({ "key": role["key"], "version": role["version"] });
    desktop.ok("roles.delete", gone).await;
    let settings = desktop.ok("settings.get", json!({})).await;
    let renamed = json!({ "name": "Corner shop", "currency": "AUD", "idleLockMinutes": 5, "version": settings["version"] });
    desktop.ok("settings.update", renamed).await;
    let wrong = json!({ "email": "nobody@example.com", "password": "not a password" });
    desktop
        .refused("session.sign_in", wrong, Code::SignInFailed)
        .await;
}

async fn works_in_the_store(store: &Store) {
    let import = batch(store, Origin::Import).await;
    let mug = create("CD-1", "Mug", &[]);
    store
        .apply(import, std::slice::from_ref(&mug))
        .await
        .unwrap();
    store.apply(import, &[trash(mug.id, 1)]).await.unwrap();
    let counts = BatchCounts::default();
    store
        .finish_batch(import, BatchState::Done, &counts)
        .await
        .unwrap();
    store.analyze().await.unwrap();
    store.last_change().await.unwrap();
    let all = Visible(domain::kinds::all().collect());
    let history = store
        .history(&HistoryFilter::default(), &all, None, 100)
        .await
        .unwrap();
    assert!(history.len() > 8, "{history:?}");
    store.close().await;
}

#[tokio::test]
async fn staff_neither_change_tables_nor_rewrite_the_history() {
    let Some(shop) = Shop::new().await else {
        return;
    };
    shop.set_up().await;
    for sql in [
        "update journal set operation = 'trash'",
        "delete from journal",
        "update history_chain set state = 'done'",
        "delete from history_chain",
        "delete from batches",
        "delete from users",
        "create table mine (id bigint)",
        "alter table products add column mine bigint",
        "drop table journal",
        "update schema_migrations set version = 0",
    ] {
        assert!(shop.is_refused(sql).await, "{sql}");
    }
    shop.remove().await;
}

#[tokio::test]
async fn a_missing_right_is_named_when_it_is_missed() {
    let Some(shop) = Shop::new().await else {
        return;
    };
    shop.set_up().await;
    let revoke = format!(
        "revoke insert on {}.journal from {{user}}",
        shop.address.database
    );
    shop.staff.admin(&revoke).await;
    let place = Place::Server(shop.staff.at(&shop.address));
    let store = place.open(clock()).await;
    let import = batch(&store, Origin::Import).await;
    let refused = store
        .apply(import, &[create("AB-1", "Mug", &[])])
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::DatabaseRefused);
    assert!(
        refused
            .message
            .contains("may not INSERT on the table journal"),
        "{refused}"
    );
    assert!(refused.to_string().contains("shared-database.md"));
    assert!(!refused.to_string().contains(&shop.staff.name), "{refused}");
    store.close().await;
    shop.remove().await;
}

#[tokio::test]
async fn staff_with_a_newer_version_are_told_who_upgrades() {
    let Some(shop) = Shop::new().await else {
        return;
    };
    shop.set_up().await;
    shop.place
        .execute("delete from schema_migrations where version = 25; drop table secrets")
        .await;
    let staff = Place::Server(shop.staff.at(&shop.address));
    let refused = staff.try_open(clock()).await.unwrap_err();
    assert_eq!(refused.code, Code::DatabaseRefused);
    assert!(refused.message.contains("has to be upgraded"), "{refused}");
    let address = shared(&shop.staff.at(&shop.address));
    let desktop = TestApp::start(&staff);
    let request = json!({ "name": "Shop", "address": address });
    let told = desktop
        .refused("workspaces.connect_shared", request, Code::DatabaseRefused)
        .await;
    assert_eq!(told.message, refused.message);
    let upgrading = Place::Server(shop.upgrading.at(&shop.address));
    upgrading.open(clock()).await.close().await;
    staff.open(clock()).await.close().await;
    shop.remove().await;
}
