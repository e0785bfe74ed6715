//! `backstock products`: list, show, create, update, delete, restore, history.

use backstock::commands::products::{CountProducts, ListProducts, ProductDetail};
use backstock::commands::records::{FindRecords, ListRecords, RecordPage, ReferTo, SelectRecord};
use domain::catalog::Coverage;
use domain::catalog::product::PRODUCT;
use domain::catalog::{Count, ProductPage, ProductRow, SortField};
use domain::error::Result;
use domain::purchasing::supplier::SUPPLIER;
use domain::purchasing::supplier_product::{
    self, COST, PREFERENCE, SUPPLIER_CODE, SUPPLIER_PRODUCT, SUPPLIER_SKU,
};
use domain::record::{FieldKind, Permission, Record};
use domain::values::Decimal;
use serde_json::json;

use super::args::{self, Products, Sort};
use super::output::{Ended, Failure, Printed, confirm, table};
use super::product_codes::{find, find_one};
use super::product_images;
use super::record_told::describe;
use super::records::Noun;
use super::session::Session;
use super::{values, variants};

const NOUN: Noun = Noun {
    kind: PRODUCT,
    name: "products",
};

/// Suppliers.
pub const SUPPLIERS: Noun = Noun {
    kind: SUPPLIER,
    name: "suppliers",
};

/// What suppliers sell.
pub const SUPPLIER_PRODUCTS: Noun = Noun {
    kind: SUPPLIER_PRODUCT,
    name: "supplier_products",
};

/// Does what was typed after `backstock products`.
pub async fn run(session: &Session, args: &Products) -> Result<Ended, Failure> {
    match args {
        Products::List(args) => list(session, args).await,
        Products::Show { sku } => show(session, sku).await,
        Products::Create { fields } => NOUN.create(session, fields).await,
        Products::Update { sku, fields } => {
            let new = NOUN.assignments(&session.schema().await?, fields)?;
            let product = find_one(session, sku).await?;
            NOUN.update(session, product, new).await
        }
        Products::Delete { skus, for_good, .. } => {
            let verb = if *for_good { "purge" } else { "trash" };
            NOUN.relocate(session, verb, find(session, skus).await?)
                .await
        }
        Products::Restore { skus } => {
            NOUN.relocate(session, "restore", find(session, skus).await?)
                .await
        }
        Products::History { sku } => {
            let product = find_one(session, sku).await?;
            NOUN.history(session, &product).await
        }
        Products::Images(args) => {
            let product = find_one(session, &args.sku).await?;
            product_images::run(session, NOUN, product, args).await
        }
        Products::Variants(args) => variants::run(session, args).await,
        Products::Suppliers { sku } => {
            let product = find_one(session, sku).await?;
            suppliers(session, &product).await
        }
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
    let schema = session.schema().await?;
    let filter = values::filter(&schema, &args.filter)?;
    let sort_by = args.sort_by.as_deref();
    let sort_by = sort_by.map(|key| values::field(&schema, PRODUCT, key));
    let request = ListProducts {
        filter: filter.clone(),
        sort: match args.sort {
            Sort::Name => SortField::Name,
            Sort::Sku => SortField::Sku,
            Sort::Brand => SortField::Brand,
            Sort::Category => SortField::Category,
            Sort::Barcode => SortField::Barcode,
            Sort::Active => SortField::Active,
            Sort::Stock => SortField::Stock,
            Sort::Rrp => SortField::Rrp,
            Sort::Cost => SortField::Cost,
            Sort::Price => SortField::StorePrice,
            Sort::PromoPrice => SortField::PromoPrice,
            Sort::Coverage => SortField::Coverage,
            Sort::Updated => SortField::UpdatedAt,
        },
        sort_by: sort_by.transpose()?,
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
    let money = |units| Decimal::from_units(units).as_money();
    let price = match row.variant_prices.map(|prices| (prices.from, prices.to)) {
        Some((Some(from), Some(to))) if from != to => {
            Some(format!("{} - {}", money(from), money(to)))
        }
        Some((Some(price), _)) => Some(money(price)),
        _ => row.store_price.map(money),
    };
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
    let mut text = describe(&session.schema().await?, &detail.product);
    text.push_str(&format!(
        "{:<20} {}\n",
        "Suppliers",
        covered(detail.coverage)
    ));
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

/// How many suppliers of one product are shown.
const MOST_SUPPLIERS: i64 = 500;

/// Who sells a product, and on what terms.
async fn suppliers(session: &Session, product: &Record) -> Result<Ended, Failure> {
    let request = ListRecords {
        search: None,
        trashed: false,
        of: Some(ReferTo {
            field: supplier_product::PRODUCT_SKU,
            id: product.id,
        }),
        filters: None,
        sort: None,
        descending: false,
        offset: 0,
        limit: MOST_SUPPLIERS,
    };
    let page: RecordPage = session.call("supplier_products.list", &request).await?;
    let sells = |row: &Record| row.fields.text(SUPPLIER_CODE).to_owned();
    let request = FindRecords {
        codes: page.rows.iter().map(sells).collect(),
    };
    let found: Vec<Record> = session.call("suppliers.find", &request).await?;
    let sees_costs = session.may(Permission::SeeCosts).await?;
    let rows = page.rows.iter().map(|row| {
        let mut sellers = found.iter();
        let seller = sellers.find(|supplier| supplier.code() == sells(row));
        let cost = row.fields.get(COST).as_number();
        let cost = cost.map(|units| Decimal::from_units(units).as_money());
        let mut cells = vec![
            sells(row),
            seller.map_or("", Record::title).to_owned(),
            row.fields.text(SUPPLIER_SKU).to_owned(),
            row.fields.get(PREFERENCE).display(FieldKind::Integer),
        ];
        if sees_costs {
            cells.push(cost.unwrap_or_default());
        }
        cells
    });
    let head = ["Code", "Name", "Supplier's SKU", "Preference", "Cost"];
    let shown = if sees_costs { &head[..] } else { &head[..4] };
    let mut text = table(shown, rows.collect(), &[3, 4]);
    text.push_str(&format!(
        "{} of {} suppliers\n",
        page.rows.len(),
        page.total
    ));
    Ok(Ended::Done(Printed::new(json!(page), text)))
}

/// How well suppliers cover a product, in words.
fn covered(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::None => "none",
        Coverage::One => "one",
        Coverage::Several => "several, none preferred",
        Coverage::Preferred => "one is preferred",
    }
}
