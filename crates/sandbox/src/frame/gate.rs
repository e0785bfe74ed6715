//! A gate in front of a practice shop: requests wait before it until they are let in one by one, so that a test
//! says in which order things happen and what goes wrong with which of them.

use std::sync::mpsc;

use tokio::sync::oneshot;

use super::faults::Fault;

/// The requests that wait before a shop. Once it is dropped they go in as they come.
#[derive(Debug)]
pub struct Gate(pub(super) mpsc::Receiver<Held>);

/// A request that waits. Dropped, it goes in.
#[derive(Debug)]
pub struct Held {
    /// What kind of request it is.
    pub operation: String,
    verdict: oneshot::Sender<Option<Fault>>,
    done: mpsc::Receiver<()>,
}

/// The side of a request that waits.
pub(super) struct Waiting {
    verdict: oneshot::Receiver<Option<Fault>>,
    done: mpsc::Sender<()>,
}

impl Gate {
    /// The next request that came and was not given out yet.
    pub fn next(&self) -> Option<Held> {
        self.0.try_recv().ok()
    }
}

impl Held {
    pub(super) fn new(operation: String) -> (Self, Waiting) {
        let (verdict, told) = oneshot::channel();
        let (doing, done) = mpsc::channel();
        let held = Self {
            operation,
            verdict,
            done,
        };
        let waiting = Waiting {
            verdict: told,
            done: doing,
        };
        (held, waiting)
    }

    /// Lets the request in, to meet this fault or none whatever else was asked for, and waits until the shop has
    /// done what it does of it. The answer may still be on its way.
    pub fn let_in(self, fault: Option<Fault>) {
        // A shop that is gone does nothing more.
        self.verdict.send(fault).ok();
        self.done.recv().ok();
    }
}

impl Waiting {
    /// What the request is to meet.
    pub(super) async fn verdict(&mut self) -> Option<Fault> {
        (&mut self.verdict).await.ok().flatten()
    }

    /// The shop has done what it does.
    pub(super) fn tell_done(self) {
        // The test that let the request in may be gone.
        self.done.send(()).ok();
    }
}
