//! `backstock products variants`: a family from nothing, in text and in JSON.

use super::Terminal;
use super::terminal::Ran;

/// That all of it was done.
fn done(ran: &Ran) {
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_family_is_generated_renamed_and_ordered() {
    let terminal = Terminal::ready();
    let fields = [
        "products",
        "create",
        "sku=TEE",
        "name=T-shirt",
        "store_price=19.95",
    ];
    done(&terminal.run(&fields));
    let of = |more: &[&str]| {
        let all = [&["products", "variants", "TEE"][..], more].concat();
        terminal.run(&all)
    };
    let generate = ["--generate", "Color=Red,Blue", "--generate", "Size=S,M"];
    let plan = of(&[
        &generate[..],
        &["--sku-pattern", "{sku}-{color:1}{size}", "--dry-run"],
    ]
    .concat());
    assert!(plan.out.contains("Red / S"), "{}", plan.out);
    assert!(plan.out.contains("TEE-RS"), "{}", plan.out);
    assert!(
        plan.out
            .ends_with("4 to create, 0 there already, 0 left out, 0 errors\n"),
        "{}",
        plan.out
    );
    let made = of(&[&generate[..], &["--except", "Blue/M", "--json"]].concat()).json(0);
    assert_eq!(made["changed"], 3);
    let same = of(&["--generate", "Color=Red", "--sku-pattern", "{fabric}"]);
    same.refused(1, "{fabric} stands for nothing");

    let renamed = of(&["--rename-option", "Color=Colour"]);
    assert!(
        renamed.out.starts_with("Changed: 3.\nBatch "),
        "{}",
        renamed.out
    );
    done(&of(&["--rename-value", "Colour:Blue=Navy"]));
    of(&["--rename-value", "Colour:Navy=Red"]).refused(1, "would both be Colour Red, Size S");
    of(&["--rename-value", "Navy"]).refused(2, "--rename-value Colour:Navy=Blue");
    done(&of(&["--order", "TEE-BLUE-S,TEE-RED-M"]));
    let list = of(&[]);
    let skus: Vec<&str> = list
        .out
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        skus,
        ["TEE-BLUE-S", "TEE-RED-M", "TEE-RED-S", "3"],
        "{}",
        list.out
    );
    assert!(list.out.contains("Colour Navy, Size S"), "{}", list.out);
}

#[test]
fn products_are_moved_under_a_parent_and_out_and_a_family_is_undone() {
    let terminal = Terminal::ready();
    done(&terminal.run(&["products", "create", "sku=TEE", "name=T-shirt"]));
    let of = |more: &[&str]| {
        let all = [&["products", "variants", "TEE"][..], more].concat();
        terminal.run(&all)
    };
    let generate = ["--generate", "Colour=Red", "--generate", "Size=S,M"];
    let made = of(&[&generate[..], &["--json"]].concat()).json(0);
    done(&terminal.run(&["products", "create", "sku=POLO", "name=Polo"]));
    let polo = |more: &[&str]| {
        let all = [&["products", "variants", "POLO"][..], more].concat();
        terminal.run(&all)
    };
    polo(&[
        "--move-to",
        "TEE",
        "--option",
        "Colour=Red",
        "--option",
        "Size=s",
    ])
    .refused(1, "as TEE-RED-S of TEE is");
    done(&polo(&[
        "--move-to",
        "TEE",
        "--option",
        "Colour=Red",
        "--option",
        "Size=L",
    ]));
    assert_eq!(
        of(&["--json"]).json(0)["variants"][2]["fields"]["sku"],
        "POLO"
    );
    done(&polo(&["--move-out"]));
    done(&polo(&["--make-parent", "POLOS", "--option", "Size=M"]));
    let batch = made["batchId"].as_str().unwrap();
    done(&terminal.run(&["undo", batch, "--yes"]));
    assert_eq!(
        of(&["--json"]).json(0)["variants"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert!(terminal.run(&["products", "list"]).out.contains("POLOS"));
}
