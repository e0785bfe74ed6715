//! Custom fields: fields that a workspace makes for its own records. Each is a record itself, so it is
//! created, changed, removed and brought back like any other, with history and undo.

use std::collections::BTreeSet;

use crate::kinds;
use crate::record::{
    CustomDef, Field, FieldChoice, FieldKind, Fields, Fixed, Kind, KindDef, KindRights,
    MOST_CHOICES, Permission, Record, Value, choice_lines, code_from, fields, has_control, is_code,
    parse_choices, sections, write_choices,
};

/// Custom fields.
pub const CUSTOM_FIELD: Kind = Kind::of(&DEF);

fields! {
    of CUSTOM_FIELD;
    CODE "code" Code "Code".required().max(60).fixed(Fixed::Once).derived_by(derived_code).help("Its short name in files and on the command line: season. Made of the name when left out; it stays.");
    LABEL "label" Text "Name".required().max(100);
    RECORD_KIND "record_kind" Text "Belongs to".required().max(40).fixed(Fixed::Once).derived_by(derived_kind).help("Which kind of record has it: product.");
    TYPE "type" Text "Type".required().max(20).fixed(Fixed::WhenUsed).derived_by(derived_type).one_of(&WORDS).help("What it holds. It stays while there are values.");
    CHOICES "choices" LongText "Choices".max(64_000).derived_by(derived_choices).help("One per line. A new label keeps the values: summer = High summer.");
    SECTION "section" Text "Section".max(60).help("The part of the form in which it stands.");
    HELP "help" Text "Help".max(500).help("What stands under it in the form.");
    REQUIRED "required" Flag "Required".help("No new record without it.");
    FILTERABLE "filterable" Flag "In filters".help("Lists can be filtered and sorted by it.");
    POSITION "position" Integer "Position".optional().help("Where it stands among the others: 1 comes first.");
}

sections! {
    "Basics": LABEL, CODE, TYPE, CHOICES, HELP;
    "Use": SECTION, POSITION, REQUIRED, FILTERABLE, RECORD_KIND;
}

static DEF: KindDef = KindDef {
    key: "custom_field",
    label: "custom field",
    plural: "custom fields",
    area: "custom_fields",
    place: "among the custom fields",
    fields: FIELDS,
    sections: SECTIONS,
    code: At::CODE as u8,
    title: At::LABEL as u8,
    barcode: None,
    currency: None,
    code_of: None,
    check,
    nesting: None,
    matching: None,
    rights: KindRights {
        see: Permission::ViewProducts,
        edit: Permission::ManageWorkspace,
        purge: Permission::ManageWorkspace,
    },
};

/// What a custom field can hold, each with its word and its name for people.
pub const TYPES: [(FieldKind, &str, &str); 10] = [
    (FieldKind::Text, "text", "Text"),
    (FieldKind::LongText, "long_text", "Long text"),
    (FieldKind::Html, "html", "HTML"),
    (FieldKind::Integer, "integer", "Whole number"),
    (FieldKind::Decimal, "decimal", "Decimal number"),
    (FieldKind::Money, "money", "Money"),
    (FieldKind::Date, "date", "Date"),
    (FieldKind::Flag, "flag", "Yes or no"),
    (FieldKind::Choice, "choice", "Choice"),
    (FieldKind::Choices, "choices", "Several choices"),
];

/// The words of the types with their names.
const WORDS: [(&str, &str); TYPES.len()] = {
    let mut words = [("", ""); TYPES.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = (TYPES[at].1, TYPES[at].2);
        at += 1;
    }
    words
};

/// The type that a word stands for.
pub fn type_of(word: &str) -> Option<FieldKind> {
    let found = TYPES.iter().find(|(_, known, _)| *known == word);
    found.map(|(kind, ..)| *kind)
}

/// The word of a type; none for what no custom field holds.
pub fn word_of(kind: FieldKind) -> Option<&'static str> {
    let found = TYPES.iter().find(|(known, ..)| *known == kind);
    found.map(|(_, word, _)| *word)
}

/// The field that a record describes; nothing when a newer version of the app made it.
pub fn def_of(record: &Record) -> Option<CustomDef> {
    let fields = &record.fields;
    let text = |field| fields.text(field).to_owned();
    Some(CustomDef {
        id: record.id.uuid().into(),
        of: Kind::from_key(fields.text(RECORD_KIND))?,
        code: text(CODE),
        label: text(LABEL),
        kind: type_of(fields.text(TYPE))?,
        section: text(SECTION),
        help: text(HELP),
        required: fields.get(REQUIRED).is_yes(),
        filterable: fields.get(FILTERABLE).is_yes(),
        choices: parse_choices(fields.text(CHOICES)),
        position: fields.get(POSITION).as_number(),
        trashed: record.trashed,
    })
}

fn derived_code(fields: &Fields) -> Value {
    match fields.text(CODE).trim() {
        "" => Value::text(code_from(fields.text(LABEL))),
        code => Value::text(code),
    }
}

fn derived_kind(fields: &Fields) -> Value {
    match fields.text(RECORD_KIND) {
        "" => Value::text(kinds::with_custom_fields().next().map_or("", Kind::key)),
        kind => Value::text(kind),
    }
}

/// A type may be written by its name, too: `Yes or no`.
fn derived_type(fields: &Fields) -> Value {
    let written = fields.text(TYPE);
    let named = TYPES.iter().find(|(_, word, name)| {
        [*word, *name]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(written))
    });
    Value::text(named.map_or(written, |(_, word, _)| *word))
}

fn derived_choices(fields: &Fields) -> Value {
    let typed = fields.text(CHOICES);
    match parse_choices(typed) {
        // Too many are refused as they were typed.
        choices if choices.len() > MOST_CHOICES => Value::text(typed),
        choices => Value::text(write_choices(&choices)),
    }
}

fn check(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems = check_names(fields);
    let kind = type_of(fields.text(TYPE));
    if kind.is_none() && !fields.get(TYPE).is_empty() {
        let words: Vec<&str> = TYPES.iter().map(|(_, word, _)| *word).collect();
        problems.push((TYPE, format!("The type is one of: {}.", words.join(", "))));
    }
    let has_choices = !fields.get(CHOICES).is_empty();
    match kind {
        Some(FieldKind::Choice | FieldKind::Choices) if !has_choices => {
            problems.push((CHOICES, "Name at least one choice.".into()));
        }
        Some(FieldKind::Choice | FieldKind::Choices) => problems.extend(check_choices(fields)),
        Some(_) if has_choices => {
            let rule =
                "Only the types choice and choices have choices. Clear them, or change the type.";
            problems.push((CHOICES, rule.into()));
        }
        _ => {}
    }
    if matches!(kind, Some(FieldKind::LongText | FieldKind::Html))
        && fields.get(FILTERABLE).is_yes()
    {
        let rule = "Text of several lines cannot be filtered by. Choose another type, or no.";
        problems.push((FILTERABLE, rule.into()));
    }
    let place = fields.get(POSITION).as_number();
    if place.is_some_and(|place| place < 1) {
        problems.push((POSITION, "Position is at least 1.".into()));
    }
    problems
}

/// Checks what the field is called against what its kind of record declares: a name stands for one
/// field in a file.
fn check_names(fields: &Fields) -> Vec<(Field, String)> {
    let mut problems = Vec::new();
    let (code, label) = (fields.text(CODE), fields.text(LABEL));
    if !code.is_empty() && !is_code(code) {
        let rule = "Code is made of small letters, digits and _, such as season.";
        problems.push((CODE, rule.into()));
    }
    let of = Kind::from_key(fields.text(RECORD_KIND));
    let Some(of) = of.filter(|kind| kinds::with_custom_fields().any(|other| other == *kind)) else {
        if !fields.get(RECORD_KIND).is_empty() {
            let kinds: Vec<&str> = kinds::with_custom_fields().map(Kind::key).collect();
            let rule = format!(
                "Such records have no custom fields. Choose: {}.",
                kinds.join(", ")
            );
            problems.push((RECORD_KIND, rule));
        }
        return problems;
    };
    let plural = of.def().plural;
    for def in of.def().fields {
        let is_named = |name: &str| name.eq_ignore_ascii_case(def.label) || name == def.key;
        if is_named(label) {
            problems.push((LABEL, format!("{plural} have a field {label} already.")));
        }
        if code == def.key {
            problems.push((CODE, format!("{plural} have a field {code} already.")));
        }
    }
    for (_, rule) in &mut problems {
        capitalise(rule);
    }
    problems
}

fn capitalise(rule: &mut String) {
    if let Some(first) = rule.get(..1).map(str::to_uppercase) {
        rule.replace_range(..1, &first);
    }
}

fn check_choices(fields: &Fields) -> Option<(Field, String)> {
    let choices = parse_choices(fields.text(CHOICES));
    if choices.len() > MOST_CHOICES {
        let rule = format!(
            "There are at most {MOST_CHOICES} choices; these are {}.",
            choice_lines(fields.text(CHOICES)).count()
        );
        return Some((CHOICES, rule));
    }
    let (mut keys, mut labels) = (BTreeSet::new(), BTreeSet::new());
    let is_name = |key: &str, of: &FieldChoice| {
        let mut others = choices.iter().filter(|other| *other != of);
        others.any(|other| other.label.to_lowercase() == key)
    };
    for choice in &choices {
        let label = &choice.label;
        if !labels.insert(label.to_lowercase()) {
            return Some((CHOICES, format!("The choice {label} stands twice.")));
        }
        if !keys.insert(&choice.key) {
            let rule = format!(
                "The key {} stands twice. Give {label} another one.",
                choice.key
            );
            return Some((CHOICES, rule));
        }
        if is_name(&choice.key, choice) {
            let rule = format!("The key {} is the name of another choice.", choice.key);
            return Some((CHOICES, rule));
        }
        if label.chars().count() > 100 || has_control(label, char::is_control) {
            let rule = format!("A choice is one line of at most 100 characters: {label}");
            return Some((CHOICES, rule));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{
        CHOICES, CODE, CUSTOM_FIELD, FILTERABLE, LABEL, POSITION, RECORD_KIND, TYPE, def_of,
    };
    use crate::catalog::product::PRODUCT;
    use crate::record::{
        Field, FieldKind, Fields, Record, Schema, Value, check_field, check_record,
    };
    use crate::values::RecordId;

    fn season() -> Fields {
        let mut fields = Fields::blank(CUSTOM_FIELD);
        fields.set(LABEL, Value::text("Season"));
        fields.set(TYPE, Value::text("choice"));
        fields.set(CHOICES, Value::text("Summer\nw = Winter"));
        fields.derive();
        fields
    }

    #[test]
    fn what_is_left_out_is_made_of_the_name() {
        let season = season();
        assert_eq!(season.text(CODE), "season");
        assert_eq!(season.text(RECORD_KIND), "product");
        assert_eq!(season.text(CHOICES), "summer = Summer\nw = Winter");
        assert_eq!(check_record(&Schema::default(), &season), vec![]);
        let mut again = season.clone();
        again.derive();
        assert_eq!(again, season);
    }

    #[test]
    fn each_broken_rule_is_named_where_it_is_mended() {
        for (field, value, at) in [
            (CODE, "Season!", CODE),
            (CODE, "sku", CODE),
            (LABEL, "name", LABEL),
            (TYPE, "colour", TYPE),
            (RECORD_KIND, "user", RECORD_KIND),
            (CHOICES, "", CHOICES),
            (CHOICES, "a = One\nb = one", CHOICES),
            (CHOICES, "a = One\na = Two", CHOICES),
            (TYPE, "text", CHOICES),
        ] {
            let mut fields = season();
            fields.set(field, Value::text(value));
            fields.derive();
            let problems = check_record(&Schema::default(), &fields);
            let found: Vec<Field> = problems.iter().map(|(field, _)| *field).collect();
            assert_eq!(found, [at], "{problems:?}");
        }
        let mut fields = season();
        fields.set(POSITION, Value::Number(0));
        fields.set(TYPE, Value::text("html"));
        fields.set(CHOICES, Value::Empty);
        fields.set(FILTERABLE, Value::Flag(true));
        assert_eq!(check_record(&Schema::default(), &fields).len(), 2);
    }

    #[test]
    fn a_record_describes_a_field_whose_values_are_checked() {
        let record = Record {
            fields: season(),
            ..Record::blank(CUSTOM_FIELD, RecordId::new())
        };
        let def = def_of(&record).unwrap();
        assert_eq!((def.of, def.kind), (PRODUCT, FieldKind::Choice));
        let field = Field::Custom(def.id);
        let schema = Schema::new([def.clone()]);
        let view = schema.view(field);
        assert_eq!(view.find_choice("WINTER"), Some("w"));
        assert_eq!(view.display(&Value::text("w")), "Winter");
        assert_eq!(check_field(view, &Value::text("w")), Ok(()));
        let refused = check_field(view, &Value::text("spring")).unwrap_err();
        assert!(refused.contains("Summer, Winter"), "{refused}");

        // Required: a product without it breaks a rule, and one with a field that was removed does not.
        let mut product = Fields::blank(PRODUCT);
        product.set(crate::catalog::product::SKU, Value::text("A"));
        product.set(crate::catalog::product::NAME, Value::text("A"));
        let required = Schema::new([crate::record::CustomDef {
            required: true,
            ..def.clone()
        }]);
        assert_eq!(check_record(&required, &product)[0].0, field);
        let removed = Schema::new([crate::record::CustomDef {
            required: true,
            trashed: true,
            ..def
        }]);
        product.set(field, Value::text("gone"));
        assert_eq!(check_record(&removed, &product), vec![]);
    }
}
