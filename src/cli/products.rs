//! `backstock products`: list, show, create, update, delete, restore, history.

use backstock::commands::products::{CountProducts, FindProducts, ListProducts, ProductDetail};
use backstock::commands::records::{
    CreateRecord, Moved, SavedRecord, SelectRecord, SelectRecords, UpdateRecord,
};
use domain::catalog::{Count, ProductPage, ProductRow, SortField};
use domain::error::{Error, Result};
use domain::plan::{Change, HistoryEntry};
use domain::record::{Field, FieldKind, Record, Value};
use domain::values::Decimal;
use serde_json::json;

use super::args::{self, Products, Sort};
use super::output::{Ended, Failure, Printed, confirm, plain, table, usage};
use super::session::Session;
use super::time::utc;
use super::values;

/// Does what was typed after `backstock products`.
pub async fn run(session: &Session, args: &Products) -> Result<Ended, Failure> {
    match args {
        Products::List(args) => list(session, args).await,
        Products::Show { sku } => show(session, sku).await,
        Products::Create { fields } => create(session, fields).await,
        Products::Update { sku, fields } => update(session, sku, fields).await,
        Products::Delete { skus, for_good, .. } => {
            let command = if *for_good {
                "products.purge"
            } else {
                "products.trash"
            };
            relocate(session, command, skus).await
        }
        Products::Restore { skus } => relocate(session, "products.restore", skus).await,
        Products::History { sku } => history(session, sku).await,
    }
}

/// Asks before what cannot be undone; before anything is opened.
pub fn check(args: &Products, as_json: bool) -> Result<(), Failure> {
    match args {
        Products::Delete {
            skus,
            for_good: true,
            yes,
        } => {
            let question = format!("Delete {} for good?", skus.join(", "));
            confirm(*yes, as_json, &question)
        }
        _ => Ok(()),
    }
}

async fn list(session: &Session, args: &args::ListProducts) -> Result<Ended, Failure> {
    let filter = values::filter(&args.filter);
    let request = ListProducts {
        filter: filter.clone(),
        sort: match args.sort {
            Sort::Name => SortField::Name,
            Sort::Sku => SortField::Sku,
            Sort::Brand => SortField::Brand,
            Sort::Stock => SortField::Stock,
            Sort::Price => SortField::StorePrice,
            Sort::Updated => SortField::UpdatedAt,
        },
        descending: args.descending,
        offset: args.offset,
        limit: args.limit,
    };
    let page: ProductPage = session.call("products.list", &request).await?;
    let total: Count = session
        .call("products.count", &CountProducts { filter })
        .await?;
    let head = ["SKU", "Name", "Brand", "Category", "Stock", "Price"];
    let mut text = table(&head, page.rows.iter().map(row).collect(), &[4, 5]);
    let more = if total.exact { "" } else { " or more" };
    text.push_str(&format!(
        "{} of {}{more} products\n",
        page.rows.len(),
        total.count
    ));
    let json = json!({ "rows": page.rows, "sorted": page.sorted, "total": total });
    Ok(Ended::Done(Printed::new(json, text)))
}

fn row(row: &ProductRow) -> Vec<String> {
    let price = row
        .store_price
        .map(|units| Decimal::from_units(units).as_money());
    vec![
        row.sku.clone(),
        row.name.clone(),
        row.brand.clone(),
        row.category.clone(),
        row.stock.to_string(),
        price.unwrap_or_default(),
    ]
}

async fn show(session: &Session, sku: &str) -> Result<Ended, Failure> {
    let id = find_one(session, sku).await?.id;
    let detail: ProductDetail = session.call("products.get", &SelectRecord { id }).await?;
    let mut text = describe(&detail.product);
    if !detail.variants.is_empty() {
        text.push_str("\nVariants\n");
        let head = ["SKU", "Name", "Brand", "Category", "Stock", "Price"];
        text.push_str(&table(
            &head,
            detail.variants.iter().map(row).collect(),
            &[4, 5],
        ));
    }
    Ok(Ended::Done(Printed::new(json!(detail), text)))
}

fn describe(product: &Record) -> String {
    let mut text = String::new();
    if product.trashed {
        text.push_str("In the trash\n");
    }
    for (field, value) in product.fields.iter().filter(|(_, value)| !value.is_empty()) {
        let value = plain(&shown(values::kind(field), value));
        text.push_str(&format!("{:<20} {value}\n", values::label(field)));
    }
    text.push_str(&format!(
        "{:<20} {}\n",
        "Last change",
        utc(product.updated_at)
    ));
    text
}

async fn create(session: &Session, typed: &[String]) -> Result<Ended, Failure> {
    let fields = assignments(typed)?.into_iter().collect();
    let saved: SavedRecord = session
        .call("products.create", &CreateRecord { fields })
        .await?;
    Ok(told(&saved, "Created"))
}

async fn update(session: &Session, sku: &str, typed: &[String]) -> Result<Ended, Failure> {
    let assignments = assignments(typed)?;
    let product = find_one(session, sku).await?;
    let changes = assignments.into_iter().map(|(field, new)| Change {
        field,
        old: product.fields.get(field).clone(),
        new,
    });
    let request = UpdateRecord {
        id: product.id,
        version: product.version,
        changes: changes.collect(),
    };
    let saved: SavedRecord = session.call("products.update", &request).await?;
    Ok(told(&saved, "Updated"))
}

fn assignments(typed: &[String]) -> Result<Vec<(Field, Value)>, Failure> {
    let mut read: Vec<(Field, Value)> = Vec::with_capacity(typed.len());
    for text in typed {
        let (field, value) = values::assignment(text)?;
        if read.iter().any(|(other, _)| *other == field) {
            let message = format!("The field {} stands twice.", field);
            return Err(usage(message, "Give each field one value."));
        }
        read.push((field, value));
    }
    Ok(read)
}

fn told(saved: &SavedRecord, done: &str) -> Ended {
    let sku = plain(saved.record.code());
    let text = match saved.batch_id {
        Some(batch) => format!("{done} {sku}. Batch {batch}."),
        None => format!("{sku} is like that already; nothing was changed."),
    };
    Ended::Done(Printed::new(json!(saved), text))
}

async fn relocate(session: &Session, command: &str, skus: &[String]) -> Result<Ended, Failure> {
    let found = find(session, skus).await?;
    let ids = found.iter().map(|product| product.id).collect();
    let moved: Moved = session.call(command, &SelectRecords { ids }).await?;
    let done = match command {
        "products.trash" => "Moved to the trash",
        "products.purge" => "Deleted for good",
        _ => "Restored",
    };
    let mut text = format!("{done}: {}.\n", moved.moved);
    for kept in &moved.kept {
        let (sku, reason) = (plain(&kept.code), plain(&kept.reason));
        text.push_str(&format!("Kept {sku}: {reason}\n"));
    }
    if let Some(batch) = moved.batch_id {
        text.push_str(&format!("Batch {batch}.\n"));
    }
    let printed = Printed::new(json!(moved), text);
    Ok(if moved.kept.is_empty() {
        Ended::Done(printed)
    } else {
        Ended::WithRest(printed)
    })
}

async fn history(session: &Session, sku: &str) -> Result<Ended, Failure> {
    let id = find_one(session, sku).await?.id;
    let entries: Vec<HistoryEntry> = session
        .call("products.history", &SelectRecord { id })
        .await?;
    let mut text = String::new();
    for entry in &entries {
        let (origin, operation) = (json!(entry.origin), json!(entry.operation));
        text.push_str(&format!(
            "{}  {} ({}) by {}\n",
            utc(entry.at),
            operation.as_str().unwrap_or_default(),
            origin.as_str().unwrap_or_default(),
            plain(&entry.person),
        ));
        for change in &entry.changes {
            let (old, new) = (
                shown(change.kind, &change.old),
                shown(change.kind, &change.new),
            );
            let label = plain(&change.label);
            text.push_str(&format!("  {label}: {} → {}\n", plain(&old), plain(&new)));
        }
    }
    Ok(Ended::Done(Printed::new(json!(entries), text)))
}

/// A value as people read it.
fn shown(kind: FieldKind, value: &Value) -> String {
    match (kind, value) {
        (FieldKind::Money, Value::Number(units)) => Decimal::from_units(*units).as_money(),
        _ => value.display(kind),
    }
}

async fn find_one(session: &Session, sku: &str) -> Result<Record> {
    let found = find(session, &[sku.to_owned()]).await?;
    found.into_iter().next().ok_or_else(|| missing(&[sku]))
}

/// The products with these SKUs; an error that names those that are not there.
async fn find(session: &Session, skus: &[String]) -> Result<Vec<Record>> {
    let request = FindProducts {
        skus: skus.to_vec(),
    };
    let found: Vec<Record> = session.call("products.find", &request).await?;
    let absent: Vec<&str> = skus
        .iter()
        .map(|sku| sku.trim())
        .filter(|sku| found.iter().all(|product| product.code() != *sku))
        .collect();
    if absent.is_empty() {
        Ok(found)
    } else {
        Err(missing(&absent))
    }
}

fn missing(skus: &[&str]) -> Error {
    Error::not_found(format!(
        "There is no product with the SKU {}.",
        skus.join(", ")
    ))
    .hint(
        "A SKU is compared exactly as written. Look it up with `backstock products list --search`.",
    )
}
