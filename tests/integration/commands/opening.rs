//! A large file that is opened: how far that is can be seen, and it can be stopped.

use std::fmt::Write as _;

use backstock::jobs::{JobKind, JobState};
use domain::error::Code;
use serde_json::json;
use testing::Place;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_opening_of_a_large_file_is_seen_and_can_be_stopped() {
    let place = Place::fresh().await.swap_remove(0).1;
    let desktop = TestApp::start(&place).with_owner().await;
    let path = desktop.data.path().join("large.csv");
    let mut text = "SKU,Name\n".to_owned();
    for row in 0..400_000 {
        writeln!(text, "A-{row},Mug number {row}").unwrap();
    }
    std::fs::write(&path, &text).unwrap();
    let size = i64::try_from(text.len().div_ceil(1024)).unwrap();

    let file = desktop.app.grant_file(&path).token;
    let jobs = desktop.app.jobs();
    let stop = async {
        loop {
            let job = jobs.list().into_iter().next();
            if let Some(job) = job.filter(|job| job.done > 0 && job.done < job.total) {
                assert_eq!((job.kind, job.total), (JobKind::OpenImport, size));
                return jobs.cancel(job.id).unwrap();
            }
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    let request = json!({ "file": file });
    let (opened, stopped) = tokio::join!(desktop.call("imports.open", request.clone()), stop);
    assert_eq!(opened.unwrap_err().code, Code::Cancelled);
    let ended = jobs.wait(stopped.id).await.unwrap();
    assert_eq!((ended.state, ended.error), (JobState::Cancelled, None));
    let plans = desktop.data.path().join("plans");
    let workspaces = std::fs::read_dir(plans).into_iter().flatten();
    let left = workspaces.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    assert_eq!(left.count(), 0, "nothing is left of it");

    // Not stopped, it comes to its end, and the job with it.
    let draft = desktop.ok("imports.open", request).await;
    assert_eq!(draft["rows"], 400_000);
    let last = jobs.list().swap_remove(0);
    let ended = jobs.wait(last.id).await.unwrap();
    assert_eq!(ended.state, JobState::Done);
    assert!(ended.done > 0 && ended.done <= size, "{ended:?}");
    desktop.app.close().await;
}
