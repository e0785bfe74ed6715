//! Families of variants: what a family is, all combinations of options as new variants, a product that
//! becomes the first variant of a parent, moves between families, names of options and values, and order.
//! Each is one batch, which one undo takes back.

mod generate;
mod moves;
mod rename;
mod template;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::call::Call;
use super::records::{Changed, Proposed, SelectRecord, change_together, hidden};
use domain::catalog::product::{
    ACTIVE, BARCODE, COST, MAIN_IMAGE, NAME, OPTION1_NAME, OPTION1_VALUE, OPTION2_NAME,
    OPTION2_VALUE, OPTION3_NAME, OPTION3_VALUE, PARENT_SKU, PRODUCT, PROMO_PRICE, RRP, SKU, STOCK,
    STORE_PRICE, VARIANT_POSITION, WEIGHT,
};
use domain::catalog::variants::{FamilyChanges, options_of};
use domain::catalog::{OptionValues, SkuPattern};
use domain::error::{Code, Error, Result};
use domain::plan::Origin;
use domain::record::{Field, Fields, Record, Value};
use domain::values::RecordId;
use store::Store;

pub use generate::{GenerateVariants, PlannedVariant, VariantEdit, VariantPlan};
pub use moves::{MakeParent, MoveVariants, MovedVariant};
pub use rename::{OrderVariants, RenameOption, RenameOptionValue};

pub(super) use generate::{generate, plan};
pub(super) use moves::{make_parent, move_to};
pub(super) use rename::{order, rename_option, rename_value};

/// What the table of variants shows of each.
const SHOWN: [Field; 18] = [
    SKU,
    NAME,
    OPTION1_NAME,
    OPTION1_VALUE,
    OPTION2_NAME,
    OPTION2_VALUE,
    OPTION3_NAME,
    OPTION3_VALUE,
    STORE_PRICE,
    RRP,
    COST,
    PROMO_PRICE,
    STOCK,
    BARCODE,
    WEIGHT,
    ACTIVE,
    VARIANT_POSITION,
    MAIN_IMAGE,
];

/// The variants of a product, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VariantList {
    /// The options of the family, with all values that its variants have.
    pub options: Vec<OptionValues>,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The pattern that is proposed for the SKUs of new ones.
    pub sku_pattern: String,
}

/// A variant as the table of its family shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// Its id.
    pub id: RecordId,
    /// Its version.
    pub version: i64,
    /// What is shown of it; fields that the user may not see are left out.
    pub fields: BTreeMap<Field, Value>,
}

/// The variants of a product.
pub(super) async fn list(call: &Call, request: SelectRecord) -> Result<VariantList> {
    let family = Family::read(call, request.id).await?;
    let options = family.options();
    let names: Vec<String> = options.iter().map(|option| option.name.clone()).collect();
    let variants = family.variants.iter().map(|variant| Variant {
        id: variant.id,
        version: variant.version,
        fields: shown(call, &variant.fields),
    });
    Ok(VariantList {
        variants: variants.collect(),
        sku_pattern: SkuPattern::proposed(&names),
        options,
    })
}

fn shown(call: &Call, fields: &Fields) -> BTreeMap<Field, Value> {
    let seen = SHOWN.into_iter().filter(|field| hidden::sees(call, *field));
    seen.map(|field| (field, fields.get(field).clone()))
        .collect()
}

/// A product with the variants that are not in the trash, in their order.
struct Family {
    store: Store,
    parent: Record,
    variants: Vec<Record>,
}

impl Family {
    async fn read(call: &Call, id: RecordId) -> Result<Self> {
        let store = call.store()?;
        let parent = store.get(PRODUCT, id).await?;
        Self::of(store, parent).await
    }

    async fn of(store: Store, parent: Record) -> Result<Self> {
        let mut variants = store.children_of(PRODUCT, &[parent.id], false).await?;
        let place = |record: &Record| record.fields.get(VARIANT_POSITION).as_number();
        variants.sort_by(|one, other| {
            let by_place = place(one).cmp(&place(other));
            by_place.then_with(|| one.code().cmp(other.code()))
        });
        Ok(Self {
            store,
            parent,
            variants,
        })
    }

    fn options(&self) -> Vec<OptionValues> {
        options_of(self.variants.iter().map(|variant| &variant.fields))
    }

    /// The place of the last variant.
    fn last(&self) -> i64 {
        let places = self.variants.iter();
        let places = places.filter_map(|of| of.fields.get(VARIANT_POSITION).as_number());
        places.max().unwrap_or_default()
    }

    /// Refuses a product that cannot have variants.
    fn check_parent(&self) -> Result<()> {
        let sku = self.parent.code();
        if self.parent.trashed {
            let message = format!("{sku} lies in the trash.");
            return Err(Error::new(Code::Conflict, message).hint("Restore it first."));
        }
        if self.parent.parent().is_some() {
            let parent = self.parent.fields.text(PARENT_SKU);
            let message = format!("{sku} is a variant itself, and a variant has no variants.");
            return Err(Error::invalid(message).hint(format!("Look at {parent}, its product.")));
        }
        Ok(())
    }

    /// Writes what some of the variants get, as one batch.
    async fn change(&self, call: &Call, changes: FamilyChanges) -> Result<Changed> {
        let proposed = self.variants.iter().filter_map(|variant| {
            let change = changes.get(&variant.id)?.clone();
            Proposed::update(variant, [change])
        });
        let proposed = proposed.collect();
        change_together(call, (Origin::BulkEdit, label(&self.parent)), proposed).await
    }
}

/// What batches of a family are called.
fn label(parent: &Record) -> String {
    format!("variants of {}", parent.code())
}
