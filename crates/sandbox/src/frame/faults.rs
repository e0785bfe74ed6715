//! Faults: what goes wrong on the way to a platform and back, on request or by chance.

use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::random::Random;

/// What goes wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// The connection is dropped and nothing was done.
    LostRequest,
    /// What was asked is done, then the connection is dropped without an answer.
    LostReply,
    /// What was asked is done and half of the answer's body arrives.
    CutReply,
    /// Nothing is done for that long, then the request is answered as ever.
    Delay {
        /// How long, in real milliseconds.
        millis: u64,
    },
    /// What was asked is done at once and answered that much later.
    SlowReply {
        /// How long, in real milliseconds.
        millis: u64,
    },
    /// The request is refused unseen with status 429.
    TooManyRequests {
        /// After how many seconds the client may come again; without it no header says so.
        retry_after: Option<u32>,
    },
    /// The request is answered with a status of 500 and above.
    ServerError {
        /// The status.
        status: u16,
        /// Whether what was asked is done before.
        #[serde(default)]
        done: bool,
    },
    /// The request is refused in the platform's own words for too many requests.
    Throttled,
}

impl Fault {
    /// Whether what was asked is done in spite of the fault.
    pub fn is_done(&self) -> bool {
        match self {
            Self::LostRequest | Self::TooManyRequests { .. } | Self::Throttled => false,
            Self::LostReply | Self::CutReply | Self::Delay { .. } | Self::SlowReply { .. } => true,
            Self::ServerError { done, .. } => *done,
        }
    }
}

/// A fault that is to hit certain requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// What is to go wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// Which operation is to be hit; every one if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The how many-th matching request from now on is hit; 1 is the next.
    #[serde(default = "one")]
    pub nth: u32,
    /// How many matching requests are hit from that one on.
    #[serde(default = "one")]
    pub times: u32,
}

fn one() -> u32 {
    1
}

impl Aim {
    /// `fault` for the next request of `operation`.
    pub fn next(fault: Fault, operation: &str) -> Self {
        Self {
            fault,
            operation: Some(String::from(operation)),
            nth: 1,
            times: 1,
        }
    }
}

/// Faults by chance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chance {
    /// What the chance comes from. The same seed and the same row of requests meet the same faults.
    pub seed: u64,
    /// How many requests of a million are hit.
    pub per_million: u32,
    /// What can go wrong; all kinds if there are none.
    #[serde(default)]
    pub faults: Vec<Fault>,
}

/// A fault that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// The number of the request in the journal.
    pub request: u64,
    /// When.
    pub at: Moment,
    /// The operation that was hit.
    pub operation: String,
    /// What went wrong.
    #[serde(flatten)]
    pub fault: Fault,
}

/// The faults of one shop: those to come and those that happened.
#[derive(Debug, Default)]
pub struct Faults {
    aims: Vec<Aim>,
    chance: Option<(Chance, Random)>,
    happened: Vec<Happened>,
}

impl Faults {
    /// Asks for one fault more.
    pub fn aim(&mut self, aim: Aim) {
        self.aims.push(aim);
    }

    /// Lets chance decide from now on, beside what was asked for.
    pub fn by_chance(&mut self, chance: Chance) {
        let random = Random::new(chance.seed);
        self.chance = Some((chance, random));
    }

    /// No faults from now on. What happened stays known.
    pub fn clear(&mut self) {
        self.aims.clear();
        self.chance = None;
    }

    /// The faults asked for that have not happened yet.
    pub fn aims(&self) -> &[Aim] {
        &self.aims
    }

    /// The chance that decides, if one does.
    pub fn chance(&self) -> Option<&Chance> {
        self.chance.as_ref().map(|(chance, _)| chance)
    }

    /// All that happened, oldest first.
    pub fn happened(&self) -> &[Happened] {
        &self.happened
    }

    /// What happens to the request, which is noted.
    pub(crate) fn meet(&mut self, request: u64, operation: &str, at: Moment) -> Option<Fault> {
        let fault = self.next_aimed(operation).or_else(|| self.draw())?;
        self.note(request, operation, at, &fault);
        Some(fault)
    }

    /// Notes what happened to a request.
    pub(crate) fn note(&mut self, request: u64, operation: &str, at: Moment, fault: &Fault) {
        self.happened.push(Happened {
            request,
            at,
            operation: String::from(operation),
            fault: fault.clone(),
        });
    }

    /// Counts the request against every aim that it matches; the first due one hits it, and the
    /// others that are due hit the next.
    fn next_aimed(&mut self, operation: &str) -> Option<Fault> {
        let mut hit = None;
        for aim in &mut self.aims {
            if aim.operation.as_ref().is_some_and(|only| only != operation) {
                continue;
            }
            if aim.nth > 1 {
                aim.nth -= 1;
            } else if hit.is_none() {
                aim.times = aim.times.saturating_sub(1);
                hit = Some(aim.fault.clone());
            }
        }
        self.aims.retain(|aim| aim.times > 0);
        hit
    }

    fn draw(&mut self) -> Option<Fault> {
        let (chance, random) = self.chance.as_mut()?;
        if !random.happens(chance.per_million) {
            return None;
        }
        if chance.faults.is_empty() {
            return Some(random.pick(&all()).clone());
        }
        Some(random.pick(&chance.faults).clone())
    }
}

/// Every kind of fault, with waits short enough for tests.
fn all() -> [Fault; 10] {
    [
        Fault::LostRequest,
        Fault::LostReply,
        Fault::CutReply,
        Fault::Delay { millis: 5 },
        Fault::SlowReply { millis: 5 },
        Fault::TooManyRequests { retry_after: None },
        Fault::TooManyRequests {
            retry_after: Some(1),
        },
        Fault::ServerError {
            status: 503,
            done: false,
        },
        Fault::ServerError {
            status: 500,
            done: true,
        },
        Fault::Throttled,
    ]
}
