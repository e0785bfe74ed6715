//! Channels: the shops that are connected, and how each is worked. The secret of its account is kept
//! apart, encrypted; which fields go where stands in [`channel_field`](super::channel_field).

use super::owner::OWNER_WORDS;
use crate::record::{
    Field, Fields, Fixed, Kind, KindDef, KindRights, Permission, fields, sections,
};

/// Channels.
pub const CHANNEL: Kind = Kind::of(&DEF);

fields! {
    of CHANNEL;
    NAME "name" Code "Name".required().max(60).help("What you call the shop: Shop North.");
    PLATFORM "platform" Text "Platform".required().max(20).fixed(Fixed::Once).one_of(&PLATFORM_WORDS);
    ADDRESS "address" Text "Address".required().help("Of the shop: north.myshopify.com.");
    ACCOUNT "account" Text "Account".max(100).help("The client id of a Shopify app, or the user of a Maropost key. Empty for a token or a key of the shop.");
    STATE "state" Text "State".required().max(20).one_of(&STATE_WORDS).help("A paused shop is left alone. Rehearsal records what would be sent and sends nothing.");
    SHOP_NAME "shop_name" Text "Name in the shop".help("As the shop calls itself.");
    CURRENCY "currency" Text "Currency".max(3);
    TIME_ZONE "time_zone" Text "Time zone".max(60);
    PLACE "place" Text "Place of stock".max(100).help("The location or warehouse whose stock is kept in step.");
    PLACE_NAME "place_name" Text "Name of that place";
    NEW_HERE "new_here" Text "New in the shop".required().max(20).one_of(&NEW_WORDS).help("What becomes of products that only the shop has.");
    NEW_THERE "new_there" Text "New here".required().max(20).one_of(&NEW_WORDS).help("What becomes of products that only we have.");
    STOCK "stock" Text "Stock".required().max(20).one_of(&OWNER_WORDS).help("Who says how many there are.");
    BUFFER "buffer" Integer "Buffer".help("So many are kept back from the shop.");
    MOST "most" Integer "At most".optional().help("The shop is never told more. Empty for no limit.");
    EVERY "every" Integer "Products every".optional().help("Minutes between two syncs of products. Empty for none by itself.");
    STOCK_EVERY "stock_every" Integer "Stock every".optional().help("Minutes between two syncs of stock, which are applied without asking. Empty for none by itself.");
    UNASKED "unasked" Flag "Apply without asking".help("What a sync of products by itself finds is applied; conflicts are kept for a person. Otherwise it reads the shop, and you look at the plan.");
}

sections! {
    "Shop": NAME, PLATFORM, ADDRESS, ACCOUNT, STATE, SHOP_NAME, CURRENCY, TIME_ZONE;
    "Products": NEW_HERE, NEW_THERE, EVERY, UNASKED;
    "Stock": STOCK, PLACE, PLACE_NAME, BUFFER, MOST, STOCK_EVERY;
}

static DEF: KindDef = KindDef {
    key: "channel",
    label: "channel",
    plural: "channels",
    area: "channels",
    place: "among the channels",
    fields: FIELDS,
    sections: SECTIONS,
    code: At::NAME as u8,
    title: At::NAME as u8,
    barcode: None,
    currency: None,
    code_of: None,
    check,
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::ManageChannels,
        purge: Permission::ManageChannels,
    },
};

/// The words of the platforms, each with its name for people.
pub const PLATFORM_WORDS: [(&str, &str); 2] = [("shopify", "Shopify"), ("maropost", "Maropost")];

/// How a channel can stand.
pub const STATE_WORDS: [(&str, &str); 3] = [
    ("active", "Active"),
    ("paused", "Paused"),
    ("rehearsal", "Rehearsal"),
];

/// What becomes of what only one side has.
pub const NEW_WORDS: [(&str, &str); 2] = [("ask", "Ask"), ("create", "Create")];

/// Fields that hold one of some words, and those words.
const WORDS: [(Field, &[(&str, &str)]); 5] = [
    (PLATFORM, &PLATFORM_WORDS),
    (STATE, &STATE_WORDS),
    (NEW_HERE, &NEW_WORDS),
    (NEW_THERE, &NEW_WORDS),
    (STOCK, &OWNER_WORDS),
];

fn check(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems = Vec::new();
    for (field, words) in WORDS {
        let word = fields.text(field);
        if !word.is_empty() && !words.iter().any(|(known, _)| *known == word) {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            let label = field.def().map_or("", |def| def.label);
            let rule = format!("{label} is one of {}.", known.join(", "));
            problems.push((field, rule));
        }
    }
    for field in [BUFFER, MOST] {
        if fields.get(field).as_number().is_some_and(|count| count < 0) {
            let label = field.def().map_or("", |def| def.label);
            problems.push((field, format!("{label} cannot be below zero.")));
        }
    }
    for field in [EVERY, STOCK_EVERY] {
        let minutes = fields.get(field).as_number();
        if minutes.is_some_and(|minutes| !(1..=10_080).contains(&minutes)) {
            let label = field.def().map_or("", |def| def.label);
            problems.push((field, format!("{label} takes 1 to 10,080 minutes, a week.")));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::{
        ADDRESS, BUFFER, CHANNEL, EVERY, MOST, NAME, NEW_HERE, NEW_THERE, PLATFORM, STATE, STOCK,
    };
    use crate::record::{Fields, Schema, Value, check_record};

    fn north() -> Fields {
        let mut fields = Fields::blank(CHANNEL);
        fields.set(NAME, Value::text("Shop North"));
        fields.set(PLATFORM, Value::text("shopify"));
        fields.set(ADDRESS, Value::text("north.myshopify.com"));
        fields.set(STATE, Value::text("active"));
        fields.set(NEW_HERE, Value::text("ask"));
        fields.set(NEW_THERE, Value::text("ask"));
        fields.set(STOCK, Value::text("we"));
        fields
    }

    #[test]
    fn a_channel_needs_a_name_a_platform_an_address_and_how_it_is_worked() {
        let schema = Schema::default();
        assert_eq!(check_record(&schema, &north()), vec![]);
        assert_eq!(check_record(&schema, &Fields::blank(CHANNEL)).len(), 7);
    }

    #[test]
    fn what_a_channel_cannot_have_is_refused() {
        for (field, value) in [
            (PLATFORM, Value::text("ebay")),
            (STATE, Value::text("asleep")),
            (STOCK, Value::text("me")),
            (BUFFER, Value::Number(-1)),
            (MOST, Value::Number(-1)),
            (EVERY, Value::Number(0)),
        ] {
            let mut fields = north();
            fields.set(field, value);
            let problems = check_record(&Schema::default(), &fields);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(problems[0].0, field);
        }
    }
}
