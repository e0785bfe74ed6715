//! A disk that is full: what was saved is told truly, and the workspace is still read.

use std::process::Command;

use super::{Terminal, ran};

/// A small file system of its own for the commands of one shell, where the system lets us.
fn small_disk(terminal: &Terminal, commands: &str) -> Option<Command> {
    let mut allowed = Command::new("unshare");
    allowed.args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
    if !allowed.output().is_ok_and(|output| output.status.success()) {
        println!("no file system can be mounted here: a full disk was not tested");
        return None;
    }
    let folder = terminal.path("small");
    std::fs::create_dir(&folder).unwrap();
    let mut command = terminal.command();
    let shell = format!(
        "set -e; mount -t tmpfs -o size=4m tmpfs {folder}; cd {folder}; \
         export BACKSTOCK_WORKSPACE={folder}/shop.sqlite; alias backstock={program}\n{commands}",
        folder = folder.display(),
        program = command.get_program().display(),
    );
    let mut unshared = Command::new("unshare");
    unshared.args(["-rm", "sh", "-c", &shell]);
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => unshared.env(key, value),
            None => unshared.env_remove(key),
        };
    }
    command = unshared;
    Some(command)
}

const SETTING_UP: &str = "backstock init --name Ada --email ada@example.com > /dev/null\n\
    backstock products create sku=AB-1 name=Mug > /dev/null\n";

#[test]
fn on_a_full_disk_the_workspace_is_still_read() {
    let terminal = Terminal::new();
    let commands = format!(
        "{SETTING_UP}dd if=/dev/zero of=fill bs=1k 2> /dev/null || true\n\
         backstock products list\n\
         backstock products create sku=AB-2 name=Cup && exit 7\n\
         rm fill\n\
         backstock products create sku=AB-3 name=Jug"
    );
    let Some(mut shell) = small_disk(&terminal, &commands) else {
        return;
    };
    let ended = ran(shell.output());
    assert_eq!(ended.code, 0, "{}\n{}", ended.out, ended.err);
    assert!(ended.out.contains("AB-1  Mug"), "{}", ended.out);
    assert!(ended.out.contains("Created AB-3"), "{}", ended.out);
    let told = "error: The disk is full: the change was not saved.";
    assert!(ended.err.contains(told), "{}", ended.err);
}

#[test]
fn an_import_that_fills_the_disk_says_what_stays_saved() {
    let terminal = Terminal::new();
    let mut rows = String::from("sku,name,description\n");
    for row in 0..30_000 {
        rows.push_str(&format!("P{row},Product {row},{}\n", "x".repeat(60)));
    }
    let file = terminal.file("large.csv", rows);
    // There is room for the first set of records and not for all of them.
    let commands = format!(
        "mount -o remount,size=16m .\n{SETTING_UP}\
         backstock import {file} --yes && exit 7\n\
         mount -o remount,size=99m .\n\
         backstock call products.count '{{}}'\n\
         backstock verify-history"
    );
    let Some(mut shell) = small_disk(&terminal, &commands) else {
        return;
    };
    let ended = ran(shell.output());
    assert_eq!(ended.code, 0, "{}\n{}", ended.out, ended.err);
    let told = "The disk is full: the change was not saved. The ";
    let saved = ended.err.split_once(told).map(|(_, saved)| saved);
    let (saved, rest) = saved.and_then(|saved| saved.split_once(' ')).unwrap();
    assert!(
        rest.starts_with("records that were applied before stay applied."),
        "{rest}"
    );
    let saved: i64 = saved.parse().unwrap();
    assert_eq!(saved % 5_000, 0, "whole transactions");
    let counted = format!("\"count\": {}", saved + 1);
    assert!(ended.out.contains(&counted), "{saved}: {}", ended.out);
    let said = format!("{}{}", ended.out, ended.err);
    assert!(said.contains(&format!("{saved} created")), "{said}");
    assert!(
        ended.out.contains("The history is in order"),
        "{}",
        ended.out
    );
}
