//! Who may do what, as the page `docs/permissions.md` that is generated from the code.

use std::fmt::Write;

use super::access::{Access, CommandInfo};
use super::list::COMMANDS;
use domain::people::BuiltInRole;
use domain::record::Permission;

/// The page.
pub fn permissions_page() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str("\n## Permissions\n\n");
    head(
        &mut page,
        &["area", "permission", "what it lets people do", "needs"],
    );
    for permission in Permission::ALL {
        let needs: Vec<&str> = permission.needs().iter().map(|need| need.label()).collect();
        row(
            &mut page,
            &[
                permission.area().label().to_owned(),
                format!("**{}** (`{}`)", permission.label(), permission.key()),
                permission.description().to_owned(),
                needs.join(", "),
            ],
            |role| role.may(*permission),
        );
    }
    page.push_str("\n## Commands\n\n");
    head(&mut page, &["command", "needs"]);
    for command in COMMANDS {
        let columns = [format!("`{}`", command.name), needs(command).to_owned()];
        row(&mut page, &columns, |role| may(command, role));
    }
    page
}

const INTRODUCTION: &str = "\
# Who may do what

Generated from the code by `cargo xtask codegen`; a test gives every command as every built-in role and compares.

Rights are checked in the core, before anything else is looked at, with every single command: the window and the
command line are refused alike, and a right that is taken away is gone with the next command. Roles made by people have
any of the permissions below; no user can give a right that they lack, and only an owner makes or changes an owner.

Costs are left out of lists, forms, files and history for people without *see costs*, whatever command they give.
Entries of the history about people, roles, settings and sign-ins are left out for people without *see the history of
people and settings*.

Configuring, planning, revising and applying a plan needs, beside *import*, the right to edit the kinds of records in it, and
*see costs* where it changes costs, no matter which user made it: an undo as well. A file in which a column is or was read as a cost is taken
up by people who see costs alone, even where that column is not imported.

A user who is deactivated or deleted, or has a password that was changed elsewhere since they signed in, is signed out, and
what runs for them stops at its next whole step.

While a session is locked, only `app.state`, `session.unlock`, `session.sign_out` and the workspaces work. A user who has
a password that another user gave them can change it, lock, sign out and switch workspaces, and nothing else.
";

/// Whether a user with this role may give a command.
fn may(command: &CommandInfo, role: BuiltInRole) -> bool {
    match command.access {
        Access::Anyone | Access::SignedIn => true,
        Access::Needs(permission) => role.may(permission),
    }
}

fn needs(command: &CommandInfo) -> &'static str {
    match command.access {
        Access::Anyone => "nothing, not even signing in",
        Access::SignedIn => "signing in",
        Access::Needs(permission) => permission.label(),
    }
}

fn head(page: &mut String, columns: &[&str]) {
    let roles = BuiltInRole::ALL.map(BuiltInRole::name);
    let all: Vec<&str> = columns.iter().copied().chain(roles).collect();
    line(page, &all);
    line(page, &vec!["---"; all.len()]);
}

fn row(page: &mut String, columns: &[String], may: impl Fn(BuiltInRole) -> bool) {
    let columns = columns.iter().map(String::as_str);
    let roles = BuiltInRole::ALL.map(|role| if may(role) { "yes" } else { "no" });
    line(page, &columns.chain(roles).collect::<Vec<_>>());
}

fn line(page: &mut String, cells: &[&str]) {
    // Writing to a text cannot fail.
    writeln!(page, "| {} |", cells.join(" | ")).ok();
}
