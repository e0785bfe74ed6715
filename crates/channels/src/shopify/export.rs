//! Reading a whole shop by a bulk operation: it is begun, waited for, fetched into a file and read from
//! there part by part. After a restart of the program the result is fetched again.

use std::sync::Arc;

use domain::channel::ShopItem;
use domain::values::Timestamp;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::cursor::{At, Export, search};
use super::documents::{EXPORT, OPERATION, RUN_EXPORT};
use super::download::download;
use super::family;
use super::json::{broken, moment, text};
use super::refusal::Complaint;
use super::rows::{Found, Rows, Unreadable};
use super::transport::Repeat;
use super::way::Way;
use crate::channel::Page;
use crate::failure::{Answered, Failure, FailureKind};

/// How many items a part has, unless a single product has more.
const PART: usize = 500;
/// How often an export is begun anew that the shop did not finish.
const BEGUN: u32 = 3;

/// The result that was fetched last.
#[derive(Debug, Default)]
pub(super) struct Exports(Mutex<Option<Fetched>>);

/// The result of an export.
#[derive(Debug, Clone)]
struct Fetched {
    /// Of which operation.
    operation: String,
    /// When that was begun.
    as_of: Option<Timestamp>,
    rows: Arc<Rows>,
}

impl Exports {
    /// The next part.
    pub(super) async fn next(&self, way: Way<'_>, export: Export) -> Answered<Page> {
        let Some(id) = export.operation.clone() else {
            return begin(way, export).await;
        };
        // What is at hand needs no asking.
        if let Some(fetched) = self.held(&id).await {
            return self.part(way, &export, fetched).await;
        }
        let variables = json!({"id": id});
        let asked = way.transport.ask(OPERATION, variables, Repeat::Question);
        let mut data = asked.await?.data;
        let operation = data["bulkOperation"].take();
        match text(&operation, "status") {
            "COMPLETED" => match self.first(way, &export, &operation).await {
                Err(failure) if failure.kind == FailureKind::Gone && export.begun < BEGUN => {
                    begin(way, export).await
                }
                ended => ended,
            },
            "CREATED" | "RUNNING" | "CANCELING" => Ok(waiting(way, export)),
            _ if text(&operation, "errorCode") == "ACCESS_DENIED" => {
                let message = "Shopify does not let the app read all products at once.";
                let failure = Failure::new(FailureKind::Denied, message);
                Err(failure.hint("Look at the scopes of the app in Shopify."))
            }
            _ if export.begun < BEGUN => begin(way, export).await,
            status => Err(given_up(status)),
        }
    }

    /// The next part of a result that is not at hand yet.
    async fn first(&self, way: Way<'_>, export: &Export, operation: &Value) -> Answered<Page> {
        let as_of = moment(&operation["createdAt"]);
        let Some(url) = operation["url"].as_str() else {
            return match text(operation, "objectCount") {
                "0" => Ok(Page {
                    as_of,
                    ..Page::default()
                }),
                _ => Err(broken("the address of a result")),
            };
        };
        let fetched = Fetched {
            operation: text(operation, "id").to_owned(),
            as_of,
            rows: self.fetch(way, operation, url).await?,
        };
        *self.0.lock().await = Some(fetched.clone());
        self.part(way, export, fetched).await
    }

    async fn part(&self, way: Way<'_>, export: &Export, fetched: Fetched) -> Answered<Page> {
        let Fetched { as_of, rows, .. } = fetched;
        let mut items: Vec<ShopItem> = Vec::new();
        let mut passed = export.passed;
        while passed < rows.products() && items.len() < PART {
            items.extend(product(way, &rows, passed).await?);
            passed += 1;
        }
        let more = passed < rows.products();
        if !more {
            *self.0.lock().await = None;
        }
        let next = Export {
            passed,
            ..export.clone()
        };
        Ok(Page {
            items,
            next: more.then(|| At::Export(next).cursor()),
            wait: None,
            total: Some(rows.items),
            as_of,
        })
    }

    async fn held(&self, id: &str) -> Option<Fetched> {
        let held = self.0.lock().await;
        held.clone().filter(|fetched| fetched.operation == id)
    }

    /// The result as a file.
    async fn fetch(&self, way: Way<'_>, operation: &Value, url: &str) -> Answered<Arc<Rows>> {
        // One result at a time is enough for the disk.
        *self.0.lock().await = None;
        let file = download(way.transport, url).await?;
        let indexed = tokio::task::spawn_blocking(move || Rows::index(file)).await;
        let rows = indexed.map_err(|_| unreadable(Unreadable))?;
        let rows = rows.map_err(unreadable)?;
        if text(operation, "objectCount") != rows.lines.to_string() {
            let message = "The export of the shop came incomplete.";
            return Err(Failure::new(FailureKind::Later, message));
        }
        Ok(Arc::new(rows))
    }
}

async fn product(way: Way<'_>, rows: &Rows, place: usize) -> Answered<Vec<ShopItem>> {
    let (id, variants) = match rows.product(place).map_err(unreadable)? {
        Found::Whole(whole) => return Ok(way.reader.family(&whole)),
        Found::Cut(id, variants) => (id, variants),
    };
    let whole = family::whole(way.transport, &id, variants).await?;
    Ok(whole.map_or_else(Vec::new, |whole| way.reader.family(&whole)))
}

async fn begin(way: Way<'_>, export: Export) -> Answered<Page> {
    let filter = Value::from(search(export.since)).to_string();
    let query = EXPORT.text.replace("\"FILTER\"", &filter);
    // An export that was begun and got lost ends by itself.
    let variables = json!({"query": query});
    let asked = way.transport.ask(RUN_EXPORT, variables, Repeat::Question);
    let data = asked.await?.data;
    let run = &data["bulkOperationRunQuery"];
    let complaints = Complaint::all(&run["userErrors"]);
    let is_busy =
        |one: &Complaint| matches!(one.code.as_str(), "OPERATION_IN_PROGRESS" | "LIMIT_REACHED");
    if complaints.iter().any(is_busy) {
        return Ok(waiting(
            way,
            Export {
                operation: None,
                ..export
            },
        ));
    }
    if let Some(complaint) = complaints.first() {
        return Err(complaint.failure());
    }
    let id = text(&run["bulkOperation"], "id");
    if id.is_empty() {
        return Err(broken("the bulk operation"));
    }
    Ok(waiting(
        way,
        Export {
            operation: Some(id.to_owned()),
            looks: 0,
            passed: 0,
            begun: export.begun + 1,
            ..export
        },
    ))
}

fn waiting(way: Way<'_>, export: Export) -> Page {
    let wait = way.transport.pace.look(export.looks);
    let next = Export {
        looks: export.looks + 1,
        ..export
    };
    Page {
        wait: Some(wait.min(std::time::Duration::from_secs(30))),
        next: Some(At::Export(next).cursor()),
        ..Page::default()
    }
}

fn given_up(status: &str) -> Failure {
    let message = match status {
        "" => String::from("Shopify lost the export of the shop."),
        status => format!("Shopify did not finish the export of the shop ({status})."),
    };
    Failure::new(FailureKind::Later, message)
}

fn unreadable(_: Unreadable) -> Failure {
    let message = "The export of the shop cannot be read.";
    Failure::new(FailureKind::Broken, message)
}
