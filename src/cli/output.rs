//! What a command prints: one JSON document, or text for people. Errors go to stderr.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use domain::error::{Code, Error};
use serde_json::{Value as Json, json};

use super::interrupt::{INTERRUPTED, is_interrupted};

/// How a command ended.
pub enum Ended {
    /// All of it was done.
    Done(Printed),
    /// It was done, but rows were rejected or records were kept.
    WithRest(Printed),
    /// It was interrupted half-way.
    Interrupted(Printed),
    /// It was checked, and something is wrong.
    Wrong(Printed),
}

/// What a command has to say.
pub struct Printed {
    /// For programs.
    pub json: Json,
    /// For people.
    pub text: String,
}

impl Printed {
    /// The same fact for programs and for people.
    pub fn new(json: Json, text: impl Into<String>) -> Self {
        Self {
            json,
            text: text.into(),
        }
    }
}

/// Why a command did not do what it was asked.
pub enum Failure {
    /// What was typed cannot be understood, or leaves a question open.
    Usage(Error),
    /// It was refused, or it failed.
    Failed(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Something typed that cannot be understood, and what to type instead.
pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Failure {
    Failure::Usage(Error::invalid(message).hint(hint))
}

/// Prints how a command ended; the exit code says it too.
pub fn report(ended: Result<Ended, Failure>, as_json: bool) -> ExitCode {
    let (printed, code) = match ended {
        Ok(Ended::Done(printed)) => (printed, 0),
        Ok(Ended::WithRest(printed)) => (printed, 4),
        Ok(Ended::Interrupted(printed)) => (printed, INTERRUPTED),
        Ok(Ended::Wrong(printed)) => (printed, 1),
        Err(Failure::Usage(error)) => (failed(&error), 2),
        Err(Failure::Failed(error)) => (failed(&error), exit_code(error.code)),
    };
    let written = if as_json {
        print(&format!("{:#}", printed.json))
    } else if printed.text.is_empty() {
        Ok(())
    } else {
        print(printed.text.trim_end())
    };
    match written {
        // The reader has read enough, as `head` does.
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(code),
        Err(cause) => {
            complain(&Error::new(
                Code::File,
                format!("Cannot write the answer: {cause}"),
            ));
            ExitCode::from(1)
        }
        Ok(()) => ExitCode::from(code),
    }
}

fn failed(error: &Error) -> Printed {
    complain(error);
    Printed::new(json!({ "error": error }), "")
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

fn complain(error: &Error) {
    let mut text = format!("error: {}\n", plain(&error.message));
    for (field, message) in &error.fields {
        text.push_str(&format!("  {field}: {}\n", plain(message)));
    }
    if let Some(hint) = &error.hint {
        text.push_str(&format!("hint: {}\n", plain(hint)));
    }
    // There is nowhere left to say that stderr is closed.
    io::stderr().write_all(text.as_bytes()).ok();
}

/// The exit code of a failure; `--help` lists them.
fn exit_code(code: Code) -> u8 {
    match code {
        Code::Forbidden
        | Code::SignedOut
        | Code::Locked
        | Code::PasswordExpired
        | Code::SignInFailed => 3,
        Code::Cancelled if is_interrupted() => INTERRUPTED,
        Code::Invalid
        | Code::NotFound
        | Code::Conflict
        | Code::Unreachable
        | Code::DatabaseRefused
        | Code::NewerSchema
        | Code::PasswordNeeded
        | Code::Cancelled
        | Code::File
        | Code::Internal => 1,
    }
}

/// Says something beside the result, on stderr.
pub fn note(text: &str) {
    io::stderr().write_all(format!("{text}\n").as_bytes()).ok();
}

/// Asks a yes-or-no question on the terminal.
pub fn ask(question: &str) -> bool {
    io::stderr()
        .write_all(format!("{question} [y/N] ").as_bytes())
        .ok();
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// Whether a person sits in front of it who can be asked.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks whether to do what cannot be undone, unless `yes` was typed. An error when the answer is
/// no, or when no user is there to give one.
pub fn confirm(yes: bool, as_json: bool, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    can_be_asked(as_json)?;
    if ask(&plain(question)) {
        return Ok(());
    }
    Err(Error::new(Code::Cancelled, "Nothing was changed.").into())
}

/// Refuses what a person must confirm, where there is no terminal to ask on.
pub fn can_be_asked(as_json: bool) -> Result<(), Failure> {
    if can_ask() && !as_json {
        return Ok(());
    }
    Err(usage(
        "No user is there to confirm it.",
        "Add --yes to do it without a question.",
    ))
}

/// One line that a terminal shows and does not obey: names come from files of strangers.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Whether a person looks at what goes to stderr.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// A table: left-aligned columns, two spaces apart; `numbers` are right-aligned.
pub fn table(head: &[&str], rows: Vec<Vec<String>>, numbers: &[usize]) -> String {
    let plain_row = |row: Vec<String>| row.iter().map(|cell| plain(cell)).collect();
    let rows: Vec<Vec<String>> = rows.into_iter().map(plain_row).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max();
        widest.unwrap_or(0).max(head[column].chars().count())
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                if numbers.contains(&column) {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            });
        let joined = padded.collect::<Vec<_>>().join("  ");
        format!("{}\n", joined.trim_end())
    };
    let mut text = line(&mut head.iter().copied());
    for row in &rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_table_is_aligned() {
        let rows = vec![
            vec!["AB-1".into(), "7".into()],
            vec!["Ä\u{1b}".into(), "1200".into()],
        ];
        assert_eq!(
            table(&["SKU", "Stock"], rows, &[1]),
            "SKU   Stock\nAB-1      7\nÄ      1200\n"
        );
    }
}
