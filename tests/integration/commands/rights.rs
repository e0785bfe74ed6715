//! Every command as every role: allowed or refused as `docs/permissions.md` says.

use backstock::commands::access::Access;
use backstock::commands::list::COMMANDS;
use domain::error::Code;
use domain::people::BuiltInRole;
use serde_json::{Value as Json, json};

use crate::support::{PASSWORD, TestApp, at_each_place, on_each_desktop};

/// A request that no command understands: who is let in hears that, who is not hears only that.
fn nonsense() -> serde_json::Value {
    json!({ "no such thing": true })
}

#[tokio::test]
async fn nobody_gets_anything_without_signing_in() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place);
        for opened in [false, true] {
            if opened {
                desktop.open().await;
            }
            for command in COMMANDS {
                let code = match command.access {
                    Access::Anyone => Code::Invalid,
                    Access::SignedIn | Access::Needs(_) => Code::SignedOut,
                };
                desktop.refused(command.name, nonsense(), code).await;
            }
        }
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_right_that_is_taken_away_is_gone_with_the_next_command() {
    on_each_desktop(async |desktop| {
        desktop
            .create(json!({ "sku": "AB-1", "name": "Mug" }))
            .await;
        desktop.set_role("viewer").await;
        let request = json!({ "fields": { "sku": "AB-2", "name": "Bowl" } });
        let error = desktop
            .refused("products.create", request, Code::Forbidden)
            .await;
        assert_eq!(error.message, "You may not edit products.");
        desktop.sql("update users set status = 'deactivated'").await;
        let request = json!({ "offset": 0, "limit": 10 });
        desktop
            .refused("products.list", request, Code::SignedOut)
            .await;
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(state["stage"], "sign_in");
    })
    .await;
}

#[tokio::test]
async fn an_unknown_command_and_a_malformed_request_are_told_apart() {
    on_each_desktop(async |desktop| {
        let error = desktop
            .refused("products.burn", json!({}), Code::Invalid)
            .await;
        assert_eq!(error.message, "There is no command \"products.burn\".");
        let error = desktop
            .refused("products.get", json!({ "id": 7 }), Code::Invalid)
            .await;
        assert!(
            error
                .message
                .starts_with("The request of products.get is malformed: ")
        );
        let request = json!({ "email": "ada@example.com", "password": 5_551_234 });
        let error = desktop
            .refused("session.sign_in", request, Code::Invalid)
            .await;
        assert_eq!(
            error.message,
            "The request of session.sign_in is malformed."
        );
    })
    .await;
}

/// Who may give each command, as the page says: `true` for each built-in role in its order.
fn page() -> Vec<(String, Vec<bool>)> {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/permissions.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, commands) = page.split_once("## Commands").unwrap();
    let rows = commands.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let roles = cells[2..].iter().map(|cell| *cell == "yes");
        (cells[0].trim_matches('`').to_owned(), roles.collect())
    })
    .collect()
}

/// What commands are called with.
struct Scene {
    email: String,
    product: Json,
    csv: Json,
    out: Json,
    settings: Json,
}

impl Scene {
    /// As the owner: there is a product, a file to import and one to write.
    async fn set(desktop: &TestApp) -> Self {
        let product = desktop.create(json!({ "sku": "A", "name": "A" })).await;
        let csv = desktop.data.path().join("june.csv");
        std::fs::write(&csv, "SKU,Name\nB,Bowl\n").unwrap();
        let csv = json!(desktop.app.grant_file(&csv).token);
        let out = json!(
            desktop
                .app
                .grant_file(&desktop.data.path().join("out.csv"))
                .token
        );
        let draft = desktop.ok("imports.open", json!({ "file": csv })).await;
        Self {
            email: String::new(),
            product: product["id"].clone(),
            csv,
            out,
            settings: draft["settings"].clone(),
        }
    }

    /// A request of a command that it understands. Where success would get in the way of what
    /// comes after, it is one that fails later than at the right.
    fn request(&self, command: &str) -> Json {
        let id = "0198c5b2-7c11-7000-8000-000000000001";
        let address = json!({
            "host": "127.0.0.1", "port": 1, "database": "shop", "user": "ada",
            "password": "none", "tls": "off",
        });
        match command {
            "app.state"
            | "workspaces.list"
            | "workspaces.key_store"
            | "workspaces.close"
            | "session.sign_out"
            | "session.lock"
            | "files.choose"
            | "files.choose_images"
            | "images.store"
            | "images.retry"
            | "images.clean"
            | "practice.load"
            | "products.count"
            | "products.facets"
            | "users.list"
            | "roles.list"
            | "permissions.list"
            | "settings.get"
            | "history.list"
            | "history.verify"
            | "history.verification"
            | "jobs.list" => json!({}),
            "workspaces.create_local" => json!({ "name": "Other" }),
            "workspaces.open_file" => json!({ "file": self.csv }),
            "workspaces.open" | "workspaces.forget" | "plans.get" | "plans.apply"
            | "plans.resolve" | "plans.discard" | "imports.plan" | "batches.get" => {
                json!({ "id": id })
            }
            "workspaces.test_shared" => address,
            "workspaces.connect_shared" => json!({ "name": "Shop", "address": address }),
            "session.create_owner" => {
                json!({ "name": "Eve", "email": "eve@example.com", "password": PASSWORD })
            }
            "session.sign_in" => json!({ "email": self.email, "password": PASSWORD }),
            "session.unlock" => json!({ "password": PASSWORD }),
            "account.update" => json!({ "name": "" }),
            "account.change_password" => json!({ "current": PASSWORD, "new": "short" }),
            "passwords.check" => json!({ "password": PASSWORD }),
            command => self.request_inside(command),
        }
    }

    /// The same, of what is given after signing in.
    fn request_inside(&self, command: &str) -> Json {
        let id = "0198c5b2-7c11-7000-8000-000000000001";
        let saw = json!({ "id": id, "version": 1 });
        let rows = json!({ "id": id, "offset": 0, "limit": 10 });
        let rights = json!(["view_products"]);
        match command {
            "users.create" => {
                json!({ "name": "Eve", "email": "eve@example.com", "role": "viewer" })
            }
            "users.update" => {
                json!({ "id": id, "version": 1, "name": "E", "email": "e@e.e", "role": "viewer" })
            }
            "users.deactivate" | "users.reactivate" | "users.delete" | "users.reset_password" => {
                saw
            }
            "roles.create" => json!({ "name": "Packer", "permissions": rights }),
            "roles.update" => {
                json!({ "key": id, "version": 1, "name": "Keeper", "permissions": rights })
            }
            "roles.delete" => json!({ "key": id, "version": 1 }),
            "settings.update" => {
                json!({ "version": 7, "name": "Shop", "currency": "", "idleLockMinutes": 0 })
            }
            "images.states" => json!({ "addresses": [] }),
            "images.show" => json!({ "address": "https://a.test/1", "thumbnail": true }),
            "images.save" => json!({ "address": "https://a.test/1", "file": self.out }),
            "images.failed" => json!({ "offset": 0, "limit": 10 }),
            "images.fetch" => json!({}),
            "files.choose_save" => json!({ "suggestedName": "products.csv" }),
            "products.list" | "batches.list" => json!({ "offset": 0, "limit": 10 }),
            "products.get" | "products.history" => json!({ "id": self.product }),
            "products.find" => json!({ "skus": ["A"] }),
            "products.check" => json!({ "fields": { "sku": "C", "name": "Cup" } }),
            "products.create" => json!({ "fields": { "sku": "A", "name": "Again" } }),
            "products.update" => json!({ "id": self.product, "version": 1, "changes": [] }),
            "products.update_many" => json!({ "records": [] }),
            "products.variants" => json!({ "id": self.product }),
            "products.plan_variants" | "products.generate_variants" => {
                json!({ "id": self.product, "options": [] })
            }
            "products.make_parent" => json!({ "id": self.product, "sku": "", "options": [] }),
            "products.move_to" => json!({ "variants": [], "parent": "NONE" }),
            "products.rename_option" => json!({ "id": self.product, "option": "Size", "to": "X" }),
            "products.rename_option_value" => {
                json!({ "id": self.product, "option": "Size", "value": "M", "to": "X" })
            }
            "products.order_variants" => json!({ "id": self.product, "ids": [id] }),
            "products.trash" | "products.restore" | "products.purge" => json!({ "ids": [id] }),
            "imports.open" => json!({ "file": self.csv }),
            "imports.make_fields" => json!({ "id": id, "columns": [{ "column": 0 }] }),
            "imports.configure" => json!({ "id": id, "settings": self.settings }),
            "plans.rows" | "batches.entries" => rows,
            "plans.save_rejects" => json!({ "id": id, "file": self.out }),
            "plans.undo" => json!({ "batchId": id }),
            "plans.move" => json!({ "kind": "product", "operation": "trash" }),
            "imports.start_over" => json!({ "id": id }),
            "imports.profiles" => json!({ "kind": "product" }),
            "imports.save_profile" | "imports.use_profile" => json!({ "id": id, "name": "Acme" }),
            "imports.forget_profile" => json!({ "kind": "product", "name": "Acme" }),
            "plans.marks" => json!({ "id": id }),
            "plans.revise" => json!({ "id": id, "revision": { "kind": "putColumnsBack" } }),
            "history.export" | "exports.run" => json!({ "file": self.out }),
            "jobs.get" | "jobs.cancel" => json!({ "id": 7_777 }),
            command => request_of_records(command),
        }
    }
}

/// The same, of shops and what they have.
fn request_of_channels(command: &str) -> Option<Json> {
    let id = "0198c5b2-7c11-7000-8000-000000000001";
    Some(match command {
        "channels.status" => json!({}),
        "channels.connect" => json!({
            "name": "North", "platform": "shopify", "address": "http://shop.example", "secret": "s",
        }),
        "channels.practice" => json!({ "platform": "shopify" }),
        "channels.reconnect" => json!({ "id": id, "secret": "s" }),
        "channels.test" | "channels.fetch" | "channels.match" | "channels.sync"
        | "channels.fields" | "listings.of" | "listings.address" => json!({ "id": id }),
        "channels.exchanges" => json!({ "id": id, "limit": 10 }),
        "channels.check" | "channels.create" => {
            json!({ "fields": { "channel.name": "A", "channel.platform": "shopify" } })
        }
        "listings.list" => json!({ "channel": id, "filter": "unmatched", "limit": 10 }),
        "listings.link" => json!({ "channel": id, "links": [] }),
        "listings.set_values" => json!({ "listing": id, "values": {} }),
        "listings.want" => json!({ "channel": id, "records": [], "wanted": true }),
        _ => return None,
    })
}

/// The same, of commands that every kind of record has.
fn request_of_records(command: &str) -> Json {
    if let Some(request) = request_of_channels(command) {
        return request;
    }
    let id = "0198c5b2-7c11-7000-8000-000000000001";
    let (kind, verb) = command.split_once('.').unwrap_or_default();
    let code = format!("{}.code", kind.trim_end_matches('s'));
    match verb {
        "list" => json!({ "offset": 0, "limit": 10 }),
        "find" => json!({ "codes": ["A"] }),
        "get" | "history" | "prefer" | "values" => json!({ "id": id }),
        "check" | "create" => json!({ "fields": { code: "A" } }),
        "merge" => json!({ "id": id, "seen": {}, "typed": {} }),
        "update" => json!({ "id": id, "version": 1, "changes": [] }),
        "trash" | "restore" | "purge" => json!({ "ids": [id] }),
        _ => panic!("say here how {command} is called"),
    }
}

/// Makes sure that this person is signed in, whatever the last command did.
async fn settle(desktop: &TestApp, email: &str) {
    let state = desktop.ok("app.state", json!({})).await;
    if state["stage"] == "ready" && state["person"]["email"] == email {
        return;
    }
    desktop.open().await;
    desktop.sign_in(email).await;
}

#[tokio::test]
async fn every_command_is_given_as_every_role_and_answered_as_the_page_says() {
    on_each_desktop(async |desktop| {
        let page = page();
        let listed: Vec<&str> = page.iter().map(|(name, _)| name.as_str()).collect();
        let known: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
        assert_eq!(listed, known, "the page has every command");
        let mut scene = Scene::set(desktop).await;
        for role in [
            BuiltInRole::Manager,
            BuiltInRole::Operator,
            BuiltInRole::Viewer,
        ] {
            desktop.hire(role.name(), role.key()).await;
        }
        for (column, role) in BuiltInRole::ALL.into_iter().enumerate() {
            scene.email = match role {
                BuiltInRole::Owner => "ada@example.com".to_owned(),
                _ => format!("{}@example.com", role.key()),
            };
            for (command, may) in &page {
                settle(desktop, &scene.email).await;
                let answer = desktop.call(command, scene.request(command)).await;
                let what = format!("{command} as {}: {answer:?}", role.name());
                let code = answer.as_ref().err().map(|error| error.code);
                assert_eq!(code != Some(Code::Forbidden), may[column], "{what}");
                if let Err(error) = answer {
                    assert!(!error.message.contains("malformed"), "{what}");
                    let before_it = [Code::SignedOut, Code::Locked, Code::PasswordExpired];
                    assert!(!before_it.contains(&error.code), "{what}");
                    assert_ne!(error.code, Code::Internal, "{what}");
                }
            }
        }
    })
    .await;
}
