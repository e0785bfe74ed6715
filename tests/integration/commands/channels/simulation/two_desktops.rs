//! Two users sync at the same time: the seed says whose request is let in next.

use rand::RngExt as _;
use sandbox::Held;
use serde_json::{Value as Json, json};

use super::plot::{Driven, Ended};
use super::world::World;

impl World {
    /// Both desktops sync, the same shop or one each.
    pub fn sync_together(&mut self) {
        let same: bool = self.random.random();
        let first = self.random.random_range(0..2);
        let shops = [first, if same { first } else { 1 - first }];
        let mut plans = Vec::new();
        let mut running = Vec::new();
        for (desk, shop) in shops.into_iter().enumerate() {
            let started = self.start_plan(desk, shop);
            plans.push(started.as_ref().map(|started| started["plan"].clone()));
            running.push(self.set_out(desk, started));
        }
        let ended = self.drive_together(running);
        let mut running = Vec::new();
        for (desk, ended) in ended.into_iter().enumerate() {
            let plan = plans[desk].take().filter(|_| ended == Some(Ended::Well));
            if let Some(plan) = &plan {
                self.decide(desk, plan);
            }
            let request = plan.as_ref().map(|plan| json!({ "id": plan }));
            let started = request.and_then(|request| self.start(desk, "plans.apply", request));
            running.push(self.set_out(desk, started));
            plans[desk] = plan;
        }
        self.drive_together(running);
        for (desk, plan) in plans.into_iter().enumerate() {
            if let Some(plan) = plan {
                self.note_batch(desk, &plan);
            }
        }
    }

    /// A job up to its first request, so that it is known whose that is.
    fn set_out(&mut self, desk: usize, started: Option<Json>) -> Option<Together> {
        let plot = self.plot();
        let driven = Driven::new(desk, started?, plot);
        let held = self.arrived(&driven);
        Some(Together { driven, held })
    }

    /// Runs jobs to their ends, one request at a time.
    fn drive_together(&mut self, mut jobs: Vec<Option<Together>>) -> Vec<Option<Ended>> {
        let mut ended: Vec<Option<Ended>> = jobs.iter().map(|_| None).collect();
        loop {
            for (desk, job) in jobs.iter_mut().enumerate() {
                if let Some(over) = job.take_if(|job| job.held.is_none()) {
                    ended[desk] = Some(self.ended(&over.driven));
                }
            }
            let ready: Vec<usize> = (0..jobs.len()).filter(|at| jobs[*at].is_some()).collect();
            if ready.is_empty() {
                return ended;
            }
            let desk = ready[self.random.random_range(0..ready.len())];
            let Some(job) = &mut jobs[desk] else { continue };
            let Some(held) = job.held.take() else {
                continue;
            };
            self.tell(format!("  desktop {desk}: {}", held.operation));
            match self.meet(&mut job.driven, held) {
                Some(over) => {
                    ended[desk] = Some(over);
                    jobs[desk] = None;
                }
                None => job.held = self.arrived(&job.driven),
            }
        }
    }
}

/// A job that runs beside another one, and its request that waits.
struct Together {
    driven: Driven,
    held: Option<Held>,
}
