//! Shops on a terminal: connected, matched, synced, and what waits and failed.

use sandbox::maropost::{Maropost, Settings};
use sandbox::{Aim, Catalogue, Clock, Edit, Fault, Moment, Server};

use super::Terminal;

fn practice() -> Server<Maropost> {
    let clock = Clock::standing(Moment::START);
    let shop = Maropost::new(&Catalogue::new(7, 12), Settings::default(), clock.now());
    Server::open(shop, clock, 0).unwrap()
}

#[test]
fn a_shop_is_kept_in_step_on_a_terminal() {
    let shop = practice();
    let terminal = Terminal::ready();
    let run = |args: &[&str]| terminal.run(args).json(0);
    let text = |args: &[&str]| {
        let ran = terminal.run(args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let url = shop.url();
    let add = [
        "channel", "add", "maropost", "--name", "Outlet", "--url", url,
    ];
    terminal.run(&add).refused(2, "secret or key is missing");
    let wrong = [&add[..], &["--key", "wrong"]].concat();
    terminal.run(&wrong).refused(1, "key");
    let connected = text(&[&add[..], &["--key", "practice-key"]].concat());
    assert!(connected.starts_with("Connected Outlet.\n"), "{connected}");
    assert!(connected.contains("Stock lies in Main (1)."), "{connected}");
    assert!(!connected.contains("practice-key"), "{connected}");

    let planned = run(&["sync", "Outlet", "--plan", "--json"]);
    assert_eq!(planned["created_here"], 0, "nothing is created unasked");
    text(&["match", "Outlet", "--rest", "create"]);
    let waits = text(&["queue"]);
    assert!(waits.contains("← Create it here"), "{waits}");
    assert!(waits.contains("No sync runs by itself."), "{waits}");
    let synced = run(&["sync", "Outlet", "--yes", "--json"]);
    assert_eq!(synced["created_here"], 17, "{synced}");
    run(&["sync", "Outlet", "--yes", "--json"]);
    assert!(text(&["queue"]).contains("0 waiting"));

    text(&["products", "update", "CL-000010", "store_price=50"]);
    text(&["products", "update", "DM-000004", "store_price=170"]);
    let on = "DM-000004".to_owned();
    shop.edit(&Edit::Price { on, price: 16_000 }).unwrap();
    let waits = text(&["queue"]);
    assert!(waits.contains("→ Store price"), "{waits}");
    let asked = terminal.run(&["sync", "Outlet", "--yes", "--json"]).json(4);
    assert_eq!(
        (&asked["pushed"], &asked["conflicts"]),
        (&1.into(), &1.into()),
        "{asked}"
    );
    let waits = text(&["queue"]);
    assert!(waits.contains("⇄ Store price"), "{waits}");
    assert!(waits.contains("Both sides changed it."), "{waits}");
    let ours = ["sync", "Outlet", "--yes", "--on-conflict", "ours", "--json"];
    assert_eq!(run(&ours)["pushed"], 1);

    text(&["products", "update", "CL-000010", "store_price=51"]);
    let refused = Fault::ServerError {
        status: 500,
        done: false,
    };
    shop.fault(Aim {
        times: 50,
        ..Aim::next(refused, "UpdateItem")
    });
    let synced = terminal.run(&["sync", "Outlet", "--yes", "--json"]).json(4);
    assert_eq!(synced["failed"], 1, "{synced}");
    let failed = text(&["failures"]);
    assert!(failed.contains("CL-000010"), "{failed}");
    assert!(failed.contains("1 failed"), "{failed}");

    text(&["channel", "remove", "Outlet"]);
    terminal
        .run(&["sync", "Outlet", "--plan"])
        .refused(1, "Outlet");
}
