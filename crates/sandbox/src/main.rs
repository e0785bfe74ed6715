//! `practice-shops`: opens a practice Shopify and a practice Maropost on this machine, and says how to
//! come in, until it is stopped.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal prints"
)]

use std::process::ExitCode;

use sandbox::maropost::{Maropost, Settings};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Server, Shop};
use serde_json::Value;

const USAGE: &str = "\
Usage: practice-shops [--seed N] [--products N] [--orders N] [--shopify PORT] [--maropost PORT]

Opens a practice Shopify and a practice Maropost that sell the same things, in part: the first is without
the last fifth of the catalogue, the second without the first. Ports are free ones unless they are said.
Stop it with Ctrl-C: nothing is kept. The same seed makes the same shops.";

struct Wishes {
    seed: u64,
    products: u64,
    orders: u64,
    shopify: u16,
    maropost: u16,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wishes = match read(&arguments) {
        Ok(wishes) => wishes,
        Err(why) => {
            eprintln!("{why}\n\n{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match open(&wishes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("practice-shops: {why}");
            ExitCode::FAILURE
        }
    }
}

fn read(arguments: &[String]) -> Result<Wishes, String> {
    let mut wishes = Wishes {
        seed: 1,
        products: 100,
        orders: 40,
        shopify: 0,
        maropost: 0,
    };
    for pair in arguments.chunks(2) {
        let [name, value] = pair else {
            return Err(format!("{} wants a number.", pair[0]));
        };
        let wrong = || format!("{name} {value}: that is no number that fits.");
        match name.as_str() {
            "--seed" => wishes.seed = value.parse().map_err(|_| wrong())?,
            "--products" => wishes.products = value.parse().map_err(|_| wrong())?,
            "--orders" => wishes.orders = value.parse().map_err(|_| wrong())?,
            "--shopify" => wishes.shopify = value.parse().map_err(|_| wrong())?,
            "--maropost" => wishes.maropost = value.parse().map_err(|_| wrong())?,
            _ => return Err(format!("There is no {name}.")),
        }
    }
    Ok(wishes)
}

/// Opens both and stays until the program is stopped from outside.
fn open(wishes: &Wishes) -> std::io::Result<()> {
    let Wishes { seed, products, .. } = *wishes;
    let fifth = products / 5;
    let clock = Clock::now_on();
    let options = ShopifyOptions {
        opens: clock.now(),
        orders: wishes.orders,
        ..ShopifyOptions::new(Catalogue::new(seed, products - fifth))
    };
    let shopify = Server::open(Shopify::new(&options), clock.clone(), wishes.shopify)?;
    let catalogue = Catalogue::range(seed, fifth..products);
    let maropost = Maropost::new(&catalogue, Settings::default(), clock.now());
    let maropost = Server::open(maropost, clock, wishes.maropost)?;
    println!(
        "Seed {seed}, {products} products. Each shop says at /practice what it is and what it was asked.\n"
    );
    show(&shopify);
    show(&maropost);
    loop {
        std::thread::park();
    }
}

fn show<S: Shop>(server: &Server<S>) {
    let shop = server.shop();
    println!("{} at {}", shop.platform(), server.url());
    let Value::Object(about) = shop.about() else {
        return;
    };
    for (name, value) in about {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), String::from);
        println!("  {name}: {value}");
    }
    println!();
}
