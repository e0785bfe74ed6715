//! What a shop means by a status or an error, and what is to be done about it.

use serde_json::Value;

use crate::failure::{Failure, FailureKind};
use crate::http::Answer;

/// An entry of `errors`, or of the `userErrors` of a mutation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    /// Its code; empty where there is none.
    pub(super) code: String,
    /// Its words.
    pub(super) message: String,
    /// What it is about: `variants`, `1`, `price`.
    pub(super) field: Vec<String>,
}

impl Complaint {
    /// Those in a list of user errors.
    pub(super) fn all(errors: &Value) -> Vec<Self> {
        let errors = errors.as_array().into_iter().flatten();
        errors.map(Self::of).collect()
    }

    fn of(error: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let part = |part: &Value| part.as_str().map_or_else(|| part.to_string(), String::from);
        let code = match error["code"].as_str() {
            Some(code) => code.to_owned(),
            None => text(&error["extensions"]["code"]),
        };
        let field = error["field"].as_array().into_iter().flatten();
        Self {
            code,
            message: text(&error["message"]),
            field: field.map(part).collect(),
        }
    }

    /// The place in the list `list` of the input that it is about.
    pub(super) fn place_in(&self, list: &str) -> Option<usize> {
        let at = self.field.iter().position(|part| part == list)?;
        self.field.get(at + 1)?.parse().ok()
    }

    /// What it means for what was asked.
    pub(super) fn failure(&self) -> Failure {
        let gone = matches!(
            self.code.as_str(),
            "PRODUCT_DOES_NOT_EXIST"
                | "PRODUCT_VARIANT_DOES_NOT_EXIST"
                | "INVALID_INVENTORY_ITEM"
                | "RESOURCE_NOT_FOUND"
        ) || self.message == "Product does not exist";
        if gone {
            return Failure::new(FailureKind::Gone, "It is not in Shopify any more.");
        }
        let said = sentence(&self.message);
        let message = match self.subject() {
            Some(subject) => format!("Shopify refuses {subject}: {said}"),
            None => format!("Shopify refuses it: {said}"),
        };
        Failure::new(FailureKind::Rejected, message)
    }

    /// What it is about, in the words of the platform.
    fn subject(&self) -> Option<&str> {
        let is_name = |part: &&String| {
            let wraps = matches!(
                part.as_str(),
                "input" | "variants" | "product" | "quantities"
            );
            !wraps && part.parse::<u32>().is_err()
        };
        let name = self.field.iter().rev().find(is_name)?;
        Some(name.as_str())
    }
}

/// Its words as a sentence.
fn sentence(message: &str) -> String {
    let message: String = message.trim().chars().take(300).collect();
    if message.is_empty() {
        return String::from("it gives no reason.");
    }
    match message.ends_with(['.', '!', '?']) {
        true => message,
        false => message + ".",
    }
}

/// Why an answer is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// Nothing was done: it may be asked again after this wait.
    Wait,
    /// The token does not hold.
    Token,
    /// The shop broke down: it may have been done.
    Down,
    /// It asks for more than one request may.
    TooLarge,
    /// Nothing helps.
    Final,
}

/// What a status that is not 200 means.
pub(super) fn of_status(answer: &Answer) -> (Why, Failure) {
    let said = said(&answer.body);
    let denied = |message: &str, hint: &str| {
        let failure = Failure::new(FailureKind::Denied, message).hint(hint);
        (Why::Final, failure)
    };
    match answer.status.as_u16() {
        429 => {
            let message = "Shopify asks to be left alone for a while.";
            let mut failure = Failure::new(FailureKind::Later, message);
            failure.wait = answer.retry_after();
            (Why::Wait, failure)
        }
        430 => {
            let message = "Shopify takes our requests for an attack and refuses them.";
            let failure = Failure::new(FailureKind::Later, message);
            (Why::Final, failure.hint("Wait an hour, then try again."))
        }
        401 => {
            let (_, failure) = denied(
                "Shopify does not accept the access token.",
                "Look whether the app is still installed in the shop, and enter its token anew.",
            );
            (Why::Token, failure)
        }
        402 => denied(
            "The shop is frozen: Shopify was not paid.",
            "Settle the bill in Shopify's admin.",
        ),
        403 => denied(
            &format!("Shopify does not let the app in: {}", sentence(&said)),
            "Look at the app's permissions in Shopify's admin.",
        ),
        404 => denied(
            "There is no Shopify shop at this address.",
            "Enter the address that ends in .myshopify.com.",
        ),
        423 => denied("Shopify has locked the shop.", "Ask Shopify's support why."),
        300..=399 => denied(
            "The address leads elsewhere.",
            "Enter the address that ends in .myshopify.com.",
        ),
        500..=599 => {
            let message = "Shopify is out of order at the moment.";
            (Why::Down, Failure::new(FailureKind::Later, message))
        }
        status => {
            let message = format!(
                "Shopify refuses the request ({status}): {}",
                sentence(&said)
            );
            (Why::Final, Failure::new(FailureKind::Rejected, message))
        }
    }
}

/// What top errors at status 200 mean.
pub(super) fn of_errors(errors: &Value) -> (Why, Failure) {
    let all = match errors {
        Value::String(text) => vec![Complaint {
            code: String::new(),
            message: text.clone(),
            field: Vec::new(),
        }],
        other => Complaint::all(other),
    };
    let with_code = |code: &str| all.iter().find(|one| one.code == code);
    if with_code("THROTTLED").is_some() {
        let message = "Shopify asks for fewer requests.";
        return (Why::Wait, Failure::new(FailureKind::Later, message));
    }
    if with_code("MAX_COST_EXCEEDED").is_some() {
        let message = "The request asks for more than Shopify answers at once.";
        return (Why::TooLarge, Failure::new(FailureKind::Broken, message));
    }
    if with_code("ACCESS_DENIED").is_some() {
        return (Why::Final, access_denied(errors));
    }
    if let Some(inactive) = with_code("SHOP_INACTIVE") {
        let failure = Failure::new(FailureKind::Denied, sentence(&inactive.message));
        return (Why::Final, failure);
    }
    let first = all.first();
    let said = sentence(first.map_or("", |one| &one.message));
    match first.map_or("", |one| one.code.as_str()) {
        "INTERNAL_SERVER_ERROR" | "TIMEOUT" => {
            let message = "Shopify is out of order at the moment.";
            (Why::Down, Failure::new(FailureKind::Later, message))
        }
        "RESOURCE_NOT_FOUND" => {
            let message = format!("Shopify does not know it: {said}");
            (Why::Final, Failure::new(FailureKind::Gone, message))
        }
        "undefinedField" | "argumentNotAccepted" | "INVALID_FIELD_ARGUMENTS" => {
            let message = format!("Shopify does not understand the request: {said}");
            (Why::Final, Failure::new(FailureKind::Broken, message))
        }
        _ => {
            let message = format!("Shopify refuses the request: {said}");
            (Why::Final, Failure::new(FailureKind::Rejected, message))
        }
    }
}

/// Whether an answer with errors says something all the same: a mutation was made then, and only what it
/// should tell is lacking.
pub(super) fn is_done_in_part(data: &Value) -> bool {
    let fields = data.as_object().into_iter().flat_map(|data| data.values());
    fields.into_iter().any(|value| !value.is_null())
}

fn access_denied(errors: &Value) -> Failure {
    let mut errors = errors.as_array().into_iter().flatten();
    let needed = errors.find_map(|error| error["extensions"]["requiredAccess"].as_str());
    let needed: String = needed.unwrap_or_default().chars().take(200).collect();
    let message = match needed.is_empty() {
        true => String::from("The app lacks a right in Shopify."),
        false => format!("The app lacks a right in Shopify: {needed}"),
    };
    Failure::new(FailureKind::Denied, message)
        .hint("Give the app this access scope in Shopify, and approve its new version in the shop.")
}

/// Why no token was granted.
pub(super) fn of_token(answer: &Answer) -> Failure {
    let (why, failure) = of_status(answer);
    if matches!(why, Why::Wait | Why::Down) {
        return failure;
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let denied = |message: &str, hint: &str| Failure::new(FailureKind::Denied, message).hint(hint);
    if body["error"] == "shop_not_permitted" {
        return denied(
            "The app and the shop belong to different organisations, so the app gets no token.",
            "Make the app in the Dev Dashboard of the organisation that owns the shop.",
        );
    }
    if matches!(answer.status.as_u16(), 402 | 404 | 423) {
        return failure;
    }
    denied(
        "Shopify gives the app no token.",
        "Look at the client id and the client secret, and whether the app is installed in the shop.",
    )
}

/// The words in the body of a refusal, which may be JSON or a page for people.
fn said(body: &str) -> String {
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let errors = &json["errors"];
    let text = errors.as_str().or_else(|| errors["query"].as_str());
    text.unwrap_or_default().to_owned()
}

/// A search field that the shop does not know is passed over by it, and everything is found.
pub(super) fn search_warning(search: &Value) -> Option<Failure> {
    let all = search.as_array().into_iter().flatten();
    let mut warnings = all.filter_map(|one| one["warnings"].as_array()).flatten();
    let field = warnings.next()?["field"].as_str().unwrap_or("a field");
    let message = format!("Shopify does not know how to search by {field}.");
    Some(Failure::new(FailureKind::Broken, message))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Complaint, Why, is_done_in_part, of_errors, search_warning};
    use crate::failure::FailureKind;

    #[test]
    fn each_code_says_what_is_to_be_done() {
        use FailureKind::{Broken, Denied, Gone, Later, Rejected};
        for (code, why, kind) in [
            ("THROTTLED", Why::Wait, Later),
            ("MAX_COST_EXCEEDED", Why::TooLarge, Broken),
            ("ACCESS_DENIED", Why::Final, Denied),
            ("SHOP_INACTIVE", Why::Final, Denied),
            ("INTERNAL_SERVER_ERROR", Why::Down, Later),
            ("RESOURCE_NOT_FOUND", Why::Final, Gone),
            ("undefinedField", Why::Final, Broken),
            ("MAX_INPUT_SIZE_EXCEEDED", Why::Final, Rejected),
            ("A_CODE_OF_TOMORROW", Why::Final, Rejected),
        ] {
            let errors = json!([{"message": "No", "extensions": {"code": code}}]);
            let (said, failure) = of_errors(&errors);
            assert_eq!((said, failure.kind), (why, kind), "{code}");
        }
        let (_, failure) = of_errors(&json!("Unavailable"));
        assert_eq!(failure.message, "Shopify refuses the request: Unavailable.");
    }

    #[test]
    fn a_right_that_lacks_is_named() {
        let errors = json!([{"message": "Access denied", "extensions": {
            "code": "ACCESS_DENIED", "requiredAccess": "`write_products` access scope."}}]);
        let (_, failure) = of_errors(&errors);
        assert!(failure.message.contains("write_products"), "{failure}");
    }

    #[test]
    fn a_search_that_passes_over_a_field_is_no_answer() {
        let warnings = json!([{"path": ["products"], "warnings": [{"field": "colour", "code": "invalid_field"}]}]);
        let failure = search_warning(&warnings).unwrap();
        assert_eq!(failure.kind, FailureKind::Broken);
        assert!(failure.message.contains("colour"), "{failure}");
        assert_eq!(search_warning(&json!(null)), None);
        assert_eq!(search_warning(&json!([{"warnings": []}])), None);
    }

    #[test]
    fn a_mutation_that_tells_something_beside_its_errors_was_made() {
        for (data, done) in [
            (json!(null), false),
            (json!({"productUpdate": null}), false),
            (json!({"productUpdate": {"product": {"id": "1"}}}), true),
        ] {
            assert_eq!(is_done_in_part(&data), done, "{data}");
        }
    }

    #[test]
    fn complaints_name_their_place_and_what_they_are_about() {
        let errors = json!([
            {"code": "INVALID", "field": ["input", "variants", "4", "inventoryItem", "cost"], "message": "Too high"},
            {"code": null, "field": null, "message": ""},
        ]);
        let complaints = Complaint::all(&errors);
        assert_eq!(complaints[0].place_in("variants"), Some(4));
        assert_eq!(
            complaints[0].failure().message,
            "Shopify refuses cost: Too high."
        );
        assert_eq!(complaints[1].place_in("variants"), None);
        assert_eq!(
            complaints[1].failure().message,
            "Shopify refuses it: it gives no reason."
        );
    }
}
