//! Fetching what records name: beside the work, a few at a time, tried again after growing pauses. No
//! save and no import waits for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use images::{Failure, Fetcher, Retry};
use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinError, JoinSet};
use url::Url;

use super::image_bytes::ImageBytes;
use super::registry::Progress;
use domain::error::{Error, Result};
use domain::record::Image;
use domain::values::{Clock, Timestamp};
use store::{ImageFollower, WaitingImage};

/// How many addresses are taken at a time, and for how long they are this desktop's alone.
const TAKEN_AT_ONCE: usize = 16;
const TAKEN_FOR_MS: i64 = 15 * MINUTE;

/// How many pictures are fetched at a time, and how many of one server.
const AT_ONCE: usize = 6;
const AT_ONCE_OF_HOST: usize = 2;

/// How long nothing is looked at when no change is heard of.
const IDLE: Duration = Duration::from_secs(30);

/// The least time between two calls of who listens.
const TELL_INTERVAL: Duration = Duration::from_millis(500);

const MINUTE: i64 = 60_000;

/// How long it waits after each failure, in minutes. After the last one it gives up.
const PAUSES: [i64; 7] = [1, 5, 30, 120, 480, 1_440, 1_440];

/// What came of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FetchedImages {
    /// How many pictures came.
    pub stored: i64,
    /// How many did not.
    pub failed: i64,
}

/// Fetches what the records of a workspace name. Clones work on the same.
#[derive(Clone)]
pub struct ImageFetching {
    bytes: ImageBytes,
    fetcher: Fetcher,
    clock: Arc<dyn Clock>,
    /// What was taken and has not ended.
    taken: Arc<Mutex<Vec<String>>>,
}

/// Called when pictures came or failed; seldom, however many do.
type Tell<'a> = &'a (dyn Fn() + Send + Sync);

impl ImageFetching {
    /// Fetches for this workspace.
    pub fn new(bytes: ImageBytes, fetcher: Fetcher, clock: Arc<dyn Clock>) -> Self {
        Self {
            bytes,
            fetcher,
            clock,
            taken: Arc::default(),
        }
    }

    /// Fetches for as long as the workspace is open, and looks again when `changed` says so.
    pub async fn run(&self, changed: &Notify, tell: Tell<'_>) {
        let mut flight = Flight::new(self);
        let mut told = None;
        loop {
            // A database that cannot be reached is asked again after a while.
            flight.take_off().await.ok();
            tokio::select! {
                Some(came) = flight.fetches.join_next() => {
                    let is_last = flight.fetches.is_empty();
                    let is_due = told.is_none_or(|told: Instant| told.elapsed() >= TELL_INTERVAL);
                    if ended(came).is_ok() && (is_last || is_due) {
                        told = Some(Instant::now());
                        tell();
                    }
                }
                () = changed.notified() => flight.is_followed = false,
                () = tokio::time::sleep(IDLE) => flight.is_followed = false,
            }
        }
    }

    /// Fetches everything whose time has come.
    pub async fn run_once(&self, progress: &Progress) -> Result<FetchedImages> {
        let mut flight = Flight::new(self);
        let mut all = FetchedImages::default();
        progress.step("Fetching", 0);
        loop {
            progress.check()?;
            flight.take_off().await?;
            let Some(came) = flight.fetches.join_next().await else {
                return Ok(all);
            };
            *(if ended(came)? {
                &mut all.stored
            } else {
                &mut all.failed
            }) += 1;
            progress.done(all.stored + all.failed);
        }
    }

    /// Gives back what was taken, when the workspace closes in the middle of it.
    pub async fn give_back(&self) -> Result<()> {
        let taken = std::mem::take(&mut *self.taken());
        self.bytes.store().release_images(&taken).await
    }

    fn taken(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fetches one; whether it came.
    async fn fetch(&self, one: WaitingImage, ways: Ways) -> Result<bool> {
        let came = self.bring(&one.address, &ways).await;
        if let Err(failure) = &came {
            let again = self.again(failure, one.attempts);
            let store = self.bytes.store();
            store
                .image_failed(&one.address, &failure.reason, again)
                .await?;
        }
        self.taken().retain(|address| *address != one.address);
        Ok(came.is_ok())
    }

    async fn bring(&self, address: &str, ways: &Ways) -> std::result::Result<(), Failure> {
        if let Some(hash) = Image::of(address).own_hash() {
            let found = self.bytes.store().image_content(hash).await;
            let content = found.map_err(|error| passing(error.message))?;
            let content = content.ok_or_else(|| Failure::lasting(NOT_HERE))?;
            let noted = self.bytes.store().image_came(address, &content).await;
            return noted.map_err(|error| passing(error.message));
        }
        let of_host = ways.of_host.acquire().await;
        let of_all = ways.of_all.acquire().await;
        let content = self.fetcher.fetch(address).await?;
        drop((of_host, of_all));
        let kept = self.bytes.keep(content, Some(address)).await;
        let kept = kept.map_err(|error| passing(error.message))?;
        kept.map(drop)
            .map_err(|refused| Failure::lasting(refused.0))
    }

    fn after(&self, millis: i64) -> Timestamp {
        Timestamp(self.clock.now().0.saturating_add(millis))
    }

    /// When an address is tried again by itself.
    fn again(&self, failure: &Failure, attempts: i64) -> Option<Timestamp> {
        let pause = PAUSES.get(usize::try_from(attempts).unwrap_or(usize::MAX));
        let pause = pause.map(|minutes| minutes * MINUTE);
        match failure.retry {
            Retry::Never => None,
            Retry::Later => Some(self.after(pause?)),
            Retry::After(wait) => {
                let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                Some(self.after(pause?.max(wait)))
            }
        }
    }
}

/// Whether a picture came, when its fetch has ended.
fn ended(came: std::result::Result<Result<bool>, JoinError>) -> Result<bool> {
    came.unwrap_or_else(|_| Err(Error::internal("A picture could not be fetched.")))
}

/// What must be free before a fetch begins.
struct Ways {
    of_all: Arc<Semaphore>,
    of_host: Arc<Semaphore>,
}

/// What is being fetched: more is taken as soon as some has ended, so that one slow server holds no other
/// else up.
struct Flight<'a> {
    fetching: &'a ImageFetching,
    follower: ImageFollower,
    /// Whether the journal was followed to its end since something changed.
    is_followed: bool,
    /// Each is a task: what waits for the database here must not keep one from ending that holds it.
    fetches: JoinSet<Result<bool>>,
    of_all: Arc<Semaphore>,
    hosts: HashMap<String, Arc<Semaphore>>,
}

impl<'a> Flight<'a> {
    fn new(fetching: &'a ImageFetching) -> Self {
        Self {
            fetching,
            follower: ImageFollower::new(fetching.bytes.store().clone()),
            is_followed: false,
            fetches: JoinSet::new(),
            of_all: Arc::new(Semaphore::new(AT_ONCE)),
            hosts: HashMap::new(),
        }
    }

    /// Takes what waits, when there is room for some more.
    async fn take_off(&mut self) -> Result<()> {
        let store = self.fetching.bytes.store();
        if !self.is_followed {
            while self.follower.step().await? {}
            self.is_followed = true;
        }
        let room = TAKEN_AT_ONCE.saturating_sub(self.fetches.len());
        if room < AT_ONCE || store.reads_only() {
            return Ok(());
        }
        if self.fetches.is_empty() {
            self.hosts.clear();
        }
        let until = self.fetching.after(TAKEN_FOR_MS);
        let most = i64::try_from(room).unwrap_or(0);
        for one in store.claim_images(most, until).await? {
            self.fetching.taken().push(one.address.clone());
            let of_host = self.hosts.entry(host_of(&one.address));
            let of_host = of_host.or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE_OF_HOST)));
            let ways = Ways {
                of_all: Arc::clone(&self.of_all),
                of_host: Arc::clone(of_host),
            };
            let fetching = self.fetching.clone();
            self.fetches
                .spawn(async move { fetching.fetch(one, ways).await });
        }
        Ok(())
    }
}

/// Why a picture that another workspace was given cannot be had here.
const NOT_HERE: &str = "The picture is not in this workspace: it was added in another one, or cleaned \
    away here. Add the file itself.";

fn passing(reason: String) -> Failure {
    Failure {
        reason,
        retry: Retry::Later,
    }
}

fn host_of(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str);
    host.unwrap_or_default().to_owned()
}
