//! What the owner of a workspace leaves behind for the game: records, links, imports and plans.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::{Costs, Left};
use crate::support::TestApp;

async fn made(desktop: &TestApp, noun: &str, fields: Json) -> Json {
    let request = json!({ "fields": fields });
    desktop.ok(&format!("{noun}.create"), request).await["record"].clone()
}

/// What the owner does: the same in both workspaces, but for the costs.
pub(super) async fn set_up(desktop: &TestApp, costs: &Costs) -> Left {
    let mut ids: HashMap<&str, Vec<Json>> = HashMap::new();
    for (code, name) in [("ACME", "Acme Textiles"), ("KILN", "Kiln & Co")] {
        let fields = json!({ "supplier.code": code, "supplier.name": name, "supplier.minimum_order": 500_000 });
        let supplier = made(desktop, "suppliers", fields).await;
        ids.entry("suppliers")
            .or_default()
            .push(supplier["id"].clone());
    }
    let (products, mut batches) = stock_up(desktop, costs).await;
    ids.insert("products", products);
    let (links, of_links) = link(desktop, costs).await;
    batches.extend(of_links);
    ids.insert("supplier_products", links);
    let [first, second, third] = costs.file;
    let list = format!(
        "Supplier,SKU,Cost,Pack size\nACME,MUG,{first},6\nACME,CUP,{second},6\nKILN,MUG,{third},6\n"
    );
    let rejected = format!("{list}KILN,NONE,{first},6\n");
    let (mut plans, imported) = import(desktop, "supplier_product", [&rejected, &list]).await;
    batches.push(imported);
    // Amounts that are rounded, one that cannot be read, and a file that is not planned yet.
    let list = format!("SKU,Cost,Brand\nMUG,{first}00049,Kiln\nCUP,{second}00051,Kiln\n");
    let rejected = format!("{list}POT,x{third},Kiln\n");
    let (of_products, imported) = import(desktop, "product", [&rejected, &list]).await;
    plans.extend(of_products);
    batches.push(imported);
    let draft = opened(desktop, "product", &list).await;
    let name = json!({ "id": draft["id"], "name": "With costs" });
    desktop.ok("imports.save_profile", name).await;
    Left {
        ids,
        batches,
        plans,
        draft,
    }
}

/// Products of which the cost is changed, one of them trashed and back, one deleted for good. Gives those
/// that are left and the batches.
async fn stock_up(desktop: &TestApp, costs: &Costs) -> (Vec<Json>, Vec<Json>) {
    let (mut products, mut batches) = (Vec::new(), Vec::new());
    for (sku, cost) in ["MUG", "CUP", "JUG"].into_iter().zip(costs.first) {
        let fields = json!({ "sku": sku, "name": sku, "store_price": 50_000, "cost": cost });
        products.push(made(desktop, "products", fields).await["id"].clone());
    }
    let change = json!([{ "field": "cost", "old": costs.first[0], "new": costs.then }]);
    let update = json!({ "id": products[0], "version": 1, "changes": change });
    let changed = desktop.ok("products.update", update).await;
    batches.push(changed["batchId"].clone());
    for (at, verb) in [(1, "trash"), (1, "restore"), (2, "trash"), (2, "purge")] {
        let one = json!({ "ids": [products[at]] });
        let moved = desktop.ok(&format!("products.{verb}"), one).await;
        batches.push(moved["batchId"].clone());
    }
    (products, batches)
}

/// Who sells what at which cost; one cost is changed, one link goes to the trash and comes back. Gives the
/// links and the batches.
async fn link(desktop: &TestApp, costs: &Costs) -> (Vec<Json>, Vec<Json>) {
    let mut links = Vec::new();
    let sold = [("ACME", "MUG"), ("ACME", "CUP"), ("KILN", "MUG")];
    for (at, (supplier, sku)) in sold.iter().enumerate() {
        let fields = json!({
            "supplier_product.supplier": supplier, "supplier_product.product_sku": sku,
            "supplier_product.cost": costs.first[at], "supplier_product.preference": at + 1,
            "supplier_product.supplier_sku": format!("S-{at}"),
        });
        links.push(made(desktop, "supplier_products", fields).await["id"].clone());
    }
    let change =
        json!([{ "field": "supplier_product.cost", "old": costs.first[0], "new": costs.then }]);
    let update = json!({ "id": links[0], "version": 1, "changes": change });
    let changed = desktop.ok("supplier_products.update", update).await;
    let one = json!({ "ids": [links[2]] });
    let trashed = desktop.ok("supplier_products.trash", one.clone()).await;
    desktop.ok("supplier_products.restore", one).await;
    let batches = vec![changed["batchId"].clone(), trashed["batchId"].clone()];
    (links, batches)
}

async fn opened(desktop: &TestApp, kind: &str, content: &str) -> Json {
    let path = desktop.data.path().join("owner.csv");
    std::fs::write(&path, content).unwrap();
    let file = desktop.app.grant_file(&path).token;
    let request = json!({ "file": file, "kind": kind });
    desktop.ok("imports.open", request).await
}

/// Plans two files and applies the second; the first is left for the buyer to find. Gives the plans
/// and the batch.
async fn import(desktop: &TestApp, kind: &str, files: [&str; 2]) -> (Vec<Json>, Json) {
    let mut plans = Vec::new();
    for content in files {
        let draft = opened(desktop, kind, content).await;
        let planned = desktop
            .ok("imports.plan", json!({ "id": draft["id"] }))
            .await;
        desktop.finish(&planned).await;
        plans.push(draft["id"].clone());
    }
    let applied = json!({ "id": plans[1] });
    let applying = desktop.ok("plans.apply", applied.clone()).await;
    desktop.finish(&applying).await;
    let batch = desktop.ok("plans.get", applied).await["batchId"].clone();
    (plans, batch)
}
