//! Syncs: a plan, what a person decides of it, and what becomes of it.

use rand::RngExt as _;
use serde_json::{Value as Json, json};

use super::model::known;
use super::plot::{Ended, Plot};
use super::world::World;

impl World {
    /// A user syncs a shop, whatever happens meanwhile.
    pub fn sync(&mut self) {
        let (desk, shop) = (self.some_desk(), self.random.random_range(0..2));
        let Some(started) = self.start_plan(desk, shop) else {
            return;
        };
        let plot = self.plot();
        if self.drive(desk, &started, plot) != Ended::Well {
            return;
        }
        let plan = started["plan"].clone();
        self.decide(desk, &plan);
        if self.random.random_bool(0.2) {
            self.somebody_edits();
        }
        let plot = self.plot();
        let ended = self.apply(desk, &plan, plot);
        if ended != Some(Ended::Well) && self.random.random() {
            self.tell("  and once more".to_owned());
            let plot = self.plot();
            self.apply(desk, &plan, plot);
        }
    }

    /// A user applies a plan.
    pub fn apply(&mut self, desk: usize, plan: &Json, plot: Plot) -> Option<Ended> {
        let started = self.start(desk, "plans.apply", json!({ "id": plan }))?;
        let ended = self.drive(desk, &started, plot);
        self.note_batch(desk, plan);
        Some(ended)
    }

    /// Notes the batch of a plan, to be undone some time.
    pub fn note_batch(&mut self, desk: usize, plan: &Json) {
        let plan = self.desks[desk].call("plans.get", json!({ "id": plan }));
        let batch = plan.map(|plan| plan["batchId"].clone()).unwrap_or_default();
        if !batch.is_null() && !self.batches.contains(&batch) {
            self.batches.push(batch);
        }
    }

    /// The records of a plan.
    pub fn rows(&self, desk: usize, plan: &Json) -> Vec<Json> {
        let request = json!({ "id": plan, "offset": 0, "limit": 500 });
        let page = self.desks[desk].ok("plans.rows", request);
        let rows = page["rows"].as_array().unwrap().iter();
        rows.filter(|row| row["outcome"] != "unchanged")
            .cloned()
            .collect()
    }

    /// A person decides the conflicts of a plan, or leaves them.
    pub fn decide(&mut self, desk: usize, plan: &Json) {
        let rows = self.rows(desk, plan);
        for line in super::super::told(&rows) {
            self.tell(format!("  plan: {line}"));
        }
        let conflicts = rows
            .iter()
            .flat_map(|row| row["conflicts"].as_array().unwrap());
        let conflicts: Vec<&Json> = conflicts.collect();
        let resolution = ["leave", "take", "keep"][self.random.random_range(0..3)];
        if conflicts.is_empty() || resolution == "leave" {
            return;
        }
        let request = json!({ "id": plan, "resolution": resolution });
        let decided = self.desks[desk].call("plans.resolve", request);
        self.tell(format!(
            "  decided: {resolution} {:?}",
            decided.as_ref().err()
        ));
        let loser = if resolution == "take" {
            "current"
        } else {
            "proposed"
        };
        for conflict in conflicts {
            let lost = known(conflict["field"].as_str().unwrap(), &conflict[loser]);
            self.model.decided.insert(lost);
        }
    }

    /// A user takes back what a plan did.
    pub fn undo(&mut self) {
        let desk = self.some_desk();
        let Some(batch) = self.batches.pop() else {
            return;
        };
        self.tell(format!("desktop {desk} undoes {batch}"));
        let Some(started) = self.start(desk, "plans.undo", json!({ "batchId": batch })) else {
            return;
        };
        if self.drive(desk, &started, Plot::default()) != Ended::Well {
            return;
        }
        let plan = started["plan"].clone();
        let rows = self.rows(desk, &plan);
        for line in super::super::told(&rows) {
            self.tell(format!("  undo: {line}"));
        }
        for row in &rows {
            for change in row["changes"].as_array().unwrap() {
                let field = change["field"].as_str().unwrap();
                self.model.decided.insert(known(field, &change["old"]));
            }
            self.model
                .differ
                .insert(row["code"].as_str().unwrap().to_owned());
        }
        let plot = self.plot();
        self.apply(desk, &plan, plot);
    }
}
