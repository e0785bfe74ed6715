//! Whatever is asked, the shop answers: as the platform does, or by naming a gap.

use sandbox::maropost::{EmptyValue, Maropost, QuantityAction, Settings, UnknownField};
use sandbox::{Catalogue, Moment, Random, Reply, Request, Shop};
use serde_json::{Map, Value, json};

const ACTIONS: [&str; 11] = [
    "GetItem",
    "AddItem",
    "UpdateItem",
    "GetCategory",
    "AddCategory",
    "UpdateCategory",
    "GetWarehouse",
    "GetOrder",
    "AddOrder",
    "UpdateOrder",
    "GetShippingMethods",
];

/// Names that mean something somewhere.
const NAMES: [&str; 34] = [
    "Filter",
    "Item",
    "Order",
    "Category",
    "SKU",
    "OrderID",
    "CategoryID",
    "CategoryName",
    "Name",
    "RRP",
    "IsActive",
    "PromotionStartDate",
    "DateArrival",
    "ParentSKU",
    "OutputSelector",
    "Page",
    "Limit",
    "DateUpdatedFrom",
    "Images",
    "Image",
    "URL",
    "Categories",
    "PriceGroups",
    "PriceGroup",
    "Group",
    "ItemSpecifics",
    "ItemSpecific",
    "WarehouseQuantity",
    "WarehouseID",
    "Quantity",
    "Action",
    "OrderLine",
    "OrderStatus",
    "Email",
];

/// Values that are right somewhere, or at the edge of what can be held.
const TEXTS: [&str; 24] = [
    "",
    " ",
    "0",
    "1",
    "-1",
    "1.5",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999.9999",
    "True",
    "FAM-000060",
    "N1000",
    "Main",
    "set",
    "increment",
    "decrement",
    "Pack",
    "Cancelled",
    "9999-12-31 23:59:59",
    "0000-00-00",
    "2026-11-01T00:00:00Z",
    "2026-11-0é",
    "👩‍🍳",
    "Categories",
];

fn value(random: &mut Random, depth: u32) -> Value {
    let count = random.below(4);
    match random.below(if depth == 0 { 5 } else { 8 }) {
        0 => json!(null),
        1 => json!(random.number()),
        2 => json!(random.below(2) == 0),
        3 | 4 => json!(random.pick(&TEXTS[..])),
        5 => (0..count).map(|_| value(random, depth - 1)).collect(),
        _ => Value::Object(object(random, depth - 1)),
    }
}

fn object(random: &mut Random, depth: u32) -> Map<String, Value> {
    let mut object = Map::new();
    for _ in 0..random.below(5) {
        let name = (*random.pick(&NAMES[..])).to_owned();
        object.insert(name, value(random, depth));
    }
    object
}

/// A body that is at least wrapped as its action wants it.
fn body(action: &str, random: &mut Random) -> Value {
    let element = match action {
        _ if action.starts_with("Get") => "Filter",
        _ if action.ends_with("Item") => "Item",
        _ if action.ends_with("Order") => "Order",
        _ => "Category",
    };
    let mut inner = object(random, 3);
    let amount = *random.pick(&TEXTS[..]);
    let keys = match action {
        "AddItem" | "UpdateItem" => vec![("SKU", json!(format!("A-{}", random.below(30))))],
        "UpdateOrder" => vec![("OrderID", json!("N1000"))],
        "AddCategory" => vec![("CategoryName", json!("Shirts"))],
        "AddOrder" => vec![
            ("Email", json!("a@example.com")),
            ("BillCompany", json!("A")),
            ("ShipCompany", json!("A")),
            ("OrderLine", json!({ "SKU": "A-1", "Quantity": amount })),
        ],
        _ => Vec::new(),
    };
    for (name, value) in keys {
        inner.insert(name.to_owned(), value);
    }
    json!({ element: inner })
}

fn ask(shop: &mut Maropost, action: &str, body: Vec<u8>) -> Reply {
    let header = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let headers = [
        ("netoapi_action", action),
        ("netoapi_key", "practice-key"),
        ("accept", "application/json"),
        ("content-type", "application/json"),
    ];
    let request = Request {
        method: "POST".to_owned(),
        path: "/do/WS/NetoAPI".to_owned(),
        headers: headers.map(header).to_vec(),
        body,
        ..Request::default()
    };
    shop.answer(&request, Moment::START)
}

fn shop() -> Maropost {
    let settings = Settings {
        requests_per_minute: usize::MAX,
        refused_requests_count: false,
        unknown_field: UnknownField::Ignore,
        empty_value: EmptyValue::Clear,
        quantity_action: QuantityAction::Increment,
        ..Settings::default()
    };
    let mut shop = Maropost::new(&Catalogue::new(1, 20), settings, Moment::START);
    let items: Value = (0..20)
        .map(|at| json!({ "SKU": format!("A-{at}") }))
        .collect();
    let added = ask(
        &mut shop,
        "AddItem",
        json!({ "Item": items }).to_string().into_bytes(),
    );
    assert_eq!(added.status, 200);
    shop
}

#[test]
fn every_request_is_answered_by_the_platform_or_by_a_gap() {
    let mut shop = shop();
    let mut random = Random::new(20_261_101);
    let mut answered = 0;
    for _ in 0..20_000 {
        let action = *random.pick(&ACTIONS[..]);
        let body = body(action, &mut random).to_string();
        let reply = ask(&mut shop, action, body.clone().into_bytes());
        let read: Value = serde_json::from_slice(&reply.body).unwrap();
        match reply.status {
            200 => {
                let ack = read["Ack"].as_str().unwrap();
                assert!(
                    ["Success", "Warning", "Error"].contains(&ack),
                    "{action} {body}"
                );
                answered += 1;
            }
            501 => assert!(read["SandboxError"]["Name"].is_string(), "{action} {body}"),
            status => panic!("{status} for {action} {body}"),
        }
    }
    assert!(answered > 1_000, "{answered}");
}

#[test]
fn any_bytes_are_a_json_error_or_a_gap() {
    let mut shop = shop();
    let mut random = Random::new(7);
    for _ in 0..2_000 {
        let length = random.below(40);
        let bytes = (0..length)
            .map(|_| random.number().to_be_bytes()[0])
            .collect();
        let reply = ask(&mut shop, "UpdateItem", bytes);
        let read: Value = serde_json::from_slice(&reply.body).unwrap();
        assert!(read["Ack"] == "Error" || reply.status == 501, "{read}");
    }
}
