//! New variants for a product that is there. Nothing that is there is removed.

use serde_json::{Value, json};
use uuid::Uuid;

use super::calls::unsaid;
use super::created::{Trust, has_options, variants as found_variants};
use super::documents::VARIANTS_CREATE;
use super::family::whole;
use super::inputs::refused;
use super::item::Whole;
use super::json::{nodes, text};
use super::making::Making;
use super::new_input::{Options, Quantity, options, variant};
use super::refusal::Complaint;
use super::transport::Repeat;
use crate::channel::{Created, ItemRef, NewItem};
use crate::failure::{Answered, Failure, FailureKind};

/// The most of one mutation.
const MOST: usize = 250;
/// How many variants are thought to be there.
const GUESS: usize = 50;

/// A variant that can be created.
struct Fit<'a> {
    item: &'a NewItem,
    input: Value,
}

/// Creates the variants that are not there yet.
pub(super) async fn create(
    making: Making<'_>,
    into: &ItemRef,
    wanted: &[NewItem],
) -> Answered<Created> {
    let there = product(making, into).await?;
    let there = there.ok_or_else(|| {
        Failure::new(FailureKind::Gone, "The product is not in Shopify any more.")
    })?;
    if alone(&there) {
        let message = "The product has no options in Shopify, so it takes no further variant.";
        return Err(refused(message).hint("Give it an option in Shopify first."));
    }
    let mut created = Created {
        items: Vec::new(),
        failed: Vec::new(),
        warnings: Vec::new(),
        request_id: None,
    };
    let mut fits = Vec::new();
    for item in wanted {
        match place(item, &there) {
            Place::There(variant) => {
                let variant = making.reader.variant(&there.product, variant);
                created.items.push((item.key, variant));
            }
            Place::Free(chosen) => match variant(item, &chosen, Quantity::Available) {
                Ok(input) => fits.push(Fit { item, input }),
                Err(failure) => created.failed.push((item.key, failure)),
            },
            Place::None(failure) => created.failed.push((item.key, failure)),
        }
    }
    while !fits.is_empty() {
        let rest = fits.split_off(fits.len().min(MOST));
        add(making, &there, fits, &mut created).await?;
        fits = rest;
    }
    Ok(created)
}

/// The variants that are there.
pub(super) async fn find(
    making: Making<'_>,
    into: &ItemRef,
    wanted: &[NewItem],
) -> Answered<Option<Created>> {
    let there = product(making, into).await?;
    let Some(there) = there.filter(|there| !alone(there)) else {
        return Ok(None);
    };
    let is_there = |item: &&NewItem| matches!(place(item, &there), Place::There(_));
    let present: Vec<NewItem> = wanted.iter().filter(is_there).cloned().collect();
    if present.is_empty() {
        return Ok(None);
    }
    let (items, _) = found_variants(making.reader, &present, &there, Trust::Skus);
    let missing = wanted
        .iter()
        .filter(|item| items.iter().all(|(key, _)| *key != item.key));
    let failed = missing.map(|item| (item.key, not_created())).collect();
    Ok(Some(Created {
        items,
        failed,
        warnings: Vec::new(),
        request_id: None,
    }))
}

async fn product(making: Making<'_>, into: &ItemRef) -> Answered<Option<Whole>> {
    whole(making.transport, &into.remote_id, GUESS).await
}

fn alone(there: &Whole) -> bool {
    there.product["hasOnlyDefaultVariant"] == json!(true)
}

/// Where a new variant belongs among those that are there.
enum Place<'a> {
    /// It is there: options and SKU are the same.
    There(&'a Value),
    /// Nowhere yet, under these options in the order of the product.
    Free(Options),
    /// It does not fit.
    None(Failure),
}

fn place<'a>(item: &NewItem, there: &'a Whole) -> Place<'a> {
    let wanted = match options(&item.values) {
        Ok(wanted) => wanted,
        Err(failure) => return Place::None(failure),
    };
    let first = there.variants.first().unwrap_or(&Value::Null);
    let names = nodes(&first["selectedOptions"]);
    let names: Vec<&str> = names.iter().map(|one| text(one, "name")).collect();
    let chosen: Options = names
        .iter()
        .filter_map(|name| wanted.iter().find(|(wanted, _)| wanted == name).cloned())
        .collect();
    if chosen.len() != names.len() || wanted.len() != names.len() {
        let message = format!(
            "The product has the options {} in Shopify.",
            names.join(", ")
        );
        return Place::None(refused(&message).hint("Give the variant the same ones."));
    }
    let same = there.variants.iter().find(|one| has_options(one, &chosen));
    match same {
        None => Place::Free(chosen),
        Some(variant) if text(variant, "sku") == item.sku => Place::There(variant),
        Some(variant) => {
            let message = match text(variant, "sku") {
                "" => String::from("The product has a variant with these options already."),
                sku => format!("The product has a variant with these options already: {sku}."),
            };
            Place::None(refused(&message))
        }
    }
}

/// Creates variants of one mutation: all or none of them. Those that the shop complains about are left
/// out, and the others tried once more.
async fn add(
    making: Making<'_>,
    there: &Whole,
    mut fits: Vec<Fit<'_>>,
    created: &mut Created,
) -> Answered<()> {
    let product = text(&there.product, "id");
    while !fits.is_empty() {
        let inputs: Vec<&Value> = fits.iter().map(|fit| &fit.input).collect();
        let variables = json!({"productId": product, "variants": inputs});
        let asked = making
            .transport
            .ask(VARIANTS_CREATE, variables, Repeat::Once);
        let mut said = asked.await?;
        created.request_id = said.request_id.take();
        let payload = &mut said.data["productVariantsBulkCreate"];
        let complaints = Complaint::all(&payload["userErrors"]);
        if complaints.is_empty() {
            let Value::Array(variants) = payload["productVariants"].take() else {
                return Err(unsaid());
            };
            take(making, there, (fits, variants), created);
            return Ok(());
        }
        let about = |place: usize| {
            let mut complaints = complaints.iter();
            complaints.find(|one| one.place_in("variants") == Some(place))
        };
        let general = complaints.iter().find(|one| {
            one.place_in("variants")
                .is_none_or(|place| place >= fits.len())
        });
        let mut left = Vec::new();
        for (place, fit) in fits.into_iter().enumerate() {
            match about(place).or(general) {
                Some(complaint) => created.failed.push((fit.item.key, complaint.failure())),
                None => left.push(fit),
            }
        }
        fits = left;
    }
    Ok(())
}

fn take(
    making: Making<'_>,
    there: &Whole,
    (fits, variants): (Vec<Fit<'_>>, Vec<Value>),
    created: &mut Created,
) {
    let made = Whole {
        product: there.product.clone(),
        variants,
        ..Whole::default()
    };
    let wanted: Vec<NewItem> = fits.iter().map(|fit| fit.item.clone()).collect();
    let (items, missing) = found_variants(making.reader, &wanted, &made, Trust::Ours);
    created.items.extend(items);
    let lost = |key: Uuid| (key, unsaid());
    created.failed.extend(missing.into_iter().map(lost));
}

fn not_created() -> Failure {
    Failure::new(FailureKind::Rejected, "The variant was not created.")
}
