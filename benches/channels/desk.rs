//! A workspace that is connected to a practice shop, and what is done in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use backstock::jobs::{
    Author, JobKind, JobSubject, Jobs, Plan, Progress, Sending, Shop, SyncWish, apply_and_send,
    fetch, match_listings, plan_sync,
};
use channels::channel::Channel;
use channels::exchange::ExchangeLog;
use channels::maropost::{Maropost, Options};
use channels::shopify::{Bulk, Manner, Shopify, ShopifyAccount};
use domain::catalog::product::{NAME as TITLE, PRODUCT, STORE_PRICE};
use domain::channel::channel_field::{CHANNEL_FIELD, CHANNEL_NAME, OURS, OWNER, THEIRS};
use domain::channel::shop::{CHANNEL, NAME, NEW_HERE, NEW_THERE, PLACE, PLATFORM, STATE, STOCK};
use domain::channel::{ItemRole, LinkState, Platform};
use domain::error::Result;
use domain::plan::{BatchCounts, Change, Counts, Operation, Origin, Write};
use domain::record::{FieldKind, Value};
use domain::values::{PlanId, RecordId, SystemClock, Timestamp, UserId};
use store::{Linking, NewBatch, Store, WhichListings};
use zeroize::Zeroizing;

use crate::metered::{Jumping, Metered, Sum};
use crate::shops::{Served, word};
use crate::support::create;

/// Listings that are read together.
const PAGE: i64 = 2_000;

/// A listing, as far as edits need it.
#[derive(Clone)]
pub struct Listed {
    pub listing: RecordId,
    pub record: RecordId,
    pub remote_id: String,
    pub role: ItemRole,
}

/// A workspace that is connected to a shop.
pub struct Desk {
    pub store: Store,
    pub asked: Sum,
    pub jumped: Sum,
    channel: Arc<Metered>,
    id: RecordId,
    jobs: Jobs,
    author: Author,
    plans: PathBuf,
}

impl Desk {
    /// Connects the shop: everything that only it has is created here, fields are kept in step as usual.
    pub async fn connect(folder: &Path, store: Store, shop: &Served, platform: Platform) -> Self {
        let (asked, jumped) = (Sum::default(), Sum::default());
        let channel = Arc::new(Metered {
            shop: open(platform, shop, &jumped, Bulk::default()),
            asked: asked.clone(),
        });
        let check = channel.check().await.unwrap();
        let place = check.places.iter().find(|place| place.active).unwrap();
        let values = [
            (NAME, "Bench"),
            (PLATFORM, word(platform)),
            (STATE, "active"),
            (NEW_HERE, "create"),
            (NEW_THERE, "ask"),
            (STOCK, "nobody"),
            (PLACE, place.id.as_str()),
        ];
        let values = values.map(|(field, text)| (field, Value::text(text)));
        let id = create(&store, CHANNEL, values.to_vec()).await;
        let usual = match platform {
            Platform::Shopify => channels::shopify::usual_fields(),
            Platform::Maropost => channels::maropost::usual_fields(),
        };
        for (ours, theirs) in usual {
            let kind = ours.def().map(|def| &def.kind);
            if matches!(kind, Some(FieldKind::Image | FieldKind::Images)) {
                continue;
            }
            let texts = [
                (CHANNEL_NAME, "Bench"),
                (OURS, &*ours.to_string()),
                (THEIRS, theirs.key()),
                (OWNER, "ask"),
            ];
            let values = texts.map(|(field, text)| (field, Value::text(text)));
            create(&store, CHANNEL_FIELD, values.to_vec()).await;
        }
        Self {
            store,
            asked,
            jumped,
            channel,
            id,
            jobs: Jobs::new(Arc::new(SystemClock), Arc::new(|_| {})),
            author: Author {
                id: UserId::new(),
                name: "Ada".to_owned(),
            },
            plans: folder.join("plans"),
        }
    }

    /// Opens the shop in another manner from now on.
    pub fn reopen(&mut self, platform: Platform, shop: &Served, bulk: Bulk) {
        self.channel = Arc::new(Metered {
            shop: open(platform, shop, &self.jumped, bulk),
            asked: self.asked.clone(),
        });
    }

    async fn run<T, F>(&self, work: impl FnOnce(Progress) -> F) -> T
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let subject = JobSubject {
            kind: JobKind::PlanSync,
            label: String::new(),
            plan: None,
        };
        self.jobs.run(subject, work).await.unwrap()
    }

    async fn shop(&self) -> Shop {
        Shop::load(&self.store, self.id).await.unwrap()
    }

    /// Reads what changed in the shop, or everything; gives how many items are new or others.
    pub async fn fetch(&self, whole: bool) -> i64 {
        let (store, channel, id) = (self.store.clone(), Arc::clone(&self.channel), self.id);
        let work = |progress| async move { fetch(&progress, &store, (id, &*channel), whole).await };
        let fetched = self.run(work).await;
        fetched.new + fetched.changed
    }

    /// Links what can be told for certain; gives how many were linked or wanted here.
    pub async fn match_all(&self) -> i64 {
        let (store, shop) = (self.store.clone(), self.shop().await);
        let work = |progress| async move { match_listings(&progress, &store, &shop).await };
        let counts = self.run(work).await;
        counts.by_sku + counts.by_barcode + counts.by_variants + counts.wanted_here
    }

    /// Plans what goes where.
    pub async fn plan(&self) -> (Plan, Counts) {
        let plan = Plan::create(&self.plans, PlanId::new()).await.unwrap();
        let (store, shop, made) = (self.store.clone(), self.shop().await, plan.clone());
        self.run(|progress| async move {
            let wish = SyncWish {
                shop: &shop,
                products: true,
                stock_of: None,
            };
            plan_sync(&progress, &store, wish, &made, Timestamp(0)).await
        })
        .await;
        let counts = plan.meta().await.unwrap().outline.counts;
        (plan, counts)
    }

    /// Applies a plan.
    pub async fn apply(&self, plan: Plan) -> BatchCounts {
        let (store, author, applied) = (self.store.clone(), self.author.clone(), plan.clone());
        let to = Sending {
            shop: self.shop().await,
            channel: Arc::clone(&self.channel) as Arc<dyn Channel>,
        };
        self.run(|progress| async move {
            let who = (&author, Some(&to));
            apply_and_send(&progress, &store, &applied, who).await
        })
        .await;
        let applied = plan.meta().await.unwrap().applied;
        plan.file.close().await;
        std::fs::remove_dir_all(&plan.folder).unwrap();
        applied
    }

    /// Everything that is linked.
    pub async fn linked(&self) -> Vec<Listed> {
        let (mut after, mut linked) = (0, Vec::new());
        loop {
            let which = WhichListings::Link(LinkState::Linked);
            let page = self.store.listings_after(self.id, which, (after, PAGE));
            let page = page.await.unwrap();
            let Some(last) = page.last() else {
                return linked;
            };
            after = last.place;
            linked.extend(page.into_iter().filter_map(|listed| {
                let (listing, item) = (listed.listing.id, listed.listing.item?);
                Some(Listed {
                    listing,
                    record: listed.listing.record?,
                    role: match (item.is_parent, &item.parent) {
                        (true, _) => ItemRole::Parent,
                        (false, Some(_)) => ItemRole::Variant,
                        (false, None) => ItemRole::Single,
                    },
                    remote_id: item.remote_id,
                })
            }));
        }
    }

    /// Forgets which product is which.
    pub async fn unlink(&self, linked: &[Listed]) {
        let links = linked.iter().map(|one| Linking {
            listing: one.listing,
            link: LinkState::Unmatched,
            record: None,
        });
        let links: Vec<Linking> = links.collect();
        self.store.link_listings(self.id, &links).await.unwrap();
    }

    /// Changes the price of products here, and the name of parents.
    pub async fn edit(&self, some: &[Listed], by: i64) {
        let batch = NewBatch {
            origin: Origin::Form,
            label: "bench".into(),
            user_id: None,
            user_name: "Ada".into(),
            undo_of: None,
            counts: BatchCounts::default(),
        };
        let batch = self.store.begin_batch(&batch).await.unwrap();
        for some in some.chunks(5_000) {
            let ids: Vec<RecordId> = some.iter().map(|one| one.record).collect();
            let records = self.store.get_many(PRODUCT, &ids).await.unwrap();
            let writes = records.iter().zip(some).map(|(record, one)| {
                let (field, new) = match one.role {
                    ItemRole::Parent => (TITLE, Value::text(format!("Named by us {by}"))),
                    _ => {
                        let price = record.fields.get(STORE_PRICE).as_number();
                        (STORE_PRICE, Value::Number(price.unwrap_or(0) + by))
                    }
                };
                let old = record.fields.get(field).clone();
                Write {
                    kind: PRODUCT,
                    id: record.id,
                    operation: Operation::Update,
                    expected_version: record.version,
                    changes: vec![Change { field, old, new }],
                }
            });
            let writes: Vec<Write> = writes.collect();
            let outcomes = self.store.apply(batch, &writes).await.unwrap();
            assert!(outcomes.iter().all(store::WriteOutcome::is_applied));
        }
    }
}

fn open(platform: Platform, shop: &Served, jumped: &Sum, bulk: Bulk) -> Box<dyn Channel> {
    let secret = Zeroizing::new(shop.secret.clone());
    match platform {
        Platform::Shopify => {
            let account = ShopifyAccount::Token(secret);
            let manner = Manner {
                bulk,
                ..Manner::default()
            };
            let log = ExchangeLog::none();
            Box::new(Shopify::open_with(&shop.url, account, log, manner).unwrap())
        }
        Platform::Maropost => {
            let options = Options {
                time: Arc::new(Jumping {
                    url: shop.url.clone(),
                    began: Instant::now(),
                    jumped: jumped.clone(),
                }),
                ..Options::logged(ExchangeLog::none())
            };
            Box::new(Maropost::open_with(&shop.url, secret, "", options).unwrap())
        }
    }
}
