//! Creating products. Nothing says what the shop does with an SKU that is there already, so it is looked
//! for before; parents come first, and what was created is read and found by its SKU.

use std::collections::HashSet;

use domain::channel::{ShopField, ShopValues};
use domain::record::Value;
use serde_json::{Value as Json, json};

use super::client::Maropost;
use super::decode::{KEYS, Row, Shop};
use super::door::Action;
use super::encode::{Draft, draft};
use super::family::{Job, created, known, refuse_odd};
use super::fields::{CATEGORY, PARENT, Part};
use super::loose::Object;
use super::read::{By, id_of};
use super::sending::{Outcome, Outgoing, Sending};
use super::stock;
use super::update::own;
use crate::channel::{Created, NewFamily, NewItem};
use crate::failure::{Answered, Failure, FailureKind};

/// How many families are on their way at once.
const FAMILIES: usize = 100;

impl Maropost {
    /// Creates families; one result for each, in their order.
    pub(super) async fn create_families(&self, families: &[NewFamily]) -> Vec<Answered<Created>> {
        let mut results = Vec::with_capacity(families.len());
        let mut sending = Sending::new(self);
        let mut taken = HashSet::new();
        for chunk in families.chunks(FAMILIES) {
            let mut jobs: Vec<Job<'_>> = chunk.iter().map(Job::new).collect();
            jobs.iter_mut().for_each(|job| refuse_odd(job, &mut taken));
            if let Some(failure) = sending.halted() {
                results.extend(jobs.iter().map(|_| Err(failure.clone())));
                continue;
            }
            if let Err(failure) = self.prepare_families(&mut jobs).await {
                sending.note(&failure);
                results.extend(jobs.iter().map(|_| Err(failure.clone())));
                continue;
            }
            self.add(&mut sending, &mut jobs, true).await;
            self.add(&mut sending, &mut jobs, false).await;
            results.extend(self.as_created(jobs).await);
        }
        results
    }

    /// Looks at what is there already, and drafts what is not.
    async fn prepare_families(&self, jobs: &mut [Job<'_>]) -> Answered<()> {
        let open = || jobs.iter().filter(|job| job.failed.is_none());
        let skus = known(open().flat_map(Job::items));
        let found = self.rows(By::Sku, &skus, &KEYS.map(str::to_owned)).await?;
        // Whether the case of SKUs matters is not known: one that differs in it alone is taken.
        let there: HashSet<String> = found.iter().map(|row| row.sku.to_lowercase()).collect();
        let into = open().filter_map(|job| id_of(job.family.into.as_ref()?).ok());
        let into: Vec<u64> = into.collect();
        let selectors = KEYS.map(str::to_owned);
        let into = self.rows_by_id(&into, &selectors).await?;
        let category = ShopField::new(CATEGORY);
        let paths: Vec<&Value> = open()
            .flat_map(Job::items)
            .filter_map(|item| item.values.get(&category))
            .collect();
        let shop = self.shop_for(&found, &paths).await?;
        let dated = |item: &NewItem| {
            item.values
                .keys()
                .any(|field| Part::of(field).is_some_and(Part::is_promotion))
        };
        if self.memory().ahead.is_none() && open().flat_map(Job::items).any(dated) {
            self.look().await?;
        }
        let ahead = self.memory().ahead;
        for job in jobs.iter_mut().filter(|job| job.failed.is_none()) {
            if let Some(Err(failure)) = job.family.into.as_ref().map(|item| own(item, &into)) {
                job.failed = Some(failure);
            }
            job.drafts = vec![Draft::default(); job.items().count()];
            for (at, item) in job.items().enumerate() {
                let drafted = match there.contains(&item.sku.to_lowercase()) {
                    true => Err(is_there(&item.sku)),
                    false => draft_of(job, item, at, &shop, ahead),
                };
                match drafted {
                    Ok(draft) => job.drafts[at] = draft,
                    Err(failure) => job.fail(at, failure),
                }
            }
        }
        Ok(())
    }

    /// Adds the products, or the variants, of families that have not failed.
    async fn add(&self, sending: &mut Sending<'_>, jobs: &mut [Job<'_>], products: bool) {
        let mut places = Vec::new();
        let mut out = Vec::new();
        for (which, job) in jobs
            .iter()
            .enumerate()
            .filter(|(_, job)| job.failed.is_none())
        {
            for (at, item) in job.items().enumerate() {
                if job.is_product(at) == products && !job.failures.contains_key(&at) {
                    places.push((which, at));
                    out.push(Outgoing {
                        sku: item.sku.clone(),
                        row: job.drafts[at].sent(&item.sku),
                    });
                }
            }
        }
        let outcomes = sending.send(Action::ADD_ITEM, &out).await;
        let mut unnamed = Vec::new();
        for (((which, at), row), outcome) in places.into_iter().zip(out).zip(outcomes) {
            let job = &mut jobs[which];
            match outcome {
                Outcome::Failed(failure) => job.fail(at, failure),
                Outcome::Unnamed(said) => unnamed.push((which, at, row.sku, said)),
                Outcome::Named(said) => job.added(&row.sku, &said),
            }
        }
        if unnamed.is_empty() {
            return;
        }
        // What the shop did not name was not created, unless it is there all the same.
        let skus: Vec<String> = unnamed.iter().map(|(_, _, sku, _)| sku.clone()).collect();
        let there = self.rows(By::Sku, &skus, &KEYS.map(str::to_owned)).await;
        for (which, at, sku, said) in unnamed {
            match &there {
                Ok(there) if there.iter().any(|row| row.sku == sku) => {
                    jobs[which].added(&sku, &said)
                }
                Ok(_) => jobs[which].fail(at, said.rejected(&sku)),
                Err(failure) => jobs[which].fail(at, unread(failure)),
            }
        }
    }

    /// Reads what was created.
    async fn as_created(&self, jobs: Vec<Job<'_>>) -> Vec<Answered<Created>> {
        let open = jobs.iter().filter(|job| job.failed.is_none());
        let added = open.flat_map(|job| {
            let added = job
                .items()
                .enumerate()
                .filter(|(at, _)| !job.failures.contains_key(at));
            added.map(|(_, item)| item.sku.clone())
        });
        let there = self.items_by_sku(&added.collect::<Vec<_>>()).await;
        let created = jobs.into_iter().map(|job| match (&job.failed, &there) {
            (Some(failure), _) => Err(failure.clone()),
            (None, Ok(there)) => created(job, there),
            (None, Err(failure)) => Err(unread(failure)),
        });
        created.collect()
    }
}

/// What is sent of a new item.
fn draft_of(
    job: &Job<'_>,
    item: &NewItem,
    at: usize,
    shop: &Shop,
    ahead: Option<i32>,
) -> Answered<Draft> {
    let blank = Row {
        id: 0,
        sku: item.sku.clone(),
        is_parent: job.is_product(at) && !job.family.variants.is_empty(),
        object: Object::new(),
    };
    // What is empty is empty in a new item, too.
    let values = item.values.iter().filter(|(_, value)| !value.is_empty());
    let mut values: ShopValues = values
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect();
    values.remove(&ShopField::new(super::fields::SKU));
    if !job.is_product(at) {
        values.insert(ShopField::new(PARENT), Value::text(job.parent()));
    }
    let mut draft = draft(&blank, &values, shop, ahead)?;
    if let Some((place, count)) = &item.stock {
        let quantity: Json = json!([stock::sent(place, *count)?]);
        draft.row.insert("WarehouseQuantity".to_owned(), quantity);
    }
    Ok(draft)
}

fn is_there(sku: &str) -> Failure {
    let message = format!("An item with the SKU {sku} is in the shop already.");
    let hint = "Link the product with it instead. Of SKUs that differ in case alone the shop may take only one.";
    Failure::new(FailureKind::Rejected, message).hint(hint)
}

fn unread(failure: &Failure) -> Failure {
    let message = format!("What was created could not be read: {failure}");
    Failure::new(FailureKind::Lost, message)
}
