//! What `docs/architecture.md` says about the source, kept true: who may import whom, where SQL
//! stands, how long a file may be.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, files, imports, is_sql, links, room_of, root};

/// For each room of a crate, the rooms of the same crate that it may import; the compiler keeps the
/// arrows between crates. `error` may be imported by all.
const MAY_IMPORT: &[(&str, &str, &[&str])] = &[
    ("crates/domain/src", "error", &[]),
    ("crates/domain/src", "values", &[]),
    // Only to find what a key names: the list of kinds stands above the kinds.
    ("crates/domain/src", "record", &["values", "kinds"]),
    ("crates/domain/src", "catalog", &["values", "record"]),
    ("crates/domain/src", "purchasing", &["values", "record"]),
    (
        "crates/domain/src",
        "channel",
        &["values", "record", "catalog", "plan"],
    ),
    ("crates/domain/src", "people", &["values", "record"]),
    // The names of a custom field are held against what the kinds declare.
    (
        "crates/domain/src",
        "workspace",
        &["values", "record", "kinds"],
    ),
    (
        "crates/domain/src",
        "kinds",
        &[
            "record",
            "catalog",
            "channel",
            "purchasing",
            "people",
            "workspace",
        ],
    ),
    ("crates/domain/src", "plan", &["values", "record"]),
    ("src", "jobs", &[]),
    ("src", "commands", &["jobs"]),
    ("src", "cli", &["jobs", "commands"]),
];

/// Where the core stands: what needs no window.
const CORE: &[&str] = &[
    "crates/channels/src",
    "crates/domain/src",
    "crates/csv-io/src",
    "crates/images/src",
    "crates/store/src",
    "src",
];

/// Where Rust stands.
const RUST: &[&str] = &["crates", "src", "src-tauri", "xtask", "tests", "benches"];

/// What a host with a window may use of the core.
const SHELL_MAY_USE: &[&str] = &["backstock::commands", "domain::error", "domain::values"];

/// In lines; the tests at the end of a file are not counted.
const LONGEST_FILE: usize = 400;

/// A story may be longer than what it tells of.
const LONGEST_TEST: usize = 600;

#[test]
fn imports_inside_a_crate_point_one_way() {
    let mut wrong = Vec::new();
    for folder in ["crates/domain/src", "src"] {
        let rooms: BTreeMap<&str, &[&str]> = MAY_IMPORT
            .iter()
            .filter(|(of, ..)| *of == folder)
            .map(|(_, room, may)| (*room, *may))
            .collect();
        for file in files(folder, &["rs"]) {
            let room = room_of(&file.path, folder);
            let is_test = file.path.ends_with("/tests.rs");
            if is_test || ["lib", "main"].contains(&room.as_str()) {
                continue;
            }
            let Some(may) = rooms.get(room.as_str()) else {
                wrong.push(format!(
                    "{}: `{room}` is not in the table of rooms",
                    file.path
                ));
                continue;
            };
            for used in imports(file.without_tests(), "crate::") {
                let known = rooms.contains_key(used.as_str());
                if known && used != room && used != "error" && !may.contains(&used.as_str()) {
                    wrong.push(format!("{}: `{room}` may not import `{used}`", file.path));
                }
            }
        }
    }
    assert_none(&wrong);
}

/// Rooms in which no files import each other in a circle. A folder counts as one file: what stands above its
/// files and they may know each other.
const NO_CIRCLES: &[&str] = &[
    "crates/channels/src",
    "crates/csv-io/src",
    "crates/domain/src/plan",
    "crates/images/src",
    "crates/store/src/images",
    "crates/store/src/apply",
    "crates/store/src/history",
    "src/cli",
    "src/commands",
    "src/jobs",
];

#[test]
fn no_files_of_a_room_import_each_other_in_a_circle() {
    let circles = NO_CIRCLES.iter().flat_map(|room| {
        let arrows = in_circles(siblings_imported(room)).into_iter();
        arrows.map(move |arrow| format!("{room}: {arrow}"))
    });
    assert_none(&circles.collect::<Vec<_>>());
}

/// By the file that imports.
type Arrows = BTreeMap<String, BTreeSet<String>>;

/// What each file of a room imports of the files beside it.
fn siblings_imported(room: &str) -> Arrows {
    let (_, below) = room.rsplit_once("src").unwrap_or_default();
    let path = format!("crate{}::", below.replace('/', "::"));
    let mut arrows = Arrows::new();
    for file in files(room, &["rs"]) {
        let name = room_of(&file.path, room);
        if file.path.ends_with("/tests.rs") || ["lib", "main", "mod"].contains(&name.as_str()) {
            continue;
        }
        let inner = file.path.trim_start_matches(room);
        let depth = inner.trim_end_matches("/mod.rs").matches('/').count();
        let mut used = imports(file.without_tests(), &path);
        used.extend(imports(file.without_tests(), &"super::".repeat(depth)));
        used.remove(&name);
        arrows.entry(name).or_default().extend(used);
    }
    arrows
}

/// The arrows that lie in circles or between two: what is left when files that import none of the others,
/// or that none of the others imports, are taken away again and again.
fn in_circles(mut arrows: Arrows) -> Vec<String> {
    let mut before = usize::MAX;
    while arrows.len() < before {
        before = arrows.len();
        let files: BTreeSet<String> = arrows.keys().cloned().collect();
        for used in arrows.values_mut() {
            used.retain(|file| files.contains(file));
        }
        let imported: BTreeSet<String> = arrows.values().flatten().cloned().collect();
        arrows.retain(|file, used| !used.is_empty() && imported.contains(file));
    }
    let arrow = |(file, used)| format!("{file} → {used:?}");
    arrows.iter().map(arrow).collect()
}

#[test]
fn a_circle_is_told_from_what_hangs_on_it() {
    let arrows = |list: &[(&str, &[&str])]| -> Arrows {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let each = list
            .iter()
            .map(|(file, used)| ((*file).to_owned(), owned(used)));
        each.collect()
    };
    let list = [
        ("call", &["app", "identity"][..]),
        ("identity", &["roles"]),
        ("roles", &["call", "events"]),
        ("app", &["events"]),
        ("events", &[]),
        ("list", &["call", "roles"]),
    ];
    let found = in_circles(arrows(&list));
    let files: Vec<_> = found
        .iter()
        .filter_map(|arrow| arrow.split(' ').next())
        .collect();
    assert_eq!(files, ["call", "identity", "roles"]);
    let straight = [
        ("call", &["app"][..]),
        ("app", &["events"]),
        ("events", &[]),
    ];
    assert_eq!(in_circles(arrows(&straight)), [""; 0]);
}

/// Where the engine stands, which knows no kind of record and no field of one.
const ENGINE: &[&str] = &[
    "crates/domain/src/plan/",
    "crates/domain/src/record/",
    "crates/store/src/apply/",
    "crates/store/src/history/",
    "crates/store/src/plan_file/",
    "crates/store/src/record_row.rs",
    "crates/store/src/records.rs",
    "src/jobs/",
    "src/commands/batches.rs",
    "src/commands/history.rs",
    "src/commands/mappings.rs",
    "src/commands/plans.rs",
    "src/commands/revise.rs",
    "src/commands/records/",
];

/// Jobs that are about products: the practice catalogue, the filter of their list in an export, and the sync
/// with shops.
const NOT_ENGINE: &[&str] = &[
    "src/jobs/export.rs",
    "src/jobs/practice.rs",
    "src/jobs/sync/",
];

#[test]
fn the_engine_knows_no_kind_of_record() {
    let kinds = [
        "catalog::",
        "product::",
        "PRODUCT",
        "people::kinds",
        "purchasing::",
        "supplier::",
        "\"sku\"",
        "'product'",
    ];
    let mut wrong = Vec::new();
    for file in CORE.iter().flat_map(|folder| files(folder, &["rs"])) {
        let is_engine = ENGINE.iter().any(|room| file.path.starts_with(room));
        let is_test = file.path.ends_with("/tests.rs");
        if !is_engine || is_test || NOT_ENGINE.iter().any(|path| file.path.starts_with(path)) {
            continue;
        }
        for kind in kinds {
            if file.without_tests().contains(kind) {
                wrong.push(format!("{}: names {kind}", file.path));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_shell_uses_the_commands_and_nothing_below_them() {
    let mut wrong = Vec::new();
    for file in files("src-tauri/src", &["rs"]) {
        for of in ["backstock", "domain", "csv_io", "store"] {
            for used in imports(&file.code(), &format!("{of}::")) {
                let used = format!("{of}::{used}");
                if !SHELL_MAY_USE.contains(&used.as_str()) {
                    wrong.push(format!("{}: a shell may not use `{used}`", file.path));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn sql_stands_in_the_store_alone() {
    let mut wrong = Vec::new();
    let sources = CORE.iter().chain(&["src-tauri/src", "xtask/src"]);
    for file in sources.flat_map(|folder| files(folder, &["rs"])) {
        if file.path.starts_with("crates/store/") {
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
fn every_module_says_what_it_is() {
    let silent: Vec<String> = RUST
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
    let long: Vec<String> = RUST
        .iter()
        .chain(&["ui/src"])
        .flat_map(|folder| files(folder, &["rs", "ts", "tsx", "css", "py"]))
        .filter(|file| !file.path.starts_with("ui/src/bindings/"))
        .filter_map(|file| {
            let (lines, is_test) = (file.lines_of_code(), is_test(&file.path));
            let most = if is_test { LONGEST_TEST } else { LONGEST_FILE };
            (lines > most).then(|| format!("{}: {lines} lines; at most {most}", file.path))
        })
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
    for folder in RUST {
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

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/")
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
