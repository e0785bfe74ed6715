//! A shop that is connected, matched, and kept in step both ways.

use sandbox::maropost::Maropost;
use sandbox::{Aim, Edit, Fault, Server};
use serde_json::{Value as Json, json};

use super::{Connected, edit, maropost, outlet, product, told};
use crate::support::{TestApp, on_each_desktop};

/// What the shop asks for an item, in hundredths.
pub fn price_there(shop: &Server<Maropost>, sku: &str) -> i64 {
    let item = there(shop, sku, &["DefaultPrice"]);
    let price: f64 = item["DefaultPrice"].as_str().unwrap().parse().unwrap();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "prices of the tests are small"
    )]
    let cents = (price * 100.0).round() as i64;
    cents
}

/// What the shop has of an item.
fn there(shop: &Server<Maropost>, sku: &str, fields: &[&str]) -> Json {
    let body = json!({ "Filter": { "SKU": [sku], "OutputSelector": fields } });
    let now = shop.clock().now();
    let answer = shop.shop().look("GetItem", &body, now).unwrap();
    answer["Item"][0].clone()
}

/// The shop's records are found in no catalogue, wanted here, and agreed on afterwards, their stock included.
async fn everything_of_the_shop_comes_here(channel: &Connected<'_>) {
    assert_eq!(channel.rows(&channel.plan().await).await, [Json::Null; 0]);
    assert_eq!(channel.sums().await["unmatched"], 17);
    channel.want_all_here().await;
    let plan = channel.plan().await;
    assert_eq!(
        plan["counts"]["create"],
        17,
        "{:?}",
        channel.rows(&plan).await
    );
    let applied = channel.apply(&plan).await;
    assert_eq!(applied["state"], "applied");
    assert_eq!(channel.sums().await["linked"], 17);
    assert_eq!(
        channel.sums().await["waiting"],
        0,
        "everything is agreed on"
    );
    // Stock begins with what the shop has; then there is nothing left to do.
    channel.sync().await;
    assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
}

#[tokio::test]
async fn a_shop_is_connected_matched_and_kept_in_step() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let channel = Connected::to(desktop, outlet(&shop)).await;
        everything_of_the_shop_comes_here(&channel).await;

        // One price changes here, another there, and a third on both sides.
        edit(desktop, "CL-000010", json!({ "store_price": 500_000 })).await;
        edit(desktop, "DM-000004", json!({ "store_price": 1_700_000 })).await;
        edit(desktop, "DM-000005", json!({ "name": "Crème" })).await;
        for (on, price) in [("DM-000008", 15_000), ("DM-000004", 16_000)] {
            let on = on.to_owned();
            shop.edit(&Edit::Price { on, price }).unwrap();
        }
        let plan = channel.plan().await;
        assert_eq!(
            told(&channel.rows(&plan).await),
            [
                "← conflict DM-000004 store_price: agreed 1749500, here 1700000, there 1600000",
                "← update DM-000008 store_price: 1729500 → 1500000",
                "→ update CL-000010 store_price: 529500 → 500000",
                "→ update DM-000005 name: Crème brûlée “Zoë” ☕️👩‍🍳 שלום 5 → Crème",
            ]
        );
        // We keep ours, and it goes there as well.
        let request = json!({ "id": plan["id"], "resolution": "keep" });
        let decided = desktop.ok("plans.resolve", request).await;
        assert_eq!(decided["counts"]["keptToSend"], 1);
        // One answer is lost after the shop did it.
        shop.fault(Aim::next(Fault::LostReply, "UpdateItem"));
        let applied = channel.apply(&plan).await;
        assert_eq!(applied["state"], "applied", "{applied}");
        assert_eq!(
            applied["counts"]["conflict"], 0,
            "what was kept is there now"
        );
        for (sku, cents) in [
            ("CL-000010", 5_000),
            ("DM-000004", 17_000),
            ("DM-000008", 15_000),
        ] {
            assert_eq!(price_there(&shop, sku), cents, "{sku}");
        }
        assert_eq!(
            product(desktop, "DM-000008").await["fields"]["store_price"],
            1_500_000
        );
        assert_eq!(
            channel.sums().await["waiting"],
            0,
            "{:?}",
            channel.listings("waiting").await
        );
        assert_eq!(channel.sums().await["pending"], 0);
        assert_eq!(told(&channel.rows(&channel.plan().await).await), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn the_first_plan_says_of_every_field_what_is_not_in_step() {
    on_each_desktop(async |desktop: &TestApp| {
        let shop = maropost(12);
        let fields = json!({ "sku": "CL-000010", "name": "Kettle", "store_price": 500_000 });
        desktop.create(fields).await;
        let channel = Connected::to(desktop, outlet(&shop)).await;
        channel.set(json!({ "channel.new_here": "create" })).await;
        let plan = channel.plan().await;
        let rows = told(&channel.rows(&plan).await);
        let ours = rows.iter().find(|row| row.contains(" CL-000010 "));
        let ours = ours.expect("it is matched, and has another price there");
        assert!(ours.starts_with("← conflict CL-000010"), "{ours}");
        assert!(
            ours.contains("store_price: agreed null, here 500000"),
            "{ours}"
        );
        let new = rows
            .iter()
            .find(|row| row.starts_with("← create DM-000008"));
        let new = new.expect("what is new there is created here");
        assert!(new.contains("store_price: null → 1729500"), "{new}");
    })
    .await;
}
