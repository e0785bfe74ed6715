//! What a host needs to know of the kinds of record and their fields, so that it repeats none of it:
//! labels, rights, what stands where in a form.

use serde::Serialize;
use ts_rs::TS;

use super::choice::FieldChoice;
use super::field::{Field, FieldDef, FieldKind, Layout};
use super::kind::Kind;
use super::permission::Permission;
use super::schema::Schema;
use super::value::Value;

/// A kind of record as a host needs it to draw lists, forms and histories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KindInfo {
    /// Its key.
    pub key: Kind,
    /// Its name for people, in lower case.
    pub label: String,
    /// The same for several.
    pub plural: String,
    /// What the names of its commands begin with: `products`.
    pub area: String,
    /// The field that identifies a record for people.
    pub code: Field,
    /// The name of that field for people.
    pub code_label: String,
    /// The field that names a record.
    pub title: Field,
    /// The field that says in which currency its amounts are, where that may be another than the workspace's; one
    /// that names another record stands for what that record says.
    pub currency: Option<Field>,
    /// The right to see its records.
    pub see: Permission,
    /// The right to create, change, trash and restore them.
    pub edit: Permission,
    /// The right to delete them for good.
    pub purge: Permission,
    /// The fields that the user may see, in reading order.
    pub fields: Vec<FieldInfo>,
    /// The same fields as a form has them; computed ones are left out.
    pub sections: Vec<SectionInfo>,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SectionInfo {
    /// Its title; empty where a form has no parts.
    pub title: String,
    /// Its fields, in the order of the form.
    pub fields: Vec<Field>,
}

/// A field as a host needs it to draw a form, a column or a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    /// Its key.
    pub key: Field,
    /// Its name for people.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Help under the field; may be empty.
    pub help: String,
    /// The longest text in characters; 0 where the kind has no length.
    pub max_chars: usize,
    /// Whether a user must fill it in: a record cannot be without it, and nothing makes it.
    pub required: bool,
    /// What a new record holds.
    pub blank: Value,
    /// The kind of the record that it names, when it names one.
    pub reference: Option<Kind>,
    /// Whether it is made of other fields, so that users cannot type it.
    pub computed: bool,
    /// Where it stands in a form.
    pub layout: Layout,
    /// What can be chosen, in the order of the list.
    pub choices: Vec<FieldChoice>,
    /// Whether lists can be filtered and sorted by it; said of fields of the workspace's own.
    pub filterable: bool,
    /// Its short name for files and the command line: `sku`, `season`.
    pub code: String,
}

/// What stands in a section when nothing says where a field belongs.
const ELSEWHERE: &str = "More";

impl Schema {
    /// All there is to know about a kind of record, for a host that draws it: with the fields that the
    /// user sees.
    pub fn describe(&self, kind: Kind, sees: impl Fn(Field) -> bool) -> KindInfo {
        let def = kind.def();
        let seen: Vec<Field> = self.fields(kind).filter(|field| sees(*field)).collect();
        KindInfo {
            key: kind,
            label: def.label.to_owned(),
            plural: def.plural.to_owned(),
            area: def.area.to_owned(),
            code: kind.code(),
            code_label: self.label(kind.code()).to_owned(),
            title: kind.title(),
            currency: kind.currency(),
            see: def.rights.see,
            edit: def.rights.edit,
            purge: def.rights.purge,
            fields: seen.iter().map(|field| self.info(*field)).collect(),
            sections: self.sections(kind, seen),
        }
    }

    /// All there is to know about a field, for a host that draws it.
    pub fn info(&self, field: Field) -> FieldInfo {
        let (view, def) = (self.view(field), field.def());
        FieldInfo {
            key: field,
            label: view.label.to_owned(),
            kind: view.kind,
            help: view.help.to_owned(),
            max_chars: view.max_chars,
            required: view.required && def.is_none_or(|def| def.derive.is_none()),
            blank: view.blank.value(),
            reference: field.reference().and_then(|to| Kind::from_key(to.to)),
            computed: is_computed(field),
            layout: def.map_or(Layout::of(view.kind), |def| def.layout),
            choices: choices_of(view.choices, def),
            filterable: self.is_filterable(field),
            code: self.code(field),
        }
    }

    /// The fields of a form in their sections: those that the kind declares, then those that the
    /// workspace's own fields name, then what no section names.
    fn sections(&self, kind: Kind, seen: Vec<Field>) -> Vec<SectionInfo> {
        let mut left: Vec<Field> = seen
            .into_iter()
            .filter(|field| !is_computed(*field))
            .collect();
        let mut sections = Vec::new();
        for section in kind.def().sections {
            let declared = section.fields.iter().map(|at| Field::Fixed(kind, *at));
            let fields: Vec<Field> = declared.filter(|field| left.contains(field)).collect();
            left.retain(|field| !fields.contains(field));
            sections.push(SectionInfo {
                title: section.title.to_owned(),
                fields,
            });
        }
        let elsewhere = if sections.is_empty() { "" } else { ELSEWHERE };
        for field in left {
            let named = self.section(field);
            let title = if named.is_empty() { elsewhere } else { named };
            match sections.iter_mut().find(|section| section.title == title) {
                Some(section) => section.fields.push(field),
                None => sections.push(SectionInfo {
                    title: title.to_owned(),
                    fields: vec![field],
                }),
            }
        }
        sections.retain(|section| !section.fields.is_empty());
        sections
    }
}

/// What can be chosen in a field: what the workspace lists, or the words that its kind declares.
fn choices_of(listed: &[FieldChoice], def: Option<&FieldDef>) -> Vec<FieldChoice> {
    let words = def.map_or(&[][..], |def| def.words).iter();
    let words = words.map(|(word, name)| FieldChoice {
        key: (*word).to_owned(),
        label: (*name).to_owned(),
    });
    listed.iter().cloned().chain(words).collect()
}

/// Whether a field is made of others.
fn is_computed(field: Field) -> bool {
    matches!(field, Field::Fixed(kind, at) if at == kind.def().code && kind.def().code_of.is_some())
}

#[cfg(test)]
mod tests {
    use super::{Layout, Schema};
    use crate::catalog::product::{COST, PRODUCT, PROMO_START};
    use crate::kinds;
    use crate::purchasing::supplier::{self, SUPPLIER};
    use crate::purchasing::supplier_product::{self, SUPPLIER_PRODUCT};
    use crate::record::schema::CustomDef;
    use crate::record::{Field, FieldKind, Kind};
    use crate::values::CustomFieldId;
    use uuid::Uuid;

    #[test]
    fn every_field_that_is_typed_has_its_place_in_a_form_once() {
        for kind in kinds::all() {
            let info = Schema::default().describe(kind, |_| true);
            let mut placed: Vec<Field> = info
                .sections
                .iter()
                .flat_map(|section| section.fields.clone())
                .collect();
            let titles: Vec<&str> = info.sections.iter().map(|s| s.title.as_str()).collect();
            assert!(!titles.contains(&"More"), "{kind}: {titles:?}");
            placed.sort();
            let mut typed: Vec<Field> = info
                .fields
                .iter()
                .filter(|f| !f.computed)
                .map(|f| f.key)
                .collect();
            typed.sort();
            assert_eq!(placed, typed, "{kind}");
        }
    }

    #[test]
    fn what_a_user_may_not_see_is_told_nowhere() {
        let info = Schema::default().describe(PRODUCT, |field| field != COST);
        assert!(info.fields.iter().all(|field| field.key != COST));
        assert!(
            info.sections
                .iter()
                .all(|section| !section.fields.contains(&COST))
        );
    }

    #[test]
    fn a_field_says_what_it_names_what_makes_it_and_where_it_stands() {
        let schema = Schema::default();
        let supplier = schema.info(supplier_product::SUPPLIER_CODE);
        assert_eq!(supplier.reference.map(|kind| kind.key()), Some("supplier"));
        assert!(supplier.required && !supplier.computed);
        let code = schema.info(SUPPLIER_PRODUCT.code());
        assert!(code.computed && code.reference.is_none());
        assert!(!schema.info(PRODUCT.code()).computed);
        assert_eq!(schema.info(PROMO_START).layout, Layout::RowStart);
    }

    #[test]
    fn the_currency_of_amounts_is_said_by_a_field_or_by_the_record_that_it_names() {
        let said = |kind: Kind| Schema::default().describe(kind, |_| true).currency;
        assert_eq!(said(PRODUCT), None);
        assert_eq!(said(SUPPLIER), Some(supplier::CURRENCY));
        assert_eq!(
            said(SUPPLIER_PRODUCT),
            Some(supplier_product::SUPPLIER_CODE)
        );
        for kind in kinds::all() {
            let named = kind.currency().and_then(|field| field.reference());
            let of = named.and_then(|to| Kind::from_key(to.to));
            assert!(of.is_none_or(|of| of.currency().is_some()), "{kind}");
        }
    }

    #[test]
    fn a_field_of_the_workspace_stands_in_the_section_that_it_names() {
        let custom = |number: u128, section: &str| CustomDef {
            id: CustomFieldId::from(Uuid::from_u128(number)),
            of: PRODUCT,
            label: format!("Field {number}"),
            kind: FieldKind::Text,
            help: String::new(),
            required: false,
            section: section.to_owned(),
            code: format!("field_{number}"),
            filterable: false,
            choices: Vec::new(),
            position: None,
            trashed: false,
        };
        let schema = Schema::new([custom(1, "Prices"), custom(2, "Care"), custom(3, "")]);
        let info = schema.describe(PRODUCT, |_| true);
        let last_of = |title: &str| {
            let section = info.sections.iter().find(|section| section.title == title);
            section.and_then(|section| section.fields.last().copied())
        };
        for (title, number) in [("Prices", 1), ("Care", 2), ("More", 3)] {
            let field = Field::Custom(CustomFieldId::from(Uuid::from_u128(number)));
            assert_eq!(last_of(title), Some(field), "{title}");
        }
    }
}
