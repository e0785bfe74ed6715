//! A shop that is timed: how long it was asked and waited for, and a clock by which waits pass at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use channels::channel::{
    BulkUpdate, Channel, Created, Cursor, ItemRef, ItemUpdate, NewFamily, Page, Reading, ShopCheck,
    StockChange, StockSet, StockThere, Written,
};
use channels::failure::Answered;
use channels::maropost::pace::Time;
use domain::channel::{Platform, ShopFieldDef, ShopItem};
use domain::values::{Clock as _, SystemClock, Timestamp};

use crate::shops::advance;

/// So much time, which several add to.
#[derive(Debug, Clone, Default)]
pub struct Sum(Arc<AtomicU64>);

impl Sum {
    fn add(&self, time: Duration) {
        let nanos = u64::try_from(time.as_nanos()).unwrap();
        self.0.fetch_add(nanos, Ordering::Relaxed);
    }

    pub fn get(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

/// A shop whose answers are timed, from the call to the result.
pub struct Metered {
    pub shop: Box<dyn Channel>,
    pub asked: Sum,
}

macro_rules! timed {
    ($self:ident.$name:ident($($argument:expr),*)) => {{
        let began = Instant::now();
        let answer = $self.shop.$name($($argument),*).await;
        $self.asked.add(began.elapsed());
        answer
    }};
}

#[async_trait]
impl Channel for Metered {
    fn platform(&self) -> Platform {
        self.shop.platform()
    }

    async fn check(&self) -> Answered<ShopCheck> {
        timed!(self.check())
    }

    async fn fields(&self) -> Answered<Vec<ShopFieldDef>> {
        timed!(self.fields())
    }

    async fn page(&self, what: &Reading, cursor: Option<&Cursor>) -> Answered<Page> {
        let page = timed!(self.page(what, cursor))?;
        self.asked.add(page.wait.unwrap_or_default());
        Ok(page)
    }

    async fn read(&self, items: &[ItemRef]) -> Answered<Vec<Option<ShopItem>>> {
        timed!(self.read(items))
    }

    fn reads_at_once(&self) -> usize {
        self.shop.reads_at_once()
    }

    async fn update(&self, updates: &[ItemUpdate]) -> Vec<Answered<Written>> {
        timed!(self.update(updates))
    }

    fn bulk_update(&self, updates: usize) -> Option<Box<dyn BulkUpdate + '_>> {
        let bulk = self.shop.bulk_update(updates)?;
        let asked = self.asked.clone();
        Some(Box::new(MeteredBulk { bulk, asked }))
    }

    async fn create(&self, families: &[NewFamily]) -> Vec<Answered<Created>> {
        timed!(self.create(families))
    }

    async fn find_created(&self, family: &NewFamily) -> Answered<Option<Created>> {
        timed!(self.find_created(family))
    }

    async fn read_stock(&self, place: &str, items: &[ItemRef]) -> Answered<Vec<StockThere>> {
        timed!(self.read_stock(place, items))
    }

    async fn set_stock(&self, place: &str, changes: &[StockChange]) -> Vec<Answered<StockSet>> {
        timed!(self.set_stock(place, changes))
    }
}

/// Updates that are sent together, timed.
struct MeteredBulk<'a> {
    bulk: Box<dyn BulkUpdate + 'a>,
    asked: Sum,
}

#[async_trait]
impl BulkUpdate for MeteredBulk<'_> {
    async fn add(&mut self, updates: &[ItemUpdate]) {
        let began = Instant::now();
        self.bulk.add(updates).await;
        self.asked.add(began.elapsed());
    }

    async fn next(&mut self) -> Option<Vec<(usize, Answered<Written>)>> {
        let began = Instant::now();
        let told = self.bulk.next().await;
        self.asked.add(began.elapsed());
        told
    }
}

/// A clock that runs, and jumps over what is waited for: in the shop at `url`, too.
pub struct Jumping {
    pub url: String,
    pub began: Instant,
    pub jumped: Sum,
}

#[async_trait]
impl Time for Jumping {
    fn running(&self) -> Duration {
        self.began.elapsed() + self.jumped.get()
    }

    fn now(&self) -> Timestamp {
        let jumped = i64::try_from(self.jumped.get().as_millis()).unwrap();
        Timestamp(SystemClock.now().0 + jumped)
    }

    async fn wait(&self, time: Duration) {
        // A wait that is a little too short is waited for again.
        let time = time + Duration::from_millis(1);
        advance(&self.url, u64::try_from(time.as_millis()).unwrap());
        self.jumped.add(time);
    }
}
