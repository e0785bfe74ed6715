//! The merge of a listing: every case by name, and the rules that hold for any values.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{ItemRole, LinkedField, ListingMerge, Sides, merge_listing};
use crate::catalog::product::{DESCRIPTION, NAME, PRODUCT, STORE_PRICE};
use crate::channel::{
    Agreed, Both, FieldLevel, FieldLink, Owner, ShopField, ShopFieldDef, ShopValues,
};
use crate::record::{Field, FieldKind, Fields, Schema, Value};

fn linked(ours: Field, kind: FieldKind, owner: Owner, level: FieldLevel) -> LinkedField {
    let theirs = ShopField::new(ours.to_string());
    LinkedField {
        link: FieldLink {
            ours,
            theirs: theirs.clone(),
            owner,
        },
        theirs: ShopFieldDef {
            field: theirs,
            label: "Field".into(),
            kind,
            level,
            writable: true,
            max_chars: 0,
            places: 2,
        },
    }
}

fn price(owner: Owner) -> LinkedField {
    linked(STORE_PRICE, FieldKind::Money, owner, FieldLevel::Variant)
}

/// What becomes of a price, given what was agreed, what is here and what is in the shop.
fn merged(owner: Owner, agreed: Option<i64>, ours: i64, theirs: i64) -> ListingMerge {
    let mut fields = Fields::blank(PRODUCT);
    fields.set(STORE_PRICE, number(ours));
    let both = |units| Both::on(number(units), number(units));
    let agreed: Agreed = agreed
        .map(|units| (STORE_PRICE, both(units)))
        .into_iter()
        .collect();
    let shop: ShopValues = [(ShopField::new("store_price"), number(theirs))].into();
    let sides = Sides {
        schema: &Schema::default(),
        ours: &fields,
        own: &BTreeMap::new(),
        theirs: &shop,
        role: ItemRole::Single,
        agreed: &agreed,
    };
    merge_listing(sides, &[price(owner)])
}

/// A price in cents; 0 stands for none.
fn number(cents: i64) -> Value {
    match cents {
        0 => Value::Empty,
        cents => Value::Number(cents * 100),
    }
}

fn told(merged: &ListingMerge) -> &'static str {
    let parts = [
        (!merged.pulls.is_empty(), "pull"),
        (!merged.pushes.is_empty(), "push"),
        (!merged.conflicts.is_empty(), "conflict"),
        (!merged.agreed.is_empty(), "agreed"),
        (!merged.problems.is_empty(), "problem"),
    ];
    let mut told = parts.iter().filter(|(is, _)| *is).map(|(_, name)| *name);
    let first = told.next().unwrap_or("nothing");
    assert_eq!(told.next(), None, "{merged:?}");
    first
}

#[test]
fn every_case_of_two_sides_and_a_base_is_named() {
    for (owner, agreed, ours, theirs, expected) in [
        (Owner::Ask, Some(5), 5, 5, "nothing"),
        (Owner::Ask, Some(5), 6, 5, "push"),
        (Owner::Ask, Some(5), 5, 6, "pull"),
        (Owner::Ask, Some(5), 6, 6, "agreed"),
        (Owner::Ask, Some(5), 6, 7, "conflict"),
        (Owner::Ask, None, 5, 5, "agreed"),
        (Owner::Ask, None, 0, 5, "pull"),
        (Owner::Ask, None, 5, 0, "push"),
        (Owner::Ask, None, 5, 6, "conflict"),
        (Owner::We, Some(5), 5, 6, "push"),
        (Owner::We, Some(5), 6, 7, "push"),
        (Owner::We, None, 5, 6, "push"),
        (Owner::They, Some(5), 6, 5, "pull"),
        (Owner::They, Some(5), 6, 7, "pull"),
        (Owner::They, None, 5, 6, "pull"),
        (Owner::Nobody, None, 5, 6, "nothing"),
        (Owner::Nobody, Some(5), 6, 7, "nothing"),
    ] {
        let merged = merged(owner, agreed, ours, theirs);
        assert_eq!(
            told(&merged),
            expected,
            "{owner:?} {agreed:?} {ours} {theirs}"
        );
    }
}

#[test]
fn what_the_last_word_overwrites_is_said() {
    let pushed = merged(Owner::We, Some(5), 6, 7);
    assert_eq!(pushed.notes.len(), 1, "{pushed:?}");
    let pulled = merged(Owner::They, Some(5), 6, 7);
    assert_eq!(pulled.notes.len(), 1, "{pulled:?}");
    assert!(merged(Owner::We, Some(5), 6, 5).notes.is_empty());
}

#[test]
fn what_a_shop_made_of_a_value_is_no_change() {
    let mut fields = Fields::blank(PRODUCT);
    fields.set(DESCRIPTION, Value::text("<p>A mug</p>"));
    let tidied = Value::text("<p>A mug</p>\n");
    let agreed: Agreed = [(
        DESCRIPTION,
        Both::on(Value::text("<p>A mug</p>"), tidied.clone()),
    )]
    .into();
    let shop: ShopValues = [(ShopField::new("description"), tidied)].into();
    let sides = Sides {
        schema: &Schema::default(),
        ours: &fields,
        own: &BTreeMap::new(),
        theirs: &shop,
        role: ItemRole::Parent,
        agreed: &agreed,
    };
    let html = linked(
        DESCRIPTION,
        FieldKind::Html,
        Owner::Ask,
        FieldLevel::Product,
    );
    assert_eq!(merge_listing(sides, &[html]), ListingMerge::default());
}

#[test]
fn a_value_for_this_shop_alone_stands_for_the_products() {
    let mut fields = Fields::blank(PRODUCT);
    fields.set(NAME, Value::text("Mug"));
    let own: BTreeMap<Field, Value> = [(NAME, Value::text("Mug, northern"))].into();
    let name = linked(NAME, FieldKind::Text, Owner::Ask, FieldLevel::Product);
    let sides = |shop: &str, agreed: Agreed| -> ListingMerge {
        let shop: ShopValues = [(ShopField::new("name"), Value::text(shop))].into();
        let sides = Sides {
            schema: &Schema::default(),
            ours: &fields,
            own: &own,
            theirs: &shop,
            role: ItemRole::Single,
            agreed: &agreed,
        };
        merge_listing(sides, std::slice::from_ref(&name))
    };
    let agreed = |text: &str| -> Agreed {
        let both = Both::on(Value::text(text), Value::text(text));
        [(NAME, both)].into()
    };
    let pushed = sides("Mug", agreed("Mug"));
    assert_eq!(pushed.pushes[0].send, Value::text("Mug, northern"));
    let asked = sides("Cup", agreed("Mug, northern"));
    assert_eq!(told(&asked), "conflict", "a pull would change the product");
}

#[test]
fn a_field_belongs_to_its_part_of_the_family() {
    let mut fields = Fields::blank(PRODUCT);
    fields.set(STORE_PRICE, number(5));
    let shop: ShopValues = [(ShopField::new("store_price"), number(6))].into();
    for (role, expected) in [
        (ItemRole::Single, "push"),
        (ItemRole::Variant, "push"),
        (ItemRole::Parent, "nothing"),
    ] {
        let sides = Sides {
            schema: &Schema::default(),
            ours: &fields,
            own: &BTreeMap::new(),
            theirs: &shop,
            role,
            agreed: &Agreed::new(),
        };
        let merged = merge_listing(sides, &[price(Owner::We)]);
        assert_eq!(told(&merged), expected, "{role:?}");
    }
}

proptest! {
    /// After what was decided is done, and a conflict decided either way, nothing is left to do.
    #[test]
    fn a_merge_that_was_done_leaves_nothing(
        owner in prop_oneof![Just(Owner::We), Just(Owner::They), Just(Owner::Ask)],
        agreed in proptest::option::of(0i64..3), ours in 0i64..3, theirs in 0i64..3,
    ) {
        let first = merged(owner, agreed, ours, theirs);
        let (mut ours_now, mut theirs_now) = (number(ours), number(theirs));
        let mut both = agreed.map(|cents| Both::on(number(cents), number(cents)));
        for (change, agreed) in first.pulls {
            (ours_now, both) = (change.new, Some(agreed));
        }
        for push in first.pushes {
            (theirs_now, both) = (push.send, Some(push.agreed));
        }
        for (_, agreed) in first.agreed {
            both = Some(agreed);
        }
        for conflict in first.conflicts {
            ours_now = conflict.proposed;
            both = Some(Both::on(ours_now.clone(), theirs_now.clone()));
        }
        let mut fields = Fields::blank(PRODUCT);
        fields.set(STORE_PRICE, ours_now);
        let agreed: Agreed = both.map(|both| (STORE_PRICE, both)).into_iter().collect();
        let shop: ShopValues = [(ShopField::new("store_price"), theirs_now)].into();
        let sides = Sides {
            schema: &Schema::default(),
            ours: &fields,
            own: &BTreeMap::new(),
            theirs: &shop,
            role: ItemRole::Single,
            agreed: &agreed,
        };
        prop_assert_eq!(merge_listing(sides, &[price(owner)]), ListingMerge::default());
    }

    /// Where both are asked, a side that was changed is never overwritten by the other's change.
    #[test]
    fn nothing_that_was_changed_is_overwritten_unasked(agreed in 0i64..4, ours in 0i64..4, theirs in 0i64..4) {
        let merged = merged(Owner::Ask, Some(agreed), ours, theirs);
        prop_assert!(merged.pulls.is_empty() || ours == agreed);
        prop_assert!(merged.pushes.is_empty() || theirs == agreed);
        let disagree = ours != agreed && theirs != agreed && ours != theirs;
        prop_assert_eq!(!merged.conflicts.is_empty(), disagree);
    }
}
