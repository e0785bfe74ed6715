//! The frame, around a shop that only counts.

use sandbox::{
    Aim, Chance, Clock, Edit, Fault, Moment, Random, Reply, Request, Server, Shop, Shown,
    random_edit,
};
use serde_json::{Value, json};

/// Counts what it was asked, and says so in a body long enough to be cut.
#[derive(Default)]
struct Counter {
    count: u64,
    edits: Vec<Edit>,
}

impl Shop for Counter {
    fn platform(&self) -> &'static str {
        "Counter"
    }

    fn operation(&self, request: &Request) -> String {
        request.path.trim_matches('/').to_owned()
    }

    fn answer(&mut self, _request: &Request, now: Moment) -> Reply {
        self.count += 1;
        let padding = "x".repeat(100_000);
        Reply::json(
            200,
            &json!({"count": self.count, "now": now, "padding": padding}),
        )
        .costing(2.0)
    }

    fn refuse(&mut self, fault: &Fault, _request: &Request, _now: Moment) -> Reply {
        let status = match fault {
            Fault::ServerError { status, .. } => *status,
            _ => 429,
        };
        Reply::text(status, "text/plain", "no")
    }

    fn edit(&mut self, edit: &Edit, _now: Moment) -> Result<(), String> {
        if matches!(edit, Edit::Delete { .. }) {
            return Err(String::from("This shop deletes nothing."));
        }
        self.edits.push(edit.clone());
        Ok(())
    }

    fn pick(&self, random: &mut Random) -> Option<String> {
        Some(format!("A-{}", random.below(10)))
    }

    fn shown(&self) -> Vec<Shown> {
        Vec::new()
    }
}

fn open() -> Server<Counter> {
    let clock = Clock::stepping(Moment::START, 10);
    Server::open(Counter::default(), clock, 0).unwrap()
}

async fn get(server: &Server<Counter>, path: &str) -> Result<(u16, String), reqwest::Error> {
    let answer = crate::client()
        .get(format!("{}{path}", server.url()))
        .send()
        .await?;
    Ok((answer.status().as_u16(), answer.text().await?))
}

async fn post(server: &Server<Counter>, path: &str, body: Value) -> (u16, Value) {
    let answer = crate::client()
        .post(format!("{}{path}", server.url()))
        .json(&body)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn each_fault_does_what_it_says_and_no_more() {
    let server = open();
    let done = |server: &Server<Counter>| server.shop().count;
    for (fault, status, effects) in [
        (Fault::LostRequest, None, 0),
        (Fault::LostReply, None, 1),
        (Fault::CutReply, None, 1),
        (Fault::Delay { millis: 1 }, Some(200), 1),
        (Fault::SlowReply { millis: 1 }, Some(200), 1),
        (Fault::TooManyRequests { retry_after: None }, Some(429), 0),
        (Fault::Throttled, Some(429), 0),
        (
            Fault::ServerError {
                status: 503,
                done: false,
            },
            Some(503),
            0,
        ),
        (
            Fault::ServerError {
                status: 500,
                done: true,
            },
            Some(500),
            1,
        ),
    ] {
        let before = done(&server);
        server.fault(Aim::next(fault.clone(), "things"));
        let answer = get(&server, "/things").await;
        assert_eq!(answer.ok().map(|(status, _)| status), status, "{fault:?}");
        assert_eq!(done(&server) - before, effects, "{fault:?}");
        assert_eq!(fault.is_done(), effects == 1, "{fault:?}");
        assert_eq!(server.faults().happened().last().unwrap().fault, fault);
        assert_eq!(
            get(&server, "/things").await.unwrap().0,
            200,
            "after {fault:?}"
        );
    }
}

#[tokio::test]
async fn a_cut_reply_arrives_by_half() {
    let server = open();
    server.fault(Aim::next(Fault::CutReply, "things"));
    let mut answer = crate::client()
        .get(format!("{}/things", server.url()))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let length = answer.content_length().unwrap();
    let mut came = 0;
    let broke = loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => came += chunk.len(),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broke, "the body ended as if it were whole");
    assert_eq!(u64::try_from(came).unwrap(), length / 2);
}

#[tokio::test]
async fn a_fault_is_aimed_at_the_nth_matching_request() {
    let server = open();
    let aim =
        json!({"fault": "server_error", "status": 502, "operation": "b", "nth": 2, "times": 2});
    let (status, answer) = post(&server, "/practice/faults", aim).await;
    assert_eq!((status, &answer["to_come"][0]["nth"]), (200, &json!(2)));
    let mut statuses = Vec::new();
    for path in ["/a", "/b", "/a", "/b", "/b", "/b"] {
        statuses.push(get(&server, path).await.unwrap().0);
    }
    assert_eq!(statuses, [200, 200, 200, 502, 502, 200]);
    let (_, faults) = get(&server, "/practice/faults").await.unwrap();
    let faults: Value = serde_json::from_str(&faults).unwrap();
    assert_eq!(faults["happened"][1]["request"], 5);
    assert_eq!(faults["to_come"], json!([]));
}

#[tokio::test]
async fn chance_repeats_itself_from_its_seed() {
    let row = async |seed| {
        let server = open();
        let chance = Chance {
            seed,
            per_million: 300_000,
            faults: Vec::new(),
        };
        server.faults().by_chance(chance);
        for _ in 0..60 {
            let _ = get(&server, "/things").await;
        }
        let happened: Vec<_> = server.faults().happened().to_vec();
        happened
            .into_iter()
            .map(|one| (one.request, one.fault))
            .collect::<Vec<_>>()
    };
    let first = row(7).await;
    assert!((5..40).contains(&first.len()), "{first:?}");
    assert_eq!(first, row(7).await);
    assert_ne!(first, row(8).await);
}

#[tokio::test]
async fn the_journal_counts_what_was_asked() {
    let server = open();
    for path in ["/a", "/b", "/a"] {
        get(&server, path).await.unwrap();
    }
    server.fault(Aim::next(Fault::LostRequest, "a"));
    get(&server, "/a").await.unwrap_err();
    let journal: Value =
        serde_json::from_str(&get(&server, "/practice/journal").await.unwrap().1).unwrap();
    assert_eq!(
        journal["operations"]["a"],
        json!({"requests": 3, "points": 4.0, "faults": 1})
    );
    assert_eq!(journal["all"]["requests"], 4);
    assert_eq!(server.journal().of("b").requests, 1);
    assert_eq!(server.journal().recent().last().unwrap().status, None);
}

#[tokio::test]
async fn the_clock_is_moved_by_tests_and_by_requests() {
    let server = open();
    let now = async || {
        let (_, body) = get(&server, "/things").await.unwrap();
        serde_json::from_str::<Value>(&body).unwrap()["now"]
            .as_i64()
            .unwrap()
    };
    let first = now().await;
    assert_eq!(now().await, first + 10);
    post(&server, "/practice/clock", json!({"millis": 5000})).await;
    assert_eq!(now().await, first + 5020);
    assert_eq!(Moment::START.rfc3339(), "2026-11-01T00:00:00Z");
    assert_eq!(
        Moment::parse("2026-11-01T02:00:00+02:00"),
        Some(Moment::START)
    );
}

#[tokio::test]
async fn the_merchant_edits_behind_our_back() {
    let server = open();
    let edits =
        json!([{"edit": "price", "on": "A-1", "price": 990}, {"edit": "delete", "on": "A-1"}]);
    let (status, answer) = post(&server, "/practice/edits", edits).await;
    assert_eq!(status, 422);
    assert_eq!(
        answer["error"],
        "This shop deletes nothing. (1 edits before it were made.)"
    );
    assert_eq!(
        server.shop().edits,
        [Edit::Price {
            on: String::from("A-1"),
            price: 990
        }]
    );
    let (_, made) = post(
        &server,
        "/practice/edits/chance",
        json!({"seed": 3, "count": 50}),
    )
    .await;
    let made: Vec<Edit> = serde_json::from_value(made["made"].clone()).unwrap();
    assert!(made.len() > 30);
    let other = open();
    assert_eq!(other.edit_by_chance(3, 50), made);
    assert_ne!(
        random_edit(&Counter::default(), &mut Random::new(4)),
        made[0]
    );
}

#[tokio::test]
async fn what_is_not_understood_is_said() {
    let server = open();
    let (status, answer) = post(&server, "/practice/faults", json!({"fault": "gremlins"})).await;
    assert_eq!(status, 422);
    assert!(
        answer["error"]
            .as_str()
            .unwrap()
            .contains("/practice/faults"),
        "{answer}"
    );
    let (status, answer) = post(&server, "/practice/nothing", json!({})).await;
    assert_eq!(status, 404);
    assert!(
        answer["error"]
            .as_str()
            .unwrap()
            .contains("/practice/nothing"),
        "{answer}"
    );
    assert_eq!(
        get(&server, "/practices").await.unwrap().0,
        200,
        "the shop's own address"
    );
    assert_eq!(server.journal().all().requests, 1);
}

#[tokio::test]
async fn a_closed_shop_answers_nobody() {
    let server = open();
    let address = server.address();
    get(&server, "/things").await.unwrap();
    drop(server);
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}
