//! One's own account, the lock, and passwords.

use backstock::commands::list::COMMANDS;
use domain::error::Code;
use serde_json::json;

use crate::support::{PASSWORD, TestApp, at_each_place, on_each_desktop};

const NEW: &str = "plum jam on burnt toast";

#[tokio::test]
async fn people_change_their_own_name_and_password() {
    on_each_desktop(async |desktop| {
        let state = desktop
            .ok("account.update", json!({ "name": " Ada L. " }))
            .await;
        assert_eq!(state["person"]["name"], "Ada L.");
        let error = desktop
            .refused("account.update", json!({ "name": "" }), Code::Invalid)
            .await;
        assert!(error.fields.contains_key("name"));

        for (new, part) in [
            ("short", "10 characters"),
            ("Password123", "easy to guess"),
            (PASSWORD, "that you have"),
        ] {
            let request = json!({ "current": PASSWORD, "new": new });
            let error = desktop
                .refused("account.change_password", request, Code::Invalid)
                .await;
            assert!(error.fields["new"].contains(part), "{error:?}");
        }
        desktop
            .ok(
                "account.change_password",
                json!({ "current": PASSWORD, "new": NEW }),
            )
            .await;
        let old = json!({ "email": "ada@example.com", "password": PASSWORD });
        desktop
            .refused("session.sign_in", old, Code::SignInFailed)
            .await;
        let new = json!({ "email": "ada@example.com", "password": NEW });
        desktop.ok("session.sign_in", new).await;
    })
    .await;
}

#[tokio::test]
async fn while_locked_there_are_only_the_ways_out() {
    on_each_desktop(async |desktop| {
        desktop.ok("session.lock", json!({})).await;
        let state = desktop.ok("app.state", json!({})).await;
        assert_eq!(
            (&state["stage"], &state["person"]["name"]),
            (&json!("locked"), &json!("Ada"))
        );
        for command in COMMANDS
            .iter()
            .filter(|command| !command.works_while_locked())
        {
            let error = desktop.refused(command.name, json!({}), Code::Locked).await;
            assert_eq!(error.message, "The session is locked.");
        }
        let wrong = json!({ "password": "wrong wrong wrong" });
        let error = desktop
            .refused("session.unlock", wrong, Code::SignInFailed)
            .await;
        assert_eq!(error.message, "The password is wrong.");
        let state = desktop
            .ok("session.unlock", json!({ "password": PASSWORD }))
            .await;
        assert_eq!(state["stage"], "ready");

        desktop.ok("session.lock", json!({})).await;
        desktop.ok("session.sign_out", json!({})).await;
        assert_eq!(desktop.ok("app.state", json!({})).await["stage"], "sign_in");
        desktop.sign_in("ada@example.com").await;
        assert_eq!(desktop.ok("app.state", json!({})).await["stage"], "ready");
    })
    .await;
}

#[tokio::test]
async fn with_a_due_password_there_is_only_the_way_to_a_new_one() {
    on_each_desktop(async |desktop| {
        desktop
            .sql("update users set must_change_password = 1")
            .await;
        for command in COMMANDS {
            if !command.works_with_expired_password() {
                desktop
                    .refused(command.name, json!({}), Code::PasswordExpired)
                    .await;
            }
        }
        desktop
            .ok("passwords.check", json!({ "password": NEW }))
            .await;
        desktop.ok("session.lock", json!({})).await;
        assert_eq!(desktop.ok("app.state", json!({})).await["stage"], "locked");
        let state = desktop
            .ok("session.unlock", json!({ "password": PASSWORD }))
            .await;
        assert_eq!(state["stage"], "change_password");
        let change = json!({ "current": PASSWORD, "new": NEW });
        assert_eq!(
            desktop.ok("account.change_password", change).await["stage"],
            "ready"
        );
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_count_wherever_they_are_typed() {
    on_each_desktop(async |desktop| {
        let guess = json!({ "current": "wrong wrong wrong", "new": NEW });
        for _ in 0..2 {
            let error = desktop
                .refused("account.change_password", guess.clone(), Code::SignInFailed)
                .await;
            assert!(error.fields.contains_key("current"), "{error:?}");
        }
        desktop.ok("session.lock", json!({})).await;
        let guess = json!({ "password": "wrong wrong wrong" });
        for _ in 0..2 {
            desktop
                .refused("session.unlock", guess.clone(), Code::SignInFailed)
                .await;
        }
        let second = desktop.second_desktop().await;
        let wrong = json!({ "email": "ada@example.com", "password": "wrong wrong wrong" });
        let error = second
            .refused("session.sign_in", wrong, Code::SignInFailed)
            .await;
        assert!(error.hint.unwrap().contains("30 seconds"));
        let right = json!({ "password": PASSWORD });
        let error = desktop
            .refused("session.unlock", right.clone(), Code::SignInFailed)
            .await;
        assert!(error.message.starts_with("Too many"), "{error:?}");
        desktop.pass(31_000).await;
        desktop.ok("session.unlock", right).await;
        let filter = json!({ "filter": { "origins": ["sign_in"] } });
        let page = desktop.ok("history.list", filter).await;
        let operations: Vec<&str> = page["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["operation"].as_str().unwrap())
            .collect();
        assert_eq!(operations[0], "locked_out", "{operations:?}");
        assert_eq!(operations[1..5], ["sign_in_failed"; 4]);
        second.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_hash_of_less_work_is_renewed_at_the_next_sign_in() {
    on_each_desktop(async |desktop| {
        // "plum jam on toast" with 128 KiB and one pass.
        let weak = weak_hash();
        desktop
            .sql(&format!("update users set password_hash = '{weak}'"))
            .await;
        desktop.sign_in("ada@example.com").await;
        let rows = desktop
            .place
            .rows("select password_hash, 0 from users")
            .await;
        assert!(
            !domain::people::is_hashed_cheaply(&rows[0].0),
            "{}",
            rows[0].0
        );
        desktop.sign_in("ada@example.com").await;
    })
    .await;
}

fn weak_hash() -> String {
    use argon2::password_hash::PasswordHasher as _;
    let params = argon2::Params::new(128, 1, 1, None).unwrap();
    let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    hasher
        .hash_password(PASSWORD.as_bytes())
        .unwrap()
        .to_string()
}

#[tokio::test]
async fn the_pause_of_an_unknown_address_outlives_the_app_too() {
    at_each_place(async |place| {
        let desktop = TestApp::start(place).with_owner().await;
        let guess = json!({ "email": "Eve@example.com", "password": PASSWORD });
        for _ in 0..5 {
            desktop
                .refused("session.sign_in", guess.clone(), Code::SignInFailed)
                .await;
        }
        desktop.pass(10_000).await;
        let desktop = if matches!(place, testing::Place::File(_)) {
            let desktop = desktop.restart().await;
            desktop.ok("app.state", json!({})).await;
            desktop
        } else {
            desktop
        };
        let second = desktop.second_desktop().await;
        second.clock.advance(10_000);
        for desktop in [&desktop, &second] {
            let guess = json!({ "email": "eve@EXAMPLE.com", "password": PASSWORD });
            let error = desktop
                .refused("session.sign_in", guess, Code::SignInFailed)
                .await;
            // The clock of a server goes on meanwhile.
            let left = ["20 seconds", "19 seconds", "18 seconds"];
            let is_told = left.iter().any(|left| error.message.contains(left));
            assert!(is_told, "{error:?}");
        }
        second.app.close().await;
        desktop.app.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_unknown_address_takes_as_long_as_a_wrong_password() {
    let place = testing::Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place).with_owner().await;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..9 {
        desktop.pass(16 * 60_000).await;
        for (email, times) in ["ada@example.com", "eve@example.com"]
            .iter()
            .zip(&mut times)
        {
            let request = json!({ "email": email, "password": "wrong wrong wrong" });
            let started = std::time::Instant::now();
            let error = desktop
                .refused("session.sign_in", request, Code::SignInFailed)
                .await;
            times.push(started.elapsed().as_secs_f64());
            assert_eq!(
                error.message,
                "The e-mail address or the password is wrong."
            );
        }
    }
    // A busy machine only adds to the time that the work itself takes.
    let [known, unknown] = times.map(|times| times.into_iter().fold(f64::MAX, f64::min));
    let ratio = known / unknown;
    assert!((0.5..2.0).contains(&ratio), "{known} s and {unknown} s");
    desktop.app.close().await;
}

#[tokio::test]
async fn a_password_that_is_being_typed_is_weighed() {
    on_each_desktop(async |desktop| {
        desktop.ok("session.sign_out", json!({})).await;
        for (password, strength, problem, hint) in [
            ("P4ssword123", 1, Some("easy to guess"), Some("common")),
            ("short", 0, Some("10 characters"), Some("word")),
            ("ada.l and more", 4, Some("e-mail"), None),
            (NEW, 4, None, None),
            ("k7mp-x3rt-9wqa-d5nh-ttg4", 4, None, None),
        ] {
            let request =
                json!({ "password": password, "email": "ada.l@example.com", "name": "Bob" });
            let check = desktop.ok("passwords.check", request).await;
            assert_eq!(check["strength"], strength, "{password}: {check}");
            for (key, part) in [("problem", problem), ("hint", hint)] {
                match part {
                    Some(part) => {
                        let told = check[key].as_str().unwrap_or_default();
                        assert!(told.contains(part), "{password}: {check}");
                    }
                    None => assert!(check.get(key).is_none(), "{password}: {check}"),
                }
            }
        }
    })
    .await;
}
