//! What a shop has beside our products must not tell a user what stands in fields that the user may not see.

use sandbox::{Aim, Fault};
use serde_json::{Value as Json, json};
use testing::Place;

use super::{Connected, edit, in_step, north, shopify, told};
use crate::support::TestApp;

/// What is told of a channel whose costs were changed twice here, the second time to this one, and planned by the
/// owner since: to the owner, then to an operator, before and after the operator's own sync.
async fn told_of(cost: i64) -> [Json; 3] {
    let place = Place::File(tempfile::tempdir().unwrap().into());
    let desktop = TestApp::start(&place).with_owner().await;
    let shop = shopify(12);
    let channel = Connected::to(&desktop, north(&shop)).await;
    channel.plan().await;
    channel.want_all_here().await;
    channel.sync().await;
    edit(&desktop, "CL-000010", json!({ "cost": 11_000 })).await;
    channel.sync().await;
    edit(&desktop, "CL-000010", json!({ "cost": 12_000 })).await;
    edit(&desktop, "CL-000010", json!({ "cost": cost })).await;
    channel.plan().await;
    let owner = answers(&channel).await;
    desktop.set_role("operator").await;
    let before = answers(&channel).await;
    let plan = channel.plan().await;
    let rows = told(&channel.rows(&plan).await);
    let after = answers(&channel).await;
    desktop.app.close().await;
    [owner, before, json!([plan["counts"], rows, after])]
}

async fn answers(channel: &Connected<'_>) -> Json {
    let mut lists = Vec::new();
    for filter in ["waiting", "conflict", "failed", "pending"] {
        let rows = channel.listings(filter).await;
        let skus: Vec<Json> = rows.iter().map(|row| row["sku"].clone()).collect();
        lists.push(skus);
    }
    let list = json!({ "offset": 0, "limit": 100 });
    let list = channel.desktop.ok("products.list", list).await;
    let rows = list["rows"].as_array().unwrap().iter();
    let in_shops = rows.flat_map(|row| row["shops"].as_object().unwrap().values().cloned());
    let in_shops: Vec<Json> = in_shops.collect();
    assert!(!in_shops.is_empty());
    json!([channel.sums().await, lists, in_shops])
}

/// What the owner and then an operator are told of a channel to which the owner sent a cost, and what went wrong.
async fn told_of_sent(faults: &[Aim]) -> [Json; 2] {
    let place = Place::File(tempfile::tempdir().unwrap().into());
    let desktop = TestApp::start(&place).with_owner().await;
    let shop = shopify(12);
    let channel = Connected::to(&desktop, north(&shop)).await;
    channel.plan().await;
    channel.want_all_here().await;
    channel.sync().await;
    channel.sync().await;
    edit(&desktop, "CL-000010", json!({ "cost": 11_000 })).await;
    channel.plan().await;
    for fault in faults {
        shop.fault(fault.clone());
    }
    channel.sync().await;
    let owner = answers(&channel).await;
    desktop.set_role("operator").await;
    let operator = answers(&channel).await;
    desktop.app.close().await;
    [owner, operator]
}

#[tokio::test]
async fn what_became_of_a_hidden_cost_in_the_shop_is_told_to_those_alone_who_may_see_it() {
    let [arrived, told] = told_of_sent(&[]).await;
    let broken = |operation, nth| {
        let fault = Fault::ServerError {
            status: 503,
            done: false,
        };
        let next = Aim::next(fault, operation);
        Aim {
            nth,
            times: 50,
            ..next
        }
    };
    let lost = Aim::next(Fault::LostReply, "VariantsUpdate");
    for faults in [
        &[broken("VariantsUpdate", 1)][..],
        &[lost, broken("Items", 2)],
    ] {
        let [owner, operator] = told_of_sent(faults).await;
        assert_ne!(
            owner, arrived,
            "{faults:?}: the owner sees what became of it"
        );
        assert_eq!(operator, told, "{faults:?}");
    }
}

#[tokio::test]
async fn waiting_says_the_same_whatever_a_hidden_cost_is() {
    let [owner, before, after] = told_of(11_000).await;
    let [owner_of_another, before_of_another, after_of_another] = told_of(13_000).await;
    assert_ne!(owner, owner_of_another, "the owner sees which one waits");
    assert_eq!(before, before_of_another);
    assert_eq!(after, after_of_another);
}

/// What an operator is told once a product changed in nothing that the shop has, to which a cost was sent before.
async fn told_of_rest(faults: &[Aim]) -> Json {
    let place = Place::File(tempfile::tempdir().unwrap().into());
    let desktop = TestApp::start(&place).with_owner().await;
    let shop = shopify(12);
    let channel = in_step(&desktop, north(&shop)).await;
    let season = json!({ "custom_field.label": "Season", "custom_field.type": "text" });
    let made = desktop
        .ok("custom_fields.create", json!({ "fields": season }))
        .await;
    let season = format!("custom.{}", made["record"]["id"].as_str().unwrap());
    edit(&desktop, "CL-000010", json!({ "cost": 11_000 })).await;
    channel.plan().await;
    for fault in faults {
        shop.fault(fault.clone());
    }
    channel.sync().await;
    desktop.set_role("operator").await;
    desktop.app.let_settled_rest().await.unwrap();
    edit(&desktop, "CL-000010", json!({ season.as_str(): "Spring" })).await;
    let before = answers(&channel).await;
    desktop.app.let_settled_rest().await.unwrap();
    let after = answers(&channel).await;
    desktop.app.close().await;
    json!([before, after])
}

#[tokio::test]
async fn what_became_of_a_hidden_cost_keeps_nothing_from_resting() {
    let arrived = told_of_rest(&[]).await;
    assert_ne!(arrived[0], arrived[1], "it waited, and rests");
    let refused = Fault::ServerError {
        status: 503,
        done: false,
    };
    let refused = Aim {
        times: 40,
        ..Aim::next(refused, "VariantsUpdate")
    };
    assert_eq!(told_of_rest(&[refused]).await, arrived);
}
