//! The command line, as a script uses it: the real program, its exit codes, its JSON.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::support::{PASSWORD, Place};

const PRODUCTS: &str = "\
SKU,Name,Price,Stock
AB-1,Mug,12.50,4
AB-2,Bowl,19.90,1O
AB-3,\"Plate, flat\",9.00,0
AB-1,Mug again,1.00,1
";

/// A folder to work in, and a workspace somewhere.
struct Terminal {
    folder: TempDir,
    workspace: String,
}

/// What a command came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn json(&self, code: i32) -> Json {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    #[track_caller]
    fn refused(&self, code: i32, part: &str) {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        assert!(
            self.err.starts_with("error: ") && self.err.contains(part),
            "{}",
            self.err
        );
    }
}

impl Terminal {
    fn on(workspace: String, folder: TempDir) -> Self {
        Self { folder, workspace }
    }

    /// On a file that is not there yet.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("shop.sqlite").display().to_string();
        Self::on(workspace, folder)
    }

    /// On a workspace that Ada owns.
    fn ready() -> Self {
        let terminal = Self::new();
        terminal.init().json(0);
        terminal
    }

    fn init(&self) -> Ran {
        self.run(&[
            "init",
            "--name",
            "Ada",
            "--email",
            "ada@example.com",
            "--json",
        ])
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backstock"));
        command
            .env("BACKSTOCK_DATA_DIR", self.folder.path().join("data"))
            .env("BACKSTOCK_WORKSPACE", &self.workspace)
            .env("BACKSTOCK_USER", "ada@example.com")
            .env("BACKSTOCK_PASSWORD", PASSWORD)
            .env_remove("BACKSTOCK_MYSQL_PASSWORD")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        ran(self.command().args(args).output())
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

fn ran(output: std::io::Result<Output>) -> Ran {
    let output = output.unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A story on a file and, where there is one, on a server.
async fn on_each_workspace(story: impl Fn(&Terminal)) {
    for (_, place) in Place::fresh().await {
        let folder = tempfile::tempdir().unwrap();
        let workspace = match &place {
            Place::File(shop) => shop.path().join("shop.backstock").display().to_string(),
            Place::Server(at) => format!(
                "mysql://{}:{}@{}:{}/{}?tls=off",
                at.user, at.password, at.host, at.port, at.database
            ),
        };
        story(&Terminal::on(workspace, folder));
        place.remove().await;
    }
}

#[tokio::test]
async fn a_file_is_imported_looked_at_exported_and_undone() {
    on_each_workspace(|terminal| {
        let made = terminal.init().json(0);
        assert_eq!(made["person"]["role"], "owner");
        let file = terminal.file("june.csv", PRODUCTS);
        let planned = terminal
            .run(&["import", &file, "--dry-run", "--json"])
            .json(4);
        assert_eq!(
            (&planned["created"], &planned["batch"]),
            (&json!(2), &json!(null))
        );
        let list = terminal.run(&["products", "list", "--json"]).json(0);
        assert_eq!(list["rows"], json!([]), "nothing was changed");

        let batch = import(terminal, &file);
        let again = terminal.run(&["import", &file, "--yes", "--json"]).json(4);
        assert_eq!(
            (&again["unchanged"], &again["batch"]),
            (&json!(2), &json!(null))
        );

        let exported = terminal.path("out.csv").display().to_string();
        let written = terminal.run(&["export", &exported, "--json"]).json(0);
        assert_eq!(written["rows"], 2);
        let back = terminal
            .run(&["import", &exported, "--yes", "--json"])
            .json(0);
        assert_eq!((&back["read"], &back["unchanged"]), (&json!(2), &json!(2)));

        undo_what_nobody_edited(terminal, &batch);
        let left = files_below(&terminal.path("data"));
        assert_eq!(left, Vec::<PathBuf>::new(), "no plan is left behind");
    })
    .await;
}

/// Imports the file; every row is accounted for. Gives the batch.
fn import(terminal: &Terminal, file: &str) -> String {
    let rejects = terminal.path("rejects.csv").display().to_string();
    let arguments = ["import", file, "--yes", "--json", "--rejects", &rejects];
    let done = terminal.run(&arguments).json(4);
    for (key, count) in [
        ("read", 4),
        ("created", 2),
        ("updated", 0),
        ("unchanged", 0),
        ("skipped", 0),
        ("rejected", 2),
    ] {
        assert_eq!(done[key], count, "{key}: {done}");
    }
    assert_eq!(done["left"][0]["line"], 3);
    assert_eq!(done["left"][0]["problems"][0]["value"], "1O");
    assert_eq!(done["rejects"]["rows"], 2);
    let rejected = terminal.read("rejects.csv");
    assert!(
        rejected.contains("AB-2") && rejected.contains("Mug again"),
        "{rejected}"
    );
    done["batch"].as_str().unwrap().to_owned()
}

fn undo_what_nobody_edited(terminal: &Terminal, batch: &str) {
    terminal
        .run(&["products", "update", "AB-3", "stock=7", "--json"])
        .json(0);
    let look = terminal
        .run(&["undo", batch, "--dry-run", "--json"])
        .json(4);
    assert_eq!((&look["updated"], &look["kept"]), (&json!(1), &json!(1)));
    let undone = terminal.run(&["undo", batch, "--yes"]);
    assert_eq!(undone.code, 4, "{}", undone.err);
    assert!(
        undone
            .out
            .starts_with("2 read: 1 put back, 1 kept.\n  AB-3"),
        "{}",
        undone.out
    );
    let left = terminal.run(&["products", "list", "--json"]).json(0);
    assert_eq!(left["rows"][0]["sku"], "AB-3");
    let batches = terminal.run(&["batches", "--json"]).json(0);
    let rows = batches["rows"].as_array().unwrap();
    let origins: Vec<_> = rows.iter().map(|row| &row["origin"]).collect();
    assert_eq!(origins, ["undo", "form", "import"]);
    assert!(rows[2]["undoneBy"].is_string());
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn a_product_is_created_shown_changed_trashed_and_restored() {
    let terminal = Terminal::ready();
    let fields = [
        "sku=AB-1",
        "name=Blue mug",
        "store_price=12.50",
        "tags=sale, blue",
    ];
    let created = terminal
        .run(&[&["products", "create", "--json"][..], &fields].concat())
        .json(0);
    assert_eq!(created["product"]["fields"]["store_price"], 125_000);
    let shown = terminal.run(&["products", "show", "AB-1"]);
    assert!(
        shown.out.contains("Store price          12.5\n"),
        "{}",
        shown.out
    );
    let updated = terminal.run(&["products", "update", "AB-1", "stock=3", "tags="]);
    assert!(
        updated.out.starts_with("Updated AB-1. Batch "),
        "{}",
        updated.out
    );
    let same = terminal.run(&["products", "update", "AB-1", "stock=3"]);
    assert_eq!(
        same.out,
        "AB-1 is like that already; nothing was changed.\n"
    );
    let history = terminal.run(&["products", "history", "AB-1"]);
    assert!(
        history.out.contains("  Stock on hand: 0 → 3\n"),
        "{}",
        history.out
    );

    let moved = terminal
        .run(&["products", "delete", "AB-1", "--json"])
        .json(0);
    assert_eq!(moved["moved"], 1);
    let list = terminal.run(&["products", "list"]);
    assert!(list.out.ends_with("0 of 0 products\n"), "{}", list.out);
    let twice = terminal.run(&["products", "delete", "AB-1"]);
    assert_eq!(twice.code, 4, "it lies in the trash already");
    let trash = terminal
        .run(&["products", "list", "--trash", "--json"])
        .json(0);
    assert_eq!(trash["rows"][0]["sku"], "AB-1");
    terminal
        .run(&["products", "create", "sku=AB-1", "name=Other"])
        .refused(1, "Restore it");
    terminal
        .run(&["products", "restore", "AB-1", "--json"])
        .json(0);
    let list = terminal
        .run(&["products", "list", "--search", "blu", "--json"])
        .json(0);
    assert_eq!(list["total"]["count"], 1);
}

#[test]
fn each_failure_has_its_exit_code_and_says_what_to_do() {
    let terminal = Terminal::ready();
    terminal.init().refused(1, "exists already");
    terminal
        .run(&["products", "show", "AB-9"])
        .refused(1, "no product with the SKU AB-9");
    terminal
        .run(&["products", "create", "sku=A"])
        .refused(1, "name: A name is needed.");
    terminal
        .run(&["products", "create", "colour=A"])
        .refused(2, "no field \"colour\"");
    terminal
        .run(&["products", "create", "stock=many"])
        .refused(2, "whole number");
    terminal
        .run(&["import", "nothing.csv", "--yes"])
        .refused(1, "no file nothing.csv");
    terminal
        .run(&["undo", "one", "--yes"])
        .refused(2, "not an id");
    terminal
        .run(&["export", "out.csv", "--columns", "sku,colour"])
        .refused(2, "\"colour\"");
    terminal
        .run(&["call", "products.burn"])
        .refused(2, "no command");
    terminal
        .run(&["call", "products.list", "{"])
        .refused(2, "not JSON");
    terminal
        .run(&["call", "products.list", "{}"])
        .refused(1, "malformed");
    assert_eq!(terminal.run(&["paint"]).code, 2);
    assert_eq!(terminal.run(&[]).code, 2);

    let absent = terminal.path("absent.sqlite").display().to_string();
    terminal
        .run(&["--workspace", &absent, "batches"])
        .refused(1, "backstock init");
    assert!(!Path::new(&absent).exists());
    let wrong = terminal
        .command()
        .env("BACKSTOCK_PASSWORD", "wrong wrong")
        .arg("batches")
        .output();
    ran(wrong).refused(3, "password is wrong");
    let nobody = terminal
        .command()
        .env_remove("BACKSTOCK_USER")
        .arg("batches")
        .output();
    ran(nobody).refused(3, "BACKSTOCK_USER");
    let url = "mysql://ada:hunter2@127.0.0.1:1/shop?tls=off";
    let unreachable = terminal.run(&["--workspace", url, "batches"]);
    unreachable.refused(1, "hint: ");
    assert!(!unreachable.err.contains("hunter2"));
    let error = terminal
        .run(&["products", "show", "AB-9", "--json"])
        .json(1);
    assert_eq!(error["error"]["code"], "not_found");
}

#[tokio::test]
async fn a_right_that_is_missing_ends_with_its_own_code() {
    use sqlx::{ConnectOptions, Connection};
    let terminal = Terminal::ready();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&terminal.workspace);
    let mut conn = options.connect().await.unwrap();
    sqlx::raw_sql("update users set role = 'viewer'")
        .execute(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    terminal
        .run(&["products", "create", "sku=A", "name=A"])
        .refused(3, "You may not edit");
    let file = terminal.file("june.csv", PRODUCTS);
    terminal
        .run(&["import", &file, "--yes"])
        .refused(3, "You may not import");
    terminal.run(&["products", "list", "--json"]).json(0);
}

#[test]
fn an_import_never_guesses_and_never_applies_unasked() {
    let terminal = Terminal::ready();
    let file = terminal.file("june.csv", PRODUCTS);
    terminal.run(&["import", &file]).refused(2, "--yes");
    let dates = "SKU,Name,Promotion starts\nAB-1,Mug,3/4/2026\n";
    let dates = terminal.file("dates.csv", dates);
    terminal
        .run(&["import", &dates, "--yes"])
        .refused(2, "--date-order");
    let done = terminal
        .run(&["import", &dates, "--yes", "--date-order", "dmy", "--json"])
        .json(0);
    assert_eq!(done["created"], 1);
    let shown = terminal
        .run(&["products", "show", "AB-1", "--json"])
        .json(0);
    assert_eq!(shown["product"]["fields"]["promo_start"], "2026-04-03");
    let odd = terminal.file("odd.csv", "Nummer;Titel;Wert\nAB-7;Krug;4,50\n");
    terminal.run(&["import", &odd, "--yes"]).refused(2, "--map");
    let map = |map: &'static str| ["--map", map];
    let maps = [
        map("Nummer=sku"),
        map("titel=name"),
        map("Wert=store_price"),
    ]
    .concat();
    let arguments = [
        &["import", &odd, "--yes", "--json", "--decimal-mark", "comma"][..],
        &maps,
    ];
    terminal.run(&arguments.concat()).json(0);
    let shown = terminal
        .run(&["products", "show", "AB-7", "--json"])
        .json(0);
    assert_eq!(shown["product"]["fields"]["store_price"], 45_000);
    terminal
        .run(&["import", &odd, "--yes", "--map", "Preis=cost"])
        .refused(2, "Nummer, Titel");
    terminal
        .run(&["import", &odd, "--yes", "--map", "Wert=colour"])
        .refused(2, "store_price");
    terminal
        .run(&["import", &odd, "--yes", "--map", "Wert"])
        .refused(2, "Column=field");
    terminal
        .run(&["import", &odd, "--yes", "--encoding", "morse"])
        .refused(2, "windows_1252");
    let latin = terminal.file("latin.csv", b"SKU,Name\nAB-9,Caf\xe9\n");
    terminal
        .run(&[
            "import",
            &latin,
            "--yes",
            "--encoding",
            "Windows-1252",
            "--json",
        ])
        .json(0);
    let shown = terminal
        .run(&["products", "show", "AB-9", "--json"])
        .json(0);
    assert_eq!(shown["product"]["fields"]["name"], "Café");
    assert_eq!(
        files_below(&terminal.path("data")),
        Vec::<PathBuf>::new(),
        "nothing is left"
    );
}

#[test]
fn without_a_named_workspace_the_last_one_of_the_machine_is_meant() {
    let terminal = Terminal::new();
    let run = |args: &[&str]| {
        ran(terminal
            .command()
            .env_remove("BACKSTOCK_WORKSPACE")
            .args(args)
            .output())
    };
    run(&["batches"]).refused(1, "no workspace yet");
    let init = [
        "init",
        "--name",
        "Ada",
        "--email",
        "ada@example.com",
        "--workspace-name",
        "Corner",
    ];
    assert_eq!(run(&init).code, 0);
    run(&["products", "list", "--json"]).json(0);
    let known = run(&["call", "workspaces.list"]).json(0);
    assert_eq!(
        (&known[0]["name"], &known[0]["kind"]),
        (&json!("Corner"), &json!("local"))
    );
    run(&init).refused(1, "has a workspace already");

    terminal.init().json(0);
    let known = run(&["call", "workspaces.list"]).json(0);
    assert_eq!(
        known.as_array().unwrap().len(),
        1,
        "a named workspace is not put into the list"
    );
}

#[test]
fn a_call_waits_for_the_job_that_it_starts() {
    let terminal = Terminal::ready();
    let started = terminal.run(&["call", "practice.load"]).json(0);
    assert!(started["job"].is_number());
    let total = terminal.run(&["call", "products.count"]).json(0);
    assert_eq!(total, json!({ "count": 117, "exact": true }));
    let list = terminal
        .run(&["products", "list", "--brand", "Fernleigh", "--json"])
        .json(0);
    assert_eq!(list["rows"].as_array().unwrap().len(), 17);
}

#[test]
fn names_from_files_cannot_steer_the_terminal() {
    let terminal = Terminal::ready();
    let name = "name=Mug \u{1b}[2J\u{7}";
    terminal
        .run(&["products", "create", "sku=AB-1", name, "--json"])
        .json(0);
    for args in [&["products", "list"][..], &["products", "show", "AB-1"]] {
        let shown = terminal.run(args);
        assert!(
            shown.out.contains("Mug") && !shown.out.contains('\u{1b}'),
            "{:?}",
            shown.out
        );
    }
}
