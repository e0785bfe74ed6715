//! People and roles on the command line: the same rules, the same refusals.

use crate::support::PASSWORD;

use super::{Terminal, on_each_workspace, ran};

/// A password that a person chooses.
const NEW: &str = "plum jam on burnt toast";

/// Runs a command as another person than Ada.
fn run_as(terminal: &Terminal, email: &str, password: &str, args: &[&str]) -> super::terminal::Ran {
    let mut command = terminal.command();
    command
        .env("BACKSTOCK_USER", email)
        .env("BACKSTOCK_PASSWORD", password);
    ran(command.args(args).output())
}

/// Gives Bob an account, with a password that he may keep.
pub(super) fn hire_bob(terminal: &Terminal, role: &str) {
    let mut command = terminal.command();
    command.env("BACKSTOCK_NEW_PASSWORD", PASSWORD);
    let args = [
        "users",
        "add",
        "--name",
        "Bob",
        "--email",
        "bob@example.com",
        "--role",
        role,
        "--keep-password",
        "--json",
    ];
    let added = ran(command.args(args).output()).json(0);
    assert!(
        added.get("password").is_none(),
        "it is known already: {added}"
    );
}

/// Runs what stands on a line, as Ada.
fn typed(terminal: &Terminal, line: &str) -> super::terminal::Ran {
    terminal.run(&line.split(' ').collect::<Vec<_>>())
}

#[tokio::test]
async fn a_new_person_chooses_a_password_before_anything_else() {
    on_each_workspace(|terminal| {
        terminal.init().json(0);
        let add = "users add --name Max --email max@example.com --role Manager";
        let added = typed(terminal, add);
        assert_eq!(added.code, 0, "{}", added.err);
        let password = added.out.lines().nth(1).unwrap();
        let password = password.strip_prefix("The password is ").unwrap();
        let as_max =
            |password: &str, args: &[&str]| run_as(terminal, "max@example.com", password, args);
        as_max(password, &["products", "list"]).refused(3, "must be changed");
        as_max(password, &["password"]).refused(2, "BACKSTOCK_NEW_PASSWORD");
        let mut change = terminal.command();
        change
            .env("BACKSTOCK_USER", "max@example.com")
            .env("BACKSTOCK_PASSWORD", password)
            .env("BACKSTOCK_NEW_PASSWORD", NEW);
        let changed = ran(change.arg("password").output());
        assert_eq!(changed.out, "Changed your password.\n", "{}", changed.err);
        as_max(NEW, &["products", "list", "--json"]).json(0);
    })
    .await;
}

#[tokio::test]
async fn a_person_is_edited_deactivated_reactivated_and_deleted() {
    on_each_workspace(|terminal| {
        terminal.init().json(0);
        hire_bob(terminal, "Manager");
        let edit = "users edit BOB@example.com --name Robert --role viewer --json";
        let edited = typed(terminal, edit).json(0);
        assert_eq!(
            (&edited["name"], &edited["roleName"]),
            (&"Robert".into(), &"Viewer".into())
        );
        typed(terminal, "users deactivate bob@example.com --json").json(0);
        run_as(terminal, "bob@example.com", PASSWORD, &["batches"]).refused(3, "deactivated");
        let list = typed(terminal, "users list --search robert").out;
        assert!(list.contains("deactivated"), "{list}");
        assert!(list.ends_with("1 of 2 people\n"), "{list}");
        typed(terminal, "users reactivate bob@example.com --json").json(0);
        typed(terminal, "users delete bob@example.com").refused(2, "No user is there to confirm");
        typed(terminal, "users delete bob@example.com --yes --json").json(0);
        typed(terminal, "users reset-password bob@example.com").refused(1, "No person has");
    })
    .await;
}

#[test]
fn a_reset_password_is_told_once_and_the_last_owner_stays() {
    let terminal = Terminal::ready();
    hire_bob(&terminal, "viewer");
    run_as(
        &terminal,
        "bob@example.com",
        PASSWORD,
        &["products", "list", "--json"],
    )
    .json(0);
    let reset = terminal
        .run(&["users", "reset-password", "bob@example.com", "--json"])
        .json(0);
    let password = reset["password"].as_str().unwrap();
    run_as(&terminal, "bob@example.com", PASSWORD, &["batches"]).refused(3, "password is wrong");
    run_as(&terminal, "bob@example.com", password, &["batches"]).refused(3, "must be changed");
    terminal
        .run(&["users", "edit", "ada@example.com", "--role", "viewer"])
        .refused(1, "only active owner");
    terminal
        .run(&["users", "deactivate", "ada@example.com"])
        .refused(1, "your own account");
    terminal
        .run(&["users", "edit", "bob@example.com", "--role", "juggler"])
        .refused(1, "Owner, Manager, Operator, Viewer");
}

#[test]
fn roles_are_made_and_given_and_hold_on_the_command_line() {
    let terminal = Terminal::ready();
    terminal
        .run(&["roles", "add", "Packer", "--may", "view_products,paint"])
        .refused(2, "no permission \"paint\"");
    let made = terminal.run(&["roles", "add", "Packer", "--may", "view_products"]);
    assert_eq!(
        made.out, "The role Packer may: view_products.\n",
        "{}",
        made.err
    );
    hire_bob(&terminal, "packer");
    let bob = |args: &[&str]| run_as(&terminal, "bob@example.com", PASSWORD, args);
    bob(&["products", "create", "sku=A", "name=A"]).refused(3, "You may not edit products");
    bob(&["users", "list"]).refused(3, "You may not manage people");
    bob(&["call", "settings.update", "{}"]).refused(3, "You may not change");
    let edited = terminal
        .run(&[
            "roles",
            "edit",
            "packer",
            "--name",
            "Keeper",
            "--may",
            "view_products,edit_products",
            "--json",
        ])
        .json(0);
    assert_eq!(edited["users"], 1);
    bob(&["products", "create", "sku=A", "name=A", "--json"]).json(0);
    terminal
        .run(&["roles", "delete", "Keeper"])
        .refused(1, "one person has it");
    terminal
        .run(&["roles", "delete", "Viewer"])
        .refused(1, "built in");
    let list = terminal.run(&["roles", "list"]);
    assert!(
        list.out
            .contains("Keeper         1  view_products, edit_products\n"),
        "{}",
        list.out
    );
}

#[test]
fn what_is_deleted_for_good_is_asked_about_first() {
    let terminal = Terminal::ready();
    terminal
        .run(&["products", "create", "sku=A", "name=A", "--json"])
        .json(0);
    let for_good = ["products", "delete", "A", "--for-good"];
    terminal.run(&for_good).refused(2, "--yes");
    let yes = [&for_good[..], &["--yes"]].concat();
    let kept = terminal.run(&yes);
    assert_eq!(kept.code, 4, "{}", kept.out);
    assert!(
        kept.out.contains("Kept A: It does not lie in the trash."),
        "{}",
        kept.out
    );
    terminal.run(&["products", "delete", "A", "--json"]).json(0);
    let gone = terminal.run(&yes);
    assert!(
        gone.out.starts_with("Deleted for good: 1.\n"),
        "{}{}",
        gone.out,
        gone.err
    );
    terminal
        .run(&["products", "show", "A"])
        .refused(1, "no product");
}

#[test]
fn many_programs_sign_the_same_person_in_at_once() {
    let terminal = Terminal::ready();
    let running: Vec<_> = (0..10)
        .map(|_| {
            let mut command = terminal.command();
            command.args(["products", "list", "--json"]);
            command.stdout(std::process::Stdio::piped());
            command.stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for program in running {
        ran(program.wait_with_output()).json(0);
    }
}
