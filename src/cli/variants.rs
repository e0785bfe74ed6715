//! `backstock products variants`: the family of a product, and what is done with it as a whole.

use std::collections::BTreeMap;

use backstock::commands::records::{Changed, SelectRecord};
use backstock::commands::variants::{
    GenerateVariants, MakeParent, MoveVariants, MovedVariant, OrderVariants, RenameOption,
    RenameOptionValue, VariantList, VariantPlan,
};
use domain::catalog::product::{NAME, SKU, STOCK, STORE_PRICE};
use domain::catalog::variants::told;
use domain::catalog::{OptionPair, OptionValues};
use domain::plan::Outcome;
use domain::record::{Field, FieldKind, Record, Value};
use domain::values::RecordId;
use serde_json::json;

use super::output::{Ended, Failure, Printed, plain, table, usage};
use super::product_codes::{find, find_one};
use super::session::Session;
use super::variant_args::Variants;

/// Does what was typed; without more it lists the variants.
pub async fn run(session: &Session, args: &Variants) -> Result<Ended, Failure> {
    let product = find_one(session, &args.sku).await?;
    let id = product.id;
    if !args.generate.is_empty() {
        return generate(session, args, id).await;
    }
    if let Some(rename) = &args.rename_option {
        let (option, to) = pair(rename, "--rename-option", "Color=Colour")?;
        let request = RenameOption { id, option, to };
        return changed(session, "products.rename_option", &json!(request)).await;
    }
    if let Some(rename) = &args.rename_value {
        return rename_value(session, rename, id).await;
    }
    if !args.order.is_empty() {
        let ids = find(session, &args.order).await?;
        let ids = ids.iter().map(|record| record.id).collect();
        let request = OrderVariants { id, ids };
        return changed(session, "products.order_variants", &json!(request)).await;
    }
    let options = pairs(&args.option)?;
    if let Some(sku) = args.make_parent.clone() {
        let request = MakeParent { id, sku, options };
        return changed(session, "products.make_parent", &json!(request)).await;
    }
    if args.move_to.is_some() || args.move_out {
        let request = MoveVariants {
            variants: vec![MovedVariant { id, options }],
            parent: args.move_to.clone(),
        };
        return changed(session, "products.move_to", &json!(request)).await;
    }
    list(session, &product).await
}

async fn rename_value(session: &Session, rename: &str, id: RecordId) -> Result<Ended, Failure> {
    let example = "Colour:Navy=Blue";
    let (of, to) = pair(rename, "--rename-value", example)?;
    let (option, value) = of
        .split_once(':')
        .ok_or_else(|| not_two("--rename-value", example))?;
    let request = RenameOptionValue {
        id,
        option: option.to_owned(),
        value: value.to_owned(),
        to,
    };
    changed(session, "products.rename_option_value", &json!(request)).await
}

fn not_two(flag: &str, example: &str) -> Failure {
    usage(
        format!("What {flag} says is not understood."),
        format!("Write it like this: {flag} {example}."),
    )
}

fn pair(text: &str, flag: &str, example: &str) -> Result<(String, String), Failure> {
    let (one, other) = text.split_once('=').ok_or_else(|| not_two(flag, example))?;
    Ok((one.trim().to_owned(), other.trim().to_owned()))
}

fn pairs(options: &[String]) -> Result<Vec<OptionPair>, Failure> {
    let read = options.iter().map(|option| {
        let (name, value) = pair(option, "--option", "Size=M")?;
        Ok(OptionPair { name, value })
    });
    read.collect()
}

async fn generate(session: &Session, args: &Variants, id: RecordId) -> Result<Ended, Failure> {
    let mut options = Vec::new();
    for option in &args.generate {
        let (name, values) = pair(option, "--generate", "Size=S,M,L")?;
        let values = values
            .split(',')
            .map(|value| value.trim().to_owned())
            .collect();
        options.push(OptionValues { name, values });
    }
    let copy_from = match &args.copy_from {
        Some(sku) => Some(find_one(session, sku).await?.id),
        None => None,
    };
    let except = args.except.iter();
    let except = except.map(|left| {
        left.split('/')
            .map(|value| value.trim().to_owned())
            .collect()
    });
    let request = GenerateVariants {
        id,
        options,
        sku_pattern: args.sku_pattern.clone(),
        copy_from,
        copy_stock: args.copy_stock,
        except: except.collect(),
        edits: Vec::new(),
    };
    if !args.dry_run {
        return changed(session, "products.generate_variants", &json!(request)).await;
    }
    let plan: VariantPlan = session.call("products.plan_variants", &request).await?;
    let rows = plan.rows.iter().map(|row| {
        let why = row.problems.first().map_or("", |problem| &problem.message);
        let what = match row.outcome {
            Outcome::Create => "create",
            Outcome::Unchanged => "there already",
            Outcome::Skipped => "left out",
            Outcome::Error | Outcome::Update | Outcome::Conflict => "error",
        };
        vec![
            row.values.join(" / "),
            text(&row.fields, SKU),
            text(&row.fields, STORE_PRICE),
            what.to_owned(),
            why.to_owned(),
        ]
    });
    let head = ["Combination", "SKU", "Price", "What", "Why"];
    let mut told = table(&head, rows.collect(), &[2]);
    told.push_str(&format!(
        "{} to create, {} there already, {} left out, {} errors\n",
        plan.created, plan.unchanged, plan.skipped, plan.errors
    ));
    let is_wrong = plan.errors > 0;
    let printed = Printed::new(json!(plan), told);
    Ok(match is_wrong {
        true => Ended::Wrong(printed),
        false => Ended::Done(printed),
    })
}

/// Gives a command that changes a family, and tells what became of it.
async fn changed(
    session: &Session,
    command: &str,
    request: &serde_json::Value,
) -> Result<Ended, Failure> {
    let changed: Changed = session.call(command, request).await?;
    let mut text = format!("Changed: {}.\n", changed.changed);
    for kept in &changed.kept {
        let (code, reason) = (plain(&kept.code), plain(&kept.reason));
        text.push_str(&format!("Kept {code}: {reason}\n"));
    }
    if let Some(batch) = changed.batch_id {
        text.push_str(&format!("Batch {batch}.\n"));
    }
    let printed = Printed::new(json!(changed), text);
    Ok(match changed.kept.is_empty() {
        true => Ended::Done(printed),
        false => Ended::WithRest(printed),
    })
}

async fn list(session: &Session, product: &Record) -> Result<Ended, Failure> {
    let request = SelectRecord { id: product.id };
    let list: VariantList = session.call("products.variants", &request).await?;
    let rows = list.variants.iter().map(|variant| {
        let fields = &variant.fields;
        let pairs = domain::catalog::product::OPTIONS.map(|(name, value)| OptionPair {
            name: text(fields, name),
            value: text(fields, value),
        });
        vec![
            text(fields, SKU),
            told(&pairs),
            text(fields, NAME),
            text(fields, STOCK),
            text(fields, STORE_PRICE),
        ]
    });
    let head = ["SKU", "Options", "Name", "Stock", "Price"];
    let mut shown = table(&head, rows.collect(), &[3, 4]);
    shown.push_str(&format!("{} variants\n", list.variants.len()));
    Ok(Ended::Done(Printed::new(json!(list), shown)))
}

/// A value in a cell of a table.
fn text(fields: &BTreeMap<Field, Value>, field: Field) -> String {
    let kind = field.def().map_or(FieldKind::Text, |def| def.kind);
    match (fields.get(&field), kind) {
        (Some(Value::Number(units)), FieldKind::Money) => {
            domain::values::Decimal::from_units(*units).as_money()
        }
        (Some(value), kind) => value.display(kind),
        (None, _) => String::new(),
    }
}
