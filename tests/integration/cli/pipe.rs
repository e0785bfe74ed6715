//! The app behind another program: commands as lines of JSON, answers and events as others.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::{Value as Json, json};

use super::terminal::{Ran, Terminal, ran};
use crate::support::PASSWORD;

/// A pipe that waits for lines.
fn spawned(mut command: Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).arg("pipe").spawn().unwrap()
}

/// Gives lines to a pipe without a workspace, ends it, and takes what it said.
fn piped(terminal: &Terminal, lines: &[String]) -> Ran {
    let mut command = terminal.command();
    command.env_remove("BACKSTOCK_WORKSPACE");
    let mut pipe = spawned(command);
    let mut input = pipe.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    ran(pipe.wait_with_output())
}

fn asked(id: u64, command: &str, request: Json) -> String {
    json!({ "id": id, "command": command, "request": request }).to_string()
}

/// What came back, line by line.
fn said(ran: &Ran) -> Vec<Json> {
    let lines = ran.out.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn answer(said: &[Json], id: u64) -> &Json {
    let found = said.iter().find(|line| line["id"] == id);
    found.unwrap_or_else(|| panic!("{id} was not answered: {said:?}"))
}

#[test]
fn commands_are_answered_by_their_number_and_events_are_told_unasked() {
    let terminal = Terminal::new();
    let made = asked(
        7,
        "workspaces.create_local",
        json!({ "name": "Shop North" }),
    );
    let ran = piped(&terminal, &[made]);
    let said = said(&ran);
    assert_eq!(answer(&said, 7)["ok"]["name"], "Shop North");
    assert!(
        said.contains(&json!({ "event": { "type": "stateChanged" } })),
        "{said:?}"
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));

    let ran = piped(&terminal, &[asked(1, "app.state", json!({}))]);
    assert_eq!(answer(&self::said(&ran), 1)["ok"]["stage"], "create_owner");
}

#[test]
fn what_is_refused_is_an_answer_too() {
    let refused = [
        asked(1, "products.burn", json!({})),
        asked(2, "products.count", json!({ "filter": {} })),
        asked(3, "host.grant", json!({ "path": null })),
        asked(4, "host.choose", json!({ "file": "a.csv" })),
    ];
    let ran = piped(&Terminal::new(), &refused);
    let said = said(&ran);
    for id in 1..=4 {
        let told = answer(&said, id)["error"]["message"].as_str().unwrap();
        assert!(!told.is_empty(), "{said:?}");
    }
    assert_eq!(ran.code, 0);
}

#[test]
fn a_line_that_cannot_be_understood_ends_it() {
    let terminal = Terminal::new();
    for line in ["{", "{\"id\": 1}", "[]"] {
        piped(&terminal, &[line.to_owned()]).refused(2, "A line cannot be understood");
    }
}

#[test]
fn files_are_given_by_path_and_dialogs_answer_what_was_said_before() {
    let terminal = Terminal::ready();
    let june = terminal.file("june.csv", "sku,name\nAB-1,Mug\n");
    let mut pipe = spawned(terminal.command());
    let mut input = pipe.stdin.take().unwrap();
    let mut out = BufReader::new(pipe.stdout.take().unwrap());
    let mut give = |id: u64, command: &str, request: Json| {
        writeln!(input, "{}", asked(id, command, request)).unwrap();
        wait_for(&mut out, id)["ok"].take()
    };

    assert_eq!(
        give(1, "host.grant", json!({ "path": june }))["name"],
        "june.csv"
    );
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD });
    assert_eq!(give(2, "session.sign_in", ada)["stage"], "ready");
    give(3, "host.choose", json!({ "path": june }));
    assert_eq!(give(4, "files.choose", json!({}))["name"], "june.csv");
    assert_eq!(give(5, "files.choose", json!({})), Json::Null);

    drop(input);
    assert!(pipe.wait().unwrap().success());
}

/// Reads until the answer with this number.
fn wait_for(out: &mut impl BufRead, id: u64) -> Json {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(
            out.read_line(&mut line).unwrap(),
            0,
            "{id} was not answered"
        );
        let said: Json = serde_json::from_str(&line).unwrap();
        if said["id"] == id {
            return said;
        }
    }
}
