//! A made-up catalogue: the same products in every run.

use std::time::{Duration, Instant};

use domain::catalog::product;
use domain::catalog::product::PRODUCT;
use domain::plan::{BatchCounts, BatchState, Change, Operation, Origin, Write};
use domain::record::{Fields, Value};
use domain::values::{BatchId, RecordId};
use store::{NewBatch, Store};

/// How many products are written at a time.
const CHUNK: usize = 5_000;

const SHAPES: [&str; 16] = [
    "Shirt", "Trousers", "Jacket", "Socks", "Mug", "Lamp", "Chair", "Table", "Ring", "Bracelet",
    "Candle", "Cushion", "Blanket", "Kettle", "Basket", "Planter",
];
const LOOKS: [&str; 24] = [
    "Blue", "Red", "Green", "Black", "White", "Striped", "Plain", "Soft", "Heavy", "Light", "Wool",
    "Cotton", "Linen", "Oak", "Brass", "Copper", "Glass", "Woven", "Knitted", "Folding", "Small",
    "Large", "Classic", "Modern",
];
/// The categories.
pub const KINDS: [&str; 12] = [
    "Apparel > Shirts",
    "Apparel > Trousers",
    "Apparel > Outerwear",
    "Home > Kitchen",
    "Home > Lighting",
    "Home > Furniture",
    "Home > Textiles",
    "Garden",
    "Jewellery > Rings",
    "Jewellery > Bracelets",
    "Gifts",
    "Outlet",
];

/// A generator that gives the same numbers in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// A product, as a first import writes it.
pub fn product(number: usize, dice: &mut Dice) -> Write {
    let (look, second, shape) = (dice.pick(&LOOKS), dice.pick(&LOOKS), dice.pick(&SHAPES));
    let rare = if number.is_multiple_of(20_000) {
        " Zephyrine"
    } else {
        ""
    };
    // Some brands are far commoner than others.
    let brand = dice.roll(400).min(dice.roll(400));
    let price = i64::try_from(100 + dice.roll(50_000)).unwrap_or(0) * 100;
    let stock = i64::try_from(dice.roll(300)).unwrap_or(0) - 30;
    let new = [
        (
            product::SKU,
            Value::text(format!(
                "{}-{:07}-{:02X}",
                &shape[..2].to_uppercase(),
                (number * 7919) % 10_000_019,
                dice.roll(256)
            )),
        ),
        (
            product::NAME,
            Value::text(format!("{look} {second} {shape} {number}{rare}")),
        ),
        (product::BRAND, Value::text(format!("Brand {brand:03}"))),
        (product::CATEGORY, Value::text(dice.pick(&KINDS))),
        (
            product::BARCODE,
            Value::text(format!("93{:011}", number * 13)),
        ),
        (
            product::DESCRIPTION,
            Value::text(format!(
                "<p>A {look} {shape} of the {second} line, number {number}.</p>"
            )),
        ),
        (product::TAGS, Value::list([look, shape])),
        (product::STOCK, Value::Number(stock.max(0))),
        (product::RRP, Value::Number(price + price / 10)),
        (product::COST, Value::Number(price / 2)),
        (product::STORE_PRICE, Value::Number(price)),
        (product::WEIGHT, Value::Number(12_500)),
        (product::ACTIVE, Value::Flag(dice.roll(20) != 0)),
    ];
    let blank = Fields::blank(PRODUCT);
    let changes = new.into_iter().map(|(field, new)| Change {
        field,
        old: blank.get(field).clone(),
        new,
    });
    Write {
        kind: PRODUCT,
        id: RecordId::new(),
        operation: Operation::Create,
        expected_version: 0,
        changes: changes.collect(),
    }
}

/// A catalogue that was written as a first import writes it.
pub struct Filled {
    /// The batch that did.
    pub batch: BatchId,
    /// Every tenth product.
    pub ids: Vec<RecordId>,
    /// How long the slowest chunk took.
    pub longest: Duration,
}

/// Writes so many products, each as it is made from its number.
pub async fn fill(store: &Store, rows: usize, make: impl Fn(usize, &mut Dice) -> Write) -> Filled {
    let new = NewBatch {
        origin: Origin::Import,
        label: "bench".into(),
        user_id: None,
        user_name: "bench".into(),
        undo_of: None,
        counts: BatchCounts::default(),
    };
    let batch = store.begin_batch(&new).await.unwrap();
    let mut dice = Dice(1);
    let products = i64::try_from(rows).unwrap_or(0);
    let fill = store.begin_fill(PRODUCT, products).await.unwrap();
    let (mut ids, mut longest) = (Vec::new(), Duration::ZERO);
    for first in (0..rows).step_by(CHUNK) {
        let numbers = first..rows.min(first + CHUNK);
        let writes: Vec<Write> = numbers.map(|number| make(number, &mut dice)).collect();
        ids.extend(writes.iter().step_by(10).map(|write| write.id));
        let chunk = Instant::now();
        let outcomes = match store.apply_together(batch, fill.as_ref()).await.unwrap() {
            Some(mut together) => {
                let outcomes = together.apply(&writes).await.unwrap();
                together.commit().await.unwrap();
                outcomes
            }
            None => store.apply(batch, &writes).await.unwrap(),
        };
        assert!(outcomes.iter().all(store::WriteOutcome::is_applied));
        longest = longest.max(chunk.elapsed());
    }
    if let Some(fill) = fill {
        fill.finish(|_| {}).await.unwrap();
    }
    let counts = BatchCounts {
        created: products,
        ..BatchCounts::default()
    };
    let finished = store.finish_batch(batch, BatchState::Done, &counts).await;
    finished.unwrap();
    Filled {
        batch,
        ids,
        longest,
    }
}
