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
        let mut state = context.change();
        let number = state.number();
        let name = input.text("filename").unwrap_or_default().to_owned();
        let folder = if resource == "IMAGE" {
            "products"
        } else {
            "bulk"
        };
        let key = format!("tmp/{number}/{folder}/{name}");
        let mime = input.text("mimeType").unwrap_or_default().to_owned();
        let post = input.text("httpMethod") == Some("POST");
        let upload = Upload {
            resource: String::from(resource),
            post,
            content: None,
        };
        state.uploads.insert(key.clone(), upload);
        let parameter = |name: &str, value: &str| {
            Val::record(
                "StagedUploadParameter",
                vec![("name", Val::from(name)), ("value", Val::from(value))],
            )
        };
        let base = format!("{}/staged-uploads", context.origin);
        let resource_url = format!("{base}/{key}");
        let (url, parameters) = if post {
            let parameters = vec![
                parameter("Content-Type", &mime),
                parameter("success_action_status", "201"),
                parameter("acl", "private"),
                parameter("key", &key),
                parameter("policy", "cHJhY3RpY2U="),
            ];
            (format!("{base}/"), parameters)
        } else {
            let parameters = vec![
                parameter("content_type", &mime),
                parameter("acl", "private"),
            ];
            (format!("{resource_url}?signature=practice"), parameters)
        };
        targets.push(Val::record(
            "StagedMediaUploadTarget",
            vec![
                ("url", Val::from(url)),
                ("resourceUrl", Val::from(resource_url)),
                ("parameters", Val::List(parameters)),
            ],
        ));
    }
    let fields = vec![("stagedTargets", Val::List(targets))];
    Ok(payload(
        "StagedUploadsCreatePayload",
        "UserError",
        fields,
        &[],
    ))
}
