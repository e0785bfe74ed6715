//! Which workspace is meant, and commands by their names.

use serde_json::json;

use super::{Terminal, ran};

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
fn an_owner_who_is_refused_leaves_no_workspace_behind() {
    let terminal = Terminal::new();
    let init = [
        "init",
        "--name",
        "Ada",
        "--email",
        "ada@example.com",
        "--workspace-name",
        "Corner",
        "--currency",
        "gbp",
        "--json",
    ];
    let mut weak = terminal.command();
    weak.env("BACKSTOCK_PASSWORD", "short").args(init);
    ran(weak.output()).refused(1, "10 characters");
    assert!(!std::path::Path::new(&terminal.workspace).exists());
    let made = terminal.run(&init).json(0);
    assert_eq!(made["workspace"]["name"], "Corner");
    let settings = terminal.run(&["call", "settings.get"]).json(0);
    assert_eq!(settings["currency"], "GBP");
}

#[cfg(unix)]
#[test]
fn what_the_app_keeps_is_for_its_person_only() {
    use std::os::unix::fs::PermissionsExt;
    let terminal = Terminal::ready();
    let data = std::fs::metadata(terminal.path("data")).unwrap();
    assert_eq!(data.permissions().mode() & 0o777, 0o700);
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
fn a_password_on_the_command_line_is_warned_of() {
    let terminal = Terminal::new();
    let url = "mysql://ada:hunter2@127.0.0.1:1/shop?tls=off";
    let typed = ran(terminal
        .command()
        .args(["batches", "--workspace", url])
        .output());
    assert!(typed.err.contains("can read the password"), "{}", typed.err);
    assert!(!typed.err.contains("hunter2"), "{}", typed.err);
    let from_environment = ran(terminal
        .command()
        .env("BACKSTOCK_WORKSPACE", url)
        .arg("batches")
        .output());
    assert!(
        !from_environment.err.contains("can read"),
        "{}",
        from_environment.err
    );
}
