//! What every kind of record is made of: fields with rules, values, an id and a version.
//!
//! A kind describes itself once ([`KindDef`]); the plan, the journal, imports, forms and the
//! history read that description and know no kind. What is not here: which kinds there are
//! (`kinds`), and what makes each of them special (`catalog` and its neighbours).

mod choice;
mod declare;
mod field;
mod field_key;
mod fields;
mod image;
mod info;
mod kind;
mod matching;
mod permission;
mod rules;
mod schema;
mod value;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use choice::{
    FieldChoice, MOST_CHOICES, choice_lines, code_from, is_code, parse_choices, write_choices,
};
pub(crate) use declare::{fields, sections};
pub use field::{Blank, Column, Field, FieldDef, FieldKind, Fixed, Layout, Reference, Watch};
pub use fields::Fields;
pub use image::{Image, SEPARATORS as IMAGE_SEPARATORS, image_starts};
pub use info::{FieldInfo, KindInfo, SectionInfo};
pub use kind::{ChildNames, Kind, KindDef, KindRights, Nesting, SectionDef};
pub use matching::{BARCODE_KEY, MatchBy, Matching};
pub use permission::{Area, Permission};
pub use rules::{check_field, check_record, has_control, is_control_of_text};
pub use schema::{CustomDef, FieldView, Schema};
pub use value::Value;

use crate::values::{RecordId, Timestamp};

/// How many references a kind of record may have.
pub const MAX_REFERENCES: usize = 4;

/// A record as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
// TypeScript has a type of its own called Record.
#[ts(rename = "DataRecord")]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
    /// Counts its changes; an update says which version it saw.
    pub version: i64,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// The records that its reference fields name, in the order of these fields.
    #[ts(type = "Array<string | null>")]
    pub references: [Option<RecordId>; MAX_REFERENCES],
    /// Its fields.
    pub fields: Fields,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Record {
    /// A record that is about to be created, with blank fields.
    pub fn blank(kind: Kind, id: RecordId) -> Self {
        Self {
            kind,
            id,
            version: 0,
            trashed: false,
            references: [None; MAX_REFERENCES],
            fields: Fields::blank(kind),
            updated_at: Timestamp(0),
        }
    }

    /// What identifies it for people: the SKU of a product.
    pub fn code(&self) -> &str {
        self.fields.text(self.kind.code())
    }

    /// What it is called: the name of a product.
    pub fn title(&self) -> &str {
        self.fields.text(self.kind.title())
    }

    /// The record that a reference field names; none where it is empty.
    pub fn reference(&self, field: Field) -> Option<RecordId> {
        let at = self.kind.references().position(|of| of == field)?;
        self.references[at]
    }

    /// Notes which record a reference field names.
    pub fn refer(&mut self, field: Field, to: Option<RecordId>) {
        if let Some(at) = self.kind.references().position(|of| of == field) {
            self.references[at] = to;
        }
    }

    /// The parent of a child, where records of the kind form families.
    pub fn parent(&self) -> Option<RecordId> {
        self.reference(self.kind.parent_field()?)
    }
}
