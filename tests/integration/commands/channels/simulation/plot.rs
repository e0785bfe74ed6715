//! What happens while a job asks a shop: each request waits until the seed has said what becomes of it.

use std::time::Duration;

use backstock::jobs::JobState;
use rand::RngExt as _;
use sandbox::{Fault, Held};
use serde_json::{Value as Json, json};

use super::world::{World, is_write};

/// What happens during one job.
#[derive(Debug, Default)]
pub struct Plot {
    /// How many requests in a hundred meet a fault.
    storm: u32,
    /// What happens once, at which request, and whether only those count that write.
    turn: Option<(u32, bool, Turn)>,
}

/// What happens once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The shop is away from then on.
    Offline,
    /// The job is stopped, before the request is done or after it.
    Cancel { is_done: bool },
    /// The desktop dies, before the request is done or after it.
    Die { is_done: bool },
    /// A user edits meanwhile.
    Meanwhile,
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Well,
    /// It was stopped or failed.
    Stopped,
    /// The desktop died and came back.
    Died,
}

const FAULTS: [Fault; 7] = [
    Fault::LostRequest,
    Fault::LostReply,
    Fault::CutReply,
    Fault::TooManyRequests { retry_after: None },
    Fault::ServerError {
        status: 503,
        done: false,
    },
    Fault::ServerError {
        status: 500,
        done: true,
    },
    Fault::Throttled,
];

/// A job that asks a shop.
pub struct Driven {
    pub desk: usize,
    pub started: Json,
    pub plot: Plot,
    count: u32,
    is_offline: bool,
}

impl Driven {
    pub fn new(desk: usize, started: Json, plot: Plot) -> Self {
        Self {
            desk,
            started,
            plot,
            count: 0,
            is_offline: false,
        }
    }
}

impl World {
    /// What a seed has in store for a job.
    pub fn plot(&mut self) -> Plot {
        let is_done = self.random.random();
        let turn = match self.random.random_range(0..16) {
            0 => Some(Turn::Offline),
            1..4 => Some(Turn::Cancel { is_done }),
            4..8 => Some(Turn::Die { is_done }),
            8..11 => Some(Turn::Meanwhile),
            _ => None,
        };
        let writes_only: bool = self.random.random();
        let most = if writes_only { 4 } else { 12 };
        let at = self.random.random_range(1..=most);
        Plot {
            storm: [0, 0, 15, 50][self.random.random_range(0..4)],
            turn: turn.map(|turn| (at, writes_only, turn)),
        }
    }

    /// Runs a job to its end.
    pub fn drive(&mut self, desk: usize, started: &Json, plot: Plot) -> Ended {
        let mut driven = Driven::new(desk, started.clone(), plot);
        while let Some(held) = self.arrived(&driven) {
            if let Some(ended) = self.meet(&mut driven, held) {
                return ended;
            }
        }
        self.ended(&driven)
    }

    /// How a job ended that has.
    pub fn ended(&self, driven: &Driven) -> Ended {
        let job = self.desks[driven.desk].job(&driven.started);
        self.tell(format!(
            "  {:?} {:?}",
            job.state,
            job.error.map(|error| error.message)
        ));
        match job.state {
            JobState::Done => Ended::Well,
            _ => Ended::Stopped,
        }
    }

    /// The next request of a job; none once it has ended.
    pub fn arrived(&self, driven: &Driven) -> Option<Held> {
        loop {
            let job = self.desks[driven.desk].job(&driven.started);
            let mut gates = self.gates.iter();
            if let Some(held) = gates.find_map(sandbox::Gate::next) {
                return Some(held);
            }
            if job.state != JobState::Running {
                return None;
            }
            std::thread::sleep(Duration::from_micros(300));
        }
    }

    /// Decides what becomes of a request, and says how the job ended when it did by that.
    pub fn meet(&mut self, driven: &mut Driven, held: Held) -> Option<Ended> {
        let turn = driven.plot.turn.filter(|(_, writes_only, _)| {
            let counts = !writes_only || is_write(&held.operation);
            driven.count += u32::from(counts);
            counts
        });
        let turn = turn.filter(|(at, ..)| *at == driven.count);
        let Some((_, _, turn)) = turn else {
            self.let_in(driven, held);
            return None;
        };
        self.tell(format!("  {turn:?} at {}", held.operation));
        let desk = driven.desk;
        let lost = |is_done: bool| (!is_done).then_some(Fault::LostRequest);
        match turn {
            Turn::Offline => {
                driven.is_offline = true;
                held.let_in(Some(Fault::LostRequest));
            }
            Turn::Meanwhile => {
                let before = self.model.typed.len();
                self.somebody_edits();
                let typed = self.model.typed[before..].iter();
                let there = typed.filter(|typed| !typed.at.ends_with("here"));
                if is_write(&held.operation) {
                    let crossed: Vec<String> = there.map(|typed| typed.value.clone()).collect();
                    self.model.crossed.extend(crossed);
                }
                held.let_in(None);
            }
            Turn::Cancel { is_done } => {
                self.desks[desk].cancel(&driven.started);
                held.let_in(lost(is_done));
                return Some(Ended::Stopped);
            }
            Turn::Die { is_done } => {
                self.desks[desk].die();
                held.let_in(lost(is_done));
                self.desks[desk].rise();
                return Some(Ended::Died);
            }
        }
        None
    }

    fn let_in(&mut self, driven: &Driven, held: Held) {
        let fault = match driven.is_offline {
            true => Some(Fault::LostRequest),
            false if self.random.random_range(0..100) < driven.plot.storm => {
                Some(FAULTS[self.random.random_range(0..FAULTS.len())].clone())
            }
            false => None,
        };
        if is_write(&held.operation) || fault.is_some() {
            self.tell(format!("  {} {fault:?}", held.operation));
        }
        held.let_in(fault);
    }

    /// Starts a job that a user may start.
    pub fn start(&mut self, desk: usize, name: &str, request: Json) -> Option<Json> {
        match self.desks[desk].call(name, request) {
            Ok(started) => Some(started),
            Err(error) => {
                self.tell(format!("{name} is refused: {}", error.message));
                None
            }
        }
    }

    /// Starts to plan a sync.
    pub fn start_plan(&mut self, desk: usize, shop: usize) -> Option<Json> {
        let whole = self.random.random_bool(0.1);
        self.tell(format!("desktop {desk} plans shop {shop}, whole: {whole}"));
        let request = json!({ "id": self.channels[shop], "whole": whole });
        self.start(desk, "channels.sync", request)
    }
}
