//! Creating very many products at once, by a bulk operation.

use serde_json::{Value, json};
use uuid::Uuid;

use super::calls::unsaid;
use super::created::{self, Trust};
use super::documents::PRODUCTS_CREATE;
use super::family::whole;
use super::item::Whole;
use super::json::text;
use super::making::{Making, refuse, unread};
use super::mass::{self, Line};
use super::refusal::Complaint;
use super::{find, key, new_family, new_input};
use crate::channel::{Created, NewFamily};
use crate::failure::{Answered, Failure, FailureKind};

/// What becomes of each family.
type Results = Vec<Option<Answered<Created>>>;

/// A product that is to be created.
struct New<'a> {
    place: usize,
    family: &'a NewFamily,
    variables: Value,
    warnings: Vec<String>,
}

/// A product that was created and is not known whole.
struct Brief {
    place: usize,
    id: String,
    warnings: Vec<String>,
}

/// Creates families: new products together, and what comes into others each by itself.
pub(super) async fn create(making: Making<'_>, families: &[NewFamily]) -> Vec<Answered<Created>> {
    let mut results: Results = families.iter().map(|_| None).collect();
    let mut new = Vec::new();
    for (place, family) in families.iter().enumerate() {
        match one(making, place, family) {
            Some(Ok(one)) => new.push(one),
            Some(Err(failure)) => results[place] = Some(Err(failure)),
            None => {}
        }
    }
    match leave_out_those_there(making, new, &mut results).await {
        Ok(new) => {
            for brief in run(making, new, &mut results).await {
                let place = brief.place;
                results[place] = Some(read(making, &families[place], brief).await);
            }
        }
        Err((places, failure)) => {
            for place in places {
                results[place] = Some(Err(failure.clone()));
            }
        }
    }
    let mut created = Vec::with_capacity(families.len());
    for (family, result) in families.iter().zip(results) {
        created.push(match result {
            Some(result) => result,
            None => match new_family::each(making, std::slice::from_ref(family))
                .await
                .pop()
            {
                Some(result) => result,
                None => Err(unsaid()),
            },
        });
    }
    created
}

/// The variables of a new product; none for what comes into another one.
fn one<'a>(making: Making<'_>, place: usize, family: &'a NewFamily) -> Option<Answered<New<'a>>> {
    let item = family.product.as_ref().filter(|_| family.into.is_none())?;
    let new = new_input::product(item, family, making.own);
    Some(new.map(|new| New {
        place,
        family,
        variables: json!({"identifier": key::named(item.key), "input": new.input}),
        warnings: new.warnings,
    }))
}

/// A key that was used before creates nothing again.
async fn leave_out_those_there<'a>(
    making: Making<'_>,
    new: Vec<New<'a>>,
    results: &mut Results,
) -> Result<Vec<New<'a>>, (Vec<usize>, Failure)> {
    let key = |one: &New<'_>| {
        one.family
            .product
            .as_ref()
            .map_or(Uuid::nil(), |item| item.key)
    };
    let keys: Vec<Uuid> = new.iter().map(key).collect();
    let there = match making.keys.find_all(making.transport, &keys).await {
        Ok(there) => there,
        Err(failure) => return Err((new.iter().map(|one| one.place).collect(), failure)),
    };
    let mut left = Vec::new();
    for (one, there) in new.into_iter().zip(there) {
        match there {
            None => left.push(one),
            Some(id) => {
                let found = find::read(making, &id, one.family, Trust::Ours).await;
                let found = found.and_then(|found| found.ok_or_else(unsaid));
                results[one.place] = Some(found);
            }
        }
    }
    Ok(left)
}

/// Creates products, and says which of them are to be read.
async fn run(making: Making<'_>, new: Vec<New<'_>>, results: &mut Results) -> Vec<Brief> {
    let line = |one| Line {
        document: PRODUCTS_CREATE,
        variables: New::variables(one),
    };
    let lines: Vec<Line<'_>> = new.iter().map(line).collect();
    let mut briefs = Vec::new();
    let mut hear = |at: usize, answer: Answered<&Value>| {
        let one = &new[at];
        let told = answer.and_then(|data| told(making, one, data));
        match told {
            Ok(Told::Whole(created)) => results[one.place] = Some(Ok(created)),
            Err(failure) => results[one.place] = Some(Err(failure)),
            Ok(Told::Cut(id)) => briefs.push(Brief {
                place: one.place,
                id,
                warnings: one.warnings.clone(),
            }),
        }
    };
    mass::run(making.transport, &lines, &mut hear).await;
    briefs
}

impl New<'_> {
    fn variables(&self) -> &Value {
        &self.variables
    }
}

/// What a line of the result tells.
enum Told {
    /// All that is to be known.
    Whole(Created),
    /// That the product of this id is there, and not all of its variants.
    Cut(String),
}

fn told(making: Making<'_>, one: &New<'_>, data: &Value) -> Answered<Told> {
    let payload = &data["productSet"];
    refuse(
        &Complaint::all(&payload["userErrors"]),
        &one.variables["input"],
    )?;
    let product = &payload["product"];
    if product.is_null() {
        return Err(unsaid());
    }
    let edges = product["variants"]["edges"]
        .as_array()
        .into_iter()
        .flatten();
    let variants: Vec<Value> = edges.map(|edge| edge["node"].clone()).collect();
    let wanted = one.family.variants.len().max(1);
    if variants.len() < wanted {
        return Ok(Told::Cut(text(product, "id").to_owned()));
    }
    let brief = Whole {
        product: product.clone(),
        variants,
        is_brief: true,
        ..Whole::default()
    };
    let created = created::of_family(making.reader, one.family, &brief, Trust::Ours)?;
    Ok(Told::Whole(Created {
        warnings: one.warnings.clone(),
        ..created
    }))
}

async fn read(making: Making<'_>, family: &NewFamily, brief: Brief) -> Answered<Created> {
    let whole = whole(making.transport, &brief.id, family.variants.len()).await;
    let whole = whole.map_err(unread)?.ok_or_else(|| {
        Failure::new(
            FailureKind::Gone,
            "The product was deleted right after it was created.",
        )
    })?;
    let created = created::of_family(making.reader, family, &whole, Trust::Ours)?;
    Ok(Created {
        warnings: brief.warnings,
        ..created
    })
}
