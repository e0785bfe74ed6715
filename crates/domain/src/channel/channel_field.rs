//! Channel fields: which field of products is which field of a shop, and who has the last word on it.

use super::owner::{OWNER_WORDS, Owner};
use super::shop_field::ShopField;
use crate::catalog::product::PRODUCT;
use crate::record::{
    Field, Fields, Fixed, Kind, KindDef, KindRights, Permission, Record, Value, fields, sections,
};

/// Channel fields.
pub const CHANNEL_FIELD: Kind = Kind::of(&DEF);

fields! {
    of CHANNEL_FIELD;
    CODE "code" Code "Channel field".max(200).required();
    CHANNEL_NAME "channel" Code "Channel".required().refers("channel_id", "channel").fixed(Fixed::Once).help("The channel's name.");
    OURS "field" Text "Ours".required().max(100).fixed(Fixed::Once).help("The key of the field here: store_price.");
    THEIRS "shop_field" Text "Theirs".required().max(150).help("The key of the field in the shop: variant.price.");
    OWNER "owner" Text "Owner".required().max(20).derived_by(derived_owner).one_of(&OWNER_WORDS).help("Who has the last word on it.");
}

sections! {
    "Basics": CHANNEL_NAME, OURS, THEIRS, OWNER;
}

static DEF: KindDef = KindDef {
    key: "channel_field",
    label: "channel field",
    plural: "channel fields",
    area: "channel_fields",
    place: "among the channel fields",
    fields: FIELDS,
    sections: SECTIONS,
    code: At::CODE as u8,
    title: At::THEIRS as u8,
    barcode: None,
    currency: None,
    code_of: Some(code_of),
    check,
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::ManageChannels,
        purge: Permission::ManageChannels,
    },
};

fn code_of(fields: &Fields) -> String {
    format!("{} {}", fields.text(CHANNEL_NAME), fields.text(OURS))
}

fn derived_owner(fields: &Fields) -> Value {
    match fields.text(OWNER) {
        "" => Value::text("ask"),
        word => Value::text(word),
    }
}

fn check(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems = Vec::new();
    let ours = fields.text(OURS);
    let is_product = match Field::from_key(ours) {
        Some(Field::Fixed(kind, _)) => kind == PRODUCT,
        Some(Field::Custom(_)) => true,
        None => false,
    };
    if !ours.is_empty() && !is_product {
        let rule = format!("There is no field {ours}. Use its key: store_price.");
        problems.push((OURS, rule));
    }
    if Owner::of_word(fields.text(OWNER)).is_none() {
        problems.push((OWNER, "Owner is one of we, they, ask, nobody.".into()));
    }
    problems
}

/// Which of our fields is which of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLink {
    /// Ours.
    pub ours: Field,
    /// Theirs.
    pub theirs: ShopField,
    /// Who has the last word.
    pub owner: Owner,
}

/// What a channel field says; nothing where it names a field that is not there.
pub fn link_of(record: &Record) -> Option<FieldLink> {
    Some(FieldLink {
        ours: Field::from_key(record.fields.text(OURS))?,
        theirs: ShopField::new(record.fields.text(THEIRS)),
        owner: Owner::of_word(record.fields.text(OWNER))?,
    })
}
