//! Publishing, and tags.

use super::super::engine::{Args, Context, Refusal, Thing, Val, number_of};
use super::super::read::order_with_id;
use super::super::store::sorted_tags;
use super::complaint::{Complaint, payload};

/// What can be published: a product or a collection.
fn publishable(context: &Context<'_>, args: &Args) -> Result<Option<Thing>, Refusal> {
    let id = args.text("id").unwrap_or_default();
    let state = context.state();
    if let Some(number) = number_of("Product", id) {
        return Ok(state
            .products
            .contains_key(&number)
            .then_some(Thing::Product(number)));
    }
    if let Some(number) = number_of("Collection", id) {
        return Ok(state
            .collections
            .contains_key(&number)
            .then_some(Thing::Collection(number)));
    }
    Err(Refusal::bad_id(id))
}

/// The channels of the input, with what is wrong with them.
fn channels(context: &Context<'_>, args: &Args) -> Result<Result<Vec<u64>, Complaint>, Refusal> {
    let mut channels = Vec::new();
    for (place, input) in args.objects("input").unwrap_or_default().iter().enumerate() {
        input.without("PublicationInput", &["channelId", "publishDate"])?;
        let id = input.must_id("publicationId", "Publication")?;
        if !context.state().publications.contains_key(&id) {
            let field = ["input", &place.to_string(), "publicationId"];
            return Ok(Err(Complaint::without_code(
                &field,
                "Publication does not exist",
            )));
        }
        channels.push(id);
    }
    Ok(Ok(channels))
}

/// `publishablePublish`.
pub(super) fn publish(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    set(context, args, "PublishablePublishPayload", true)
}

/// `publishableUnpublish`.
pub(super) fn unpublish(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    set(context, args, "PublishableUnpublishPayload", false)
}

fn set(context: &Context<'_>, args: &Args, kind: &'static str, on: bool) -> Result<Val, Refusal> {
    let ended = |thing: Option<Thing>, complaints: &[Complaint]| {
        payload(
            kind,
            "UserError",
            vec![("publishable", Val::from(thing))],
            complaints,
        )
    };
    let Some(thing) = publishable(context, args)? else {
        return Ok(ended(
            None,
            &[Complaint::without_code(&["id"], "Resource does not exist")],
        ));
    };
    let channels = match channels(context, args)? {
        Ok(channels) => channels,
        Err(complaint) => return Ok(ended(Some(thing), &[complaint])),
    };
    let now = context.now;
    let change = |published: &mut std::collections::BTreeMap<u64, crate::frame::Moment>| {
        for channel in channels {
            if on {
                published.entry(channel).or_insert(now);
            } else {
                published.remove(&channel);
            }
        }
    };
    let mut state = context.change();
    match &thing {
        Thing::Product(id) => state.change_product(*id, now, |one| change(&mut one.published)),
        Thing::Collection(id) => {
            if let Some(collection) = state.collections.get_mut(id) {
                change(&mut collection.published);
                collection.updated = now;
            }
        }
        _ => {}
    }
    drop(state);
    Ok(ended(Some(thing), &[]))
}

/// `tagsAdd`.
pub(super) fn add_tags(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    tag(context, args, "TagsAddPayload", |before, tags| {
        before.into_iter().chain(tags).collect()
    })
}

/// `tagsRemove`.
pub(super) fn remove_tags(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    tag(context, args, "TagsRemovePayload", |mut before, tags| {
        let gone = |tag: &String| {
            tags.iter()
                .any(|one| one.trim().to_lowercase() == tag.to_lowercase())
        };
        before.retain(|tag| !gone(tag));
        before
    })
}

/// Whether tags are to be put on an order, or taken off it.
pub(super) fn tags_an_order(args: &Args) -> bool {
    args.text("id")
        .is_some_and(|id| number_of("Order", id).is_some())
}

fn tag(
    context: &Context<'_>,
    args: &Args,
    kind: &'static str,
    change: impl FnOnce(Vec<String>, Vec<String>) -> Vec<String>,
) -> Result<Val, Refusal> {
    let id = args.text("id").unwrap_or_default();
    let missing = |message: &str| {
        let complaint = Complaint::without_code(&["id"], message);
        payload(kind, "UserError", vec![("node", Val::NULL)], &[complaint])
    };
    let (thing, before) = if let Some(number) = number_of("Order", id) {
        let Some(number) = order_with_id(context, number) else {
            return Ok(missing("Order does not exist"));
        };
        let before = context
            .state()
            .orders
            .get(&number)
            .map(|one| one.tags.clone());
        (Thing::Order(number), before.unwrap_or_default())
    } else if let Some(number) = number_of("Product", id) {
        let before = context
            .state()
            .products
            .get(&number)
            .map(|one| one.tags.clone());
        let Some(before) = before else {
            return Ok(missing("Product does not exist"));
        };
        (Thing::Product(number), before)
    } else {
        return Err(Refusal::unknown_here(format_args!("tags of {id}")));
    };
    let tags = args.texts("tags").unwrap_or_default();
    let tags = sorted_tags(change(before.clone(), tags));
    if tags != before {
        let (mut state, now) = (context.change(), context.now);
        match thing {
            Thing::Order(id) => {
                state.change_order(id, now, |_, order| order.tags = tags);
            }
            Thing::Product(id) => state.change_product(id, now, |one| one.tags = tags),
            _ => {}
        }
    }
    let node = Val::from(thing);
    Ok(payload(kind, "UserError", vec![("node", node)], &[]))
}
