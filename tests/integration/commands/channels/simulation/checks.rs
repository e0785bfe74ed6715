//! What holds once it was quiet for a while.

use std::collections::{BTreeMap, BTreeSet};

use sandbox::Shown;
use serde_json::{Value as Json, json};
use testing::past_the_journal;

use super::super::told;
use super::model::{cents, known, known_there, pieces};
use super::plot::{Ended, Plot};
use super::world::World;

/// So often both are synced at most until nothing is left to do.
const ROUNDS: u32 = 6;

/// A product here: SKU, texts, price, cost, stock.
struct Here {
    texts: [String; 3],
    price: i64,
    cost: i64,
    stock: i64,
}

impl World {
    /// Syncs both shops until nothing more happens.
    pub fn quiet(&mut self) {
        self.tell("quiet".to_owned());
        let mut left = Vec::new();
        for _ in 0..ROUNDS {
            let before = self.writes();
            left = (0..2).flat_map(|shop| self.sync_quietly(shop)).collect();
            if left.is_empty() && self.writes() == before {
                return;
            }
            left.push(format!("{} requests wrote", self.writes() - before));
        }
        panic!("it is never quiet: {left:#?}");
    }

    /// Syncs a shop to which nothing happens; gives what its plan had to do without a person.
    fn sync_quietly(&mut self, shop: usize) -> Vec<String> {
        let request = json!({ "id": self.channels[shop], "whole": true });
        let started = self.desks[0].ok("channels.sync", request);
        let ended = self.drive(0, &started, Plot::default());
        assert_eq!(ended, Ended::Well, "a sync to which nothing happens works");
        let plan = started["plan"].clone();
        let rows = self.rows(0, &plan);
        let codes = rows
            .iter()
            .map(|row| row["code"].as_str().unwrap().to_owned());
        self.waiting[shop] = codes.collect();
        let told = told(&rows);
        for line in &told {
            self.tell(format!("  shop {shop}: {line}"));
        }
        let ended = self.apply(0, &plan, Plot::default());
        assert_eq!(
            ended,
            Some(Ended::Well),
            "a sync to which nothing happens works"
        );
        told.into_iter()
            .filter(|line| !waits_for_a_person(line))
            .collect()
    }

    /// Everything that must hold.
    pub fn check(mut self) {
        let mut wrong = Vec::new();
        for shop in 0..2 {
            let pending = self.listings(shop, "pending");
            wrong.extend(
                pending
                    .iter()
                    .map(|row| format!("shop {shop}: on its way: {row}")),
            );
        }
        self.check_doubles(&mut wrong);
        self.check_pairs(&mut wrong);
        self.check_typed(&mut wrong);
        let clock = self.desks[0].desktop().clock.clone();
        let desks = std::mem::take(&mut self.desks);
        for desk in desks {
            desk.close();
        }
        let place = self.place.clone();
        super::desk::runtime().block_on(async {
            let left = place.open(clock).await;
            wrong.extend(past_the_journal(&left).await);
            left.close().await;
            drop(self);
            place.remove().await;
        });
        assert_eq!(wrong, [""; 0]);
    }

    fn listings(&self, shop: usize, filter: &str) -> Vec<Json> {
        let request = json!({ "channel": self.channels[shop], "filter": filter, "limit": 500 });
        let page = self.desks[0].ok("listings.list", request);
        page["rows"].as_array().unwrap().clone()
    }

    /// How often each SKU stands in a shop.
    pub fn skus_there(&self, shop: usize) -> BTreeMap<String, u32> {
        let mut counts = BTreeMap::new();
        for item in self.shown(shop) {
            if !item.sku.is_empty() {
                *counts.entry(item.sku).or_default() += 1;
            }
        }
        counts
    }

    fn check_doubles(&self, wrong: &mut Vec<String>) {
        let mut here = BTreeSet::new();
        for (sku, _) in self.skus_here() {
            if !here.insert(sku.clone()) {
                wrong.push(format!("{sku} stands here twice"));
            }
        }
        for shop in 0..2 {
            let first = &self.model.there_at_first[shop];
            for (sku, count) in self.skus_there(shop) {
                if count > first.get(&sku).copied().unwrap_or(1) {
                    wrong.push(format!("{sku} stands {count} times in shop {shop}"));
                }
            }
        }
    }

    fn products_here(&self) -> BTreeMap<String, Here> {
        let column = |column: &str, number: &str| {
            let sql = format!(
                "select coalesce({column}, ''), cast(coalesce({number}, 0) as signed) from products \
                 where deleted = 0 order by sku"
            );
            let sql = match self.place {
                testing::Place::File(_) => sql.replace("as signed", "as integer"),
                testing::Place::Server(_) => sql,
            };
            self.desks[0].block(self.place.rows(&sql))
        };
        let columns = [
            column("sku", "store_price"),
            column("name", "cost"),
            column("brand", "stock"),
            column("description", "store_price"),
        ];
        let [skus, names, brands, htmls] = columns;
        let rows = skus.into_iter().zip(names).zip(brands).zip(htmls);
        rows.map(
            |((((sku, price), (name, cost)), (brand, stock)), (html, _))| {
                let texts = [name, brand, html];
                (
                    sku,
                    Here {
                        texts,
                        price,
                        cost,
                        stock,
                    },
                )
            },
        )
        .collect()
    }

    /// Every pair agrees, as far as the shop has the field and no person is waited for.
    fn check_pairs(&self, wrong: &mut Vec<String>) {
        let here = self.products_here();
        for shop in 0..2 {
            let counts = self.skus_there(shop);
            let there = self.shown(shop).into_iter();
            let there: BTreeMap<String, Shown> =
                there.map(|item| (item.sku.clone(), item)).collect();
            for row in self.listings(shop, "linked") {
                let sku = row["sku"].as_str().unwrap();
                let code = row["record"]["sku"].as_str().unwrap_or_default();
                let is_clear = counts.get(sku) == Some(&1) && row["gone"] == false;
                let (Some(ours), Some(theirs)) = (here.get(code), there.get(sku)) else {
                    continue;
                };
                if !is_clear || self.waiting[shop].contains(code) {
                    continue;
                }
                if !self.model.differ.contains(code) {
                    for (one, other) in compared(ours, theirs) {
                        if one != other && !is_of_the_shop(&one, &other) {
                            wrong.push(format!("{code}: here {one:?}, in shop {shop} {other:?}"));
                        }
                    }
                }
                self.check_stock(shop, (code, ours), theirs, wrong);
            }
        }
    }

    fn check_stock(
        &self,
        shop: usize,
        (code, ours): (&str, &Here),
        theirs: &Shown,
        wrong: &mut Vec<String>,
    ) {
        let Some(there) = theirs.stock else { return };
        let by_merchant = self.model.left_there.get(&(shop, theirs.id.clone())) == Some(&there);
        let may_differ =
            (by_merchant && !self.rules.asks_stock) || self.model.differ.contains(code);
        // Sold below nothing there, it is so here as well.
        let is_told = [ours.stock, ours.stock.max(0)].contains(&there);
        if !is_told && !may_differ {
            let here = ours.stock;
            wrong.push(format!(
                "{code}: {here} in stock here, {there} in shop {shop}"
            ));
        }
    }

    /// What a user typed stands somewhere, or a user typed over it, or decided against it and a line says so.
    fn check_typed(&self, wrong: &mut Vec<String>) {
        let alive = self.alive();
        let (replaced, sent) = self.told_by_history();
        self.check_sent(&sent, wrong);
        for typed in &self.model.typed {
            let value = &typed.value;
            if alive.contains(value)
                || self.model.is_typed_over(value)
                || self.model.gone.contains(value)
                || self.model.crossed.contains(value)
            {
                continue;
            }
            let at = &typed.at;
            match self.model.decided.contains(value) {
                false => wrong.push(format!("{value:?}, typed at {at}, is gone")),
                true if replaced.contains(value) => {}
                true if self.model.is_counted_again(typed) || self.model.is_deleted(typed) => {}
                true => wrong.push(format!(
                    "no line says what became of {value:?}, typed at {at}"
                )),
            }
        }
    }

    /// Everything that stands somewhere.
    fn alive(&self) -> BTreeSet<String> {
        let mut alive = BTreeSet::new();
        for (column, number) in [
            ("name", "store_price"),
            ("brand", "cost"),
            ("description", "stock"),
        ] {
            let cast = match self.place {
                testing::Place::File(_) => "integer",
                testing::Place::Server(_) => "signed",
            };
            let sql = format!(
                "select coalesce({column}, ''), cast(coalesce({number}, 0) as {cast}) from products"
            );
            for (text, number) in self.desks[0].block(self.place.rows(&sql)) {
                alive.extend([text, cents(number / 100), pieces(number)]);
            }
        }
        for shop in 0..2 {
            alive.extend(self.shown(shop).iter().flat_map(known_there));
        }
        alive
    }

    /// What the history says was replaced, and what it says was sent to shops.
    fn told_by_history(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut replaced, mut sent) = (BTreeSet::new(), BTreeSet::new());
        let mut before = Json::Null;
        loop {
            let request = json!({ "before": before, "limit": 500 });
            let page = self.desks[0].ok("history.list", request);
            for entry in page["entries"].as_array().unwrap() {
                for change in entry["changes"].as_array().unwrap() {
                    let field = change["field"].as_str().unwrap_or_default();
                    replaced.insert(known(field, &change["old"]));
                    if entry["kind"] == "listing" {
                        sent.insert(known(field, &change["new"]));
                    }
                }
            }
            before = page["next"].clone();
            if before.is_null() {
                return (replaced, sent);
            }
        }
    }

    /// What was typed here and stands in a shop was sent there, and a line says so.
    fn check_sent(&self, sent: &BTreeSet<String>, wrong: &mut Vec<String>) {
        for shop in 0..2 {
            let there: BTreeSet<String> = self.shown(shop).iter().flat_map(known_there).collect();
            for typed in &self.model.typed {
                let is_of_here = typed.at.ends_with("here") && !typed.value.ends_with("pieces");
                if is_of_here && there.contains(&typed.value) && !sent.contains(&typed.value) {
                    let value = &typed.value;
                    wrong.push(format!(
                        "no line says that {value:?} was sent to shop {shop}"
                    ));
                }
            }
        }
    }
}

/// What both sides hold, field by field; of what the shop has.
fn compared(ours: &Here, theirs: &Shown) -> Vec<(String, String)> {
    let texts = [&theirs.title, &theirs.brand, &theirs.html];
    let pairs = ours.texts.iter().zip(texts);
    let mut compared: Vec<(String, String)> = pairs
        .filter_map(|(ours, theirs)| {
            Some((ours.trim().to_owned(), theirs.as_ref()?.trim().to_owned()))
        })
        .collect();
    for (ours, theirs) in [(ours.price, theirs.price), (ours.cost, theirs.cost)] {
        compared.extend(theirs.map(|theirs| (cents(ours / 100), cents(theirs))));
    }
    compared
}

/// Whether a product that was created there without a brand has that of the shop: both began with that.
fn is_of_the_shop(ours: &str, theirs: &str) -> bool {
    ours.is_empty() && theirs == "Practice shop"
}

/// Whether a line of a plan is one that waits for a person, and not for another sync.
fn waits_for_a_person(line: &str) -> bool {
    ["← conflict", "← error", "← skipped", "→ error", "→ skipped"]
        .iter()
        .any(|word| line.starts_with(word))
}
