//! The practice shop: the endpoint, the headers, and which action does what.

use serde_json::{Value, json};

use super::dates;
use super::envelope::{Answer, Call};
use super::items::{self, Write};
use super::loose::Object;
use super::loud::{Loud, Simulated};
use super::merchant;
use super::orders;
use super::picture;
use super::rate::Rate;
use super::seed;
use super::settings::{Key, NoRows, RefusedKey, Settings, Shapes, Username};
use super::state::State;
use crate::{Catalogue, Edit, Fault, Moment, Random, Reply, Request, Shop, Shown};

/// The one address of the interface.
const ENDPOINT: &str = "/do/WS/NetoAPI";

/// A practice Maropost Commerce Cloud with one merchant's data. A clone is another shop that has what this one had.
#[derive(Debug, Clone)]
pub struct Maropost {
    settings: Settings,
    state: State,
    rate: Rate,
}

impl Maropost {
    /// A shop filled from `catalogue`, whose products were changed last before `opened`.
    pub fn new(catalogue: &Catalogue, settings: Settings, opened: Moment) -> Self {
        let mut state = State::new(&settings);
        seed::fill(&mut state, catalogue, &settings, opened);
        Self {
            settings,
            state,
            rate: Rate::default(),
        }
    }

    /// How the shop answers what is not known for sure.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Changes how the shop answers, from now on.
    pub fn configure(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        self.state.items.set_case(self.settings.sku_case);
    }

    /// Answers an action past the door, for looking at the shop: without a key, uncounted, and never
    /// refused. The addresses of pictures are without the shop's.
    ///
    /// # Errors
    /// The name of what is not simulated, and a sentence on it.
    pub fn look(&mut self, action: &str, body: &Value, now: Moment) -> Result<Value, String> {
        let settings = self.settings.clone();
        let call = Call {
            action,
            json: true,
            now,
            settings: &settings,
        };
        let body = body.as_object().ok_or("The body has to be an object.")?;
        let answer = self.act(&call, body, "");
        let answer = answer.map_err(|loud| format!("{}: {}", loud.name, loud.message))?;
        Ok(answer.body(&call))
    }

    /// Places an order as a customer would: the body of an `AddOrder`. Returns its id.
    ///
    /// # Errors
    /// What the platform would say, or that something is not simulated.
    pub fn place_order(&mut self, order: &Value, now: Moment) -> Result<String, String> {
        orders::place(
            &mut self.state,
            &self.settings,
            order,
            dates::of_millis(now.0),
        )
    }

    /// Notes that a customer paid `amount` of the order `id` by `method`.
    ///
    /// # Errors
    /// There is no such order, or the amount is none.
    pub fn pay(&mut self, id: &str, amount: &str, method: &str, now: Moment) -> Result<(), String> {
        let now = dates::of_millis(now.0);
        orders::pay(&mut self.state, &self.settings, (id, amount, method), now)
    }

    fn payment_control(&mut self, request: &Request, now: Moment) -> Reply {
        let body = request.json().unwrap_or_default();
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let (id, amount, method) = (text("OrderID"), text("Amount"), text("PaymentType"));
        match self.pay(&id, &amount, &method, now) {
            Ok(()) => Reply::json(200, &json!({"OrderID": id})),
            Err(why) => Reply::json(422, &json!({"error": why})),
        }
    }

    fn endpoint(&mut self, request: &Request, now: Moment) -> Simulated<Reply> {
        if request.method != "POST" {
            let message = format!(
                "the endpoint takes POST only, and this is {}",
                request.method
            );
            return Err(Loud::new("MethodNotPost", message));
        }
        if !self.rate.passes(now, &self.settings) {
            return Ok(too_many(self.settings.retry_after));
        }
        let action = header(request, "netoapi_action").ok_or_else(|| {
            let message = "no source says what a request without NETOAPI_ACTION is answered";
            Loud::new("NoAction", message)
        })?;
        let json = wants_json(request);
        let settings = self.settings_for(json);
        let call = Call {
            action,
            json,
            now,
            settings: &settings,
        };
        if !self.knows_key(request, action)? {
            return Ok(self.refuse_key(&call));
        }
        if !header(request, "content-type").is_some_and(|kind| kind.contains("json")) {
            let message = "only requests in JSON are simulated: Content-Type: application/json";
            return Err(Loud::new("RequestNotJson", message));
        }
        let answer = match request.json() {
            Err(error) => Answer::refused("JSON Error").described(&error.to_string()),
            Ok(Value::Object(body)) => self.act(&call, &body, &request.origin)?,
            Ok(_) => {
                let message = "no source says what a body is answered that is no object";
                return Err(Loud::new("BodyNotAnObject", message));
            }
        };
        Ok(answer.reply(&call))
    }

    /// The settings for an answer. XML is shaped as documented: only JSON was seen otherwise.
    fn settings_for(&self, json: bool) -> Settings {
        let settings = self.settings.clone();
        if json {
            return settings;
        }
        Settings {
            shapes: Shapes::Documented,
            no_rows: NoRows::Text,
            ..settings
        }
    }

    fn act(&mut self, call: &Call<'_>, body: &Object, origin: &str) -> Simulated<Answer> {
        let settings = call.settings;
        let state = &mut self.state;
        let now = dates::of_millis(call.now.0);
        match call.action {
            "GetItem" => items::get(state, settings, body, origin),
            "AddItem" => items::write(state, settings, body, Write::Add, now),
            "UpdateItem" => items::write(state, settings, body, Write::Update, now),
            "GetCategory" => state.categories.get(settings, body),
            "AddCategory" => state.categories.add_rows(settings, body, now),
            "UpdateCategory" => state.categories.update_rows(settings, body, now),
            "GetWarehouse" => state.warehouses.get(settings, body),
            "GetOrder" => orders::get(state, settings, body),
            "AddOrder" => orders::add(state, settings, body, now),
            "UpdateOrder" => orders::update(state, settings, body, now),
            "GetPaymentMethods" => orders::payment_methods(body),
            "GetShippingMethods" => orders::shipping_methods(body),
            other => Err(Loud::new(
                "ActionNotSimulated",
                format!("the action {other} is not simulated, or there is none of that name"),
            )),
        }
    }

    /// Whether the key is one of the shop's, with the name that it needs, and permits the action.
    fn knows_key(&self, request: &Request, action: &str) -> Simulated<bool> {
        if header(request, "x_access_key").is_some() || header(request, "authorization").is_some() {
            let message = "only NETOAPI_KEY is simulated, no OAuth of add-ons";
            return Err(Loud::new("OAuthNotSimulated", message));
        }
        let Some(key) = header(request, "netoapi_key") else {
            return Ok(false);
        };
        let name = header(request, "netoapi_username");
        let known = self.settings.keys.iter().find(|known| known.key == key);
        let named = |known: &Key| match self.settings.username {
            Username::Ignored => true,
            Username::Enforced => known.username.as_deref() == name,
        };
        Ok(known.is_some_and(|known| named(known) && known.permits(action)))
    }

    fn refuse_key(&self, call: &Call<'_>) -> Reply {
        match self.settings.refused_key {
            RefusedKey::Ack => Answer::refused("Invalid API Key").reply(call),
            RefusedKey::Status401 => page(401, "Unauthorized"),
            RefusedKey::Status403 => page(403, "Forbidden"),
        }
    }

    fn settings_control(&mut self, request: &Request) -> Reply {
        let Ok(mut settings) = serde_json::to_value(&self.settings) else {
            return Reply::json(
                500,
                &json!({"error": "the settings cannot be written as JSON"}),
            );
        };
        if request.method != "GET" {
            let Ok(Value::Object(changes)) = request.json() else {
                return Reply::json(422, &json!({"error": "the body has to be an object"}));
            };
            for (name, value) in changes {
                settings[name] = value;
            }
            match serde_json::from_value(settings.clone()) {
                Ok(changed) => self.configure(|settings| *settings = changed),
                Err(why) => return Reply::json(422, &json!({"error": why.to_string()})),
            }
        }
        Reply::json(200, &settings)
    }
}

impl Shop for Maropost {
    fn platform(&self) -> &'static str {
        "Maropost"
    }

    fn operation(&self, request: &Request) -> String {
        match header(request, "netoapi_action") {
            Some(action) if request.path == ENDPOINT => action.to_owned(),
            _ if picture::is_at(&request.path) => "picture".to_owned(),
            _ => "page".to_owned(),
        }
    }

    fn answer(&mut self, request: &Request, now: Moment) -> Reply {
        if self.settings.outage {
            return page(200, "We will be back soon");
        }
        if request.path != ENDPOINT {
            // Every other address is the shop that customers see, with whatever status it likes.
            let found = picture::answer(&self.state, &request.path);
            return found.unwrap_or_else(|| page(200, "Practice shop"));
        }
        self.endpoint(request, now)
            .unwrap_or_else(|loud| loud.reply())
    }

    fn refuse(&mut self, fault: &Fault, _request: &Request, _now: Moment) -> Reply {
        match fault {
            Fault::TooManyRequests { retry_after } => too_many(*retry_after),
            Fault::ServerError { status, .. } => page(*status, "Server Error"),
            _ => too_many(self.settings.retry_after),
        }
    }

    fn edit(&mut self, edit: &Edit, now: Moment) -> Result<(), String> {
        merchant::edit(
            &mut self.state,
            &self.settings,
            edit,
            dates::of_millis(now.0),
        )
    }

    fn pick(&self, random: &mut Random) -> Option<String> {
        let count = u64::try_from(self.state.items.len()).unwrap_or_default();
        let nth = usize::try_from(random.below(count)).unwrap_or_default();
        self.state.items.nth(nth).map(|item| item.id.to_string())
    }

    fn shown(&self) -> Vec<Shown> {
        merchant::shown(&self.state)
    }

    fn pick_order(&self, random: &mut Random) -> Option<String> {
        let count = u64::try_from(self.state.orders.len()).unwrap_or_default();
        if count == 0 {
            return None;
        }
        let nth = usize::try_from(random.below(count)).unwrap_or_default();
        self.state.orders.nth(nth).map(|order| order.id.clone())
    }

    fn control(&mut self, path: &str, request: &Request, now: Moment) -> Option<Reply> {
        match (request.method.as_str(), path) {
            ("GET" | "POST", "settings") => Some(self.settings_control(request)),
            ("POST", "orders") => {
                let order = request.json().unwrap_or_default();
                Some(match self.place_order(&order, now) {
                    Ok(id) => Reply::json(200, &json!({"OrderID": id})),
                    Err(why) => Reply::json(422, &json!({"error": why})),
                })
            }
            ("POST", "payments") => Some(self.payment_control(request, now)),
            _ => None,
        }
    }

    fn about(&self) -> Value {
        json!({
            "endpoint": ENDPOINT,
            "keys": self.settings.keys,
            "items": self.state.items.len(),
            "categories": self.state.categories.all().count(),
            "orders": self.state.orders.len(),
        })
    }
}

/// A header, trimmed; a blank one is as good as none.
fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .header(name)
        .map(str::trim)
        .filter(|value| !value.is_empty())
}

fn wants_json(request: &Request) -> bool {
    header(request, "accept").is_some_and(|accept| accept.contains("application/json"))
}

fn too_many(retry_after: Option<u32>) -> Reply {
    let reply = page(429, "Too Many Requests");
    match retry_after {
        Some(seconds) => reply.with_header("retry-after", seconds.to_string()),
        None => reply,
    }
}

/// A page for people.
fn page(status: u16, title: &str) -> Reply {
    let body = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\
         <body><h1>{title}</h1></body></html>\n"
    );
    Reply::text(status, "text/html; charset=utf-8", body)
}
