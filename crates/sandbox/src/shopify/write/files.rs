//! Pictures.

use super::super::engine::{Args, Context, Refusal, Thing, Val, gid, number_of};
use super::super::read::file_status;
use super::super::store::{File, FileState, State};
use super::complaint::{Complaint, payload};

/// How long a picture is on its way and worked on, in milliseconds.
const TAKES: i64 = 3000;
/// The longest alternative text.
const LONGEST_ALT: usize = 512;

/// What a list of files is to be: those with ids as they are, the others fetched.
pub(super) fn replaced(
    context: &Context<'_>,
    inputs: &[Args],
) -> Result<Result<Vec<u64>, Complaint>, Refusal> {
    let mut files = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        match file_of(context, input)? {
            Ok(file) => files.push(file),
            Err(complaint) => return Ok(Err(complaint.within(&["files", &place.to_string()]))),
        }
    }
    Ok(Ok(files))
}

/// The file that an input names by its id, or one that is fetched from where it lies.
pub(super) fn file_of(
    context: &Context<'_>,
    input: &Args,
) -> Result<Result<u64, Complaint>, Refusal> {
    if !matches!(input.text("contentType"), None | Some("IMAGE")) {
        return Err(Refusal::unknown_here("files other than pictures"));
    }
    let alt = input.text("alt").map(String::from);
    if alt
        .as_ref()
        .is_some_and(|alt| alt.chars().count() > LONGEST_ALT)
    {
        let message = "The alt value exceeds the maximum limit of 512 characters.";
        return Ok(Err(Complaint::new(
            "ALT_VALUE_LIMIT_EXCEEDED",
            &["alt"],
            message,
        )));
    }
    let mut state = context.change();
    if let Some(id) = input.id("id", "MediaImage")? {
        let Some(file) = state.files.get_mut(&id) else {
            let message = "File does not exist";
            return Ok(Err(Complaint::new("FILE_DOES_NOT_EXIST", &["id"], message)));
        };
        if input.has("alt") {
            file.alt = alt;
        }
        return Ok(Ok(id));
    }
    let Some(source) = input.text("originalSource") else {
        let message = "Either an id or an original source is needed";
        return Ok(Err(Complaint::new(
            "MISSING_ARGUMENTS",
            &["originalSource"],
            message,
        )));
    };
    let fate = fate(&state, source);
    let id = state.number();
    let file = File {
        alt,
        fate,
        created: context.now,
        done: context.now.plus(TAKES),
    };
    state.files.insert(id, file);
    Ok(Ok(id))
}

/// What becomes of a picture. The practice shop fetches nothing: an upload is ready when its content
/// came, an address when it looks like one; one with `broken` in it fails.
fn fate(state: &State, source: &str) -> FileState {
    let failed = |code, message: &str| FileState::Failed(code, String::from(message));
    if let Some((_, key)) = source.split_once("/staged-uploads/") {
        return match state
            .uploads
            .get(key)
            .and_then(|upload| upload.content.as_ref())
        {
            Some(content) if !content.is_empty() => FileState::Ready,
            _ => failed(
                "GENERIC_FILE_DOWNLOAD_FAILURE",
                "The uploaded file could not be found.",
            ),
        };
    }
    let is_address = source.starts_with("https://") || source.starts_with("http://127.0.0.1");
    if !is_address {
        return failed("INVALID_SIGNED_URL", "The source is no address.");
    }
    if source.contains("broken") {
        return failed(
            "IMAGE_DOWNLOAD_FAILURE",
            "The picture could not be downloaded.",
        );
    }
    FileState::Ready
}

/// `fileCreate`.
pub(super) fn create(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let mut files = Vec::new();
    for (place, input) in args.objects("files").unwrap_or_default().iter().enumerate() {
        match file_of(context, input)? {
            Ok(file) => files.push(Thing::File(file)),
            Err(complaint) => {
                let complaint = complaint.within(&["files", &place.to_string()]);
                let fields = vec![("files", Val::NULL)];
                return Ok(payload(
                    "FileCreatePayload",
                    "FilesUserError",
                    fields,
                    &[complaint],
                ));
            }
        }
    }
    let fields = vec![("files", Val::things(files))];
    Ok(payload("FileCreatePayload", "FilesUserError", fields, &[]))
}

/// `fileUpdate`: alternative texts, and which products show a file that is ready.
pub(super) fn update(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    let mut files = Vec::new();
    for (place, input) in args.objects("files").unwrap_or_default().iter().enumerate() {
        input.without(
            "FileUpdateInput",
            &["filename", "originalSource", "previewImageSource"],
        )?;
        match update_one(context, input)? {
            Ok(file) => files.push(Thing::File(file)),
            Err(complaint) => {
                let complaint = complaint.within(&["files", &place.to_string()]);
                let fields = vec![("files", Val::NULL)];
                return Ok(payload(
                    "FileUpdatePayload",
                    "FilesUserError",
                    fields,
                    &[complaint],
                ));
            }
        }
    }
    let fields = vec![("files", Val::things(files))];
    Ok(payload("FileUpdatePayload", "FilesUserError", fields, &[]))
}

fn update_one(context: &Context<'_>, input: &Args) -> Result<Result<u64, Complaint>, Refusal> {
    let id = input.must_id("id", "MediaImage")?;
    let mut state = context.change();
    let Some(file) = state.files.get(&id) else {
        return Ok(Err(Complaint::new(
            "FILE_DOES_NOT_EXIST",
            &["id"],
            "File does not exist",
        )));
    };
    if file_status(file, context.now) != "READY" {
        let message = "Non-ready files cannot be updated.";
        return Ok(Err(Complaint::new("NON_READY_STATE", &["id"], message)));
    }
    let read = |key: &str| -> Result<Vec<u64>, Refusal> {
        let ids = input.texts(key).unwrap_or_default();
        ids.iter()
            .map(|id| number_of("Product", id).ok_or_else(|| Refusal::bad_id(id)))
            .collect()
    };
    let (added, removed) = (read("referencesToAdd")?, read("referencesToRemove")?);
    if added
        .iter()
        .any(|product| !state.products.contains_key(product))
    {
        let message = "The reference target does not exist";
        let field = ["referencesToAdd"];
        return Ok(Err(Complaint::new(
            "REFERENCE_TARGET_DOES_NOT_EXIST",
            &field,
            message,
        )));
    }
    for product in added {
        state.change_product(product, context.now, |one| {
            if !one.files.contains(&id) {
                one.files.push(id);
            }
        });
    }
    for product in removed {
        state.change_product(product, context.now, |one| {
            one.files.retain(|file| *file != id)
        });
    }
    if let (true, Some(file)) = (input.has("alt"), state.files.get_mut(&id)) {
        file.alt = input.text("alt").map(String::from);
    }
    Ok(Ok(id))
}

/// `productReorderMedia`: each one named goes to its place, one after the other.
pub(super) fn reorder(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KIND: &str = "ProductReorderMediaPayload";
    let product = args.must_id("id", "Product")?;
    let stopped = |code: &'static str, field: &[&str], message: &str| {
        let errors =
            super::complaint::told("MediaUserError", &[Complaint::new(code, field, message)]);
        Val::record(KIND, vec![("job", Val::NULL), ("mediaUserErrors", errors)])
    };
    let Some(mut files) = context
        .state()
        .products
        .get(&product)
        .map(|one| one.files.clone())
    else {
        return Ok(stopped(
            "PRODUCT_DOES_NOT_EXIST",
            &["id"],
            "Product does not exist",
        ));
    };
    for (place, input) in args.objects("moves").unwrap_or_default().iter().enumerate() {
        let file = input.must_id("id", "MediaImage")?;
        let to = input.get("newPosition").map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), String::from)
        });
        let to: Option<usize> = to.and_then(|to| to.parse().ok());
        let (Some(to), Some(now)) = (to, files.iter().position(|one| *one == file)) else {
            let field = ["moves", &place.to_string(), "id"];
            return Ok(stopped(
                "MEDIA_DOES_NOT_EXIST_ON_PRODUCT",
                &field,
                "Media does not exist on the product",
            ));
        };
        files.remove(now);
        files.insert(to.min(files.len()), file);
    }
    let mut state = context.change();
    state.change_product(product, context.now, |one| one.files = files);
    let id = state.number();
    let job = Val::record(
        "Job",
        vec![
            ("id", Val::from(gid("Job", id))),
            ("done", Val::from(false)),
        ],
    );
    Ok(Val::record(
        KIND,
        vec![("job", job), ("mediaUserErrors", Val::List(Vec::new()))],
    ))
}

/// `productVariantAppendMedia`: one picture of the product for each variant.
pub(super) fn append_to_variants(context: &Context<'_>, args: &Args) -> Result<Val, Refusal> {
    const KINDS: (&str, &str) = ("ProductVariantAppendMediaPayload", "MediaUserError");
    let product = args.must_id("productId", "Product")?;
    let mut appended = Vec::new();
    for (place, input) in args
        .objects("variantMedia")
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        match appended_one(context, product, input)? {
            Ok(one) => appended.push(one),
            Err((code, message)) => {
                let complaint =
                    Complaint::new(code, &["variantMedia", &place.to_string()], message);
                let fields = vec![("productVariants", Val::NULL)];
                return Ok(payload(KINDS.0, KINDS.1, fields, &[complaint]));
            }
        }
    }
    let mut state = context.change();
    for (variant, file) in &appended {
        state.change_variant(*variant, |one| one.files = vec![*file]);
    }
    drop(state);
    let variants = Val::things(appended.iter().map(|(variant, _)| Thing::Variant(*variant)));
    Ok(payload(
        KINDS.0,
        KINDS.1,
        vec![("productVariants", variants)],
        &[],
    ))
}

/// A variant and the file that it is to show, or the code and the words of what is wrong.
type Appended = Result<(u64, u64), (&'static str, &'static str)>;

fn appended_one(context: &Context<'_>, product: u64, input: &Args) -> Result<Appended, Refusal> {
    let variant = input.must_id("variantId", "ProductVariant")?;
    let media = input.texts("mediaIds").unwrap_or_default();
    let [medium] = media.as_slice() else {
        let message = "Only one media per variant";
        return Ok(Err(("TOO_MANY_MEDIA_PER_INPUT_PAIR", message)));
    };
    let file = number_of("MediaImage", medium).ok_or_else(|| Refusal::bad_id(medium))?;
    let state = context.state();
    let found = state
        .variants
        .get(&variant)
        .filter(|one| one.product == product);
    let Some(found) = found else {
        let message = "Variant does not exist on the product";
        return Ok(Err(("PRODUCT_VARIANT_DOES_NOT_EXIST_ON_PRODUCT", message)));
    };
    if !found.files.is_empty() {
        let message = "Variant already has attached media";
        return Ok(Err(("PRODUCT_VARIANT_ALREADY_HAS_MEDIA", message)));
    }
    if state
        .products
        .get(&product)
        .is_none_or(|one| !one.files.contains(&file))
    {
        let message = "Media does not exist on the product";
        return Ok(Err(("MEDIA_DOES_NOT_EXIST_ON_PRODUCT", message)));
    }
    let ready = state
        .files
        .get(&file)
        .is_some_and(|one| file_status(one, context.now) == "READY");
    if !ready {
        let message = "Non-ready media cannot be attached to variants";
        return Ok(Err(("NON_READY_MEDIA", message)));
    }
    Ok(Ok((variant, file)))
}
