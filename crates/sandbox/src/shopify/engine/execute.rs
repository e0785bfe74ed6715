//! The bridge between the executor and the store.

use std::cell::{Cell, Ref, RefCell, RefMut};

use apollo_compiler::resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use apollo_compiler::response::{JsonMap, JsonValue};
use serde_json::Value;

use super::super::{read, store::State, write};
use super::page::Bulk;
use super::refusal::Refusal;
use super::value::{Args, Thing, Val};
use crate::frame::Moment;

/// What every field of one operation is resolved with.
pub(crate) struct Context<'a> {
    state: RefCell<&'a mut State>,
    pub(crate) now: Moment,
    /// Where the server stands, for addresses in answers.
    pub(crate) origin: &'a str,
    pub(crate) scopes: &'a [String],
    pub(crate) variables: &'a JsonMap,
    /// Set while a bulk operation is executed.
    pub(crate) bulk: Option<&'a Cell<Bulk>>,
    /// What searches were not understood, as `extensions.search` says it.
    pub(crate) warnings: RefCell<Vec<Value>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        state: &'a mut State,
        now: Moment,
        origin: &'a str,
        scopes: &'a [String],
        variables: &'a JsonMap,
    ) -> Self {
        Self {
            state: RefCell::new(state),
            now,
            origin,
            scopes,
            variables,
            bulk: None,
            warnings: RefCell::default(),
        }
    }

    /// The data of the shop.
    pub(crate) fn state(&self) -> Ref<'_, State> {
        Ref::map(self.state.borrow(), |state| &**state)
    }

    /// The data of the shop, to be changed: no request may be reading it meanwhile.
    pub(crate) fn change(&self) -> RefMut<'_, State> {
        RefMut::map(self.state.borrow_mut(), |state| &mut **state)
    }
}

/// A thing, as the executor sees it.
pub(crate) struct Node<'c, 's> {
    pub(crate) context: &'c Context<'s>,
    pub(crate) thing: Thing,
}

impl ObjectValue for Node<'_, '_> {
    fn type_name(&self) -> &str {
        self.thing.kind()
    }

    fn resolve_field<'a>(
        &'a self,
        info: &'a ResolveInfo<'a>,
    ) -> Result<ResolvedValue<'a>, FieldError> {
        let args = Args::of(info);
        let value = match &self.thing {
            Thing::Query => read::root(self.context, info, &args),
            Thing::Mutation => write::root(self.context, info, &args),
            Thing::Record(record) => {
                let found = record
                    .fields
                    .iter()
                    .find(|(name, _)| *name == info.field_name());
                match found {
                    Some((_, value)) if has_no_wishes(info, &args) => Ok(value.clone()),
                    _ => Err(unknown(&self.thing, info)),
                }
            }
            _ => read::field(self.context, &self.thing, info.field_name(), &args),
        };
        value
            .map(|value| resolved(self.context, value))
            .map_err(|refusal| refusal.pack())
    }
}

/// Whether no argument was given that has no default.
fn has_no_wishes(info: &ResolveInfo<'_>, args: &Args) -> bool {
    let definitions = &info.field_definition().arguments;
    definitions
        .iter()
        .filter(|one| one.default_value.is_none())
        .all(|one| args.get(one.name.as_str()).is_none())
}

pub(crate) fn unknown(thing: &Thing, info: &ResolveInfo<'_>) -> Refusal {
    Refusal::unknown_here(format_args!(
        "{}.{} as it was asked for",
        thing.kind(),
        info.field_name()
    ))
}

fn resolved<'c>(context: &'c Context<'_>, value: Val) -> ResolvedValue<'c> {
    match value {
        Val::Leaf(value) => ResolvedValue::Leaf(JsonValue::from(value)),
        Val::Thing(thing) => ResolvedValue::Object(Box::new(Node { context, thing })),
        Val::List(values) => {
            ResolvedValue::list(values.into_iter().map(|value| resolved(context, value)))
        }
    }
}
