//! Coming in, and what the shop says of itself.

use channels::channel::Channel as _;
use channels::exchange::ExchangeLog;
use channels::failure::FailureKind;
use channels::shopify::{Shopify, ShopifyAccount, VERSION};
use domain::channel::{FieldLevel, Platform};
use domain::record::FieldKind;
use sandbox::Fault;
use serde_json::json;
use zeroize::Zeroizing;

use super::Practice;

#[tokio::test]
async fn a_shop_says_what_it_is_and_where_stock_lies() {
    let practice = Practice::open(10);
    let check = practice.channel.check().await.unwrap();
    assert_eq!(check.name, "Practice shop");
    assert_eq!(
        (check.currency.as_str(), check.time_zone.as_str()),
        ("EUR", "Europe/Berlin")
    );
    assert_eq!(check.problems, []);
    let places: Vec<_> = check
        .places
        .iter()
        .map(|place| (place.name.as_str(), place.active, place.primary))
        .collect();
    assert_eq!(
        places,
        [
            ("Old shop", false, false),
            ("Shop", true, true),
            ("Store room", true, false)
        ]
    );
    assert_eq!(practice.channel.platform(), Platform::Shopify);
}

#[tokio::test]
async fn each_missing_scope_is_told_by_itself() {
    let practice = Practice::open(10);
    practice.server.shop().grant(&["read_products"]);
    let check = practice.channel.check().await.unwrap();
    let told: Vec<_> = check
        .problems
        .iter()
        .map(|problem| (problem.message.contains("write_products"), problem.is_fatal))
        .collect();
    assert_eq!(told, [(true, true), (false, true), (false, false)]);
    assert!(check.problems[1].message.contains("write_inventory"));
    assert!(check.problems[2].message.contains("read_locations"));
    assert_eq!(check.places, []);
}

#[tokio::test]
async fn an_app_fetches_its_token_once_and_anew_when_it_was_taken_back() {
    let practice = Practice::by_app(10);
    practice.channel.check().await.unwrap();
    practice.channel.check().await.unwrap();
    assert_eq!(practice.asked("token"), 1);
    take_tokens_back(&practice).await;
    practice.channel.check().await.unwrap();
    assert_eq!(practice.asked("token"), 2);
}

/// As when the app is installed anew.
pub(super) async fn take_tokens_back(practice: &Practice) {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(super::tls())
        .build()
        .unwrap();
    let url = format!("{}/practice/tokens", practice.server.url());
    let answer = client.delete(url).send().await.unwrap();
    assert!(answer.status().is_success());
}

#[tokio::test]
async fn a_token_that_does_not_hold_is_denied_without_asking_for_ever() {
    let practice = Practice::open(10);
    let token = Zeroizing::new(String::from("shpat_wrong"));
    let wrong = super::channel(
        practice.server.url(),
        ShopifyAccount::Token(token),
        &practice.log,
    );
    let failure = wrong.check().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied);
    assert!(failure.message.contains("token"), "{failure}");
    assert_eq!(practice.asked("Connection"), 1);
}

#[tokio::test]
async fn a_wrong_client_secret_is_told_in_plain_words() {
    let practice = Practice::open(10);
    let account = ShopifyAccount::App {
        client_id: String::from("practice-app-7"),
        client_secret: Zeroizing::new(String::from("shpss_wrong")),
    };
    let wrong = super::channel(practice.server.url(), account, &practice.log);
    let failure = wrong.check().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Denied);
    assert_eq!(failure.message, "Shopify gives the app no token.");
}

#[tokio::test]
async fn a_token_is_asked_for_again_when_its_answer_was_lost() {
    let practice = Practice::by_app(10);
    practice.fault(Fault::LostReply, "token");
    practice.channel.check().await.unwrap();
    assert_eq!(practice.asked("token"), 2);
}

#[tokio::test]
async fn no_secret_is_in_the_log_in_an_error_or_in_debug() {
    for practice in [Practice::open(10), Practice::by_app(10)] {
        practice.channel.check().await.unwrap();
        practice.fault(
            Fault::ServerError {
                status: 503,
                done: false,
            },
            "Connection",
        );
        practice.channel.check().await.unwrap();
        let wrong = ShopifyAccount::App {
            client_id: String::from("x"),
            client_secret: Zeroizing::new(String::from("shpss_planted")),
        };
        let wrong = super::channel(practice.server.url(), wrong, &practice.log);
        let failure = wrong.check().await.unwrap_err();
        let shown = format!(
            "{:?} {:?} {:?} {failure:?}",
            practice.channel,
            wrong,
            practice.exchanges()
        );
        let shop = practice.server.shop();
        for secret in [
            shop.token(),
            shop.client().1,
            "shpss_planted",
            "practice0000",
        ] {
            assert!(!shown.contains(secret), "{secret} is shown");
        }
    }
}

#[tokio::test]
async fn every_exchange_is_kept_with_its_request_id_and_its_cost() {
    let practice = Practice::open(10);
    practice.channel.check().await.unwrap();
    let kept = practice.exchanges();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].operation, "Connection");
    assert!(kept[0].request_id.as_ref().is_some_and(|id| !id.is_empty()));
    assert!(kept[0].cost.is_some_and(|cost| cost > 0));
    assert_eq!((kept[0].status, kept[0].error.as_str()), (Some(200), ""));
}

#[tokio::test]
async fn what_shopify_refuses_for_good_is_told_with_what_to_do() {
    for (status, part) in [
        (402, "frozen"),
        (403, "let the app in"),
        (404, "no Shopify shop"),
        (423, "locked"),
    ] {
        let practice = Practice::open(10);
        practice.fault(
            Fault::ServerError {
                status,
                done: false,
            },
            "Connection",
        );
        let failure = practice.channel.check().await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Denied, "{status}");
        assert!(failure.message.contains(part), "{failure}");
        assert!(failure.hint.is_some(), "{failure}");
        assert_eq!(practice.asked("Connection"), 1);
    }
}

#[tokio::test]
async fn what_was_not_done_is_asked_for_again() {
    for fault in [
        Fault::LostRequest,
        Fault::LostReply,
        Fault::CutReply,
        Fault::Throttled,
        Fault::TooManyRequests { retry_after: None },
        Fault::ServerError {
            status: 502,
            done: false,
        },
        Fault::ServerError {
            status: 200,
            done: false,
        },
    ] {
        let practice = Practice::open(10);
        practice.fault(fault.clone(), "Connection");
        practice
            .channel
            .check()
            .await
            .unwrap_or_else(|why| panic!("{fault:?}: {why}"));
        assert_eq!(practice.asked("Connection"), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn a_shop_that_stays_out_of_order_is_given_up_for_later() {
    let practice = Practice::open(10);
    let mut aim = sandbox::Aim::next(
        Fault::ServerError {
            status: 503,
            done: false,
        },
        "Connection",
    );
    aim.times = 100;
    practice.server.fault(aim);
    let failure = practice.channel.check().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Later);
    assert!(practice.asked("Connection") < 10);
}

#[tokio::test]
async fn a_page_for_people_is_no_answer() {
    let practice = Practice::open(10);
    let mut aim = sandbox::Aim::next(
        Fault::ServerError {
            status: 200,
            done: true,
        },
        "Connection",
    );
    aim.times = 100;
    practice.server.fault(aim);
    let failure = practice.channel.check().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Broken);
}

#[test]
fn nothing_is_opened_over_plain_http_on_the_internet() {
    let account = ShopifyAccount::Token(Zeroizing::new(String::from("shpat_x")));
    let refused = Shopify::open("http://north.myshopify.com", account, ExchangeLog::none());
    assert_eq!(refused.unwrap_err().kind, FailureKind::Denied);
    assert_eq!(VERSION, "2026-10");
}

#[tokio::test]
async fn the_fields_of_the_merchant_are_among_those_of_the_shop() {
    let practice = Practice::open(10);
    define(&practice, "care", "multi_line_text_field").await;
    define(&practice, "parts", "number_integer").await;
    define(&practice, "story", "rich_text_field").await;
    let fields = practice.channel.fields().await.unwrap();
    let def = |key: &str| fields.iter().find(|one| one.field.key() == key);
    let price = def("variant.price").unwrap();
    assert_eq!(
        (price.kind, price.level, price.places),
        (FieldKind::Money, FieldLevel::Variant, 2)
    );
    assert!(price.writable);
    assert_eq!(
        def("metafield:custom.care").unwrap().kind,
        FieldKind::LongText
    );
    assert_eq!(
        def("metafield:custom.parts").unwrap().kind,
        FieldKind::Integer
    );
    assert_eq!(def("metafield:custom.story"), None);
    let keys: std::collections::BTreeSet<_> = fields.iter().map(|one| one.field.key()).collect();
    assert_eq!(keys.len(), fields.len(), "each field stands once");
    for (_, to) in channels::shopify::usual_fields() {
        assert!(keys.contains(to.key()), "{to}");
    }
}

/// Defines a field of products as the merchant would.
pub(super) async fn define(practice: &Practice, key: &str, sort: &str) {
    let query = "mutation D($d: MetafieldDefinitionInput!) {
        metafieldDefinitionCreate(definition: $d) { userErrors { message } } }";
    let definition = json!({
        "name": format!("The {key}"), "namespace": "custom", "key": key,
        "type": sort, "ownerType": "PRODUCT",
    });
    practice.look(query, json!({"d": definition})).await;
}
