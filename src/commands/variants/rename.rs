//! Names of options and values over a whole family, and the order of its variants.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Family;
use crate::commands::call::Call;
use crate::commands::records::Changed;
use domain::catalog::product::OPTION1_NAME;
use domain::catalog::variants::{
    is_same, rename_option as renamed, rename_value as revalued, reorder,
};
use domain::error::{Error, Result};
use domain::record::{Field, Schema, Value, check_field};
use domain::values::RecordId;

/// `products.rename_option`: gives an option another name in all variants of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenameOption {
    /// The product.
    pub id: RecordId,
    /// The option, by its name.
    pub option: String,
    /// Its new name.
    pub to: String,
}

/// `products.rename_option_value`: gives a value of an option another name in all variants of a product. With the
/// name of another value the two become one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenameOptionValue {
    /// The product.
    pub id: RecordId,
    /// The option, by its name.
    pub option: String,
    /// The value.
    pub value: String,
    /// Its new name.
    pub to: String,
}

/// `products.order_variants`: puts variants of a product into an order. Those that are not named stand after the
/// others, as they stand now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderVariants {
    /// The product.
    pub id: RecordId,
    /// Its variants, the first one first.
    pub ids: Vec<RecordId>,
}

/// Gives an option another name.
pub(in crate::commands) async fn rename_option(
    call: &Call,
    request: RenameOption,
) -> Result<Changed> {
    let family = Family::read(call, request.id).await?;
    check_has(&family, &request.option, None)?;
    let to = checked(&family.store.schema(), OPTION1_NAME, &request.to)?;
    let changes = renamed(&family.variants, request.option.trim(), &to);
    family.change(call, changes.map_err(Error::invalid)?).await
}

/// Gives a value of an option another name.
pub(in crate::commands) async fn rename_value(
    call: &Call,
    request: RenameOptionValue,
) -> Result<Changed> {
    let family = Family::read(call, request.id).await?;
    check_has(&family, &request.option, Some(&request.value))?;
    let field = domain::catalog::product::OPTION1_VALUE;
    let to = checked(&family.store.schema(), field, &request.to)?;
    let values = (request.value.trim(), to.as_str());
    let changes = revalued(&family.variants, request.option.trim(), values);
    family.change(call, changes.map_err(Error::invalid)?).await
}

/// The new name as it is kept; refused when no option or value can be called that.
fn checked(schema: &Schema, field: Field, to: &str) -> Result<String> {
    let value = schema.tidied(field, Value::text(to));
    let Some(text) = value.as_text() else {
        return Err(Error::invalid("The new name is empty.").hint("Type one."));
    };
    check_field(schema.view(field), &value).map_err(Error::invalid)?;
    Ok(text.to_owned())
}

/// Refuses an option or a value that no variant has.
fn check_has(family: &Family, option: &str, value: Option<&str>) -> Result<()> {
    let (sku, options) = (family.parent.code(), family.options());
    let mut known = options.iter();
    let Some(found) = known.find(|known| is_same(&known.name, option.trim())) else {
        let names: Vec<&str> = options.iter().map(|known| known.name.as_str()).collect();
        let message = format!("No variant of {sku} has the option {option}.");
        return Err(Error::not_found(message).hint(are("options", &names)));
    };
    let Some(value) = value else { return Ok(()) };
    if found
        .values
        .iter()
        .any(|known| is_same(known, value.trim()))
    {
        return Ok(());
    }
    let values: Vec<&str> = found.values.iter().map(String::as_str).collect();
    let message = format!("No variant of {sku} has the {} {value}.", found.name);
    Err(Error::not_found(message).hint(are("values", &values)))
}

fn are(what: &str, names: &[&str]) -> String {
    match names {
        [] => format!("It has no {what}."),
        _ => format!("Its {what} are: {}.", names.join(", ")),
    }
}

/// Puts variants into an order.
pub(in crate::commands) async fn order(call: &Call, request: OrderVariants) -> Result<Changed> {
    let family = Family::read(call, request.id).await?;
    let mut ids = request.ids.iter();
    let is_strange = |id: &&RecordId| family.variants.iter().all(|variant| variant.id != **id);
    if ids.any(|id| is_strange(&id)) {
        let message = format!("One of these is no variant of {}.", family.parent.code());
        return Err(Error::invalid(message).hint("Look at its variants again."));
    }
    let changes = reorder(&family.variants, &request.ids);
    family.change(call, changes).await
}
