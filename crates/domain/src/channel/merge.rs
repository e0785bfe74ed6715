//! The three-way merge of a listing: what both last agreed on, what is here, what is in the shop, field
//! by field, and which side has the last word.
//!
//! What both agreed on is kept in both forms, since a shop rounds and tidies: a side has changed when it is
//! not what that side was, whatever the other holds.

use std::collections::BTreeMap;

use super::channel_field::FieldLink;
use super::listing::{Agreed, Both};
use super::owner::Owner;
use super::shop_field::{FieldLevel, ShopField, ShopFieldDef};
use super::shop_item::ShopValues;
use super::translate::{from_shop, to_shop};
use crate::plan::{Change, FieldConflict};
use crate::record::{Field, Fields, Schema, Value};

/// A field that is kept in step, and what the shop says of its side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedField {
    /// Ours, theirs, and who has the last word.
    pub link: FieldLink,
    /// What the shop says of its field.
    pub theirs: ShopFieldDef,
}

/// Which part an item plays in its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemRole {
    /// It has no variants and is none.
    Single,
    /// It has variants.
    Parent,
    /// It is a variant.
    Variant,
}

impl ItemRole {
    /// Whether an item of this role has a field.
    pub const fn has(self, level: FieldLevel) -> bool {
        matches!(
            (self, level),
            (ItemRole::Single, _)
                | (_, FieldLevel::Both)
                | (ItemRole::Parent, FieldLevel::Product)
                | (ItemRole::Variant, FieldLevel::Variant)
        )
    }
}

/// The two sides of a listing.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// What is known of our fields.
    pub schema: &'a Schema,
    /// Our product.
    pub ours: &'a Fields,
    /// Values for this shop alone, in place of the product's.
    pub own: &'a BTreeMap<Field, Value>,
    /// What the shop has.
    pub theirs: &'a ShopValues,
    /// Which part the item plays there.
    pub role: ItemRole,
    /// What both last agreed on.
    pub agreed: &'a Agreed,
}

/// What is sent for one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Ours: what the shop has, in our form, and what it shall have.
    pub change: Change,
    /// Their field.
    pub field: ShopField,
    /// What is sent.
    pub send: Value,
    /// What both will have agreed on.
    pub agreed: Both,
}

/// What a listing asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListingMerge {
    /// What comes here.
    pub pulls: Vec<(Change, Both)>,
    /// What goes there.
    pub pushes: Vec<Push>,
    /// What a person decides: `current` is here, `proposed` in the shop.
    pub conflicts: Vec<FieldConflict>,
    /// What both sides hold already, beyond what was known.
    pub agreed: Vec<(Field, Both)>,
    /// What a person should know.
    pub notes: Vec<(Field, String)>,
    /// What cannot be brought in step: our field and why.
    pub problems: Vec<(Field, String)>,
}

impl ListingMerge {
    /// Our fields of which something is left to do, or to say.
    pub fn left(&self) -> impl Iterator<Item = Field> {
        let pulls = self.pulls.iter().map(|(change, _)| change.field);
        let pushes = self.pushes.iter().map(|push| push.change.field);
        let conflicts = self.conflicts.iter().map(|conflict| conflict.field);
        let problems = self.problems.iter().map(|(field, _)| *field);
        pulls.chain(pushes).chain(conflicts).chain(problems)
    }
}

/// Merges a listing.
pub fn merge_listing(sides: Sides<'_>, fields: &[LinkedField]) -> ListingMerge {
    let mut merged = ListingMerge::default();
    for field in fields {
        let is_theirs = sides.theirs.contains_key(&field.link.theirs);
        if is_theirs && sides.role.has(field.theirs.level) && field.link.owner != Owner::Nobody {
            merge_field(sides, field, &mut merged);
        }
    }
    merged
}

/// One field in both forms.
struct Compared<'a> {
    field: &'a LinkedField,
    /// What is here, or stands for it in this shop.
    ours: &'a Value,
    /// Whether it stands for it.
    is_own: bool,
    /// What is in the shop, in its form.
    theirs: &'a Value,
    agreed: Option<&'a Both>,
}

impl Compared<'_> {
    fn ours_changed(&self) -> bool {
        self.agreed.is_none_or(|both| both.ours != *self.ours)
    }

    fn theirs_changed(&self) -> bool {
        self.agreed.is_none_or(|both| both.theirs != *self.theirs)
    }

    fn both(&self, ours: &Value, theirs: &Value) -> Both {
        Both::on(ours.clone(), theirs.clone())
    }
}

/// What is to be done about one field.
enum Verdict {
    Nothing,
    Pull,
    Push,
    Ask,
}

fn merge_field(sides: Sides<'_>, field: &LinkedField, merged: &mut ListingMerge) {
    let ours_field = field.link.ours;
    let own = sides.own.get(&ours_field);
    let compared = Compared {
        field,
        ours: own.unwrap_or_else(|| sides.ours.get(ours_field)),
        is_own: own.is_some(),
        theirs: &sides.theirs[&field.link.theirs],
        agreed: sides.agreed.get(&ours_field),
    };
    if !compared.ours_changed() && !compared.theirs_changed() {
        return;
    }
    let view = sides.schema.view(ours_field);
    let sent = to_shop(view, compared.ours, &field.theirs);
    let taken = from_shop(view, compared.theirs, &field.theirs);
    if sent.as_ref() == Ok(compared.theirs) || taken.as_ref() == Ok(compared.ours) {
        let both = compared.both(compared.ours, compared.theirs);
        return merged.agreed.push((ours_field, both));
    }
    match verdict(&compared) {
        Verdict::Nothing => {}
        Verdict::Pull => pull(&compared, taken, merged),
        Verdict::Push => push(&compared, (sent, taken), merged),
        Verdict::Ask => match taken {
            Ok(taken) => merged.conflicts.push(FieldConflict {
                field: ours_field,
                base: compared
                    .agreed
                    .map_or(Value::Empty, |both| both.ours.clone()),
                current: compared.ours.clone(),
                proposed: taken,
            }),
            Err(why) => merged.problems.push((ours_field, why)),
        },
    }
}

fn verdict(compared: &Compared<'_>) -> Verdict {
    let writable = compared.field.theirs.writable;
    let (ours, theirs) = (compared.ours_changed(), compared.theirs_changed());
    let verdict = match (compared.field.link.owner, compared.agreed) {
        (Owner::Nobody, _) => Verdict::Nothing,
        (Owner::We, _) => Verdict::Push,
        // A value for this shop alone is ours, whatever the product says.
        (_, _) if compared.is_own && ours && !theirs => Verdict::Push,
        (Owner::They, _) => Verdict::Pull,
        // Nothing is overwritten where one side has nothing.
        (Owner::Ask, None) if compared.ours.is_empty() => Verdict::Pull,
        (Owner::Ask, None) if compared.theirs.is_empty() => Verdict::Push,
        (Owner::Ask, None) => Verdict::Ask,
        (Owner::Ask, Some(_)) => match (ours, theirs) {
            (true, true) => Verdict::Ask,
            (true, false) => Verdict::Push,
            (false, _) => Verdict::Pull,
        },
    };
    match verdict {
        Verdict::Push | Verdict::Ask if !writable => Verdict::Nothing,
        Verdict::Pull if compared.is_own => Verdict::Ask,
        verdict => verdict,
    }
}

fn pull(compared: &Compared<'_>, taken: Result<Value, String>, merged: &mut ListingMerge) {
    let field = compared.field.link.ours;
    let taken = match taken {
        Ok(taken) => taken,
        Err(why) => return merged.problems.push((field, why)),
    };
    let both = compared.both(&taken, compared.theirs);
    if compared.agreed.is_some() && compared.ours_changed() {
        let note = "It was edited here too; the shop has the last word.";
        merged.notes.push((field, note.into()));
    }
    let change = Change {
        field,
        old: compared.ours.clone(),
        new: taken,
    };
    merged.pulls.push((change, both));
}

fn push(
    compared: &Compared<'_>,
    (sent, taken): (Result<Value, String>, Result<Value, String>),
    merged: &mut ListingMerge,
) {
    let field = compared.field.link.ours;
    let sent = match sent {
        Ok(sent) => sent,
        Err(why) => return merged.problems.push((field, why)),
    };
    if compared.agreed.is_some() && compared.theirs_changed() {
        let note = "It was edited in the shop too; we have the last word.";
        merged.notes.push((field, note.into()));
    }
    merged.pushes.push(Push {
        change: Change {
            field,
            // What cannot be read in our form is shown as the shop has it.
            old: taken.unwrap_or_else(|_| compared.theirs.clone()),
            new: compared.ours.clone(),
        },
        field: compared.field.link.theirs.clone(),
        agreed: compared.both(compared.ours, &sent),
        send: sent,
    });
}

#[cfg(test)]
mod tests;
