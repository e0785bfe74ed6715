//! Pictures on the command line.

use serde_json::Value as Json;

use super::{Terminal, ran};
use crate::support::{PictureServer, picture};

fn addresses(listed: &Json) -> Vec<String> {
    let images = listed["images"].as_array().unwrap().iter();
    images
        .map(|image| image["address"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn pictures_of_a_product_are_added_arranged_and_taken_away() {
    let terminal = Terminal::ready();
    terminal
        .run(&["products", "create", "sku=MUG", "name=Mug", "--json"])
        .json(0);
    let (one, two) = (
        terminal.file("1.png", picture(1)),
        terminal.file("2.png", picture(2)),
    );
    let added = [
        "products",
        "images",
        "MUG",
        "--add",
        &one,
        "--add",
        &two,
        "--add",
        "https://a.test/3.png",
        "--json",
    ];
    let listed = terminal.run(&added).json(0);
    let first = addresses(&listed);
    assert!(
        first[0].starts_with("image:") && first[2] == "https://a.test/3.png",
        "{listed}"
    );
    assert_eq!(listed["images"][0]["info"]["width"], 200);

    let run = |args: &[&str]| {
        let all = [&["products", "images", "MUG", "--json"][..], args].concat();
        addresses(&terminal.run(&all).json(0))
    };
    assert_eq!(
        run(&["--order", "3,1,2"]),
        [&first[2], &first[0], &first[1]].map(Clone::clone)
    );
    assert_eq!(
        run(&["--main", "3"]),
        [&first[1], &first[2], &first[0]].map(Clone::clone)
    );
    assert_eq!(
        run(&["--remove", "1"]),
        [&first[2], &first[0]].map(Clone::clone)
    );
    let told = terminal.run(&["products", "images", "MUG"]);
    assert!(
        told.out.contains("200 × 100 png") && told.out.contains("waiting"),
        "{}",
        told.out
    );

    for (args, part) in [
        (
            &["--remove", "3"][..],
            "There is no picture 3; the product has 2.",
        ),
        (
            &["--order", "1,1"],
            "The order must name every picture once.",
        ),
        (&["--order", "1"], "The order must name every picture once."),
    ] {
        terminal
            .run(&[&["products", "images", "MUG"][..], args].concat())
            .refused(2, part);
    }
    let letter = terminal.file("letter.png", "Dear shop");
    terminal
        .run(&["products", "images", "MUG", "--add", &letter])
        .refused(1, "letter.png: It is no picture.");
    assert_eq!(run(&[]).len(), 2, "nothing was added");
}

#[test]
fn what_failed_is_listed_fetched_again_and_cleaned() {
    let server = PictureServer::start();
    let terminal = Terminal::ready();
    let images = "alt_images=https://a.test/7.png\nhttps://a.test/gone";
    terminal
        .run(&[
            "products", "create", "sku=MUG", "name=Mug", images, "--json",
        ])
        .json(0);
    let fetching = |args: &[&str]| {
        let mut command = terminal.command();
        command.env("BACKSTOCK_IMAGES_FROM", server.address.to_string());
        ran(command.args(args).output())
    };
    let failed = fetching(&["images", "failed"]);
    assert!(
        failed.out.contains("2 are still to be fetched"),
        "{}",
        failed.out
    );
    let fetched = fetching(&["images", "retry", "--json"]).json(4);
    assert_eq!(
        (&fetched["stored"], &fetched["failed"]),
        (&1.into(), &1.into())
    );
    let failed = fetching(&["images", "failed"]);
    assert!(
        failed
            .out
            .contains("https://a.test/gone  MUG      no           There is nothing at its address"),
        "{}",
        failed.out
    );
    fetching(&["images", "retry", "https://a.test/7.png"])
        .refused(1, "not among the pictures that failed");
    fetching(&["images", "retry", "https://a.test/gone", "--json"]).json(4);
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|path| *path == "/gone").count(), 2);
    assert_eq!(asked.iter().filter(|path| *path == "/7.png").count(), 1);

    terminal.run(&["images", "clean"]).refused(2, "");
    let cleaned = terminal
        .run(&["images", "clean", "--yes", "--json"])
        .json(0);
    assert_eq!(cleaned["removed"], 0);
    terminal.run(&["products", "delete", "MUG"]);
    terminal.run(&["products", "delete", "MUG", "--for-good", "--yes"]);
    let cleaned = terminal
        .run(&["images", "clean", "--yes", "--json"])
        .json(0);
    assert_eq!(cleaned["removed"], 1);
}
