//! Uploads that are announced.

use super::super::engine::{Args, Context, Refusal, Val};
use super::super::store::Upload;
use super::complaint::payload;

/// `stagedUploadsCreate`: where to send something that a later mutation uses.
pub(super) fn stage(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let mut targets = Vec::new();
    for input in args.objects("input").unwrap_or_default() {
        let resource = input.text("resource").unwrap_or_default();
        if !["IMAGE", "BULK_MUTATION_VARIABLES"].contains(&resource) {
            return Err(Refusal::unknown_here(format_args!("uploads of {resource}")));
        }
        let key = announce(context, &input, resource);
        targets.push(target(context, &input, &key));
    }
    let fields = vec![("stagedTargets", Val::List(targets))];
    Ok(payload(
        "StagedUploadsCreatePayload",
        "UserError",
        fields,
        &[],
    ))
}

/// Keeps a place for an upload and says its key, in which the file's name is made plain.
fn announce(context: &Context<'_>, input: &Args, resource: &str) -> String {
    let mut state = context.change();
    let number = state.number();
    let folder = if resource == "IMAGE" {
        "products"
    } else {
        "bulk"
    };
    let plain = |one: char| {
        if one.is_ascii_alphanumeric() || "._-".contains(one) {
            one
        } else {
            '_'
        }
    };
    let name: String = input
        .text("filename")
        .unwrap_or_default()
        .chars()
        .map(plain)
        .collect();
    let key = format!("tmp/{number}/{folder}/{name}");
    let upload = Upload {
        resource: String::from(resource),
        post: is_post(input),
        content: None,
    };
    state.uploads.insert(key.clone(), upload);
    key
}

fn is_post(input: &Args) -> bool {
    input.text("httpMethod") == Some("POST")
}

/// Where to send it, and with what: a form that is posted, or the plain bytes.
fn target(context: &Context<'_>, input: &Args, key: &str) -> Val {
    let mime = input.text("mimeType").unwrap_or_default();
    let parameter = |(name, value): (&str, &str)| {
        let fields = vec![("name", Val::from(name)), ("value", Val::from(value))];
        Val::record("StagedUploadParameter", fields)
    };
    let base = format!("{}/staged-uploads", context.origin);
    let resource_url = format!("{base}/{key}");
    let (url, parameters) = if is_post(input) {
        let parameters = vec![
            ("Content-Type", mime),
            ("success_action_status", "201"),
            ("acl", "private"),
            ("key", key),
            ("policy", "cHJhY3RpY2U="),
        ];
        (format!("{base}/"), parameters)
    } else {
        let parameters = vec![("content_type", mime), ("acl", "private")];
        (format!("{resource_url}?signature=practice"), parameters)
    };
    let parameters = parameters.into_iter().map(parameter).collect();
    Val::record(
        "StagedMediaUploadTarget",
        vec![
            ("url", Val::from(url)),
            ("resourceUrl", Val::from(resource_url)),
            ("parameters", Val::List(parameters)),
        ],
    )
}
