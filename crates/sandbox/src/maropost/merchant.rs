//! What the merchant does in the control panel.

use jiff::Timestamp;

use super::items::{Item, Specific};
use super::number;
use super::orders;
use super::settings::{NegativeStock, Settings};
use super::state::State;
use crate::{Edit, Shown};

/// Changes something as the merchant would, or says why it cannot be done.
pub(crate) fn edit(
    state: &mut State,
    settings: &Settings,
    edit: &Edit,
    now: Timestamp,
) -> Result<(), String> {
    let mut desk = Desk {
        state,
        settings,
        now,
    };
    match edit {
        Edit::Price { on, price } => {
            let id = desk.find(on)?;
            desk.put(
                id,
                "DefaultPrice",
                &number::price(price.saturating_mul(100)),
            );
        }
        Edit::Title { on, title } => {
            let root = desk.root(on)?;
            desk.put(root, "Name", &title.chars().take(150).collect::<String>());
        }
        Edit::Description { on, html } => {
            let root = desk.root(on)?;
            desk.put(root, "Description", html);
        }
        Edit::Sku { on, sku } => desk.rename(on, sku)?,
        Edit::Barcode { on, barcode } => {
            let id = desk.find(on)?;
            desk.put(id, "UPC", barcode);
        }
        Edit::Sale { on, quantity } => desk.stock(on, |there| there.saturating_sub(*quantity))?,
        Edit::Stock { on, quantity } => desk.stock(on, |_| *quantity)?,
        Edit::Archive { on } => {
            for id in desk.family(on)? {
                desk.put(id, "IsActive", "False");
                desk.put(id, "Approved", "False");
            }
        }
        Edit::Delete { on } => {
            for id in desk.family(on)? {
                desk.state.items.remove(id);
            }
        }
        Edit::DeleteVariant { on } => desk.delete_variant(on)?,
        Edit::AddProduct { title, sku, price } => {
            let id = desk.add(sku, *price)?;
            desk.put(id, "Name", title);
        }
        Edit::AddVariant {
            on,
            value,
            sku,
            price,
        } => desk.add_variant(on, value, sku, *price)?,
        Edit::RenameOption { on, from, to } => desk.rename_option(on, from, to)?,
        _ => return orders::edit(desk.state, settings, edit, now),
    }
    Ok(())
}

/// What the merchant sees.
pub(crate) fn shown(state: &State) -> Vec<Shown> {
    let warehouse = state.primary_warehouse();
    let mut shown: Vec<Shown> = state
        .items
        .all()
        .map(|item| {
            let has_variants = !state.items.variants(&item.sku).is_empty();
            let text = |name: &str| Some(item.value(name).to_owned());
            let parent = state.items.find(item.parent());
            Shown {
                id: item.id.to_string(),
                parent: parent.map(|id| id.to_string()),
                sku: item.sku.clone(),
                title: text("Name"),
                brand: text("Brand"),
                html: text("Description"),
                price: number::parse(item.value("DefaultPrice")).map(|price| price / 100),
                cost: number::parse(item.value("CostPrice")).map(|cost| cost / 100),
                stock: (!has_variants && item.value("IsInventoried") != "False")
                    .then(|| item.stock.get(&warehouse).copied().unwrap_or(0)),
            }
        })
        .collect();
    shown.sort_by_key(|item| item.parent.is_some());
    shown
}

/// The merchant at the control panel.
struct Desk<'a> {
    state: &'a mut State,
    settings: &'a Settings,
    now: Timestamp,
}

impl Desk<'_> {
    /// The item with that id, or else that SKU.
    fn find(&self, on: &str) -> Result<u64, String> {
        let by_id = on
            .parse()
            .ok()
            .filter(|id| self.state.items.get(*id).is_some());
        let found = by_id.or_else(|| self.state.items.find(on));
        found.ok_or_else(|| format!("There is no item {on}."))
    }

    /// The parent of the item, or the item itself.
    fn root(&self, on: &str) -> Result<u64, String> {
        let id = self.find(on)?;
        let parent = self
            .state
            .items
            .get(id)
            .map(Item::parent)
            .unwrap_or_default();
        Ok(self.state.items.find(parent).unwrap_or(id))
    }

    /// The root and its variants.
    fn family(&self, on: &str) -> Result<Vec<u64>, String> {
        let root = self.root(on)?;
        let mut family = vec![root];
        family.extend(self.variants(root));
        Ok(family)
    }

    fn variants(&self, root: u64) -> Vec<u64> {
        let sku = self.state.items.get(root).map(|item| item.sku.clone());
        self.state.items.variants(&sku.unwrap_or_default())
    }

    fn change(&mut self, id: u64, change: impl FnOnce(&mut Item)) {
        let now = self.now;
        self.state.items.change(id, |item| {
            change(item);
            item.updated = now;
        });
    }

    fn put(&mut self, id: u64, name: &str, text: &str) {
        self.change(id, |item| item.put(name, text));
    }

    fn free(&self, sku: &str) -> Result<(), String> {
        if sku.is_empty() {
            return Err("An item of Maropost cannot be without a SKU.".to_owned());
        }
        match self.state.items.find(sku) {
            Some(_) => Err(format!("The SKU {sku} is taken.")),
            None => Ok(()),
        }
    }

    fn rename(&mut self, on: &str, sku: &str) -> Result<(), String> {
        let id = self.find(on)?;
        self.free(sku)?;
        self.state.items.rename(id, sku);
        self.change(id, |_| {});
        Ok(())
    }

    fn stock(&mut self, on: &str, change: impl FnOnce(i64) -> i64) -> Result<(), String> {
        let id = self.find(on)?;
        if !self.variants(id).is_empty() {
            return Err(format!("{on} is a parent: only its variants have stock."));
        }
        let warehouse = self.state.primary_warehouse();
        let stops = self.settings.negative_stock == NegativeStock::StopsAtZero;
        let now = self.settings.stock_moves_date_updated.then_some(self.now);
        self.state.items.change(id, |item| {
            let quantity = item.stock.entry(warehouse).or_default();
            *quantity = change(*quantity);
            if stops {
                *quantity = (*quantity).max(0);
            }
            item.updated = now.unwrap_or(item.updated);
        });
        Ok(())
    }

    fn delete_variant(&mut self, on: &str) -> Result<(), String> {
        let id = self.find(on)?;
        let root = self.root(on)?;
        if root == id || self.variants(root).len() < 2 {
            return Err(format!(
                "{on} is no variant, or the last one of its product."
            ));
        }
        self.state.items.remove(id);
        self.change(root, |_| {});
        Ok(())
    }

    fn add(&mut self, sku: &str, price: i64) -> Result<u64, String> {
        self.free(sku)?;
        let id = self.state.items.add(sku, self.now);
        let unsaid = &self.settings.unsaid;
        self.state.items.change(id, |item| {
            unsaid.iter().for_each(|(name, text)| item.put(name, text));
            item.put("DefaultPrice", &number::price(price.saturating_mul(100)));
        });
        Ok(id)
    }

    fn add_variant(&mut self, on: &str, value: &str, sku: &str, price: i64) -> Result<(), String> {
        let root = self.root(on)?;
        let sibling = self
            .variants(root)
            .first()
            .and_then(|id| self.state.items.get(*id));
        let mut specifics = sibling
            .map(|item| item.specifics.clone())
            .unwrap_or_default();
        let Some(first) = specifics.first_mut() else {
            return Err(format!("{on} has no options."));
        };
        value.clone_into(&mut first.value);
        let parent = self.state.items.get(root);
        let parent = parent.map(|item| (item.sku.clone(), item.value("Name").to_owned()));
        let (parent, name) = parent.unwrap_or_default();
        let id = self.add(sku, price)?;
        self.change(id, |item| {
            item.put("Name", &format!("{name} - {value}"));
            item.put("ParentSKU", &parent);
            item.specifics = specifics;
        });
        Ok(())
    }

    fn rename_option(&mut self, on: &str, from: &str, to: &str) -> Result<(), String> {
        let root = self.root(on)?;
        let has = |specific: &Specific| specific.name == from;
        let mut renamed = false;
        for id in self.variants(root) {
            let item = self.state.items.get(id);
            if item.is_some_and(|item| item.specifics.iter().any(has)) {
                renamed = true;
                self.change(id, |item| {
                    let found = item.specifics.iter_mut().find(|specific| has(specific));
                    found
                        .into_iter()
                        .for_each(|specific| to.clone_into(&mut specific.name));
                });
            }
        }
        if renamed {
            Ok(())
        } else {
            Err(format!("{on} has no option {from}."))
        }
    }
}
