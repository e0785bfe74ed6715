//! Random walks of writes: whatever was written, the coverage is what counting gives.

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::*;

/// What a careful person would say: counted from the records as they are.
fn counted(id: RecordId, products: &[Record], suppliers: &[Record], links: &[Record]) -> Coverage {
    let variants = products
        .iter()
        .filter(|variant| variant.parent() == Some(id) && !variant.trashed);
    let least = variants
        .map(|variant| counted(variant.id, products, suppliers, links))
        .min();
    if let Some(least) = least {
        return least;
    }
    let usable = |link: &&Record| {
        let of = link.reference(supplier_product::SUPPLIER_CODE);
        let supplier = suppliers.iter().find(|supplier| Some(supplier.id) == of);
        let is_active = supplier.is_some_and(|supplier| {
            !supplier.trashed && supplier.fields.get(supplier::ACTIVE) == &Value::Flag(true)
        });
        link.reference(supplier_product::PRODUCT_SKU) == Some(id) && !link.trashed && is_active
    };
    let usable: Vec<&Record> = links.iter().filter(usable).collect();
    let first = |link: &&Record| link.fields.get(supplier_product::PREFERENCE) == &number(1);
    match usable.len() {
        0 => Coverage::None,
        _ if usable.iter().any(first) => Coverage::Preferred,
        1 => Coverage::One,
        _ => Coverage::Several,
    }
}

/// A shop in which anything may happen next.
struct Walk {
    dice: StdRng,
    products: Vec<Write>,
    suppliers: Vec<Write>,
    links: Vec<RecordId>,
}

impl Walk {
    fn begin(seed: u64) -> Self {
        let products = (0..5).map(|n| create(&format!("P{n}"), "Thing", &[]));
        let suppliers = (0..3).map(|n| new_supplier(&format!("S{n}")));
        Self {
            dice: StdRng::seed_from_u64(seed),
            products: products.collect(),
            suppliers: suppliers.collect(),
            links: Vec::new(),
        }
    }

    async fn step(&mut self, store: &TestStore) {
        match self.dice.random_range(0..7) {
            0 | 1 => self.link(store).await,
            2 | 3 if !self.links.is_empty() => self.change_link(store).await,
            4 => self.change_supplier(store).await,
            5 => self.move_one(store).await,
            _ => self.change_family(store).await,
        }
    }

    fn preference(&mut self) -> Value {
        match self.dice.random_range(0..3) {
            0 => Value::Empty,
            preference => number(preference),
        }
    }

    fn product(&mut self) -> RecordId {
        self.products[self.dice.random_range(0..self.products.len())].id
    }

    fn supplier(&mut self) -> RecordId {
        self.suppliers[self.dice.random_range(0..self.suppliers.len())].id
    }

    async fn link(&mut self, store: &TestStore) {
        let code = format!("S{}", self.dice.random_range(0..self.suppliers.len()));
        let sku = format!("P{}", self.dice.random_range(0..self.products.len()));
        let link = new_link(&code, &sku, self.preference());
        self.links.push(link.id);
        applied(store, &[link]).await;
    }

    async fn change_link(&mut self, store: &TestStore) {
        let link = self.links[self.dice.random_range(0..self.links.len())];
        let operations = [Operation::Trash, Operation::Restore, Operation::Purge];
        match self.dice.random_range(0..6) {
            moves @ 0..3 => act(store, SUPPLIER_PRODUCT, link, operations[moves], &[]).await,
            _ => {
                let new = [(supplier_product::PREFERENCE, self.preference())];
                act(store, SUPPLIER_PRODUCT, link, Operation::Update, &new).await;
            }
        }
    }

    async fn change_supplier(&mut self, store: &TestStore) {
        let id = self.supplier();
        let new = [(supplier::ACTIVE, Value::Flag(self.dice.random_bool(0.6)))];
        act(store, SUPPLIER, id, Operation::Update, &new).await;
    }

    /// To the trash, or back.
    async fn move_one(&mut self, store: &TestStore) {
        let (kind, id) = match self.dice.random_bool(0.5) {
            true => (PRODUCT, self.product()),
            false => (SUPPLIER, self.supplier()),
        };
        let operation = match self.dice.random_bool(0.5) {
            true => Operation::Trash,
            false => Operation::Restore,
        };
        act(store, kind, id, operation, &[]).await;
    }

    async fn change_family(&mut self, store: &TestStore) {
        let id = self.product();
        let parent = match self.dice.random_range(0..3) {
            0 => Value::Empty,
            _ => text("P0"),
        };
        let new = [(product::PARENT_SKU, parent)];
        act(store, PRODUCT, id, Operation::Update, &new).await;
    }

    /// What is kept is what counting gives.
    async fn check(&self, store: &TestStore, step: &str) {
        let ids =
            |writes: &[Write]| -> Vec<RecordId> { writes.iter().map(|write| write.id).collect() };
        let records = async |kind, ids: Vec<RecordId>| store.get_many(kind, &ids).await.unwrap();
        let now = records(PRODUCT, ids(&self.products)).await;
        let sellers = records(SUPPLIER, ids(&self.suppliers)).await;
        let sold = records(SUPPLIER_PRODUCT, self.links.clone()).await;
        for product in &now {
            assert_eq!(
                store.coverage(product.id).await.unwrap(),
                counted(product.id, &now, &sellers, &sold),
                "{} after {step} on {}",
                product.code(),
                store.name
            );
        }
    }
}

#[tokio::test]
async fn after_any_walk_of_writes_the_coverage_is_what_counting_gives() {
    on_each_database(async |store| {
        let seed: u64 = 20_261_128;
        let mut walk = Walk::begin(seed);
        applied(store, &walk.products).await;
        applied(store, &walk.suppliers).await;
        for step in 0..150 {
            walk.step(store).await;
            walk.check(store, &format!("step {step} of seed {seed}"))
                .await;
        }
    })
    .await;
}
