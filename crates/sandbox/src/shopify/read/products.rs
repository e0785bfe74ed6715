//! Products.

use serde_json::{Value, json};

use super::super::engine::{Args, Context, Key, Record, Refusal, Thing, Val, gid};
use super::super::store::{Metafield, OptionValue, Product, ProductOption, State, Variant};
use super::roots::{listed, sort_key};
use super::{count, not_here};

/// The product that `{id}`, `{handle}` or `{customId}` names.
pub(crate) fn product_of(context: &Context<'_>, identifier: &Args) -> Result<Option<u64>, Refusal> {
    let state = context.state();
    let given = ["id", "handle", "customId"]
        .iter()
        .filter(|key| identifier.get(key).is_some())
        .count();
    if given != 1 {
        let message = "Exactly one of id, handle and customId must be given.";
        return Err(Refusal::new("INVALID_FIELD_ARGUMENTS", message));
    }
    if let Some(id) = identifier.id("id", "Product")? {
        return Ok(state.products.contains_key(&id).then_some(id));
    }
    if let Some(handle) = identifier.text("handle") {
        return Ok(state.product_of_handle(handle));
    }
    let custom = identifier.object("customId").unwrap_or_default();
    let namespace = namespace_of(custom.text("namespace"));
    let (key, value) = (
        custom.text("key").unwrap_or_default(),
        custom.text("value").unwrap_or_default(),
    );
    let is_it = |field: &Metafield| {
        field.namespace == namespace && field.key == key && field.value == value
    };
    let mut all = state.products.values();
    Ok(all
        .find(|product| product.metafields.iter().any(is_it))
        .map(|product| product.id))
}

/// The namespace that the app's own short form stands for; nothing said is the app's own.
pub(crate) fn namespace_of(said: Option<&str>) -> String {
    let said = said.unwrap_or("$app");
    match said.strip_prefix("$app") {
        Some(rest) => format!("app--1{}", rest.replace(':', "--")),
        None => String::from(said),
    }
}

/// One field of a product.
pub(super) fn field(
    context: &Context<'_>,
    id: u64,
    name: &str,
    args: &Args,
) -> Result<Val, Refusal> {
    let state = context.state();
    let Some(product) = state.products.get(&id) else {
        return Ok(Val::NULL);
    };
    Ok(match name {
        "id" => Val::from(gid("Product", id)),
        "legacyResourceId" => Val::from(id.to_string()),
        "handle" => Val::from(product.handle.as_str()),
        "title" => Val::from(product.title.as_str()),
        "descriptionHtml" => Val::from(product.html.as_str()),
        "vendor" => Val::from(product.vendor.as_str()),
        "productType" => Val::from(product.sort.as_str()),
        "tags" => Val::words(product.tags.iter().map(String::as_str)),
        "status" => Val::from(product.status.as_str()),
        "createdAt" => Val::from(product.created.rfc3339()),
        "updatedAt" => Val::from(product.updated.rfc3339()),
        "publishedAt" => Val::from(product.published.values().next().map(|at| at.rfc3339())),
        "isGiftCard" => Val::from(product.gift_card),
        "hasOnlyDefaultVariant" => Val::from(product.has_only_default()),
        "templateSuffix" => Val::from(product.template.clone()),
        "onlineStoreUrl" => {
            let shown = product.status == "ACTIVE" && !product.published.is_empty();
            Val::from(
                shown
                    .then(|| format!("https://{}/products/{}", state.facts.domain, product.handle)),
            )
        }
        "onlineStorePreviewUrl" => Val::from(format!(
            "https://{}/products/{}?preview=1",
            state.facts.domain, product.handle
        )),
        "tracksInventory" => Val::from(variants(&state, product).any(|one| one.tracked)),
        "totalInventory" => {
            let tracked = variants(&state, product).filter(|one| one.tracked);
            Val::from(tracked.map(|one| one.available()).sum::<i64>())
        }
        "variantsCount" => count(product.variants.len()),
        "resourcePublicationsCount" => count(product.published.len()),
        "availablePublicationsCount" => count(state.publications.len()),
        "category" => product.category.as_deref().map_or(Val::NULL, category),
        "seo" => Val::record(
            "SEO",
            vec![
                ("title", Val::from(product.seo_title.clone())),
                ("description", Val::from(product.seo_description.clone())),
            ],
        ),
        "options" => options(&state, product, args),
        "variants" => return variants_of(context, product, args),
        "media" => return media(context, product, args),
        "metafields" => return metafields(context, &product.metafields, args),
        _ => return Err(not_here("Product", name)),
    })
}

fn variants<'a>(state: &'a State, product: &'a Product) -> impl Iterator<Item = &'a Variant> {
    product
        .variants
        .iter()
        .filter_map(|id| state.variants.get(id))
}

/// A category, by its id alone: what it is called the practice shop does not know.
fn category(id: &str) -> Val {
    let name = json!(id.rsplit('/').next().unwrap_or_default());
    Val::record(
        "TaxonomyCategory",
        vec![
            ("id", Val::from(id)),
            ("name", Val::from(name.clone())),
            ("fullName", Val::from(name)),
            ("isLeaf", Val::from(true)),
        ],
    )
}

fn options(state: &State, product: &Product, args: &Args) -> Val {
    let most = args
        .int("first")
        .and_then(|first| usize::try_from(first).ok())
        .unwrap_or(usize::MAX);
    let used: std::collections::HashSet<u64> = variants(state, product)
        .flat_map(|one| one.values.iter().copied())
        .collect();
    let option = |(place, option): (usize, &ProductOption)| {
        let value = |value: &OptionValue| {
            Val::record(
                "ProductOptionValue",
                vec![
                    ("id", Val::from(gid("ProductOptionValue", value.id))),
                    ("name", Val::from(value.name.as_str())),
                    ("hasVariants", Val::from(used.contains(&value.id))),
                ],
            )
        };
        let in_use = option
            .values
            .iter()
            .filter(|value| used.contains(&value.id));
        Val::record(
            "ProductOption",
            vec![
                ("id", Val::from(gid("ProductOption", option.id))),
                ("name", Val::from(option.name.as_str())),
                ("position", Val::from(place + 1)),
                (
                    "values",
                    Val::words(in_use.map(|value| value.name.as_str())),
                ),
                (
                    "optionValues",
                    Val::List(option.values.iter().map(value).collect()),
                ),
            ],
        )
    };
    Val::List(
        product
            .options
            .iter()
            .take(most)
            .enumerate()
            .map(option)
            .collect(),
    )
}

fn variants_of(context: &Context<'_>, product: &Product, args: &Args) -> Result<Val, Refusal> {
    let position = |(place, id): (usize, &u64)| {
        (
            Key::Number(i64::try_from(place).unwrap_or(i64::MAX), *id),
            Thing::Variant(*id),
        )
    };
    let mut nodes: Vec<(Key, Thing)> = product.variants.iter().enumerate().map(position).collect();
    if sort_key(args, &["POSITION", "ID"], "POSITION")? == "ID" {
        nodes = product
            .variants
            .iter()
            .map(|id| (Key::Number(0, *id), Thing::Variant(*id)))
            .collect();
        nodes.sort_by(|(one, _), (two, _)| one.cmp(two));
    }
    listed(
        context,
        ("ProductVariantConnection", "ProductVariantEdge"),
        args,
        nodes,
    )
}

fn media(context: &Context<'_>, product: &Product, args: &Args) -> Result<Val, Refusal> {
    args.without("Product.media", &["query"])?;
    sort_key(args, &["POSITION"], "POSITION")?;
    listed(
        context,
        ("MediaConnection", "MediaEdge"),
        args,
        files(&product.files),
    )
}

/// Files in their order.
pub(super) fn files(files: &[u64]) -> Vec<(Key, Thing)> {
    let place = |(place, id): (usize, &u64)| {
        (
            Key::Number(i64::try_from(place).unwrap_or(i64::MAX), *id),
            Thing::File(*id),
        )
    };
    files.iter().enumerate().map(place).collect()
}

/// Metafields, of one namespace or by their keys.
pub(super) fn metafields(
    context: &Context<'_>,
    fields: &[Metafield],
    args: &Args,
) -> Result<Val, Refusal> {
    let namespace = args.text("namespace").map(|one| namespace_of(Some(one)));
    let keys = args.texts("keys");
    let wanted = |field: &&Metafield| {
        let full = format!("{}.{}", field.namespace, field.key);
        let by_key = keys
            .as_ref()
            .is_none_or(|keys| keys.contains(&field.key) || keys.contains(&full));
        by_key && namespace.as_ref().is_none_or(|one| *one == field.namespace)
    };
    let node = |field: &Metafield| (Key::Number(0, field.id), metafield(field));
    let nodes = fields.iter().filter(wanted).map(node).collect();
    listed(
        context,
        ("MetafieldConnection", "MetafieldEdge"),
        args,
        nodes,
    )
}

/// A metafield as it is told.
pub(crate) fn metafield(field: &Metafield) -> Thing {
    Thing::Record(Record {
        kind: "Metafield",
        fields: vec![
            ("id", Val::from(gid("Metafield", field.id))),
            ("namespace", Val::from(field.namespace.as_str())),
            ("key", Val::from(field.key.as_str())),
            ("type", Val::from(field.sort.as_str())),
            ("value", Val::from(Value::from(field.value.as_str()))),
            ("compareDigest", Val::from(field.digest())),
            ("updatedAt", Val::from(field.updated.rfc3339())),
        ],
    })
}
