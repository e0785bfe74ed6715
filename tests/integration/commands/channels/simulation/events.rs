//! What happens between the syncs: users here and merchants there do what they do.

use rand::RngExt as _;
use sandbox::{Edit, Shown};
use serde_json::{Value as Json, json};

use super::model::{cents, known, known_there, pieces};
use super::world::World;

impl World {
    /// One step of a seed.
    pub fn step(&mut self) {
        match self.random.random_range(0..32) {
            0..5 => self.edit_here(),
            5..10 => self.edit_some_there(),
            10 => self.make_here(),
            11 => self.make_there(),
            12 => self.trash_or_restore(),
            13 => self.take_out_of_sale(),
            14..16 => self.want_here(),
            16 => self.let_time_pass(),
            17..19 => self.undo(),
            19..23 if self.desks.len() > 1 => self.sync_together(),
            _ => self.sync(),
        }
    }

    /// A user or a merchant edits something.
    pub fn somebody_edits(&mut self) {
        match self.random.random_range(0..5) {
            0..2 => self.edit_here(),
            2..4 => self.edit_some_there(),
            _ => self.trash_or_restore(),
        }
    }

    /// SKUs here, those in the trash with 1.
    pub fn skus_here(&self) -> Vec<(String, i64)> {
        let sql = "select sku, deleted from products order by sku";
        self.desks[0].block(self.place.rows(sql))
    }

    fn some_sku(&mut self, is_trashed: bool) -> Option<String> {
        let wanted = i64::from(is_trashed);
        let skus = self.skus_here().into_iter();
        let skus: Vec<String> = skus
            .filter(|(_, deleted)| *deleted == wanted)
            .map(|(sku, _)| sku)
            .collect();
        if skus.is_empty() {
            return None;
        }
        if self.goes_on() && skus.contains(&self.model.last_edited) {
            return Some(self.model.last_edited.clone());
        }
        Some(skus[self.random.random_range(0..skus.len())].clone())
    }

    /// Whether the same product is edited again.
    fn goes_on(&mut self) -> bool {
        self.random.random_range(0..100) < super::AGAIN
    }

    fn edit_here(&mut self) {
        let desk = self.some_desk();
        let Some(sku) = self.some_sku(false) else {
            return;
        };
        let found = self.desks[desk].ok("products.find", json!({ "skus": [sku] }));
        let record = &found[0];
        let (mut changes, mut typed) = (Vec::new(), Vec::new());
        for _ in 0..self.random.random_range(1..=3) {
            let number = self.model.number();
            let (field, new) = match self.random.random_range(0..6) {
                0 => ("name", json!(format!("Name {number}"))),
                1 => ("brand", json!(format!("Brand {number}"))),
                2 => ("description", json!(format!("<p>Text {number}</p>"))),
                3 => ("store_price", json!(number * 10_000 + 3_700)),
                4 => ("cost", json!(number * 10_000 + 1_300)),
                _ => ("stock", json!(number * 10)),
            };
            let old = &record["fields"][field];
            if changes.iter().any(|change: &Json| change["field"] == field) || *old == new {
                continue;
            }
            typed.push((known(field, &new), known(field, old)));
            changes.push(json!({ "field": field, "old": old, "new": new }));
        }
        let told = format!("desktop {desk} edits {sku}: {}", json!(changes));
        let request =
            json!({ "id": record["id"], "version": record["version"], "changes": changes });
        let done = self.desks[desk].call("products.update", request);
        self.tell(format!("{told}: {:?}", done.as_ref().err()));
        if done.is_ok() {
            for (value, over) in typed {
                self.model.types(value, over, &format!("{sku} here"));
            }
            self.model.last_edited = sku;
        }
    }

    fn some_there(&mut self, is_meant: impl Fn(&Shown) -> bool) -> Option<(usize, Shown)> {
        let shop = self.random.random_range(0..2);
        let items: Vec<Shown> = self.shown(shop).into_iter().filter(is_meant).collect();
        if items.is_empty() {
            return None;
        }
        let same = items
            .iter()
            .find(|item| !item.sku.is_empty() && item.sku == self.model.last_edited);
        if let Some(same) = same.cloned().filter(|_| self.goes_on()) {
            return Some((shop, same));
        }
        let at = self.random.random_range(0..items.len());
        Some((shop, items[at].clone()))
    }

    fn edit_some_there(&mut self) {
        let number = self.model.number();
        let kind = self.random.random_range(0..6);
        let found = self.some_there(|item| match kind {
            0 | 1 => item.parent.is_none(),
            2 | 3 => item.price.is_some(),
            _ => item.stock.is_some(),
        });
        let Some((shop, item)) = found else { return };
        self.model.last_edited.clone_from(&item.sku);
        let on = item.id.clone();
        let price = number * 100 + 37;
        let (edit, typed) = match kind {
            0 => {
                let title = format!("Name {number}");
                (
                    Edit::Title {
                        on,
                        title: title.clone(),
                    },
                    Some((title, item.title.clone())),
                )
            }
            1 => {
                let html = format!("<p>Text {number}</p>");
                (
                    Edit::Description {
                        on,
                        html: html.clone(),
                    },
                    Some((html, item.html.clone())),
                )
            }
            2 | 3 => (
                Edit::Price { on, price },
                Some((cents(price), item.price.map(cents))),
            ),
            4 => (
                Edit::Sale {
                    on,
                    quantity: number % 4 + 1,
                },
                None,
            ),
            _ => (
                Edit::Stock {
                    on,
                    quantity: number * 10,
                },
                None,
            ),
        };
        if !self.edit_there(shop, &edit) {
            return;
        }
        match typed {
            Some((value, over)) => {
                let at = format!("{} in shop {shop}", item.sku);
                self.model.types(value, over.unwrap_or_default(), &at);
            }
            None => self.count_there(shop, &item),
        }
    }

    /// A merchant left another number there.
    fn count_there(&mut self, shop: usize, before: &Shown) {
        let mut now = self.shown(shop).into_iter();
        let left = now.find(|now| now.id == before.id);
        let Some(left) = left.and_then(|now| now.stock) else {
            return;
        };
        let over = before.stock.map(pieces).unwrap_or_default();
        let at = format!("{} in shop {shop}", before.sku);
        self.model.types(pieces(left), over, &at);
        if !self.rules.asks_stock {
            self.model.decided.insert(pieces(left));
        }
        self.model
            .left_there
            .insert((shop, before.id.clone()), left);
    }

    fn make_here(&mut self) {
        let (desk, number) = (self.some_desk(), self.model.number());
        let sku = format!("NEW-{number}");
        let (name, brand) = (format!("Name {number}"), format!("Brand {number}"));
        let price = number * 10_000 + 3_700;
        let fields = json!({
            "sku": sku, "name": name, "brand": brand, "store_price": price,
            "stock": number * 10,
        });
        let made = self.desks[desk].ok("products.create", json!({ "fields": fields }));
        self.tell(format!("desktop {desk} makes {sku}"));
        for value in [name, brand, cents(price / 100), pieces(number * 10)] {
            self.model
                .types(value, String::new(), &format!("{sku} here"));
        }
        for shop in 0..2 {
            if self.random.random_bool(0.7) {
                let records = json!([made["record"]["id"]]);
                let request =
                    json!({ "channel": self.channels[shop], "records": records, "wanted": true });
                self.desks[desk].ok("listings.want", request);
                self.tell(format!("  wanted in shop {shop}"));
            }
        }
    }

    fn make_there(&mut self) {
        let (shop, number) = (self.random.random_range(0..2), self.model.number());
        let (title, price) = (format!("Name {number}"), number * 100 + 37);
        let sku = format!("MER-{number}");
        let edit = Edit::AddProduct {
            title: title.clone(),
            sku: sku.clone(),
            price,
        };
        if self.edit_there(shop, &edit) {
            for value in [title, cents(price)] {
                self.model
                    .types(value, String::new(), &format!("{sku} in shop {shop}"));
            }
        }
    }

    fn trash_or_restore(&mut self) {
        let (desk, is_trashed) = (self.some_desk(), self.random.random());
        let Some(sku) = self.some_sku(is_trashed) else {
            return;
        };
        let found = self.desks[desk].ok("products.find", json!({ "skus": [sku] }));
        let command = if is_trashed {
            "products.restore"
        } else {
            "products.trash"
        };
        let moved = self.desks[desk].call(command, json!({ "ids": [found[0]["id"]] }));
        self.tell(format!("{command} {sku}: {:?}", moved.err()));
    }

    /// A merchant archives a product, or deletes it with all that stood in it.
    fn take_out_of_sale(&mut self) {
        let Some((shop, item)) = self.some_there(|item| item.parent.is_none()) else {
            return;
        };
        let on = item.id.clone();
        if self.random.random() {
            self.edit_there(shop, &Edit::Archive { on });
            return;
        }
        let family = self.shown(shop).into_iter();
        let family = family.filter(|one| one.id == on || one.parent.as_deref() == Some(&*on));
        let family: Vec<Shown> = family.collect();
        let gone: Vec<String> = family.iter().flat_map(known_there).collect();
        if self.edit_there(shop, &Edit::Delete { on }) {
            self.model.gone.extend(gone);
            let at = family
                .iter()
                .map(|one| format!("{} in shop {shop}", one.sku));
            self.model.deleted_at.extend(at);
        }
    }

    /// A user wants here what looks like nothing that is here.
    fn want_here(&mut self) {
        let (desk, shop) = (self.some_desk(), self.random.random_range(0..2));
        let channel = self.channels[shop].clone();
        let request = json!({ "channel": channel, "filter": "unmatched", "limit": 500 });
        let page = self.desks[desk].ok("listings.list", request);
        let rows = page["rows"].as_array().unwrap().iter();
        let rows = rows.filter(|row| row["candidates"].as_array().is_none_or(Vec::is_empty));
        let links = rows.map(|row| json!({ "listing": row["id"], "link": "wanted_here" }));
        let links: Vec<Json> = links.collect();
        self.tell(format!(
            "desktop {desk} wants {} of shop {shop} here",
            links.len()
        ));
        self.desks[desk].ok(
            "listings.link",
            json!({ "channel": channel, "links": links }),
        );
    }

    fn let_time_pass(&mut self) {
        let minutes = self.random.random_range(1..3_000);
        self.tell(format!("{minutes} minutes pass"));
        self.north.clock().advance(minutes * 60_000);
        self.outlet.clock().advance(minutes * 60_000);
    }
}
