//! All combinations of options as new variants: what would be made, and making it.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::template::{check_editable, check_names, common};
use super::{Family, label, shown};
use crate::commands::call::Call;
use crate::commands::records::{
    Changed, FieldProblem, Proposed, change_together, check_fits, hidden, is_taken,
};
use crate::jobs::grouped;
use domain::catalog::product::{MOST_VARIANTS, NAME, PRODUCT, SKU, options_key};
use domain::catalog::variants::{
    combinations, is_same, name_of, option_fields, options_of, tidied,
};
use domain::catalog::{OptionPair, OptionValues, SkuPattern};
use domain::error::{Error, Result};
use domain::plan::{Existing, ImportOnly, Origin, Outcome, propose};
use domain::record::{Field, Record, Value};
use domain::values::RecordId;

/// `products.plan_variants` and `products.generate_variants`: the missing combinations of options of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenerateVariants {
    /// The product.
    pub id: RecordId,
    /// Up to three options with their values.
    pub options: Vec<OptionValues>,
    /// How the SKUs are made: `{sku}-{colour:3:upper}-{size}`. The proposed pattern when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sku_pattern: Option<String>,
    /// The variant whose prices and other fields are copied; the product when it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub copy_from: Option<RecordId>,
    /// Whether its stock is copied, too; otherwise the new ones have none.
    #[serde(default)]
    pub copy_stock: bool,
    /// Combinations that are not wanted, each by its values.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<Vec<String>>>")]
    pub except: Vec<Vec<String>>,
    /// What is changed of single ones.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<VariantEdit>>")]
    pub edits: Vec<VariantEdit>,
}

/// Values that were typed for one combination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VariantEdit {
    /// The combination, by its values.
    pub values: Vec<String>,
    /// What it gets instead of what is copied.
    pub fields: BTreeMap<Field, Value>,
}

/// What would be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VariantPlan {
    /// Every combination, in the order of the values.
    pub rows: Vec<PlannedVariant>,
    /// How many would be created.
    pub created: i64,
    /// How many are there already and stay as they are.
    pub unchanged: i64,
    /// How many are left out.
    pub skipped: i64,
    /// How many cannot be created.
    pub errors: i64,
    /// What to know of the family.
    pub notes: Vec<String>,
    /// The pattern by which the SKUs are made.
    pub sku_pattern: String,
}

/// One combination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlannedVariant {
    /// Its values, in the order of the options.
    pub values: Vec<String>,
    /// What happens: `create`, `unchanged` where it is there already, `skipped` where it is left out, `error`.
    pub outcome: Outcome,
    /// The variant as it would be, or as it is.
    pub fields: BTreeMap<Field, Value>,
    /// The broken rules.
    pub problems: Vec<FieldProblem>,
}

/// Says what would be made; nothing is written.
pub(in crate::commands) async fn plan(
    call: &Call,
    request: GenerateVariants,
) -> Result<VariantPlan> {
    let (_, plan) = Planner::read(call, request).await?.plan().await?;
    Ok(plan)
}

/// Makes the variants, as one batch.
pub(in crate::commands) async fn generate(
    call: &Call,
    request: GenerateVariants,
) -> Result<Changed> {
    let planner = Planner::read(call, request).await?;
    let (records, plan) = planner.plan().await?;
    if let Some(row) = plan.rows.iter().find(|row| row.outcome == Outcome::Error) {
        let (count, values) = (grouped(plan.errors), row.values.join(" / "));
        let why = row.problems.first().map_or("", |problem| &problem.message);
        let message = match plan.errors {
            1 => format!("{values} cannot be created: {why}"),
            _ => format!("{count} variants cannot be created, such as {values}: {why}"),
        };
        return Err(Error::invalid(message).hint("Leave them out, or change them."));
    }
    let proposed = records.into_iter().map(Proposed::create).collect();
    let label = label(&planner.family.parent);
    change_together(call, (Origin::BulkEdit, label), proposed).await
}

struct Planner<'a> {
    call: &'a Call,
    family: Family,
    options: Vec<OptionValues>,
    pattern: SkuPattern,
    /// The pattern as it is written.
    written: String,
    /// What every new variant has, but for what is its own.
    common: Vec<(Field, Value)>,
    request: GenerateVariants,
}

impl<'a> Planner<'a> {
    async fn read(call: &'a Call, request: GenerateVariants) -> Result<Self> {
        let family = Family::read(call, request.id).await?;
        family.check_parent()?;
        let options = tidied(&request.options).map_err(Error::invalid)?;
        check_names(&family, &options)?;
        let names: Vec<String> = options.iter().map(|option| option.name.clone()).collect();
        let proposed = || SkuPattern::proposed(&names);
        let written = request.sku_pattern.clone().unwrap_or_else(proposed);
        let pattern = SkuPattern::parse(&written, &names).map_err(|problem| {
            Error::invalid("The SKUs cannot be made like that.").field("skuPattern", problem)
        })?;
        let schema = family.store.schema();
        for edit in &request.edits {
            hidden::refuse(call, edit.fields.keys().copied())?;
            for (field, value) in &edit.fields {
                check_fits(PRODUCT, &schema, *field, value)?;
                check_editable(*field, schema.label(*field))?;
            }
        }
        let common = common(call, &family, (request.copy_from, request.copy_stock))?;
        Ok(Self {
            call,
            family,
            options,
            pattern,
            written,
            common,
            request,
        })
    }

    /// The records that would be created, and all combinations for people.
    async fn plan(&self) -> Result<(Vec<Record>, VariantPlan)> {
        let mut there: HashMap<String, &Record> = HashMap::new();
        for variant in &self.family.variants {
            there.extend(options_key(&variant.fields).map(|key| (key, variant)));
        }
        let combinations = combinations(&self.options);
        let mut rows: Vec<Row> = combinations
            .into_iter()
            .map(|pairs| self.row(pairs, &there))
            .collect();
        self.check_skus(&mut rows).await?;
        let count = |outcome| {
            let of = rows.iter().filter(|row| row.outcome == outcome);
            i64::try_from(of.count()).unwrap_or(i64::MAX)
        };
        let plan = VariantPlan {
            created: count(Outcome::Create),
            unchanged: count(Outcome::Unchanged),
            skipped: count(Outcome::Skipped),
            errors: count(Outcome::Error),
            notes: self.notes(),
            sku_pattern: self.written.clone(),
            rows: rows.iter().map(|row| self.told(row)).collect(),
        };
        self.check_room(plan.created + plan.errors)?;
        let made = rows
            .into_iter()
            .filter(|row| row.outcome == Outcome::Create);
        Ok((made.map(|row| row.record).collect(), plan))
    }

    fn row(&self, pairs: Vec<OptionPair>, there: &HashMap<String, &Record>) -> Row {
        let mut record = Record::blank(PRODUCT, RecordId::new());
        for (field, value) in option_fields(&pairs) {
            record.fields.set(field, value);
        }
        let known = options_key(&record.fields).and_then(|key| there.get(&key).copied());
        if let Some(known) = known {
            return Row::of(pairs, Outcome::Unchanged, known.clone());
        }
        let values: Vec<&str> = pairs.iter().map(|pair| pair.value.as_str()).collect();
        let is_meant = |other: &Vec<String>| {
            let mut pairs = other.iter().zip(&values);
            other.len() == values.len() && pairs.all(|(one, other)| is_same(one.trim(), other))
        };
        let mut proposed = self.common.clone();
        let sku = self.pattern.sku(self.family.parent.code(), &pairs);
        proposed.push((SKU, Value::text(sku)));
        proposed.push((
            NAME,
            Value::text(name_of(self.family.parent.title(), &pairs)),
        ));
        proposed.extend(option_fields(&pairs));
        let edits = self
            .request
            .edits
            .iter()
            .filter(|edit| is_meant(&edit.values));
        for (field, value) in edits.flat_map(|edit| &edit.fields) {
            proposed.push((*field, value.clone()));
        }
        let existing = Existing {
            kind: PRODUCT,
            record: None,
            computed: &[],
        };
        let schema = self.family.store.schema();
        let decision = propose(&schema, existing, &proposed, ImportOnly::Create);
        record.fields = decision.after;
        let is_left_out = self.request.except.iter().any(is_meant);
        let outcome = if is_left_out {
            Outcome::Skipped
        } else {
            decision.outcome
        };
        let mut row = Row::of(pairs, outcome, record);
        if !is_left_out {
            for (field, message) in decision.problems {
                row.refuse(field, message);
            }
        }
        row
    }

    /// Refuses SKUs that others have, in the catalogue or among the new ones.
    async fn check_skus(&self, rows: &mut [Row]) -> Result<()> {
        let store = &self.family.store;
        let schema = store.schema();
        let is_new = |row: &&Row| matches!(row.outcome, Outcome::Create | Outcome::Error);
        let codes: Vec<String> = rows
            .iter()
            .filter(is_new)
            .map(|row| row.record.code().to_owned())
            .filter(|code| !code.is_empty())
            .collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let found = store.find_by_codes(PRODUCT, &codes).await?;
        let taken: HashMap<&str, &Record> =
            found.iter().map(|record| (record.code(), record)).collect();
        let mut made: HashMap<String, String> = HashMap::new();
        for row in rows.iter_mut().filter(|row| is_new(&&**row)) {
            let code = row.record.code().to_owned();
            if let Some(other) = taken.get(code.as_str()) {
                row.refuse(SKU, is_taken(&schema, other));
            } else if let Some(other) = made.get(&code).filter(|_| !code.is_empty()) {
                let message =
                    format!("{other} would have this SKU, too. Change the pattern, or this SKU.");
                row.refuse(SKU, message);
            } else {
                made.insert(code, row.values().join(" / "));
            }
        }
        Ok(())
    }

    fn check_room(&self, new: i64) -> Result<()> {
        let there = i64::try_from(self.family.variants.len()).unwrap_or(i64::MAX);
        if there + new <= MOST_VARIANTS {
            return Ok(());
        }
        let (sku, all, most) = (
            self.family.parent.code(),
            grouped(there + new),
            grouped(MOST_VARIANTS),
        );
        let message = format!("{sku} would have {all} variants; at most {most} are possible.");
        Err(Error::invalid(message).hint("Take fewer values."))
    }

    fn notes(&self) -> Vec<String> {
        let family = &self.family.variants;
        let others = family.iter().filter(|variant| {
            let named = options_of([&variant.fields]);
            let is_known = |option: &OptionValues| {
                let mut options = self.options.iter();
                options.any(|known| is_same(&known.name, &option.name))
            };
            named.len() != self.options.len() || !named.iter().all(is_known)
        });
        let codes: Vec<&str> = others.map(Record::code).collect();
        let named = codes.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        match codes.len() {
            0 => Vec::new(),
            1 => vec![format!(
                "The variant {named} has other options. It stays as it is."
            )],
            many => vec![format!(
                "{} variants have other options, such as {named}. They stay as they are.",
                grouped(many)
            )],
        }
    }

    fn told(&self, row: &Row) -> PlannedVariant {
        PlannedVariant {
            values: row.values(),
            outcome: row.outcome,
            fields: shown(self.call, &row.record.fields),
            problems: row.problems.clone(),
        }
    }
}

/// A combination on its way.
struct Row {
    pairs: Vec<OptionPair>,
    outcome: Outcome,
    record: Record,
    problems: Vec<FieldProblem>,
}

impl Row {
    const fn of(pairs: Vec<OptionPair>, outcome: Outcome, record: Record) -> Self {
        Self {
            pairs,
            outcome,
            record,
            problems: Vec::new(),
        }
    }

    fn values(&self) -> Vec<String> {
        self.pairs.iter().map(|pair| pair.value.clone()).collect()
    }

    fn refuse(&mut self, field: Field, message: String) {
        self.outcome = Outcome::Error;
        self.problems.push(FieldProblem {
            field,
            message,
            value: self.record.fields.get(field).clone(),
        });
    }
}
