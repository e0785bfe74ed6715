//! What is known of one channel: its record, and which field goes where.

use std::collections::BTreeMap;

use domain::channel::channel_field::{CHANNEL_FIELD, CHANNEL_NAME};
use domain::channel::shop::{BUFFER, CHANNEL, MOST, NEW_HERE, NEW_THERE, PLACE, STATE, STOCK};
use domain::channel::{
    FieldLink, ItemRole, LinkedField, Listing, Owner, ShopField, ShopFieldDef, ShopItem, Sight,
    StockRule, link_of,
};
use domain::error::Result;
use domain::record::{Field, Record};
use domain::values::{RecordId, hash};
use store::{RecordQuery, Store};

/// No channel has more fields than that.
const MOST_FIELDS: i64 = 2_000;

/// The rules of one channel, as they stand now.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The channel.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Its record.
    pub record: Record,
    /// The fields that are kept in step.
    pub fields: Vec<LinkedField>,
    /// A hash of the rules that say when a listing is in step.
    pub rules: String,
    /// Whether some of them were left out: then nothing is in step for certain.
    pub is_partial: bool,
    /// Which field goes where, be it there or not.
    links: Vec<FieldLink>,
    /// Our fields that are neither compared nor changed.
    left_out: Vec<Field>,
}

impl Shop {
    /// Reads the rules of a channel.
    pub async fn load(store: &Store, id: RecordId) -> Result<Self> {
        let record = store.get(CHANNEL, id).await?;
        let query = RecordQuery {
            of: Some((CHANNEL_NAME, id)),
            ..RecordQuery::default()
        };
        let (rows, _) = store
            .list_records(CHANNEL_FIELD, &query, 0, MOST_FIELDS)
            .await?;
        let schema = store.schema();
        let links = rows.iter().filter_map(link_of);
        let links = links.filter(|link| schema.is_shown(link.ours));
        let mut shop = Self {
            id,
            name: record.code().to_owned(),
            record,
            fields: Vec::new(),
            rules: String::new(),
            is_partial: false,
            links: links.collect(),
            left_out: Vec::new(),
        };
        shop.look_again(store).await?;
        Ok(shop)
    }

    /// Reads anew which fields the shop has: it says so when it is read, the first time as well.
    pub async fn look_again(&mut self, store: &Store) -> Result<()> {
        let known = store.reading_of(self.id).await?.fields;
        self.fields = linked(&self.links, known);
        self.rules = rules_of(&self.fields);
        self.retain();
        Ok(())
    }

    /// Leaves fields out: what the user may not see is neither compared nor changed.
    pub fn leave_out(&mut self, is_left_out: impl Fn(Field) -> bool) {
        let ours = self.links.iter().map(|link| link.ours);
        self.left_out = ours.filter(|field| is_left_out(*field)).collect();
        self.retain();
    }

    fn retain(&mut self) {
        let before = self.fields.len();
        let left_out = &self.left_out;
        self.fields
            .retain(|field| !left_out.contains(&field.link.ours));
        self.is_partial = self.fields.len() < before;
    }

    /// Which fields of listings are looked at.
    pub fn sight(&self) -> Sight {
        match self.is_partial {
            true => Sight::Open,
            false => Sight::Whole,
        }
    }

    /// Whether fields that need a right are sent to the shop.
    pub fn sends_hidden(&self) -> bool {
        let mut fields = self.fields.iter().map(|field| &field.link);
        fields
            .any(|link| link.ours.needs().is_some() && matches!(link.owner, Owner::We | Owner::Ask))
    }

    /// Who says how many there are.
    pub fn stock_owner(&self) -> Owner {
        Owner::of_word(self.record.fields.text(STOCK)).unwrap_or(Owner::Nobody)
    }

    /// The place whose stock is kept in step; empty for none.
    pub fn place(&self) -> &str {
        self.record.fields.text(PLACE)
    }

    /// How many of what is on hand the shop is told of.
    pub fn stock_rule(&self) -> StockRule {
        let fields = &self.record.fields;
        StockRule {
            buffer: fields.get(BUFFER).as_number().unwrap_or_default(),
            most: fields.get(MOST).as_number(),
        }
    }

    /// Whether what would be sent is recorded and not sent.
    pub fn rehearses(&self) -> bool {
        self.record.fields.text(STATE) == "rehearsal"
    }

    /// Whether what only the shop has is created here without asking.
    pub fn creates_here(&self) -> bool {
        self.record.fields.text(NEW_HERE) == "create"
    }

    /// Whether what only we have is created in the shop without asking.
    pub fn creates_there(&self) -> bool {
        self.record.fields.text(NEW_THERE) == "create"
    }

    /// The same field of the shop.
    pub fn field(&self, theirs: &ShopField) -> Option<&LinkedField> {
        let mut fields = self.fields.iter();
        fields.find(|field| field.link.theirs == *theirs)
    }
}

/// A hash of which field goes where, and who has the last word on it.
fn rules_of(fields: &[LinkedField]) -> String {
    let mut rules: Vec<String> = fields
        .iter()
        .map(|LinkedField { link, theirs }| {
            let (ours, owner) = (link.ours, link.owner);
            format!(
                "{ours} {} {owner:?} {:?} {:?}",
                link.theirs, theirs.kind, theirs.level
            )
        })
        .collect();
    rules.sort();
    format!("{:016x}", hash(&rules.join("\n")))
}

/// The links whose field the shop has; the others rest until it has it again.
fn linked(links: &[FieldLink], known: Vec<ShopFieldDef>) -> Vec<LinkedField> {
    let known: BTreeMap<ShopField, ShopFieldDef> = known
        .into_iter()
        .map(|def| (def.field.clone(), def))
        .collect();
    links
        .iter()
        .filter(|link| link.owner != Owner::Nobody)
        .filter_map(|link| {
            let theirs = known.get(&link.theirs)?.clone();
            let link = link.clone();
            Some(LinkedField { link, theirs })
        })
        .collect()
}

/// Which part an item plays in its family.
pub(super) fn role(item: &ShopItem) -> ItemRole {
    match (item.is_parent, &item.parent) {
        (true, _) => ItemRole::Parent,
        (false, Some(_)) => ItemRole::Variant,
        (false, None) => ItemRole::Single,
    }
}

/// What a listing is called for people: SKU and title.
pub(super) fn called(listing: &Listing) -> (String, String) {
    match &listing.item {
        Some(item) => (item.sku.clone(), item.title.clone()),
        None => (String::new(), String::new()),
    }
}
