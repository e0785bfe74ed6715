//! The shop itself, its channels and its groups of products.

use serde_json::Value;

use super::super::engine::{Args, Context, Key, Refusal, Thing, Val, gid};
use super::super::shop::SERVED;
use super::roots::{listed, sort_key};
use super::{count, not_here};

/// What the shop says of itself.
pub(super) fn shop(context: &Context<'_>) -> Val {
    let facts = context.state().facts.clone();
    let url = format!("https://{}", facts.domain);
    let plan = vec![
        ("publicDisplayName", Val::from("Basic")),
        ("shopifyPlus", Val::from(false)),
        ("partnerDevelopment", Val::from(true)),
    ];
    let domain = vec![
        ("id", Val::from(gid("Domain", 1))),
        ("host", Val::from(facts.domain.clone())),
        ("url", Val::from(url)),
    ];
    let limits = vec![
        ("locationLimit", Val::from(200)),
        ("maxProductOptions", Val::from(3)),
        ("maxProductVariants", Val::from(2048)),
        ("redirectLimitReached", Val::from(false)),
    ];
    Val::record(
        "Shop",
        vec![
            ("id", Val::from(gid("Shop", 1))),
            ("name", Val::from(facts.name)),
            ("myshopifyDomain", Val::from(facts.domain)),
            ("email", Val::from("practice@shop.test")),
            ("currencyCode", Val::from(facts.currency)),
            ("ianaTimezone", Val::from(facts.time_zone)),
            ("timezoneOffsetMinutes", Val::from(facts.offset_minutes)),
            ("weightUnit", Val::from("KILOGRAMS")),
            ("taxesIncluded", Val::from(true)),
            ("plan", Val::record("ShopPlan", plan)),
            ("primaryDomain", Val::record("Domain", domain)),
            ("orderNumberFormatPrefix", Val::from("#")),
            ("orderNumberFormatSuffix", Val::from("")),
            ("resourceLimits", Val::record("ShopResourceLimits", limits)),
        ],
    )
}

/// The app and what it was granted; who may write may read, which is said too.
pub(super) fn installation(context: &Context<'_>) -> Val {
    let mut handles: Vec<String> = Vec::new();
    for scope in context.scopes {
        handles.push(scope.clone());
        let read = scope.replace("write_", "read_");
        if !context.scopes.contains(&read) && !handles.contains(&read) {
            handles.push(read);
        }
    }
    let scope = |handle: String| Val::record("AccessScope", vec![("handle", Val::from(handle))]);
    let app = vec![
        ("id", Val::from(gid("App", 1))),
        ("title", Val::from("Practice app")),
        ("apiKey", Val::from("practice-app")),
    ];
    Val::record(
        "AppInstallation",
        vec![
            ("id", Val::from(gid("AppInstallation", 1))),
            ("app", Val::record("App", app)),
            (
                "accessScopes",
                Val::List(handles.into_iter().map(scope).collect()),
            ),
        ],
    )
}

pub(super) fn versions() -> Val {
    let version = |handle: &&'static str| {
        let supported = *handle != "unstable";
        let name = if *handle == "2026-10" {
            "2026-10 (Latest)"
        } else {
            handle
        };
        Val::record(
            "ApiVersion",
            vec![
                ("handle", Val::from(*handle)),
                ("displayName", Val::from(name)),
                ("supported", Val::from(supported)),
            ],
        )
    };
    Val::List(SERVED.iter().map(version).collect())
}

pub(super) fn collections(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    sort_key(args, &["ID"], "ID")?;
    args.without("QueryRoot.collections", &["query", "savedSearchId"])?;
    let ids: Vec<u64> = context.state().collections.keys().copied().collect();
    let nodes = ids
        .into_iter()
        .map(|id| (Key::Number(0, id), Thing::Collection(id)));
    listed(
        context,
        ("CollectionConnection", "CollectionEdge"),
        args,
        nodes.collect(),
    )
}

pub(super) fn collection(context: &Context<'_>, id: u64, name: &str) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(collection) = state.collections.get(&id) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("Collection", id)),
        "title" => Val::from(collection.title.as_str()),
        "handle" => Val::from(collection.handle.as_str()),
        "updatedAt" => Val::from(collection.updated.rfc3339()),
        "resourcePublicationsCount" => count(collection.published.len()),
        "availablePublicationsCount" => count(state.publications.len()),
        _ => return Err(not_here("Collection", name)),
    })
}

pub(super) fn publications(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let ids: Vec<u64> = match args.get("catalogType").and_then(Value::as_str) {
        None | Some("APP") => context.state().publications.keys().copied().collect(),
        Some(_) => Vec::new(),
    };
    let nodes = ids
        .into_iter()
        .map(|id| (Key::Number(0, id), Thing::Publication(id)));
    listed(
        context,
        ("PublicationConnection", "PublicationEdge"),
        args,
        nodes.collect(),
    )
}

pub(super) fn publication(context: &Context<'_>, id: u64, name: &str) -> Result<Val, Refusal> {
    let state = context.state();
    let title = state
        .publications
        .get(&id)
        .map(|one| one.title.clone())
        .unwrap_or_default();
    Ok(match name {
        "id" => Val::from(gid("Publication", id)),
        "autoPublish" | "supportsFuturePublishing" => Val::from(title == "Online Store"),
        "catalog" => Val::record(
            "AppCatalog",
            vec![
                ("id", Val::from(gid("AppCatalog", id))),
                ("title", Val::from(title)),
            ],
        ),
        _ => return Err(not_here("Publication", name)),
    })
}
