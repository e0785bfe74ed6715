//! An app on a fresh workspace of each kind of database, as a desktop has it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use backstock::commands::{
    App, AppConfig, FetchImages, Host, KeyStore, Pauses, call, no_key_store,
};
use backstock::jobs::JobId;
use domain::error::{Code, Error};
use domain::values::{FixedClock, Timestamp};
use images::{FetchLimits, Fetcher};
use serde_json::{Value as Json, json};
use store::{MySqlAddress, Tls};
use tempfile::TempDir;

use testing::{Place, past_the_journal};

/// The password of everyone in the tests.
pub const PASSWORD: &str = "plum jam on toast";

/// A host whose person closes every dialog, on a machine that remembers passwords.
struct NoDialogs(Arc<TestKeys>);

/// The key store of a machine.
#[derive(Default)]
pub struct TestKeys {
    pub kept: Mutex<BTreeMap<String, String>>,
    pub is_locked: AtomicBool,
}

impl TestKeys {
    fn open(&self) -> Result<MutexGuard<'_, BTreeMap<String, String>>, Error> {
        if self.is_locked.load(Ordering::SeqCst) {
            return Err(no_key_store("it is locked"));
        }
        Ok(self.kept.lock().unwrap())
    }
}

impl KeyStore for TestKeys {
    fn get(&self, account: &str) -> Result<Option<String>, Error> {
        Ok(self.open()?.get(account).cloned())
    }

    fn set(&self, account: &str, password: &str) -> Result<(), Error> {
        self.open()?.insert(account.into(), password.into());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), Error> {
        self.open()?.remove(account);
        Ok(())
    }
}

impl Host for NoDialogs {
    fn key_store(&self) -> &dyn KeyStore {
        self.0.as_ref()
    }

    fn choose_file(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn choose_save(&self, _: &str) -> Option<PathBuf> {
        None
    }
}

/// A desktop.
pub struct TestApp {
    pub app: App,
    pub clock: Arc<FixedClock>,
    pub place: Place,
    pub data: TempDir,
    pub keys: Arc<TestKeys>,
    /// What it does where a shop is to be waited for.
    pauses: Pauses,
    /// Whether the test changed the database past the app.
    tampered: AtomicBool,
}

impl TestApp {
    /// A desktop that has just started, with nothing open.
    pub fn start(place: &Place) -> Self {
        Self::start_with(place, FetchImages::Never, Pauses::Real)
    }

    /// The same, which never waits for a shop, and to which few changes are very many: its time is the test's.
    pub fn start_hurried(place: &Place) -> Self {
        Self::start_with(place, FetchImages::Never, Pauses::Skipped)
    }

    /// The same with pictures that come from a server.
    pub fn start_fetching(place: &Place, server: SocketAddr) -> Self {
        let make = move || Ok(Fetcher::in_place_of_all(server, FetchLimits::default()).unwrap());
        Self::start_with(place, FetchImages::Always(Arc::new(make)), Pauses::Real)
    }

    fn start_with(place: &Place, images: FetchImages, pauses: Pauses) -> Self {
        let data = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at(Timestamp(1_750_000_000_000)));
        let keys = Arc::new(TestKeys::default());
        let app = App::new(AppConfig {
            data_dir: data.path().to_owned(),
            host: Arc::new(NoDialogs(Arc::clone(&keys))),
            clock: clock.clone(),
            images,
            stays: false,
            pauses,
        });
        Self {
            app,
            clock,
            place: place.clone(),
            data,
            keys,
            pauses,
            tampered: AtomicBool::new(false),
        }
    }

    /// The same machine after the app was closed and started again.
    pub async fn restart(self) -> Self {
        self.app.close().await;
        self.again()
    }

    /// The same machine with the app started once more; the one before was closed, or is dead.
    pub fn again(self) -> Self {
        let app = App::new(AppConfig {
            data_dir: self.data.path().to_owned(),
            host: Arc::new(NoDialogs(Arc::clone(&self.keys))),
            clock: self.clock.clone(),
            images: FetchImages::Never,
            stays: false,
            pauses: self.pauses,
        });
        Self { app, ..self }
    }

    /// Another desktop that opened the same workspace.
    pub async fn second_desktop(&self) -> Self {
        let second = Self::start(&self.place);
        second.open().await;
        second
    }

    /// Opens the workspace, made when it is not there.
    pub async fn open(&self) {
        match &self.place {
            Place::File(folder) => {
                let path = folder.path().join("shop.backstock");
                let name = if path.exists() {
                    "workspaces.open_file"
                } else {
                    "workspaces.create_local"
                };
                let file = self.app.grant_file(&path).token;
                let mut request = json!({ "file": file });
                if name == "workspaces.create_local" {
                    request["name"] = json!("Shop");
                }
                self.ok(name, request).await;
            }
            Place::Server(address) => {
                let request = json!({ "name": "Shop", "address": shared(address) });
                self.ok("workspaces.connect_shared", request).await;
            }
        }
    }

    /// Opens the workspace and makes Ada its owner.
    pub async fn with_owner(self) -> Self {
        self.open().await;
        let ada = json!({ "name": "Ada", "email": "ada@example.com", "password": PASSWORD });
        self.ok("session.create_owner", ada).await;
        self
    }

    /// Gives a command.
    pub async fn call(&self, name: &str, request: Json) -> Result<Json, Error> {
        call(&self.app, name, request).await
    }

    /// Gives a command that works.
    pub async fn ok(&self, name: &str, request: Json) -> Json {
        match self.call(name, request).await {
            Ok(answer) => answer,
            Err(error) => panic!("{name} failed: {error:?}"),
        }
    }

    /// Gives a command that is refused with this code.
    pub async fn refused(&self, name: &str, request: Json, code: Code) -> Error {
        match self.call(name, request).await {
            Ok(answer) => panic!("{name} was not refused: {answer}"),
            Err(error) => {
                assert_eq!(error.code, code, "{name}: {error:?}");
                error
            }
        }
    }

    /// The time now, in milliseconds.
    pub fn clock_now(&self) -> i64 {
        use domain::values::Clock as _;
        self.clock.now().0
    }

    /// Signs in by an address.
    pub async fn sign_in(&self, email: &str) {
        let request = json!({ "email": email, "password": PASSWORD });
        self.ok("session.sign_in", request).await;
    }

    /// Gives a person an account with the password of everyone, as the user who is signed in.
    pub async fn hire(&self, name: &str, role: &str) -> Json {
        let email = format!("{}@example.com", name.to_lowercase());
        let request = json!({
            "name": name, "email": email, "role": role, "password": PASSWORD, "mustChange": false,
        });
        self.ok("users.create", request).await["user"].clone()
    }

    /// A person as the list of people has them now.
    pub async fn person(&self, name: &str) -> Json {
        let page = self.ok("users.list", json!({})).await;
        let mut users = page["users"].as_array().unwrap().iter();
        let found = users.find(|user| user["name"] == name);
        found
            .unwrap_or_else(|| panic!("{name} is not in {page}"))
            .clone()
    }

    /// Creates a product and gives its id.
    pub async fn create(&self, fields: Json) -> Json {
        let saved = self
            .ok("products.create", json!({ "fields": fields }))
            .await;
        saved["record"].clone()
    }

    /// Waits for the end of a job that a command started.
    pub async fn finish(&self, started: &Json) {
        let job = JobId(started["job"].as_i64().unwrap());
        let ended = self.app.jobs().wait(job).await.unwrap();
        assert_eq!(ended.error, None);
    }

    /// Gives everyone this role, behind the app's back.
    pub async fn set_role(&self, role: &str) {
        self.sql(&format!("update users set role = '{role}'")).await;
    }

    /// Adds a second owner with Ada's password, behind the app's back.
    pub async fn add_vic(&self) {
        let id = uuid::Uuid::now_v7().simple().to_string();
        self.sql(&format!(
            "insert into users (id, name, email, email_key, role, password_hash, status, \
             failed_attempts, created_at, version) select x'{id}', 'Vic', 'vic@example.com', \
             'vic@example.com', role, password_hash, status, 0, created_at, 1 from users"
        ))
        .await;
    }

    /// Lets time pass, for pauses after wrong passwords too: on a server, these follow its clock.
    pub async fn pass(&self, millis: i64) {
        self.clock.advance(millis);
        if let Place::Server(_) = self.place {
            self.sql(&format!(
                "update users set locked_until = locked_until - ({millis}), \
                 last_failed_at = last_failed_at - ({millis}); \
                 update sign_in_guesses set locked_until = locked_until - ({millis}), \
                 last_at = last_at - ({millis})"
            ))
            .await;
        }
    }

    /// Runs a statement on the database itself.
    pub async fn sql(&self, sql: &str) {
        self.tampered.store(true, Ordering::Relaxed);
        self.place.execute(sql).await;
    }
}

/// How the connection to the test server is protected, as commands and addresses say it.
pub fn tls_word(address: &MySqlAddress) -> &'static str {
    match address.tls {
        Tls::Off => "off",
        _ => "required",
    }
}

/// The address as a command takes it.
pub fn shared(address: &MySqlAddress) -> Json {
    json!({
        "host": address.host, "port": address.port, "database": address.database,
        "user": address.user, "password": address.password, "tls": tls_word(address),
    })
}

/// Runs a test at a fresh, empty place on each kind of database.
pub async fn at_each_place(test: impl AsyncFn(&Place)) {
    for (_, place) in Place::fresh().await {
        test(&place).await;
        place.remove().await;
    }
}

/// Runs a test on a desktop whose owner is signed in, on each kind of database. Whatever the app did in
/// it, each record is what the history says of it.
pub async fn on_each_desktop(test: impl AsyncFn(&TestApp)) {
    on_each(TestApp::start, test).await;
}

/// The same on a desktop that never waits for a shop, and to which few changes are very many.
pub async fn on_each_hurried_desktop(test: impl AsyncFn(&TestApp)) {
    on_each(TestApp::start_hurried, test).await;
}

async fn on_each(start: impl Fn(&Place) -> TestApp, test: impl AsyncFn(&TestApp)) {
    at_each_place(async |place| {
        let desktop = start(place).with_owner().await;
        test(&desktop).await;
        desktop.app.close().await;
        if !desktop.tampered.load(Ordering::Relaxed) {
            let left = place.open(desktop.clock.clone()).await;
            assert_eq!(past_the_journal(&left).await, [""; 0]);
            left.close().await;
        }
    })
    .await;
}
