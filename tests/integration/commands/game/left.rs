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
    for sku in ["MUG", "CUP"] {
        let fields = json!({ "sku": sku, "name": sku, "store_price": 50_000 });
        let product = made(desktop, "products", fields).await;
        ids.entry("products")
            .or_default()
            .push(product["id"].clone());
    }
    let (links, mut batches) = link(desktop, costs).await;
    ids.insert("supplier_products", links);
    let (plans, imported) = import(desktop, costs).await;
    batches.push(imported);
    Left {
        ids,
        batches,
        plans,
    }
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

/// Plans two price files and applies one; the other is left for the buyer to find. Gives the plans and
/// the batch.
async fn import(desktop: &TestApp, costs: &Costs) -> (Vec<Json>, Json) {
    let [first, second, third] = costs.file;
    let list = format!(
        "Supplier,SKU,Cost,Pack size\nACME,MUG,{first},6\nACME,CUP,{second},6\nKILN,MUG,{third},6\n"
    );
    let rejected = format!("{list}KILN,NONE,{first},6\n");
    let mut plans = Vec::new();
    for (name, content) in [("left.csv", rejected), ("applied.csv", list)] {
        let path = desktop.data.path().join(name);
        std::fs::write(&path, content).unwrap();
        let file = desktop.app.grant_file(&path).token;
        let request = json!({ "file": file, "kind": "supplier_product" });
        let draft = desktop.ok("imports.open", request).await;
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
