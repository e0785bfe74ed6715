//! Whether the account opens the shop.

use serde_json::{Value, json};

use super::documents::{CONNECTION, LOCATIONS};
use super::json::{next_of, nodes, text};
use super::scopes;
use super::transport::{Repeat, Transport, VERSION};
use crate::channel::{CheckProblem, Place, ShopCheck};
use crate::failure::Answered;

pub(super) async fn check(transport: &Transport) -> Answered<ShopCheck> {
    let asked = transport.ask(CONNECTION, json!({}), Repeat::Question);
    let data = asked.await?.data;
    let scopes = nodes(&data["currentAppInstallation"]["accessScopes"]);
    let granted: Vec<&str> = scopes.iter().map(|scope| text(scope, "handle")).collect();
    let mut problems = scopes::missing(&granted);
    problems.extend(other_version(&transport.served()));
    let places = match scopes::has(&granted, "read_locations") {
        true => places(transport).await?,
        false => Vec::new(),
    };
    let shop = &data["shop"];
    Ok(ShopCheck {
        name: text(shop, "name").to_owned(),
        currency: text(shop, "currencyCode").to_owned(),
        time_zone: text(shop, "ianaTimezone").to_owned(),
        places,
        problems,
    })
}

async fn places(transport: &Transport) -> Answered<Vec<Place>> {
    let mut places = Vec::new();
    let mut after = Value::Null;
    loop {
        let asked = transport.ask(LOCATIONS, json!({"after": after}), Repeat::Question);
        let data = asked.await?.data;
        let primary = text(&data["primary"], "id");
        let place = |location: &Value| Place {
            id: text(location, "id").to_owned(),
            name: text(location, "name").to_owned(),
            active: location["isActive"].as_bool().unwrap_or_default(),
            primary: text(location, "id") == primary,
        };
        places.extend(nodes(&data["locations"]).iter().map(place));
        match next_of(&data["locations"]) {
            Some(next) => after = Value::from(next),
            None => return Ok(places),
        }
    }
}

/// A shop that no longer serves a version answers in another one without a word.
fn other_version(served: &str) -> Option<CheckProblem> {
    let is_other = !served.is_empty() && served != VERSION;
    is_other.then(|| CheckProblem {
        message: format!(
            "Shopify answers in version {served} of its API, and Backstock speaks {VERSION}."
        ),
        hint: String::from("Update Backstock."),
        is_fatal: true,
    })
}

#[cfg(test)]
mod tests {
    use super::{VERSION, other_version};

    #[test]
    fn another_version_than_the_one_asked_for_is_told() {
        assert_eq!(other_version(VERSION), None);
        assert_eq!(other_version(""), None);
        let problem = other_version("2027-01").unwrap();
        assert!(problem.message.contains("2027-01") && problem.is_fatal);
    }
}
