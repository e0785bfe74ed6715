//! Users and merchants edit, shops are away, requests and answers are lost, desktops die and come back; after quiet
//! everything agrees or waits for a person, nothing stands twice, and nothing that a user typed is gone without a
//! line. A seed says all that happens, so it happens again: `BACKSTOCK_SEEDS=7..8` runs one seed, `0..5000` many.

mod checks;
mod decisions;
mod desk;
mod events;
mod lost_answers;
mod model;
mod plot;
mod two_desktops;
mod world;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use world::{Story, Template, World};

/// How many edits in a hundred go to the product that was edited last, so that users and merchants meet in it.
const AGAIN: u32 = 60;

/// What each seed does before it is quiet.
const STEPS: u32 = 16;

/// The seeds that are asked for, or else so many and those that found a fault once.
fn seeds(usual: u64, found: &[u64]) -> Vec<u64> {
    let given = std::env::var("BACKSTOCK_SEEDS").ok();
    let parsed = given.as_deref().and_then(|text| {
        let (from, to) = text.split_once("..")?;
        Some(from.parse().ok()?..to.parse().ok()?)
    });
    match parsed {
        Some(asked) => Range::collect(asked),
        None => (0..usual).chain(found.iter().copied()).collect(),
    }
}

/// Runs each seed by itself, several at a time, and tells of those that fail what happened in them.
fn run(seeds: &[u64], live: impl Fn(u64, &Story) + Sync) {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let live = &live;
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(2, |count| count.get() + 1);
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = next.fetch_add(1, Ordering::SeqCst);
                    let Some(seed) = seeds.get(next).copied() else {
                        return;
                    };
                    let story = Arc::new(Mutex::new(Vec::new()));
                    if catch_unwind(AssertUnwindSafe(|| live(seed, &story))).is_err() {
                        let story = story.lock().unwrap().join("\n  ");
                        println!("seed {seed} failed:\n  {story}");
                        failed.lock().unwrap().push(seed);
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().unwrap();
    failed.sort_unstable();
    assert_eq!(failed, [0; 0], "seeds that failed");
}

#[test]
fn after_quiet_everything_agrees_or_is_told_whatever_happened_before() {
    let template = Template::make();
    run(&seeds(12, &[658, 1268, 1821, 5012]), |seed, story| {
        let mut world = World::open(&template, (seed, story), 1);
        for _ in 0..STEPS {
            world.step();
        }
        world.quiet();
        world.check();
    });
}

#[test]
fn two_desktops_sync_the_same_shops_at_the_same_time() {
    let template = Template::make();
    run(&seeds(4, &[109]), |seed, story| {
        let mut world = World::open(&template, (seed, story), 2);
        for _ in 0..STEPS {
            world.step();
        }
        world.quiet();
        world.check();
    });
}
