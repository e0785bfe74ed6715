//! A practice shop in a process of its own, so that its memory is not counted as ours, and what the bench
//! does with it besides syncing.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use sandbox::maropost::{Maropost, Settings};
use sandbox::shopify::{Shopify, ShopifyOptions};
use sandbox::{Catalogue, Clock, Edit, Server, Shop};
use serde_json::{Value as Json, json};

use domain::channel::Platform;

/// The seed of every catalogue here.
const SEED: u64 = 7;

/// A practice shop that runs beside this process, and ends with it.
pub struct Served {
    process: Child,
    pub url: String,
    pub secret: String,
}

impl Served {
    /// Opens a shop with so many products.
    pub fn start(platform: Platform, products: u32) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--serve", word(platform), "--products"])
            .arg(products.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        lines.read_line(&mut said).unwrap();
        let said: Json = serde_json::from_str(&said).unwrap();
        let text = |key: &str| said[key].as_str().unwrap().to_owned();
        Self {
            process,
            url: text("url"),
            secret: text("secret"),
        }
    }

    /// Begins to count what the shop is asked.
    pub fn count_anew(&self) {
        practice(&self.url, "DELETE", "journal", &Json::Null);
    }

    /// How many requests the shop was asked since, and their points.
    pub fn asked(&self) -> (f64, f64) {
        let all = &practice(&self.url, "GET", "journal", &Json::Null)["all"];
        (
            all["requests"].as_f64().unwrap(),
            all["points"].as_f64().unwrap(),
        )
    }

    /// Changes things as the merchant would.
    pub fn edit(&self, edits: &[Edit]) {
        for edits in edits.chunks(1_000) {
            practice(&self.url, "POST", "edits", &json!(edits));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It stops when nothing can be told to it any more.
        drop(self.process.stdin.take());
        self.process.wait().ok();
    }
}

/// Moves the clock of the shop at `url` on.
pub fn advance(url: &str, millis: u64) {
    practice(url, "POST", "clock", &json!({ "millis": millis }));
}

/// Serves a shop until the other end of the standard input is gone.
pub fn serve(platform: &str, products: u32) {
    let catalogue = Catalogue::new(SEED, u64::from(products));
    let clock = Clock::now_on();
    if platform == word(Platform::Shopify) {
        let options = ShopifyOptions {
            opens: clock.now(),
            ..ShopifyOptions::new(catalogue)
        };
        let shop = Shopify::new(&options);
        let token = shop.token().to_owned();
        stay(&Server::open(shop, clock, 0).unwrap(), &token);
    } else {
        let shop = Maropost::new(&catalogue, Settings::default(), clock.now());
        stay(&Server::open(shop, clock, 0).unwrap(), "practice-key");
    }
}

fn stay<S: Shop>(server: &Server<S>, secret: &str) {
    println!("{}", json!({ "url": server.url(), "secret": secret }));
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

pub const fn word(platform: Platform) -> &'static str {
    match platform {
        Platform::Shopify => "shopify",
        Platform::Maropost => "maropost",
    }
}

/// Asks the practice shop itself.
fn practice(url: &str, method: &str, path: &str, body: &Json) -> Json {
    let host = url.trim_start_matches("http://");
    let body = match body {
        Json::Null => String::new(),
        body => body.to_string(),
    };
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} /practice/{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(" 200 "), "{method} {path}: {head} {body}");
    serde_json::from_str(body).unwrap()
}
