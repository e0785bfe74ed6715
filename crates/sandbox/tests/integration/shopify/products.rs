//! Reading products, and changing them one by one.

use std::collections::HashSet;

use sandbox::Edit;
use serde_json::{Value, json};

use super::Practice;

const EVERY: &str = "status:active,draft,archived,unlisted";

/// All products of a search, with how many requests they took.
async fn pull(practice: &Practice, query: &str, first: u32) -> (Vec<Value>, u32) {
    let mut all = Vec::new();
    let mut after = Value::Null;
    let mut requests = 0;
    loop {
        let variables = json!({
            "first": first, "after": after, "query": query, "variantsFirst": 5, "mediaFirst": 2,
        });
        let data = practice.data("products_page", variables).await;
        requests += 1;
        let page = &data["products"];
        all.extend(
            page["edges"]
                .as_array()
                .unwrap()
                .iter()
                .map(|edge| edge["node"].clone()),
        );
        if page["pageInfo"]["hasNextPage"] == false {
            return (all, requests);
        }
        after = page["pageInfo"]["endCursor"].clone();
        practice.wait(5_000);
    }
}

#[tokio::test]
async fn pages_lead_through_every_product_once() {
    let practice = Practice::open(57);
    let (all, requests) = pull(&practice, EVERY, 20).await;
    assert_eq!((all.len(), requests), (57, 3));
    let ids: HashSet<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 57);
    let updated: Vec<&str> = all
        .iter()
        .map(|one| one["updatedAt"].as_str().unwrap())
        .collect();
    assert!(updated.is_sorted(), "{updated:?}");
    let statuses: HashSet<&str> = all
        .iter()
        .map(|one| one["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, HashSet::from(["ACTIVE", "DRAFT", "ARCHIVED"]));
    let numbers = all
        .iter()
        .map(|one| one["legacyResourceId"].as_str().unwrap());
    assert!(
        numbers
            .into_iter()
            .all(|one| one.parse::<u64>().unwrap() > 1 << 53)
    );
}

#[tokio::test]
async fn a_product_that_changes_between_two_pages_is_met_again() {
    let practice = Practice::open(30);
    let variables = json!({"first": 10, "query": EVERY, "variantsFirst": 1, "mediaFirst": 1});
    let data = practice.data("products_page", variables.clone()).await;
    let first = data["products"]["edges"][0]["node"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let title = String::from("Changed meanwhile");
    practice
        .server
        .edit(&Edit::Title {
            on: first.clone(),
            title,
        })
        .unwrap();
    let mut after = data["products"]["pageInfo"]["endCursor"].clone();
    let mut seen = Vec::new();
    while !after.is_null() {
        let mut variables = variables.clone();
        variables["after"] = after;
        let data = practice.data("products_page", variables).await;
        let page = &data["products"];
        let ids = page["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edge| edge["node"]["id"].clone());
        seen.extend(ids);
        let more = page["pageInfo"]["hasNextPage"] == true;
        after = if more {
            page["pageInfo"]["endCursor"].clone()
        } else {
            Value::Null
        };
    }
    assert_eq!(seen.len(), 21);
    assert_eq!(seen.last().unwrap(), &json!(first));
}

#[tokio::test]
async fn a_watermark_finds_what_changed_since() {
    let practice = Practice::open(40);
    let since = format!("updated_at:>='2026-11-01T00:00:00Z' {EVERY}");
    assert_eq!(pull(&practice, &since, 10).await.0.len(), 0);
    let (all, _) = pull(&practice, EVERY, 40).await;
    practice.wait(60_000);
    let on = all[3]["id"].as_str().unwrap().to_owned();
    practice
        .server
        .edit(&Edit::Price {
            on: on.clone(),
            price: 1234,
        })
        .unwrap();
    let (changed, _) = pull(&practice, &since, 10).await;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["id"], json!(on));
    assert_eq!(changed[0]["variants"]["nodes"][0]["price"], "12.34");
}

#[tokio::test]
async fn an_unknown_search_field_finds_everything_and_warns() {
    let practice = Practice::open(12);
    let variables = json!({"query": "updatedat:>'2026-11-01' AND vendor:Nobody OR colour:red"});
    let answer = practice.run("products_count", variables).await;
    assert_eq!(answer["data"]["productsCount"]["count"], 12);
    let warnings = &answer["extensions"]["search"][0]["warnings"];
    assert_eq!(warnings[0]["code"], "invalid_field");
    assert_eq!(warnings[1]["field"], "colour");
    let answer = practice
        .run(
            "products_count",
            json!({"query": "updated_at:>'yesterday'"}),
        )
        .await;
    assert_eq!(
        answer["errors"][0]["message"],
        "Invalid timestamp for query filter `updated_at`."
    );
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST");
}

#[tokio::test]
async fn searches_combine() {
    let practice = Practice::open(60);
    let (all, _) = pull(&practice, EVERY, 60).await;
    let count = async |query: String| {
        let data = practice
            .data("products_count", json!({"query": query}))
            .await;
        usize::try_from(data["productsCount"]["count"].as_u64().unwrap()).unwrap()
    };
    let vendor = all[0]["vendor"].as_str().unwrap();
    let of_vendor = all.iter().filter(|one| one["vendor"] == vendor).count();
    assert_eq!(count(format!("vendor:'{vendor}'")).await, of_vendor);
    assert_eq!(count(format!("-vendor:'{vendor}'")).await, 60 - of_vendor);
    assert_eq!(
        count(format!("NOT vendor:'{vendor}'")).await,
        60 - of_vendor
    );
    let active = all.iter().filter(|one| one["status"] == "ACTIVE").count();
    assert_eq!(count(String::from("status:active")).await, active);
    let both = all
        .iter()
        .filter(|one| one["vendor"] == vendor && one["status"] == "ACTIVE")
        .count();
    assert_eq!(
        count(format!("vendor:'{vendor}' status:active")).await,
        both
    );
    let either = all
        .iter()
        .filter(|one| one["vendor"] == vendor || one["status"] == "DRAFT")
        .count();
    assert_eq!(
        count(format!("vendor:'{vendor}' OR status:draft")).await,
        either
    );
}

#[tokio::test]
async fn one_product_is_had_by_id_handle_or_not_at_all() {
    let practice = Practice::open(10);
    let (all, _) = pull(&practice, EVERY, 10).await;
    let (id, handle) = (&all[0]["id"], &all[0]["handle"]);
    let data = practice.data("product_by_id", json!({"id": id})).await;
    assert_eq!(&data["product"]["handle"], handle);
    assert_eq!(data["product"]["options"][0]["position"], 1);
    let data = practice
        .data(
            "product_by_identifier",
            json!({"identifier": {"handle": handle}}),
        )
        .await;
    assert_eq!(&data["productByIdentifier"]["id"], id);
    let gone = json!({"id": "gid://shopify/Product/999"});
    assert_eq!(
        practice.data("product_by_id", gone).await["product"],
        Value::Null
    );
    let other = json!({"id": "gid://shopify/ProductVariant/1"});
    assert_eq!(
        practice.error("product_by_id", other).await,
        "RESOURCE_NOT_FOUND"
    );
    let two = json!({"identifier": {"id": id, "handle": handle}});
    assert_eq!(
        practice.error("product_by_identifier", two).await,
        "INVALID_FIELD_ARGUMENTS"
    );
}

#[tokio::test]
async fn pages_have_limits() {
    let practice = Practice::open(10);
    for arguments in [
        "",
        "(first: 251)",
        "(first: 1, last: 1)",
        "(first: 2, after: \"abc\")",
    ] {
        let query = format!("{{ products{arguments} {{ edges {{ node {{ id }} }} }} }}");
        let answer = practice.ask(&query, json!({})).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_REQUEST",
            "{arguments}"
        );
    }
    let query =
        "{ products(last: 3) { edges { node { id } } pageInfo { hasNextPage endCursor } } }";
    let answer = practice.ask(query, json!({})).await;
    assert_eq!(
        answer["data"]["products"]["edges"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let ids: Vec<String> = vec![String::from("gid://shopify/Product/1"); 251];
    let answer = practice
        .run(
            "product_update",
            json!({"product": {"id": ids[0], "tags": ids}}),
        )
        .await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"],
        "MAX_INPUT_SIZE_EXCEEDED"
    );
}

#[tokio::test]
async fn a_product_is_made_changed_and_deleted() {
    let practice = Practice::open(10);
    let product = json!({"title": "Blue Mug", "tags": ["b", "A", "b "], "status": "DRAFT"});
    let made = practice
        .done("product_create", json!({"product": product}))
        .await;
    let id = &made["product"]["id"];
    assert_eq!(made["product"]["handle"], "blue-mug");
    let again = practice
        .done("product_create", json!({"product": {"title": "Blue Mug"}}))
        .await;
    assert_eq!(again["product"]["handle"], "blue-mug-1");

    let change = json!({"id": id, "title": "Green Mug", "vendor": "Kiln"});
    let changed = practice
        .done("product_update", json!({"product": change}))
        .await;
    assert_eq!(changed["product"]["title"], "Green Mug");
    assert_eq!(
        changed["product"]["handle"], "blue-mug",
        "a title does not move the handle"
    );
    let read = practice.data("product_by_id", json!({"id": id})).await;
    assert_eq!(
        read["product"]["tags"],
        json!(["A", "b"]),
        "what is not said stays"
    );
    assert_eq!(read["product"]["status"], "DRAFT");

    let taken = json!({"product": {"id": id, "handle": "Blue mug 1"}});
    let errors = practice.refused("product_update", taken).await;
    let message = "Handle 'blue-mug-1' already in use. Please provide a new handle.";
    assert_eq!(errors[0]["message"], message);
    let long = json!({"product": {"id": id, "title": "x".repeat(256)}});
    practice.refused("product_update", long).await;

    let gone = practice
        .done("product_delete", json!({"input": {"id": id}}))
        .await;
    assert_eq!(&gone["deletedProductId"], id);
    let errors = practice
        .refused("product_delete", json!({"input": {"id": id}}))
        .await;
    assert_eq!(errors[0]["message"], "Product does not exist");
}

#[tokio::test]
async fn what_was_deleted_is_known_as_an_event_and_missing_among_nodes() {
    let practice = Practice::open(10);
    let (all, _) = pull(&practice, EVERY, 10).await;
    let id = all[2]["id"].as_str().unwrap().to_owned();
    practice
        .server
        .edit(&Edit::Delete { on: id.clone() })
        .unwrap();
    let query = "subject_type:PRODUCT action:destroy created_at:>='2026-11-01T00:00:00Z'";
    let data = practice
        .data("deleted_products", json!({"first": 10, "query": query}))
        .await;
    let events = data["events"]["nodes"].as_array().unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["subjectId"], json!(id));
    let ids: Vec<&Value> = all.iter().map(|one| &one["id"]).collect();
    let answer = practice.run("nodes_exist", json!({"ids": ids})).await;
    let nodes = answer["data"]["nodes"].as_array().unwrap();
    assert_eq!(nodes.iter().filter(|one| one.is_null()).count(), 1);
    assert!(nodes[2].is_null());
    assert_eq!(answer["extensions"]["cost"]["actualQueryCost"], 1.0);
}

#[tokio::test]
async fn tags_and_channels_are_changed_on_their_own() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG-1").await;
    practice
        .done(
            "tags_add",
            json!({"id": mug.product, "tags": ["New", "gift"]}),
        )
        .await;
    practice
        .done("tags_remove", json!({"id": mug.product, "tags": ["NEW"]}))
        .await;
    let read = practice
        .data("product_by_id", json!({"id": mug.product}))
        .await;
    assert_eq!(read["product"]["tags"], json!(["gift"]));

    let data = practice.data("publications", json!({})).await;
    let online = &data["publications"]["nodes"][0];
    assert_eq!(online["catalog"]["title"], "Online Store");
    let input = json!([{"publicationId": online["id"]}]);
    let variables = json!({"id": mug.product, "input": input});
    let published = practice
        .done("publishable_publish", variables.clone())
        .await;
    assert_eq!(
        published["publishable"]["resourcePublicationsCount"]["count"],
        1
    );
    practice.done("publishable_unpublish", variables).await;
    let other =
        json!({"id": mug.product, "input": [{"publicationId": "gid://shopify/Publication/1"}]});
    practice.refused("publishable_publish", other).await;
}

#[tokio::test]
async fn a_product_joins_and_leaves_collections() {
    let practice = Practice::open(10);
    let mug = practice.mug("MUG-1").await;
    let data = practice.data("collections_page", json!({"first": 5})).await;
    let collection = &data["collections"]["nodes"][0];
    assert_eq!(collection["handle"], "frontpage");
    let id = &collection["id"];
    let number = id.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let count = async || {
        let query = format!("collection_id:{number}");
        practice
            .data("products_count", json!({"query": query}))
            .await["productsCount"]["count"]
            .clone()
    };
    let before = count().await.as_u64().unwrap();
    let join = json!({"product": {"id": mug.product, "collectionsToJoin": [id]}});
    practice.done("product_update", join).await;
    assert_eq!(count().await, before + 1);
    let leave = json!({"identifier": {"id": mug.product}, "input": {"collections": []}});
    practice.done("product_set", leave).await;
    assert_eq!(count().await, before);
}
