//! What `docs/architecture.md` says about the source, kept true: who may import whom, where SQL
//! stands, how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// For each room of the core, the rooms that it may import. `error` may be imported by all.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("values", &[]),
    ("catalog", &["values"]),
    ("people", &["values"]),
    ("orders", &["values", "catalog"]),
    ("purchasing", &["values", "catalog", "orders"]),
    (
        "plan",
        &["values", "catalog", "people", "orders", "purchasing"],
    ),
    (
        "csv_io",
        &[
            "values",
            "catalog",
            "people",
            "orders",
            "purchasing",
            "plan",
        ],
    ),
    (
        "channels",
        &["values", "catalog", "people", "orders", "purchasing"],
    ),
    (
        "store",
        &[
            "values",
            "catalog",
            "people",
            "orders",
            "purchasing",
            "plan",
        ],
    ),
    (
        "jobs",
        &[
            "values",
            "catalog",
            "people",
            "orders",
            "purchasing",
            "plan",
            "csv_io",
            "channels",
            "store",
        ],
    ),
    (
        "commands",
        &[
            "values",
            "catalog",
            "people",
            "orders",
            "purchasing",
            "plan",
            "csv_io",
            "channels",
            "store",
            "jobs",
        ],
    ),
];

/// What a host with a window may use of the core.
const SHELL_MAY_USE: &[&str] = &["commands", "error", "values"];

const LONGEST_FILE: usize = 450;

#[test]
fn imports_of_the_core_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in files("src", &["rs"]) {
        let room = room_of(&file.path);
        if ["lib", "main", "cli"].contains(&room.as_str()) {
            continue;
        }
        let Some(may) = allowed.get(room.as_str()) else {
            wrong.push(format!(
                "{}: `{room}` is not in the table of rooms",
                file.path
            ));
            continue;
        };
        for used in imports(&file.code(), "crate::") {
            let known = allowed.contains_key(used.as_str());
            if known && used != room && used != "error" && !may.contains(&used.as_str()) {
                wrong.push(format!("{}: `{room}` may not import `{used}`", file.path));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_shell_uses_the_commands_and_nothing_below_them() {
    let mut wrong = Vec::new();
    for file in files("src-tauri/src", &["rs"]) {
        for used in imports(&file.code(), "backstock::") {
            if !SHELL_MAY_USE.contains(&used.as_str()) {
                wrong.push(format!(
                    "{}: a shell may not use `backstock::{used}`",
                    file.path
                ));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn imports_are_found_in_every_form() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::values::Sku;", &["values"]),
        (
            "use crate::{error::Error, store::{self, Db}};",
            &["error", "store"],
        ),
        (
            "use crate::{\n    plan,\n    values::{Clock, Date},\n};",
            &["plan", "values"],
        ),
        ("let x = crate::jobs::start();", &["jobs"]),
        ("use mycrate::store;", &[]),
        ("// use crate::store;\nfn f() {}", &[]),
    ];
    for (code, expected) in cases {
        let found = imports(&without_comments(code), "crate::");
        let expected: BTreeSet<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "imports of {code}");
    }
}

#[test]
fn sql_stands_in_the_store_alone() {
    let mut wrong = Vec::new();
    let sources = ["src", "src-tauri/src", "xtask/src"];
    for file in sources.iter().flat_map(|folder| files(folder, &["rs"])) {
        if room_of(&file.path) == "store" {
            continue;
        }
        for (number, line) in file.code().lines().enumerate() {
            if is_sql(line) {
                wrong.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn sql_is_told_from_prose() {
    let sql = [
        r#"query("select id from product where sku = ?")"#,
        r#""INSERT INTO product (id) values (?)""#,
        r#""update product set name = ?""#,
        r#""delete from product""#,
        "use sqlx::Row;",
    ];
    for line in sql {
        assert!(is_sql(line), "{line} is SQL");
    }
    let prose = [
        r#""Select a file, or drop one from another window""#,
        r#"let updated = settings.update(key);"#,
        r#""Delete TSHIRT-001?""#,
    ];
    for line in prose {
        assert!(!is_sql(line), "{line} is not SQL");
    }
}

#[test]
fn every_module_says_what_it_is() {
    let folders = ["src", "src-tauri", "xtask", "tests", "benches"];
    let silent: Vec<String> = folders
        .iter()
        .flat_map(|folder| files(folder, &["rs"]))
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| format!("{}: does not open with `//!`", file.path))
        .collect();
    assert_none(&silent);
}

#[test]
fn only_the_host_folder_knows_tauri() {
    let package = "@tauri-apps";
    let wrong: Vec<String> = files("ui/src", &["ts", "tsx"])
        .into_iter()
        .filter(|file| !file.path.starts_with("ui/src/host/") && file.text.contains(package))
        .map(|file| format!("{}: imports {package}; only ui/src/host may", file.path))
        .collect();
    assert_none(&wrong);
}

#[test]
fn every_migration_has_its_twin() {
    let names = |folder: &str| -> BTreeSet<String> {
        files(folder, &["sql"])
            .iter()
            .map(|file| file.path.trim_start_matches(folder).to_owned())
            .collect()
    };
    assert_eq!(
        names("migrations/sqlite"),
        names("migrations/mysql"),
        "the two folders have the same files"
    );
}

#[test]
fn no_file_is_too_long_to_read() {
    let folders = [
        "src",
        "src-tauri/src",
        "xtask/src",
        "tests",
        "benches",
        "ui/src",
    ];
    let long: Vec<String> = folders
        .iter()
        .flat_map(|folder| files(folder, &["rs", "ts", "tsx", "css", "py"]))
        .filter(|file| !file.path.starts_with("ui/src/bindings/"))
        .map(|file| (file.text.lines().count(), file.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{path}: {lines} lines; at most {LONGEST_FILE}"))
        .collect();
    assert_none(&long);
}

#[test]
fn no_check_is_switched_off() {
    // Written in two halves, so that this file does not find itself.
    let rust = [
        concat!("#[", "ignore"),
        concat!("#[", "allow("),
        concat!("#![", "allow("),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    let typescript = [
        concat!(".", "skip("),
        concat!(".", "only("),
        concat!("@ts", "-ignore"),
        concat!("@ts", "-nocheck"),
        concat!("eslint", "-disable"),
    ];
    let mut wrong = Vec::new();
    let mut look = |file: &Source, marks: &[&str]| {
        for mark in marks.iter().filter(|mark| file.text.contains(**mark)) {
            wrong.push(format!("{}: {mark}", file.path));
        }
    };
    for folder in ["src", "src-tauri/src", "xtask/src", "tests", "benches"] {
        files(folder, &["rs"])
            .iter()
            .for_each(|file| look(file, &rust));
    }
    for file in files("ui/src", &["ts", "tsx"]) {
        if !file.path.starts_with("ui/src/bindings/") {
            look(&file, &typescript);
        }
    }
    assert_none(&wrong);
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    let mut documents = files("docs", &["md"]);
    documents.extend(files("migrations", &["md"]));
    let top = ["README.md", "CHANGELOG.md"];
    documents.extend(
        top.iter()
            .filter_map(|name| Source::read(&root().join(name))),
    );
    let mut dead = Vec::new();
    for document in documents {
        let folder = root().join(&document.path);
        for link in links(&document.text) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            if !folder.parent().unwrap_or(&folder).join(target).exists() {
                dead.push(format!("{}: {link}", document.path));
            }
        }
    }
    assert_none(&dead);
}

/// A file of the repository.
struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn read(path: &Path) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let relative = path.strip_prefix(root()).unwrap_or(path);
        Some(Self {
            path: relative.to_string_lossy().replace('\\', "/"),
            text,
        })
    }

    /// The text without its comments.
    fn code(&self) -> String {
        without_comments(&self.text)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files under a folder with one of the extensions, what tools put there left out.
fn files(folder: &str, extensions: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if !["node_modules", "gen", "dist"]
                    .iter()
                    .any(|tools| name == *tools)
                {
                    folders.push(path);
                }
            } else if extensions
                .iter()
                .any(|ext| path.extension().is_some_and(|own| own == *ext))
            {
                found.extend(Source::read(&path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The first name after `src/`.
fn room_of(path: &str) -> String {
    let inner = path.strip_prefix("src/").unwrap_or_default();
    let first = inner.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs").to_owned()
}

fn without_comments(code: &str) -> String {
    let lines = code.lines().map(|line| match line.trim_start() {
        comment if comment.starts_with("//") => "",
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The names that follow `prefix`, alone or as a group in braces.
fn imports(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|char| char.is_alphanumeric() || char == '_' || char == '$') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_names(group)),
            None => found.extend(name_at_start(rest)),
        }
    }
    found
}

/// The first name of each element of a group, up to its closing brace.
fn top_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut expects_name = true;
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => expects_name = true,
            _ if depth == 0 && expects_name && !char.is_whitespace() => {
                names.extend(name_at_start(&group[at..]));
                expects_name = false;
            }
            _ => {}
        }
    }
    names
}

fn name_at_start(text: &str) -> Option<String> {
    let name: String = text
        .chars()
        .take_while(|char| char.is_alphanumeric() || *char == '_')
        .collect();
    // A type of the crate's root is no room.
    (name.starts_with(char::is_lowercase)).then_some(name)
}

fn is_sql(line: &str) -> bool {
    let line = line.to_lowercase();
    let has_both = |first: &str, second: &str| {
        line.find(first)
            .is_some_and(|at| line[at..].contains(second))
    };
    line.contains("sqlx::")
        || line.contains("insert into ")
        || line.contains("\"delete from ")
        || line.contains("create table ")
        || has_both("\"select ", " from ") && !line.contains(", or ")
        || has_both("\"update ", " set ")
}

/// Where the links of a Markdown text lead.
fn links(text: &str) -> Vec<&str> {
    text.match_indices("](")
        .filter_map(|(at, mark)| text[at + mark.len()..].split([')', ' ']).next())
        .collect()
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
