//! `GetCategory`, `AddCategory`, `UpdateCategory`.

use sandbox::Catalogue;
use serde_json::json;

use super::Practice;

#[tokio::test]
async fn categories_are_added_changed_and_read() {
    let shop = Practice::empty();
    let added = shop
        .done(
            "AddCategory",
            json!({ "Category": [{ "CategoryName": "Clothes", "Active": "True" }] }),
        )
        .await;
    assert_eq!(added["Category"], json!({ "CategoryID": "1" }));
    let shirts = json!({ "CategoryName": "Shirts", "ParentCategoryID": "1", "SortOrder": 2 });
    shop.done("AddCategory", json!({ "Category": shirts }))
        .await;
    shop.later(60);
    let change = json!({ "CategoryID": "2", "CategoryName": "T-Shirts" });
    let updated = shop
        .done("UpdateCategory", json!({ "Category": change }))
        .await;
    assert_eq!(updated["Category"], json!({ "CategoryID": "2" }));
    let selectors = [
        "CategoryID",
        "CategoryName",
        "SortOrder",
        "DatePosted",
        "DateUpdated",
    ];
    let filter = json!({ "ParentCategoryID": ["1"], "OutputSelector": selectors });
    let found = shop.done("GetCategory", json!({ "Filter": filter })).await;
    assert_eq!(
        found["Category"],
        json!([{
            "CategoryID": "2",
            "CategoryName": "T-Shirts",
            "SortOrder": "2",
            "DatePosted": "2026-11-01 00:00:00",
            "DateUpdated": "2026-11-01 00:01:00",
        }])
    );
}

#[tokio::test]
async fn a_category_needs_a_name_and_an_update_a_number() {
    let shop = Practice::empty();
    let answer = shop
        .call("AddCategory", json!({ "Category": { "Active": "True" } }))
        .await;
    assert_eq!(answer["Ack"], "Error");
    assert_eq!(answer["Category"], "");
    let message = "CategoryName is a required field and is missing";
    assert_eq!(answer["Messages"]["Error"]["Message"], message);
    let change = json!({ "Category": { "CategoryName": "Shirts" } });
    let answer = shop.call("UpdateCategory", change).await;
    let message = "CategoryID is a required field and is missing";
    assert_eq!(answer["Messages"]["Error"]["Message"], message);
    let change = json!({ "Category": { "CategoryID": "9", "CategoryName": "Shirts" } });
    assert_eq!(shop.call("UpdateCategory", change).await["Ack"], "Warning");
    let orphan = json!({ "Category": { "CategoryName": "Shirts", "ParentCategoryID": "9" } });
    assert_eq!(shop.gap("AddCategory", orphan).await, "UnknownParent");
}

#[tokio::test]
async fn categories_of_old_have_the_zero_date() {
    let shop = Practice::filled(&Catalogue::new(1, 20), |_| {});
    let filter = json!({ "OutputSelector": ["CategoryID", "DatePosted", "DateUpdated"] });
    let found = shop.done("GetCategory", json!({ "Filter": filter })).await;
    let first = &found["Category"][0];
    assert_eq!(first["DatePosted"], "0000-00-00 00:00:00");
    assert_eq!(first["DateUpdated"], "0000-00-00 00:00:00");
    // What has no date is in no range of dates.
    let filter = json!({ "DateUpdatedFrom": "2000-01-01", "OutputSelector": ["CategoryID"] });
    let found = shop.done("GetCategory", json!({ "Filter": filter })).await;
    assert_eq!(found["Category"], json!([]));
}
