//! The client of Maropost against the practice shop, in each of the ways in which that may answer.

mod creating;
mod door;
mod faults;
mod orders;
mod paging;
mod reading;
mod stock;
mod updating;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use channels::channel::{
    Channel, Created, ItemRef, ItemUpdate, NewFamily, NewItem, Reading, Written,
};
use channels::exchange::{Exchange, ExchangeLog};
use channels::failure::{Answered, Failure, FailureKind};
use channels::http::Patience;
use channels::maropost::pace::Time;
use channels::maropost::{Maropost, Options};
use domain::channel::{ShopField, ShopItem, ShopValues};
use domain::record::Value;
use domain::values::Timestamp;
use sandbox::maropost::{Maropost as Shop, Settings};
use sandbox::{Catalogue, Clock, Moment, Random, Server};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// The key that the practice shop takes.
const KEY: &str = "practice-key";

/// The time of the practice shop: it passes when it is waited for.
struct ShopTime(Clock);

#[async_trait]
impl Time for ShopTime {
    fn running(&self) -> Duration {
        let since = self.0.now().0 - Moment::START.0;
        Duration::from_millis(u64::try_from(since).unwrap())
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.0.now().0)
    }

    async fn wait(&self, time: Duration) {
        self.0.advance(i64::try_from(time.as_millis()).unwrap());
    }
}

/// A practice shop and a client that has it open.
struct Practice {
    server: Server<Shop>,
    client: Maropost,
    log: Arc<Mutex<Vec<Exchange>>>,
}

impl Drop for Practice {
    /// What the practice shop does not know must never be asked for.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let gaps = self
                .server
                .journal()
                .recent()
                .filter(|one| one.status == Some(501))
                .count();
            assert_eq!(
                gaps,
                0,
                "the practice shop was asked for what it does not know: {:?}",
                self.errors()
            );
        }
    }
}

impl Practice {
    /// A shop with these goods that answers in this way.
    fn of(catalogue: &Catalogue, settings: Settings) -> Self {
        let clock = Clock::standing(Moment::START);
        let shop = Shop::new(catalogue, settings, Moment::START);
        let server = Server::open(shop, clock.clone(), 0).unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let client = opened(server.url(), KEY, "", &log, &clock).unwrap();
        Self {
            server,
            client,
            log,
        }
    }

    /// A shop with nothing to sell.
    fn empty() -> Self {
        Self::of(&Catalogue::new(1, 0), Settings::default())
    }

    /// A shop of so many products, that answers as chance has it.
    fn by_chance(seed: u64, products: u64) -> Self {
        Self::of(&Catalogue::new(seed, products), settings(seed))
    }

    /// A shop with so many plain products, one of each.
    fn plain(count: u32) -> Self {
        let shop = Self::empty();
        let one = json!([{ "WarehouseID": "1", "Quantity": "1", "Action": "set" }]);
        let items = (0..count)
            .map(|number| json!({ "SKU": format!("P-{number:05}"), "WarehouseQuantity": one }));
        shop.stock_up(items.collect());
        shop
    }

    /// The same shop, opened anew as after a restart.
    fn reopen(&mut self) {
        self.client = opened(self.server.url(), KEY, "", &self.log, self.server.clock()).unwrap();
    }

    fn configure(&self, change: impl FnOnce(&mut Settings)) {
        self.server.shop().configure(change);
    }

    /// Asks past the door, uncounted.
    fn look(&self, action: &str, body: &Json) -> Json {
        let now = self.server.clock().now();
        self.server.shop().look(action, body, now).unwrap()
    }

    /// Adds items past the door.
    fn stock_up(&self, items: Json) {
        let answer = self.look("AddItem", &json!({ "Item": items }));
        assert_eq!(answer["Ack"], "Success", "{answer}");
    }

    /// Adds a category past the door and returns its id.
    fn category(&self, name: &str, above: &str) -> String {
        let row = json!({ "CategoryName": name, "ParentCategoryID": above });
        let answer = self.look("AddCategory", &json!({ "Category": row }));
        answer["Category"]["CategoryID"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// What an item holds in the shop, past the door.
    fn shown(&self, sku: &str, selector: &str) -> Json {
        let filter = json!({ "SKU": [sku], "OutputSelector": [selector] });
        self.look("GetItem", &json!({ "Filter": filter }))["Item"][0][selector].clone()
    }

    /// How many requests of an action were made.
    fn count(&self, action: &str) -> u64 {
        self.server.journal().of(action).requests
    }

    /// Everything that the shop has, read page by page.
    async fn all(&self, since: Option<Timestamp>) -> Vec<ShopItem> {
        let (mut items, mut cursor) = (Vec::new(), None);
        loop {
            let page = self
                .client
                .page(&Reading { since }, cursor.as_ref())
                .await
                .unwrap();
            items.extend(page.items);
            match page.next {
                Some(next) => cursor = Some(next),
                None => return items,
            }
        }
    }

    /// The item with this SKU.
    async fn item(&self, sku: &str) -> ShopItem {
        let all = self.all(None).await;
        all.into_iter().find(|item| item.sku == sku).unwrap()
    }

    async fn update(&self, item: &ShopItem, values: &[(&str, Value)]) -> Answered<Written> {
        let mut results = self.client.update(&[update_of(item, values)]).await;
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    async fn create(&self, family: &NewFamily) -> Answered<Created> {
        let mut results = self.client.create(std::slice::from_ref(family)).await;
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    /// What went wrong, as the log has it.
    fn errors(&self) -> Vec<String> {
        let log = self.log.lock().unwrap();
        let errors = log.iter().filter(|one| !one.error.is_empty());
        errors
            .map(|one| format!("{}: {} → {}", one.operation, one.request, one.error))
            .collect()
    }
}

fn opened(
    address: &str,
    key: &str,
    username: &str,
    log: &Arc<Mutex<Vec<Exchange>>>,
    clock: &Clock,
) -> Answered<Maropost> {
    let kept = Arc::clone(log);
    let options = Options {
        log: ExchangeLog::new(move |exchange| kept.lock().unwrap().push(exchange)),
        patience: Patience {
            connect: Duration::from_secs(5),
            silence: Duration::from_secs(30),
            total: Duration::from_secs(60),
        },
        time: Arc::new(ShopTime(clock.clone())),
    };
    Maropost::open_with(address, key.to_owned().into(), username, options)
}

/// One of the ways in which the platform may answer.
fn settings(seed: u64) -> Settings {
    // With 7 rows a page at most, ids take so many requests that a minute's worth is soon gone: that is
    // tried, too.
    Settings::by_chance(&mut Random::new(seed))
}

fn reference(item: &ShopItem) -> ItemRef {
    ItemRef {
        remote_id: item.remote_id.clone(),
        sku: item.sku.clone(),
        handles: item.handles.clone(),
    }
}

fn update_of(item: &ShopItem, values: &[(&str, Value)]) -> ItemUpdate {
    ItemUpdate {
        item: reference(item),
        values: values_of(values),
        seen: item.values.clone(),
    }
}

fn values_of(values: &[(&str, Value)]) -> ShopValues {
    let field = |(key, value): &(&str, Value)| (ShopField::new(*key), value.clone());
    values.iter().map(field).collect::<BTreeMap<_, _>>()
}

fn value<'a>(item: &'a ShopItem, key: &str) -> &'a Value {
    item.values
        .get(&ShopField::new(key))
        .unwrap_or_else(|| panic!("{} has no {key}", item.sku))
}

fn new_item(number: u128, sku: &str, values: &[(&str, Value)]) -> NewItem {
    NewItem {
        key: Uuid::from_u128(number),
        sku: sku.to_owned(),
        values: values_of(values),
        stock: None,
    }
}

/// A shirt in two colours.
fn shirt() -> NewFamily {
    let variant = |number: u128, colour: &str| {
        let values = [
            ("Name", Value::text(format!("Shirt - {colour}"))),
            ("DefaultPrice", Value::Number(299_500)),
            ("option1.name", Value::text("Colour")),
            ("option1.value", Value::text(colour)),
        ];
        new_item(number, &format!("SHIRT-{colour}"), &values)
    };
    NewFamily {
        product: Some(new_item(
            1,
            "SHIRT",
            &[
                ("Name", Value::text("Shirt")),
                ("Brand", Value::text("TeeCo")),
            ],
        )),
        into: None,
        variants: vec![variant(2, "Red"), variant(3, "Blue")],
    }
}

fn kind<T: std::fmt::Debug>(answered: &Answered<T>) -> FailureKind {
    answered.as_ref().unwrap_err().kind
}

fn failure<T: std::fmt::Debug>(answered: Answered<T>) -> Failure {
    answered.unwrap_err()
}
