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
