//! The addresses of a practice Shopify.

use serde_json::{Map, Value, json};

use super::auth::{self, ALL_SCOPES, Doors};
use super::engine::{self, Bucket, Context, Prepared};
use super::replies::{not_here, too_expensive};
use super::store::{ShopFacts, State, fill, fill_orders};
use super::{edit, order_edit, uploads, write};
use crate::catalogue::Catalogue;
use crate::frame::{Edit, Fault, Moment, Random, Reply, Request, Shop, Shown};

/// The version whose schema is here.
const VERSION: &str = "2026-10";
/// The versions that are served when the practice shop opens, the oldest first.
pub(super) const SERVED: [&str; 5] = ["2026-01", "2026-04", "2026-07", VERSION, "unstable"];
/// What can be asked for in a version whose schema is not here.
const IN_EVERY_VERSION: [&str; 5] = [
    "shop",
    "currentAppInstallation",
    "publicApiVersions",
    "locations",
    "__typename",
];

/// What a practice Shopify is to be like.
#[derive(Debug, Clone)]
pub struct ShopifyOptions {
    /// What it sells.
    pub catalogue: Catalogue,
    /// How many orders it has when it opens.
    pub orders: u64,
    /// What the app was granted.
    pub scopes: Vec<String>,
    /// How many points the bucket holds.
    pub bucket: f64,
    /// How many points come back in a second.
    pub restored: f64,
    /// When it opens.
    pub opens: Moment,
}

impl ShopifyOptions {
    /// A shop with `catalogue`, everything granted, and the limits of a standard shop.
    pub fn new(catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            orders: 0,
            scopes: ALL_SCOPES.map(String::from).to_vec(),
            bucket: 2000.0,
            restored: 100.0,
            opens: Moment::START,
        }
    }
}

/// A practice Shopify. A clone is another shop that has what this one had.
#[derive(Debug, Clone)]
pub struct Shopify {
    pub(super) state: State,
    pub(super) doors: Doors,
    bucket: Bucket,
    seed: u64,
    requests: u64,
}

/// An answer in the making.
struct Asked {
    query: String,
    name: Option<String>,
    variables: Map<String, Value>,
}

impl Shopify {
    /// Opens a shop.
    pub fn new(options: &ShopifyOptions) -> Self {
        let seed = options.catalogue.seed();
        let facts = ShopFacts {
            name: String::from("Practice shop"),
            domain: format!("practice-{seed}.myshopify.com"),
            currency: String::from("EUR"),
            time_zone: String::from("Europe/Berlin"),
            offset_minutes: 60,
        };
        let mut state = fill(facts, &options.catalogue, options.opens);
        fill_orders(&mut state, seed, options.orders, options.opens);
        Self {
            state,
            doors: Doors::new(seed, options.scopes.clone()),
            bucket: Bucket::new(options.bucket, options.restored),
            seed,
            requests: 0,
        }
    }

    /// The token that always holds.
    pub fn token(&self) -> &str {
        &self.doors.token
    }

    /// The id and the secret of the app, for the client-credentials grant.
    pub fn client(&self) -> (&str, &str) {
        (&self.doors.client_id, &self.doors.client_secret)
    }

    /// Grants other scopes from now on.
    pub fn grant(&mut self, scopes: &[&str]) {
        self.doors.scopes = scopes.iter().map(|scope| String::from(*scope)).collect();
    }

    fn graphql(&mut self, version: &str, request: &Request, now: Moment) -> Reply {
        let served = match served(version) {
            Some(served) => served,
            None => return Reply::json(404, &json!({"errors": "Not Found"})),
        };
        if !self.doors.admit(request, now) {
            return auth::refused();
        }
        let reply = match asked(request) {
            Some(asked) => self.operate(&asked, served, request, now),
            None => Reply::json(
                400,
                &json!({"errors": {"query": "Required parameter missing or invalid"}}),
            ),
        };
        self.requests += 1;
        let id = format!("{:08x}-practice-{:08x}", self.seed, self.requests);
        reply
            .with_header("x-shopify-api-version", served)
            .with_header("x-request-id", id)
    }

    fn operate(&mut self, asked: &Asked, served: &str, request: &Request, now: Moment) -> Reply {
        let prepared = match engine::prepare(&asked.query, asked.name.as_deref(), &asked.variables)
        {
            Ok(prepared) => prepared,
            Err(errors) => return Reply::json(200, &json!({"errors": errors})),
        };
        if served != VERSION
            && let Some(field) = newer_than(&prepared)
        {
            let why = format!(
                "The practice shop has the schema of {VERSION} alone; {field} was asked of {served}."
            );
            return not_here(&json!({"errors": [{"message": why}]}), &why);
        }
        let cost = engine::requested_cost(&prepared);
        if cost > engine::MOST_PER_OPERATION {
            return too_expensive(cost);
        }
        if !self.bucket.take(cost, now) {
            return self.throttled(cost, now);
        }
        write::settle(&mut self.state, &request.origin, &self.doors.scopes, now);
        let context = Context::new(
            &mut self.state,
            now,
            &request.origin,
            &self.doors.scopes,
            &prepared.variables,
        );
        let executed = engine::execute(&prepared, &context);
        let warnings = context.warnings.take();
        self.bucket.give_back(cost - executed.cost);
        if !executed.unknown.is_empty() {
            return not_here(
                &json!({"errors": executed.errors}),
                &executed.unknown.join(" "),
            );
        }
        let mut body = json!({"data": executed.data});
        if !executed.errors.is_empty() {
            body["errors"] = json!(executed.errors);
        }
        body["extensions"] = json!({"cost": {
            "requestedQueryCost": engine::whole(cost),
            "actualQueryCost": engine::whole(executed.cost),
            "throttleStatus": self.bucket.status(now),
        }});
        if !warnings.is_empty() {
            body["extensions"]["search"] = json!(warnings);
        }
        Reply::json(200, &body).costing(executed.cost)
    }

    fn throttled(&mut self, cost: f64, now: Moment) -> Reply {
        let documentation = "https://shopify.dev/api/usage/rate-limits";
        Reply::json(
            200,
            &json!({
                "errors": [{
                    "message": "Throttled",
                    "extensions": {"code": "THROTTLED", "documentation": documentation},
                }],
                "extensions": {"cost": {
                    "requestedQueryCost": engine::whole(cost),
                    "actualQueryCost": null,
                    "throttleStatus": self.bucket.status(now),
                }},
            }),
        )
    }
}

impl Shop for Shopify {
    fn platform(&self) -> &'static str {
        "Shopify"
    }

    fn operation(&self, request: &Request) -> String {
        match route(request) {
            Route::Graphql(_) => asked(request).map_or_else(
                || String::from("unreadable"),
                |asked| asked.name.unwrap_or_else(|| name_in(&asked.query)),
            ),
            Route::Token => String::from("token"),
            Route::Upload(_) => String::from("upload"),
            Route::Download(_) => String::from("download"),
            Route::Elsewhere => String::from("elsewhere"),
        }
    }

    fn answer(&mut self, request: &Request, now: Moment) -> Reply {
        match route(request) {
            Route::Graphql(version) => self.graphql(version, request, now),
            Route::Token => self.doors.grant(request, now),
            Route::Upload(key) => uploads::receive(&mut self.state, key, request),
            Route::Download(id) => uploads::download(&self.state, id),
            Route::Elsewhere => Reply::json(404, &json!({"errors": "Not Found"})),
        }
    }

    fn refuse(&mut self, fault: &Fault, request: &Request, now: Moment) -> Reply {
        match fault {
            Fault::TooManyRequests { retry_after } => {
                let reply = Reply::text(
                    429,
                    "text/html",
                    "<html><body>Too Many Requests</body></html>",
                );
                match retry_after {
                    Some(seconds) => reply.with_header("retry-after", format!("{seconds}.0")),
                    None => reply,
                }
            }
            Fault::ServerError { status, .. } => Reply::text(
                *status,
                "text/html",
                "<html><body>Something went wrong</body></html>",
            ),
            _ => {
                let cost = asked(request)
                    .and_then(|asked| {
                        engine::prepare(&asked.query, asked.name.as_deref(), &asked.variables).ok()
                    })
                    .map_or(1.0, |prepared| engine::requested_cost(&prepared));
                self.throttled(cost, now)
            }
        }
    }

    fn edit(&mut self, edit: &Edit, now: Moment) -> Result<(), String> {
        write::settle_orders(&mut self.state, now);
        edit::make(&mut self.state, edit, now)
    }

    fn pick(&self, random: &mut Random) -> Option<String> {
        edit::pick(&self.state, random)
    }

    fn shown(&self) -> Vec<Shown> {
        edit::shown(&self.state)
    }

    fn pick_order(&self, random: &mut Random) -> Option<String> {
        order_edit::pick(&self.state, random)
    }

    fn control(&mut self, path: &str, request: &Request, _now: Moment) -> Option<Reply> {
        match (request.method.as_str(), path) {
            ("GET", picture) if picture.starts_with("pictures/") => Some(uploads::picture(picture)),
            ("POST", "scopes") => {
                let scopes: Vec<String> = serde_json::from_slice(&request.body).ok()?;
                self.doors.scopes = scopes;
                Some(Reply::json(200, &json!({"scopes": self.doors.scopes})))
            }
            ("DELETE", "tokens") => {
                self.doors.revoke();
                Some(Reply::json(200, &json!({"tokens": []})))
            }
            _ => None,
        }
    }

    fn about(&self) -> Value {
        json!({
            "seed": self.seed,
            "token": self.doors.token,
            "client_id": self.doors.client_id,
            "client_secret": self.doors.client_secret,
            "scopes": self.doors.scopes,
            "version": VERSION,
            "products": self.state.products.len(),
            "variants": self.state.variants.len(),
            "orders": self.state.orders.len(),
        })
    }
}

enum Route<'a> {
    Graphql(&'a str),
    Token,
    Upload(&'a str),
    Download(&'a str),
    Elsewhere,
}

fn route(request: &Request) -> Route<'_> {
    let path = request.path.as_str();
    let version = path
        .strip_prefix("/admin/api/")
        .and_then(|rest| rest.strip_suffix("/graphql.json"));
    match (request.method.as_str(), version) {
        ("POST", Some(version)) => Route::Graphql(version),
        ("POST", None) if path == "/admin/oauth/access_token" => Route::Token,
        (method, None) => {
            let upload = path.strip_prefix("/staged-uploads");
            let download = path.strip_prefix("/bulk-results/");
            match (method, upload, download) {
                ("POST" | "PUT", Some(key), _) => Route::Upload(key.trim_start_matches('/')),
                ("GET", _, Some(id)) => Route::Download(id),
                _ => Route::Elsewhere,
            }
        }
        _ => Route::Elsewhere,
    }
}

/// The version that is served when `version` is asked for: the oldest one if it is older than all.
fn served(version: &str) -> Option<&'static str> {
    if let Some(known) = SERVED.iter().find(|known| **known == version) {
        return Some(known);
    }
    let (year, month) = version.split_once('-')?;
    let is_version = year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && ["01", "04", "07", "10"].contains(&month);
    (is_version && version < SERVED[0]).then_some(SERVED[0])
}

/// The first root field that may be another one in another version.
fn newer_than(prepared: &Prepared) -> Option<String> {
    let fields = prepared.operation.root_fields(&prepared.document);
    let mut names = fields.map(|field| field.name.to_string());
    names.find(|name| !IN_EVERY_VERSION.contains(&name.as_str()))
}

fn asked(request: &Request) -> Option<Asked> {
    let body = request.json().ok()?;
    let variables = match &body["variables"] {
        Value::Object(variables) => variables.clone(),
        Value::Null => Map::new(),
        _ => return None,
    };
    Some(Asked {
        query: body["query"].as_str()?.to_owned(),
        name: body["operationName"].as_str().map(String::from),
        variables,
    })
}

/// The name of the first operation in a text that may be no GraphQL at all.
fn name_in(query: &str) -> String {
    let lines = query
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default());
    let plain: Vec<&str> = lines.collect();
    let plain = plain.join(" ");
    let mut words = plain
        .split(|one: char| !one.is_alphanumeric() && one != '_')
        .filter(|word| !word.is_empty());
    match words.next() {
        Some("query" | "mutation") => String::from(words.next().unwrap_or("unnamed")),
        _ => String::from("unnamed"),
    }
}
