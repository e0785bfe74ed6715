//! People as an administrator keeps them: accounts, their life, and who may do what to whom.

use backstock::commands::events::Event;
use domain::error::Code;
use serde_json::{Value as Json, json};

use crate::support::{PASSWORD, TestApp, on_each_desktop};

/// The id and the version that was seen, as most requests want them.
fn saw(user: &Json) -> Json {
    json!({ "id": user["id"], "version": user["version"] })
}

fn names(page: &Json) -> Vec<&str> {
    let users = page["users"].as_array().unwrap().iter();
    users.map(|user| user["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_new_person_gets_a_password_that_is_told_once_and_must_be_changed() {
    on_each_desktop(async |desktop| {
        let request = json!({ "name": " Max ", "email": "Max@Example.com", "role": "operator" });
        let made = desktop.ok("users.create", request).await;
        let password = made["password"].as_str().unwrap();
        assert_eq!(password.len(), 19, "four groups of four");
        let max = &made["user"];
        assert_eq!(
            (
                &max["name"],
                &max["roleName"],
                &max["status"],
                &max["mustChangePassword"]
            ),
            (
                &json!("Max"),
                &json!("Operator"),
                &json!("active"),
                &json!(true)
            )
        );
        let page = desktop.ok("users.list", json!({})).await;
        assert!(!page.to_string().contains(password), "never again");

        let second = desktop.second_desktop().await;
        let sign_in = json!({ "email": "max@example.com", "password": password });
        let state = second.ok("session.sign_in", sign_in).await;
        assert_eq!(state["stage"], "change_password");
        assert_eq!(state["person"]["name"], "Max");
        let list = json!({ "offset": 0, "limit": 10 });
        second
            .refused("products.list", list.clone(), Code::PasswordExpired)
            .await;
        second
            .refused("files.choose", json!({}), Code::PasswordExpired)
            .await;
        let new = json!({ "current": password, "new": "plum jam on burnt toast" });
        let state = second.ok("account.change_password", new).await;
        assert_eq!(state["stage"], "ready");
        second.ok("products.list", list).await;
        let max = desktop.person("Max").await;
        assert_eq!(max["mustChangePassword"], false);
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn people_are_searched_and_sorted() {
    on_each_desktop(async |desktop| {
        desktop.clock.advance(1_000);
        desktop.hire("Zoe", "viewer").await;
        desktop.hire("bob", "manager").await;
        let zoe = desktop.person("Zoe").await;
        desktop.ok("users.deactivate", saw(&zoe)).await;
        for (request, expected) in [
            (json!({}), vec!["Ada", "bob", "Zoe"]),
            (json!({ "descending": true }), vec!["Zoe", "bob", "Ada"]),
            (json!({ "sort": "role" }), vec!["bob", "Ada", "Zoe"]),
            (
                json!({ "sort": "email", "descending": true }),
                vec!["Zoe", "bob", "Ada"],
            ),
            (json!({ "sort": "status" }), vec!["Ada", "bob", "Zoe"]),
            (json!({ "search": "EXAMPLE manag" }), vec!["bob"]),
            (json!({ "search": "nobody" }), vec![]),
        ] {
            let page = desktop.ok("users.list", request.clone()).await;
            assert_eq!(names(&page), expected, "{request}");
            assert_eq!(page["total"], 3);
        }
        desktop.sign_in("ada@example.com").await;
        let request = json!({ "sort": "last_sign_in", "descending": true });
        let page = desktop.ok("users.list", request).await;
        assert_eq!(names(&page)[0], "Ada");
        assert_eq!(page["users"][0]["lastSignInAt"], desktop.clock_now());
        assert!(page["users"][1].get("lastSignInAt").is_none(), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_address_is_given_once_in_whatever_case_and_is_free_after_a_deletion() {
    on_each_desktop(async |desktop| {
        let bob = desktop.hire("Bob", "viewer").await;
        let twin = json!({ "name": "Bobby", "email": "BOB@example.com", "role": "viewer" });
        let error = desktop
            .refused("users.create", twin.clone(), Code::Invalid)
            .await;
        assert!(
            error.fields["email"].contains("BOB@example.com"),
            "{error:?}"
        );
        let mut update = saw(&bob);
        update["name"] = json!("Bob");
        update["email"] = json!("ADA@example.com");
        update["role"] = json!("viewer");
        let error = desktop.refused("users.update", update, Code::Invalid).await;
        assert!(error.fields.contains_key("email"));

        desktop.ok("users.delete", saw(&bob)).await;
        desktop
            .refused("users.delete", saw(&bob), Code::NotFound)
            .await;
        let page = desktop.ok("users.list", json!({})).await;
        assert_eq!(names(&page), ["Ada"]);
        desktop.ok("users.create", twin).await;
        let gone = json!({ "email": "bob@example.com", "password": PASSWORD });
        desktop
            .refused("session.sign_in", gone, Code::SignInFailed)
            .await;
    })
    .await;
}

#[tokio::test]
async fn every_broken_rule_is_told_at_its_field() {
    on_each_desktop(async |desktop| {
        let bad = json!({ "name": " ", "email": "bob", "role": "viewer", "password": "short" });
        let error = desktop.refused("users.create", bad, Code::Invalid).await;
        let keys: Vec<&str> = error.fields.keys().map(String::as_str).collect();
        assert_eq!(keys, ["email", "name", "password"]);
        let role = "0198c5b2-7c11-7000-8000-000000000001";
        let bad = json!({ "name": "Bob", "email": "bob@example.com", "role": role });
        let error = desktop.refused("users.create", bad, Code::Invalid).await;
        assert!(error.fields["role"].contains("not there"), "{error:?}");
        let bad = json!({ "name": "Bob", "email": "b@example.com", "role": "janitor" });
        let error = desktop.refused("users.create", bad, Code::Invalid).await;
        assert_eq!(error.message, "The request of users.create is malformed.");
    })
    .await;
}

#[tokio::test]
async fn who_is_deactivated_is_signed_out_with_the_next_command_and_may_come_back() {
    on_each_desktop(async |desktop| {
        let bob = desktop.hire("Bob", "viewer").await;
        let second = desktop.second_desktop().await;
        second.sign_in("bob@example.com").await;
        let list = json!({ "offset": 0, "limit": 10 });
        second.ok("products.list", list.clone()).await;
        let bob = desktop.ok("users.deactivate", saw(&bob)).await;
        assert_eq!(bob["status"], "deactivated");
        second
            .refused("products.list", list.clone(), Code::SignedOut)
            .await;
        assert_eq!(second.ok("app.state", json!({})).await["stage"], "sign_in");

        let error = desktop
            .refused(
                "users.reactivate",
                json!({ "id": bob["id"], "version": 1 }),
                Code::Conflict,
            )
            .await;
        assert!(error.message.contains("account of Bob"), "{error:?}");
        desktop.ok("users.reactivate", saw(&bob)).await;
        second.sign_in("bob@example.com").await;
        second.ok("products.list", list).await;
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_reset_password_unlocks_and_must_be_changed() {
    on_each_desktop(async |desktop| {
        desktop.hire("Bob", "viewer").await;
        let second = desktop.second_desktop().await;
        let wrong = json!({ "email": "bob@example.com", "password": "wrong wrong wrong" });
        for _ in 0..5 {
            second
                .refused("session.sign_in", wrong.clone(), Code::SignInFailed)
                .await;
        }
        let bob = desktop.person("Bob").await;
        let until = bob["lockedUntil"].as_i64().unwrap();
        assert!(until >= desktop.clock_now() + 30_000, "{bob}");
        let mut request = saw(&bob);
        request["password"] = json!("bobs own password");
        let error = desktop
            .refused("users.reset_password", request, Code::Invalid)
            .await;
        assert!(error.fields["password"].contains("e-mail"), "{error:?}");
        let reset = desktop.ok("users.reset_password", saw(&bob)).await;
        assert!(reset["user"].get("lockedUntil").is_none());
        let password = &reset["password"];
        let right = json!({ "email": "bob@example.com", "password": password });
        let state = second.ok("session.sign_in", right).await;
        assert_eq!(state["stage"], "change_password");
        let same = json!({ "current": password, "new": password });
        let error = second
            .refused("account.change_password", same, Code::Invalid)
            .await;
        assert!(error.fields["new"].contains("that you have"));
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_the_last_owner_away_or_does_it_to_themselves() {
    on_each_desktop(async |desktop| {
        let ada = desktop.person("Ada").await;
        for (command, part) in [
            ("users.deactivate", "your own account"),
            ("users.delete", "your own account"),
            ("users.reset_password", "your own password"),
        ] {
            let error = desktop.refused(command, saw(&ada), Code::Invalid).await;
            assert!(error.message.contains(part), "{error:?}");
        }
        let mut demoted = json!({ "name": "Ada", "email": "ada@example.com", "role": "manager" });
        demoted["id"] = ada["id"].clone();
        demoted["version"] = ada["version"].clone();
        let error = desktop
            .refused("users.update", demoted.clone(), Code::Invalid)
            .await;
        assert_eq!(error.message, "Ada is the only active owner.");

        let eve = desktop.hire("Eve", "owner").await;
        let eve = desktop.ok("users.deactivate", saw(&eve)).await;
        let error = desktop
            .refused("users.update", demoted.clone(), Code::Invalid)
            .await;
        assert_eq!(error.message, "Ada is the only active owner.");
        desktop.ok("users.reactivate", saw(&eve)).await;
        let ada = desktop.ok("users.update", demoted).await;
        assert_eq!(ada["roleName"], "Manager");
        desktop
            .refused("users.list", json!({}), Code::Forbidden)
            .await;
    })
    .await;
}

/// Signs in a person who manages people and sees products, and may do nothing else.
async fn as_clerk(desktop: &TestApp) {
    let rights = json!(["view_products", "manage_users"]);
    let role = json!({ "name": "Clerk", "permissions": rights });
    let role = desktop.ok("roles.create", role).await;
    desktop.hire("Cleo", role["key"].as_str().unwrap()).await;
    desktop.sign_in("cleo@example.com").await;
}

#[tokio::test]
async fn nobody_gives_or_touches_rights_that_they_lack() {
    on_each_desktop(async |desktop| {
        desktop.hire("Max", "manager").await;
        desktop.hire("Vic", "viewer").await;
        as_clerk(desktop).await;
        let ada = desktop.person("Ada").await;
        assert_eq!(ada["mayEdit"], false);
        assert!(
            ada["reason"].as_str().unwrap().contains("only an owner"),
            "{ada}"
        );
        let max = desktop.person("Max").await;
        assert_eq!(max["reason"], "Max may see costs, and you may not.");
        for person in [&ada, &max] {
            for command in ["users.deactivate", "users.delete", "users.reset_password"] {
                desktop.refused(command, saw(person), Code::Forbidden).await;
            }
        }
        for role in ["owner", "manager", "operator"] {
            let request = json!({ "name": "Eve", "email": "eve@example.com", "role": role });
            let error = desktop
                .refused("users.create", request, Code::Forbidden)
                .await;
            assert!(error.fields.contains_key("role"), "{error:?}");
            let me = desktop.person("Cleo").await;
            let mut raise = saw(&me);
            raise["name"] = json!("Cleo");
            raise["email"] = json!("cleo@example.com");
            raise["role"] = json!(role);
            desktop
                .refused("users.update", raise, Code::Forbidden)
                .await;
        }
        let vic = desktop.person("Vic").await;
        assert_eq!((&vic["mayEdit"], vic.get("reason")), (&json!(true), None));
        desktop.ok("users.deactivate", saw(&vic)).await;
        desktop.hire("Val", "viewer").await;
    })
    .await;
}

#[tokio::test]
async fn every_change_of_people_stands_in_the_history_without_any_password() {
    on_each_desktop(async |desktop| {
        let bob = desktop.hire("Bob", "viewer").await;
        let mut update = saw(&bob);
        update["name"] = json!("Robert");
        update["email"] = json!("bob@example.com");
        update["role"] = json!("manager");
        let bob = desktop.ok("users.update", update).await;
        let reset = desktop.ok("users.reset_password", saw(&bob)).await;
        let bob = desktop.ok("users.deactivate", saw(&reset["user"])).await;
        let bob = desktop.ok("users.reactivate", saw(&bob)).await;
        desktop.ok("users.delete", saw(&bob)).await;
        let filter = json!({ "filter": { "kind": "user", "record": bob["id"] } });
        let page = desktop.ok("history.list", filter).await;
        let entries = page["entries"].as_array().unwrap();
        let operations: Vec<&str> = entries
            .iter()
            .map(|entry| entry["operation"].as_str().unwrap())
            .collect();
        assert_eq!(
            operations,
            [
                "delete",
                "reactivate",
                "deactivate",
                "reset_password",
                "update",
                "create"
            ]
        );
        for entry in entries {
            assert_eq!(
                (&entry["person"], &entry["origin"]),
                (&json!("Ada"), &json!("people"))
            );
        }
        let changes = entries[4]["changes"].to_string();
        assert!(
            changes.contains("Robert") && changes.contains("Manager"),
            "{changes}"
        );
        let text = page.to_string();
        assert!(!text.contains(reset["password"].as_str().unwrap()) && !text.contains("argon2"));
        assert!(!text.contains(PASSWORD));
    })
    .await;
}

#[tokio::test]
async fn another_desktop_hears_of_a_changed_role_by_itself() {
    on_each_desktop(async |desktop| {
        let bob = desktop.hire("Bob", "viewer").await;
        let second = desktop.second_desktop().await;
        second.sign_in("bob@example.com").await;
        let mut events = second.app.subscribe();
        let mut heard = false;
        let mut seen = bob;
        // The first look of the other desktop only says where things stand, whenever that is.
        for role in ["manager", "operator", "viewer", "manager", "operator"] {
            let mut update = saw(&seen);
            update["name"] = json!("Bob");
            update["email"] = json!("bob@example.com");
            update["role"] = json!(role);
            seen = desktop.ok("users.update", update).await;
            let told = async { while events.recv().await.unwrap() != Event::StateChanged {} };
            let patience = std::time::Duration::from_secs(6);
            if tokio::time::timeout(patience, told).await.is_ok() {
                heard = true;
                break;
            }
        }
        assert!(heard);
        let state = second.ok("app.state", json!({})).await;
        assert_eq!(state["person"]["role"], seen["role"]);
        second.app.close().await;
    })
    .await;
}
