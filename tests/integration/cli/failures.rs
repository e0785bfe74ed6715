//! What goes wrong has its exit code and says what to do.

use std::path::Path;

use super::{PRODUCTS, Terminal, ran};

#[test]
fn each_failure_has_its_exit_code_and_says_what_to_do() {
    let terminal = Terminal::ready();
    terminal.init().refused(1, "exists already");
    terminal
        .run(&["products", "show", "AB-9"])
        .refused(1, "no product with the SKU AB-9");
    terminal
        .run(&["products", "create", "sku=A"])
        .refused(1, "name: Name is needed.");
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
    let unreachable = terminal
        .command()
        .env("BACKSTOCK_WORKSPACE", url)
        .arg("batches")
        .output();
    let unreachable = ran(unreachable);
    unreachable.refused(1, "hint: ");
    assert!(!unreachable.err.contains("hunter2"));
    let error = terminal
        .run(&["products", "show", "AB-9", "--json"])
        .json(1);
    assert_eq!(error["error"]["code"], "not_found");
}

#[test]
fn a_failure_in_json_is_one_document_whatever_was_typed() {
    let terminal = Terminal::ready();
    for (args, part) in [
        (
            vec!["products", "list", "--limit", "many", "--json"],
            "many",
        ),
        (vec!["--json", "paint"], "paint"),
        (vec!["--json"], "subcommand"),
        (vec!["init", "--name", "Ada", "--json"], "--email"),
        (vec!["import", "--json"], "<FILE>"),
    ] {
        let ran = terminal.run(&args);
        let error = &ran.json(2)["error"];
        assert_eq!(error["code"], "invalid", "{args:?}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(part), "{args:?}: {message}");
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
    let help = terminal.run(&["products", "--help", "--json"]);
    assert!(help.code == 0 && help.out.contains("Usage:"));
}

#[test]
fn no_file_is_written_over_a_workspace() {
    let terminal = Terminal::ready();
    let shop = terminal.workspace.clone();
    let refused = "shop.sqlite is a workspace";
    terminal.run(&["export", &shop]).refused(1, refused);
    terminal
        .run(&["history", "--csv", &shop])
        .refused(1, refused);
    terminal.run(&["products", "list", "--json"]).json(0);
}

/// A folder stands here for what a user with all rights could put a file in the place of, too:
/// /dev/null, /dev/stdout.
#[test]
fn no_file_is_written_in_the_place_of_what_is_no_file() {
    let terminal = Terminal::ready();
    let folder = terminal.path("folder.csv");
    std::fs::create_dir(&folder).unwrap();
    let target = folder.display().to_string();
    terminal
        .run(&["export", &target])
        .refused(1, "folder.csv is a folder");
    let left = std::fs::read_dir(terminal.folder.path()).unwrap();
    let names: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    let is_left = |name: &&std::ffi::OsString| name.to_string_lossy().contains(".part");
    assert_eq!(names.iter().find(is_left), None);
    terminal
        .run(&["export", "-"])
        .refused(2, "This needs the name of a file");
}

#[test]
fn rejected_rows_never_replace_the_file_that_they_come_from() {
    let terminal = Terminal::ready();
    let file = terminal.file("june.csv", PRODUCTS);
    terminal
        .run(&["import", &file, "--yes", "--rejects", &file])
        .refused(2, "would replace the file");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), PRODUCTS);
    for args in [
        ["import", file.as_str(), "--yes", "--rejects", "-"].as_slice(),
        ["history", "--csv", "-"].as_slice(),
    ] {
        terminal
            .run(args)
            .refused(2, "This needs the name of a file");
    }
}

#[test]
fn an_import_whose_rejects_cannot_be_written_still_tells_what_it_did() {
    let terminal = Terminal::ready();
    let file = terminal.file("june.csv", PRODUCTS);
    let nowhere = terminal.path("nowhere/rejects.csv").display().to_string();
    let ran = terminal.run(&["import", &file, "--yes", "--rejects", &nowhere]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.err.contains("4 read: 2 created"), "{}", ran.err);
    assert!(
        ran.err.contains("Undo it with: backstock undo "),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("error: Cannot write "), "{}", ran.err);
    let why = "the file or its folder does not exist.";
    assert!(ran.err.contains(why), "{}", ran.err);
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let terminal = Terminal::ready();
    let csv = terminal.path("all.csv").display().to_string();
    for option in ["--limit", "--before"] {
        terminal
            .run(&["history", "--csv", &csv, option, "3"])
            .refused(2, "--csv");
    }
    for command in ["create", "update"] {
        let mut args = vec!["products", command, "sku=A", "stock=1", "stock=2"];
        if command == "update" {
            args[2] = "A";
        }
        terminal.run(&args).refused(2, "stock stands twice");
    }
    for (list, option, number) in [
        (&["products", "list"][..], "--limit", "501"),
        (&["batches"], "--limit", "0"),
        (&["history"], "--limit", "1000"),
        (&["products", "list"], "--offset", "-1"),
        (&["batches"], "--offset", "-1"),
    ] {
        let number = format!("{option}={number}");
        terminal
            .run(&[list, &[&number]].concat())
            .refused(2, option);
    }
    let add = [
        "users",
        "add",
        "--name",
        "Bob",
        "--email",
        "bob@example.com",
        "--role",
        "viewer",
        "--keep-password",
    ];
    terminal.run(&add).refused(2, "BACKSTOCK_NEW_PASSWORD");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure_unless_its_reader_has_had_enough() {
    use std::process::Stdio;
    let terminal = Terminal::ready();
    let full = std::fs::File::options().write(true).open("/dev/full");
    let mut list = terminal.command();
    let list = list.args(["products", "list"]).stdout(full.unwrap());
    ran(list.output()).refused(1, "Cannot write the answer");

    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut list = terminal.command();
    let list = list.args(["products", "list"]).stdout(Stdio::from(writer));
    let ended = ran(list.output());
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
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
fn no_password_is_printed_whatever_goes_wrong() {
    const PLANTED: [&str; 3] = [
        "blackberry-of-the-server",
        "wrong-quince-jelly",
        "cherry-in-the-url",
    ];
    let terminal = Terminal::ready();
    let url = "mysql://ada:cherry-in-the-url@127.0.0.1:1/shop?tls=off";
    let bad_url = "mysql://ada:cherry-in-the-url@127.0.0.1:1";
    let asked = "mysql://ada@127.0.0.1:1/shop?tls=off";
    for args in [
        vec!["batches"],
        vec!["--workspace", url, "verify-history", "--json"],
        vec!["--workspace", bad_url, "history"],
        vec![
            "--workspace",
            asked,
            "init",
            "--name",
            "Ada",
            "--email",
            "ada@example.com",
        ],
        vec![
            "call",
            "account.change_password",
            r#"{"current":["wrong-quince-jelly"]}"#,
        ],
        vec![
            "call",
            "session.sign_in",
            r#"{"email":"a","password":{"x":"wrong-quince-jelly"}}"#,
        ],
    ] {
        let ran = ran(terminal
            .command()
            .env("BACKSTOCK_PASSWORD", "wrong-quince-jelly")
            .env("BACKSTOCK_MYSQL_PASSWORD", "blackberry-of-the-server")
            .args(&args)
            .output());
        assert_ne!(ran.code, 0, "{args:?}: {}", ran.out);
        for planted in PLANTED {
            let said = format!("{}{}", ran.out, ran.err);
            assert!(!said.contains(planted), "{args:?}: {said}");
        }
    }
}
