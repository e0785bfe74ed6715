//! Suppliers on a terminal, and what they sell.

use super::people::hire_bob;
use super::{Terminal, on_each_workspace, ran};

#[test]
fn a_buyer_keeps_suppliers_and_what_they_sell() {
    let terminal = Terminal::ready();
    let run = |args: &[&str]| terminal.run(args).json(0);
    let text = |args: &[&str]| {
        let ran = terminal.run(args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    run(&["products", "create", "sku=MUG", "name=Mug", "--json"]);
    for (code, name) in [("ACME", "name=Acme Textiles"), ("KILN", "name=Kiln & Co")] {
        let made = run(&[
            "suppliers",
            "create",
            &format!("code={code}"),
            name,
            "--json",
        ]);
        assert_eq!(made["record"]["fields"]["supplier.code"], code);
        let sold = [
            "supplier-products",
            "create",
            &format!("supplier={code}"),
            "product_sku=MUG",
            "cost=4.20",
            "pack_size=6",
            "--json",
        ];
        let sold = run(&sold);
        assert_eq!(sold["record"]["fields"]["supplier_product.cost"], 42_000);
    }
    let who = run(&["products", "suppliers", "MUG", "--json"]);
    assert_eq!(who["total"], 2);
    let shown = text(&["suppliers", "show", "ACME"]);
    assert!(
        shown.contains("Name                 Acme Textiles"),
        "{shown}"
    );
    let terms = ["suppliers", "update", "ACME", "lead_time=5", "currency=EUR"];
    assert!(text(&terms).starts_with("Updated ACME."));
    let found = text(&["suppliers", "list", "--search", "kiln"]);
    assert!(found.contains("1 of 1 suppliers"), "{found}");
    terminal
        .run(&["suppliers", "update", "ACME", "orders_as=fax"])
        .refused(1, "pdf, csv or both");
    terminal
        .run(&["suppliers", "show", "NOBODY"])
        .refused(1, "no supplier with the Code NOBODY");
    text(&["suppliers", "delete", "ACME"]);
    let trash = run(&["suppliers", "list", "--trashed", "--json"]);
    assert_eq!(trash["rows"][0]["fields"]["supplier.code"], "ACME");
    let kept = terminal.run(&["suppliers", "delete", "ACME", "--for-good", "--yes"]);
    assert_ne!(kept.code, 0);
    assert!(kept.out.contains("supplier products of it"), "{}", kept.out);
    text(&["suppliers", "restore", "ACME"]);
    let history = text(&["suppliers", "history", "ACME"]);
    assert!(history.contains("Lead time:  → 5"), "{history}");
}

#[test]
fn suppliers_and_their_prices_come_from_files() {
    let terminal = Terminal::ready();
    let run = |args: &[&str]| terminal.run(args).json(0);
    let catalogue = terminal.file("catalogue.csv", "sku,name\nMUG,Mug\nCUP,Cup\n");
    let suppliers = terminal.file(
        "suppliers.csv",
        "Code,Name,Lead time\nACME,Acme Textiles,5\nKILN,Kiln & Co,\n",
    );
    let list = "Supplier,SKU,Cost,Pack size\nACME,MUG,4.20,6\nKILN,MUG,3.90,\nKILN,CUP,2.00,\n\
                  NOBODY,CUP,1.00,\nKILN,PLATE,1.00,\n,CUP,1.00,\n";
    let prices = terminal.file("prices.csv", list);
    run(&["import", &catalogue, "--yes", "--json"]);
    let made = run(&[
        "import",
        &suppliers,
        "--kind",
        "suppliers",
        "--yes",
        "--json",
    ]);
    assert_eq!(made["created"], 2, "{made:#}");
    let sold = [
        "import",
        &prices,
        "--kind",
        "supplier_products",
        "--yes",
        "--json",
    ];
    let sold = terminal.run(&sold);
    let told = sold.json(sold.code);
    assert_eq!(told["created"], 3, "{told:#}");
    assert_eq!(told["rejected"], 3, "{told:#}");
    let who = run(&["products", "suppliers", "MUG", "--json"]);
    assert_eq!(who["total"], 2);
    let again = [
        "import",
        &prices,
        "--kind",
        "supplier_products",
        "--dry-run",
        "--json",
    ];
    let again = terminal.run(&again);
    assert_eq!(again.json(again.code)["unchanged"], 3);
    terminal
        .run(&["import", &prices, "--kind", "shelf", "--dry-run"])
        .refused(2, "no kind of record \"shelf\"");
}

#[tokio::test]
async fn a_buyer_imports_two_price_files_sees_what_is_covered_and_takes_one_back() {
    on_each_workspace(|terminal| {
        terminal.init().json(0);
        let run = |args: &[&str]| terminal.run(args).json(0);
        let catalogue = terminal.file(
            "catalogue.csv",
            "sku,name,barcode,price\nMUG,Mug,4006381333931,10.00\nCUP,Cup,5901234123457,8.00\nPOT,Pot,,9.00\n",
        );
        run(&["import", &catalogue, "--yes", "--json"]);
        for code in ["code=ACME", "code=KILN", "code=IDLE"] {
            run(&["suppliers", "create", code, "name=One", "--json"]);
        }
        let uncovered = || {
            let page = run(&["products", "list", "--coverage", "none", "--json"]);
            let rows = page["rows"].as_array().unwrap().iter();
            rows.map(|row| row["sku"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(uncovered(), ["CUP", "MUG", "POT"]);

        let by_barcode = terminal.file(
            "acme.csv",
            "Item code,EAN,Price,Pack size\nA-1,4006381333931,24.00,6\nA-2,5901234123457,5.00,1\nA-3,9310000000018,1.00,1\n",
        );
        let acme = ["import", &by_barcode, "--supplier", "ACME", "--yes", "--json"];
        let asked = [&acme[..4], &["--yes"]].concat();
        terminal.run(&asked).refused(2, "--cost-per");
        let acme = terminal.run(&[&acme[..], &["--cost-per", "pack"]].concat());
        let first = acme.json(4);
        assert_eq!((&first["created"], &first["rejected"]), (&2.into(), &1.into()), "{first:#}");
        let notes = first["file"]["notes"].to_string();
        assert!(notes.contains("matched by Supplier's SKU"), "{first:#}");
        let sold = run(&["supplier-products", "show", "ACME/MUG", "--json"]);
        assert_eq!(sold["fields"]["supplier_product.cost"], 40_000);
        assert_eq!(uncovered(), ["POT"]);

        let by_sku = terminal.file("kiln.csv", "Your code,Net price\nMUG,3.50\nPOT,4.00\n");
        let kiln = ["import", &by_sku, "--supplier", "KILN", "--yes", "--json"];
        run(&kiln);
        assert_eq!(uncovered(), [""; 0]);
        let shown = terminal.run(&["products", "show", "MUG"]);
        assert!(shown.out.contains("several, none preferred"), "{}", shown.out);

        let out = terminal.folder.path().join("sold.csv").display().to_string();
        let export = ["supplier-products", "export", &out, "--supplier", "ACME", "--json"];
        assert_eq!(run(&export)["rows"], 2);
        let same = run(&["import", &out, "--dry-run", "--json"]);
        assert_eq!(same["unchanged"], 2, "{same:#}");
        let suppliers = terminal.folder.path().join("all.csv").display().to_string();
        assert_eq!(run(&["suppliers", "export", &suppliers, "--json"])["rows"], 3);

        let batch = first["batch"].as_str().unwrap();
        run(&["undo", batch, "--yes", "--json"]);
        assert_eq!(uncovered(), ["CUP"]);
        let history = terminal.run(&["supplier-products", "history", "ACME/MUG"]);
        assert!(history.out.contains("(undo)") && history.out.contains("(import)"), "{}", history.out);
        terminal
            .run(&["import", &by_sku, "--supplier", "NOBODY", "--dry-run"])
            .refused(1, "no supplier with the Code NOBODY");
        terminal
            .run(&["import", &by_sku, "--supplier", "KILN", "--match-by", "name", "--dry-run"])
            .refused(2, "product_sku, supplier_sku, barcode");
    })
    .await;
}

/// The cells of a table.
fn cells(table: &str) -> Vec<Vec<&str>> {
    table
        .lines()
        .map(|line| {
            let cells = line.split("  ").map(str::trim);
            cells.filter(|cell| !cell.is_empty()).collect()
        })
        .collect()
}

#[test]
fn who_sells_a_product_is_told_with_their_terms() {
    let terminal = Terminal::ready();
    let sold =
        "Supplier,SKU,Supplier's SKU,Cost,Preference\nKILN,MUG,K-77,3.90,1\nACME,MUG,,4.20,\n";
    for (kind, content) in [
        ("products", "sku,name\nMUG,Mug\n"),
        (
            "suppliers",
            "Code,Name\nACME,Acme Textiles\nKILN,Kiln & Co\n",
        ),
        ("supplier_products", sold),
    ] {
        let file = terminal.file("rows.csv", content);
        let import = ["import", &file, "--kind", kind, "--yes", "--json"];
        terminal.run(&import).json(0);
    }
    hire_bob(&terminal, "viewer");
    let asked = ["products", "suppliers", "MUG"];
    let mut as_bob = terminal.command();
    as_bob.env("BACKSTOCK_USER", "bob@example.com");
    for (ran, sees_costs) in [
        (terminal.run(&asked), true),
        (ran(as_bob.args(asked).output()), false),
    ] {
        let mut expected = vec![
            vec!["Code", "Name", "Supplier's SKU", "Preference", "Cost"],
            vec!["ACME", "Acme Textiles", "4.20"],
            vec!["KILN", "Kiln & Co", "K-77", "1", "3.90"],
        ];
        if !sees_costs {
            expected
                .iter_mut()
                .for_each(|line| line.truncate(line.len() - 1));
        }
        expected.push(vec!["2 of 2 suppliers"]);
        assert_eq!(cells(&ran.out), expected, "{}{}", ran.out, ran.err);
    }
}
