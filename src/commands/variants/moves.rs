//! Between families: a product that becomes the first variant of a new parent, and products that are moved
//! under a parent, to another one or out of their family.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Family, label};
use crate::commands::call::Call;
use crate::commands::records::{Changed, Proposed, change_together, check_new, hidden};
use domain::catalog::OptionPair;
use domain::catalog::product::{
    ALT_IMAGES, BARCODE, MAIN_IMAGE, MOST_VARIANTS, NAME, OPTIONS, PARENT_SKU, PRODUCT, SKU, STOCK,
    VARIANT_POSITION, options_key,
};
use domain::catalog::variants::{name_of, option_fields, told};
use domain::error::{Code, Error, Result};
use domain::plan::Origin;
use domain::record::{Record, Value};
use domain::values::RecordId;
use store::Store;

/// `products.make_parent`: a product becomes the first variant of a new parent. It keeps its SKU, prices, stock,
/// barcode, suppliers and history; the parent has its name, brand, texts and prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeParent {
    /// The product.
    pub id: RecordId,
    /// The SKU of the new parent.
    pub sku: String,
    /// The options of the first variant.
    pub options: Vec<OptionPair>,
}

/// `products.move_to`: moves products or variants under a parent, or out of their families, as one batch. Where some
/// cannot go there, none goes, and the error has the reason of each under its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MoveVariants {
    /// What is moved.
    pub variants: Vec<MovedVariant>,
    /// The SKU of the new parent; null for products of their own, which have no options.
    #[ts(optional = nullable)]
    pub parent: Option<String>,
}

/// A product or variant that is moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MovedVariant {
    /// Which one.
    pub id: RecordId,
    /// Its options under the new parent; it keeps its own when none are given.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<OptionPair>>")]
    pub options: Vec<OptionPair>,
}

/// Makes a product the first variant of a new parent.
pub(in crate::commands) async fn make_parent(call: &Call, request: MakeParent) -> Result<Changed> {
    let family = Family::read(call, request.id).await?;
    family.check_parent()?;
    let (store, product) = (&family.store, &family.parent);
    if !family.variants.is_empty() {
        let message = format!("{} has variants already.", product.code());
        return Err(Error::invalid(message).hint("Add the next one to them."));
    }
    check_options(product, &request.options)?;
    let parent = parent_of(call, store, product, &request.sku);
    check_new(store, &parent.fields).await?;
    let mut values = option_fields(&request.options);
    let name = name_of(product.title(), &request.options);
    values.push((PARENT_SKU, parent.fields.get(SKU).clone()));
    values.push((NAME, Value::text(name)));
    let variant = Proposed::update(product, values);
    let label = label(&parent);
    let proposed = std::iter::once(Proposed::create(parent)).chain(variant);
    change_together(call, (Origin::BulkEdit, label), proposed.collect()).await
}

/// The parent that takes over what variants have in common. What the user may not see stays with the
/// variant alone, and so do its pictures.
fn parent_of(call: &Call, store: &Store, product: &Record, sku: &str) -> Record {
    let (schema, mut parent) = (store.schema(), Record::blank(PRODUCT, RecordId::new()));
    let its_own = [
        BARCODE,
        STOCK,
        PARENT_SKU,
        VARIANT_POSITION,
        MAIN_IMAGE,
        ALT_IMAGES,
    ];
    for field in schema.fields(PRODUCT) {
        let is_option = OPTIONS
            .iter()
            .any(|(name, value)| [*name, *value].contains(&field));
        if !is_option && !its_own.contains(&field) && hidden::sees(call, field) {
            parent.fields.set(field, product.fields.get(field).clone());
        }
    }
    parent.fields.set(SKU, schema.tidied(SKU, Value::text(sku)));
    parent
}

/// Refuses options by which a variant cannot be told from its siblings.
fn check_options(product: &Record, options: &[OptionPair]) -> Result<()> {
    let mut after = product.fields.clone();
    for (field, value) in option_fields(options) {
        after.set(field, value);
    }
    if options.len() > OPTIONS.len() {
        let message = format!("A variant has at most {} options.", OPTIONS.len());
        return Err(Error::invalid(message).hint("Leave some out."));
    }
    if options_key(&after).is_none() {
        let message = format!(
            "{} needs an option, such as Size, and its value.",
            product.code()
        );
        return Err(
            Error::invalid(message).hint("Variants are told apart by the values of their options.")
        );
    }
    Ok(())
}

/// Moves products or variants.
pub(in crate::commands) async fn move_to(call: &Call, request: MoveVariants) -> Result<Changed> {
    let most = usize::try_from(MOST_VARIANTS).unwrap_or(usize::MAX);
    if request.variants.len() > most {
        let message = format!("At most {most} products are moved at once.");
        return Err(Error::invalid(message).hint("Select fewer."));
    }
    let store = call.store()?;
    let ids: Vec<RecordId> = request.variants.iter().map(|moved| moved.id).collect();
    let found = store.get_many(PRODUCT, &ids).await?;
    let moved = |record: &Record| request.variants.iter().find(|moved| moved.id == record.id);
    let (proposed, label) = match &request.parent {
        None => (
            out(&found),
            found
                .first()
                .map(Record::code)
                .unwrap_or_default()
                .to_owned(),
        ),
        Some(sku) => {
            let to = target(store, sku).await?;
            let options = found.iter().map(|record| {
                let options = moved(record).map_or(&[][..], |moved| &moved.options);
                (record, options)
            });
            let proposed = all_under(&to, options.collect())?;
            (proposed, label(&to.parent))
        }
    };
    change_together(call, (Origin::BulkEdit, label), proposed).await
}

async fn target(store: Store, sku: &str) -> Result<Family> {
    let found = store.find_by_codes(PRODUCT, &[sku.trim()]).await?;
    let parent = found.into_iter().next().ok_or_else(|| {
        Error::not_found(format!("There is no product with the SKU {sku}."))
            .hint("A SKU is compared exactly as written.")
    })?;
    let family = Family::of(store, parent).await?;
    family.check_parent()?;
    Ok(family)
}

/// Products of their own have no options and no place among others.
fn out(records: &[Record]) -> Vec<Proposed> {
    let variants = records.iter().filter(|record| record.parent().is_some());
    let moved = variants.filter_map(|record| {
        let mut values = option_fields(&[]);
        values.push((PARENT_SKU, Value::Empty));
        values.push((VARIANT_POSITION, Value::Number(0)));
        Proposed::update(record, values)
    });
    moved.collect()
}

/// What puts records last under a parent, in their order; or why that cannot be, for each.
fn all_under(to: &Family, moved: Vec<(&Record, &[OptionPair])>) -> Result<Vec<Proposed>> {
    let mut last = to.last();
    let mut proposed = Vec::with_capacity(moved.len());
    let mut problems: Vec<(&Record, Error)> = Vec::new();
    let ids: HashSet<RecordId> = moved.iter().map(|(record, _)| record.id).collect();
    let stay = to
        .variants
        .iter()
        .filter(|sibling| !ids.contains(&sibling.id));
    let mut taken: HashMap<String, String> = stay
        .filter_map(|sibling| Some((options_key(&sibling.fields)?, sibling.code().to_owned())))
        .collect();
    for (record, options) in moved {
        match under(to, (record, options), &mut taken, &mut last) {
            Ok(one) => proposed.extend(one),
            Err(problem) => problems.push((record, problem)),
        }
    }
    match problems.len() {
        0 => Ok(proposed),
        count => Err(none_moves(to, count, problems)),
    }
}

/// An error that names each that cannot be moved.
fn none_moves(to: &Family, count: usize, problems: Vec<(&Record, Error)>) -> Error {
    let all: Vec<(String, String)> = problems
        .iter()
        .map(|(record, problem)| (record.id.to_string(), problem.message.clone()))
        .collect();
    let mut problems = problems.into_iter();
    let error = match (problems.next(), count) {
        (Some((_, only)), 1) => only,
        (first, _) => {
            let sku = to.parent.code();
            let message = format!("{count} products cannot be moved to {sku}, so none is.");
            let hint = first.map_or_else(String::new, |(_, first)| first.message);
            Error::new(Code::Conflict, message).hint(hint)
        }
    };
    let all = all.into_iter();
    all.fold(error, |error, (id, told)| error.field(id, told))
}

/// What puts a record last under a parent whose other variants have these options.
fn under(
    to: &Family,
    (record, options): (&Record, &[OptionPair]),
    taken: &mut HashMap<String, String>,
    last: &mut i64,
) -> Result<Option<Proposed>> {
    let sku = to.parent.code();
    let stays = record.parent() == Some(to.parent.id);
    let mut values = vec![(PARENT_SKU, Value::text(sku))];
    if !options.is_empty() {
        values.extend(option_fields(options));
    }
    if !stays {
        *last += 1;
        values.push((VARIANT_POSITION, Value::Number(*last)));
    }
    let proposed = Proposed::update(record, values);
    let after = proposed
        .as_ref()
        .map_or(record, |proposed| &proposed.record);
    let pairs = domain::catalog::variants::pairs_of(&after.fields);
    if !stays || !options.is_empty() {
        check_options(record, &pairs)?;
    }
    let Some(key) = options_key(&after.fields) else {
        return Ok(proposed);
    };
    if let Some(twin) = taken.get(&key) {
        let (code, told) = (record.code(), told(&pairs));
        let message = format!("{code} would be {told}, as {twin} of {sku} is.");
        return Err(Error::new(Code::Conflict, message).hint("Give it other values."));
    }
    taken.insert(key, record.code().to_owned());
    Ok(proposed)
}
