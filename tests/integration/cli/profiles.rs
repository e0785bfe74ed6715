//! How a file is mapped is remembered, and kept under a name.

use serde_json::json;

use super::Terminal;

/// A file whose columns no field is called by.
const JUNE: &str = "Ref,What,Left,Buy\nA,Mug,5,1\n";

/// A workspace that has seen such a file, mapped by hand and kept as the profile Acme.
fn with_profile() -> Terminal {
    let terminal = Terminal::ready();
    let file = terminal.file("june.csv", JUNE);
    terminal
        .run(&["import", &file, "--yes"])
        .refused(2, "--map");
    let maps = ["Ref=sku", "What=name", "Left=stock", "Buy=cost"];
    let maps = maps.map(|map| ["--map", map]).concat();
    let import = ["import", &file, "--save-profile", "Acme", "--yes", "--json"];
    terminal.run(&[&import[..], &maps].concat()).json(0);
    terminal
}

fn stock(terminal: &Terminal, sku: &str) -> serde_json::Value {
    let shown = terminal.run(&["products", "show", sku, "--json"]).json(0);
    shown["product"]["fields"]["stock"].clone()
}

#[test]
fn a_file_of_a_known_shape_is_mapped_as_the_last_one_unless_it_starts_over() {
    let terminal = with_profile();
    let file = terminal.file("july.csv", "Left,Buy,What,Ref\n9,1,Mug,A\n");
    terminal
        .run(&["import", &file, "--start-over", "--yes"])
        .refused(2, "--map");
    let ran = terminal.run(&["import", &file, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("Mapped as last time (june.csv, "),
        "{}",
        ran.err
    );
    assert_eq!(stock(&terminal, "A"), 9);
}

#[test]
fn a_profile_maps_files_of_other_shapes_until_it_is_forgotten() {
    let terminal = with_profile();
    let listed = terminal.run(&["profiles", "list"]);
    assert!(
        listed.out.contains("Acme") && listed.out.contains("june.csv"),
        "{}",
        listed.out
    );
    let suppliers = ["profiles", "list", "--kind", "suppliers", "--json"];
    assert_eq!(terminal.run(&suppliers).json(0)["profiles"], json!([]));

    let file = terminal.file("other.csv", "What,Ref,Shelf,Left\nCup,B,A1,4\n");
    terminal
        .run(&["import", &file, "--yes"])
        .refused(2, "--map");
    let with = |more: &[&str]| {
        terminal.run(&[&["import", &file, "--profile", "acme", "--yes"][..], more].concat())
    };
    let ran = with(&[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in [
        "Mapped as the profile Acme says (june.csv, ",
        "warning: the file has no column \"Buy\".",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(stock(&terminal, "B"), 4);
    // What is mapped by hand comes on top of it.
    with(&["--map", "Shelf=brand", "--json"]).json(0);
    let shown = terminal.run(&["products", "show", "B"]);
    assert!(shown.out.contains("A1"), "{}", shown.out);
    with(&["--start-over"]).refused(2, "cannot be used with");

    let forget = ["profiles", "forget", "ACME", "--json"];
    terminal.run(&forget).json(0);
    with(&[]).refused(1, "There is no profile \"acme\".");
    terminal
        .run(&forget)
        .refused(1, "There is no profile \"ACME\".");
}
