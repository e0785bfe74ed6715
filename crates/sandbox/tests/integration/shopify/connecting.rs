//! Coming in: tokens, scopes, versions.

use serde_json::{Value, json};

use super::Practice;

#[tokio::test]
async fn the_shop_says_who_it_is_and_what_was_granted() {
    let practice = Practice::open(10);
    let data = practice.data("connection_check", json!({})).await;
    assert_eq!(data["shop"]["currencyCode"], "EUR");
    assert_eq!(data["shop"]["ianaTimezone"], "Europe/Berlin");
    assert_eq!(data["shop"]["resourceLimits"]["maxProductVariants"], 2048);
    let scopes = data["currentAppInstallation"]["accessScopes"]
        .as_array()
        .unwrap();
    let handles: Vec<&str> = scopes
        .iter()
        .map(|one| one["handle"].as_str().unwrap())
        .collect();
    for needed in [
        "write_products",
        "read_products",
        "write_inventory",
        "read_locations",
    ] {
        assert!(
            handles.contains(&needed),
            "{needed} is not among {handles:?}"
        );
    }
    let versions = data["publicApiVersions"].as_array().unwrap();
    assert!(
        versions
            .iter()
            .any(|one| one["handle"] == "2026-10" && one["supported"] == true)
    );
}

#[tokio::test]
async fn nobody_comes_in_without_a_key_that_holds() {
    let mut practice = Practice::open(10);
    practice.token = String::from("shpat_of_another_shop");
    let body = json!({"query": "{ shop { name } }"});
    let answer = practice.send("2026-10", &body).await;
    assert_eq!(answer.status(), 401);
    let body: Value = answer.json().await.unwrap();
    assert!(
        body["errors"]
            .as_str()
            .unwrap()
            .starts_with("[API] Invalid API key"),
        "{body}"
    );
}

#[tokio::test]
async fn client_credentials_are_turned_into_a_token_that_ends() {
    let mut practice = Practice::open(10);
    let (id, secret) = {
        let shop = practice.server.shop();
        let (id, secret) = shop.client();
        (id.to_owned(), secret.to_owned())
    };
    let url = format!("{}/admin/oauth/access_token", practice.server.url());
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", &secret),
    ];
    let answer = practice.client.post(&url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let grant: Value = answer.json().await.unwrap();
    assert_eq!(grant["expires_in"], 86_399);
    assert!(grant["scope"].as_str().unwrap().contains("write_products"));
    practice.token = grant["access_token"].as_str().unwrap().to_owned();
    let body = json!({"query": "{ shop { name } }"});
    assert_eq!(practice.send("2026-10", &body).await.status(), 200);
    practice.wait(86_400_000);
    assert_eq!(practice.send("2026-10", &body).await.status(), 401);

    let json =
        json!({"grant_type": "client_credentials", "client_id": id, "client_secret": secret});
    assert_eq!(
        practice
            .client
            .post(&url)
            .json(&json)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &id),
        ("client_secret", "wrong"),
    ];
    let answer = practice.client.post(&url).form(&form).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    let page = answer.text().await.unwrap();
    assert!(page.contains("app_not_installed"), "{page}");
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let practice = Practice::open(10);
    practice.server.shop().grant(&["read_products"]);
    let answer = practice
        .run("product_set", json!({"input": {"title": "Mug"}}))
        .await;
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "ACCESS_DENIED");
    assert_eq!(
        error["extensions"]["requiredAccess"],
        "`write_products` access scope."
    );
    assert_eq!(error["path"], json!(["productSet"]));
    assert_eq!(answer["data"], json!({"productSet": null}));
    assert_eq!(
        practice.error("locations", json!({})).await,
        "ACCESS_DENIED"
    );
    let products = practice.data("products_count", json!({})).await;
    assert_eq!(products["productsCount"]["count"], 10);
    let items = json!({"first": 5, "locationId": "gid://shopify/Location/1"});
    assert_eq!(
        practice.error("inventory_items_page", items).await,
        "ACCESS_DENIED"
    );
}

#[tokio::test]
async fn an_old_version_falls_forward_and_says_so() {
    let practice = Practice::open(10);
    let body = json!({"query": "{ shop { name } }"});
    for (asked, status, served) in [
        ("2026-10", 200, Some("2026-10")),
        ("2026-07", 200, Some("2026-07")),
        ("2024-04", 200, Some("2026-01")),
        ("2027-01", 404, None),
        ("latest", 404, None),
    ] {
        let answer = practice.send(asked, &body).await;
        assert_eq!(answer.status().as_u16(), status, "{asked}");
        let version = answer.headers().get("x-shopify-api-version");
        assert_eq!(version.map(|one| one.to_str().unwrap()), served, "{asked}");
    }
    let body = json!({"query": "{ products(first: 1) { edges { node { id } } } }"});
    let answer = practice.send("2026-07", &body).await;
    assert_eq!(answer.status(), 501, "the practice shop has no such schema");
}

#[tokio::test]
async fn what_is_no_operation_is_said() {
    let practice = Practice::open(10);
    let answer = practice.ask("{ shop { name nonsense } }", json!({})).await;
    let error = &answer["errors"][0];
    assert_eq!(
        error["message"],
        "Field 'nonsense' doesn't exist on type 'Shop'"
    );
    assert_eq!(error["extensions"]["code"], "undefinedField");
    assert_eq!(answer.get("data"), None);
    let answer = practice
        .run("product_by_id", json!({"id": 5, "variantsFirst": "many"}))
        .await;
    assert_eq!(
        answer["errors"][0]["extensions"]["code"],
        "INVALID_VARIABLE"
    );
    let url = format!("{}/admin/api/2026-10/graphql.json", practice.server.url());
    let request = practice
        .client
        .post(url)
        .header("x-shopify-access-token", &practice.token);
    assert_eq!(request.body("no json").send().await.unwrap().status(), 400);
    let elsewhere = format!("{}/admin/products.json", practice.server.url());
    assert_eq!(
        practice
            .client
            .get(elsewhere)
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
}

#[tokio::test]
async fn what_the_practice_shop_does_not_know_it_says_loudly() {
    let practice = Practice::open(10);
    let query = super::operation_named("webhook_subscription_create");
    let variables = json!({"topic": "ORDERS_CREATE", "sub": {"uri": "https://hooks.example/1"}});
    let answer = practice
        .send("2026-10", &json!({"query": query, "variables": variables}))
        .await;
    assert_eq!(answer.status(), 501);
    let body: Value = answer.json().await.unwrap();
    let message = body["errors"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "The practice shop does not know Mutation.webhookSubscriptionCreate yet."
    );
}
