//! Tokens and scopes.

use serde_json::{Value, json};

use super::engine::Refusal;
use crate::frame::{Moment, Reply, Request};

/// Every scope that the practice shop knows.
pub const ALL_SCOPES: [&str; 12] = [
    "write_products",
    "write_inventory",
    "read_locations",
    "read_publications",
    "write_publications",
    "write_files",
    "write_orders",
    "read_all_orders",
    "read_customers",
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
    "write_fulfillments",
];

/// How long a token of the client-credentials grant holds, in seconds.
const LIFETIME: i64 = 86_399;

/// Who may come in.
#[derive(Debug, Clone)]
pub(super) struct Doors {
    /// A token that holds for ever, as admin-made custom apps have it.
    pub(super) token: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    /// What the app was granted.
    pub(super) scopes: Vec<String>,
    /// The tokens of the grant, and until when they hold.
    granted: Vec<(String, Moment)>,
    count: u64,
}

impl Doors {
    pub(super) fn new(seed: u64, scopes: Vec<String>) -> Self {
        Self {
            token: format!("shpat_practice{seed:016x}"),
            client_id: format!("practice-app-{seed}"),
            client_secret: format!("shpss_practice{seed:016x}"),
            scopes,
            granted: Vec::new(),
            count: 0,
        }
    }

    /// Whether the request has a token that holds.
    pub(super) fn admit(&self, request: &Request, now: Moment) -> bool {
        let Some(token) = request.header("x-shopify-access-token") else {
            return false;
        };
        let granted = |(one, until): &(String, Moment)| one == token && *until > now;
        token == self.token || self.granted.iter().any(granted)
    }

    /// Takes back every token that was granted, as when the app is installed anew.
    pub(super) fn revoke(&mut self) {
        self.granted.clear();
    }

    /// Answers `POST /admin/oauth/access_token`, with a form or with JSON.
    pub(super) fn grant(&mut self, request: &Request, now: Moment) -> Reply {
        let json = request.json().unwrap_or_default();
        let field = |name: &str| {
            let in_json = json[name].as_str().map(String::from);
            in_json.or_else(|| request.form_field(name))
        };
        let grant_type = field("grant_type");
        if grant_type.as_deref() != Some("client_credentials") {
            let reason = "Only the grant_type client_credentials is known to the practice shop.";
            return Reply::json(
                501,
                &json!({"error": "practice_shop", "error_description": reason}),
            );
        }
        if field("client_id").as_ref() != Some(&self.client_id)
            || field("client_secret").as_ref() != Some(&self.client_secret)
        {
            let page = "<!DOCTYPE html><html><head><title>400 - Oauth error app_not_installed</title></head>\
                        <body><h1>Oauth error app_not_installed</h1></body></html>";
            return Reply::text(400, "text/html; charset=utf-8", page);
        }
        self.count += 1;
        let token = format!("practice{:024x}", self.count);
        self.granted.retain(|(_, until)| *until > now);
        self.granted
            .push((token.clone(), now.plus(LIFETIME * 1000)));
        let grant = json!({
            "access_token": token,
            "scope": self.scopes.join(","),
            "expires_in": LIFETIME,
        });
        Reply::json(200, &grant)
    }
}

/// The scopes, each with what it implies: who may write may read.
pub(super) fn allows(scopes: &[String], needed: &str) -> bool {
    let written = needed.replace("read_", "write_");
    scopes
        .iter()
        .any(|scope| *scope == needed || *scope == written)
}

/// Refuses a field to whom a scope is missing.
///
/// # Errors
/// It is missing.
pub(super) fn need(scopes: &[String], needed: &str, field: &str) -> Result<(), Refusal> {
    if allows(scopes, needed) {
        return Ok(());
    }
    let access = format!("`{needed}` access scope.");
    let message = format!("Access denied for {field} field. Required access: {access}");
    let documentation = "https://shopify.dev/api/usage/access-scopes";
    Err(Refusal::new("ACCESS_DENIED", message)
        .with("documentation", json!(documentation))
        .with("requiredAccess", json!(access)))
}

/// The answer to a request without a token that holds.
pub(super) fn refused() -> Reply {
    let message = "[API] Invalid API key or access token (unrecognized login or wrong password)";
    let body: Value = json!({"errors": message});
    Reply::json(401, &body)
}
