//! Roles made by people.

use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{TestApp, on_each_desktop};

async fn role(desktop: &TestApp, name: &str) -> Json {
    let roles = desktop.ok("roles.list", json!({})).await;
    let mut roles = roles.as_array().unwrap().iter();
    let found = roles.find(|role| role["name"] == name);
    found.unwrap_or_else(|| panic!("no role {name}")).clone()
}

#[tokio::test]
async fn a_role_is_made_given_changed_and_deleted_when_nobody_has_it() {
    on_each_desktop(async |desktop| {
        let request = json!({ "name": " Packer ", "permissions": ["export", "view_products"] });
        let packer = desktop.ok("roles.create", request).await;
        assert_eq!(
            (&packer["name"], &packer["builtIn"], &packer["users"], &packer["mayGive"]),
            (&json!("Packer"), &json!(false), &json!(0), &json!(true))
        );
        assert_eq!(packer["permissions"], json!(["view_products", "export"]));
        let key = packer["key"].as_str().unwrap();
        let pat = desktop.hire("Pat", key).await;
        assert_eq!(pat["roleName"], "Packer");
        assert_eq!(role(desktop, "Packer").await["users"], 1);

        let second = desktop.second_desktop().await;
        second.sign_in("pat@example.com").await;
        let state = second.ok("app.state", json!({})).await;
        assert_eq!(state["person"]["roleName"], "Packer");
        assert_eq!(state["person"]["permissions"], json!(["view_products", "export"]));
        let list = json!({ "offset": 0, "limit": 10 });
        second.ok("products.list", list.clone()).await;
        let fields = json!({ "fields": { "sku": "A", "name": "A" } });
        second.refused("products.create", fields.clone(), Code::Forbidden).await;

        let request = json!({
            "key": key, "version": 1, "name": "Keeper", "permissions": ["view_products", "edit_products"],
        });
        let keeper = desktop.ok("roles.update", request.clone()).await;
        assert_eq!(keeper["version"], 2);
        second.ok("products.create", fields).await;
        let moved = desktop.refused("roles.update", request, Code::Conflict).await;
        assert!(moved.message.contains("the role Keeper"), "{moved:?}");

        let delete = json!({ "key": key, "version": 2 });
        let error = desktop.refused("roles.delete", delete.clone(), Code::Invalid).await;
        assert_eq!(error.message, "The role Keeper cannot be deleted: one person has it.");
        let saw = json!({ "id": pat["id"], "version": pat["version"] });
        desktop.ok("users.delete", saw).await;
        desktop.ok("roles.delete", delete.clone()).await;
        desktop.refused("roles.delete", delete, Code::NotFound).await;
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_role_keeps_the_rules() {
    on_each_desktop(async |desktop| {
        let rights = json!(["view_products"]);
        desktop
            .ok(
                "roles.create",
                json!({ "name": "Packer", "permissions": rights }),
            )
            .await;
        for (request, field, part) in [
            (
                json!({ "name": "PACKER", "permissions": rights }),
                "name",
                "already",
            ),
            (
                json!({ "name": "owner", "permissions": rights }),
                "name",
                "built-in",
            ),
            (
                json!({ "name": " ", "permissions": rights }),
                "name",
                "needed",
            ),
            (
                json!({ "name": "Idler", "permissions": [] }),
                "permissions",
                "at least one",
            ),
            (
                json!({ "name": "Blind", "permissions": ["import"] }),
                "permissions",
                "see products",
            ),
        ] {
            let error = desktop
                .refused("roles.create", request, Code::Invalid)
                .await;
            assert!(error.fields[field].contains(part), "{error:?}");
        }
        let request =
            json!({ "key": "viewer", "version": 0, "name": "Looker", "permissions": rights });
        let error = desktop
            .refused("roles.update", request, Code::Invalid)
            .await;
        assert!(error.message.contains("built in"));
        let request = json!({ "key": "viewer", "version": 0 });
        desktop
            .refused("roles.delete", request, Code::Invalid)
            .await;
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_a_role_with_more_than_they_have() {
    on_each_desktop(async |desktop| {
        let all = desktop.ok("permissions.list", json!({})).await;
        let all: Vec<Json> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|known| known["key"].clone())
            .collect();
        desktop
            .ok(
                "roles.create",
                json!({ "name": "Deputy", "permissions": all }),
            )
            .await;
        let rights = json!(["view_products", "manage_users"]);
        let clerk = desktop
            .ok(
                "roles.create",
                json!({ "name": "Clerk", "permissions": rights }),
            )
            .await;
        desktop.hire("Cleo", clerk["key"].as_str().unwrap()).await;
        desktop.sign_in("cleo@example.com").await;

        let request = json!({ "name": "Spy", "permissions": ["view_products", "see_costs"] });
        let error = desktop
            .refused("roles.create", request, Code::Forbidden)
            .await;
        assert!(
            error.fields["permissions"].contains("see costs"),
            "{error:?}"
        );
        let raise = json!({
            "key": clerk["key"], "version": 1, "name": "Clerk",
            "permissions": ["view_products", "see_costs", "manage_users"],
        });
        desktop
            .refused("roles.update", raise, Code::Forbidden)
            .await;
        let deputy = role(desktop, "Deputy").await;
        assert_eq!(
            (&deputy["mayGive"], &deputy["mayEdit"]),
            (&json!(false), &json!(false))
        );
        let request = json!({ "key": deputy["key"], "version": 1 });
        desktop
            .refused("roles.delete", request, Code::Forbidden)
            .await;
        let owner = role(desktop, "Owner").await;
        assert_eq!(owner["reason"], "Only an owner can make another owner.");
    })
    .await;
}

#[tokio::test]
async fn each_role_is_told_with_what_the_person_may_do_with_it() {
    on_each_desktop(async |desktop| {
        desktop.hire("Vic", "viewer").await;
        let roles = desktop.ok("roles.list", json!({})).await;
        let keys: Vec<&Json> = roles
            .as_array()
            .unwrap()
            .iter()
            .map(|role| &role["key"])
            .collect();
        assert_eq!(keys, ["owner", "manager", "operator", "viewer"]);
        assert_eq!(
            (&roles[0]["users"], &roles[3]["users"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(roles[0]["mayGive"], true);
        assert_eq!(roles[0]["reason"], "It is built in.");
        desktop.sign_in("vic@example.com").await;
        let roles = desktop.ok("roles.list", json!({})).await;
        assert_eq!(roles[3]["mayGive"], false);
        assert_eq!(roles[3]["reason"], "You may not manage people.");
    })
    .await;
}
