//! The mutations of an update, and what their answers say of each item.

use domain::channel::ShopValues;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::documents::{Document, PRODUCT_FILES, PRODUCT_UPDATE, VARIANTS_UPDATE};
use super::item::{add_variant_values, product_values};
use super::json::{moment, text};
use super::refusal::Complaint;
use crate::channel::Written;
use crate::failure::{Answered, Failure, FailureKind};

/// Which mutation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A product itself.
    Product,
    /// The pictures of a product.
    Files,
    /// Variants of one product.
    Variants,
}

/// A mutation that is to be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Call {
    pub(super) kind: Kind,
    /// Its input, which is not needed once it was sent.
    #[serde(skip)]
    pub(super) variables: Value,
    /// What it is about: of variants, in the order of the input.
    pub(super) parts: Vec<Part>,
}

/// What a mutation changes of one item.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Part {
    /// The place of the update among those that were asked for.
    pub(super) update: usize,
    /// The id of the product or the variant.
    pub(super) id: String,
    /// What is sent.
    pub(super) sent: ShopValues,
}

/// What became of one update.
pub(super) type Outcome = (usize, Answered<Written>);

impl Kind {
    fn document(self) -> Document {
        match self {
            Kind::Product => PRODUCT_UPDATE,
            Kind::Files => PRODUCT_FILES,
            Kind::Variants => VARIANTS_UPDATE,
        }
    }

    fn root(self) -> &'static str {
        match self {
            Kind::Product => "productUpdate",
            Kind::Files => "productSet",
            Kind::Variants => "productVariantsBulkUpdate",
        }
    }
}

impl Call {
    /// A change of a product itself.
    pub(super) fn product(part: Part, mut input: Map<String, Value>) -> Self {
        let html = input.contains_key("descriptionHtml");
        input.insert(String::from("id"), json!(part.id));
        Self {
            kind: Kind::Product,
            variables: json!({"product": input, "html": html}),
            parts: vec![part],
        }
    }

    /// The files of a product, all that it shall have. Nothing else goes along: every list that this
    /// mutation is given replaces the one that is there.
    pub(super) fn files(part: Part, files: Vec<Value>) -> Self {
        Self {
            kind: Kind::Files,
            variables: json!({"identifier": {"id": part.id}, "files": files}),
            parts: vec![part],
        }
    }

    /// Changes of variants of one product, each with its input.
    pub(super) fn variants(product: &str, variants: Vec<(Part, Map<String, Value>)>) -> Self {
        let (mut parts, mut inputs) = (Vec::new(), Vec::new());
        for (part, mut input) in variants {
            input.insert(String::from("id"), json!(part.id));
            inputs.push(Value::Object(input));
            parts.push(part);
        }
        Self {
            kind: Kind::Variants,
            variables: json!({"productId": product, "variants": inputs}),
            parts,
        }
    }

    /// Its text.
    pub(super) fn document(&self) -> Document {
        self.kind.document()
    }

    /// The same for every item of it.
    pub(super) fn failed(&self, failure: &Failure) -> Vec<Outcome> {
        let failed = |part: &Part| (part.update, Err(failure.clone()));
        self.parts.iter().map(failed).collect()
    }

    /// What an answer says of each item.
    pub(super) fn told(&self, data: &Value, request_id: Option<&str>) -> Vec<Outcome> {
        let payload = &data[self.kind.root()];
        let complaints = Complaint::all(&payload["userErrors"]);
        let one = |(place, part): (usize, &Part)| {
            let outcome = match self.kind {
                Kind::Variants => of_variant(payload, &complaints, (place, part)),
                Kind::Product | Kind::Files => of_product(payload, &complaints, part),
            };
            (part.update, with_id(outcome, request_id))
        };
        self.parts.iter().enumerate().map(one).collect()
    }
}

fn of_product(payload: &Value, complaints: &[Complaint], part: &Part) -> Answered<Written> {
    if let Some(complaint) = complaints.first() {
        return Err(complaint.failure());
    }
    let product = &payload["product"];
    if product.is_null() {
        return Err(unsaid());
    }
    Ok(written(part, product_values(product), product))
}

fn of_variant(
    payload: &Value,
    complaints: &[Complaint],
    (place, part): (usize, &Part),
) -> Answered<Written> {
    let about = complaints
        .iter()
        .find(|one| one.place_in("variants") == Some(place));
    if let Some(complaint) = about {
        return Err(complaint.failure());
    }
    let mut variants = payload["productVariants"].as_array().into_iter().flatten();
    if let Some(variant) = variants.find(|one| text(one, "id") == part.id) {
        let mut values = ShopValues::new();
        add_variant_values(&mut values, variant);
        return Ok(written(part, values, variant));
    }
    let general = complaints
        .iter()
        .find(|one| one.place_in("variants").is_none());
    match (general, complaints.first()) {
        (Some(complaint), _) => Err(complaint.failure()),
        (None, Some(sibling)) => {
            let why = sibling.failure().message;
            let message =
                format!("Another variant of the product kept it from being written. {why}");
            Err(Failure::new(FailureKind::Rejected, message))
        }
        (None, None) => Err(unsaid()),
    }
}

/// What the shop says of the changed fields, and where it keeps something else than was sent.
fn written(part: &Part, mut said: ShopValues, thing: &Value) -> Written {
    said.retain(|field, _| part.sent.contains_key(field));
    let differs = |(field, value): &(&_, &_)| part.sent.get(*field) != Some(*value);
    let warnings = said
        .iter()
        .filter(differs)
        .map(|(field, _)| format!("Shopify keeps another value in {field} than was sent."))
        .collect();
    Written {
        warnings,
        values: said,
        updated_at: moment(&thing["updatedAt"]),
        request_id: None,
    }
}

fn with_id(outcome: Answered<Written>, request_id: Option<&str>) -> Answered<Written> {
    let id = || request_id.map(String::from);
    match outcome {
        Ok(written) => Ok(Written {
            request_id: id(),
            ..written
        }),
        Err(failure) => Err(Failure {
            request_id: id(),
            ..failure
        }),
    }
}

/// The answer does not tell what became of an item.
pub(super) fn unsaid() -> Failure {
    let message = "Shopify does not say whether it was written.";
    Failure::new(FailureKind::Lost, message)
}

/// What became of an update of which several parts were sent: it is done when all of them are.
pub(super) fn together(before: Answered<Written>, next: Answered<Written>) -> Answered<Written> {
    match (before, next) {
        (Err(failure), Err(other)) if other.kind == FailureKind::Lost => {
            Err(if failure.kind == FailureKind::Lost {
                failure
            } else {
                other
            })
        }
        (Err(failure), _) | (Ok(_), Err(failure)) => Err(failure),
        (Ok(mut before), Ok(next)) => {
            before.values.extend(next.values);
            before.warnings.extend(next.warnings);
            before.updated_at = before.updated_at.max(next.updated_at);
            before.request_id = next.request_id.or(before.request_id);
            Ok(before)
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::channel::{ShopField, ShopValues};
    use domain::record::Value as Held;
    use serde_json::json;

    use super::{Call, Part, together, unsaid};
    use crate::channel::Written;
    use crate::failure::{Failure, FailureKind};

    fn call() -> Call {
        let part = |update, id: &str| Part {
            update,
            id: id.to_owned(),
            sent: ShopValues::from([(ShopField::new("variant.price"), Held::Number(10_000))]),
        };
        let input = serde_json::Map::new;
        Call::variants(
            "P",
            vec![
                (part(0, "A"), input()),
                (part(1, "B"), input()),
                (part(2, "C"), input()),
            ],
        )
    }

    #[test]
    fn each_variant_is_told_apart() {
        let answer = json!({"productVariantsBulkUpdate": {
            "productVariants": [{"id": "A", "price": "1.00"}],
            "userErrors": [{"code": "INVALID", "field": ["variants", "1", "price"], "message": "No"}],
        }});
        let told = call().told(&answer, Some("r1"));
        assert!(
            told[0]
                .1
                .as_ref()
                .is_ok_and(|written| written.warnings.is_empty())
        );
        let refused = told[1].1.as_ref().unwrap_err();
        assert_eq!(refused.message, "Shopify refuses price: No.");
        assert_eq!(refused.request_id.as_deref(), Some("r1"));
        assert_eq!(told[2].1.as_ref().unwrap_err().kind, FailureKind::Rejected);
    }

    #[test]
    fn an_item_of_which_nothing_is_said_is_lost() {
        let answer = json!({"productVariantsBulkUpdate": {
            "productVariants": [{"id": "A", "price": "1.01"}], "userErrors": []}});
        let told = call().told(&answer, None);
        assert_eq!(
            told[0].1.as_ref().unwrap().warnings.len(),
            1,
            "it was rounded"
        );
        assert_eq!(told[1].1.as_ref().unwrap_err().kind, FailureKind::Lost);
    }

    #[test]
    fn an_update_in_two_parts_is_lost_when_one_is() {
        let rejected = || Err(Failure::new(FailureKind::Rejected, "No."));
        let kind = |before, next| together(before, next).map_err(|failure| failure.kind);
        assert_eq!(kind(rejected(), Err(unsaid())), Err(FailureKind::Lost));
        assert_eq!(kind(Err(unsaid()), rejected()), Err(FailureKind::Lost));
        assert_eq!(
            kind(Ok(Written::default()), rejected()),
            Err(FailureKind::Rejected)
        );
        assert!(kind(Ok(Written::default()), Ok(Written::default())).is_ok());
    }
}
