//! The practice Maropost, asked over HTTP as any client would.

mod any_request;
mod any_settings;
mod categories;
mod door;
mod faults;
mod merchant;
mod messages;
mod orders;
mod orders_behind;
mod orders_written;
mod parts;
mod reading;
mod seeded;
mod shapes;
mod stock;
mod writing;
mod writing_unsure;

use reqwest::Client;
use reqwest::header::HeaderMap;
use sandbox::maropost::{Maropost, Settings};
use sandbox::{Catalogue, Clock, Moment, Server};
use serde_json::{Value, json};

/// A practice shop and a client.
struct Practice {
    server: Server<Maropost>,
    client: Client,
}

/// What came back.
struct Answered {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answered {
    /// The body, which has to be JSON.
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The name of what the practice shop does not simulate; empty for an answer of the platform's.
    fn gap(&self) -> &str {
        let name = self.headers.get("x-sandbox-error");
        name.map_or("", |name| name.to_str().unwrap())
    }
}

impl Practice {
    /// A shop with nothing to sell, set up by `change`.
    fn set(change: impl FnOnce(&mut Settings)) -> Self {
        Self::filled(&Catalogue::new(1, 0), change)
    }

    /// A shop with nothing to sell.
    fn empty() -> Self {
        Self::set(|_| {})
    }

    /// A shop with goods.
    fn filled(catalogue: &Catalogue, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings);
        let shop = Maropost::new(catalogue, settings, Moment::START);
        let clock = Clock::standing(Moment::START);
        let server = Server::open(shop, clock, 0).unwrap();
        Self {
            server,
            client: crate::client(),
        }
    }

    /// Changes how the shop answers.
    fn configure(&self, change: impl FnOnce(&mut Settings)) {
        self.server.shop().configure(change);
    }

    /// Sends a request with these headers and this body to the endpoint.
    async fn send(&self, headers: &[(&str, &str)], body: &str) -> Answered {
        let url = format!("{}/do/WS/NetoAPI", self.server.url());
        let mut request = self.client.post(url).body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answered(request.send().await.unwrap()).await
    }

    /// Asks for an action as the documents say.
    async fn ask(&self, action: &str, body: &Value) -> Answered {
        let headers = [
            ("NETOAPI_ACTION", action),
            ("NETOAPI_KEY", "practice-key"),
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
        ];
        self.send(&headers, &body.to_string()).await
    }

    /// Asks for an action and reads what is answered, whatever `Ack` says.
    async fn call(&self, action: &str, body: Value) -> Value {
        let answered = self.ask(action, &body).await;
        assert_eq!(answered.gap(), "", "{}", answered.text);
        assert_eq!(answered.status, 200);
        answered.json()
    }

    /// Asks for what is expected to be done without a word.
    async fn done(&self, action: &str, body: Value) -> Value {
        let answer = self.call(action, body).await;
        assert_eq!(answer["Ack"], "Success", "{answer}");
        assert!(answer.get("Messages").is_none(), "{answer}");
        answer
    }

    /// Asks for what is expected not to be simulated, and names the gap.
    async fn gap(&self, action: &str, body: Value) -> String {
        let answered = self.ask(action, &body).await;
        assert_eq!(answered.status, 501, "{}", answered.text);
        assert_eq!(answered.json()["SandboxError"]["Name"], answered.gap());
        answered.gap().to_owned()
    }

    /// Adds items.
    async fn add(&self, items: Value) -> Value {
        self.done("AddItem", json!({ "Item": items })).await
    }

    /// Updates items.
    async fn update(&self, items: Value) -> Value {
        self.done("UpdateItem", json!({ "Item": items })).await
    }

    /// The item of that SKU with what is selected.
    async fn item(&self, sku: &str, selectors: &[&str]) -> Value {
        let filter = json!({ "SKU": [sku], "OutputSelector": selectors });
        let answer = self.done("GetItem", json!({ "Filter": filter })).await;
        answer["Item"][0].clone()
    }

    /// The SKUs that a filter finds.
    async fn skus(&self, filter: Value) -> Vec<String> {
        let answer = self.done("GetItem", json!({ "Filter": filter })).await;
        let Some(items) = answer["Item"].as_array() else {
            return Vec::new();
        };
        items
            .iter()
            .map(|item| item["SKU"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Moves the clock on.
    fn later(&self, seconds: i64) {
        self.server.clock().advance(seconds * 1000);
    }
}

async fn answered(response: reqwest::Response) -> Answered {
    Answered {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}
