//! The source files of this repository, and what can be read in them without a parser.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the repository.
pub struct Source {
    /// From the root, with `/`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

impl Source {
    /// Reads a file; nothing when it is not text.
    pub fn read(path: &Path) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let relative = path.strip_prefix(root()).unwrap_or(path);
        Some(Self {
            path: relative.to_string_lossy().replace('\\', "/"),
            text,
        })
    }

    /// How many lines stand before the tests, if there are any.
    pub fn lines_of_code(&self) -> usize {
        let code = self.text.split("\n#[cfg(test)]\nmod tests {").next();
        code.unwrap_or_default().lines().count()
    }

    /// The text before the tests.
    pub fn without_tests(&self) -> &str {
        let code = self.text.split("\n#[cfg(test)]\n").next();
        code.unwrap_or_default()
    }

    /// The text without its comments.
    pub fn code(&self) -> String {
        without_comments(&self.text)
    }
}

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files under a folder with one of the extensions, what tools put there left out.
pub fn files(folder: &str, extensions: &[&str]) -> Vec<Source> {
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

/// The first name of a path after its `folder`.
pub fn room_of(path: &str, folder: &str) -> String {
    let inner = path.strip_prefix(folder).unwrap_or_default();
    let inner = inner.trim_start_matches('/');
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
pub fn imports(code: &str, prefix: &str) -> BTreeSet<String> {
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

/// Whether a line of code holds SQL.
pub fn is_sql(line: &str) -> bool {
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
pub fn links(text: &str) -> Vec<&str> {
    text.match_indices("](")
        .filter_map(|(at, mark)| text[at + mark.len()..].split([')', ' ']).next())
        .collect()
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
