//! Connections: windows over ordered things.

use super::execute::Context;
use super::refusal::Refusal;
use super::value::{Args, Thing, Val};

/// The most nodes of a page.
const LARGEST_PAGE: i64 = 250;
/// How far one query can page.
const DEEPEST: usize = 25_000;

/// Which part of the root connection a bulk operation reads.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bulk {
    /// How many nodes were read already.
    pub(crate) from: usize,
    /// How many nodes are read at most.
    pub(crate) count: usize,
    /// Whether there are more after them; said by the connection.
    pub(crate) more: bool,
}

/// By what nodes are put in order, and where a cursor points: it holds when nodes come and go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Number(i64, u64),
    Text(String, u64),
}

/// The names of a connection's types.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kinds {
    pub(crate) connection: &'static str,
    pub(crate) edge: &'static str,
    /// Whether it is a field of the root, which a bulk operation reads in parts.
    pub(crate) root: bool,
}

/// Which part of a connection is wanted.
struct Window {
    count: usize,
    backwards: bool,
    cursor: Option<(usize, Key)>,
    reverse: bool,
}

/// The page of `all` that the arguments ask for. The keys of `all` are in ascending order; of its
/// things those count that `keep` keeps.
pub(crate) fn page(
    context: &Context<'_>,
    kinds: Kinds,
    args: &Args,
    all: impl DoubleEndedIterator<Item = (Key, Thing)>,
    mut keep: impl FnMut(&Thing) -> bool,
) -> Result<Val, Refusal> {
    if let Some(bulk) = context.bulk {
        let kept = all.filter(|(_, thing)| keep(thing));
        if !kinds.root {
            return Ok(connection(kinds, kept.collect(), 0, (false, false)));
        }
        let mut part = bulk.get();
        let mut nodes: Vec<_> = kept.skip(part.from).take(part.count + 1).collect();
        part.more = nodes.len() > part.count;
        bulk.set(part);
        nodes.truncate(part.count);
        return Ok(connection(kinds, nodes, 0, (false, false)));
    }
    let window = window(args)?;
    let descending = window.backwards != window.reverse;
    let mut nodes = if descending {
        take(all.rev(), &window, keep, |key, limit| key < limit)
    } else {
        take(all, &window, keep, |key, limit| key > limit)
    };
    let more = nodes.len() > window.count;
    nodes.truncate(window.count);
    if window.backwards {
        nodes.reverse();
    }
    let began = window.cursor.is_some();
    let around = if window.backwards {
        (began, more)
    } else {
        (more, began)
    };
    let passed = window.cursor.map_or(0, |(passed, _)| passed);
    if passed + nodes.len() > DEEPEST {
        let message = format!("a query pages no deeper than {DEEPEST} objects");
        return Err(Refusal::bad_request(message));
    }
    Ok(connection(kinds, nodes, passed, around))
}

/// Reads `first`, `last`, `after`, `before` and `reverse`.
fn window(args: &Args) -> Result<Window, Refusal> {
    let (count, backwards) = match (args.int("first"), args.int("last")) {
        (Some(_), Some(_)) => {
            return Err(Refusal::bad_request(
                "providing both first and last is not supported",
            ));
        }
        (Some(first), None) => (first, false),
        (None, Some(last)) => (last, true),
        (None, None) => {
            return Err(Refusal::bad_request(
                "you must provide one of first or last",
            ));
        }
    };
    if !(0..=LARGEST_PAGE).contains(&count) {
        let message = format!("{count} is no page size: it must be from 0 to {LARGEST_PAGE}");
        return Err(Refusal::bad_request(message));
    }
    let cursor = args.text(if backwards { "before" } else { "after" });
    Ok(Window {
        count: usize::try_from(count).unwrap_or_default(),
        backwards,
        cursor: cursor.map(read_cursor).transpose()?,
        reverse: args.flag("reverse").unwrap_or_default(),
    })
}

/// Up to the wanted number of nodes beyond the cursor, and one more if there is one.
fn take(
    all: impl Iterator<Item = (Key, Thing)>,
    window: &Window,
    mut keep: impl FnMut(&Thing) -> bool,
    beyond: impl Fn(&Key, &Key) -> bool,
) -> Vec<(Key, Thing)> {
    let limit = window.cursor.as_ref().map(|(_, key)| key);
    all.skip_while(|(key, _)| limit.is_some_and(|limit| !beyond(key, limit)))
        .filter(|(_, thing)| keep(thing))
        .take(window.count + 1)
        .collect()
}

fn connection(
    kinds: Kinds,
    nodes: Vec<(Key, Thing)>,
    passed: usize,
    (next, previous): (bool, bool),
) -> Val {
    let cursor = |(place, (key, _)): (usize, &(Key, Thing))| write_cursor(passed + place + 1, key);
    let cursors: Vec<String> = nodes.iter().enumerate().map(cursor).collect();
    let info = vec![
        ("hasNextPage", Val::from(next)),
        ("hasPreviousPage", Val::from(previous)),
        ("startCursor", Val::from(cursors.first().cloned())),
        ("endCursor", Val::from(cursors.last().cloned())),
    ];
    let things = Val::things(nodes.iter().map(|(_, thing)| thing.clone()));
    let edge = |(cursor, (_, thing)): (String, (Key, Thing))| {
        let fields = vec![("cursor", Val::from(cursor)), ("node", Val::Thing(thing))];
        Val::record(kinds.edge, fields)
    };
    let edges = cursors.into_iter().zip(nodes).map(edge).collect();
    Val::record(
        kinds.connection,
        vec![
            ("nodes", things),
            ("edges", Val::List(edges)),
            ("pageInfo", Val::record("PageInfo", info)),
        ],
    )
}

/// A cursor says how many nodes were passed and the key of the last; it looks like nothing that a
/// client could make itself.
fn write_cursor(passed: usize, key: &Key) -> String {
    let plain = match key {
        Key::Number(major, minor) => format!("{passed}:n:{minor}:{major}"),
        Key::Text(text, minor) => format!("{passed}:t:{minor}:{text}"),
    };
    plain
        .bytes()
        .map(|byte| format!("{:02x}", byte ^ 0x5A))
        .collect()
}

fn read_cursor(cursor: &str) -> Result<(usize, Key), Refusal> {
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok().map(|byte| byte ^ 0x5A)
    };
    let bytes: Option<Vec<u8>> = cursor.as_bytes().chunks(2).map(byte).collect();
    let plain = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    plain.as_deref().and_then(read_plain).ok_or_else(|| {
        let message = format!("Invalid cursor for current pagination sort: {cursor}");
        Refusal::bad_request(message)
    })
}

fn read_plain(plain: &str) -> Option<(usize, Key)> {
    let mut parts = plain.splitn(4, ':');
    let (passed, sort, minor, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let minor = minor.parse().ok()?;
    let key = match sort {
        "n" => Key::Number(rest.parse().ok()?, minor),
        "t" => Key::Text(String::from(rest), minor),
        _ => return None,
    };
    Some((passed.parse().ok()?, key))
}
