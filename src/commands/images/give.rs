//! Pictures that a person gives to the workspace: dropped, chosen, pasted. They are stored, and what names
//! them is put into a form or saved like any other value.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::subject;
use crate::commands::access::{Access, CommandInfo};
use crate::commands::app::App;
use crate::commands::blocking::blocking;
use crate::commands::call::Call;
use crate::commands::file_token::FileToken;
use crate::jobs::{GivenImage, JobKind, store_images};
use domain::error::{Error, Result};
use domain::record::{Image, Permission};

/// The most pictures that are given at once.
const MOST_GIVEN: usize = 5_000;

/// The most that are pasted at once, and how long each may be: 20 MB in letters.
const MOST_PASTED: usize = 20;
const LONGEST_PASTED: usize = 28 << 20;

/// `images.store`: stores pictures of files, or that were pasted. It is a job meanwhile, which can be
/// stopped; then none of them is named by the answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveImages {
    /// The files.
    #[serde(default)]
    pub files: Vec<FileToken>,
    /// What was pasted.
    #[serde(default)]
    pub pasted: Vec<PastedImage>,
}

/// A picture that was pasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PastedImage {
    /// What people know it by.
    pub name: String,
    /// Its bytes, in Base64.
    pub base64: String,
}

/// What became of pictures that were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoredImages {
    /// Those that are stored, in their order.
    pub stored: Vec<StoredImage>,
    /// Those that were refused.
    pub refused: Vec<RefusedImage>,
}

/// A picture that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoredImage {
    /// What the file was called.
    pub name: String,
    /// What names it in a record.
    pub address: String,
    /// How wide it is, in pixels.
    pub width: i64,
    /// How high it is, in pixels.
    pub height: i64,
    /// How many bytes it has.
    pub bytes: i64,
}

/// A file that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RefusedImage {
    /// What the file was called.
    pub name: String,
    /// Why: a sentence.
    pub reason: String,
}

/// The pixels of a picture that a program put on the clipboard.
pub struct Pixels {
    /// How many stand side by side.
    pub width: u32,
    /// How many stand one above the other.
    pub height: u32,
    /// Red, green, blue and opacity of each.
    pub bytes: Vec<u8>,
}

const STORE: CommandInfo = CommandInfo {
    name: "images.store",
    access: Access::Needs(Permission::EditProducts),
};

/// Stores a picture that a host found on the clipboard, for the signed-in user.
pub async fn store_pixels(app: &App, name: &str, pixels: Pixels) -> Result<StoredImages> {
    let call = Call::admit(app, &STORE).await?;
    let Pixels {
        width,
        height,
        bytes,
    } = pixels;
    let content = blocking(move || {
        let written = images::png(width, height, bytes);
        written.ok_or_else(|| Error::invalid("The picture on the clipboard is broken."))
    })
    .await?;
    store_given(&call, vec![GivenImage::Content(name.to_owned(), content)]).await
}

/// Stores pictures.
pub(in crate::commands) async fn store(call: &Call, request: GiveImages) -> Result<StoredImages> {
    let given = given(call, request)?;
    store_given(call, given).await
}

async fn store_given(call: &Call, given: Vec<GivenImage>) -> Result<StoredImages> {
    let label = match given.as_slice() {
        [GivenImage::File(path)] => crate::commands::file_token::name_of(path),
        [GivenImage::Content(name, _)] => name.clone(),
        given => format!("{} pictures", given.len()),
    };
    let bytes = call.opened()?.images.bytes().clone();
    let storing = call.jobs().run(
        subject(JobKind::StoreImages, &label),
        |progress| async move { store_images(&progress, &bytes, given).await },
    );
    let mut answer = StoredImages {
        stored: Vec::new(),
        refused: Vec::new(),
    };
    for one in storing.await? {
        match one.outcome {
            Ok(content) => answer.stored.push(StoredImage {
                name: one.name,
                address: Image::own_address(content.hash),
                width: content.width,
                height: content.height,
                bytes: content.bytes,
            }),
            Err(reason) => answer.refused.push(RefusedImage {
                name: one.name,
                reason,
            }),
        }
    }
    Ok(answer)
}

fn given(call: &Call, request: GiveImages) -> Result<Vec<GivenImage>> {
    if request.files.len() > MOST_GIVEN || request.pasted.len() > MOST_PASTED {
        return Err(Error::invalid(format!(
            "At most {MOST_GIVEN} files, or {MOST_PASTED} pasted pictures, can be added at once."
        ))
        .hint("Add them in several steps."));
    }
    let files = request
        .files
        .iter()
        .map(|file| Ok(GivenImage::File(call.file(file)?)));
    let pasted = request.pasted.into_iter().map(|pasted| {
        let too_long = pasted.base64.len() > LONGEST_PASTED;
        let content = if too_long {
            None
        } else {
            STANDARD.decode(&pasted.base64).ok()
        };
        let content = content.ok_or_else(|| {
            Error::invalid(format!("{} cannot be pasted.", pasted.name))
                .hint("Save it to a file, and add the file.")
        });
        Ok(GivenImage::Content(pasted.name, content?))
    });
    files.chain(pasted).collect()
}
