//! What happens while the shop has not answered yet: users edit, and other desktops sync. What the shop has not
//! counted yet.

use sandbox::{Aim, Fault, Gate, Held, Shop as _};
use serde_json::json;

use super::sent::stopped_while;
use super::{Connected, edit, in_step, maropost, north, outlet, product, shopify, told};
use crate::support::{TestApp, on_each_desktop};

#[tokio::test]
async fn what_was_edited_since_it_was_created_in_the_shop_goes_there_as_well() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(3);
        let channel = Connected::to(desktop, outlet(&shop)).await;
        channel.plan().await;
        let fields = json!({ "sku": "MUG-9", "name": "Mug", "brand": "Acme" });
        let mug = desktop.create(fields).await;
        let want = json!({ "channel": channel.id, "records": [mug["id"]], "wanted": true });
        desktop.ok("listings.want", want).await;
        let slow = Fault::SlowReply { millis: 3_000 };
        shop.fault(Aim::next(slow, "AddItem"));
        stopped_while(&channel, || shop.journal().of("AddItem").requests).await;
        let fields = json!({ "brand": "Zenith", "subtitle": "Blue" });
        edit(desktop, "MUG-9", fields).await;
        let rows = told(&channel.rows(&channel.plan().await).await);
        let expected = "→ update MUG-9 brand: Acme → Zenith, subtitle: null → Blue";
        assert_eq!(rows, [expected]);
    })
    .await;
}

/// Says who says how many there are.
async fn stock_is(channel: &Connected<'_>, old: &str, new: &str) {
    let desktop = channel.desktop;
    let record = desktop
        .ok("channels.get", json!({ "id": channel.id }))
        .await;
    let changes = json!([{ "field": "channel.stock", "old": old, "new": new }]);
    let request = json!({ "id": channel.id, "version": record["version"], "changes": changes });
    desktop.ok("channels.update", request).await;
}

/// A new product with 14 in stock, wanted in the shop.
async fn wanted_mug(channel: &Connected<'_>) {
    let fields = json!({ "sku": "MUG-9", "name": "Mug", "stock": 14 });
    let mug = channel.desktop.create(fields).await;
    let want = json!({ "channel": channel.id, "records": [mug["id"]], "wanted": true });
    channel.desktop.ok("listings.want", want).await;
}

#[tokio::test]
async fn what_is_created_in_a_shop_is_counted_there() {
    on_each_desktop(async |desktop: &TestApp| {
        let (first, second) = (shopify(3), maropost(3));
        let one = Connected::to(desktop, north(&first)).await;
        let other = Connected::to(desktop, outlet(&second)).await;
        one.plan().await;
        wanted_mug(&one).await;
        one.sync().await;
        other.plan().await;
        let mug = product(desktop, "MUG-9").await;
        let want = json!({ "channel": other.id, "records": [mug["id"]], "wanted": true });
        desktop.ok("listings.want", want).await;
        other.sync().await;
        let shown = [first.shop().shown(), second.shop().shown()];
        for shown in shown {
            let mug = shown.iter().find(|item| item.sku == "MUG-9").unwrap();
            assert_eq!(mug.stock, Some(14));
        }
    })
    .await;
}

#[tokio::test]
async fn a_product_that_the_shop_never_counted_is_counted_there_where_both_may_count() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(3);
        let channel = Connected::to(desktop, outlet(&shop)).await;
        channel.plan().await;
        stock_is(&channel, "we", "nobody").await;
        wanted_mug(&channel).await;
        channel.sync().await;
        stock_is(&channel, "nobody", "ask").await;
        let plan = channel.plan().await;
        assert_eq!(
            told(&channel.rows(&plan).await),
            ["→ update MUG-9 stock: null → 14"]
        );
        channel.apply(&plan).await;
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
    })
    .await;
}

/// Lets requests in until one of this operation waits.
async fn asked_for(gate: &Gate, operation: &str) -> Held {
    loop {
        match gate.next() {
            Some(held) if held.operation == operation => return held,
            Some(held) => held.let_in(None),
            None => tokio::time::sleep(std::time::Duration::from_millis(2)).await,
        }
    }
}

#[tokio::test]
async fn what_two_desktops_create_at_the_same_time_stands_in_the_shop_once() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = shopify(3);
        let channel = Connected::to(desktop, north(&shop)).await;
        channel.plan().await;
        wanted_mug(&channel).await;
        let second = desktop.second_desktop().await;
        second.sign_in("ada@example.com").await;
        let id = channel.id.clone();
        let other = Connected {
            desktop: &second,
            id,
        };
        let (mine, theirs) = (channel.plan().await, other.plan().await);
        let gate = shop.gate();
        let apply = |plan: &serde_json::Value| json!({ "id": plan["id"] });
        let one = desktop.ok("plans.apply", apply(&mine)).await;
        let first = asked_for(&gate, "ProductCreate").await;
        let two = second.ok("plans.apply", apply(&theirs)).await;
        let later = asked_for(&gate, "ProductCreate").await;
        first.let_in(None);
        later.let_in(None);
        drop(gate);
        desktop.finish(&one).await;
        second.finish(&two).await;
        let shown = shop.shop().shown();
        let mugs = shown.iter().filter(|item| item.sku == "MUG-9");
        assert_eq!(mugs.count(), 1);
        channel.sync().await;
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_arrived_of_a_change_before_the_shop_was_lost_is_told_in_the_history() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = shopify(12);
        let channel = in_step(desktop, north(&shop)).await;
        let fields = json!({ "brand": "Zenith", "store_price": 777_000 });
        edit(desktop, "CL-000010", fields).await;
        shop.fault(Aim::next(Fault::LostRequest, "VariantsUpdate"));
        let applied = channel.sync().await;
        let request = json!({ "id": applied["batchId"], "offset": 0, "limit": 10 });
        let entries = desktop.ok("batches.entries", request).await.to_string();
        assert!(entries.contains("Zenith"), "{entries}");
        assert!(!entries.contains("777000"), "it did not arrive: {entries}");
        let to_send = async || {
            let mut rows = told(&channel.rows(&channel.plan().await).await);
            rows.retain(|row| row.starts_with('→'));
            rows
        };
        let left = "→ update CL-000010 store_price: 529500 → 777000";
        assert_eq!(to_send().await, [left]);
        channel.sync().await;
        assert_eq!(to_send().await, [""; 0]);
    })
    .await;
}
