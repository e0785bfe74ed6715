//! A shop with three people on one shared database: the owner sets them up in the window, each
//! signs in on a desktop of their own and can do what their role says, there and on the command
//! line, and the history shows it all.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::harness::{DesktopApp, SharedDatabase};
use crate::shop::{EMAIL, PASSWORD};

/// A person who works in the shop.
struct Colleague {
    name: &'static str,
    email: &'static str,
    role: &'static str,
    /// Commands, and whether the role may give them.
    may: [(&'static str, bool); 4],
}

const COLLEAGUES: [Colleague; 3] = [
    Colleague {
        name: "Mia Berg",
        email: "mia@example.com",
        role: "Manager",
        may: [
            ("products.list", true),
            ("products.create", true),
            ("history.list", true),
            ("users.list", false),
        ],
    },
    Colleague {
        name: "Olaf Dorn",
        email: "olaf@example.com",
        role: "Operator",
        may: [
            ("products.list", true),
            ("products.create", true),
            ("products.purge", false),
            ("users.list", false),
        ],
    },
    Colleague {
        name: "Vera Lind",
        email: "vera@example.com",
        role: "Viewer",
        may: [
            ("products.list", true),
            ("products.create", false),
            ("imports.open", false),
            ("users.list", false),
        ],
    },
];

#[tokio::test]
async fn three_people_on_one_database_can_do_what_their_roles_say() {
    let database = SharedDatabase::create();
    let (office, till) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let owner = DesktopApp::start(office.path()).await;
    connect(&owner, &database).await;
    create_owner(&owner).await;

    owner.click("link", "People").await;
    let mut passwords = Vec::new();
    for colleague in &COLLEAGUES {
        passwords.push(add(&owner, colleague).await);
    }
    owner.picture("people");

    let desk = DesktopApp::start(till.path()).await;
    connect(&desk, &database).await;
    for (colleague, given) in COLLEAGUES.iter().zip(&passwords) {
        let own = format!("long walks of a {}", colleague.role.to_lowercase());
        sign_in_first_time(&desk, colleague, given, &own).await;
        for (command, allowed) in colleague.may {
            let refused = is_refused(&desk, command, request(command, colleague)).await;
            assert_eq!(refused, !allowed, "{command} by {}", colleague.name);
        }
        let people = "return document.querySelectorAll('[data-testid=area-people]').length";
        assert_eq!(desk.run(people).await, 0, "{}", colleague.name);
        let round = backstock(till.path(), &database, colleague.email, &own);
        assert!(!round.status.success(), "{}", colleague.name);
        let said = String::from_utf8_lossy(&round.stderr);
        assert!(said.contains("You may not manage people"), "{said}");
        desk.picture(&format!("signed-in-{}", colleague.role.to_lowercase()));
        sign_out(&desk).await;
    }

    owner.click("link", "History").await;
    owner.wait_text_gone("Last sign-in").await;
    for said in ["Olaf Dorn", "Vera Lind", "Mia Berg"] {
        owner.wait_text(said).await;
    }
    owner.picture("history");
    owner.begin_call("history.verify", json!({})).await;
    owner.answer().await.unwrap();
    let whole = wait_for_verification(&owner).await;
    assert_eq!(whole["problems"], json!([]), "{whole}");
    assert!(whole["entries"].as_i64() > Some(10), "{whole}");
}

/// Fills in the form for a shared workspace.
async fn connect(app: &DesktopApp, database: &SharedDatabase) {
    app.wait_text("Welcome to Backstock").await;
    app.click_text("Shared database").await;
    app.fill_test_id("shared-host", "127.0.0.1").await;
    app.fill_test_id("shared-port", &database.port).await;
    app.fill_test_id("shared-database", &database.name).await;
    app.fill_test_id("shared-user", &database.user).await;
    app.fill_test_id("shared-password", &database.password)
        .await;
    app.choose("shared-tls", "Not encrypted").await;
    app.click("button", "Test connection").await;
    app.by_test_id("test-result").await;
    app.picture("shared-workspace");
    app.click("button", "Connect").await;
}

async fn create_owner(app: &DesktopApp) {
    app.wait_text("Create the owner account").await;
    app.fill("Your name", "Ada Löwe").await;
    app.fill("E-mail", EMAIL).await;
    app.fill_test_id("owner-password", PASSWORD).await;
    app.click("button", "Create account").await;
    app.wait_text("has no products yet").await;
}

/// Adds a person in the window; the password that was made for them.
async fn add(app: &DesktopApp, colleague: &Colleague) -> String {
    app.click_test_id("new-person").await;
    app.wait_text("They choose their own password at first")
        .await;
    app.fill_test_id("person-name", colleague.name).await;
    app.fill_test_id("person-email", colleague.email).await;
    app.choose("person-role", colleague.role).await;
    app.click_test_id("create-person").await;
    let password = app.by_test_id("generated-password").await;
    let password = password.text().await.unwrap();
    app.picture("password-once");
    app.click_test_id("password-noted").await;
    app.wait_text(colleague.name).await;
    password
}

async fn sign_in_first_time(app: &DesktopApp, who: &Colleague, given: &str, own: &str) {
    app.wait_text("Sign in to").await;
    app.fill_test_id("sign-in-email", who.email).await;
    app.fill_test_id("sign-in-password", given).await;
    app.click_test_id("sign-in").await;
    app.wait_text("Choose your own password").await;
    app.fill_test_id("current-password", given).await;
    app.fill_test_id("new-password", own).await;
    app.picture("choose-password");
    app.click_test_id("change-password").await;
    app.by_test_id("person-menu").await;
}

async fn sign_out(app: &DesktopApp) {
    app.click_test_id("person-menu").await;
    app.click_test_id("sign-out").await;
    app.wait_text("Sign in to").await;
}

fn request(command: &str, who: &Colleague) -> Value {
    match command {
        "products.list" => json!({
            "filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 10
        }),
        "products.create" => json!({ "fields": { "sku": who.email, "name": who.name } }),
        "history.list" => json!({ "filter": {} }),
        _ => json!({}),
    }
}

/// Gives a command round the window; whether it is refused for want of the right.
async fn is_refused(app: &DesktopApp, command: &str, request: Value) -> bool {
    app.begin_call(command, request).await;
    match app.answer().await {
        Ok(_) => false,
        Err(error) if error["code"] == "forbidden" => true,
        Err(error) => panic!("{command}: {error}"),
    }
}

async fn wait_for_verification(app: &DesktopApp) -> Value {
    loop {
        app.begin_call("history.verification", json!({})).await;
        let found = app.answer().await.unwrap();
        if !found.is_null() {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// Tries to list the people on the command line.
fn backstock(folder: &Path, database: &SharedDatabase, email: &str, password: &str) -> Output {
    let desktop = Path::new(env!("CARGO_BIN_EXE_backstock-desktop"));
    let mut command = Command::new(desktop.with_file_name("backstock"));
    command
        .args(["users", "list", "--workspace", &database.url()])
        .env("BACKSTOCK_DATA_DIR", folder.join("command-line"))
        .env("BACKSTOCK_MYSQL_PASSWORD", &database.password)
        .env("BACKSTOCK_USER", email)
        .env("BACKSTOCK_PASSWORD", password);
    command.output().unwrap()
}
