//! Definitions of metafields.

use serde_json::Value;

use super::super::engine::{Args, Context, Key, Refusal, Thing, Val, gid};
use super::super::store::MetafieldDefinition;
use super::roots::{listed, sort_key};

pub(super) fn page_of_definitions(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    args.without("QueryRoot.metafieldDefinitions", &["query"])?;
    sort_key(args, &["ID"], "ID")?;
    if args.get("pinnedStatus").and_then(Value::as_str) != Some("ANY") {
        return Err(Refusal::unknown_here("pinned definitions"));
    }
    let owner = args.text("ownerType").unwrap_or_default();
    let is_asked = |key: &str, value: &str| args.text(key).is_none_or(|asked| asked == value);
    let state = context.state();
    let found = state.definitions.iter().filter(|(_, one)| {
        one.owner == owner && is_asked("namespace", &one.namespace) && is_asked("key", &one.key)
    });
    let nodes = found.map(|(id, one)| (Key::Number(0, *id), told(*id, one)));
    let kinds = ("MetafieldDefinitionConnection", "MetafieldDefinitionEdge");
    listed(context, kinds, args, nodes.collect())
}

fn told(id: u64, definition: &MetafieldDefinition) -> Thing {
    let sort = vec![("name", Val::from(definition.sort.as_str()))];
    let fields = vec![
        ("id", Val::from(gid("MetafieldDefinition", id))),
        ("name", Val::from(definition.name.as_str())),
        ("namespace", Val::from(definition.namespace.as_str())),
        ("key", Val::from(definition.key.as_str())),
        ("ownerType", Val::from(definition.owner.as_str())),
        ("type", Val::record("MetafieldDefinitionType", sort)),
    ];
    match Val::record("MetafieldDefinition", fields) {
        Val::Thing(thing) => thing,
        _ => Thing::Query,
    }
}
